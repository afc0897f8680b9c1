// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

#ifndef OPENINT_JSON_REF_HPP
#define OPENINT_JSON_REF_HPP

#include <openint/json.hpp>

#include <boost/describe/members.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <concepts>
#include <string>

namespace openint {

namespace detail {

template <class T>
concept tagged_variant = requires
{
    json::variant_tag<T>::member;
};

template <class T>
concept json_body = std::same_as<T, boost::json::value> || std::same_as<T, boost::json::object> ||
    tagged_variant<T> || boost::describe::has_describe_members<T>::value;

} // namespace detail

/// A reference to what is sent as JSON: a `boost::json::value` or `object`, a struct that is
/// described with Boost.Describe, or a variant of such structs that has a tag. Trivially copyable.
///
/// It binds to variables only, not to temporaries:
///
/// \code
/// const boost::json::object body{{"id", "1"}};
/// co_await client.post("/customer", body);
/// // co_await client.post("/customer", boost::json::object{{"id", "1"}}) does not compile
/// \endcode
///
/// It is written out before the function that it is passed to returns; the variable may be changed
/// or destroyed then, even if what the function returned is awaited later.
class json_ref
{
public:
    /// Refers to nothing; nothing is sent.
    constexpr json_ref() noexcept = default;

    /// Refers to `value`, which must live until the function that this is passed to has returned.
    template <detail::json_body T>
    constexpr json_ref(const T& value) noexcept
        : value_(&value)
        , write_([](json::writer& out, const void* p) { out.write(*static_cast<const T*>(p)); })
    {}

    /// g++ 12 destroys such temporaries twice in a `co_await` expression: name the value first.
    template <detail::json_body T>
    json_ref(const T&&) = delete;

    /// Whether it refers to something.
    explicit constexpr operator bool() const noexcept { return value_ != nullptr; }

    /// Appends the JSON, secrets revealed, to `out`. Throws `json::error` if the value holds what
    /// JSON cannot say: text that is not UTF-8, or a number that is not finite.
    void write_to(std::string& out) const;

private:
    friend json::codec<json_ref>;

    const void* value_ = nullptr;
    void (*write_)(json::writer&, const void*) = nullptr;
};

} // namespace openint

/// JSON: what it refers to; left out if that is nothing. Not readable.
template <>
struct openint::json::codec<openint::json_ref>
{
    static void write(writer& out, const json_ref& value)
    {
        if (value)
            value.write_(out, value.value_);
        else
            out.null();
    }
    static bool absent(const json_ref& value) { return !value; }
};

inline void openint::json_ref::write_to(std::string& out) const
{
    if (!*this)
        return;
    json::writer writer(out, {.reveal_secrets = true});
    writer.write(*this);
    if (!writer.ok())
        throw json::error(writer.error());
}

#endif
