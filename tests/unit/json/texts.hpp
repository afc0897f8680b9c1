// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTS_UNIT_JSON_TEXTS_HPP
#define OPENINT_TESTS_UNIT_JSON_TEXTS_HPP

#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstring>
#include <new>
#include <string>
#include <string_view>

// Documents and memory for the tests of the JSON reader.

namespace json_test {

using namespace std::string_view_literals;

/// Memory whose neighbouring pages cannot be touched; a text is put at its end, or at its
/// beginning.
class guarded_memory
{
public:
    explicit guarded_memory(std::size_t size)
        : page_(static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)))
        , size_((size + page_) / page_ * page_)
    {
        void* const all = ::mmap(nullptr, size_ + 2 * page_, PROT_READ | PROT_WRITE,
                                 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (all == MAP_FAILED)
            throw std::bad_alloc();
        begin_ = static_cast<char*>(all) + page_;
        ::mprotect(all, page_, PROT_NONE);
        ::mprotect(begin_ + size_, page_, PROT_NONE);
    }
    guarded_memory(const guarded_memory&) = delete;
    guarded_memory& operator=(const guarded_memory&) = delete;
    ~guarded_memory() { ::munmap(begin_ - page_, size_ + 2 * page_); }

    std::string_view at_end(std::string_view text)
    {
        char* const p = begin_ + size_ - text.size();
        std::memcpy(p, text.data(), text.size());
        return {p, text.size()};
    }

    std::string_view at_begin(std::string_view text)
    {
        std::memcpy(begin_, text.data(), text.size());
        return {begin_, text.size()};
    }

private:
    std::size_t page_;
    std::size_t size_;
    char* begin_;
};

/// What RFC 8259 calls JSON.
inline constexpr std::string_view accepted[] = {
    // arrays
    "[]", "[[]]", "[[[]],[]]", "[1]", "[1,2,3]", " [ 1 , 2 ] ", "\t[\r\n1\n]\r", "[null]",
    "[true,false,null]", "[\"\"]", "[{}]", "[{},{}]", "[[],{}]", "[ ]", "[\n]", "[0 ]",
    "[ null,1,\"1\",{\"1\":[1]}]",
    // numbers
    "0", "-0", "1", "-1", "12", "-12", "1234567890", "0.0", "-0.0", "0.5", "-0.5", "1.25", "12.034",
    "1e0", "1E0", "1e1", "1E+2", "1e-2", "1E-2", "1.5e3", "-1.5E-3", "0e1", "0E+1", "0.0e-0",
    "1e00", "1e007", "123456789012345678", "9223372036854775807", "9223372036854775808",
    "-9223372036854775808", "-9223372036854775809", "18446744073709551615", "18446744073709551616",
    "99999999999999999999", "123456789012345678901234567890", "-123456789012345678901234567890",
    "10000000000000000000000", "0.1234567890123456789012345678901234567890",
    "1.7976931348623157e308", "1.7976931348623158e308", "0e328", "-1.7976931348623157E308",
    "2.2250738585072014e-308", "4.9e-324", "5e-324", "1e-400", "-1e-400", "0.000001e-400", "1e22",
    "1e23", "9007199254740991", "9007199254740992", "9007199254740993", "9007199254740993.0", "0.1",
    "0.3", "1e+21", "-1.5e-7", "123.456e-20", "20e1", "123e65", "0e999999999999", "[-0]",
    "[1.0,2.50]", "1e-99999999999999999999",
    "0.00000000000000000000000000000000000000000000000000000000000000000000000000001",
    "-0.000000000000000000000000000000000000000000000000000000000000000000000000000001",
    // objects
    "{}", " { } ", "{\"\":0}", "{\"a\":1}", "{\"a\":1,\"b\":2}", "{\"a\":{\"b\":{\"c\":[]}}}",
    "{ \"a\" : 1 , \"b\" : 2 }", "{\"a\":1,\"a\":2}", "{\"a\":[],\"a\":{}}",
    "{\"\\u0061\":1,\"a\":2}", "{\"a\\u0000b\":0}", "{\"\xC3\xA9\":\"\xC3\xA9\"}",
    "{\"min\":-1.0e+28,\"max\":1.0e+28}", "{\"a\":1,\"b\":2,\"a\":3,\"b\":4,\"c\":5}",
    "{\n\"a\"\n:\n1\n}",
    "{\"x\":[{\"id\":\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}],\"id\":"
    "\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}",
    // strings
    "\"\"", "\"a\"", "\" \"", "\"\\\"\"", "\"\\\\\"", "\"\\/\"", "\"/\"", "\"\\b\\f\\n\\r\\t\"",
    "\"\\u0000\"", "\"\\u0001\\u001f\"", "\"\\u0020\"", "\"\\u0022\\u005C\\u005c\"",
    "\"\\u00e9\\u00E9\"", "\"\\u20ac\"", "\"\\uFFFF\"", "\"\\uFFFE\"", "\"\\uFDD0\"",
    "\"\\uD834\\uDD1E\"", "\"\\ud834\\udd1e\"", "\"\\uDBFF\\uDFFF\"", "\"\\uD800\\uDC00\"",
    "\"\\uDBFF\\uDFFEx\"", "\"\\u2028\\u2029\"", "\"\xE2\x80\xA8\xE2\x80\xA9\"", "\"\x7F\"",
    "\"\xC2\x80\"", "\"\xDF\xBF\"", "\"\xE0\xA0\x80\"", "\"\xED\x9F\xBF\"", "\"\xEE\x80\x80\"",
    "\"\xEF\xBF\xBF\"", "\"\xF0\x90\x80\x80\"", "\"\xF4\x8F\xBF\xBF\"", "\"\xF0\x9F\x98\x80\"",
    "\"a/*b*/c/*d//e\"", "\"\\\\u0000\"", "\"\\\\n\"", "\"\\u005Cn\"", "\"new\\u000Aline\"",
    "\"\\u0061\\u30af\\u30EA\\u30b9\"", "\"asd \"", "\"\\u0012 plain\"",
    "\"\xE2\x8D\x82\xE3\x88\xB4\xE2\x8D\x82\"", "\"sixteen bytes ok\"", "\"seventeen bytes!!\"",
    "\"fifteen bytes..\"", "\"forty bytes and a few more of them here..\"",
    "\"plain text before an escape \\n and behind it, long enough for blocks\"",
    "\"Gr\xC3\xBC\xC3\x9F"
    "e aus M\xC3\xBCnchen, \xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E \xD0\xB8 \xF0\x9F\x98\x80\"",
    // literals, white space
    "true", "false", "null", " true ", "\n\t\r null\n", "\xEF\xBB\xBF[1]", "\xEF\xBB\xBF null"};

/// What it does not, and the number of what is wrong with it.
inline constexpr std::string_view refused[] = {
    // nothing, or only white space
    "", " ", "\n\t\r ", "\xEF\xBB\xBF", "\xEF\xBB", "\xEF",
    // arrays
    "[", "]", "[1", "[1,", "[1,]", "[,]", "[,1]", "[1,,2]", "[1 2]", "[1:2]", "[\"a\"", "[\"a\",",
    "[\"\": 1]", "[}", "[1}", "[1]]", "[1]x", "[1],", "[[1]", "[\"x\"]]", "[1,\n1\n,1", "[3[4]]",
    "[a]", "[*]", "[-]", "[\"\"]x", "[1] [2]", "[\"\",]", "[x", "[x, truth]", "[   , \"\"]",
    "[\x0B]", "[\f]", "[1\x0B]", "[\xC2\xA0]", "[\xE2\x81\xA0]", "[\xE3\x80\x80 1]",
    // numbers
    "-", "+", "+1", "++1", "--1", "-+1", "01", "-01", "00", "-012", "0x1", "0x", "-x", "1x", "1.",
    "-1.", "0.", ".5", "-.5", "1.e1", "1..2", "1.2.3", "0e", "0e+", "0E-", "1e", "1E+", "1e1.0",
    "1e 1", "1 e1", "1eE2", "0.3e+", "0.3e", "1.0e-", "1.2a", "NaN", "-NaN", "nan", "Infinity",
    "+Inf", "-Infinity", "Inf", "-inf", "1ea", "1+2", "2.e+3", "2.e3", "0.e1", "9.e+", "- 1",
    "1_000", "\xEF\xBC\x91", "1\xE5", "1e1\xE5", "0\xE5", "-foo", "1,2", "1.8011670033376514H-308",
    "123\0"sv, "0 1", "1e1e1", "0b1", "0o7", "[1e]", "[-]", "[1.]", "[0.e]",
    // objects
    "{", "}", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{,}", "{\"a\" 1}",
    "{\"a\",1}", "{\"a\":}", "{\"a\"}", "{a:1}", "{'a':1}", "{1:1}", "{null:null}", "{[]:1}",
    "{\"a\":1 \"b\":2}", "{\"a\":1,,\"b\":2}", "{\"a\":1}}", "{\"a\":1}#", "{\"a\":1}/**/",
    "{\"a\":1]", "{]", "{\"a\"::1}", "{\"a\":1:2}", "{:1}", "{\"a\":\"b\",\"c\"", "{\"a\":/*x*/1}",
    "{\"a\":1,;}", "{\"a\":1}{}", "{\"a\":truE}", "{\"\\uD800\":1}", "{\"a\n\":1}", "{\"\xFF\":1}",
    "{x", "{\"a\":1,//\n\"b\":2}", "{\"a\":1,9999E1:1}", "{ \"foo\" : \"bar\", \"a\" }",
    "{\"a\":\"b\"}#{}", "{\"a\":1}\0"sv, "{\"a\":1}/", "{\"a\":1}/*", "{\"\\uDFAA\":0}",
    "{\xF0\x9F\x87\xA8}", "{[:1}",
    // strings
    "\"", "\"a", "'a'", "a", "\"\\\"", "\"\\", "\"\\x\"", "\"\\x00\"", "\"\\a\"", "\"\\v\"",
    "\"\\0\"", "\"\\'\"", "\"\\U0041\"", "\"\\ \"", "\"\\\xC3\xA9\"", "\"\\u\"", "\"\\u1\"",
    "\"\\u12\"", "\"\\u123\"", "\"\\u123g\"", "\"\\u 123\"", "\"\\u00G0\"", "\"\\uDD1E\"",
    "\"\\uD834\"", "\"\\uD834x\"", "\"\\uD834\\n\"", "\"\\uD834\\u\"", "\"\\uD834\\u12\"",
    "\"\\uD834\\u0041\"", "\"\\uD834\\uD834\"", "\"\\uD834\\uDD\"", "\"\\uDBFF\\uE000\"",
    "\"\\uD800\\\"", "\"\\ud8", "\"\\uD834\\", "\"\\uD834\\uDD1", "\"\x1F\"", "\"\n\"", "\"\t\"",
    "\"\r\"", "\"\0\""sv, "\"a\0b\""sv, "\"\x01\"", "\"\x80\"", "\"\xBF\"", "\"\xC0\x80\"",
    "\"\xC1\xBF\"", "\"\xC2\"", "\"\xC2\x41\"", "\"\xC2\xC2\"", "\"\xE0\x80\x80\"",
    "\"\xE0\x9F\xBF\"", "\"\xE2\x82\"", "\"\xE2\"", "\"\xE2\x28\xA1\"", "\"\xE2\x82\x28\"",
    "\"\xED\xA0\x80\"", "\"\xED\xBF\xBF\"", "\"\xED\xA0\xB4\xED\xB4\x9E\"", "\"\xF0\x80\x80\x80\"",
    "\"\xF0\x8F\xBF\xBF\"", "\"\xF4\x90\x80\x80\"", "\"\xF5\x80\x80\x80\"",
    "\"\xF8\x88\x80\x80\x80\"", "\"\xFC\x84\x80\x80\x80\x80\"", "\"\xFE\"", "\"\xFF\"",
    "\"\xF0\x9F\x98\"", "\"\xF0\x9F\"", "\"\xF0\"", "\"\xF0\x28\x8C\xBC\"", "\"\xF0\x9F\x98\x28\"",
    "\"\xE6\x97\xA5\xD1\x88\xFA\"", "\"sixteen bytes ok",
    "\"long enough for a block and a bad byte behind it \x80\"",
    "\"long enough for a block and a control character \x02\"", "\"abc\" \"def\"", "\"\\u00A\"",
    "\"\\u\xE5\"", "\"\\u00\xE5\"", "\"\\\xE5\"", "\"\xFC\x80\x80\x80\x80\x80\"",
    "\"\\\xF0\x9F\x8C\x80\"", "\"a\"b",
    // literals
    "t", "tr", "tru", "truee", "True", "TRUE", "f", "fals", "falsee", "False", "n", "nul", "nulll",
    "Null", "nil", "none", "undefined", "true1", "nullnull", "true false", "tru\0"sv, "[tru]",
    "[nul]", "[fals]", "{\"a\":nul}", "{\"a\":t", "{\"a\":trux}",
    // structure
    "<.>", "<null>", "*", "#", "%", "@", "\\u0020", "[\\u000A\"\"]", "[1]//", "// x\n1",
    "/* x */ 1", "1;", ";", ":", ",", "\0"sv, "1\0"sv, "\0[1]"sv, "[1]\0"sv,
    "\xEF\xBB\xBF\xEF\xBB\xBF[1]", "[1]\xEF\xBB\xBF", "[\xEF\xBB\xBF]", "\xFF\xFE[\0]\0"sv,
    "\xFE\xFF\0[\0]"sv, "\xC3\xA9", "\xE5", "[\xFF]", "[True]", "[1,\"a\" 4]", "[\"a\x00a\"]"sv,
    "[\"a", "{\"a\":\"a", "[{", "{\"a\":[", "[{\"a\":[{\"a\":", "({})", "{}}", "[]]",
    "[\"a\",\n4\n,1,", "[1\n,1\n,1", "[1\x1F]", "\xE2\x80\x8B[1]", "[1]\xE2\x80\x8B"};

} // namespace json_test

#endif
