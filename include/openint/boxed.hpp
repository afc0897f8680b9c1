// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_BOXED_HPP
#define OPENINT_BOXED_HPP

#include <openint/json/codec.hpp>
#include <openint/json/detail/engine.hpp>

#include <boost/json/value.hpp>
#include <boost/json/value_from.hpp>

#include <concepts>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace openint {

/// An optional value that takes the space of one pointer: for large parts of an answer that are
/// rarely there.
///
/// It is used like `std::optional`: it copies and compares its value, and is `const` as a whole. It
/// differs in one thing: after a move, the source is empty. Thread safety is that of the value.
/// Whatever makes a value may throw `std::bad_alloc`.
template <class T>
class boxed
{
public:
    using value_type = T; ///< What is in it.

    boxed() noexcept = default;
    /// Makes an empty one.
    boxed(std::nullopt_t) noexcept {}
    /// Makes one that holds a `T` made from `value`.
    template <class U = T>
    requires std::constructible_from<T, U&&> boxed(U&& value)
    requires(!std::same_as<std::remove_cvref_t<U>, boxed> &&
             !std::same_as<std::remove_cvref_t<U>, std::nullopt_t>)
        : value_(std::make_unique<T>(std::forward<U>(value)))
    {}
    /// Copies the value.
    boxed(const boxed& other)
        : value_(other ? std::make_unique<T>(*other) : nullptr)
    {}
    /// Takes the value: `other` is empty then.
    boxed(boxed&& other) noexcept = default;
    /// Copies the value. This one stays as it is if that throws.
    boxed& operator=(const boxed& other)
    {
        if (this != &other)
            value_ = other ? std::make_unique<T>(*other) : nullptr;
        return *this;
    }
    /// Takes the value: `other` is empty then.
    boxed& operator=(boxed&& other) noexcept = default;
    ~boxed() = default;

    /// Whether it holds a value.
    bool has_value() const noexcept { return value_ != nullptr; }
    /// Whether it holds a value.
    explicit operator bool() const noexcept { return has_value(); }

    /// The value. Undefined without one, as are the next three.
    T& operator*() noexcept { return *value_; }
    const T& operator*() const noexcept { return *value_; }       ///< The value.
    T* operator->() noexcept { return value_.get(); }             ///< A member of the value.
    const T* operator->() const noexcept { return value_.get(); } ///< A member of the value.

    /// The value. Throws `std::bad_optional_access` without one.
    T& value()
    {
        check();
        return *value_;
    }
    /// The value. Throws `std::bad_optional_access` without one.
    const T& value() const
    {
        check();
        return *value_;
    }

    /// Makes a value of the arguments, instead of the one it holds.
    template <class... Args>
    T& emplace(Args&&... args)
    {
        value_ = std::make_unique<T>(std::forward<Args>(args)...);
        return *value_;
    }
    /// Makes it empty.
    void reset() noexcept { value_.reset(); }

    friend bool operator==(const boxed& a, const boxed& b)
    {
        return a && b ? *a == *b : a.has_value() == b.has_value();
    }
    friend bool operator==(const boxed& a, std::nullopt_t) noexcept { return !a; }

    /// `boost::json::value_from` gives what it gives for the value, or null.
    friend void tag_invoke(const boost::json::value_from_tag&, boost::json::value& out,
                           const boxed& value)
    {
        out = value ? boost::json::value_from(*value) : boost::json::value();
    }

private:
    void check() const
    {
        if (!value_)
            throw std::bad_optional_access();
    }

    std::unique_ptr<T> value_;
};

/// \cond
template <class T>
struct json::codec<boxed<T>>
{
    static constexpr bool reads_null = true;

    static const char* parse(reader& in, const char* p, boxed<T>& value) requires readable<T>
    {
        value.reset();
        if (*p == 'n')
            return detail::engine::null(in, p);
        if (!detail::engine::take(in, p, sizeof(T)))
            return nullptr;
        return detail::read_value(in, p, value.emplace());
    }

    static void write(writer& out, const boxed<T>& value) requires writable<T>
    {
        if (value)
            out.write(*value);
        else
            out.null();
    }

    static bool absent(const boxed<T>& value) { return !value; }
};
/// \endcond

} // namespace openint

#endif
