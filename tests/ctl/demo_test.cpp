#include <gmock/gmock.h>

#include "ctl/demo_folder.h"
#include "ctl/demo_origin.h"
#include "run_verb.h"
#include "settings/settings.h"

namespace newswatch::ctl {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::MatchesRegex;

class DemoOfTests : public VerbTest {
  protected:
    Result<DemoFolder> prepare() const {
        return DemoFolder::prepare(folder_ / "demo", {"http://127.0.0.11:4000/a.xml"});
    }
    bool exists(const std::string& file) const { return std::filesystem::exists(folder_ / file); }
};

TEST_F(DemoOfTests, the_folder_holds_settings_that_the_daemon_reads) {
    const Result<DemoFolder> demo = prepare();
    ASSERT_TRUE(demo) << demo.error().line();
    const auto read = settings::read_settings(demo->settings());
    EXPECT_THAT(read.findings, IsEmpty());
    EXPECT_EQ(read.value.watchlists, folder_ / "demo/watchlists.d");
    EXPECT_THAT(read.value.polling.allow_networks, ElementsAre("127.0.0.0/8"));
    EXPECT_EQ(settings::read_feeds(read.value.feeds).value.size(), 1U);
    EXPECT_TRUE(exists("demo/watchlists.d/syria-libya-diplomacy.yaml"));
}

TEST_F(DemoOfTests, a_folder_of_somebody_else_is_left_alone) {
    write("demo/thesis.txt", "precious");
    const Result<DemoFolder> demo = prepare();
    ASSERT_FALSE(demo);
    EXPECT_THAT(demo.error().line(), HasSubstr("no demo wrote"));
    EXPECT_FALSE(DemoFolder::remove(folder_ / "demo"));
    EXPECT_TRUE(exists("demo/thesis.txt"));
}

TEST_F(DemoOfTests, a_second_demo_keeps_edited_watchlists_and_forgets_the_archive) {
    ASSERT_TRUE(prepare());
    write("demo/watchlists.d/earthquakes.yaml", "edited");
    write("demo/archive/newswatch.db", "old");
    ASSERT_TRUE(prepare());
    EXPECT_EQ(std::filesystem::file_size(folder_ / "demo/watchlists.d/earthquakes.yaml"), 6U);
    EXPECT_FALSE(exists("demo/archive/newswatch.db"));
}

TEST_F(DemoOfTests, clean_removes_what_a_demo_made) {
    ASSERT_TRUE(prepare());
    EXPECT_EQ(run_verb({"demo", "--clean", "--folder", (folder_ / "demo").native()}).exit, 0);
    EXPECT_FALSE(exists("demo"));
}

TEST_F(DemoOfTests, a_long_path_has_its_sockets_elsewhere_and_they_go_with_the_demo) {
    std::filesystem::path sockets;
    {
        const Result<DemoFolder> demo = DemoFolder::prepare(folder_ / std::string(100, 'x'), {});
        ASSERT_TRUE(demo) << demo.error().line();
        sockets = demo->sockets();
        EXPECT_LT((sockets / "control.sock").native().size(), 108U);
        EXPECT_TRUE(std::filesystem::is_directory(sockets));
    }
    EXPECT_FALSE(std::filesystem::exists(sockets));
}

TEST_F(DemoOfTests, a_path_with_quotes_and_spaces_is_borne) {
    const Result<DemoFolder> demo = DemoFolder::prepare(folder_ / "it's \"mine\"", {});
    ASSERT_TRUE(demo) << demo.error().line();
    EXPECT_THAT(settings::read_settings(demo->settings()).value.control.socket.native(),
                HasSubstr("it's \"mine\"/run/"));
}

TEST_F(DemoOfTests, each_feed_has_an_address_of_its_own_and_one_port) {
    const Result<std::unique_ptr<DemoOrigin>> origin =
        DemoOrigin::start({{.name = "a.xml"}, {.name = "b.xml"}});
    ASSERT_TRUE(origin) << origin.error().line();
    const std::vector<std::string> urls = (*origin)->urls();
    ASSERT_EQ(urls.size(), 2U);
    EXPECT_THAT(urls[0], MatchesRegex("http://127.0.0.11:[0-9]+/a.xml"));
    EXPECT_THAT(urls[1], MatchesRegex("http://127.0.0.12:[0-9]+/b.xml"));
    const auto port = [](const std::string& url) {
        return url.substr(url.rfind(':'), url.rfind('/') - url.rfind(':'));
    };
    EXPECT_EQ(port(urls[0]), port(urls[1]));
}

}  // namespace
}  // namespace newswatch::ctl
