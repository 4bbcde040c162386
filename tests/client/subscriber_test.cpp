#include "client/subscriber.h"

#include <gmock/gmock.h>

#include "xpub_server.h"

namespace newswatch::client {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

const std::string kNumbers{"\0\0\0\0\0\0\0\x2A\0\0\0\0\0\0\1\0", 16};

class SubscriberTest : public testing::Test {
  protected:
    XpubServer server_;
    std::unique_ptr<Subscriber> subscriber_ = Subscriber::connect(server_.endpoint(), {"alert/"}).value();

    void SetUp() override {
        ASSERT_EQ(server_.subscription(), "alert/");
        ASSERT_EQ(server_.subscription(), "hb/") << "heartbeats come last: the first one proves the rest";
    }
    /// What the subscriber says of one message.
    [[nodiscard]] Result<std::optional<Received>> receive(const std::vector<std::string>& frames) {
        server_.send(frames);
        return subscriber_->receive(milliseconds{5000});
    }
};

TEST_F(SubscriberTest, an_alert_comes_with_topic_numbers_and_payload) {
    const auto received = receive({"alert/levant/high/", kNumbers, R"({"a":1})"});
    ASSERT_TRUE(received);
    ASSERT_TRUE(*received);
    EXPECT_EQ((*received)->topic, "alert/levant/high/");
    EXPECT_EQ((*received)->first_number, 42U);
    EXPECT_EQ((*received)->second_number, 256U);
    EXPECT_EQ((*received)->payload, R"({"a":1})");
}

TEST_F(SubscriberTest, nothing_within_the_wait_is_no_error) {
    const auto received = subscriber_->receive(milliseconds{10});
    ASSERT_TRUE(received);
    EXPECT_FALSE(*received);
}

TEST_F(SubscriberTest, a_message_that_is_not_of_the_protocol_is_refused_and_the_next_one_read) {
    const std::vector<std::vector<std::string>> foreign{
        {"alert/levant/high/"},
        {"alert/levant/high/", kNumbers},
        {"alert/levant/high/", kNumbers, "{}", "more"},
        {"alert/levant/high/", "short", "{}"},
        {"alert/levant/high", kNumbers, "{}"},
        {"alert/" + std::string(200, 'a') + "/", kNumbers, "{}"}};
    for (const auto& frames : foreign) {
        const auto refused = receive(frames);
        ASSERT_FALSE(refused) << frames.size();
        EXPECT_EQ(refused.error().kind, ErrorKind::bad_input);
        EXPECT_THAT(refused.error().line(), HasSubstr(server_.endpoint()));
    }
    EXPECT_TRUE(receive({"hb/", kNumbers, "{}"}).value());
}

TEST(SubscriberConnect, more_prefixes_than_the_default_mark_all_arrive) {
    XpubServer server;
    std::vector<std::string> prefixes;
    for (int i = 0; i < 3000; ++i)
        prefixes.push_back("alert/wl-" + std::to_string(i) + "/");
    const auto subscriber = Subscriber::connect(server.endpoint(), prefixes).value();
    std::size_t arrived = 0;
    while (server.subscription() != "hb/")
        ++arrived;
    EXPECT_EQ(arrived, prefixes.size());
}

TEST(SubscriberConnect, a_prefix_that_ends_inside_a_name_is_refused) {
    const auto refused = Subscriber::connect("tcp://127.0.0.1:5556", {"alert/wl-1"});
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().line(), HasSubstr("\"alert/wl-1\""));
    EXPECT_THAT(refused.error().line(), HasSubstr("ends with a slash"));
}

TEST(SubscriberConnect, what_is_no_endpoint_is_named) {
    const auto refused = Subscriber::connect("gopher://127.0.0.1", {"alert/"});
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().line(), HasSubstr("gopher://127.0.0.1"));
}

}  // namespace
}  // namespace newswatch::client
