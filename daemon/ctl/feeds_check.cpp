#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include "base/format.h"
#include "base/paths.h"
#include "base/wording.h"
#include "ctl/discovery.h"
#include "ctl/duration.h"
#include "ctl/polite_fetch.h"
#include "ctl/verbs.h"
#include "parse/feed_links.h"
#include "pipeline/fetch_limits.h"
#include "text/date.h"
#include "text/url.h"

namespace newswatch::ctl {

namespace {

using nlohmann::json;

/// As people write it in feeds.d: `press.example` is https://press.example/. Empty where it is no web
/// address.
std::string absolute(const std::string& written) {
    std::string address = parse::without_feed_scheme(written);
    if (address.find("://") == std::string::npos) {
        // A colon that is followed by no port begins something else: mailto:, javascript:.
        const std::size_t colon = address.find(':');
        const bool port =
            colon < address.size() - 1 && address[colon + 1] >= '0' && address[colon + 1] <= '9';
        if (address.empty() || (colon < address.find('/') && !port)) return {};
        address = "https://" + address;
    }
    std::string url = text::resolve_url(address, {});
    const text::UrlParts parts = text::split_url(url);
    const bool web = (parts.scheme == "http" || parts.scheme == "https") && !parts.host.empty();
    const bool local = parts.scheme == "file" && !parts.path.empty();
    return web || local ? url : std::string{};
}

/// The daemon's settings where there are any: they say which networks may be asked. Nothing after a message
/// where they cannot be used.
std::optional<settings::Settings> settings_of(const Session& session) {
    std::error_code error;
    if (!std::filesystem::exists(session.config, error)) return settings::Settings{};
    return session.read_settings();
}

void print_json(const std::string& url, const Discovery& found, const Console& console) {
    json feeds = json::array();
    for (const FoundFeed& feed : found.feeds) {
        feeds.push_back({{"url", feed.url},
                         {"title", feed.title},
                         {"format", feed.format},
                         {"language", feed.language.empty() ? json(nullptr) : json(feed.language)},
                         {"articles", feed.articles},
                         {"newest", feed.newest ? json(text::rfc3339(*feed.newest)) : json(nullptr)},
                         {"announced", feed.announced},
                         {"recovered", feed.recovered}});
    }
    json others = json::array();
    for (const NoFeed& other : found.others)
        others.push_back({{"url", other.url}, {"reason", other.reason}});
    const json answer = {{"url", url}, {"page", found.is_page}, {"feeds", feeds}, {"others", others}};
    console.out << answer.dump(-1, ' ', false, json::error_handler_t::replace) << '\n';
}

void print_feed(const FoundFeed& feed, Time now, const Console& console) {
    const std::string newest =
        feed.newest ? "the newest " + relative(*feed.newest, now) : std::string{"without dates"};
    console.out << console.paint(Style::green, format("{:14}", feed.format))
                << format("{:7}{:14}{}\n", feed.language.empty() ? "-" : feed.language,
                          counted(feed.articles, "article"), newest)
                << "  " << feed.url;
    if (!feed.title.empty()) console.out << "  " << isolate(feed.title);
    if (feed.recovered) console.out << "  (malformed, but it can be read)";
    console.out << '\n';
}

void print_table(const std::string& url, const Discovery& found, const Console& console) {
    const Time now = SystemClock{}.now();
    if (found.is_page) {
        console.out << url << " is a web page; " << counted(found.feeds.size(), "feed") << " found\n";
    }
    for (const FoundFeed& feed : found.feeds)
        print_feed(feed, now, console);
    for (const NoFeed& other : found.others) {
        if (found.is_page)
            console.out << console.paint(Style::dim, "no feed: ") << other.url << ": " << other.reason
                        << '\n';
    }
}

/// One line on why there is nothing to watch.
void complain_of_none(const std::string& url, const Discovery& found, const Console& console) {
    if (!found.is_page) {
        for (const NoFeed& other : found.others)
            console.complain(other.url + ": " + other.reason);
    } else if (found.others.empty()) {
        console.complain(
            url +
            ": this web page neither announces a feed nor links to one (look for RSS on the site, "
            "or ask the publisher)");
    } else {
        console.complain(url + ": nothing that this web page announces or links to can be read as a feed");
    }
}

void check_feed(const std::string& written, Session& session) {
    const std::string url = absolute(written);
    if (url.empty()) {
        session.console.complain(format(
            "\"{}\" is not the address of a web page or a feed (such as https://news.example/)", written));
        session.exit = Exit::wrong_usage;
        return;
    }
    session.exit = Exit::refused;
    const std::optional<settings::Settings> settings = settings_of(session);
    if (!settings) return;
    const parse::ParserRegistry parsers =
        parse::ParserRegistry::load(settings->plugins.empty() ? plugin_folder() : settings->plugins);
    for (const Error& problem : parsers.problems())
        session.console.complain(problem);
    PoliteFetch guest{fetch_limits(settings->polling)};
    const Discovery found = discover(
        url, parsers, [&](const std::string& address) { return guest.ask(address); }, SystemClock{}.now());
    if (session.json) {
        print_json(url, found, session.console);
    } else {
        print_table(url, found, session.console);
    }
    if (found.feeds.empty()) return complain_of_none(url, found, session.console);
    session.exit = Exit::fine;
}

}  // namespace

void add_feeds_check(CLI::App& feeds, Session& session) {
    auto url = std::make_shared<std::string>();
    CLI::App* verb = feeds.add_subcommand(
        "check",
        "what is at an address: a feed, or the feeds of a web page; ends with 1 where there are none");
    verb->add_flag("--json", session.json, "the answer as JSON");
    verb->add_option("url", *url, "a feed's address, or a web site's: press.example")
        ->required()
        ->type_name("URL");
    verb->callback([url, &session] { check_feed(*url, session); });
}

}  // namespace newswatch::ctl
