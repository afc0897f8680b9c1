// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_DETAIL_OPERATION_BUILDER_HPP
#define OPENINT_DETAIL_OPERATION_BUILDER_HPP

#include <openint/detail/call.hpp>
#include <openint/detail/target.hpp>
#include <openint/http/request.hpp>
#include <openint/http/send.hpp>
#include <openint/json.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace openint::detail {

// The body of a request: a struct of views by reflection, secrets revealed.
template <class Body>
void set_body(http::request& r, const Body& body)
{
    auto written = json::try_write(body, {.reveal_secrets = true});
    if (written.has_value())
        r.body = std::move(*written);
    else if (r.problem.empty())
        r.problem = "invalid argument: the body cannot be written: " + written.error().message();
}

// An operation: a method, a target, and a body of JSON, `{}` at least, with everything but GET.
class operation_builder
{
public:
    operation_builder(std::shared_ptr<http::pool> connections,
                      std::shared_ptr<const http::send_options> options, http::verb method,
                      std::string_view path)
        : operation_{std::move(connections), std::move(options), {.method = method}}
        , target_(path)
    {}

    operation_builder&& path(std::string_view fixed)
    {
        target_.path(fixed);
        return std::move(*this);
    }
    operation_builder&& segment(const char* name, std::string_view value)
    {
        target_.segment(name, value);
        return std::move(*this);
    }
    template <class Parameters>
    operation_builder&& query(const Parameters& parameters)
    {
        target_.parameters(parameters);
        return std::move(*this);
    }
    /// Without the part that a pager adds itself.
    template <class Parameters>
    operation_builder&& list_query(const Parameters& parameters)
    {
        target_.parameters_but_window(parameters);
        return std::move(*this);
    }
    template <class Body>
    operation_builder&& body(const Body& b)
    {
        set_body(operation_.request, b);
        return std::move(*this);
    }
    operation_builder&& without_token()
    {
        operation_.request.needs_token = false;
        return std::move(*this);
    }
    operation_builder&& refuse(std::string problem)
    {
        if (operation_.request.problem.empty())
            operation_.request.problem = std::move(problem);
        return std::move(*this);
    }

    operator operation() &&
    {
        http::request& r = operation_.request;
        target_.query(operation_.options->query);
        r.target = std::move(target_.text());
        if (r.problem.empty())
            r.problem = std::move(target_.problem());
        if (r.method != http::verb::get && !r.body)
            r.body = "{}";
        return std::move(operation_);
    }

private:
    operation operation_;
    target target_;
};

} // namespace openint::detail

#endif
