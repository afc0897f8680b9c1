// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_JSON_DETAIL_KEYS_HPP
#define OPENINT_JSON_DETAIL_KEYS_HPP

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

// The keys of a class, made when compiling. They are compared in two ways: the expected one
// together with its quotes and colon, sixteen bytes at once, and any other by a hash that has no
// collisions among the keys of the class.

namespace openint::json::detail {

/// A key as it is written in compact JSON, with the comma in front: `,"name":`.
struct key
{
    static constexpr std::size_t block = 16;

    std::array<std::uint64_t, 2> head; // its first sixteen bytes,
    std::array<std::uint64_t, 2> mask; // and which of those count
    std::uint32_t offset;              // of the whole in the text of all keys
    std::uint32_t size;

    /// Whether what is at `p`, at least `block` bytes, begins with this key. The first byte does
    /// not count: before the first key is a brace.
    bool matches(const char* p, const char* end, const char* text) const noexcept
    {
        std::uint64_t a, b;
        std::memcpy(&a, p, sizeof a);
        std::memcpy(&b, p + sizeof a, sizeof b);
        if ((((a ^ head[0]) & mask[0]) | ((b ^ head[1]) & mask[1])) != 0)
            return false;
        return size <= block || rest_matches(p, end, text + offset);
    }

private:
    bool rest_matches(const char* p, const char* end, const char* whole) const noexcept
    {
        if (end - p < static_cast<std::ptrdiff_t>(size) ||
            std::memcmp(p + size - block, whole + size - block, block) != 0)
            return false;
        for (std::size_t i = block; i + block < size; i += block)
            if (std::memcmp(p + i, whole + i, block) != 0)
                return false;
        return true;
    }
};

/// Where the hash of a key looks it up: `slots[hash]` is its index.
struct key_hash
{
    std::uint32_t seed = 0; // 0: there is no such hash, keys are compared one by one
    std::uint8_t shift = 0;
    std::uint8_t position =
        0; // of the letter that, with the first, the last and the length, differs

    constexpr std::size_t operator()(std::string_view name) const noexcept
    {
        const auto letter = [name](std::size_t i) {
            return std::uint32_t{static_cast<unsigned char>(name[i])};
        };
        const std::size_t last = name.size() - 1;
        const std::uint32_t word = letter(0) | letter(last) << 8 |
                                   letter(position < last ? position : last) << 16 |
                                   static_cast<std::uint32_t>(name.size()) << 24;
        return (word * seed) >> shift;
    }
};

/// The keys of one class for the code that is common to all classes.
struct key_view
{
    static constexpr std::uint8_t none = 255;

    const char* text;
    const key* keys;
    std::size_t size;
    key_hash hash;
    const std::uint8_t* slots;

    /// With quotes and colon.
    std::string_view written(std::size_t i) const noexcept
    {
        return {text + keys[i].offset + 1, keys[i].size - 1};
    }

    std::string_view name(std::size_t i) const noexcept
    {
        return {text + keys[i].offset + 2, keys[i].size - 4};
    }

    /// Of all keys together.
    std::size_t text_size() const noexcept
    {
        return size == 0 ? 0 : keys[size - 1].offset + keys[size - 1].size;
    }

    /// The index of the key that is called `wanted`, or `size`.
    std::size_t find(std::string_view wanted) const noexcept
    {
        if (hash.seed == 0) {
            std::size_t i = 0;
            while (i != size && name(i) != wanted)
                ++i;
            return i;
        }
        if (wanted.empty())
            return size;
        const std::size_t i = slots[hash(wanted)];
        return i != none && name(i) == wanted ? i : size;
    }
};

template <std::size_t N>
constexpr std::size_t slot_bits()
{
    // With a slot for each pair of keys, every few seeds one has no collision.
    std::size_t bits = 3;
    while ((std::size_t{1} << bits) * 4 < N * N)
        ++bits;
    return bits;
}

template <std::size_t N>
constexpr key_hash find_hash(const std::array<std::string_view, N>& names)
{
    for (const std::string_view name : names)
        if (name.empty())
            return {};
    constexpr std::size_t bits = slot_bits<N>();
    constexpr std::uint8_t positions[] = {2, 5, 1, 3, 8, 4, 6, 7, 12, 10};
    for (const std::uint8_t position : positions) {
        std::uint32_t seed = 0x9E3779B1;
        for (int round = 0; round < 24; ++round, seed = seed * 0x2545F491 + 0x6A09E668) {
            const key_hash hash{seed | 1, static_cast<std::uint8_t>(32 - bits), position};
            std::array<bool, std::size_t{1} << bits> taken{};
            bool unique = true;
            for (const std::string_view name : names) {
                bool& slot = taken[hash(name)];
                if (slot) {
                    unique = false;
                    break;
                }
                slot = true;
            }
            if (unique)
                return hash;
        }
    }
    return {};
}

/// Everything that `key_view` points to. `Size` is the sum of the lengths of the names.
template <std::size_t N, std::size_t Size>
struct key_storage
{
    std::array<char, Size + 4 * N> text{};
    std::array<key, N> keys{};
    key_hash hash{};
    std::array<std::uint8_t, std::size_t{1} << slot_bits<N>()> slots{};

    constexpr key_view view() const noexcept
    {
        return {text.data(), keys.data(), N, hash, slots.data()};
    }
};

template <std::size_t N>
constexpr std::size_t total_size(const std::array<std::string_view, N>& names)
{
    std::size_t size = 0;
    for (const std::string_view name : names)
        size += name.size();
    return size;
}

template <std::size_t Size, std::size_t N>
constexpr key_storage<N, Size> make_keys(const std::array<std::string_view, N>& names)
{
    key_storage<N, Size> s;
    std::size_t at = 0;
    for (std::size_t i = 0; i < N; ++i) {
        const std::size_t begin = at;
        s.text[at++] = ',';
        s.text[at++] = '"';
        for (const char c : names[i])
            s.text[at++] = c;
        s.text[at++] = '"';
        s.text[at++] = ':';
        std::array<unsigned char, key::block> head{}, mask{};
        for (std::size_t j = 0; j < key::block && begin + j < at; ++j) {
            head[j] = static_cast<unsigned char>(s.text[begin + j]);
            mask[j] = j == 0 ? 0 : 0xFF;
        }
        s.keys[i].head = std::bit_cast<std::array<std::uint64_t, 2>>(head);
        s.keys[i].mask = std::bit_cast<std::array<std::uint64_t, 2>>(mask);
        s.keys[i].offset = static_cast<std::uint32_t>(begin);
        s.keys[i].size = static_cast<std::uint32_t>(at - begin);
    }
    s.hash = find_hash(names);
    for (std::uint8_t& slot : s.slots)
        slot = key_view::none;
    if (s.hash.seed != 0)
        for (std::size_t i = 0; i < N; ++i)
            s.slots[s.hash(names[i])] = static_cast<std::uint8_t>(i);
    return s;
}

} // namespace openint::json::detail

#endif
