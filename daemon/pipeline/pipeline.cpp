#include "pipeline/pipeline.h"

#include <unistd.h>
#include <csignal>

#include <algorithm>
#include <deque>
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
#include "base/version.h"
#include "control/control_server.h"
#include "parse/parser.h"
#include "pipeline/control_api.h"
#include "pipeline/judge.h"
#include "pipeline/poller.h"
#include "pipeline/writer.h"
#include "publish/publisher.h"
#include "publish/wire.h"
#include "rules/rules.h"
#include "store/journal.h"

namespace newswatch {

namespace {

/// Documents may wait for a worker up to this many bytes; each transfer under way has its share reserved
/// before it starts.
constexpr std::size_t kDocumentRoom = std::size_t{256} << 20;
constexpr std::size_t kReservedPerTransfer = std::size_t{1} << 20;
/// Polls may wait for the writer up to this many bytes; then the workers wait, and with them the schedule.
constexpr std::size_t kPollRoom = std::size_t{64} << 20;
/// How many near matches are kept to be shown.
constexpr std::size_t kAlmostKept = 100;

/// One answer with what was known of its feed before.
struct Fetched {
    FetchAnswer answer{};
    FeedState state{};
};

std::size_t cost_of(const Fetched& fetched) {
    return 1024 + (fetched.answer.document ? fetched.answer.document->bytes.size() : 0);
}

std::size_t cost_of(const Judgement& poll) {
    std::size_t bytes = 1024;
    for (const HarvestedArticle& harvested : poll.harvest.articles) {
        bytes += 512 + harvested.article.title.size() + harvested.article.summary.size() +
                 harvested.article.content.size();
    }
    return bytes;
}

fetch::FetchLimits fetch_limits(const settings::Polling& polling) {
    fetch::FetchLimits limits;
    limits.allow_networks = polling.allow_networks;
    limits.allow_folders = polling.allow_folders;
    limits.proxy = polling.proxy;
    limits.user_agent = format("newswatch/{}", kVersion);
    if (!polling.contact.empty()) limits.user_agent += format(" (+{})", polling.contact);
    return limits;
}

schedule::PollBounds poll_bounds(const settings::Polling& polling) {
    return {.shortest = polling.shortest, .usual = polling.usual, .longest = polling.longest};
}

void log_findings(const std::vector<settings::Finding>& findings) {
    for (const settings::Finding& finding : findings) {
        const std::string line = settings::render_line(finding);
        switch (finding.severity) {
            case settings::Severity::error:
                log::error("settings", "{}", line);
                break;
            case settings::Severity::warning:
                log::warning("settings", "{}", line);
                break;
            case settings::Severity::note:
                log::debug("settings", "{}", line);
                break;
        }
    }
}

/// `1 feed`, `1,204 feeds`.
std::string counted(std::uint64_t number, std::string_view thing) {
    std::string digits = std::to_string(number);
    for (std::size_t at = digits.size(); at > 3; at -= 3)
        digits.insert(at - 3, ",");
    return format("{} {}{}", digits, thing, number == 1 ? "" : "s");
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
    void stop() override;
    std::string summary() override;
    const Error* fatal() const override;

  private:
    [[nodiscard]] Result<void> load_rules_and_feeds();
    [[nodiscard]] std::vector<Feed> read_feeds(std::vector<settings::Finding>& refused);
    void start_threads();
    void work();
    void report_poll(const Judgement& poll);
    void stored(std::vector<Judgement> polls, const store::Committed& committed);
    void fail_for_good(Error error);
    [[nodiscard]] std::shared_ptr<const InForce> in_force() const;
    [[nodiscard]] std::map<std::string, control::Handler> routes();
    [[nodiscard]] std::string status();

    const settings::Settings settings_;
    const Clock& clock_;
    const Time started_;
    const schedule::PollBounds bounds_;
    const parse::ParserRegistry parsers_;

    mutable std::mutex in_force_mutex_;
    std::shared_ptr<const InForce> in_force_;  // guarded by in_force_mutex_
    std::mutex reload_mutex_;                  // one reload at a time
    mutable std::mutex almost_mutex_;
    std::deque<AlmostAlert> almost_;  // guarded by almost_mutex_
    mutable std::mutex counts_mutex_;
    store::Journal::Counts counts_{};  // guarded by counts_mutex_; the writer keeps it
    mutable std::mutex fatal_mutex_;
    std::optional<Error> fatal_;  // guarded by fatal_mutex_

    std::unique_ptr<store::Journal> journal_;
    std::unique_ptr<store::JournalReader> publisher_reader_;  // publisher thread
    std::unique_ptr<store::JournalReader> control_reader_;    // control thread
    // The loop must not wait, so this queue refuses nothing: `Poller` asks for room before a transfer starts.
    BoundedQueue<Fetched> fetched_{std::numeric_limits<std::size_t>::max(),
                                   [](const Fetched& f) { return cost_of(f); }};
    BoundedQueue<Judgement> judged_{kPollRoom, [](const Judgement& poll) { return cost_of(poll); }};
    std::unique_ptr<publish::Publisher> publisher_;
    std::unique_ptr<Writer> writer_;
    std::vector<std::jthread> workers_;
    std::unique_ptr<Poller> poller_;
    std::unique_ptr<control::ControlServer> control_;
    bool stopped_{false};
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
    auto counts = journal_->counts();
    if (!counts) return tl::unexpected{counts.error()};
    counts_ = *counts;

    publish::AlertSource source{
        .alerts_after = [this](std::uint64_t after,
                               std::size_t limit) { return publisher_reader_->alerts_after(after, limit); },
        .head = [this] { return journal_->head(); }};
    auto publisher = publish::Publisher::start(settings_.publish.zeromq, settings_.publish.insecure,
                                               std::move(source), journal_->head().head, clock_);
    if (!publisher) return tl::unexpected{publisher.error()};
    publisher_ = *std::move(publisher);

    poller_ = std::make_unique<Poller>(
        clock_, bounds_,
        schedule::QueueLimits{.per_site = settings_.polling.per_site,
                              .budget_per_second = settings_.polling.budget_per_second},
        fetch_limits(settings_.polling), settings_.polling.at_once,
        [this](std::size_t under_way) {
            return fetched_.used() + under_way * kReservedPerTransfer < kDocumentRoom;
        },
        [this](FetchAnswer answer, FeedState state) {
            // Closed only after the loop has ended, so nothing is refused here.
            static_cast<void>(fetched_.push({.answer = std::move(answer), .state = std::move(state)}));
        });
    if (auto loaded = load_rules_and_feeds(); !loaded) return loaded;
    start_threads();
    auto control = control::ControlServer::start(settings_.control.socket, routes());
    if (!control) return tl::unexpected{control.error()};
    control_ = *std::move(control);
    return {};
}

std::vector<Feed> RunningPipeline::read_feeds(std::vector<settings::Finding>& refused) {
    settings::Read<std::vector<Feed>> feeds = settings::read_feeds(settings_.feeds);
    log_findings(feeds.findings);
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
    log_findings(next->rules.findings);
    next->refused = errors_of(next->rules.findings);
    std::vector<Feed> feeds = read_feeds(next->refused);
    next->rev = before ? before->rev + 1 : 1;
    next->loaded = clock_.now();
    publisher_->set_config_rev(next->rev);
    log::info("settings", "{} and {} are in force", counted(feeds.size(), "feed"),
              counted(next->rules.watchlists->watchlists().size(), "watchlist"));
    // The writer alone may use the journal once threads run; feeds that are known keep their state in the
    // queue.
    std::vector<FeedState> states;
    if (!before) {
        auto remembered = journal_->feed_states();
        if (remembered) states = *std::move(remembered);
    }
    {
        const std::lock_guard lock{in_force_mutex_};
        in_force_ = std::move(next);
    }
    poller_->set_feeds(std::move(feeds), std::move(states));
    return {};
}

void RunningPipeline::start_threads() {
    writer_ = std::make_unique<Writer>(
        *journal_, clock_, judged_,
        Writer::Retention{.keep_articles = settings_.archive.keep_articles,
                          .keep_alerts = settings_.archive.keep_alerts},
        [this](std::vector<Judgement> polls, const store::Committed& committed) {
            stored(std::move(polls), committed);
        },
        [this](Error error) { fail_for_good(std::move(error)); });
    writer_->start();
    const unsigned count = std::clamp(std::thread::hardware_concurrency(), 1U, 16U);
    for (unsigned i = 0; i < count; ++i)
        workers_.emplace_back([this] { work(); });
    poller_->start();
}

void RunningPipeline::work() {
    std::mt19937_64 random{std::random_device{}()};
    std::uniform_real_distribution<double> dice;
    while (std::optional<Fetched> fetched = fetched_.pop()) {
        const std::shared_ptr<const InForce> rules = in_force();
        const Jury jury{.parsers = parsers_,
                        .watchlists = *rules->rules.watchlists,
                        .novelty = [this](const ArticleKeys& keys) { return journal_->novelty(keys); },
                        .bounds = bounds_,
                        .first_poll_window = settings_.alerts.first_poll_window,
                        .burst = settings_.alerts.burst,
                        .dice = dice(random)};
        const std::string last_error = fetched->state.last_error;
        Judgement poll = judge(jury, std::move(fetched->answer), std::move(fetched->state), clock_.now());
        if (poll.harvest.state.last_error != last_error) report_poll(poll);
        // Refused only after the disk failed for good: the feeds are asked again by the next start.
        static_cast<void>(judged_.push(std::move(poll)));
    }
}

void RunningPipeline::report_poll(const Judgement& poll) {
    const Feed& feed = poll.harvest.feed;
    const FeedState& state = poll.harvest.state;
    if (state.last_error.empty()) {
        log::info("fetch", "feed \"{}\" <{}> answers again", feed.label(), feed.url);
    } else {
        log::warning("fetch", "feed \"{}\" <{}>: {}", feed.label(), feed.url, state.last_error);
    }
}

void RunningPipeline::stored(std::vector<Judgement> polls, const store::Committed& committed) {
    if (committed.alerts > 0) publisher_->wake();
    if (auto counts = journal_->counts()) {
        const std::lock_guard lock{counts_mutex_};
        counts_ = *counts;
    }
    std::vector<FeedState> states;
    states.reserve(polls.size());
    for (Judgement& poll : polls) {
        log::debug("store", "feed \"{}\": {} new articles", poll.harvest.feed.label(),
                   poll.outcome.new_articles);
        for (const std::string& problem : poll.problems) {
            log::debug("parse", "feed \"{}\" <{}>: {}", poll.harvest.feed.label(), poll.harvest.feed.url,
                       problem);
        }
        const std::lock_guard lock{almost_mutex_};
        for (AlmostAlert& near : poll.almost)
            almost_.push_front(std::move(near));
        if (almost_.size() > kAlmostKept) almost_.resize(kAlmostKept);
        states.push_back(std::move(poll.harvest.state));
    }
    if (committed.alerts > 0) {
        log::info("publish", "{} alerts journalled, the last one is number {}", committed.alerts,
                  committed.head);
    }
    poller_->finish(std::move(states));
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
    if (auto loaded = load_rules_and_feeds(); !loaded) {
        log::error("settings", "nothing was reloaded: {}", loaded.error().line());
        return reload_failed_json(loaded.error());
    }
    return reload_json(in_force()->refused);
}

std::string RunningPipeline::status() {
    StatusFacts facts{.instance = settings_.instance,
                      .started = started_,
                      .now = clock_.now(),
                      .head = journal_->head(),
                      .documents_waiting_bytes = fetched_.used(),
                      .polls_waiting_bytes = judged_.used(),
                      .publish = publisher_->endpoints()};
    const std::shared_ptr<const InForce> rules = in_force();
    facts.watchlists = rules->rules.watchlists->watchlists().size();
    facts.concepts = rules->rules.concepts.size();
    facts.config_rev = rules->rev;
    facts.config_loaded = rules->loaded;
    {
        const std::lock_guard lock{counts_mutex_};
        facts.counts = counts_;
    }
    return status_json(facts, poller_->snapshot(), rules->refused);
}

std::map<std::string, control::Handler> RunningPipeline::routes() {
    using control::ControlAnswer;
    using control::ControlRequest;
    return {
        {"GET /v1/status", [this](const ControlRequest&) { return ControlAnswer{.body = status()}; }},
        {"GET /v1/health",
         [this](const ControlRequest&) {
             return ControlAnswer{.body = health_json(poller_->snapshot(), in_force()->refused)};
         }},
        {"GET /v1/feeds",
         [this](const ControlRequest&) { return ControlAnswer{.body = feeds_json(poller_->snapshot())}; }},
        {"GET /v1/almost",
         [this](const ControlRequest&) {
             const std::lock_guard lock{almost_mutex_};
             return ControlAnswer{.body = almost_json({almost_.begin(), almost_.end()})};
         }},
        {"GET /v1/alerts/",
         [this](const ControlRequest& request) {
             return alert_answer(
                 control_reader_->alert_by_id(request.path.substr(request.path.rfind('/') + 1)));
         }},
        {"POST /v1/reload", [this](const ControlRequest&) { return ControlAnswer{.body = reload()}; }},
        {"POST /v1/poll",
         [this](const ControlRequest& request) {
             auto urls = urls_of(request.body);
             if (!urls) return control::refuse(400, "bad_request", urls.error().what, urls.error().help);
             const std::size_t asked = poller_->poll_now(*urls);
             if (asked == 0 && !urls->empty()) {
                 return control::refuse(404, "unknown_feed", "no feed of that address is watched",
                                        "`newswatchctl feeds list` shows the addresses");
             }
             return ControlAnswer{.body = poll_json(asked, *urls, poller_->snapshot(), clock_.now())};
         }},
    };
}

std::string RunningPipeline::summary() {
    const std::shared_ptr<const InForce> rules = in_force();
    const std::lock_guard lock{counts_mutex_};
    return format("{}, {}, {} today", counted(poller_->size(), "feed"),
                  counted(rules->rules.watchlists->watchlists().size(), "watchlist"),
                  counted(counts_.alerts_today, "alert"));
}

void RunningPipeline::stop() {
    if (stopped_) return;
    stopped_ = true;
    control_.reset();
    if (poller_) poller_->stop();
    fetched_.close();
    workers_.clear();  // joins: what was fetched is judged
    judged_.close();
    if (writer_) writer_->join();        // what was judged is journalled
    if (publisher_) publisher_->stop();  // what was journalled is published
}

}  // namespace

Result<std::unique_ptr<Pipeline>> Pipeline::start(settings::Settings settings, const Clock& clock) {
    auto pipeline = std::make_unique<RunningPipeline>(std::move(settings), clock);
    if (auto opened = pipeline->open(); !opened) return tl::unexpected{opened.error()};
    return pipeline;
}

}  // namespace newswatch
