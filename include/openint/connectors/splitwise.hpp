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
    bool added_as_friend = false;
    bool added_to_group = false;
    bool announcements = false;
    bool bills = false;
    bool expense_added = false;
    bool expense_updated = false;
    bool monthly_summary = false;
    bool payments = false;
    secret_json extra; ///< members that this version does not know

    friend bool operator==(const splitwise_notifications&,
                           const splitwise_notifications&) = default;
};
BOOST_DESCRIBE_STRUCT(splitwise_notifications, (),
                      (added_as_friend, added_to_group, announcements, bills, expense_added,
                       expense_updated, monthly_summary, payments, extra))

/// URLs of the user's picture.
struct splitwise_picture
{
    std::optional<std::string> original;
    std::optional<std::string> xxlarge;
    std::optional<std::string> xlarge;
    std::optional<std::string> large;
    std::optional<std::string> medium;
    std::optional<std::string> small;
    secret_json extra; ///< members that this version does not know

    friend bool operator==(const splitwise_picture&, const splitwise_picture&) = default;
};
BOOST_DESCRIBE_STRUCT(splitwise_picture, (),
                      (original, xxlarge, xlarge, large, medium, small, extra))

/// The user, as Splitwise describes them.
struct splitwise_user
{
    std::string country_code;
    bool custom_picture = false;
    std::string date_format;
    std::string default_currency;
    double default_group_id = 0;
    std::string email;
    std::string first_name;
    timestamp force_refresh_at;
    double id = 0;
    std::string last_name;
    std::string locale;
    splitwise_notifications notifications;
    double notifications_count = 0;
    timestamp notifications_read;
    splitwise_picture picture;
    std::string registration_status;
    secret_json extra; ///< members that this version does not know

    friend bool operator==(const splitwise_user&, const splitwise_user&) = default;
};
BOOST_DESCRIBE_STRUCT(splitwise_user, (),
                      (country_code, custom_picture, date_format, default_currency,
                       default_group_id, email, first_name, force_refresh_at, id, last_name, locale,
                       notifications, notifications_count, notifications_read, picture,
                       registration_status, extra))

struct splitwise
{
    std::optional<splitwise_user> currentUser;
    secret accessToken;
    secret_json extra; ///< members that this version does not know

    friend bool operator==(const splitwise&, const splitwise&) = default;
};
BOOST_DESCRIBE_STRUCT(splitwise, (), (currentUser, accessToken, extra))

} // namespace openint::connectors::settings

#endif
