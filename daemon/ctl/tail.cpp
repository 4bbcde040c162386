#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include "base/format.h"
#include "client/subscriber.h"
#include "ctl/alert_view.h"
#include "ctl/daemon_api.h"
#include "ctl/endpoint.h"
#include "ctl/gap_watch.h"
#include "ctl/interrupt.h"
#include "ctl/verbs.h"

namespace newswatch::ctl {

namespace {

using nlohmann::json;
using std::chrono::steady_clock;

constexpr std::chrono::milliseconds kLook{200};  // how soon Ctrl-C and a closed pipe are noticed
constexpr std::chrono::seconds kSilence{5};  // WIRE.md, Tracking subscriber 5: a heartbeat comes every second

struct TailOptions {
    std::string endpoint{};
    std::string prefix{};
    std::uint64_t count{0};  ///< 0: for ever
};

/// Prints alerts as they come. Lives for one `tail`.
class Tail {
  public:
    Tail(const TailOptions& options, const std::string& prefix, std::string endpoint, Session& session)
        : options_{options},
          endpoint_{std::move(endpoint)},
          session_{session},
          gaps_{prefix == "alert/"},
          heard_{steady_clock::now()} {}

    /// Until Ctrl-C, a closed pipe, or `--count` alerts.
    Exit follow(client::Subscriber& subscriber) {
        const Interrupt interrupt;
        while (!interrupt.asked() && !session_.console.reader_gone()) {
            const Result<std::optional<client::Received>> received = subscriber.receive(kLook);
            if (!received) {
                session_.console.complain(received.error());
                if (received.error().kind == ErrorKind::network) return Exit::refused;
            } else if (*received) {
                take(**received);
                if (options_.count != 0 && printed_ == options_.count) break;
            } else {
                say_silence();
            }
        }
        return Exit::fine;
    }

  private:
    void take(const client::Received& received) {
        if (silent_) session_.console.complain("newswatchd is heard at " + endpoint_);
        silent_ = false;
        heard_ = steady_clock::now();
        if (received.topic == "hb/") {
            const json heartbeat = json::parse(received.payload, nullptr, false);
            say(gaps_.heartbeat(text_of(heartbeat, "stream"), received.first_number));
        } else if (received.topic.starts_with("alert/")) {
            say(gaps_.alert(received.topic, received.first_number, received.second_number));
            print(received);
        } else {
            print(received);
        }
    }

    void print(const client::Received& received) {
        std::ostream& out = session_.console.out;
        if (session_.json) {
            out << received.payload << std::endl;
        } else if (received.topic.starts_with("alert/")) {
            const json payload = json::parse(received.payload, nullptr, false);
            out << alert_line(payload, session_.console) << std::flush;
        } else {
            out << received.topic << "  " << received.payload << std::endl;
        }
        ++printed_;
    }

    void say(const std::optional<std::string>& gap) const {
        if (gap) session_.console.complain("gap: " + *gap);
    }

    void say_silence() {
        if (silent_ || steady_clock::now() - heard_ < kSilence) return;
        silent_ = true;
        session_.console.complain(
            format("nothing from newswatchd at {} for {} s; waiting for it", endpoint_, kSilence.count()));
    }

    const TailOptions& options_;
    const std::string endpoint_;
    Session& session_;
    GapWatch gaps_;
    steady_clock::time_point heard_;
    bool silent_{false};
    std::uint64_t printed_{0};
};

Exit tail(const TailOptions& options, Session& session) {
    std::string endpoint = options.endpoint;
    if (endpoint.empty()) {
        const std::optional<settings::Settings> settings = session.read_settings();
        if (!settings) return Exit::refused;
        const Result<std::string> chosen = publish_endpoint(*settings);
        if (!chosen) {
            session.console.complain(chosen.error());
            return Exit::refused;
        }
        endpoint = *chosen;
    }
    const std::string prefix = topic_prefix(options.prefix);
    const Result<std::unique_ptr<client::Subscriber>> subscriber =
        client::Subscriber::connect(endpoint, {prefix});
    if (!subscriber) {
        session.console.complain(subscriber.error());
        return Exit::refused;
    }
    return Tail{options, prefix, endpoint, session}.follow(**subscriber);
}

}  // namespace

void add_tail(CLI::App& program, Session& session) {
    auto options = std::make_shared<TailOptions>();
    CLI::App* verb = program.add_subcommand("tail", "follow alerts as they are published, until Ctrl-C");
    verb->add_flag("--json", session.json, "each alert as one line of JSON (CloudEvents)");
    verb->add_option("--prefix", options->prefix, "a watchlist, or topics such as alert/WATCHLIST/high/")
        ->type_name("P");
    verb->add_option("--count", options->count, "end after so many alerts")->type_name("N");
    verb->add_option("--endpoint", options->endpoint,
                     "where the daemon publishes, when it is not on this machine")
        ->type_name("E");
    verb->callback([options, &session] { session.exit = tail(*options, session); });
}

}  // namespace newswatch::ctl
