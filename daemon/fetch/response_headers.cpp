#include "fetch/response_headers.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>

#include "base/ascii.h"
#include "base/format.h"

namespace newswatch::fetch {

namespace {

constexpr std::chrono::seconds kTenYears{std::chrono::hours{24 * 3652}};

/// RFC 9111 §1.2.2 delta-seconds: digits only; what overflows counts as very long.
std::optional<std::chrono::seconds> read_seconds(std::string_view text) {
    if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
    std::int64_t value = 0;
    const auto [end, trouble] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (trouble == std::errc::result_out_of_range) return kTenYears;
    return std::min(std::chrono::seconds{value}, kTenYears);
}

/// Calls `each` with every element of a comma-separated list (RFC 9110 §5.6.1). Commas in quotes do not occur
/// in the lists that are read here.
template <class Each>
void for_each_element(std::string_view list, Each each) {
    while (!list.empty()) {
        const std::size_t comma = list.find(',');
        if (const auto element = ascii::trimmed(list.substr(0, comma)); !element.empty()) each(element);
        if (comma == std::string_view::npos) return;
        list.remove_prefix(comma + 1);
    }
}

/// What is left until `until`; nothing where it is past.
std::optional<std::chrono::seconds> time_until(Time until, Time now) {
    const auto wait = std::chrono::ceil<std::chrono::seconds>(until - now);
    if (wait <= wait.zero()) return std::nullopt;
    return std::min(wait, kTenYears);
}

}  // namespace

bool is_sendable(std::string_view value) {
    return value.size() <= kLongestValidator && std::none_of(value.begin(), value.end(), [](char c) {
               const auto byte = static_cast<unsigned char>(c);
               return (byte < 0x20 && byte != '\t') || byte == 0x7f;
           });
}

std::optional<Time> read_http_date(std::string_view value) {
    // curl_getdate reads far more than HTTP-dates, and bare numbers as years.
    if (value.size() < 20 || value.size() > 64) return std::nullopt;
    const time_t seconds = curl_getdate(std::string{value}.c_str(), nullptr);
    if (seconds < 0) return std::nullopt;
    return Time{std::chrono::seconds{seconds}};
}

std::string http_date(Time time) {
    constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::seconds>(time - day)};
    return format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", kDays[std::chrono::weekday{day}.c_encoding()],
                  static_cast<unsigned>(date.day()), kMonths[static_cast<unsigned>(date.month()) - 1],
                  static_cast<int>(date.year()), clock.hours().count(), clock.minutes().count(),
                  clock.seconds().count());
}

std::optional<std::chrono::seconds> read_retry_after(std::string_view value, Time now) {
    if (const auto seconds = read_seconds(value)) return seconds;
    const auto date = read_http_date(value);
    return date ? time_until(*date, now) : std::nullopt;
}

void ResponseHeaders::add(std::string_view line) {
    size_ += line.size();
    if (line.starts_with("HTTP/")) {
        if (status_ >= 300 && status_ < 400 && !fields_.location.empty())
            redirects_.push_back({.status = status_, .location = std::move(fields_.location)});
        fields_ = {};
        status_ = 0;
        const std::size_t space = line.find(' ');
        if (space != std::string_view::npos)
            std::from_chars(line.data() + space + 1, line.data() + line.size(), status_);
        return;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return;
    const std::string_view name = ascii::trimmed(line.substr(0, colon));
    const std::string_view value = ascii::trimmed(line.substr(colon + 1));
    // Where a field stands twice against the rules, the last one counts.
    if (ascii::same_word(name, "etag")) {
        fields_.etag = is_sendable(value) ? value : std::string_view{};
    } else if (ascii::same_word(name, "last-modified")) {
        fields_.last_modified = is_sendable(value) ? value : std::string_view{};
    } else if (ascii::same_word(name, "content-type")) {
        fields_.content_type = value;
    } else if (ascii::same_word(name, "content-location")) {
        fields_.content_location = value;
    } else if (ascii::same_word(name, "location")) {
        fields_.location = value;
    } else if (ascii::same_word(name, "retry-after")) {
        fields_.retry_after = value;
    } else if (ascii::same_word(name, "expires")) {
        fields_.expires = value;
    } else if (ascii::same_word(name, "date")) {
        fields_.date = value;
    } else if (ascii::same_word(name, "age")) {
        fields_.age = read_seconds(value).value_or(std::chrono::seconds{0});
    } else if (ascii::same_word(name, "content-length")) {
        fields_.two_lengths =
            fields_.two_lengths || (!fields_.content_length.empty() && fields_.content_length != value);
        fields_.content_length = value;
    } else if (ascii::same_word(name, "cache-control")) {
        read_cache_control(value);
    } else if (ascii::same_word(name, "content-encoding")) {
        for_each_element(value, [&](std::string_view coding) {
            if (!ascii::same_word(coding, "identity")) ++fields_.encodings;
        });
    }
}

/// RFC 9111 §5.2.2. s-maxage is for shared caches; we are none.
void ResponseHeaders::read_cache_control(std::string_view value) {
    for_each_element(value, [&](std::string_view directive) {
        const std::size_t equals = directive.find('=');
        const std::string_view name = ascii::trimmed(directive.substr(0, equals));
        if (ascii::same_word(name, "no-cache") || ascii::same_word(name, "no-store")) fields_.must_ask = true;
        if (!ascii::same_word(name, "max-age") || equals == std::string_view::npos || fields_.max_age) return;
        std::string_view number = ascii::trimmed(directive.substr(equals + 1));
        if (number.size() >= 2 && number.front() == '"' && number.back() == '"')
            number = number.substr(1, number.size() - 2);
        fields_.max_age = read_seconds(number);
    });
}

PublisherWishes ResponseHeaders::wishes(Time now) const {
    const Time sent = read_http_date(fields_.date).value_or(now);
    PublisherWishes wishes;
    if (!fields_.retry_after.empty()) wishes.retry_after = read_retry_after(fields_.retry_after, sent);
    if (fields_.must_ask) return wishes;
    // RFC 9111 §4.2.1: max-age goes before Expires; §5.3: an Expires that is no date is past.
    std::optional<std::chrono::seconds> lifetime = fields_.max_age;
    if (!lifetime) {
        if (const auto expires = read_http_date(fields_.expires)) lifetime = time_until(*expires, sent);
    }
    // RFC 9111 §4.2.4 (clauses on heuristic freshness): not used, the rhythm decides.
    if (lifetime && *lifetime > fields_.age) wishes.max_age = *lifetime - fields_.age;
    return wishes;
}

}  // namespace newswatch::fetch
