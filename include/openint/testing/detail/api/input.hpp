// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTING_DETAIL_API_INPUT_HPP
#define OPENINT_TESTING_DETAIL_API_INPUT_HPP

// What a request asks for, checked as the real server checks it, and refused in its words.

#include <openint/testing/detail/http/response_writer.hpp>
#include <openint/testing/response.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <cmath>
#include <cstdlib>
#include <span>
#include <utility>

namespace openint::testing::detail {

enum class role : std::uint8_t
{
    anon,
    customer,
    org
};

// On whose behalf a token speaks.
struct principal
{
    testing::detail::role role = role::anon;
    std::string customer_id;
    std::time_t expires = 0; // 0: never
};

// A request for an operation.
struct call
{
    const request& req;
    std::string_view operation;
    std::string_view segment; // what {} in the pattern stands for; never decoded
    principal who;
};

inline response refuse(const call& c, int status, std::string_view message)
{
    return respond(status, error_body(status, message, c.operation));
}

// Reads parameters and body, and collects what is wrong with them.
class input
{
public:
    enum class presence : std::uint8_t
    {
        required,
        optional,
        nullable // optional, and may be null
    };

    explicit input(const call& c)
        : call_(c)
    {}

    // The path's segment must begin so.
    void id(std::string_view prefix) { starts_with(call_.segment, prefix, {"id"}); }

    // A text of the query.
    std::string text(std::string_view name, std::string_view prefix = {})
    {
        const auto values = call_.req.parameters(name);
        if (values.empty())
            return {};
        if (values.size() > 1)
            wrong_type({name}, "string", "array");
        else
            starts_with(values[0], prefix, {name});
        return values[0];
    }

    std::string required_text(std::string_view name)
    {
        if (!has(name))
            required({name}, "string");
        return text(name);
    }

    bool has(std::string_view name) const { return !call_.req.parameters(name).empty(); }

    // Not a boolean: any text will do, "false" included.
    bool flag(std::string_view name) const
    {
        const auto values = call_.req.parameters(name);
        return values.size() > 1 || (values.size() == 1 && !values[0].empty());
    }

    std::string choice(std::string_view name, std::span<const std::string_view> options,
                       std::string_view otherwise)
    {
        const auto values = call_.req.parameters(name);
        if (values.empty())
            return std::string(otherwise);
        if (values.size() > 1)
            wrong_type({name}, quoted(options), "array");
        else
            one_of(values[0], options, {name});
        return values[0];
    }

    // A list, with commas or given several times.
    std::vector<std::string> list(std::string_view name, std::span<const std::string_view> options)
    {
        std::vector<std::string> out;
        for (const std::string& text : call_.req.parameters(name))
            for (std::string_view left = text; !left.empty();) {
                const std::string_view item = left.substr(0, left.find(','));
                left.remove_prefix((std::min)(item.size() + 1, left.size()));
                one_of(item, options, {name, out.size()});
                out.emplace_back(item);
            }
        return out;
    }

    std::size_t number(std::string_view name, std::size_t otherwise, std::size_t most)
    {
        const auto values = call_.req.parameters(name);
        if (values.empty())
            return otherwise;
        char* end = nullptr;
        const double n = values.size() == 1 ? std::strtod(values[0].c_str(), &end) : 0;
        const boost::json::array path{name};
        if (!end || *end != '\0' || std::isnan(n)) {
            wrong_type(path, "number", "nan");
        } else if (n != std::floor(n) || std::isinf(n)) {
            issue({{"code", "invalid_type"},
                   {"expected", "integer"},
                   {"received", "float"},
                   {"message", "Expected integer, received float"},
                   {"path", path}});
            if (n > static_cast<double>(most))
                out_of_range("too_big", "maximum", most, "less", path);
        } else if (n < 0) {
            out_of_range("too_small", "minimum", 0, "greater", path);
        } else if (n > static_cast<double>(most)) {
            out_of_range("too_big", "maximum", most, "less", path);
        } else {
            return static_cast<std::size_t>(n);
        }
        return otherwise;
    }

    // The body; an empty object where it is something else.
    const boost::json::object& body()
    {
        const std::string_view type = call_.req.header("Content-Type").value_or("");
        if (call_.req.body.empty() && type.find("json") == std::string_view::npos)
            return body_;
        boost::system::error_code ec;
        boost::json::parse_options options;
        options.max_depth = 512;
        std::string_view text = call_.req.body;
        if (text.starts_with("\xEF\xBB\xBF"))
            text.remove_prefix(3);
        boost::json::value all = boost::json::parse(text, ec, {}, options);
        if (ec)
            unreadable_ = true;
        else if (all.is_object())
            body_ = std::move(all.get_object());
        else if (const auto* items = all.if_array()) // as JavaScript spreads it
            for (std::size_t i = 0; i < items->size(); ++i)
                body_.emplace(std::to_string(i), (*items)[i]);
        return body_;
    }

    // A number as JavaScript makes it of something else.
    std::optional<double> coerced_number(const boost::json::object& parent, std::string_view name)
    {
        const boost::json::value* v = parent.if_contains(name);
        if (!v)
            return std::nullopt;
        if (v->is_number())
            return v->to_number<double>();
        if (v->is_null() || v->is_bool())
            return v->is_bool() && v->get_bool() ? 1 : 0;
        if (v->is_string()) {
            const std::string text(v->get_string());
            char* end = nullptr;
            const double n = std::strtod(text.c_str(), &end);
            if (*end == '\0' && !std::isnan(n))
                return n;
        }
        wrong_type({name}, "number", "nan");
        return std::nullopt;
    }

    // Whether JavaScript takes a member to be true.
    static bool truth(const boost::json::object& parent, std::string_view name)
    {
        const boost::json::value* v = parent.if_contains(name);
        if (!v || v->is_null())
            return false;
        if (v->is_bool())
            return v->get_bool();
        if (v->is_number())
            return v->to_number<double>() != 0;
        return !v->is_string() || !v->get_string().empty();
    }

    // A member of the body; null where it is missing, null, or not as it should be.
    const boost::json::value* member(const boost::json::object& parent, std::string_view name,
                                     boost::json::kind kind, presence needed,
                                     boost::json::array path = {})
    {
        path.emplace_back(name);
        const boost::json::value* v = parent.if_contains(name);
        if (!v) {
            if (needed == presence::required)
                required(path, type_name(kind));
            return nullptr;
        }
        if (v->is_null() && needed == presence::nullable)
            return nullptr;
        const bool fits = kind == boost::json::kind::double_ ? v->is_number() : v->kind() == kind;
        if (!fits)
            wrong_type(path, type_name(kind), type_name(v->kind()));
        return fits ? v : nullptr;
    }

    std::string_view text_member(const boost::json::object& parent, std::string_view name,
                                 presence needed, boost::json::array path = {})
    {
        const auto* v = member(parent, name, boost::json::kind::string, needed, std::move(path));
        return v ? std::string_view(v->get_string()) : std::string_view();
    }

    const boost::json::object* object_member(const boost::json::object& parent,
                                             std::string_view name, presence needed,
                                             boost::json::array path = {})
    {
        const auto* v = member(parent, name, boost::json::kind::object, needed, std::move(path));
        return v ? &v->get_object() : nullptr;
    }

    void one_of(std::string_view value, std::span<const std::string_view> options,
                boost::json::array path)
    {
        if (std::find(options.begin(), options.end(), value) != options.end())
            return;
        issue({{"received", value},
               {"code", "invalid_enum_value"},
               {"options", boost::json::array(options.begin(), options.end())},
               {"path", std::move(path)},
               {"message", "Invalid enum value. Expected " + quoted(options) + ", received '" +
                               std::string(value) + "'"}});
    }

    // A choice between several kinds of things, made by this member.
    void unknown_kind(std::span<const std::string_view> options, boost::json::array path)
    {
        issue({{"code", "invalid_union_discriminator"},
               {"options", boost::json::array(options.begin(), options.end())},
               {"path", std::move(path)},
               {"message", "Invalid discriminator value. Expected " + quoted(options)}});
    }

    void starts_with(std::string_view value, std::string_view prefix, boost::json::array path)
    {
        if (value.substr(0, prefix.size()) == prefix)
            return;
        issue({{"code", "invalid_string"},
               {"validation", {{"startsWith", prefix}}},
               {"message", "Invalid input: must start with \"" + std::string(prefix) + "\""},
               {"path", std::move(path)}});
    }

    void required(const boost::json::array& path, std::string_view expected)
    {
        issue({{"code", "invalid_type"},
               {"expected", expected},
               {"received", "undefined"},
               {"path", path},
               {"message", "Required"}});
    }

    void wrong_type(const boost::json::array& path, std::string_view expected,
                    std::string_view received)
    {
        issue({{"code", "invalid_type"},
               {"expected", expected},
               {"received", received},
               {"path", path},
               {"message",
                "Expected " + std::string(expected) + ", received " + std::string(received)}});
    }

    static std::string quoted(std::span<const std::string_view> options)
    {
        std::string out;
        for (const std::string_view o : options)
            (((out += out.empty() ? "" : " | ") += '\'') += o) += '\'';
        return out;
    }

    // The answer, if something was wrong.
    std::optional<response> refused() const
    {
        if (unreadable_)
            return respond(
                400,
                boost::json::serialize(boost::json::object{
                    {"message", "Failed to parse request body"},
                    {"code", "PARSE_ERROR"},
                    {"data",
                     {{"code", "PARSE_ERROR"}, {"httpStatus", 400}, {"path", call_.operation}}}}));
        if (issues_.empty())
            return std::nullopt;
        return respond(400, error_body(400, "Input validation failed", call_.operation, issues_));
    }

    // The real server's own mistake: what it was to answer is not what it should be.
    response refused_output() const
    {
        boost::json::value body =
            boost::json::parse(error_body(500, "Output validation failed", call_.operation));
        body.get_object().emplace("output_issues", issues_);
        return respond(500, boost::json::serialize(body));
    }

    static std::string_view type_name(boost::json::kind kind)
    {
        switch (kind) {
        case boost::json::kind::null:
            return "null";
        case boost::json::kind::bool_:
            return "boolean";
        case boost::json::kind::string:
            return "string";
        case boost::json::kind::array:
            return "array";
        case boost::json::kind::object:
            return "object";
        default:
            return "number";
        }
    }

private:
    void issue(boost::json::object what) { issues_.emplace_back(std::move(what)); }

    void out_of_range(std::string_view code, std::string_view which, std::size_t limit,
                      std::string_view than, const boost::json::array& path)
    {
        issue({{"code", code},
               {which, limit},
               {"type", "number"},
               {"inclusive", true},
               {"exact", false},
               {"message", "Number must be " + std::string(than) + " than or equal to " +
                               std::to_string(limit)},
               {"path", path}});
    }

    const call& call_;
    boost::json::array issues_;
    boost::json::object body_;
    bool unreadable_ = false;
};

} // namespace openint::testing::detail

#endif
