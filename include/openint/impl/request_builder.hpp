// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_REQUEST_BUILDER_HPP
#define OPENINT_IMPL_REQUEST_BUILDER_HPP

#include <openint/detail/wipe.hpp>
#include <openint/http/request.hpp>
#include <openint/impl/prepared_call.hpp>
#include <openint/impl/target.hpp>
#include <openint/json.hpp>
#include <openint/transport/call.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace openint::detail {

// The body of a request: a struct of views by reflection, secrets revealed.
template <class Body>
void set_body(http::request& r, const Body& body)
{
    wiped_string written;
    written.text().reserve(256);
    json::writer out(written.text(), {.reveal_secrets = true});
    out.write(body);
    if (out.ok())
        r.body = std::move(written);
    else if (r.problem.empty())
        r.problem = "invalid argument: the body cannot be written: " + out.error().message();
}

// An operation: a method, a target, and a body of JSON, `{}` at least, with everything but GET.
class request_builder
{
public:
    request_builder(std::shared_ptr<transport::connection_pool> connections,
                    std::shared_ptr<const transport::call_options> options, http::verb method,
                    std::string_view path)
        : call_{std::move(connections), std::move(options), {.method = method}}
        , target_(path)
    {}

    request_builder&& path(std::string_view fixed)
    {
        target_.path(fixed);
        return std::move(*this);
    }
    request_builder&& segment(const char* name, std::string_view value)
    {
        target_.segment(name, value);
        return std::move(*this);
    }
    template <class Parameters>
    request_builder&& query(const Parameters& parameters)
    {
        target_.parameters(parameters);
        return std::move(*this);
    }
    /// The segment that is the id of what is answered.
    request_builder&& id(std::string_view value)
    {
        segment("id", value);
        return answered_id(value);
    }
    /// The id that the answer must have.
    request_builder&& answered_id(std::string_view value)
    {
        call_.id = value;
        return std::move(*this);
    }
    /// Without the part that a pager adds itself.
    template <class Parameters>
    request_builder&& list_query(const Parameters& parameters)
    {
        target_.parameters_but_window(parameters);
        return std::move(*this);
    }
    template <class Body>
    request_builder&& body(const Body& b)
    {
        set_body(call_.request, b);
        return std::move(*this);
    }
    request_builder&& without_token()
    {
        call_.request.needs_token = false;
        return std::move(*this);
    }
    request_builder&& invalid(std::string problem)
    {
        if (call_.request.problem.empty())
            call_.request.problem = std::move(problem);
        return std::move(*this);
    }

    operator prepared_call() &&
    {
        http::request& r = call_.request;
        target_.query(call_.options->query);
        r.target = std::move(target_.text());
        if (r.problem.empty())
            r.problem = std::move(target_.problem());
        if (r.method != http::verb::get && !r.body)
            r.body.emplace().text() = "{}";
        return std::move(call_);
    }

private:
    prepared_call call_;
    target target_;
};

} // namespace openint::detail

#endif
