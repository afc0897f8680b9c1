// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// Clients, contexts and coroutines that end in whatever order. AddressSanitizer finds what is used
// or left behind; sockets are counted here.

#include "support/run.hpp"
#include "support/stuck.hpp"

#include <openint.hpp>
#include <openint/testing/mock_server.hpp>

#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <memory>
#include <optional>
#include <stdexcept>

namespace asio = boost::asio;
namespace data = boost::unit_test::data;
using namespace std::chrono_literals;
using namespace asio::experimental::awaitable_operators;
using openint::testing::mock_server;
using test::failure_of;
using test::outcome;
using test::phase;
using test::possible;
using test::release_soon;
using test::run;
using test::socket_count;
using test::stuck;

BOOST_AUTO_TEST_SUITE(lifetime)

namespace {

const auto phases = data::make(test::all_phases);
const auto plain_and_tls = data::make({false, true});

openint::client_config config_for(const mock_server& server)
{
    openint::client_config config;
    config.token = openint::secret(server.token());
    config.base_url = server.url();
    config.tls.ca_file = server.ca_file();
    config.log = test::said().hearing();
    return config;
}

} // namespace

// What outlives its context

BOOST_DATA_TEST_CASE(a_client_outlives_its_context, plain_and_tls* data::make({false, true}), tls,
                     on_a_strand)
{
    const socket_count sockets;
    mock_server server({.tls = tls});
    std::optional<asio::io_context> io(std::in_place);
    std::optional<openint::client> client;
    if (on_a_strand)
        client.emplace(asio::make_strand(*io), config_for(server));
    else
        client.emplace(*io, config_for(server));
    const openint::client other = client->with_options({.timeout = 5s});
    run(*io, [](openint::client c) -> asio::awaitable<void> {
        co_await (c.get_connection("conn_github_1") && c.get_connection("conn_apikey_1"));
    }(*client));
    BOOST_TEST(server.open_connections() == 2u);
    auto stored = client->get_connection("conn_github_1");

    io.reset();
    BOOST_TEST(server.wait_until_open(0));
    asio::io_context next;
    BOOST_TEST(failure_of(next, client->get_connection("conn_github_1")).code() ==
               openint::errc::closed);
    BOOST_TEST(failure_of(next, std::move(stored)).code() == openint::errc::closed);
    client.reset();
    BOOST_TEST(failure_of(next, other.get_connection("conn_github_1")).code() ==
               openint::errc::closed);
}

BOOST_AUTO_TEST_CASE(a_pager_outlives_its_context)
{
    mock_server server;
    server.always(
        openint::testing::respond(200, R"({"items":[{"id":"conn_1","connector_name":"github"}]})"));
    std::optional<asio::io_context> io(std::in_place);
    std::optional<openint::client> client(std::in_place, *io, config_for(server));
    auto pages = client->list_connections_pages({.limit = 1});
    pages.prefetch();
    asio::co_spawn(*io, pages.next(), asio::detached);
    io->run_one();
    io.reset();
    asio::io_context next;
    BOOST_TEST(failure_of(next, pages.next()).code() == openint::errc::closed);
}

// A context with calls outstanding

BOOST_DATA_TEST_CASE(a_context_is_destroyed, phases* plain_and_tls* data::make({false, true}), p,
                     tls, on_strands)
{
    if (!possible(p, tls))
        return;
    const socket_count sockets;
    stuck s(p, tls);
    std::optional<asio::io_context> io(std::in_place);
    asio::any_io_executor executor = io->get_executor();
    if (on_strands)
        executor = asio::make_strand(*io);
    const openint::client client(executor, s.config);
    if (on_strands)
        executor = asio::make_strand(*io);
    outcome neighbour;
    outcome o;
    asio::co_spawn(executor, noted(s.neighbour(client), neighbour), asio::detached);
    s.wait_until_held(*io);
    s.set_trap();
    asio::co_spawn(executor, noted(s.call(client), o), asio::detached);
    s.wait_until_reached(*io);
    BOOST_TEST(!o.ended);

    executor = {};
    const release_soon soon;
    io.reset();
    BOOST_TEST(o.destroyed);
    BOOST_TEST(neighbour.destroyed);
    BOOST_TEST(!o.ended);
    BOOST_TEST(s.wait_until_open(0));
    asio::io_context next;
    BOOST_TEST(failure_of(next, client.get_connection("conn_github_1")).code() ==
               openint::errc::closed);
}

BOOST_DATA_TEST_CASE(a_thread_pool_is_destroyed, plain_and_tls, tls)
{
    const socket_count sockets;
    mock_server server({.tls = tls});
    server.always(openint::testing::stall());
    {
        asio::thread_pool pool(2);
        openint::client_config config = config_for(server);
        config.pool.max_connections = 3;
        const openint::client client(pool, config);
        for (int i = 0; i != 10; ++i)
            asio::co_spawn(pool, client.get_connection("conn_github_1"), asio::detached);
        BOOST_TEST(server.wait_for_requests(3));
        pool.stop();
    }
    BOOST_TEST(server.wait_until_open(0));
}

// Many waiters on strands, whose frames go while the pool lets go of them.
BOOST_AUTO_TEST_CASE(a_context_with_many_waiters_is_destroyed)
{
    const socket_count sockets;
    mock_server server;
    server.always(openint::testing::stall());
    std::vector<outcome> outcomes(30);
    openint::client_config config = config_for(server);
    config.pool.max_connections = 2;
    std::optional<asio::io_context> io(std::in_place);
    const openint::client client(*io, config);
    for (outcome& o : outcomes)
        asio::co_spawn(asio::make_strand(*io), noted(client.get_connection("conn_github_1"), o),
                       asio::detached);
    while (!server.wait_for_requests(2, 1ms))
        io->poll();
    io.reset();
    for (const outcome& o : outcomes)
        BOOST_TEST(o.destroyed);
}

// The client goes first

BOOST_DATA_TEST_CASE(a_client_is_destroyed_with_calls_in_progress, plain_and_tls, tls)
{
    const socket_count sockets;
    mock_server server({.tls = tls});
    server.always(openint::testing::answer().hold());
    asio::io_context io;
    openint::client_config config = config_for(server);
    config.pool.max_connections = 2;
    std::optional<openint::client> client(std::in_place, io, config);
    std::vector<outcome> outcomes(6);
    for (outcome& o : outcomes)
        asio::co_spawn(io, noted(client->get_connection("conn_github_1"), o), asio::detached);
    auto stored = client->get_connection("conn_github_1");
    while (!server.wait_until_held(2, 1ms))
        io.poll();
    client.reset();
    server.clear_scripts();
    server.release();
    io.restart();
    io.run();
    for (const outcome& o : outcomes) {
        BOOST_TEST(o.ended);
        BOOST_TEST(!o.problem);
    }
    BOOST_TEST(run(io, std::move(stored)).id == "conn_github_1");
    BOOST_TEST(server.wait_until_open(0)); // the pool has gone with the last call
}

// A sibling throws

BOOST_DATA_TEST_CASE(a_sibling_throws, phases* plain_and_tls, p, tls)
{
    if (!possible(p, tls))
        return;
    const socket_count sockets;
    stuck s(p, tls);
    asio::io_context io;
    const openint::client client(io, s.config);
    outcome neighbour;
    outcome o;
    asio::co_spawn(io, noted(s.neighbour(client), neighbour), asio::detached);
    s.wait_until_held(io);
    s.set_trap();
    asio::steady_timer fuse(io, asio::steady_timer::time_point::max());
    bool caught = false;
    const auto both = [](asio::awaitable<void> call, asio::steady_timer& timer,
                         bool& thrown) -> asio::awaitable<void> {
        const auto throws = [](asio::steady_timer& t) -> asio::awaitable<void> {
            boost::system::error_code ignored;
            co_await t.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
            throw std::runtime_error("sibling");
        };
        try {
            co_await (std::move(call) && throws(timer));
        } catch (const std::runtime_error& e) {
            thrown = e.what() == std::string("sibling");
        }
    };
    asio::co_spawn(io, both(noted(s.call(client), o), fuse, caught), asio::detached);
    s.wait_until_reached(io);
    fuse.cancel();
    while (!caught) {
        io.restart();
        io.run_one_for(5s);
    }
    BOOST_TEST((o.error().code() == asio::error::operation_aborted));
    BOOST_TEST(s.says_so(o.error()), o.error().what());
    BOOST_TEST(s.wait_until_open(p == phase::back_off ? 2 : 1));
    BOOST_TEST(!neighbour.ended);
    test::lookups::release();
    s.server.release();
    io.restart();
    io.run();
    BOOST_TEST(neighbour.ended);
    BOOST_TEST(!neighbour.problem);
}

// A move is a copy

BOOST_AUTO_TEST_CASE(a_client_that_was_moved_from)
{
    mock_server server;
    asio::io_context io;
    openint::client client(io, config_for(server));
    openint::client next = std::move(client);
    const openint::client last = std::move(next);
    // NOLINTBEGIN(bugprone-use-after-move)
    BOOST_TEST(run(io, client.get_connection("conn_github_1")).id == "conn_github_1");
    BOOST_TEST(run(io, client.get("/v1/viewer")).is_object());
    BOOST_TEST(run(io, client.list_connections_pages().next()).has_value());
    BOOST_TEST((client.get_executor() == io.get_executor()));
    next = std::move(client);
    const openint::client patient = client.with_options({.timeout = 5s});
    BOOST_TEST(run(io, patient.get_connection("conn_github_1")).id == "conn_github_1");
    const openint::client anybody = client.with_token(openint::secret("nobody's"));
    BOOST_TEST(failure_of(io, anybody.get_connection("conn_github_1")).status() == 401u);
    // NOLINTEND(bugprone-use-after-move)
    BOOST_TEST(server.connections_accepted() == 1u);
}

// Frames that were never run

BOOST_AUTO_TEST_CASE(contexts_that_never_ran)
{
    mock_server server;
    asio::io_context io;
    const openint::client client(io, config_for(server));
    asio::co_spawn(io, client.get_connection("conn_github_1"), asio::detached);
    asio::io_context other;
    asio::co_spawn(other, client.get_connection("conn_github_1"), asio::detached);
    other.poll();
}

// All in all

BOOST_DATA_TEST_CASE(connections_come_and_go, plain_and_tls, tls)
{
    const socket_count sockets;
    mock_server server({.tls = tls});
    for (int i = 0; i != 20; ++i) {
        asio::io_context io;
        const openint::client client(io, config_for(server));
        run(io, [](openint::client c) -> asio::awaitable<void> {
            co_await (c.get_connection("conn_github_1") && c.get_connection("conn_apikey_1"));
        }(client));
    }
    BOOST_TEST(server.wait_until_open(0));
}

BOOST_AUTO_TEST_SUITE_END()
