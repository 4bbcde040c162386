#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include "base/format.h"
#include "client/tracking_subscriber.h"
#include "ctl/alert_view.h"
#include "ctl/endpoint.h"
#include "ctl/interrupt.h"
#include "ctl/verbs.h"

namespace newswatch::ctl {

namespace {

struct TailOptions {
    std::string endpoint{};
    std::string replay{};
    std::string prefix{};
    std::uint64_t count{0};  ///< 0: for ever
};

/// Prints alerts as they come. Lives for one `tail`.
class Tail {
  public:
    Tail(const TailOptions& options, std::string endpoint, Session& session)
        : options_{options}, endpoint_{std::move(endpoint)}, session_{session} {}

    /// Until Ctrl-C, a closed pipe, or `--count` alerts.
    Exit follow(client::TrackingSubscriber& subscriber) {
        const Interrupt interrupt;
        while (!interrupt.asked() && !session_.console.reader_gone()) {
            const Result<client::Heard> heard = subscriber.receive(kLook);
            if (!heard) {
                session_.console.complain(heard.error());
                if (heard.error().kind == ErrorKind::network) return Exit::refused;
                continue;
            }
            for (const std::string& hole : heard->holes)
                session_.console.complain("gap: " + hole);
            for (const client::Received& message : heard->messages) {
                print(message);
                if (options_.count != 0 && printed_ == options_.count) return Exit::fine;
            }
            say_silence(subscriber.silent());
        }
        return Exit::fine;
    }

  private:
    void print(const client::Received& received) {
        std::ostream& out = session_.console.out;
        if (session_.json) {
            out << received.payload << std::endl;
        } else if (received.topic.starts_with("alert/")) {
            out << alert_line(nlohmann::json::parse(received.payload, nullptr, false), session_.console)
                << std::flush;
        } else {
            out << received.topic << "  " << received.payload << std::endl;
        }
        ++printed_;
    }

    void say_silence(bool silent) {
        if (silent == silent_) return;
        silent_ = silent;
        session_.console.complain(silent ? "no heartbeat from newswatchd at " + endpoint_ + "; waiting for it"
                                         : "newswatchd is heard at " + endpoint_);
    }

    const TailOptions& options_;
    const std::string endpoint_;
    Session& session_;
    bool silent_{false};
    std::uint64_t printed_{0};
};

/// Where to listen and where to ask, as the person said or as the settings say.
struct Addresses {
    std::string publish{};
    std::string replay{};  ///< empty: missed alerts are told and not had
};

std::optional<Addresses> addresses(const TailOptions& options, Session& session) {
    if (!options.endpoint.empty()) return Addresses{options.endpoint, options.replay};
    const std::optional<settings::Settings> settings = session.read_settings();
    if (!settings) return std::nullopt;
    const Result<std::string> publish = publish_endpoint(*settings);
    if (!publish) {
        session.console.complain(publish.error());
        return std::nullopt;
    }
    if (!options.replay.empty()) return Addresses{*publish, options.replay};
    return Addresses{*publish, replay_endpoint(*settings).value_or("")};
}

Exit tail(const TailOptions& options, Session& session) {
    const std::optional<Addresses> where = addresses(options, session);
    if (!where) return Exit::refused;
    const auto subscriber =
        client::TrackingSubscriber::connect(where->publish, where->replay, topic_prefix(options.prefix));
    if (!subscriber) {
        session.console.complain(subscriber.error());
        return Exit::refused;
    }
    return Tail{options, where->publish, session}.follow(**subscriber);
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
    verb->add_option("--replay", options->replay,
                     "where that daemon is asked for alerts that got lost on the way")
        ->type_name("E");
    verb->callback([options, &session] { session.exit = tail(*options, session); });
}

}  // namespace newswatch::ctl
