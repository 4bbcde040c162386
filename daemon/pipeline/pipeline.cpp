#include "pipeline/pipeline.h"

#include <unistd.h>
#include <csignal>

#include <algorithm>
#include <atomic>
#include <iterator>
#include <limits>
#include <mutex>
#include <random>
#include <thread>
#include <utility>
#include <vector>

#include "base/bounded_queue.h"
#include "base/format.h"
#include "base/log.h"
#include "base/paths.h"
#include "base/wording.h"
#include "control/control_server.h"
#include "parse/parser.h"
#include "pipeline/archive_api.h"
#include "pipeline/archive_words.h"
#include "pipeline/control_api.h"
#include "pipeline/control_routes.h"
#include "pipeline/earlier_texts.h"
#include "pipeline/fetch_limits.h"
#include "pipeline/indexer.h"
#include "pipeline/judge.h"
#include "pipeline/judge_page.h"
#include "pipeline/poller.h"
#include "pipeline/recent_almost.h"
#include "pipeline/reloader.h"
#include "pipeline/reports.h"
#include "pipeline/writer.h"
#include "publish/publisher.h"
#include "publish/replay_server.h"
#include "publish/wire.h"
#include "rules/rules.h"
#include "service/progress.h"
#include "service/service.h"
#include "store/backup.h"
#include "store/journal.h"

namespace newswatch {

namespace {

/// Documents may wait for a worker up to this many bytes; each transfer under way has its share reserved
/// before it starts.
constexpr std::size_t kDocumentRoom = std::size_t{256} << 20;
constexpr std::size_t kReservedPerTransfer = std::size_t{1} << 20;
/// Polls may wait for the writer up to this many bytes; then the workers wait, and with them the schedule.
constexpr std::size_t kPollRoom = std::size_t{64} << 20;

/// One answer with what was known of its feed before.
struct Fetched {
    FetchAnswer answer{};
    FeedState state{};
    schedule::Tariff tariff{};
    std::optional<PageWish> page{};  ///< the answer is for this page, not for a feed
};

/// For how long the work of a thread may stand still before the daemon counts as hung. The control thread
/// answers for a reload of a million watchlists too.
constexpr auto kPatience = std::chrono::seconds{30};
constexpr auto kControlPatience = std::chrono::minutes{5};
constexpr auto kIndexPatience = std::chrono::minutes{10};

std::size_t cost_of(const Fetched& fetched) {
    return 1024 + (fetched.answer.document ? fetched.answer.document->bytes.size() : 0);
}

std::size_t cost_of(const Judgement& poll) {
    std::size_t bytes = 1024;
    for (const HarvestedArticle& harvested : poll.harvest.articles) {
        bytes += 512 + harvested.article.title.size() + harvested.article.summary.size() +
                 harvested.article.content.size();
    }
    if (poll.harvest.page && poll.harvest.page->article)
        bytes += 2 * poll.harvest.page->article->content.size();
    return bytes;
}

schedule::PollBounds poll_bounds(const settings::Polling& polling) {
    return {.shortest = polling.shortest, .usual = polling.usual, .longest = polling.longest};
}

std::vector<settings::Finding> errors_of(std::vector<settings::Finding> findings) {
    std::erase_if(findings,
                  [](const auto& finding) { return finding.severity != settings::Severity::error; });
    return findings;
}

/// What is in force: swapped whole on reload.
struct InForce {
    rules::Rules rules{};
    std::vector<settings::Finding> refused{};
    std::size_t feeds{0};
    std::uint64_t rev{0};
    Time loaded{};
};

class RunningPipeline final : public Pipeline {
  public:
    RunningPipeline(settings::Settings settings, const Clock& clock)
        : settings_{std::move(settings)},
          clock_{clock},
          started_{clock.now()},
          bounds_{poll_bounds(settings_.polling)},
          parsers_{
              parse::ParserRegistry::load(settings_.plugins.empty() ? plugin_folder() : settings_.plugins)} {}

    ~RunningPipeline() override { stop(); }

    Result<void> open();

    std::string reload() override;
    void reload_soon() override { reloader_.ask(); }
    std::vector<std::string> stuck() override;
    void stop() override;
    std::string summary() override;
    const Error* fatal() const override;

  private:
    [[nodiscard]] Result<void> start_replay();
    [[nodiscard]] Result<void> open_archive();
    [[nodiscard]] Result<void> load_rules_and_feeds();
    [[nodiscard]] std::vector<Feed> read_feeds(std::vector<settings::Finding>& refused);
    void start_threads();
    void work(service::Pulse& pulse);
    void stored(std::vector<Judgement> polls, const store::Committed& committed);
    void fail_for_good(Error error);
    [[nodiscard]] std::shared_ptr<const InForce> in_force() const;
    [[nodiscard]] StatusFacts facts() const;

    const settings::Settings settings_;
    const Clock& clock_;
    const Time started_;
    const schedule::PollBounds bounds_;
    const parse::ParserRegistry parsers_;

    service::Progress progress_{clock_};
    service::Pulse& loop_pulse_{progress_.add("loop that asks the feeds", kPatience)};
    service::Pulse& writer_pulse_{progress_.add("writer of the journal", kPatience)};
    service::Pulse& publisher_pulse_{progress_.add("publisher", kPatience)};
    service::Pulse& replay_pulse_{progress_.add("replay", kPatience)};
    service::Pulse& control_pulse_{progress_.add("control API", kControlPatience)};
    // At the lowest priority, so beside a full load each step may take long.
    service::Pulse& indexer_pulse_{progress_.add("index of the archive", kIndexPatience)};

    mutable std::mutex in_force_mutex_;
    std::shared_ptr<const InForce> in_force_;  // guarded by in_force_mutex_
    std::mutex reload_mutex_;                  // one reload at a time
    RecentAlmost almost_;
    mutable std::mutex fatal_mutex_;
    std::optional<Error> fatal_;  // guarded by fatal_mutex_

    std::unique_ptr<store::Journal> journal_;
    std::unique_ptr<store::JournalReader> publisher_reader_;  // publisher thread
    std::unique_ptr<store::JournalReader> control_reader_;    // control thread
    std::unique_ptr<store::AlertReader> replay_reader_;       // replay thread
    std::unique_ptr<store::ArchiveReader> archive_;           // control thread
    // The loop must not wait, so this queue refuses nothing: `Poller` asks for room before a transfer starts.
    BoundedQueue<Fetched> fetched_{std::numeric_limits<std::size_t>::max(),
                                   [](const Fetched& f) { return cost_of(f); }};
    BoundedQueue<Judgement> judged_{kPollRoom, [](const Judgement& poll) { return cost_of(poll); }};
    std::unique_ptr<publish::Publisher> publisher_;
    std::unique_ptr<publish::ReplayServer> replay_;
    std::unique_ptr<Indexer> indexer_;
    std::unique_ptr<Writer> writer_;
    std::vector<std::jthread> workers_;
    std::unique_ptr<Poller> poller_;
    std::unique_ptr<control::ControlServer> control_;
    Reloader reloader_{[this] { static_cast<void>(reload()); }};  // refusals are logged, and in the status
    bool stopped_{false};
    std::atomic<bool> ending_{false};  // what takes long on the control thread looks at it
};

Result<void> RunningPipeline::open() {
    for (const Error& problem : parsers_.problems())
        log::error("parse", "plug-in left out: {}", problem.line());
    if (parsers_.names().empty()) {
        return fail(ErrorKind::unavailable, "no parser plug-in could be loaded, so no feed can be read",
                    (settings_.plugins.empty() ? plugin_folder() : settings_.plugins).string(),
                    "install newswatch's plug-ins there, or name their folder with `plugins:` in " +
                        settings_.file.string());
    }
    const auto encode = [instance = settings_.instance](const Alert& alert) {
        return publish::encode_payload(alert, instance);
    };
    auto journal = store::Journal::open(settings_.archive.folder, clock_, encode);
    if (!journal) return tl::unexpected{journal.error()};
    journal_ = *std::move(journal);
    for (auto* reader : {&publisher_reader_, &control_reader_}) {
        auto opened = store::JournalReader::open(settings_.archive.folder);
        if (!opened) return tl::unexpected{opened.error()};
        *reader = *std::move(opened);
    }
    if (auto opened = open_archive(); !opened) return opened;

    publish::AlertSource source{
        .alerts_after = [this](std::uint64_t after,
                               std::size_t limit) { return publisher_reader_->alerts_after(after, limit); },
        // Asked for with every heartbeat, so at least once a second.
        .head =
            [this] {
                publisher_pulse_.beat();
                return journal_->head();
            }};
    auto publisher = publish::Publisher::start(settings_.publish.zeromq, settings_.publish.insecure,
                                               std::move(source), journal_->head().head, clock_);
    if (!publisher) return tl::unexpected{publisher.error()};
    publisher_ = *std::move(publisher);
    if (auto replay = start_replay(); !replay) return replay;

    poller_ = std::make_unique<Poller>(
        clock_, bounds_,
        schedule::QueueLimits{.per_site = settings_.polling.per_site,
                              .budget_per_second = settings_.polling.budget_per_second},
        schedule::PageLimits{.budget_per_second = settings_.polling.page_budget_per_second},
        fetch_limits(settings_.polling), settings_.polling.at_once,
        [this](std::size_t under_way) {
            return fetched_.used() + under_way * kReservedPerTransfer < kDocumentRoom;
        },
        [this](FetchAnswer answer, FeedState state, const schedule::Tariff& tariff) {
            // Closed only after the loop has ended, so nothing is refused here.
            static_cast<void>(
                fetched_.push({.answer = std::move(answer), .state = std::move(state), .tariff = tariff}));
        },
        [this](FetchAnswer answer, PageWish wish, FeedState state) {
            static_cast<void>(fetched_.push(
                {.answer = std::move(answer), .state = std::move(state), .page = std::move(wish)}));
        });
    if (auto loaded = load_rules_and_feeds(); !loaded) return loaded;
    start_threads();
    auto routes = archive_routes({.archive = *archive_,
                                  .clock = clock_,
                                  .rules =
                                      [this] {
                                          const auto all = in_force();
                                          return std::shared_ptr<const rules::Rules>{all, &all->rules};
                                      },
                                  .feeds = [this] { return poller_->snapshot(); },
                                  .copy =
                                      [this] {
                                          return store::copy_journal(settings_.archive.folder, [this] {
                                              control_pulse_.beat();
                                              return !ending_;
                                          });
                                      },
                                  .feeds_folder = settings_.feeds});
    routes.merge(control_routes({.poller = *poller_,
                                 .reader = *control_reader_,
                                 .clock = clock_,
                                 .facts = [this] { return facts(); },
                                 .refused = [this] { return in_force()->refused; },
                                 .almost = [this] { return almost_.list(); },
                                 .reload = [this] { return reload(); }}));
    for (auto& [route, handler] : routes) {
        handler = [this, answer = std::move(handler)](const control::ControlRequest& request) {
            const service::Working working{control_pulse_};
            return answer(request);
        };
    }
    auto control = control::ControlServer::start(settings_.control.socket, std::move(routes));
    if (!control) return tl::unexpected{control.error()};
    control_ = *std::move(control);
    return {};
}

Result<void> RunningPipeline::start_replay() {
    if (settings_.publish.replay.empty()) return {};
    auto reader = store::AlertReader::open(settings_.archive.folder);
    if (!reader) return tl::unexpected{reader.error()};
    replay_reader_ = *std::move(reader);
    const auto alerts_of = [this](std::uint64_t from, std::uint64_t until, const std::string& prefix,
                                  std::size_t limit) -> Result<publish::ReplaySlice> {
        auto slice = replay_reader_->alerts_of(
            {.from = from, .until = until, .prefixes = std::span{&prefix, 1}, .limit = limit});
        if (!slice) return tl::unexpected{slice.error()};
        return publish::ReplaySlice{
            .alerts = std::move(slice->alerts), .next = slice->next, .head = std::move(slice->head)};
    };
    auto replay = publish::ReplayServer::start(settings_.publish.replay, settings_.publish.insecure,
                                               {.alerts_of = alerts_of,
                                                .head = [this] { return journal_->head(); },
                                                .alive = [this] { replay_pulse_.beat(); }});
    if (!replay) return tl::unexpected{replay.error()};
    replay_ = *std::move(replay);
    return {};
}

Result<void> RunningPipeline::open_archive() {
    auto archive = store::ArchiveReader::open(settings_.archive.folder);
    if (!archive) return tl::unexpected{archive.error()};
    archive_ = *std::move(archive);
    auto index = store::ArticleIndex::open(settings_.archive.folder, std::string{kArchiveCut}, archive_words);
    if (!index) {  // costs searches only
        log::warning("store", "articles cannot be searched for: {}", index.error().line());
        return {};
    }
    indexer_ = std::make_unique<Indexer>(
        *std::move(index), [this] { return judged_.used() > 0; }, indexer_pulse_);
    return {};
}

std::vector<Feed> RunningPipeline::read_feeds(std::vector<settings::Finding>& refused) {
    settings::Read<std::vector<Feed>> feeds = settings::read_feeds(settings_.feeds);
    report_findings(feeds.findings);
    for (settings::Finding& finding : errors_of(std::move(feeds.findings)))
        refused.push_back(std::move(finding));
    if (feeds.value.empty()) {
        log::warning("settings", "{}: no feeds to watch; add an address to a file there",
                     settings_.feeds.string());
    }
    return std::move(feeds.value);
}

Result<void> RunningPipeline::load_rules_and_feeds() {
    const std::shared_ptr<const InForce> before = in_force();
    auto next = std::make_shared<InForce>();
    auto rules = rules::load(settings_, clock_.now(), before ? &before->rules : nullptr);
    if (!rules) return tl::unexpected{rules.error()};
    next->rules = *std::move(rules);
    report_findings(next->rules.findings);
    next->refused = errors_of(next->rules.findings);
    std::vector<Feed> feeds = read_feeds(next->refused);
    next->rev = before ? before->rev + 1 : 1;
    next->loaded = clock_.now();
    publisher_->set_config_rev(next->rev);
    log::info("settings", "{} and {} are in force", counted(feeds.size(), "feed"),
              counted(next->rules.watchlists->size(), "watchlist"));
    next->feeds = feeds.size();
    // The writer alone may use the journal once threads run; feeds that are known keep their state in the
    // queue.
    std::vector<FeedState> states;
    std::vector<PageWish> pages;
    if (!before) {
        auto remembered = journal_->feed_states();
        if (remembered) states = *std::move(remembered);
        if (auto waiting = journal_->page_wishes()) pages = *std::move(waiting);
    }
    {
        const std::lock_guard lock{in_force_mutex_};
        in_force_ = std::move(next);
    }
    poller_->set_feeds(std::move(feeds), std::move(states));
    if (!pages.empty()) poller_->want_pages(std::move(pages));
    return {};
}

void RunningPipeline::start_threads() {
    writer_ = std::make_unique<Writer>(
        *journal_, clock_, judged_,
        Writer::Retention{.keep_articles = settings_.archive.keep_articles,
                          .keep_alerts = settings_.archive.keep_alerts,
                          .size = settings_.archive.size},
        [this](std::vector<Judgement> polls, const store::Committed& committed) {
            stored(std::move(polls), committed);
        },
        [this](Error error) { fail_for_good(std::move(error)); }, writer_pulse_);
    writer_->start();
    if (indexer_) indexer_->start();
    const unsigned count = std::clamp(std::thread::hardware_concurrency(), 1U, 16U);
    for (unsigned i = 0; i < count; ++i) {
        service::Pulse& pulse = progress_.add(format("worker {}", i + 1), kPatience);
        workers_.emplace_back([this, &pulse] { work(pulse); });
    }
    poller_->start();
    reloader_.start();
}

void RunningPipeline::work(service::Pulse& pulse) {
    EarlierTexts earlier{settings_.archive.folder};
    std::mt19937_64 random{std::random_device{}()};
    std::uniform_real_distribution<double> dice;
    while (std::optional<Fetched> fetched = fetched_.pop()) {
        pulse.beat();
        const std::shared_ptr<const InForce> rules = in_force();
        const Jury jury{
            .parsers = parsers_,
            .watchlists = *rules->rules.watchlists,
            .novelty = [this](const ArticleKeys& keys) { return journal_->novelty(keys); },
            .earlier_text = [&earlier](const FeedId& feed,
                                       const Hash128& article) { return earlier.of(feed, article); },
            .bounds = bounds_,
            .tariff = fetched->tariff,
            .first_poll_window = settings_.alerts.first_poll_window,
            .burst = settings_.alerts.burst,
            .dice = dice(random)};
        if (fetched->page) {
            static_cast<void>(judged_.push(judge_page(
                jury, std::move(fetched->answer), *std::move(fetched->page), fetched->state, clock_.now())));
            continue;
        }
        const std::string last_error = fetched->state.last_error;
        const std::string moved_to{fetched->state.moved_to()};
        Judgement poll = judge(jury, std::move(fetched->answer), std::move(fetched->state), clock_.now());
        if (poll.harvest.state.last_error != last_error) report_health(poll);
        if (poll.harvest.state.moved_to() != moved_to) report_move(poll);
        // From here it may wait for the writer, which has a pulse of its own.
        pulse.rest();
        // Refused only after the disk failed for good: the feeds are asked again by the next start.
        static_cast<void>(judged_.push(std::move(poll)));
    }
}

void RunningPipeline::stored(std::vector<Judgement> polls, const store::Committed& committed) {
    if (committed.alerts > 0) publisher_->wake();
    if (indexer_) indexer_->wake();
    std::vector<AlmostAlert> almost;
    std::vector<FeedState> states;
    states.reserve(polls.size());
    std::vector<PageWish> pages;
    for (Judgement& poll : polls) {
        if (poll.harvest.page) {
            report_page(poll);
            if (poll.harvest.page->again) pages.push_back(std::move(poll.harvest.page->wish));
            continue;
        }
        std::move(poll.harvest.pages.begin(), poll.harvest.pages.end(), std::back_inserter(pages));
        report_stored(poll, settings_.alerts.burst);
        std::move(poll.almost.begin(), poll.almost.end(), std::back_inserter(almost));
        states.push_back(std::move(poll.harvest.state));
    }
    almost_.add(std::move(almost));
    if (committed.alerts > 0) {
        log::info("publish", "{} journalled, the last one is number {}", counted(committed.alerts, "alert"),
                  committed.head);
    }
    poller_->finish(std::move(states));
    if (!pages.empty()) poller_->want_pages(std::move(pages));
}

void RunningPipeline::fail_for_good(Error error) {
    log::error("store", "{}", error.line());
    {
        const std::lock_guard lock{fatal_mutex_};
        fatal_ = std::move(error);
    }
    judged_.close();              // nothing more can be journalled: workers and the schedule come to rest
    ::kill(::getpid(), SIGTERM);  // main waits for signals
}

std::shared_ptr<const InForce> RunningPipeline::in_force() const {
    const std::lock_guard lock{in_force_mutex_};
    return in_force_;
}

const Error* RunningPipeline::fatal() const {
    const std::lock_guard lock{fatal_mutex_};
    return fatal_ ? &*fatal_ : nullptr;
}

std::string RunningPipeline::reload() {
    const std::lock_guard lock{reload_mutex_};
    service::reloading();
    const auto done = [this](std::string answer) {
        service::ready(summary());
        return answer;
    };
    if (auto loaded = load_rules_and_feeds(); !loaded) {
        log::error("settings", "nothing was reloaded: {}", loaded.error().line());
        return done(reload_failed_json(loaded.error()));
    }
    return done(reload_json(in_force()->refused));
}

StatusFacts RunningPipeline::facts() const {
    const std::shared_ptr<const InForce> rules = in_force();
    return {.instance = settings_.instance,
            .started = started_,
            .now = clock_.now(),
            .head = journal_->head(),
            .watchlists = rules->rules.watchlists->size(),
            .concepts = rules->rules.concepts.size(),
            .counts = journal_->counts(),
            .documents_waiting_bytes = fetched_.used(),
            .polls_waiting_bytes = judged_.used(),
            .config_rev = rules->rev,
            .config_loaded = rules->loaded,
            .publish = publisher_->endpoints(),
            .replay = replay_ ? replay_->endpoints() : std::vector<std::string>{}};
}

std::string RunningPipeline::summary() {
    const std::shared_ptr<const InForce> rules = in_force();
    return format("{}, {}, {} today", counted(rules->feeds, "feed"),
                  counted(rules->rules.watchlists->size(), "watchlist"),
                  counted(journal_->counts().alerts_today, "alert"));
}

std::vector<std::string> RunningPipeline::stuck() {
    // The loop rests in epoll for as long as nothing is due, so it is asked whether it still comes round.
    if (loop_pulse_.rests()) {
        loop_pulse_.beat();
        poller_->post([this] { loop_pulse_.rest(); });
    }
    return progress_.stuck();
}

void RunningPipeline::stop() {
    if (stopped_) return;
    stopped_ = true;
    ending_ = true;
    reloader_.stop();
    control_.reset();
    if (indexer_) indexer_->stop();
    if (poller_) poller_->stop();
    fetched_.close();
    workers_.clear();  // joins: what was fetched is judged
    judged_.close();
    if (writer_) writer_->join();        // what was judged is journalled
    if (publisher_) publisher_->stop();  // what was journalled is published
    if (replay_) replay_->stop();
}

}  // namespace

Result<std::unique_ptr<Pipeline>> Pipeline::start(settings::Settings settings, const Clock& clock) {
    auto pipeline = std::make_unique<RunningPipeline>(std::move(settings), clock);
    if (auto opened = pipeline->open(); !opened) return tl::unexpected{opened.error()};
    return pipeline;
}

}  // namespace newswatch
