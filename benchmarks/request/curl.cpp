// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#include "contender.hpp"

#include <openint/connection.hpp>

#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>

#include <curl/curl.h>
#include <nlohmann/json.hpp>

#include <optional>
#include <vector>

// What one writes with libcurl and nlohmann's JSON: easy handles that are used again, with a
// deadline, connections kept; one of them alone is performed, more are run by a multi handle.

// The same structs by nlohmann's conversions. What is free-form stays in nlohmann's own form: a
// struct written for that library would hold it so.
namespace bench {
inline thread_local std::vector<nlohmann::json> free_form;
}

namespace nlohmann {

template <class T>
concept described = std::is_class_v<T> && boost::describe::has_describe_members<T>::value;

template <described T>
struct adl_serializer<T>
{
    static void from_json(const json& from, T& value)
    {
        boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
            [&](auto d) {
                const auto found = from.find(d.name);
                if (found != from.end() && !found->is_null())
                    found->get_to(value.*d.pointer);
            });
    }
};

template <class T>
struct adl_serializer<std::optional<T>>
{
    static void from_json(const json& from, std::optional<T>& value)
    {
        from.get_to(value.emplace());
    }
};

template <class E>
struct adl_serializer<openint::open_enum<E>>
{
    static void from_json(const json& from, openint::open_enum<E>& value)
    {
        value = openint::open_enum<E>(from.get_ref<const std::string&>());
    }
};

template <>
struct adl_serializer<openint::secret>
{
    static void from_json(const json& from, openint::secret& value)
    {
        value = openint::secret(from.get_ref<const std::string&>());
    }
};

template <>
struct adl_serializer<openint::timestamp>
{
    static void from_json(const json& from, openint::timestamp& value)
    {
        value = openint::timestamp(from.get_ref<const std::string&>());
    }
};

template <class T>
concept free_form = std::same_as<T, boost::json::value> || std::same_as<T, boost::json::object> ||
    std::same_as<T, openint::secret_json>;

template <free_form T>
struct adl_serializer<T>
{
    static void from_json(const json& from, T&) { bench::free_form.push_back(from); }
};

} // namespace nlohmann

namespace bench {
namespace {

class transfer
{
public:
    explicit transfer(const setup& s)
        : url_(s.url())
    {
        fields_ = curl_slist_append(fields_, "Accept: application/json");
        fields_ =
            curl_slist_append(fields_, (std::string("Authorization: Bearer ") + api_key).c_str());
        curl_easy_setopt(handle_, CURLOPT_HTTPHEADER, fields_);
        curl_easy_setopt(handle_, CURLOPT_USERAGENT, "bench");
        curl_easy_setopt(handle_, CURLOPT_TIMEOUT_MS, 60'000L);
        curl_easy_setopt(handle_, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(handle_, CURLOPT_WRITEDATA, this);
        curl_easy_setopt(handle_, CURLOPT_WRITEFUNCTION, &transfer::write);
        curl_easy_setopt(handle_, CURLOPT_PRIVATE, this);
        if (s.tls())
            curl_easy_setopt(handle_, CURLOPT_CAINFO, s.ca_file.c_str());
    }
    ~transfer()
    {
        curl_easy_cleanup(handle_);
        curl_slist_free_all(fields_);
    }
    transfer(const transfer&) = delete;
    transfer& operator=(const transfer&) = delete;

    CURL* handle() const noexcept { return handle_; }

    void prepare(std::size_t number)
    {
        number_ = number;
        body_.clear();
        curl_easy_setopt(handle_, CURLOPT_URL, (url_ + target_of(number % document_count)).c_str());
    }

    void finish(CURLcode result, ledger& l)
    {
        long status = 0;
        curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
        if (result != CURLE_OK || status != 200)
            throw std::runtime_error(std::string("libcurl: ") + curl_easy_strerror(result));
        const auto got = nlohmann::json::parse(body_).get<openint::connection>();
        l.answered(number_, got.id, got.access_token().reveal());
        free_form.clear();
    }

private:
    static std::size_t write(char* data, std::size_t, std::size_t size, void* self)
    {
        static_cast<transfer*>(self)->body_.append(data, size);
        return size;
    }

    CURL* handle_ = curl_easy_init();
    curl_slist* fields_ = nullptr;
    const std::string url_;
    std::size_t number_ = 0;
    std::string body_;
};

class curl_easy final : public contender
{
public:
    explicit curl_easy(const setup& s)
        : transfer_(s)
    {}

    void run(ledger& l) override
    {
        for (std::size_t number = 0; l.next(number);) {
            transfer_.prepare(number);
            transfer_.finish(curl_easy_perform(transfer_.handle()), l);
        }
    }

private:
    transfer transfer_;
};

class curl_multi final : public contender
{
public:
    explicit curl_multi(const setup& s)
    {
        curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, static_cast<long>(s.in_flight));
        for (std::size_t i = 0; i != s.in_flight; ++i)
            transfers_.push_back(std::make_unique<transfer>(s));
    }
    ~curl_multi() override
    {
        transfers_.clear();
        curl_multi_cleanup(multi_);
    }

    void run(ledger& l) override
    {
        for (const auto& t : transfers_)
            begin(*t, l);
        for (int running = 1; running != 0;) {
            curl_multi_perform(multi_, &running);
            int left = 0;
            while (const CURLMsg* const message = curl_multi_info_read(multi_, &left)) {
                CURL* const handle = message->easy_handle;
                const CURLcode result = message->data.result;
                transfer* t = nullptr;
                curl_easy_getinfo(handle, CURLINFO_PRIVATE, &t);
                curl_multi_remove_handle(multi_, handle);
                t->finish(result, l);
                if (begin(*t, l))
                    running = 1;
            }
            if (running != 0)
                curl_multi_poll(multi_, nullptr, 0, 1000, nullptr);
        }
    }

private:
    bool begin(transfer& t, ledger& l)
    {
        std::size_t number = 0;
        if (!l.next(number))
            return false;
        t.prepare(number);
        curl_multi_add_handle(multi_, t.handle());
        return true;
    }

    CURLM* multi_ = curl_multi_init();
    std::vector<std::unique_ptr<transfer>> transfers_;
};

} // namespace

std::unique_ptr<contender> make_curl(const setup& s)
{
    curl_global_init(CURL_GLOBAL_DEFAULT);
    if (s.in_flight == 1)
        return std::make_unique<curl_easy>(s);
    return std::make_unique<curl_multi>(s);
}

} // namespace bench
