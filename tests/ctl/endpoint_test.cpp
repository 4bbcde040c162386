#include "ctl/endpoint.h"

#include <gmock/gmock.h>

#include "run_verb.h"

namespace newswatch::ctl {
namespace {

using testing::HasSubstr;

using Endpoint = VerbTest;

TEST_F(Endpoint, what_is_bound_everywhere_is_reached_on_this_machine) {
    EXPECT_EQ(reachable("tcp://*:5556"), "tcp://127.0.0.1:5556");
    EXPECT_EQ(reachable("tcp://0.0.0.0:5556"), "tcp://127.0.0.1:5556");
    EXPECT_EQ(reachable("tcp://10.0.0.7:5556"), "tcp://10.0.0.7:5556");
}

TEST_F(Endpoint, a_socket_that_is_not_there_gives_way_to_the_next) {
    settings::Settings settings;
    settings.publish.zeromq = {"ipc://" + (folder_ / "missing.sock").native(), "tcp://127.0.0.1:5556"};
    const Result<std::string> endpoint = publish_endpoint(settings);
    ASSERT_TRUE(endpoint);
    EXPECT_EQ(*endpoint, "tcp://127.0.0.1:5556");
}

TEST_F(Endpoint, where_none_can_be_used_they_are_named) {
    settings::Settings settings;
    settings.publish.zeromq = {"ipc://" + (folder_ / "missing.sock").native()};
    const Result<std::string> endpoint = publish_endpoint(settings);
    ASSERT_FALSE(endpoint);
    EXPECT_THAT(endpoint.error().line(), HasSubstr("missing.sock"));
}

TEST_F(Endpoint, a_prefix_may_be_the_id_of_a_watchlist) {
    EXPECT_EQ(topic_prefix(""), "alert/");
    EXPECT_EQ(topic_prefix("storms"), "alert/storms/");
    EXPECT_EQ(topic_prefix("storms/high"), "alert/storms/high/");
    EXPECT_EQ(topic_prefix("alert/storms"), "alert/storms/");
    EXPECT_EQ(topic_prefix("sys/"), "sys/");
}

}  // namespace
}  // namespace newswatch::ctl
