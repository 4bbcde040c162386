#include <CLI/CLI.hpp>
#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include "base/format.h"
#include "client/replay_socket.h"
#include "ctl/alert_view.h"
#include "ctl/endpoint.h"
#include "ctl/interrupt.h"
#include "ctl/verbs.h"

namespace newswatch::ctl {

namespace {

using client::ReplayAnswer;
using std::chrono::steady_clock;

constexpr std::chrono::seconds kPatience{5};                     // for the next word of the daemon
constexpr std::uint64_t kWhatIsThere = std::uint64_t{1} << 62U;  // above every head

struct ReplayOptions {
    std::string endpoint{};
    std::string prefix{};
    std::uint64_t from{1};
    std::uint64_t until{kWhatIsThere};
};

/// Prints alerts of the journal. Lives for one `replay`.
class Replay {
  public:
    Replay(const ReplayOptions& options, std::string endpoint, client::ReplaySocket& socket, Session& session)
        : prefix_{topic_prefix(options.prefix)},
          endpoint_{std::move(endpoint)},
          socket_{socket},
          session_{session},
          wanted_{.stream = {}, .from = options.from, .until = options.until} {}

    /// Until the daemon has said that it was all.
    Exit run() {
        const Interrupt interrupt;
        ask();
        while (!interrupt.asked() && !session_.console.reader_gone()) {
            const auto answer = socket_.receive(kLook);
            if (!answer) return refused(answer.error());
            if (!*answer) {
                if (steady_clock::now() - heard_ >= kPatience) return nobody();
                continue;
            }
            heard_ = steady_clock::now();
            if (const std::optional<Exit> end = take(**answer)) return *end;
        }
        return Exit::fine;
    }

  private:
    void ask() {
        heard_ = steady_clock::now();
        socket_.ask(wanted_, prefix_);
    }

    /// How the verb ends, if it does.
    std::optional<Exit> take(const ReplayAnswer& answer) {
        switch (answer.kind) {
            case ReplayAnswer::Kind::alert:
                print(answer.alert);
                wanted_.from = answer.alert.first_number + 1;
                return std::nullopt;
            case ReplayAnswer::Kind::more:
                return std::nullopt;
            case ReplayAnswer::Kind::end:
                return Exit::fine;
            case ReplayAnswer::Kind::error:
                return refusal(answer.error);
        }
        return std::nullopt;
    }

    std::optional<Exit> refusal(const client::ReplayError& error) {
        // The stream is not known before the daemon has named it.
        if (error.code == "stream_changed" && wanted_.stream.empty()) {
            wanted_.stream = error.stream;
            ask();
            return std::nullopt;
        }
        if (error.code == "gone") {
            return refused({ErrorKind::bad_input,
                            format("the alerts {} to {} are kept no longer", wanted_.from, error.first - 1),
                            endpoint_, format("ask with --from {}", error.first)});
        }
        if (error.code == "out_of_range") {
            return refused({ErrorKind::bad_input,
                            format("{} is not in the stream, whose alerts are {} to {}", wanted_.from,
                                   error.first, error.head),
                            endpoint_, "newswatchctl status shows the last number"});
        }
        return refused({ErrorKind::unavailable, format("{}: {}", error.code, error.reason), endpoint_,
                        "ask again later"});
    }

    void print(const client::Received& alert) {
        std::ostream& out = session_.console.out;
        if (session_.json) {
            out << alert.payload << '\n';
        } else {
            out << alert_line(nlohmann::json::parse(alert.payload, nullptr, false), session_.console);
        }
    }

    Exit refused(const Error& error) {
        session_.console.complain(error);
        return Exit::refused;
    }
    Exit nobody() {
        return refused({ErrorKind::unavailable, format("no answer for {} s", kPatience.count()), endpoint_,
                        "is newswatchd running? is this its address under publish: replay:?"});
    }

    const std::string prefix_;
    const std::string endpoint_;
    client::ReplaySocket& socket_;
    Session& session_;
    client::Missing wanted_;
    steady_clock::time_point heard_{};
};

Exit replay(const ReplayOptions& options, Session& session) {
    std::string endpoint = options.endpoint;
    if (endpoint.empty()) {
        const std::optional<settings::Settings> settings = session.read_settings();
        if (!settings) return Exit::refused;
        const Result<std::string> chosen = replay_endpoint(*settings);
        if (!chosen) {
            session.console.complain(chosen.error());
            return Exit::refused;
        }
        endpoint = *chosen;
    }
    const auto socket = client::ReplaySocket::connect(endpoint);
    if (!socket) {
        session.console.complain(socket.error());
        return Exit::refused;
    }
    return Replay{options, endpoint, **socket, session}.run();
}

}  // namespace

void add_replay(CLI::App& program, Session& session) {
    auto options = std::make_shared<ReplayOptions>();
    CLI::App* verb = program.add_subcommand("replay", "alerts of the journal again, from a number on");
    verb->add_flag("--json", session.json, "each alert as one line of JSON (CloudEvents)");
    verb->add_option("--from", options->from, "the first number")->required()->type_name("N");
    verb->add_option("--until", options->until, "the last number; otherwise the last there is")
        ->type_name("N");
    verb->add_option("--prefix", options->prefix, "a watchlist, or topics such as alert/WATCHLIST/high/")
        ->type_name("P");
    verb->add_option("--endpoint", options->endpoint,
                     "where the daemon is asked for missed alerts, when it is not on this machine")
        ->type_name("E");
    verb->callback([options, &session] { session.exit = replay(*options, session); });
}

}  // namespace newswatch::ctl
