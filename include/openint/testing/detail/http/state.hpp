// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTING_DETAIL_HTTP_STATE_HPP
#define OPENINT_TESTING_DETAIL_HTTP_STATE_HPP

// What the server's thread and its users share: scripts, records and data, behind one mutex.
// Knows nothing of sockets. No function of a user is called with the mutex held.

#include <openint/testing/detail/api/api.hpp>
#include <openint/testing/mock_server_options.hpp>
#include <openint/testing/request.hpp>
#include <openint/testing/response.hpp>

#include <condition_variable>
#include <deque>
#include <mutex>

namespace openint::testing::detail {

class mock_server_state
{
public:
    explicit mock_server_state(const mock_server_options& options, std::string_view token)
        : api_(options.base_path, token, options.quirks)
        , compress_(options.compress)
        , record_(options.record)
    {}

    // Data

    template <class F>
    auto with_api(F f)
    {
        const std::lock_guard lock(mutex_);
        return f(api_);
    }

    // Scripts

    struct script
    {
        predicate which;               // empty: every request
        std::optional<response> fixed; // else what `make` returns
        handler make;
        std::size_t left = 1;
    };

    void add_once(script s)
    {
        const std::lock_guard lock(mutex_);
        if (s.left != 0)
            once_.push_back(std::make_shared<script>(std::move(s)));
    }

    void add_rule(script s)
    {
        const std::lock_guard lock(mutex_);
        rules_.insert(rules_.begin(), std::make_shared<script>(std::move(s)));
    }

    void add_connection_script(on_accept what, std::size_t times)
    {
        const std::lock_guard lock(mutex_);
        connection_scripts_.insert(connection_scripts_.end(), times, what);
    }

    void clear_scripts()
    {
        const std::lock_guard lock(mutex_);
        once_.clear();
        rules_.clear();
        connection_scripts_.clear();
    }

    std::size_t scripts_left() const
    {
        const std::lock_guard lock(mutex_);
        std::size_t n = 0;
        for (const auto& s : once_)
            n += s->left;
        return n;
    }

    void set_hook(std::function<void(const request&)> hook)
    {
        const std::lock_guard lock(mutex_);
        hook_ = std::move(hook);
    }

    // For the sessions; on the server's thread only

    struct accepted
    {
        std::size_t number;
        on_accept script;
    };

    accepted connection_opened()
    {
        const std::lock_guard lock(mutex_);
        ++open_;
        accepted out{++accepted_, on_accept::serve};
        if (!connection_scripts_.empty()) {
            out.script = connection_scripts_.front();
            connection_scripts_.pop_front();
        }
        changed_.notify_all();
        return out;
    }

    // The response that cuts off a request of which so many bytes have come, or answers it early,
    // if one is due.
    std::optional<response_script> cut_request(std::size_t bytes, bool complete)
    {
        const std::lock_guard lock(mutex_);
        const auto next =
            std::find_if(once_.begin(), once_.end(), [](const auto& s) { return !s->which; });
        if (next == once_.end() || !(*next)->fixed)
            return std::nullopt;
        const response_script& s = (*next)->fixed->script();
        std::optional<std::size_t> due = s.early;
        if (!due && s.end_place.of == place::part::request && s.ending != ending::keep)
            due = s.end_place.bytes;
        if (!due || (bytes < *due && !complete))
            return std::nullopt;
        response_script out = s;
        use(*next);
        return out;
    }

    // Records a request, and decides what it gets.
    response_script arrived(request& r)
    {
        std::function<void(const request&)> hook;
        {
            const std::lock_guard lock(mutex_);
            r.number = ++read_;
            ++counted_;
            if (record_)
                requests_.push_back(r);
            hook = hook_;
            changed_.notify_all();
        }
        if (hook)
            hook(r);
        return decide(r);
    }

    // What becomes of an answer that had to wait for other servers.
    response_script finished(response_script s, const request& r)
    {
        const std::lock_guard lock(mutex_);
        const auto finish = std::exchange(s.finish, nullptr);
        return compressed(complete(std::move(s), finish()), r);
    }

    server_clock::time_point now()
    {
        const std::lock_guard lock(mutex_);
        return api_.clock().now();
    }

    void count_open(std::ptrdiff_t n) { count(open_, n); }
    void count_busy(std::ptrdiff_t n) { count(busy_, n); }
    void count_held(std::ptrdiff_t n) { count(held_, n); }

    // Records

    std::vector<request> requests() const
    {
        const std::lock_guard lock(mutex_);
        return requests_;
    }

    void clear_requests()
    {
        const std::lock_guard lock(mutex_);
        requests_.clear();
        counted_ = 0;
    }

    struct counters
    {
        std::size_t requests, accepted, open, held, busy;
    };

    counters count() const
    {
        const std::lock_guard lock(mutex_);
        return counts();
    }

    template <class Condition>
    bool wait(std::chrono::milliseconds timeout, Condition condition) const
    {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, timeout, [&] { return condition(counts()); });
    }

private:
    counters counts() const { return {counted_, accepted_, open_, held_, busy_}; }

    void count(std::size_t& what, std::ptrdiff_t n)
    {
        const std::lock_guard lock(mutex_);
        what += static_cast<std::size_t>(n);
        changed_.notify_all();
    }

    void use(const std::shared_ptr<script>& s)
    {
        if (--s->left == 0)
            once_.erase(std::find(once_.begin(), once_.end(), s));
    }

    // The script for this request; null when there is none. Only this thread takes scripts away,
    // but others may clear them meanwhile.
    std::shared_ptr<script> select(const request& r)
    {
        std::vector<std::shared_ptr<script>> candidates;
        {
            const std::lock_guard lock(mutex_);
            if (once_.empty() && rules_.empty())
                return nullptr;
            candidates.assign(once_.begin(), once_.end());
            candidates.insert(candidates.end(), rules_.begin(), rules_.end());
        }
        for (const auto& s : candidates) {
            if (s->which && !s->which(r))
                continue;
            const std::lock_guard lock(mutex_);
            if (const auto in = std::find(once_.begin(), once_.end(), s); in != once_.end())
                use(s);
            return s;
        }
        return nullptr;
    }

    response_script decide(const request& r)
    {
        response_script chosen;
        try {
            if (const auto s = select(r))
                chosen = s->fixed ? s->fixed->script() : s->make(r).script();
            else if (r.pipelined)
                return stall().script(); // as the real server
        } catch (const std::exception& e) {
            return respond(500, e.what()).header("Content-Type", "text/plain").script();
        }
        if (!chosen.status && !chosen.raw) {
            const std::lock_guard lock(mutex_);
            response own = api_.answer(r);
            chosen = complete(std::move(chosen), std::move(own.script()));
        }
        return compressed(std::move(chosen), r);
    }

    response_script compressed(response_script s, const request& r) const
    {
        if (compress_ && s.body && s.coding == coding::identity &&
            r.header("Accept-Encoding").value_or("").find("gzip") != std::string_view::npos)
            s.coding = coding::gzip;
        return s;
    }

    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    api api_;
    const bool compress_;
    const bool record_;
    std::deque<std::shared_ptr<script>> once_;
    std::vector<std::shared_ptr<script>> rules_;
    std::deque<on_accept> connection_scripts_;
    std::function<void(const request&)> hook_;
    std::vector<request> requests_;
    std::size_t read_ = 0;     // requests since the beginning
    std::size_t counted_ = 0;  // requests since the last clear_requests()
    std::size_t accepted_ = 0; // connections
    std::size_t open_ = 0;     // connections
    std::size_t held_ = 0;     // answers that wait for release()
    std::size_t busy_ = 0;     // requests being read or answered
};

} // namespace openint::testing::detail

#endif
