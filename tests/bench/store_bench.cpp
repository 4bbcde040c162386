#include <benchmark/benchmark.h>
#include <sqlite3.h>
#include <stdlib.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "publish/wire.h"
#include "store/database.h"
#include "store/journal.h"
#include "store/schema.h"
#include "store/seen_set.h"

// The journal against plain SQLite inserting the same rows: article and alert pairs a second,
// synchronous=FULL. The argument is the number of pairs in one commit.

namespace {

using namespace newswatch;

constexpr std::size_t kContent = 3000;  // bytes of an article's text
constexpr std::size_t kPayload = 1500;  // bytes of an alert's JSON

class Folder {
  public:
    Folder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "newswatch-bench-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error{"no temporary folder"};
        path_ = pattern;
    }
    ~Folder() {
        std::error_code ignored;  // what stays behind changes no figure
        std::filesystem::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

const Feed& gazette() {
    static const Feed feed = [] {
        Feed made;
        made.url = "https://gazette.example/feed";
        made.id = feed_id(made.url);
        return made;
    }();
    return feed;
}

/// One pair, different for each number.
HarvestedArticle pair_of(std::uint64_t number) {
    const std::string own = std::to_string(number);
    HarvestedArticle harvested;
    harvested.article.own_id = own;
    harvested.article.url = "https://gazette.example/" + own;
    harvested.article.title = "An article of the Gazette, number " + own;
    harvested.article.summary = std::string(300, 's');
    harvested.article.content = std::string(kContent, 'c');
    harvested.article.language = "en";
    harvested.keys.id = hash128({"id", own});
    harvested.keys.fingerprint = hash128({"fingerprint", own});
    harvested.keys.revision = hash128({"revision", own});
    harvested.keys.across_feeds = hash128({"across", own});
    Alert alert;
    alert.id = hash128({"alert", own});
    alert.watchlist = "levant";
    alert.article_id = harvested.keys.id;
    alert.article = harvested.article;
    alert.explanation = "levant fired because the title holds Gazette.";
    harvested.alerts.push_back(std::move(alert));
    return harvested;
}

std::vector<Harvest> harvests_of(std::uint64_t& next, std::int64_t pairs) {
    std::vector<Harvest> harvests(1);
    harvests[0].feed = gazette();
    harvests[0].state.id = gazette().id;
    for (std::int64_t i = 0; i < pairs; ++i)
        harvests[0].articles.push_back(pair_of(next++));
    return harvests;
}

void journal(benchmark::State& state, const store::Journal::Encoder& encoder) {
    const Folder folder;
    const SystemClock clock;
    const auto opened = store::Journal::open(folder.path(), clock, encoder);
    if (!opened) return state.SkipWithError(opened.error().line().c_str());
    std::uint64_t next = 0;
    for (auto _ : state) {
        state.PauseTiming();
        const std::vector<Harvest> harvests = harvests_of(next, state.range(0));
        state.ResumeTiming();
        if (const auto committed = (*opened)->commit(harvests); !committed)
            return state.SkipWithError(committed.error().line().c_str());
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}

void journal_commit(benchmark::State& state) {
    const std::string payload(kPayload, 'p');
    journal(state, [&](const Alert&) { return payload; });
}

/// As the daemon does it, with the JSON of each alert written inside the commit.
void journal_commit_with_payload(benchmark::State& state) {
    journal(state, [](const Alert& alert) { return publish::encode_payload(alert, "bench"); });
}

/// The same rows in the same tables, with nothing asked, numbered or remembered.
void plain_sqlite_insert(benchmark::State& state) {
    const Folder folder;
    store::Database database{folder.path() / "plain.db", store::Access::read_write};
    database.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -8000");
    store::migrate(database);
    database.run("INSERT INTO topic_head(topic, seq) VALUES('alert/levant/normal/', 0)");
    database.run(
        "INSERT INTO feed(row, id, url, title, etag, last_modified, body_hash, last_poll, last_success, "
        "next_poll,"
        " failures, last_error, articles_seen, retired, not_before, gone_since)"
        " VALUES(1, x'00', 'https://gazette.example/feed', '', '', '', x'00', 0, 0, 0, 0, '', 0, 0, 0, 0)");
    store::Statement feed{database, "UPDATE feed SET next_poll = ?1 WHERE row = 1"};
    store::Statement article{
        database,
        "INSERT INTO article(id, revision, feed, archived, language, url, title, summary, content, more)"
        " VALUES(?1, ?2, 1, 0, 'en', ?3, ?4, ?5, ?6, ?7)"};
    store::Statement seen{database, "INSERT INTO seen(feed, at, hashes) VALUES(1, 0, ?1)"};
    store::Statement alert{
        database,
        "INSERT INTO alert(seq, id, article, prev, topic, at, payload) VALUES(?1, ?2, ?3, ?4, 1, 0, ?5)"};
    store::Statement topic{database, "UPDATE topic_head SET seq = ?1 WHERE row = 1"};
    const std::string payload(kPayload, 'p');
    std::uint64_t next = 0;
    std::uint64_t head = 0;
    for (auto _ : state) {
        state.PauseTiming();
        const std::vector<Harvest> harvests = harvests_of(next, state.range(0));
        std::vector<std::vector<Hash128>> hashes;
        for (const HarvestedArticle& one : harvests[0].articles)
            hashes.push_back(store::hashes_of(one.keys));
        state.ResumeTiming();
        store::Transaction transaction{database};
        feed.bind(1, head).run();
        for (std::size_t i = 0; i < hashes.size(); ++i) {
            const HarvestedArticle& one = harvests[0].articles[i];
            article.bind(1, one.keys.id)
                .bind(2, one.keys.revision)
                .bind(3, one.article.url)
                .bind(4, one.article.title);
            article.bind(5, one.article.summary)
                .bind(6, one.article.content)
                .bind(7, one.article.own_id)
                .run();
            seen.bind_blob(1, hashes[i].data(), hashes[i].size() * sizeof(Hash128)).run();
            ++head;
            alert.bind(1, head)
                .bind(2, one.alerts[0].id)
                .bind(3, one.keys.id)
                .bind(4, head - 1)
                .bind(5, payload)
                .run();
        }
        topic.bind(1, head).run();
        transaction.commit();
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}

/// One question of a worker: four look-ups at most, among a million hashes.
void novelty(benchmark::State& state) {
    store::SeenSet seen;
    for (int i = 0; i < 1'000'000; ++i)
        seen.insert(hash128({std::to_string(i)}));
    std::vector<ArticleKeys> asked;
    for (std::uint64_t i = 0; i < 1024; ++i)
        asked.push_back(pair_of(i).keys);
    std::size_t next = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(store::novelty_of(asked[next++ % asked.size()],
                                                   [&](const Hash128& hash) { return seen.contains(hash); }));
    }
}

}  // namespace

BENCHMARK(plain_sqlite_insert)->Arg(1)->Arg(10)->Arg(100)->UseRealTime()->Unit(benchmark::kMicrosecond);
BENCHMARK(journal_commit)->Arg(1)->Arg(10)->Arg(100)->UseRealTime()->Unit(benchmark::kMicrosecond);
BENCHMARK(journal_commit_with_payload)
    ->Arg(1)
    ->Arg(10)
    ->Arg(100)
    ->UseRealTime()
    ->Unit(benchmark::kMicrosecond);
BENCHMARK(novelty);
BENCHMARK_MAIN();
