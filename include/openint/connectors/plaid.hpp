// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_CONNECTORS_PLAID_HPP
#define OPENINT_CONNECTORS_PLAID_HPP

#include <openint/connectors/keys.hpp>
#include <openint/open_enum.hpp>
#include <openint/secret.hpp>
#include <openint/secret_json.hpp>
#include <openint/secret_value.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <optional>
#include <string>
#include <vector>

namespace openint::connectors {
namespace settings {

/// Settings of `connectors::plaid`.
struct plaid
{
    std::optional<std::string> itemId; ///< the login at the bank, as Plaid names it
    secret accessToken;                ///< the token for that item
    secret_value institution;          ///< the bank, as Plaid describes it
    secret_value item;                 ///< the item, as Plaid describes it
    secret_value status;               ///< the item's status, as Plaid describes it
    secret_value webhookItemError;     ///< the last error that Plaid has reported of the item
    secret_json extra;                 ///< members that this version does not know

    friend bool operator==(const plaid&, const plaid&) = default;
};
BOOST_DESCRIBE_STRUCT(plaid, (),
                      (itemId, accessToken, institution, item, status, webhookItemError, extra))

} // namespace settings

namespace config {

/// Which of Plaid's environments.
enum class plaid_environment
{
    sandbox,
    development,
    production,
};
BOOST_DESCRIBE_ENUM(plaid_environment, sandbox, development, production)

/// What is asked of the customer's bank.
enum class plaid_product
{
    assets,
    auth,
    balance,
    identity,
    investments,
    liabilities,
    payment_initiation,
    identity_verification,
    transactions,
    credit_details,
    income,
    income_verification,
    deposit_switch,
    standing_orders,
    transfer,
    employment,
    recurring_transactions,
};
BOOST_DESCRIBE_ENUM(plaid_product, assets, auth, balance, identity, investments, liabilities,
                    payment_initiation, identity_verification, transactions, credit_details, income,
                    income_verification, deposit_switch, standing_orders, transfer, employment,
                    recurring_transactions)

/// Where the customer's bank is.
enum class plaid_country
{
    US,
    GB,
    ES,
    NL,
    FR,
    IE,
    CA,
    DE,
    IT,
    PL,
    DK,
    NO,
    SE,
    EE,
    LT,
    LV,
};
BOOST_DESCRIBE_ENUM(plaid_country, US, GB, ES, NL, FR, IE, CA, DE, IT, PL, DK, NO, SE, EE, LT, LV)

/// What Plaid's pages are written in.
enum class plaid_language
{
    en,
    fr,
    es,
    nl,
    de,
};
BOOST_DESCRIBE_ENUM(plaid_language, en, fr, es, nl, de)

/// Configuration of `connectors::plaid`.
struct plaid
{
    open_enum<plaid_environment> envName;           ///< which environment is used
    std::optional<client_credentials> credentials;  ///< nothing: OpenInt's own are used
    std::string clientName;                         ///< shown to the customer, up to 30 characters
    std::vector<open_enum<plaid_product>> products; ///< what is asked for
    std::vector<open_enum<plaid_country>> countryCodes; ///< whose banks are shown
    open_enum<plaid_language> language;                 ///< of Plaid's pages
    secret_json extra;                                  ///< members that this version does not know

    friend bool operator==(const plaid&, const plaid&) = default;
};
BOOST_DESCRIBE_STRUCT(plaid, (),
                      (envName, credentials, clientName, products, countryCodes, language, extra))

} // namespace config
} // namespace openint::connectors

#endif
