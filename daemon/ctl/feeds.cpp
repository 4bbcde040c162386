#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include "base/format.h"
#include "base/wording.h"
#include "ctl/daemon_api.h"
#include "ctl/duration.h"
#include "ctl/verbs.h"
#include "text/date.h"

namespace newswatch::ctl {

namespace {

using nlohmann::json;

std::string when(const json& feed, std::string_view key, Time now) {
    const std::optional<Time> time = text::read_date(text_of(feed, key));
    return time ? relative(*time, now) : "-";
}

std::string label(const json& feed) {
    const std::string name = text_of(feed, "name");
    return name.empty() ? text_of(feed, "title") : name;
}

void print_feed(const json& feed, Time now, const Console& console) {
    const std::string health = text_of(feed, "health");
    const Style style = health == "ok" ? Style::green : health == "new" ? Style::plain : Style::yellow;
    console.out << console.paint(style, format("{:8}", health)) << text_of(feed, "url");
    if (const std::string name = label(feed); !name.empty()) console.out << "  " << isolate(name);
    console.out << format("\n        asked {}, next {}; {}, about {} a day\n", when(feed, "last_poll", now),
                          when(feed, "next_poll", now), counted(number_of(feed, "articles"), "article"),
                          feed.value("articles_per_day", 0.0));
    if (const std::string error = text_of(feed, "error"); !error.empty()) {
        console.out << format("        {} ({} in a row)\n", error,
                              counted(number_of(feed, "failures"), "failure"));
    }
}

void list_feeds(Session& session) {
    const std::optional<json> answer = ask_daemon(session, "GET", "/v1/feeds");
    if (!answer || session.json) return;
    const json& feeds = part_of(*answer, "feeds");
    const Time now = SystemClock{}.now();
    for (const json& feed : feeds)
        print_feed(feed, now, session.console);
    if (feeds.empty())
        session.console.out
            << "no feeds yet: add addresses to a file in feeds.d, then  newswatchctl reload\n";
}

void poll_feeds(const std::vector<std::string>& urls, Session& session) {
    const std::string body = urls.empty()
                                 ? std::string{}
                                 : json{{"urls", urls}}.dump(-1, ' ', false, json::error_handler_t::replace);
    const std::optional<json> answer = ask_daemon(session, "POST", "/v1/poll", body);
    if (!answer || session.json) return;
    const std::uint64_t asked = number_of(*answer, "asked");
    session.console.out << format("{} asked now", counted(asked, "feed")) << '\n';
    for (const auto& [url, seconds] : part_of(*answer, "wait_seconds").items()) {
        const auto wait = seconds.is_number() ? static_cast<long>(seconds.get<double>()) : 0L;
        session.console.out << format("  {}  waits {} more: its publisher asked for that\n", url,
                                      show_duration(std::chrono::seconds{wait}));
    }
}

}  // namespace

void add_feeds(CLI::App& program, Session& session) {
    CLI::App* verb = program.add_subcommand("feeds", "the feeds: their health and rhythm");
    verb->require_subcommand(1);

    CLI::App* list = verb->add_subcommand("list", "every feed, when it was asked and when it will be");
    list->add_flag("--json", session.json, "the answer as JSON");
    list->callback([&session] { list_feeds(session); });

    add_feeds_check(*verb, session);

    auto urls = std::make_shared<std::vector<std::string>>();
    CLI::App* poll =
        verb->add_subcommand("poll", "ask feeds now, but never before a publisher's Retry-After");
    poll->add_flag("--json", session.json, "the answer as JSON");
    poll->add_option("urls", *urls, "the feeds; none means all")->type_name("URL");
    poll->callback([urls, &session] { poll_feeds(*urls, session); });
}

}  // namespace newswatch::ctl
