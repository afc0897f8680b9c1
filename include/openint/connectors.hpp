// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_CONNECTORS_HPP
#define OPENINT_CONNECTORS_HPP

#include <openint/connection.hpp>
#include <openint/connector_config.hpp>
#include <openint/connectors/firebase.hpp>
#include <openint/connectors/keys.hpp>
#include <openint/connectors/oauth.hpp>
#include <openint/connectors/plaid.hpp>
#include <openint/connectors/services.hpp>
#include <openint/connectors/splitwise.hpp>
#include <openint/connectors/yodlee.hpp>
#include <openint/detail/config.hpp>
#include <openint/json.hpp>

#include <boost/mp11/algorithm.hpp>

#include <concepts>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

/// \file
/// What the connectors keep in the settings of their connections, and how they are configured.
///
/// \code
/// if (conn.is<openint::connectors::plaid>()) {
///     const auto settings = conn.settings_as<openint::connectors::plaid>();
///     use(settings.accessToken.reveal(), settings.itemId);
/// }
/// \endcode
///
/// A connector is a class without members of its own: `name` is its name on the wire, `settings`
/// and `config` are what its connections and its configurations hold. Their members are called as
/// on the wire; those that the API description requires are plain, the others `std::optional`. The
/// classes are in the headers of the folder <openint/connectors/>, the connectors in its file
/// `list.ipp`. One that is not in the list is used in the same way, with a class of your own:
///
/// \code
/// struct my_connector
/// {
///     static constexpr std::string_view name = "my-connector";
///     using settings = my_settings;   // described with BOOST_DESCRIBE_STRUCT
///     using config = openint::connectors::config::untyped;
/// };
/// \endcode
///
/// This header is not a part of <openint.hpp>. Nothing is instantiated for connectors that are not
/// used.
namespace openint::connectors {

/// \namespace openint::connectors
/// The connectors, one class each: see <openint/connectors.hpp>.

/// \namespace openint::connectors::settings
/// What their connections hold.

/// \namespace openint::connectors::config
/// What their configurations hold.

/// \cond
#define OPENINT_CONNECTOR(tag, wire_name, settings_type, config_type)                              \
    struct tag                                                                                     \
    {                                                                                              \
        static constexpr std::string_view name = wire_name;                                        \
        using settings = connectors::settings::settings_type;                                      \
        using config = connectors::config::config_type;                                            \
    };
/// \endcond
#include <openint/connectors/list.inc>

/// The names of all connectors that this version knows, in alphabetical order. Valid for ever.
OPENINT_DECL std::span<const std::string_view> names() noexcept;

} // namespace openint::connectors

namespace openint::detail {

/// Members that a class cannot do without. OAuth is none of them, whatever the description says:
/// the service means to replace it by the access token alone.
template <class T>
struct is_required
{
    template <class D, class Type = json::detail::member_type<T, D>>
    using fn =
        std::bool_constant<!json::detail::reads_null<Type> && !std::same_as<Type, oauth_settings>>;
};

template <class T>
inline constexpr auto required_names = json::detail::make_names<T>(
    boost::mp11::mp_copy_if_q<json::detail::named_members<T>, is_required<T>>{});

/// What a connector keeps, as text, while it is read as the connector's class.
class connector_document
{
public:
    /// Throws if the connection is of another connector or has no settings.
    OPENINT_DECL connector_document(const connection& conn, std::string_view connector);
    /// Throws if the configuration is of another connector or has no content.
    OPENINT_DECL connector_document(const connector_config& config, std::string_view connector);
    OPENINT_DECL ~connector_document();
    connector_document(const connector_document&) = delete;
    connector_document& operator=(const connector_document&) = delete;

    /// Throws if the text is not a T or lacks what a T cannot do without.
    template <class T>
    T read() const
    {
        T value{};
        json::error_info info;
        if (json::read_into(value, text_, info))
            fail(info);
        require(value);
        return value;
    }

private:
    template <class T>
    void require(const T&) const
    {
        if constexpr (json::described_class<T>)
            require(std::span<const std::string_view>(required_names<T>));
    }

    template <class... T>
    void require(const std::variant<T...>& value) const
    {
        std::visit([this](const auto& item) { this->require(item); }, value);
    }

    connector_document(std::string row, std::string_view member, std::string_view connector_name,
                       std::string_view connector);
    template <class T>
    void write(const T& value);
    OPENINT_DECL void require(std::span<const std::string_view> names) const;
    [[noreturn]] OPENINT_DECL void fail(const json::error_info& info) const;

    std::string row_;            // "connection conn_1"
    std::string_view member_;    // where the text comes from: "/settings"
    std::string_view connector_; // the connector that the text must fit
    std::string text_;
};

} // namespace openint::detail

template <class Connector>
typename Connector::settings openint::connection::settings_as() const
{
    const detail::connector_document document(*this, Connector::name);
    return document.read<typename Connector::settings>();
}

template <class Connector>
typename Connector::config openint::connector_config::config_as() const
{
    const detail::connector_document document(*this, Connector::name);
    return document.read<typename Connector::config>();
}

#ifdef OPENINT_HEADER_ONLY
#include <openint/connectors/impl/connectors.ipp>
#endif

#endif
