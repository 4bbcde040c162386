#include "fetch/response_headers.h"

#include <gtest/gtest.h>

namespace newswatch::fetch {
namespace {

using namespace std::chrono_literals;

const Time kNow = *read_http_date("Sun, 06 Nov 1994 08:49:37 GMT");

ResponseHeaders answer(std::initializer_list<std::string_view> lines) {
    ResponseHeaders headers;
    headers.add("HTTP/1.1 200 OK\r\n");
    for (const auto line : lines)
        headers.add(std::string{line} + "\r\n");
    return headers;
}

TEST(ResponseHeaders, validators_are_kept_byte_for_byte) {
    const auto headers = answer({"ETag:  W/\"a;b%22 c\" ", "last-modified: 2026-09-21 12:13:20 +0000"});
    EXPECT_EQ(headers.etag(), "W/\"a;b%22 c\"");
    EXPECT_EQ(headers.last_modified(), "2026-09-21 12:13:20 +0000");
}

TEST(ResponseHeaders, a_validator_that_must_not_be_sent_back_is_not_kept) {
    EXPECT_EQ(answer({"ETag: " + std::string(kLongestValidator + 1, 'e')}).etag(), "");
    ResponseHeaders headers;
    headers.add("HTTP/1.1 200 OK\r\n");
    headers.add("ETag: \"a\rX-Injected: 1\"\r\n");
    EXPECT_EQ(headers.etag(), "");
}

TEST(ResponseHeaders, an_etag_of_eight_bit_bytes_is_kept) {
    EXPECT_EQ(answer({"ETag: \"\xe9\""}).etag(), "\"\xe9\"");
}

TEST(ResponseHeaders, a_new_answer_forgets_the_one_before_but_counts_its_bytes) {
    ResponseHeaders headers = answer({"ETag: \"old\"", "Location: /x"});
    const std::size_t before = headers.size();
    headers.add("HTTP/2 404\r\n");
    EXPECT_EQ(headers.status(), 404);
    EXPECT_EQ(headers.etag(), "");
    EXPECT_EQ(headers.location(), "");
    EXPECT_GT(headers.size(), before);
}

TEST(ResponseHeaders, codings_are_counted) {
    EXPECT_EQ(answer({}).encodings(), 0U);
    EXPECT_EQ(answer({"Content-Encoding: identity"}).encodings(), 0U);
    EXPECT_EQ(answer({"Content-Encoding: gzip"}).encodings(), 1U);
    EXPECT_EQ(answer({"Content-Encoding: gzip, br"}).encodings(), 2U);
    EXPECT_EQ(answer({"Content-Encoding: gzip", "Content-Encoding: gzip"}).encodings(), 2U);
}

TEST(RetryAfter, is_seconds_or_a_date) {
    EXPECT_EQ(read_retry_after("120", kNow), 120s);
    EXPECT_EQ(read_retry_after("Sun, 06 Nov 1994 08:51:37 GMT", kNow), 120s);
    EXPECT_EQ(read_retry_after("Sunday, 06-Nov-94 08:51:37 GMT", kNow), 120s);
    EXPECT_EQ(read_retry_after("Sun Nov  6 08:51:37 1994", kNow), 120s);
}

TEST(RetryAfter, what_is_neither_is_no_wish) {
    for (const char* text : {"", "soon", "-5", "1.5", "12 s", "Sun, 06 Nov 1994 08:49:36 GMT", "1994"}) {
        if (std::string_view{text} == "1994") {
            EXPECT_EQ(read_retry_after(text, kNow), 1994s) << "digits are seconds";
        } else {
            EXPECT_FALSE(read_retry_after(text, kNow)) << text;
        }
    }
}

TEST(RetryAfter, is_at_most_ten_years) {
    EXPECT_LE(*read_retry_after("99999999999999999999", kNow), 24h * 3653);
    EXPECT_LE(*read_retry_after("Sun, 06 Nov 2094 08:49:37 GMT", kNow), 24h * 3653);
}

TEST(RetryAfter, a_date_counts_from_the_answer_s_own_date) {
    // Our clock is a day behind the server's.
    const auto headers =
        answer({"Date: Mon, 07 Nov 1994 08:49:37 GMT", "Retry-After: Mon, 07 Nov 1994 08:50:37 GMT"});
    EXPECT_EQ(headers.wishes(kNow).retry_after, 60s);
}

TEST(Freshness, is_max_age_less_age) {
    EXPECT_EQ(answer({"Cache-Control: public, Max-Age=3600"}).wishes(kNow).max_age, 3600s);
    EXPECT_EQ(answer({"Cache-Control: max-age=\"60\""}).wishes(kNow).max_age, 60s);
    EXPECT_EQ(answer({"Cache-Control: max-age=3600", "Age: 3000"}).wishes(kNow).max_age, 600s);
    EXPECT_FALSE(answer({"Cache-Control: max-age=60", "Age: 3000"}).wishes(kNow).max_age);
}

TEST(Freshness, max_age_goes_before_expires) {
    const auto headers = answer({"Expires: Sun, 06 Nov 1994 09:49:37 GMT", "Cache-Control: max-age=60"});
    EXPECT_EQ(headers.wishes(kNow).max_age, 60s);
}

TEST(Freshness, expires_counts_where_there_is_no_max_age) {
    EXPECT_EQ(answer({"Expires: Sun, 06 Nov 1994 09:49:37 GMT"}).wishes(kNow).max_age, 1h);
    EXPECT_FALSE(answer({"Expires: 0"}).wishes(kNow).max_age);
    EXPECT_FALSE(answer({"Expires: Sun, 06 Nov 1994 07:49:37 GMT"}).wishes(kNow).max_age);
}

TEST(Freshness, no_cache_and_no_store_are_no_wish) {
    EXPECT_FALSE(answer({"Cache-Control: no-cache, max-age=60"}).wishes(kNow).max_age);
    EXPECT_FALSE(
        answer({"Cache-Control: no-store", "Expires: Sun, 06 Nov 1994 09:49:37 GMT"}).wishes(kNow).max_age);
}

TEST(Freshness, s_maxage_is_not_for_us) {
    EXPECT_FALSE(answer({"Cache-Control: s-maxage=600"}).wishes(kNow).max_age);
}

TEST(Freshness, is_at_most_ten_years) {
    EXPECT_LE(*answer({"Cache-Control: max-age=99999999999999999999"}).wishes(kNow).max_age, 24h * 3653);
}

TEST(HttpDate, is_written_as_it_is_read) {
    EXPECT_EQ(http_date(kNow), "Sun, 06 Nov 1994 08:49:37 GMT");
    EXPECT_EQ(http_date(kNow + 999ms), "Sun, 06 Nov 1994 08:49:37 GMT");
}

}  // namespace
}  // namespace newswatch::fetch
