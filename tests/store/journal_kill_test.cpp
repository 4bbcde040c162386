#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "samples.h"
#include "store/database.h"
#include "temporary_folder.h"

// What a crash may not do: FAULTS.md A 3, 6 and 10 in small.

namespace newswatch::store {
namespace {

/// What the child says through the pipe after each COMMIT.
struct Acknowledged {
    std::uint64_t head{0};
    Hash128 last_id{};
};

std::vector<HarvestedArticle> batch(int round, int number) {
    std::vector<HarvestedArticle> articles;
    for (int i = 0; i < 1 + number % 7; ++i) {
        const std::string own = newswatch::format("{}.{}.{}", round, number, i);
        HarvestedArticle one = article(kGazette, own, "text " + own);
        one.article.content.assign(static_cast<std::size_t>(number % 5) * 3000, 'x');  // several pages
        one.alerts = {alert("levant", one), alert("maghreb", one)};
        articles.push_back(std::move(one));
    }
    return articles;
}

/// Commits until it is killed.
[[noreturn]] void commit_for_ever(const std::filesystem::path& folder, int round, int pipe) {
    const SystemClock clock;
    auto journal = open_journal(folder, clock);
    if (!journal) ::_exit(3);
    for (int number = 0;; ++number) {
        const auto articles = batch(round, number);
        const auto committed = commit(**journal, articles);
        if (!committed) ::_exit(4);
        const Acknowledged said{.head = committed->head, .last_id = articles.back().alerts.back().id};
        if (::write(pipe, &said, sizeof said) != sizeof said) ::_exit(5);
        if (number % 20 == 19 && !(*journal)->retire(std::chrono::hours{1}, std::chrono::hours{1}))
            ::_exit(6);
    }
}

/// Runs the child for `life` and kills it; everything it had acknowledged.
std::vector<Acknowledged> run_and_kill(const std::filesystem::path& folder, int round,
                                       std::chrono::milliseconds life) {
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe(ends.data()), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(ends[0]);
        commit_for_ever(folder, round, ends[1]);
    }
    ::close(ends[1]);
    std::vector<Acknowledged> acknowledged;
    Acknowledged said;
    // The life begins with its first commit, so that a slow machine does not kill it before there is
    // anything.
    if (::read(ends[0], &said, sizeof said) == sizeof said) acknowledged.push_back(said);
    std::this_thread::sleep_for(life);
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << "the child ended by itself with " << WEXITSTATUS(status);
    while (::read(ends[0], &said, sizeof said) == sizeof said)
        acknowledged.push_back(said);
    ::close(ends[0]);
    return acknowledged;
}

/// Numbers without holes, ids once, `previous` the chain of each topic, every alert with its seen article.
void expect_invariants(const std::filesystem::path& folder) {
    Database raw{folder / "newswatch.db", Access::read_only};
    EXPECT_EQ(raw.text("PRAGMA integrity_check"), "ok");
    EXPECT_EQ(raw.number("SELECT count(*) FROM alert"), raw.number("SELECT count(DISTINCT id) FROM alert"));
    EXPECT_EQ(raw.number("SELECT count(*) FROM alert"), 2 * raw.number("SELECT count(*) FROM article"));
    EXPECT_EQ(raw.number("SELECT count(*) FROM seen"), raw.number("SELECT count(*) FROM article"));
    Statement alerts{raw, "SELECT seq, prev, topic FROM alert ORDER BY seq"};
    std::map<std::int64_t, std::int64_t> last;
    for (std::int64_t expected = 1; alerts.step(); ++expected) {
        ASSERT_EQ(alerts.number(0), expected);
        std::int64_t& previous = last[alerts.number(2)];
        ASSERT_EQ(alerts.number(1), previous) << "at " << expected;
        previous = expected;
    }
}

TEST(JournalKill, no_acknowledged_commit_is_lost_and_nothing_is_doubled_by_SIGKILL) {
    const TemporaryFolder folder;
    const ManualClock clock{kNoon};
    std::minstd_rand random{20260314};
    std::string stream;
    for (int round = 0; round < 20; ++round) {
        const auto acknowledged =
            run_and_kill(folder.path(), round, std::chrono::milliseconds{random() % 60});
        ASSERT_FALSE(acknowledged.empty());
        const auto journal = open_journal(folder.path(), clock);
        ASSERT_TRUE(journal) << journal.error().line();
        ASSERT_GE((*journal)->head().head, acknowledged.back().head);
        if (round == 0) stream = (*journal)->head().stream;
        ASSERT_EQ((*journal)->head().stream, stream) << "nothing was lost, so the stream goes on";
        const auto reader = JournalReader::open(folder.path()).value();
        for (const Acknowledged& said : acknowledged) {
            const auto found = reader->alert_by_id(said.last_id.text());
            ASSERT_TRUE(found) << found.error().line();
            ASSERT_EQ(found->number, said.head);
        }
    }
    expect_invariants(folder.path());
}

}  // namespace
}  // namespace newswatch::store
