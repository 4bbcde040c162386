#include "text/url_host.h"

#include <unicode/bytestream.h>
#include <unicode/idna.h>
#include <unicode/stringpiece.h>

#include <algorithm>
#include <memory>

#include "base/ascii.h"
#include "text/utf8.h"

namespace newswatch::text {

namespace {

constexpr std::size_t kLongestHost = 1024;  // bytes before conversion; DNS itself ends at 253

std::string without_percents(std::string_view host) {
    std::string out;
    for (std::size_t at = 0; at < host.size(); ++at) {
        const bool encoded = host[at] == '%' && at + 2 < host.size() && ascii::hex_value(host[at + 1]) >= 0 &&
                             ascii::hex_value(host[at + 2]) >= 0;
        out += encoded
                   ? static_cast<char>(ascii::hex_value(host[at + 1]) * 16 + ascii::hex_value(host[at + 2]))
                   : host[at];
        if (encoded) at += 2;
    }
    return out;
}

/// WHATWG URL, "forbidden domain code point": what would end the host, or is no letter of any.
bool holds_forbidden(std::string_view name) {
    return std::any_of(name.begin(), name.end(), [](char c) {
        return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F ||
               std::string_view{"#/:<>?@[\\]^|%"}.find(c) != std::string_view::npos;
    });
}

}  // namespace

std::string ascii_host(std::string_view host) {
    const std::string name =
        host.find('%') == std::string_view::npos ? std::string{host} : without_percents(host);
    if (ascii_prefix(name) == name.size() || name.size() > kLongestHost || survey_utf8(name).invalid > 0)
        return std::string{host};
    UErrorCode status = U_ZERO_ERROR;
    static const std::unique_ptr<icu::IDNA> kIdna{
        icu::IDNA::createUTS46Instance(UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_CHECK_BIDI, status)};
    if (kIdna == nullptr) return std::string{host};
    std::string ascii;
    icu::StringByteSink<std::string> sink{&ascii};
    icu::IDNAInfo info;
    kIdna->nameToASCII_UTF8(name, sink, info, status);
    const bool is_name = U_SUCCESS(status) && !info.hasErrors() && !holds_forbidden(ascii);
    return is_name ? ascii : std::string{host};
}

}  // namespace newswatch::text
