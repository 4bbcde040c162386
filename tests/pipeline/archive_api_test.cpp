#include "pipeline/archive_api.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "rules/rule_files.h"

namespace newswatch {
namespace {

using namespace std::chrono_literals;
using Json = nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;

const Time kNow{1000h};

store::ArchivedArticle archived(std::int64_t row, const std::string& title) {
    store::ArchivedArticle one;
    one.row = row;
    one.id = hash128({title});
    one.feed_url = "https://gazette.example/feed";
    one.feed_title = "Gazette";
    one.article.title = title;
    one.article.language = "en";
    one.archived = kNow - 1h;
    return one;
}

/// An archive in memory: notes the query, hands over its articles.
class ShelfArchive final : public store::ArchiveReader {
  public:
    Result<store::ArchiveAnswer> search(const store::ArchiveQuery& query) override {
        asked = query;
        return store::ArchiveAnswer{.articles = articles, .more = more, .not_indexed = 3};
    }
    Result<void> newest(const std::function<bool(store::ArchivedArticle)>& take) override {
        for (const store::ArchivedArticle& one : articles) {
            if (!take(one)) break;
        }
        return {};
    }
    Result<store::ArchivedArticle> by_id(std::string_view id) override {
        for (const store::ArchivedArticle& one : articles) {
            if (one.id.text().starts_with(id)) return one;
        }
        return fail(ErrorKind::bad_input, "no archived article has that id");
    }

    std::vector<store::ArchivedArticle> articles;
    bool more{false};
    store::ArchiveQuery asked;
};

class ArchiveApi : public rules::RuleFiles {
  protected:
    control::ControlAnswer ask(const std::string& route, std::map<std::string, std::string> query,
                               std::string_view body = {}, std::string_view path = {}) {
        const auto routes =
            archive_routes({.archive = archive_,
                            .clock = clock_,
                            .rules = [this] { return std::make_shared<const rules::Rules>(load()); },
                            .feeds = [] { return std::vector<std::pair<Feed, FeedState>>{}; },
                            .copy = [this] { return copy(); },
                            .feeds_folder = folder_ / "feeds.d"});
        return routes.at(route)({.path = path, .query = std::move(query), .body = body});
    }
    Json search(std::map<std::string, std::string> query) {
        const auto answer = ask("GET /v1/search", std::move(query));
        EXPECT_EQ(answer.status, 200U) << answer.body;
        return Json::parse(answer.body);
    }
    Json try_text(const std::string& text, std::uint64_t last = 0) {
        const auto answer =
            ask("POST /v1/try", {}, Json{{"file", "ferries.yaml"}, {"text", text}, {"last", last}}.dump());
        EXPECT_EQ(answer.status, 200U) << answer.body;
        return Json::parse(answer.body);
    }
    static std::vector<std::string> titles(const Json& articles) {
        std::vector<std::string> titles;
        for (const Json& article : articles)
            titles.push_back(article.at("title"));
        return titles;
    }

    /// A file with a few bytes, or why there is none.
    Result<Descriptor> copy() const {
        if (full_) return fail(ErrorKind::storage, "database or disk is full", "backup.tmp", "make room");
        write("copy", "pages");
        return Descriptor{::open((folder_ / "copy").c_str(), O_RDONLY | O_CLOEXEC)};
    }

    bool full_{false};
    ManualClock clock_{kNow};
    ShelfArchive archive_;
};

TEST_F(ArchiveApi, a_search_tells_of_each_article_and_of_what_is_not_searched_yet) {
    archive_.articles = {archived(7, "Ferry")};
    const Json answer = search({{"q", "ferry"}});
    ASSERT_EQ(answer.at("articles").size(), 1U);
    const Json& article = answer["articles"][0];
    EXPECT_EQ(article.at("title"), "Ferry");
    EXPECT_EQ(article.at("id"), archive_.articles.front().id.text());
    EXPECT_EQ(article.at("feed").at("title"), "Gazette");
    EXPECT_EQ(answer.at("not_indexed"), 3);
    EXPECT_FALSE(answer.contains("next"));
}

TEST_F(ArchiveApi, a_search_goes_on_behind_the_last_article) {
    archive_.articles = {archived(9, "Ferry"), archived(7, "Port")};
    archive_.more = true;
    const Json answer = search({{"q", "ferry"}});
    EXPECT_EQ(answer.at("next"), 7);
    static_cast<void>(search({{"q", "ferry"}, {"before", "7"}}));
    EXPECT_EQ(archive_.asked.before_row, 7);
}

TEST_F(ArchiveApi, how_far_back_is_counted_from_now) {
    static_cast<void>(search({{"q", "ferry"}, {"last", "3600"}}));
    EXPECT_EQ(archive_.asked.since, kNow - 1h);
}

TEST_F(ArchiveApi, a_long_text_is_cut_between_characters) {
    archive_.articles = {archived(1, "Ferry")};
    for (int i = 0; i < 200; ++i)
        archive_.articles.front().article.summary += "港";
    const std::string excerpt = search({{"q", "ferry"}})["articles"][0].at("excerpt");
    EXPECT_EQ(excerpt.size(), 300U + std::string{"…"}.size());
}

TEST_F(ArchiveApi, a_search_that_asks_for_nothing_sensible_is_refused_with_what_was_expected) {
    const std::vector<std::map<std::string, std::string>> nonsense{
        {},
        {{"q", "-port"}},
        {{"q", "port"}, {"limit", "0"}},
        {{"q", "port"}, {"limit", "201"}},
        {{"q", "port"}, {"last", "soon"}},
        {{"q", "port"}, {"before", "-1"}},
        {{"q", "port"}, {"last", "99999999999999999999"}},
    };
    for (const auto& query : nonsense) {
        const auto answer = ask("GET /v1/search", query);
        EXPECT_EQ(answer.status, 400U) << answer.body;
        EXPECT_FALSE(Json::parse(answer.body).at("error").at("help").get<std::string>().empty());
    }
}

TEST_F(ArchiveApi, an_article_comes_whole_by_the_beginning_of_its_id) {
    archive_.articles = {archived(1, "Ferry")};
    const std::string path = "/v1/articles/" + archive_.articles.front().id.text().substr(0, 10);
    const auto answer = ask("GET /v1/articles/", {}, {}, path);
    ASSERT_EQ(answer.status, 200U) << answer.body;
    EXPECT_EQ(Json::parse(answer.body).at("article").at("title"), "Ferry");
}

TEST_F(ArchiveApi, an_article_that_is_not_there_is_not_found) {
    EXPECT_EQ(ask("GET /v1/articles/", {}, {}, "/v1/articles/aaaaaaaa").status, 404U);
}

TEST_F(ArchiveApi, a_trial_shows_what_a_watchlist_gains_and_loses) {
    write("watchlists.d/ferries.yaml", "match: ferry\n");
    archive_.articles = {archived(3, "The port is closed"), archived(2, "A ferry sank"),
                         archived(1, "Nothing of this")};
    const Json answer = try_text("match: port\n");
    EXPECT_EQ(answer.at("tried"), 3);
    EXPECT_EQ(answer.at("all"), true);
    const Json& one = answer.at("watchlists").at(0);
    EXPECT_EQ(one.at("in_force"), true);
    EXPECT_THAT(titles(one.at("gained")), ElementsAre("The port is closed"));
    EXPECT_THAT(titles(one.at("lost")), ElementsAre("A ferry sank"));
    EXPECT_THAT(one["lost"][0].at("missing").get<std::string>(), HasSubstr("port"));
}

TEST_F(ArchiveApi, a_trial_of_a_new_watchlist_gains_all_that_it_finds) {
    archive_.articles = {archived(1, "A ferry sank")};
    const Json one = try_text("match: ferry\n").at("watchlists").at(0);
    EXPECT_EQ(one.at("in_force"), false);
    EXPECT_EQ(one.at("before"), 0);
    EXPECT_EQ(one.at("now"), 1);
}

TEST_F(ArchiveApi, a_trial_goes_back_as_far_as_asked) {
    archive_.articles = {archived(2, "A ferry sank"), archived(1, "A ferry of old")};
    archive_.articles.back().archived = kNow - 48h;
    EXPECT_EQ(try_text("match: ferry\n", 24 * 3600).at("tried"), 1);
}

TEST_F(ArchiveApi, a_watchlist_with_a_mistake_is_shown_the_mistake_and_not_tried) {
    archive_.articles = {archived(1, "A ferry sank")};
    const Json answer = try_text("matsch: ferry\n");
    EXPECT_EQ(answer.at("tried"), 0);
    EXPECT_THAT(answer.at("findings").at(0).at("rendered").get<std::string>(), HasSubstr("ferries.yaml:1:1"));
}

TEST_F(ArchiveApi, a_trial_of_nothing_is_refused) {
    for (const char* body : {"", "[]", "{\"text\":3}", "{\"text\":\"\",\"last\":\"x\"}"})
        EXPECT_EQ(ask("POST /v1/try", {}, body).status, 400U) << body;
}

TEST_F(ArchiveApi, a_backup_is_the_copy_itself) {
    const auto answer = ask("POST /v1/backup", {});
    ASSERT_EQ(answer.status, 200U) << answer.body;
    std::string bytes(16, '\0');
    bytes.resize(static_cast<std::size_t>(::read(answer.file.get(), bytes.data(), bytes.size())));
    EXPECT_EQ(bytes, "pages");
}

TEST_F(ArchiveApi, a_backup_that_could_not_be_made_says_why_and_what_to_do) {
    full_ = true;
    const auto answer = ask("POST /v1/backup", {});
    EXPECT_EQ(answer.status, 500U);
    EXPECT_LT(answer.file.get(), 0);
    const Json error = Json::parse(answer.body).at("error");
    EXPECT_THAT(error.at("message").get<std::string>(), HasSubstr("disk is full"));
    EXPECT_EQ(error.at("help"), "make room");
}

}  // namespace
}  // namespace newswatch
