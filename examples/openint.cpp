// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.
//
// OpenInt on the command line: see `usage` below, or run it with --help.

#include <openint.hpp>
#include <openint/testing/mock_server.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <algorithm>
#include <charconv>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <functional>
#include <iostream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <unistd.h>

namespace asio = boost::asio;

namespace {

constexpr std::string_view usage = R"(usage: openint [OPTION...] COMMAND

commands:
  connections          list the connections; with --customer ID those of one customer
  connection ID        show one connection, its credentials included
  connectors           list the connectors that exist
  customers            list the customers
  events               list what has happened, the last thing first
  token CUSTOMER       make a token and a link with which a customer manages their connections
  access-token ID      print the access token alone, for scripts; with --force it is renewed before
  check ID             try the credentials of a connection; exit status 1 if they do not work
  serve                run a server with made-up data for other programs, until interrupted

options:
  --json               print JSON
  --reveal             print secrets as they are instead of [redacted]
  --force              see access-token
  --max N              list at most N rows
  --customer ID        see connections
  --port N             where to serve; any free port by default
  --help, --version    print this, or the version

OPENINT_API_KEY is the key, OPENINT_BASE_URL the service if it is not the usual one. Without a key a
server with made-up data is asked, which lives as long as the command.
)";

// Wrong usage, as against a call that fails.
struct usage_error : std::runtime_error
{
    using std::runtime_error::runtime_error;
};

struct options
{
    std::string command;
    std::string argument; // ID or CUSTOMER
    std::string customer;
    bool json = false;
    bool reveal = false;
    bool force = false;
    std::size_t max = static_cast<std::size_t>(-1);
    std::uint16_t port = 0;
};

// Tables

std::string text_of(const std::string& value) { return value; }
std::string text_of(const openint::timestamp& value) { return std::string(value.text()); }
std::string text_of(bool value) { return value ? "yes" : "no"; }
std::string text_of(double value) { return openint::json::write(value); }
template <class E>
std::string text_of(const openint::open_enum<E>& value)
{
    return std::string(value.text());
}
template <class T>
std::string text_of(const std::optional<T>& value)
{
    return value ? text_of(*value) : "-";
}

// What could upset a terminal becomes a question mark.
std::string printable(std::string text)
{
    std::replace_if(
        text.begin(), text.end(),
        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, '?');
    return text;
}

// Characters, not bytes, of UTF-8.
std::size_t width(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    }));
}

void print_table(const std::vector<std::vector<std::string>>& rows)
{
    std::vector<std::size_t> widths(rows.front().size());
    for (const auto& row : rows)
        for (std::size_t i = 0; i != row.size(); ++i)
            widths[i] = std::max(widths[i], width(row[i]));
    for (const auto& row : rows) {
        std::string line;
        for (std::size_t i = 0; i != row.size(); ++i) {
            line += row[i];
            if (i + 1 != row.size())
                line.append(widths[i] - width(row[i]) + 2, ' ');
        }
        std::cout << line << '\n';
    }
}

template <class T>
void print_json(const T& value, const options& o)
{
    std::cout << openint::json::write(value, {.pretty = true, .reveal_secrets = o.reveal}) << '\n';
}

std::string text_of(const openint::secret& value, const options& o)
{
    return o.reveal ? std::string(value.reveal()) : "[redacted]";
}

// Lists

template <class T>
struct column
{
    std::string title;
    std::function<std::string(const T&)> cell;
};

// A column that shows one member.
template <class T, class Base, class M>
column<T> show(std::string title, M Base::*member)
{
    return {std::move(title), [member](const T& row) { return text_of(row.*member); }};
}

// How far a long list has come, if somebody is watching.
class progress
{
public:
    explicit progress(std::string what)
        : what_(std::move(what))
    {}
    progress(const progress&) = delete;
    progress& operator=(const progress&) = delete;
    ~progress()
    {
        if (shown_)
            std::cerr << "\r\033[K" << std::flush;
    }

    void at(std::size_t count)
    {
        if (!::isatty(STDERR_FILENO))
            return;
        std::cerr << '\r' << count << ' ' << what_ << "..." << std::flush;
        shown_ = true;
    }

private:
    std::string what_;
    bool shown_ = false;
};

template <class T>
asio::awaitable<int> print_list(openint::pager<T> pages, options o, std::vector<column<T>> columns)
{
    std::vector<T> rows;
    {
        progress shown(o.command);
        while (rows.size() < o.max) {
            std::optional<openint::page<T>> page = co_await pages.next();
            if (!page)
                break;
            for (T& row : page->items)
                if (rows.size() < o.max)
                    rows.push_back(std::move(row));
            shown.at(rows.size());
        }
    }
    if (o.json) {
        print_json(rows, o);
        co_return EXIT_SUCCESS;
    }
    std::vector<std::vector<std::string>> table(1);
    for (const auto& c : columns)
        table[0].push_back(c.title);
    for (const T& row : rows) {
        table.emplace_back();
        for (const auto& c : columns)
            table.back().push_back(printable(c.cell(row)));
    }
    print_table(table);
    co_return EXIT_SUCCESS;
}

asio::awaitable<int> list(openint::client client, options o)
{
    using openint::connection;
    using openint::customer_summary;
    using openint::event;
    using openint::listed_connector;

    const int limit = static_cast<int>(std::clamp<std::size_t>(o.max, 1, 100));
    if (o.command == "connections")
        return print_list<connection>(
            client.list_connections_pages({.limit = limit, .customer_id = o.customer}), o,
            {show<connection>("ID", &connection::id),
             show<connection>("CONNECTOR", &connection::connector_name),
             show<connection>("CUSTOMER", &connection::customer_id),
             show<connection>("STATUS", &connection::status),
             {"USABLE", [](const connection& c) { return text_of(c.usable()); }},
             show<connection>("UPDATED", &connection::updated_at)});
    if (o.command == "connectors")
        return print_list<listed_connector>(
            client.list_connectors_pages({.limit = limit}), o,
            {show<listed_connector>("NAME", &listed_connector::name),
             show<listed_connector>("DISPLAY NAME", &listed_connector::display_name),
             show<listed_connector>("STAGE", &listed_connector::stage),
             show<listed_connector>("AUTHENTICATION", &listed_connector::auth_type)});
    if (o.command == "customers")
        return print_list<customer_summary>(
            client.list_customers_pages({.limit = limit}), o,
            {show<customer_summary>("ID", &customer_summary::id),
             show<customer_summary>("CONNECTIONS", &customer_summary::connection_count),
             show<customer_summary>("CREATED", &customer_summary::created_at)});
    return print_list<event>(
        client.list_events_pages({.limit = limit}), o,
        {show<event>("TIME", &event::timestamp), show<event>("NAME", &event::name),
         show<event>("CUSTOMER", &event::customer_id), show<event>("ID", &event::id)});
}

// The other commands; each returns the exit status.

asio::awaitable<int> show_connection(openint::client client, options o)
{
    const openint::connection conn =
        co_await client.get_connection(o.argument, {.include_secrets = true});
    if (o.json) {
        print_json(conn, o);
        co_return EXIT_SUCCESS;
    }
    std::vector<std::vector<std::string>> table{
        {"connection", conn.id},
        {"connector", conn.connector_name},
        {"customer", text_of(conn.customer_id)},
        {"name", text_of(conn.display_name)},
        {"status", text_of(conn.status)},
        {"usable", text_of(conn.usable())},
        {"created", text_of(conn.created_at)},
        {"updated", text_of(conn.updated_at)},
    };
    if (conn.status_message)
        table.push_back({"message", text_of(*conn.status_message, o)});
    if (conn.settings)
        table.push_back(
            {"settings", openint::json::write(*conn.settings, {.reveal_secrets = o.reveal})});
    for (auto& row : table)
        row[1] = printable(std::move(row[1]));
    print_table(table);
    co_return EXIT_SUCCESS;
}

asio::awaitable<int> print_access_token(openint::client client, options o)
{
    openint::get_connection_params params;
    params.include_secrets = true;
    if (o.force)
        params.refresh_policy = openint::refresh_policy::force;
    const openint::connection conn = co_await client.get_connection(o.argument, params);
    if (!conn.usable())
        throw std::runtime_error("the connection cannot be used; `openint connection " + conn.id +
                                 "` shows why");
    std::cout << conn.access_token().reveal() << '\n';
    co_return EXIT_SUCCESS;
}

asio::awaitable<int> make_token(openint::client client, options o)
{
    const openint::customer_token token = co_await client.create_token(o.argument);
    if (o.json) {
        print_json(token, o);
    } else {
        print_table(
            {{"token", text_of(token.token, o)}, {"link", text_of(token.magic_link_url, o)}});
        if (!o.reveal)
            std::cerr << "openint: --reveal prints them\n";
    }
    co_return EXIT_SUCCESS;
}

asio::awaitable<int> check(openint::client client, options o)
{
    const openint::connection_check found = co_await client.check_connection(o.argument);
    if (o.json) {
        print_json(found, o);
    } else {
        std::vector<std::vector<std::string>> table{{"connection", found.id},
                                                    {"status", text_of(found.status)}};
        if (found.status_message)
            table.push_back({"message", printable(text_of(*found.status_message, o))});
        print_table(table);
    }
    const bool broken = found.status && (*found.status == openint::connection_status::error ||
                                         *found.status == openint::connection_status::disconnected);
    co_return broken ? EXIT_FAILURE : EXIT_SUCCESS;
}

int serve(const options& o)
{
    const openint::testing::mock_server server({.port = o.port, .record = false});
    asio::io_context io;
    asio::signal_set signals(io, SIGINT, SIGTERM);
    signals.async_wait([](const boost::system::error_code&, int) {});
    std::cout << "export OPENINT_BASE_URL=" << server.url() << '\n'
              << "export OPENINT_API_KEY=" << server.token() << std::endl;
    std::cerr << "serving made-up data until interrupted\n";
    io.run();
    return EXIT_SUCCESS;
}

int run(const options& o)
{
    openint::client_config config = openint::client_config::from_env();
    std::unique_ptr<openint::testing::mock_server> server;
    if (config.token.empty()) {
        server = std::make_unique<openint::testing::mock_server>();
        config.token = openint::secret(server->token());
        config.base_url = server->url();
        std::cerr << "OPENINT_API_KEY is not set: asking a server with made-up data\n";
    }
    asio::io_context io;
    const openint::client client(io, config);
    int status = EXIT_FAILURE;
    const auto command = o.command == "connection"     ? show_connection
                         : o.command == "token"        ? make_token
                         : o.command == "check"        ? check
                         : o.command == "access-token" ? print_access_token
                                                       : list;
    asio::co_spawn(io, command(client, o), [&](std::exception_ptr e, int result) {
        if (e)
            std::rethrow_exception(e);
        status = result;
    });
    io.run();
    return status;
}

// The command line

template <class Number>
Number number(std::string_view option, std::string_view text)
{
    Number n{};
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (ec != std::errc() || end != text.data() + text.size())
        throw usage_error(std::string(option) + " wants a number, not \"" + std::string(text) +
                          "\"");
    return n;
}

// Nothing if it has been dealt with.
std::optional<options> parse(const std::vector<std::string_view>& arguments)
{
    options o;
    std::vector<std::string_view> words;
    for (auto a = arguments.begin(); a != arguments.end(); ++a) {
        const auto value = [&] {
            if (a + 1 == arguments.end())
                throw usage_error(std::string(*a) + " wants a value");
            return *++a;
        };
        if (*a == "--help") {
            std::cout << usage;
            return std::nullopt;
        }
        if (*a == "--version") {
            std::cout << "openint " OPENINT_VERSION_STRING "\n";
            return std::nullopt;
        }
        if (*a == "--json")
            o.json = true;
        else if (*a == "--reveal")
            o.reveal = true;
        else if (*a == "--force")
            o.force = true;
        else if (*a == "--max")
            o.max = number<std::size_t>("--max", value());
        else if (*a == "--port")
            o.port = number<std::uint16_t>("--port", value());
        else if (*a == "--customer")
            o.customer = value();
        else if (*a == "--serve")
            words.emplace_back("serve");
        else if (a->starts_with("-"))
            throw usage_error("there is no option " + std::string(*a));
        else
            words.push_back(*a);
    }
    if (words.empty())
        throw usage_error("say what to do");
    o.command = words[0];
    constexpr std::string_view plain[] = {"connections", "connectors", "customers", "events",
                                          "serve"};
    constexpr std::string_view with_argument[] = {"connection", "token", "check", "access-token"};
    const bool wants = std::ranges::find(with_argument, o.command) != std::end(with_argument);
    if (!wants && std::ranges::find(plain, o.command) == std::end(plain))
        throw usage_error("there is no command " + o.command);
    if (words.size() != (wants ? 2u : 1u))
        throw usage_error(o.command + (wants ? " wants one argument" : " wants no argument"));
    if (wants)
        o.argument = words[1];
    return o;
}

} // namespace

int main(int argc, char** argv)
try {
    const auto o = parse({argv + 1, argv + argc});
    const int status = !o ? EXIT_SUCCESS : o->command == "serve" ? serve(*o) : run(*o);
    if (!std::cout.flush())
        throw std::runtime_error("the output cannot be written");
    return status;
} catch (const usage_error& e) {
    std::cerr << "openint: " << e.what() << "\n\n" << usage;
    return 2;
} catch (const std::exception& e) {
    std::cerr << "openint: " << e.what() << '\n';
    return EXIT_FAILURE;
}
