// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_CONNECTORS_SPLITWISE_HPP
#define OPENINT_CONNECTORS_SPLITWISE_HPP

#include <openint/secret.hpp>
#include <openint/secret_json.hpp>
#include <openint/timestamp.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>

namespace openint::connectors::settings {

/// What the user is told about by mail.
struct splitwise_notifications
{
    bool added_as_friend = false; ///< somebody has added the user as a friend
    bool added_to_group = false;  ///< somebody has added the user to a group
    bool announcements = false;   ///< news of Splitwise
    bool bills = false;           ///< bills that are due
    bool expense_added = false;   ///< a new expense
    bool expense_updated = false; ///< a changed expense
    bool monthly_summary = false; ///< what has happened in a month
    bool payments = false;        ///< somebody has paid
    secret_json extra;            ///< members that this version does not know

    friend bool operator==(const splitwise_notifications&,
                           const splitwise_notifications&) = default;
};
BOOST_DESCRIBE_STRUCT(splitwise_notifications, (),
                      (added_as_friend, added_to_group, announcements, bills, expense_added,
                       expense_updated, monthly_summary, payments, extra))

/// URLs of the user's picture.
struct splitwise_picture
{
    std::optional<std::string> original; ///< as it was uploaded
    std::optional<std::string> xxlarge;  ///< in that size
    std::optional<std::string> xlarge;   ///< in that size
    std::optional<std::string> large;    ///< in that size
    std::optional<std::string> medium;   ///< in that size
    std::optional<std::string> small_;   ///< in that size; `small` on the wire, a macro on Windows
    secret_json extra;                   ///< members that this version does not know

    friend bool operator==(const splitwise_picture&, const splitwise_picture&) = default;
};
BOOST_DESCRIBE_STRUCT(splitwise_picture, (),
                      (original, xxlarge, xlarge, large, medium, small_, extra))

/// The user, as Splitwise describes them.
struct splitwise_user
{
    std::string country_code;              ///< such as `US`
    bool custom_picture = false;           ///< whether `picture` is one of the user's own
    std::string date_format;               ///< such as `MM/DD/YYYY`
    std::string default_currency;          ///< such as `USD`
    double default_group_id = 0;           ///< of the group that is shown first
    std::string email;                     ///< of the user
    std::string first_name;                ///< of the user
    timestamp force_refresh_at;            ///< when copies of this become stale
    double id = 0;                         ///< the user's number
    std::string last_name;                 ///< of the user
    std::string locale;                    ///< such as `en`
    splitwise_notifications notifications; ///< what the user wants to be told
    double notifications_count = 0;        ///< those not yet read
    timestamp notifications_read;          ///< when they were read last
    splitwise_picture picture;             ///< of the user
    std::string registration_status;       ///< such as `confirmed`
    secret_json extra;                     ///< members that this version does not know

    friend bool operator==(const splitwise_user&, const splitwise_user&) = default;
};
BOOST_DESCRIBE_STRUCT(splitwise_user, (),
                      (country_code, custom_picture, date_format, default_currency,
                       default_group_id, email, first_name, force_refresh_at, id, last_name, locale,
                       notifications, notifications_count, notifications_read, picture,
                       registration_status, extra))

/// Settings of `connectors::splitwise`.
struct splitwise
{
    std::optional<splitwise_user> currentUser; ///< the user whose token it is
    secret accessToken;                        ///< the token
    secret_json extra;                         ///< members that this version does not know

    friend bool operator==(const splitwise&, const splitwise&) = default;
};
BOOST_DESCRIBE_STRUCT(splitwise, (), (currentUser, accessToken, extra))

} // namespace openint::connectors::settings

#endif
