// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_CONNECTORS_FIREBASE_HPP
#define OPENINT_CONNECTORS_FIREBASE_HPP

#include <openint/json/variant.hpp>
#include <openint/secret.hpp>
#include <openint/secret_json.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace openint::connectors::settings {

/// The key file of a service account.
struct firebase_service_account
{
    std::string project_id; ///< of the project in Firebase
    secret_json extra;      ///< the rest of the file, its private key included

    friend bool operator==(const firebase_service_account&,
                           const firebase_service_account&) = default;
};
BOOST_DESCRIBE_STRUCT(firebase_service_account, (), (project_id, extra))

/// What your own servers use.
struct firebase_admin
{
    firebase_service_account serviceAccount; ///< whose rights are used
    secret_json extra;                       ///< members that this version does not know

    friend bool operator==(const firebase_admin&, const firebase_admin&) = default;
};
BOOST_DESCRIBE_STRUCT(firebase_admin, (), (serviceAccount, extra))

/// The application that a user signs in to.
struct firebase_application
{
    std::string projectId;                        ///< of the project in Firebase
    secret apiKey;                                ///< of the application
    std::string appId;                            ///< of the application
    std::string authDomain;                       ///< where users sign in
    std::string databaseURL;                      ///< of the realtime database
    std::optional<std::string> storageBucket;     ///< for files
    std::optional<std::string> measurementId;     ///< for statistics
    std::optional<std::string> messagingSenderId; ///< for messages
    secret_json extra;                            ///< members that this version does not know

    friend bool operator==(const firebase_application&, const firebase_application&) = default;
};
BOOST_DESCRIBE_STRUCT(firebase_application, (),
                      (projectId, apiKey, appId, authDomain, databaseURL, storageBucket,
                       measurementId, messagingSenderId, extra))

/// A user who has signed in, as Firebase's own libraries store it.
struct firebase_stored_user
{
    std::string uid;             ///< the user's id
    std::string appName;         ///< the name of the application's instance
    secret_json stsTokenManager; ///< the tokens
    secret_json extra;           ///< the rest of it

    friend bool operator==(const firebase_stored_user&, const firebase_stored_user&) = default;
};
BOOST_DESCRIBE_STRUCT(firebase_stored_user, (), (uid, appName, stsTokenManager, extra))

/// A user who has signed in before.
struct firebase_user_json
{
    firebase_stored_user userJson; ///< the user
    secret_json extra;             ///< members that this version does not know

    friend bool operator==(const firebase_user_json&, const firebase_user_json&) = default;
};
BOOST_DESCRIBE_STRUCT(firebase_user_json, (), (userJson, extra))

/// A token that your servers have signed.
struct firebase_custom_token
{
    secret customToken; ///< the token
    secret_json extra;  ///< members that this version does not know

    friend bool operator==(const firebase_custom_token&, const firebase_custom_token&) = default;
};
BOOST_DESCRIBE_STRUCT(firebase_custom_token, (), (customToken, extra))

/// A name and a password.
struct firebase_email_password
{
    std::string email; ///< the name
    secret password;   ///< the password
    secret_json extra; ///< members that this version does not know

    friend bool operator==(const firebase_email_password&,
                           const firebase_email_password&) = default;
};
BOOST_DESCRIBE_STRUCT(firebase_email_password, (), (email, password, extra))

/// How a user signs in, told apart by `method`.
using firebase_auth =
    std::variant<firebase_user_json, firebase_custom_token, firebase_email_password>;

/// What acts for one user of the application.
struct firebase_user
{
    firebase_application firebaseConfig; ///< the application
    firebase_auth authData;              ///< how the user signs in
    secret_json extra;                   ///< members that this version does not know

    friend bool operator==(const firebase_user&, const firebase_user&) = default;
};
BOOST_DESCRIBE_STRUCT(firebase_user, (), (firebaseConfig, authData, extra))

/// Told apart by `role`.
using firebase = std::variant<firebase_admin, firebase_user>;

} // namespace openint::connectors::settings

template <>
struct openint::json::variant_tag<openint::connectors::settings::firebase_auth>
{
    static constexpr std::string_view member = "method";
    static constexpr std::string_view names[] = {"userJson", "customToken", "emailPassword"};
};

template <>
struct openint::json::variant_tag<openint::connectors::settings::firebase>
{
    static constexpr std::string_view member = "role";
    static constexpr std::string_view names[] = {"admin", "user"};
};

#endif
