// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_HTTP_DETAIL_GZIP_HEADER_HPP
#define OPENINT_HTTP_DETAIL_GZIP_HEADER_HPP

// What stands before the data of a gzip member (RFC 1952 2.3), read byte by byte.

#include <openint/http/checksum.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

namespace openint::http::detail {

class gzip_header
{
public:
    // The next byte; false if it cannot be there.
    bool put(unsigned char c)
    {
        if (at_ != place::checksum) {
            const char text = static_cast<char>(c);
            crc_.put({&text, 1});
        }
        switch (at_) {
        case place::fixed: {
            constexpr std::array<unsigned char, 3> magic{0x1F, 0x8B, 8};
            if (count_ < magic.size() && c != magic[count_])
                return false;
            if (count_ == 3) {
                if (c & reserved)
                    return false;
                flags_ = c;
            }
            if (++count_ == 10) // time, hints and system do not matter
                next_part();
            return true;
        }
        case place::extra_size:
            value_ |= std::uint32_t{c} << 8 * count_;
            if (++count_ == 2) {
                if (value_ == 0)
                    next_part();
                else
                    at_ = place::extra;
            }
            return true;
        case place::extra:
            if (--value_ == 0)
                next_part();
            return true;
        case place::name:
        case place::comment:
            if (c == 0)
                next_part();
            return true;
        case place::checksum:
            value_ |= std::uint32_t{c} << 8 * count_;
            if (++count_ < 2)
                return true;
            at_ = place::end;
            return value_ == (crc_.value() & 0xFFFF);
        case place::end:
            break;
        }
        return false;
    }

    bool complete() const noexcept { return at_ == place::end; }

private:
    enum class place : unsigned char
    {
        fixed,
        extra_size,
        extra,
        name,
        comment,
        checksum,
        end
    };

    static constexpr unsigned has_checksum = 2;
    static constexpr unsigned has_extra = 4;
    static constexpr unsigned has_name = 8;
    static constexpr unsigned has_comment = 16;
    static constexpr unsigned reserved = 0xE0;

    // The flags of the parts that are done are cleared.
    void next_part()
    {
        const auto take = [&](unsigned flag) {
            const bool there = flags_ & flag;
            flags_ &= ~flag;
            return there;
        };
        count_ = 0;
        value_ = 0;
        at_ = take(has_extra)      ? place::extra_size
              : take(has_name)     ? place::name
              : take(has_comment)  ? place::comment
              : take(has_checksum) ? place::checksum
                                   : place::end;
    }

    place at_ = place::fixed;
    std::size_t count_ = 0;   // bytes read at this place
    std::uint32_t value_ = 0; // made of them
    unsigned flags_ = 0;
    crc32 crc_; // of the header
};

} // namespace openint::http::detail

#endif
