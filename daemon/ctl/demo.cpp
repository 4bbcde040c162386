#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include "base/format.h"
#include "base/paths.h"
#include "base/wording.h"
#include "ctl/alert_view.h"
#include "ctl/daemon_api.h"
#include "ctl/demo_daemon.h"
#include "ctl/demo_folder.h"
#include "ctl/demo_origin.h"
#include "ctl/demo_watch.h"
#include "ctl/duration.h"
#include "ctl/interrupt.h"
#include "ctl/verbs.h"

namespace newswatch::ctl {

namespace {

using nlohmann::json;
using std::chrono::steady_clock;

constexpr std::chrono::seconds kPatience{60};      // for the expected alerts
constexpr std::chrono::seconds kStartTime{30};     // for the daemon to be ready
constexpr std::chrono::milliseconds kGlance{100};  // how soon Ctrl-C is noticed
constexpr std::size_t kNearMissesShown = 4;

struct DemoOptions {
    std::filesystem::path folder{"demo"};
    bool once{false};
    bool clean{false};
};

/// What the daemon says of its progress.
struct Progress {
    bool all_polled{false};
    std::uint64_t feeds{0};
    std::uint64_t ill{0};
    std::uint64_t articles{0};
    std::uint64_t head{0};
    bool operator==(const Progress&) const = default;
};

Progress read_progress(const json& status) {
    const json& feeds = part_of(status, "feeds");
    return {.all_polled = number_of(feeds, "total") > 0 && number_of(feeds, "new") == 0,
            .feeds = number_of(feeds, "total"),
            .ill = number_of(feeds, "ill"),
            .articles = number_of(status, "articles"),
            .head = number_of(status, "head")};
}

/// One run of the demo, from the first line it prints to the last.
class Demo {
  public:
    Demo(Console& console, const DemoOptions& options, const DemoFolder& folder, DemoOrigin& origin,
         DemoDaemon& daemon, DemoWatch& watch)
        : console_{console},
          options_{options},
          folder_{folder},
          origin_{origin},
          daemon_{daemon},
          watch_{watch} {
        settings_.control.socket = folder.sockets() / "control.sock";
    }

    Exit run(const Interrupt& interrupt) {
        if (!connect(interrupt) || !collect(interrupt)) return end(interrupt);
        show_result();
        if (options_.once) return answer_once();
        show_next_commands();
        while (!interrupt.asked() && !console_.reader_gone() && daemon_.running())
            follow();
        return end(interrupt);
    }

  private:
    /// Waits for the first heartbeat: then no alert can be missed, and the feeds may be read.
    bool connect(const Interrupt& interrupt) {
        const auto deadline = steady_clock::now() + kStartTime;
        while (!watch_.connected()) {
            if (interrupt.asked() || !daemon_.running() || steady_clock::now() > deadline) return false;
            if (!take(kGlance)) return false;
        }
        origin_.open();
        opened_ = steady_clock::now();
        return true;
    }

    /// Until every feed was polled and nothing more comes; with `--once` until all expected alerts are there.
    bool collect(const Interrupt& interrupt) {
        const auto deadline = opened_ + kPatience;
        std::optional<Progress> before;
        while (steady_clock::now() < deadline) {
            if (interrupt.asked() || !daemon_.running()) return false;
            if (!take(kGlance)) return false;
            const Result<json> status = ask(settings_, "GET", "/v1/status");
            if (!status) continue;  // busy with the feeds: it will answer, or its end is seen above
            progress_ = read_progress(*status);
            const bool settled =
                progress_.all_polled && progress_ == before && watch_.last_number() >= progress_.head;
            if (settled && (!options_.once || watch_.missing().empty())) return true;
            if (progress_ != before) changed_ = steady_clock::now();
            before = progress_;
        }
        return true;  // what has come by now is shown; `answer_once` names what has not
    }

    /// Takes everything that is there. False where the daemon cannot be heard any more.
    bool take(std::chrono::milliseconds wait) {
        while (true) {
            const Result<std::optional<std::string>> payload = watch_.next(wait);
            if (!payload) {
                console_.complain(payload.error());
                return false;
            }
            if (!*payload) return true;
            alerts_.push_back(**payload);
            wait = std::chrono::milliseconds{0};
        }
    }

    void print_alerts() {
        const Time now = SystemClock{}.now();
        for (const std::string& payload : alerts_) {
            const json alert = json::parse(payload, nullptr, false);
            console_.out << alert_block(alert, now, console_) << '\n';
            if (example_.empty()) example_ = text_of(alert, "id");
        }
        console_.out << std::flush;
        alerts_.clear();
    }

    void show_result() {
        const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(changed_ - opened_);
        console_.out << format(" {}  polled {}, {}, {:.1f} s\n\n", local_clock(SystemClock{}.now()),
                               counted(progress_.feeds, "feed"), counted(progress_.articles, "article"),
                               static_cast<double>(took.count()) / 1000.0);
        if (progress_.ill > 0) {
            console_.complain(format("{} could not be read: see {}", counted(progress_.ill, "feed"),
                                     folder_.log().native()));
        }
        show_refused();
        print_alerts();
        show_near_misses();
    }

    void show_near_misses() {
        const Result<json> answer = ask(settings_, "GET", "/v1/almost");
        if (!answer) return console_.complain(answer.error());
        std::size_t shown = 0;
        for (const json& entry : part_of(*answer, "almost")) {
            if (shown == kNearMissesShown) break;
            console_.out << near_miss(entry, console_);
            ++shown;
        }
        console_.out << (shown == 0 ? "" : "   more of these:  newswatchctl almost\n\n") << std::flush;
    }

    /// A watchlist that somebody edited and broke brings no alerts: that must not look like a fault of the
    /// demo.
    void show_refused() {
        const Result<json> status = ask(settings_, "GET", "/v1/status");
        if (!status) return console_.complain(status.error());
        for (const json& finding : part_of(part_of(*status, "config"), "refused")) {
            console_.complain(format("{}/{}:{}:{}: {} (newswatchctl check tells more)",
                                     folder_.path().native(), text_of(finding, "file"),
                                     number_of(finding, "line"), number_of(finding, "column"),
                                     text_of(finding, "message")));
        }
    }

    /// Verbs that work, on what was just seen.
    void show_next_commands() const {
        const std::string folder = options_.folder.native();
        console_.out << " Next, in a second terminal:\n"
                     << format("   {:46} finds newswatchctl and this demo\n",
                               ". " + (options_.folder.is_absolute() ? folder : "./" + folder) + "/env")
                     << format("   {:46} follow alerts\n", "newswatchctl tail");
        if (!example_.empty())
            console_.out << format("   {:46} one of these alerts, with all that explains it\n",
                                   "newswatchctl show " + example_);
        console_.out << format("   {:46} what each feed said\n", "newswatchctl feeds list")
                     << format("   {:46} after you edited {}/watchlists.d\n", "newswatchctl check", folder)
                     << format("   {:46} puts your edits into force\n", "newswatchctl reload")
                     << format("\n Any ZeroMQ client: a SUB socket at {}, prefix alert/\n",
                               folder_.publish_endpoint())
                     << " Ctrl-C ends the demo;  newswatchctl demo --clean  removes its folder.\n"
                     << std::flush;
    }

    void follow() {
        if (!take(kGlance)) return;
        if (!alerts_.empty()) print_alerts();
    }

    Exit answer_once() const {
        for (const ExpectedAlert& alert : watch_.missing()) {
            console_.complain(
                format("this alert did not come: {}: {}", alert.watchlist, isolate(alert.title)));
        }
        if (!watch_.missing().empty()) {
            console_.complain(
                "edited watchlists of an earlier demo stay as they are; newswatchctl demo --clean removes "
                "them");
            return Exit::refused;
        }
        console_.out
            << " All expected alerts have come. To look around, and follow alerts in a second terminal:\n"
               "   newswatchctl demo\n";
        return Exit::fine;
    }

    /// Ctrl-C is how a demo ends; a daemon that ended by itself is not.
    Exit end(const Interrupt& interrupt) {
        if (interrupt.asked() || console_.reader_gone()) {
            if (!options_.once) return Exit::fine;
            show_refused();
            return answer_once();
        }
        const std::string said = last_line(folder_.log());
        console_.complain(format("newswatchd {}: {} (all it said is in {})",
                                 daemon_.running() ? "is not heard" : "ended", said, folder_.log().native()));
        return Exit::refused;
    }

    Console& console_;
    const DemoOptions& options_;
    const DemoFolder& folder_;
    DemoOrigin& origin_;
    DemoDaemon& daemon_;
    DemoWatch& watch_;
    settings::Settings settings_{};
    steady_clock::time_point opened_{};
    steady_clock::time_point changed_{};
    Progress progress_{};
    std::vector<std::string> alerts_{};  ///< come, not yet shown
    std::string example_{};              ///< the id of one of them
};

Result<Exit> run_demo(const DemoOptions& options, Console& console) {
    const Interrupt interrupt;
    const std::filesystem::path samples = share_folder() / "demo";
    Result<std::vector<SampleFeed>> feeds = read_sample_feeds(samples, SystemClock{}.now());
    if (!feeds) return tl::unexpected{feeds.error()};
    Result<std::vector<ExpectedAlert>> expected = read_expected(samples / "expected.json");
    if (!expected) return tl::unexpected{expected.error()};
    Result<std::unique_ptr<DemoOrigin>> origin = DemoOrigin::start(std::move(*feeds));
    if (!origin) return tl::unexpected{origin.error()};
    const Result<DemoFolder> folder = DemoFolder::prepare(options.folder, (*origin)->urls());
    if (!folder) return tl::unexpected{folder.error()};

    console.out << format(
                       "newswatch demo: {} sample feeds (Arabic, English, French, Turkish, Russian, "
                       "Persian), served by this\n"
                       "machine, no internet, watched by the real newswatchd.\n\n stop: Ctrl-C        "
                       "everything lives in {}\n\n",
                       (*origin)->urls().size(), folder->path().native())
                << std::flush;
    Result<DemoDaemon> daemon = DemoDaemon::start(prefix() / "bin" / "newswatchd", *folder, kStartTime);
    if (!daemon) return tl::unexpected{daemon.error()};
    Result<std::unique_ptr<client::Subscriber>> subscriber =
        client::Subscriber::connect(folder->publish_endpoint(), {"alert/"});
    if (!subscriber) return tl::unexpected{subscriber.error()};
    DemoWatch watch{std::move(*subscriber), std::move(*expected)};
    return Demo{console, options, *folder, **origin, *daemon, watch}.run(interrupt);
}

Exit clean(const DemoOptions& options, const Console& console) {
    const Result<void> removed = DemoFolder::remove(options.folder);
    if (!removed) {
        console.complain(removed.error());
        return Exit::refused;
    }
    console.out << "removed " << options.folder.native() << '\n';
    return Exit::fine;
}

Exit demo(const DemoOptions& options, Console& console) {
    if (options.clean) return clean(options, console);
    const Result<Exit> exit = run_demo(options, console);
    if (exit) return *exit;
    console.complain(exit.error());
    return Exit::refused;
}

}  // namespace

void add_demo(CLI::App& program, Session& session) {
    auto options = std::make_shared<DemoOptions>();
    CLI::App* verb = program.add_subcommand("demo", "sample feeds through a real daemon, until Ctrl-C");
    verb->add_option("--folder", options->folder, "where the demo lives")
        ->type_name("DIR")
        ->capture_default_str();
    CLI::Option* once = verb->add_flag("--once", options->once,
                                       "end when the expected alerts have come; 1 where one has not");
    verb->add_flag("--clean", options->clean, "remove the folder of a demo")->excludes(once);
    verb->callback([options, &session] { session.exit = demo(*options, session.console); });
}

}  // namespace newswatch::ctl
