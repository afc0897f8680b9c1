// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_BENCHMARKS_REQUEST_CONTENDER_HPP
#define OPENINT_BENCHMARKS_REQUEST_CONTENDER_HPP

#include "document.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace bench {

struct setup
{
    std::string port;
    std::string ca_file; ///< Empty: plain HTTP.
    std::size_t in_flight = 1;

    bool tls() const noexcept { return !ca_file.empty(); }
    std::string url() const { return (tls() ? "https://127.0.0.1:" : "http://127.0.0.1:") + port; }
};

/// Hands out the numbers of requests, and adds up what was answered.
class ledger
{
public:
    explicit ledger(std::size_t requests)
        : requests_(requests)
    {}

    bool next(std::size_t& number) noexcept
    {
        if (begun_ == requests_)
            return false;
        number = begun_++;
        return true;
    }

    /// What a typed answer holds.
    void answered(std::size_t number, std::string_view id, std::string_view token)
    {
        if (id != ids_[number % document_count])
            throw std::runtime_error("the answer to another request");
        add(id);
        add(token);
        ++answers_;
    }

    /// The same of a contender that only counts bytes.
    void answered(std::size_t body_size) noexcept
    {
        bytes_ += body_size;
        ++answers_;
    }

    /// Throws unless everything has been answered, by the right content.
    void check() const
    {
        ledger expected(requests_);
        for (std::size_t i = 0; i != requests_; ++i)
            if (bytes_ != 0)
                expected.answered(document_size_);
            else
                expected.answered(i, ids_[i % document_count], token_of(i % document_count));
        if (answers_ != requests_ || sum_ != expected.sum_ || bytes_ != expected.bytes_)
            throw std::runtime_error("the answers are not what was asked for");
    }

private:
    void add(std::string_view text) noexcept
    {
        std::uint32_t hash = 2166136261u; // FNV-1a: each of the texts counts, in any order
        for (const char c : text)
            hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
        sum_ += hash;
    }

    struct id_list
    {
        id_list()
        {
            for (std::size_t i = 0; i != document_count; ++i)
                texts[i] = id_of(i);
        }
        const std::string& operator[](std::size_t i) const noexcept { return texts[i]; }
        std::string texts[document_count];
    };
    inline static const id_list ids_;
    inline static const std::size_t document_size_ = document_of(0).size();

    std::size_t requests_;
    std::size_t begun_ = 0;
    std::size_t answers_ = 0;
    std::size_t bytes_ = 0;
    std::uint64_t sum_ = 0;
};

/// A way to ask the server. What it needs for asking lives as long as it.
class contender
{
public:
    virtual ~contender() = default;

    /// Asks until the ledger is full, `in_flight` at a time.
    virtual void run(ledger& l) = 0;
};

std::unique_ptr<contender> make_bare(const setup& s);
std::unique_ptr<contender> make_beast(const setup& s);
std::unique_ptr<contender> make_curl(const setup& s);
std::unique_ptr<contender> make_openint(const setup& s);

/// The same client, made to open a connection for each request.
std::unique_ptr<contender> make_openint_unpooled(const setup& s);

/// Only makes typed answers from their texts: what reading the body alone costs.
std::unique_ptr<contender> make_reading(const setup& s);

} // namespace bench

#endif
