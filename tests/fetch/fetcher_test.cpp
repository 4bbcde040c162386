#include "fetch/fetcher.h"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <vector>

#include "base/format.h"
#include "support/fetching.h"
#include "support/http_origin.h"

namespace newswatch::fetch {
namespace {

using namespace std::chrono_literals;
using test::Fetching;
using test::http_answer;
using test::HttpOrigin;
using test::Request;

const std::string kFeed = "<rss version=\"2.0\"><channel/></rss>\n";

/// A server that gives the same answer to everything.
HttpOrigin::Answer always(const std::string& status, const std::string& headers = {},
                          const std::string& body = kFeed) {
    return [answer = http_answer(status, headers, body)](const Request&) { return answer; };
}

TEST(Fetcher, a_document_carries_its_bytes_and_where_they_came_from) {
    const HttpOrigin origin{
        always("200 OK",
               "Content-Type: text/xml; charset=utf-8\r\nETag: \"1\"\r\nContent-Location: /a\r\n"
               "Last-Modified: yesterday\r\n")};
    Fetching fetching;
    PollRequest request = Fetching::request_for(origin.url("/feed"));
    request.feed.language = "ar";
    request.feed.reader = "rss";
    const FetchAnswer answer = fetching.ask(std::move(request));
    ASSERT_EQ(answer.end, PollEnd::fetched) << answer.error;
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.error, "");
    const Document& document = *answer.document;
    EXPECT_EQ(document.feed, feed_id(origin.url("/feed")));
    EXPECT_EQ(document.url, origin.url("/feed"));
    EXPECT_EQ(document.content_type, "text/xml; charset=utf-8");
    EXPECT_EQ(document.content_location, "/a");
    EXPECT_EQ(document.bytes, kFeed);
    EXPECT_EQ(document.etag, "\"1\"");
    EXPECT_EQ(document.last_modified, "yesterday");
    EXPECT_EQ(document.language, "ar");
    EXPECT_EQ(document.reader, "rss");
}

/// Sends /0 on to /1 and so on with the statuses in order; the last has the feed.
HttpOrigin::Answer chain(std::vector<std::string> statuses) {
    return [statuses = std::move(statuses)](const Request& request) {
        const auto step = static_cast<std::size_t>(std::stoul(request.target.substr(1)));
        if (step >= statuses.size()) return http_answer("200 OK", "", kFeed);
        return http_answer(statuses[step], "Location: /" + std::to_string(step + 1) + "#top\r\n", "");
    };
}

TEST(Fetcher, permanent_redirects_are_told_to_their_end) {
    const HttpOrigin origin{chain({"301 Moved Permanently", "308 Permanent Redirect"})};
    Fetching fetching;
    EXPECT_EQ(fetching.ask(Fetching::request_for(origin.url("/0"))).moved_to, origin.url("/2"));
}

TEST(Fetcher, only_the_permanent_part_of_a_chain_is_told) {
    const HttpOrigin origin{chain({"301 Moved Permanently", "302 Found", "301 Moved Permanently"})};
    Fetching fetching;
    EXPECT_EQ(fetching.ask(Fetching::request_for(origin.url("/0"))).moved_to, origin.url("/1"));
}

TEST(Fetcher, a_temporary_redirect_is_no_move) {
    const HttpOrigin origin{chain({"307 Temporary Redirect"})};
    Fetching fetching;
    EXPECT_EQ(fetching.ask(Fetching::request_for(origin.url("/0"))).moved_to, "");
}

TEST(Fetcher, validators_go_back_byte_for_byte) {
    const HttpOrigin origin{always("304 Not Modified", "", "")};
    Fetching fetching;
    const FetchAnswer answer =
        fetching.ask(Fetching::request_for(origin.url("/"), "W/\"a;b%22 c\"", "2026-09-21 12:13:20 +0000"));
    EXPECT_EQ(answer.end, PollEnd::not_modified);
    EXPECT_EQ(answer.error, "");
    const Request asked = origin.requests().at(0);
    EXPECT_EQ(asked.header("If-None-Match"), "W/\"a;b%22 c\"");
    EXPECT_EQ(asked.header("If-Modified-Since"), "2026-09-21 12:13:20 +0000");
}

TEST(Fetcher, without_validators_nothing_conditional_is_asked) {
    const HttpOrigin origin{always("200 OK")};
    Fetching fetching;
    fetching.ask(origin.url("/"));
    const Request asked = origin.requests().at(0);
    EXPECT_EQ(asked.header("If-None-Match"), "");
    EXPECT_EQ(asked.header("If-Modified-Since"), "");
}

TEST(Fetcher, a_validator_that_would_break_the_request_is_not_sent) {
    const HttpOrigin origin{always("200 OK")};
    Fetching fetching;
    fetching.ask(Fetching::request_for(origin.url("/"), "\"a\"\r\nX-Injected: 1"));
    EXPECT_EQ(origin.requests().at(0).text.find("Injected"), std::string::npos);
}

TEST(Fetcher, a_304_may_refresh_the_validators_and_the_lifetime) {
    const HttpOrigin origin{always("304 Not Modified", "ETag: \"2\"\r\nCache-Control: max-age=600\r\n", "")};
    Fetching fetching;
    const FetchAnswer answer = fetching.ask(Fetching::request_for(origin.url("/"), "\"1\""));
    EXPECT_EQ(answer.etag, "\"2\"");
    EXPECT_EQ(answer.wishes.max_age, 600s);
}

TEST(Fetcher, the_request_says_who_we_are_and_what_we_read) {
    const HttpOrigin origin{always("200 OK")};
    FetchLimits limits = Fetching::limits();
    limits.user_agent = "newswatch/9 (+newsdesk@example.org)";
    Fetching fetching{limits};
    fetching.ask(origin.url("/"));
    const Request asked = origin.requests().at(0);
    EXPECT_EQ(asked.header("User-Agent"), "newswatch/9 (+newsdesk@example.org)");
    EXPECT_EQ(asked.header("Accept-Encoding"), "gzip, deflate, br");
    EXPECT_EQ(asked.header("Referer"), "");
    EXPECT_EQ(asked.header("Cookie"), "");
}

TEST(Fetcher, a_proxy_in_the_environment_is_not_used) {
    ASSERT_EQ(::setenv("http_proxy", "http://127.0.0.1:1", 1), 0);
    const HttpOrigin origin{always("200 OK")};
    Fetching fetching;
    const FetchAnswer answer = fetching.ask(origin.url("/"));
    ::unsetenv("http_proxy");
    EXPECT_EQ(answer.end, PollEnd::fetched) << answer.error;
}

TEST(Fetcher, the_operator_s_proxy_is_asked_wherever_it_is) {
    const HttpOrigin proxy{always("200 OK")};
    FetchLimits limits;  // which allow no loopback address
    limits.proxy = proxy.url("");
    Fetching fetching{limits};
    const FetchAnswer answer = fetching.ask("http://press.example/feed");
    EXPECT_EQ(answer.end, PollEnd::fetched) << answer.error;
    EXPECT_EQ(proxy.requests().at(0).target, "http://press.example/feed");
}

TEST(Fetcher, a_connection_is_kept_for_the_next_request) {
    const HttpOrigin origin{always("200 OK")};
    Fetching fetching;
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(fetching.ask(origin.url("/")).end, PollEnd::fetched);
    EXPECT_EQ(origin.connections(), 1U);
}

TEST(Fetcher, bytes_beyond_the_announced_length_do_not_spoil_the_next_answer) {
    const HttpOrigin origin{[](const Request&) { return http_answer("200 OK", "", kFeed) + kFeed; }};
    Fetching fetching;
    for (int i = 0; i < 20; ++i) {
        const FetchAnswer answer = fetching.ask(origin.url("/"));
        ASSERT_EQ(answer.end, PollEnd::fetched) << answer.error;
        EXPECT_EQ(answer.document->bytes, kFeed);
    }
}

TEST(Fetcher, an_error_page_does_not_cost_the_connection) {
    const HttpOrigin origin{always("404 Not Found")};
    Fetching fetching;
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(fetching.ask(origin.url("/")).end, PollEnd::failed);
    EXPECT_EQ(origin.connections(), 1U);
}

TEST(Fetcher, a_user_and_password_do_not_reach_the_document) {
    const HttpOrigin origin{always("200 OK")};
    Fetching fetching;
    const FetchAnswer answer =
        fetching.ask("http://user:secret@127.0.0.2:" + std::to_string(origin.port()) + "/feed#here");
    ASSERT_TRUE(answer.document);
    EXPECT_EQ(answer.document->url, origin.url("/feed"));
}

TEST(Fetcher, a_status_without_a_feed_is_named_in_our_own_words) {
    const HttpOrigin origin{always("404 <script>alert(1)</script>")};
    Fetching fetching;
    EXPECT_EQ(fetching.ask(origin.url("/")).error, "HTTP 404 Not Found");
}

TEST(Fetcher, a_dead_port_is_named) {
    std::string url;
    {
        const HttpOrigin origin{always("200 OK")};
        url = origin.url("/");
    }
    Fetching fetching;
    const FetchAnswer answer = fetching.ask(url);
    EXPECT_EQ(answer.end, PollEnd::failed);
    EXPECT_EQ(answer.status, 0);
    EXPECT_EQ(answer.error, "no connection to 127.0.0.2: Connection refused");
}

TEST(Fetcher, what_is_no_address_is_refused) {
    Fetching fetching;
    for (const char* url :
         {"", "http://", "nonsense://x", "ftp://127.0.0.2/x", "http://127.0.0.2:99999/", "http://a b/"}) {
        const FetchAnswer answer = fetching.ask(url);
        EXPECT_EQ(answer.end, PollEnd::failed) << url;
        EXPECT_NE(answer.error, "") << url;
    }
}

TEST(Fetcher, a_private_address_is_never_connected_to) {
    const HttpOrigin origin{always("200 OK")};
    FetchLimits limits = Fetching::limits();
    limits.allow_networks.clear();
    Fetching fetching{limits};
    const FetchAnswer answer = fetching.ask(origin.url("/"));
    EXPECT_EQ(answer.end, PollEnd::failed);
    EXPECT_EQ(answer.error,
              "127.0.0.2 is a loopback address, which feeds may not lead to (polling.allow_networks: "
              "[127.0.0.2/32] "
              "would allow it)");
    EXPECT_EQ(origin.connections(), 0U);
}

TEST(Fetcher, a_name_that_leads_to_this_machine_is_refused) {
    Fetching fetching;
    const FetchAnswer answer = fetching.ask("http://localhost:1/");
    EXPECT_EQ(answer.end, PollEnd::failed);
    EXPECT_NE(answer.error.find("loopback"), std::string::npos) << answer.error;
}

TEST(Fetcher, done_is_never_called_from_within_start) {
    const HttpOrigin origin{always("200 OK")};
    Fetching fetching;
    for (const std::string& url : {origin.url("/"), std::string{"file:///nowhere"}, std::string{"http://"}}) {
        bool called = false;
        fetching.fetcher->start(Fetching::request_for(url), [&](FetchAnswer) {
            called = true;
            fetching.loop.stop();
        });
        EXPECT_FALSE(called) << url;
        EXPECT_EQ(fetching.fetcher->under_way(), 1U);
        fetching.loop.run();
        EXPECT_TRUE(called) << url;
        EXPECT_EQ(fetching.fetcher->under_way(), 0U);
    }
}

TEST(Fetcher, hundreds_of_transfers_run_at_once) {
    const HttpOrigin origin{always("200 OK")};
    Fetching fetching;
    int fetched = 0;
    for (int i = 0; i < 300; ++i) {
        fetching.fetcher->start(Fetching::request_for(origin.url(format("/{}", i))), [&](FetchAnswer answer) {
            EXPECT_EQ(answer.end, PollEnd::fetched) << answer.error;
            if (++fetched == 300) fetching.loop.stop();
        });
    }
    fetching.loop.run();
    EXPECT_EQ(fetched, 300);
}

/// Accepts connections (the kernel does) and never answers.
class SilentServer {
  public:
    SilentServer() {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(0x7f000002);
        socklen_t size = sizeof address;
        EXPECT_EQ(::bind(fd_, reinterpret_cast<sockaddr*>(&address), size), 0);
        EXPECT_EQ(::listen(fd_, 64), 0);
        EXPECT_EQ(::getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &size), 0);
        url_ = "http://127.0.0.2:" + std::to_string(ntohs(address.sin_port)) + "/";
    }
    ~SilentServer() { ::close(fd_); }
    SilentServer(const SilentServer&) = delete;
    SilentServer& operator=(const SilentServer&) = delete;
    [[nodiscard]] const std::string& url() const { return url_; }

  private:
    int fd_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    std::string url_;
};

TEST(Fetcher, a_server_that_does_not_answer_is_left) {
    const SilentServer server;
    FetchLimits limits = Fetching::limits();
    limits.whole = 200ms;
    Fetching fetching{limits};
    EXPECT_EQ(fetching.ask(server.url()).error, "the server did not answer within 200 ms");
}

TEST(Fetcher, stop_all_ends_every_transfer_as_stopped) {
    const SilentServer server;
    Fetching fetching;
    std::vector<std::string> errors;
    for (int i = 0; i < 10; ++i) {
        fetching.fetcher->start(Fetching::request_for(server.url()),
                                [&](FetchAnswer answer) { errors.push_back(answer.error); });
    }
    fetching.loop.call_at(std::chrono::steady_clock::now() + 20ms, [&] {
        fetching.fetcher->start(Fetching::request_for("file:///nowhere"),
                                [&](FetchAnswer answer) { errors.push_back(answer.error); });
        fetching.fetcher->stop_all();
        EXPECT_EQ(errors, std::vector<std::string>(11, "stopped"));
        EXPECT_EQ(fetching.fetcher->under_way(), 0U);
        fetching.loop.stop();
    });
    fetching.loop.run();
    EXPECT_EQ(errors.size(), 11U);
}

TEST(Fetcher, after_stop_all_it_fetches_again) {
    const HttpOrigin origin{always("200 OK")};
    Fetching fetching;
    fetching.fetcher->start(Fetching::request_for(origin.url("/")), [](FetchAnswer) {});
    fetching.fetcher->stop_all();
    EXPECT_EQ(fetching.ask(origin.url("/")).end, PollEnd::fetched);
}

TEST(Fetcher, destroyed_with_transfers_under_way_it_answers_each_once) {
    const SilentServer server;
    const HttpOrigin origin{always("200 OK")};
    Fetching fetching;
    int silent = 0;
    fetching.fetcher->start(Fetching::request_for(server.url()), [&](FetchAnswer answer) {
        EXPECT_EQ(answer.end, PollEnd::failed);
        EXPECT_EQ(answer.error, "stopped");
        EXPECT_EQ(answer.request.url, server.url());
        ++silent;
    });
    fetching.ask(origin.url("/"));
    fetching.fetcher.reset();
    EXPECT_EQ(silent, 1);
    fetching.loop.stop();
    fetching.loop.run();
    EXPECT_EQ(silent, 1);
}

TEST(Fetcher, a_request_started_while_it_is_destroyed_is_stopped_too) {
    const SilentServer server;
    Fetching fetching;
    int stopped = 0;
    fetching.fetcher->start(Fetching::request_for(server.url()), [&](FetchAnswer answer) {
        ++stopped;
        fetching.fetcher->start(std::move(answer.request), [&](FetchAnswer) { ++stopped; });
    });
    // As a unique_ptr does not show what it is destroying, the fetcher is kept reachable.
    fetching.fetcher->~Fetcher();
    new (fetching.fetcher.get()) Fetcher{fetching.loop, fetching.clock, Fetching::limits()};
    EXPECT_EQ(stopped, 2);
}

}  // namespace
}  // namespace newswatch::fetch
