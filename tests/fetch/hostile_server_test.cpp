#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <string>

#include "support/fetching.h"
#include "support/hostile_server.h"

namespace newswatch::fetch {
namespace {

using namespace std::chrono_literals;
using test::Fetching;
using test::HostileServer;

/// A path of the server and what must come of it.
struct Expected {
    std::string path;
    PollEnd end;
    std::string error{};  ///< stands in the sentence
};

std::ostream& operator<<(std::ostream& out, const Expected& expected) {
    return out << expected.path;
}

FetchLimits tight_limits() {
    FetchLimits limits = Fetching::limits();
    limits.body = std::size_t{1} << 20;
    limits.whole = 2s;
    limits.connect = 1s;
    return limits;
}

class HostileServerTest : public testing::TestWithParam<Expected> {
  protected:
    void SetUp() override {
        server = HostileServer::shared();
        if (server == nullptr) GTEST_SKIP() << "tests/hostile_server.py needs /usr/bin/python3";
    }
    HostileServer* server{nullptr};
    Fetching fetching{tight_limits()};
};

TEST_P(HostileServerTest, comes_to_its_documented_end) {
    const FetchAnswer answer = fetching.ask(server->url(GetParam().path));
    EXPECT_EQ(answer.end, GetParam().end) << answer.error;
    EXPECT_NE(answer.error.find(GetParam().error), std::string::npos) << answer.error;
    EXPECT_EQ(answer.error.empty(), GetParam().end == PollEnd::fetched);
    EXPECT_EQ(answer.document.has_value(), GetParam().end == PollEnd::fetched);
}

/// `/r/to-file?x=1` → `r_to_file_x_1`
std::string test_name(const testing::TestParamInfo<Expected>& info) {
    std::string name = info.param.path.substr(1);
    std::replace_if(
        name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
    return name;
}

#define HOSTILE(name, ...) \
    INSTANTIATE_TEST_SUITE_P(name, HostileServerTest, testing::Values(__VA_ARGS__), test_name)

HOSTILE(Good, Expected{"/feed", PollEnd::fetched}, Expected{"/feed/no-validators", PollEnd::fetched},
        Expected{"/enc/gzip", PollEnd::fetched}, Expected{"/chunk/tiny", PollEnd::fetched},
        Expected{"/proto/http10", PollEnd::fetched}, Expected{"/proto/1xx", PollEnd::fetched},
        Expected{"/hdr/cookies", PollEnd::fetched}, Expected{"/hdr/etag-long", PollEnd::fetched},
        Expected{"/type/none", PollEnd::fetched}, Expected{"/type/png-label", PollEnd::fetched},
        Expected{"/charset/utf16", PollEnd::fetched}, Expected{"/fresh/max-age-huge", PollEnd::fetched},
        Expected{"/slow/ttfb?s=0.3", PollEnd::fetched}, Expected{"/xml/cut", PollEnd::fetched});

HOSTILE(Status, Expected{"/404", PollEnd::failed, "HTTP 404 Not Found"},
        Expected{"/410", PollEnd::gone, "HTTP 410 Gone"},
        Expected{"/429", PollEnd::refused, "HTTP 429 Too Many Requests"},
        Expected{"/429/date", PollEnd::refused}, Expected{"/429/bad", PollEnd::refused},
        Expected{"/429/none", PollEnd::refused},
        Expected{"/503", PollEnd::refused, "HTTP 503 Service Unavailable"},
        Expected{"/flaky?id=status", PollEnd::failed, "HTTP 503 Service Unavailable"},
        Expected{"/401", PollEnd::failed, "HTTP 401 Unauthorized"},
        Expected{"/status?code=451", PollEnd::failed, "HTTP 451"},
        Expected{"/proto/status-odd", PollEnd::failed, "HTTP 999"},
        Expected{"/feed/304-unasked", PollEnd::failed, "HTTP 304 Not Modified although"});

HOSTILE(Redirect, Expected{"/r/301", PollEnd::fetched}, Expected{"/r/302", PollEnd::fetched},
        Expected{"/r/303", PollEnd::fetched}, Expected{"/r/307", PollEnd::fetched},
        Expected{"/r/308", PollEnd::fetched}, Expected{"/r/fragment", PollEnd::fetched},
        Expected{"/r/chain?n=5", PollEnd::fetched},
        Expected{"/r/chain?n=6", PollEnd::failed, "more than 5 redirects"},
        Expected{"/r/loop", PollEnd::failed, "more than 5 redirects"},
        Expected{"/r/self", PollEnd::failed, "more than 5 redirects"},
        Expected{"/r/to-gone", PollEnd::gone, "HTTP 410 Gone"},
        Expected{"/r/no-location", PollEnd::failed, "HTTP 302 Found without a place to go to"},
        Expected{"/r/empty", PollEnd::failed, "without a place to go to"},
        Expected{"/r/long", PollEnd::failed, "the headers of the answer are larger than 64 KiB"});

HOSTILE(ForbiddenAddress, Expected{"/r/to-loopback", PollEnd::failed, "127.0.0.1 is a loopback address"},
        Expected{"/r/to-localhost", PollEnd::failed, "is a loopback address"},
        Expected{"/r/to-metadata", PollEnd::failed, "169.254.169.254 is a link-local address"},
        Expected{"/r/to-ipv6-loopback", PollEnd::failed, "::1 is a loopback address"},
        Expected{"/r/to-v4-mapped", PollEnd::failed, "127.0.0.1 is a loopback address"},
        Expected{"/r/to-decimal-ip", PollEnd::failed, "127.0.0.1 is a loopback address"},
        Expected{"/r/to-octal-ip", PollEnd::failed, "127.0.0.1 is a loopback address"},
        Expected{"/r/to-short-ip", PollEnd::failed, "127.0.0.1 is a loopback address"},
        Expected{"/r/to-zero", PollEnd::failed, "0.0.0.0 is an address of this machine"},
        Expected{"/r/to-rfc1918", PollEnd::failed, "10.0.0.1 is a private address"},
        Expected{"/r/to-cgnat", PollEnd::failed, "100.64.0.1 is a carrier's private address"},
        Expected{"/r/to-userinfo", PollEnd::failed, "127.0.0.1 is a loopback address"});

HOSTILE(ForbiddenScheme, Expected{"/r/to-file", PollEnd::failed, "not http or https"},
        Expected{"/r/to-ftp", PollEnd::failed, "not http or https"},
        Expected{"/r/to-gopher", PollEnd::failed, "not http or https"},
        Expected{"/r/to-data", PollEnd::failed, "not http or https"},
        Expected{"/r/to-dict", PollEnd::failed, "not http or https"});

HOSTILE(Body, Expected{"/bomb/gzip?mb=64", PollEnd::failed, "the answer is larger than 1 MiB"},
        Expected{"/bomb/deflate?mb=64", PollEnd::failed, "the answer is larger than 1 MiB"},
        Expected{"/bomb/gzip2?mb=64", PollEnd::failed, "the answer is compressed more than once"},
        Expected{"/endless/body", PollEnd::failed, "the answer is larger than 1 MiB"},
        Expected{"/endless/chunked", PollEnd::failed, "the answer is larger than 1 MiB"},
        Expected{"/xml/huge-item", PollEnd::failed, "the answer is larger than 1 MiB"},
        Expected{"/enc/gzip-lie", PollEnd::failed, "not compressed in the way it says"},
        Expected{"/enc/gzip-cut", PollEnd::failed, "ends in the middle of the document"},
        Expected{"/enc/unknown", PollEnd::failed, "not compressed in the way it says"},
        Expected{"/len/long", PollEnd::failed, "the connection ended in the middle of the answer"},
        Expected{"/len/two", PollEnd::failed, "two different lengths"},
        Expected{"/len/negative", PollEnd::failed},
        Expected{"/len/huge", PollEnd::failed, "the answer is larger than 1 MiB"},
        Expected{"/len/zero", PollEnd::failed, "the answer is empty"},
        Expected{"/chunk/cut", PollEnd::failed}, Expected{"/chunk/bad", PollEnd::failed},
        Expected{"/cut/reset-body", PollEnd::failed}, Expected{"/cut/reset-now", PollEnd::failed},
        Expected{"/cut/close-now", PollEnd::failed, "the server closed the connection without an answer"});

HOSTILE(Headers, Expected{"/hdr/bomb", PollEnd::failed, "the headers of the answer are larger than 64 KiB"},
        Expected{"/hdr/long", PollEnd::failed, "the headers of the answer are larger than 64 KiB"},
        Expected{"/hdr/endless", PollEnd::failed, "the headers of the answer are larger than 64 KiB"},
        Expected{"/hdr/binary", PollEnd::failed},
        Expected{"/proto/http09", PollEnd::failed, "the answer is not HTTP"},
        Expected{"/proto/garbage", PollEnd::failed, "the answer is not HTTP"},
        Expected{"/proto/1xx-endless", PollEnd::failed, "the headers of the answer are larger than 64 KiB"});

HOSTILE(Slow, Expected{"/slow/connect-silent", PollEnd::failed, "the server did not answer within 2 s"},
        Expected{"/slow/headers", PollEnd::failed}, Expected{"/slow/drip", PollEnd::failed});

#undef HOSTILE

class HostileConduct : public HostileServerTest {};

TEST_F(HostileConduct, after_one_200_a_feed_that_stays_is_only_304) {
    for (const char* path : {"/feed", "/feed/weak-etag", "/feed/etag-only", "/feed/unquoted-etag",
                             "/feed/lm-only", "/feed/lm-odd"}) {
        const std::string url = server->url(path);
        const FetchAnswer first = fetching.ask(url);
        ASSERT_EQ(first.end, PollEnd::fetched) << path << ": " << first.error;
        for (int i = 0; i < 3; ++i) {
            const FetchAnswer next =
                fetching.ask(Fetching::request_for(url, first.etag, first.last_modified));
            EXPECT_EQ(next.end, PollEnd::not_modified) << path << ": " << next.error;
        }
    }
}

TEST_F(HostileConduct, a_304_with_a_new_validator_is_followed) {
    const std::string url = server->url("/feed/304-new-validator?id=conduct");
    std::string etag = fetching.ask(url).etag;
    for (int i = 0; i < 3; ++i) {
        const FetchAnswer next = fetching.ask(Fetching::request_for(url, etag));
        ASSERT_EQ(next.end, PollEnd::not_modified);
        etag = next.etag;
    }
}

TEST_F(HostileConduct, a_validator_that_the_newest_answer_lacks_is_gone) {
    const std::string url = server->url("/feed/etag-dropped?id=conduct");
    EXPECT_EQ(fetching.ask(url).etag, "\"old\"");
    EXPECT_EQ(fetching.ask(Fetching::request_for(url, "\"old\"")).etag, "");
}

TEST_F(HostileConduct, an_etag_that_is_too_long_to_send_is_not_kept) {
    EXPECT_EQ(fetching.ask(server->url("/hdr/etag-long")).etag, "");
}

TEST_F(HostileConduct, a_gzip_answer_is_the_same_document) {
    EXPECT_EQ(fetching.ask(server->url("/enc/gzip")).document->bytes,
              fetching.ask(server->url("/feed/no-validators")).document->bytes);
}

TEST_F(HostileConduct, a_document_is_found_where_the_redirects_led) {
    EXPECT_EQ(fetching.ask(server->url("/r/fragment")).document->url, server->url("/feed"));
}

TEST_F(HostileConduct, retry_after_is_read_in_both_forms) {
    EXPECT_EQ(fetching.ask(server->url("/429?s=90")).wishes.retry_after, 90s);
    EXPECT_EQ(fetching.ask(server->url("/503?s=60")).wishes.retry_after, 60s);
    const auto date = fetching.ask(server->url("/429/date?s=120")).wishes.retry_after;
    ASSERT_TRUE(date);
    EXPECT_NEAR(static_cast<double>(date->count()), 120, 2);
    EXPECT_FALSE(fetching.ask(server->url("/429/bad")).wishes.retry_after);
}

TEST_F(HostileConduct, a_lifetime_is_read_from_200_and_304) {
    const std::string url = server->url("/fresh/max-age?s=600");
    const FetchAnswer first = fetching.ask(url);
    EXPECT_EQ(first.wishes.max_age, 600s);
    EXPECT_EQ(fetching.ask(Fetching::request_for(url, first.etag)).wishes.max_age, 600s);
    EXPECT_TRUE(fetching.ask(server->url("/fresh/expires")).wishes.max_age);
    EXPECT_FALSE(fetching.ask(server->url("/fresh/expires-zero")).wishes.max_age);
    EXPECT_FALSE(fetching.ask(server->url("/fresh/no-store")).wishes.max_age);
}

TEST_F(HostileConduct, cookies_never_come_back) {
    fetching.ask(server->url("/_reset"));
    fetching.ask(server->url("/hdr/cookies"));
    fetching.ask(server->url("/hdr/cookies"));
    const std::string log = fetching.ask(server->url("/_log")).document->bytes;
    EXPECT_NE(log.find("/hdr/cookies"), std::string::npos);
    EXPECT_EQ(log.find("\"Cookie\""), std::string::npos) << log;
}

TEST_F(HostileConduct, bytes_beyond_the_length_do_not_poison_the_next_answer) {
    EXPECT_EQ(fetching.ask(server->url("/len/short")).end, PollEnd::fetched);
    const FetchAnswer next = fetching.ask(server->url("/feed"));
    ASSERT_EQ(next.end, PollEnd::fetched) << next.error;
    EXPECT_NE(next.document->bytes.find("</rss>"), std::string::npos);
}

}  // namespace
}  // namespace newswatch::fetch
