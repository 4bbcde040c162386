#include "fetch/local_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "support/fetching.h"

namespace newswatch::fetch {
namespace {

using test::Fetching;

class LocalFile : public testing::Test {
  protected:
    LocalFile() {
        std::string name = (std::filesystem::temp_directory_path() / "newswatch-fetch-XXXXXX").string();
        folder = ::mkdtemp(name.data());
        std::filesystem::create_directories(folder / "feeds");
        write("feeds/a.xml", "<rss/>");
        write("secret.xml", "<rss/>");
    }
    ~LocalFile() override { std::filesystem::remove_all(folder); }

    void write(const std::string& name, const std::string& bytes) const {
        std::ofstream{folder / name} << bytes;
    }
    [[nodiscard]] std::string url(const std::string& name) const {
        return "file://" + (folder / name).string();
    }
    [[nodiscard]] FetchAnswer read(PollRequest request) const {
        return read_local_file(std::move(request), {folder / "feeds"}, 1000, Time{});
    }
    [[nodiscard]] FetchAnswer read(const std::string& name) const {
        return read(Fetching::request_for(url(name)));
    }

    std::filesystem::path folder;
};

TEST_F(LocalFile, below_an_allowed_folder_is_read) {
    const FetchAnswer answer = read("feeds/a.xml");
    ASSERT_EQ(answer.end, PollEnd::fetched) << answer.error;
    EXPECT_EQ(answer.document->bytes, "<rss/>");
    EXPECT_EQ(answer.document->url, url("feeds/a.xml"));
    EXPECT_NE(answer.last_modified, "");
}

TEST_F(LocalFile, is_not_read_again_until_it_changes) {
    const FetchAnswer first = read("feeds/a.xml");
    const auto again = [&] {
        return read(Fetching::request_for(url("feeds/a.xml"), first.etag, first.last_modified));
    };
    EXPECT_EQ(again().end, PollEnd::not_modified);
    write("feeds/a.xml", "<rss>changed within the same second</rss>");
    EXPECT_EQ(again().end, PollEnd::fetched);
}

TEST_F(LocalFile, elsewhere_is_refused_with_the_setting_that_would_allow_it) {
    const FetchAnswer answer = read("secret.xml");
    EXPECT_EQ(answer.end, PollEnd::failed);
    EXPECT_NE(answer.error.find("polling.allow_folders"), std::string::npos) << answer.error;
    EXPECT_FALSE(answer.document);
}

TEST_F(LocalFile, dots_and_symbolic_links_do_not_lead_out) {
    std::filesystem::create_symlink(folder / "secret.xml", folder / "feeds/link.xml");
    EXPECT_EQ(read("feeds/../secret.xml").end, PollEnd::failed);
    EXPECT_EQ(read("feeds/%2e%2e/secret.xml").end, PollEnd::failed);
    EXPECT_EQ(read("feeds/link.xml").end, PollEnd::failed);
}

TEST_F(LocalFile, a_folder_that_only_begins_with_the_same_letters_is_another) {
    std::filesystem::create_directories(folder / "feeds-private");
    write("feeds-private/a.xml", "<rss/>");
    EXPECT_EQ(read("feeds-private/a.xml").end, PollEnd::failed);
}

TEST_F(LocalFile, an_allowed_folder_may_itself_be_a_link) {
    std::filesystem::create_directory_symlink(folder / "feeds", folder / "alias");
    const auto answer =
        read_local_file(Fetching::request_for(url("alias/a.xml")), {folder / "alias"}, 1000, Time{});
    EXPECT_EQ(answer.end, PollEnd::fetched) << answer.error;
}

TEST_F(LocalFile, percent_encoded_names_are_decoded) {
    write("feeds/a b.xml", "<rss/>");
    EXPECT_EQ(read("feeds/a%20b.xml").end, PollEnd::fetched);
}

TEST_F(LocalFile, what_is_no_regular_file_is_refused) {
    ASSERT_EQ(::mkfifo((folder / "feeds/pipe").c_str(), 0600), 0);
    EXPECT_EQ(read("feeds/pipe").end, PollEnd::failed);
    EXPECT_EQ(read("feeds").end, PollEnd::failed);
    EXPECT_EQ(read("feeds/missing.xml").end, PollEnd::failed);
}

TEST_F(LocalFile, one_beyond_the_limit_is_refused) {
    write("feeds/large.xml", std::string(1001, 'x'));
    const FetchAnswer answer = read("feeds/large.xml");
    EXPECT_EQ(answer.end, PollEnd::failed);
    EXPECT_NE(answer.error.find("1000 bytes"), std::string::npos) << answer.error;
}

TEST_F(LocalFile, an_empty_one_is_a_failure) {
    write("feeds/empty.xml", "");
    EXPECT_EQ(read("feeds/empty.xml").end, PollEnd::failed);
}

TEST_F(LocalFile, an_address_with_another_machine_or_a_nul_is_refused) {
    for (const char* url : {"file://server/share/a.xml", "file:a.xml", "file:///etc/passwd%00.xml"})
        EXPECT_EQ(read(Fetching::request_for(url)).end, PollEnd::failed) << url;
}

TEST_F(LocalFile, the_fetcher_reads_it_too) {
    FetchLimits limits = Fetching::limits();
    limits.allow_folders = {folder / "feeds"};
    Fetching fetching{limits};
    EXPECT_EQ(fetching.ask(url("feeds/a.xml")).end, PollEnd::fetched);
    EXPECT_EQ(fetching.ask(url("secret.xml")).end, PollEnd::failed);
}

}  // namespace
}  // namespace newswatch::fetch
