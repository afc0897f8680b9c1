// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.
//
// examples/server.cpp under load, and its end. Its path is the argument behind "--".

#include <openint/testing/mock_server.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <boost/system/system_error.hpp>
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace asio = boost::asio;
namespace testing = openint::testing;
using tcp = asio::ip::tcp;

namespace {

const std::string expected = R"({"connection":"conn_github_1","connector":"github","login":"ada"})";

// The server as a process, asking the OpenInt that the environment names.
class process
{
public:
    explicit process(const testing::mock_server& openint)
    {
        ::setenv("OPENINT_API_KEY", openint.token().c_str(), 1);
        ::setenv("OPENINT_BASE_URL", openint.url().c_str(), 1);
        const auto& suite = boost::unit_test::framework::master_test_suite();
        BOOST_TEST_REQUIRE(suite.argc == 2);
        std::string program = suite.argv[1], port = "0", threads = "4";
        char* arguments[] = {program.data(), port.data(), threads.data(), nullptr};

        int pipe[2];
        BOOST_TEST_REQUIRE(::pipe(pipe) == 0);
        posix_spawn_file_actions_t actions;
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO);
        ::posix_spawn_file_actions_addclose(&actions, pipe[0]);
        const int failed =
            ::posix_spawn(&pid_, program.c_str(), &actions, nullptr, arguments, ::environ);
        ::posix_spawn_file_actions_destroy(&actions);
        ::close(pipe[1]);
        BOOST_TEST_REQUIRE(failed == 0);

        output_ = ::fdopen(pipe[0], "r");
        const int read = std::fscanf(output_, "listening on http://127.0.0.1:%hu", &port_);
        BOOST_TEST_REQUIRE(read == 1);
    }

    ~process()
    {
        if (pid_ > 0) {
            ::kill(pid_, SIGKILL);
            ::waitpid(pid_, nullptr, 0);
        }
        if (output_)
            std::fclose(output_);
    }
    process(const process&) = delete;
    process& operator=(const process&) = delete;

    std::uint16_t port() const { return port_; }
    void terminate() const { ::kill(pid_, SIGTERM); }

    // The exit status; -1 if there is none.
    int wait()
    {
        int status = 0;
        BOOST_TEST_REQUIRE(::waitpid(pid_, &status, 0) == pid_);
        pid_ = 0;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

private:
    ::pid_t pid_ = 0;
    std::uint16_t port_ = 0;
    std::FILE* output_ = nullptr;
};

// A connection that is kept.
class visitor
{
public:
    explicit visitor(std::uint16_t port)
    {
        socket_.connect({asio::ip::address_v4::loopback(), port});
        socket_.set_option(tcp::no_delay(true));
    }

    // The body of an answer with status 200, otherwise the whole of it; throws what the system says
    // if the answer is not complete.
    std::string ask(const std::string& id = "conn_github_1")
    {
        asio::write(socket_,
                    asio::buffer("GET /accounts/" + id + " HTTP/1.1\r\nHost: test\r\n\r\n"));
        return answer();
    }

    std::string answer()
    {
        const std::size_t head =
            asio::read_until(socket_, asio::dynamic_buffer(input_), "\r\n\r\n");
        last_ = input_.find("Connection: close") < head;
        const std::string name = "Content-Length: ";
        const std::size_t size = std::stoul(input_.substr(input_.find(name) + name.size()));
        if (input_.size() < head + size)
            asio::read(socket_, asio::dynamic_buffer(input_),
                       asio::transfer_exactly(head + size - input_.size()));
        const std::string text =
            input_.starts_with("HTTP/1.1 200 ") ? input_.substr(head, size) : input_;
        input_.erase(0, head + size);
        return text;
    }

    // Whether the last answer said that the connection ends.
    bool last() const { return last_; }

    // Waits until the server closes; whether nothing came before.
    bool closed_silently()
    {
        char byte;
        boost::system::error_code ec;
        return socket_.read_some(asio::buffer(&byte, 1), ec) == 0 && ec == asio::error::eof;
    }

private:
    asio::io_context io_;
    tcp::socket socket_{io_};
    std::string input_;
    bool last_ = false;
};

testing::mock_server_options unrecorded()
{
    testing::mock_server_options options;
    options.record = false;
    return options;
}

} // namespace

BOOST_AUTO_TEST_SUITE(server)

BOOST_AUTO_TEST_CASE(ten_thousand_requests)
{
    testing::mock_server openint(unrecorded());
    process server(openint);
    constexpr int visitors = 8, requests = 1250;
    std::atomic<int> good = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i != visitors; ++i)
            threads.emplace_back([&] {
                visitor v(server.port());
                for (int n = 0; n != requests; ++n)
                    good += v.ask() == expected;
            });
    }
    BOOST_TEST(good == visitors * requests);
    BOOST_TEST(openint.connections_accepted() <=
               8u); // all but the first have found it in the cache

    visitor v(server.port());
    BOOST_TEST(v.ask("conn_nobody").starts_with("HTTP/1.1 404 "));
    BOOST_TEST(v.ask("conn_disconnected_1").starts_with("HTTP/1.1 409 "));
    BOOST_TEST(v.ask() == expected);

    server.terminate();
    BOOST_TEST(v.closed_silently());
    BOOST_TEST(server.wait() == 0);
}

BOOST_AUTO_TEST_CASE(a_token_that_is_not_accepted)
{
    testing::mock_server openint;
    openint.add(R"({"id": "conn_github_1", "connector_name": "github", "status": "healthy",
        "settings": {"oauth": {"credentials": {"access_token": "revoked", "refresh_token": "r",
        "expires_at": "2099-01-01T00:00:00.000Z"}}}})");
    process server(openint);
    visitor v(server.port());
    BOOST_TEST(v.ask() == expected);
    BOOST_TEST(v.ask() == expected);
    BOOST_TEST(openint.request_count() == 3u); // for it, for a newer one, to renew it by force
    server.terminate();
    BOOST_TEST(server.wait() == 0);
}

BOOST_AUTO_TEST_CASE(what_is_in_progress_is_finished)
{
    testing::mock_server openint;
    process server(openint);
    visitor idle(server.port());
    BOOST_TEST(idle.ask("conn_nobody").starts_with("HTTP/1.1 404 "));

    openint.next(testing::answer().hold());
    visitor busy(server.port());
    std::future<std::string> answer = std::async(std::launch::async, [&] { return busy.ask(); });
    BOOST_TEST_REQUIRE(openint.wait_until_held(1));

    server.terminate();
    BOOST_TEST(idle.closed_silently());
    BOOST_CHECK_THROW(visitor(server.port()), boost::system::system_error); // it listens no more
    openint.release();
    BOOST_TEST(answer.get() == expected);
    BOOST_TEST(busy.last());
    BOOST_TEST(server.wait() == 0);
}

BOOST_AUTO_TEST_CASE(stopped_under_load)
{
    testing::mock_server openint(unrecorded());
    process server(openint);
    std::atomic<int> good = 0, bad = 0;
    std::vector<std::jthread> threads;
    for (int i = 0; i != 8; ++i)
        threads.emplace_back([&] {
            try {
                visitor v(server.port());
                do
                    ++(v.ask() == expected ? good : bad);
                while (!v.last());
            } catch (const boost::system::system_error&) {
                // Closed between two requests, when this one was on its way.
            }
        });
    while (good < 500 && bad == 0)
        std::this_thread::yield();
    server.terminate();
    BOOST_TEST(server.wait() == 0);
    threads.clear();
    BOOST_TEST(bad == 0);
}

BOOST_AUTO_TEST_SUITE_END()
