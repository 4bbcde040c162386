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

struct SearchOptions {
    std::vector<std::string> words{};
    std::vector<std::string> without{};
    std::string feed{};
    std::uint64_t last{0};
    std::uint64_t limit{20};
    std::uint64_t before{0};
};

/// `2026-03-14 10:31  en  TITLE`, below it where it stands and its id.
void print_article(const json& article, Time now, const Console& console) {
    const std::optional<Time> time =
        text::read_date(text_of(article, text_of(article, "published").empty() ? "archived" : "published"));
    const json& feed = part_of(article, "feed");
    const std::string title = text_of(feed, "title");
    console.out << (time ? local_time(*time, now) : "-") << format("  {:3} ", show_value(article, "language"))
                << console.paint(Style::bold, isolate(text_of(article, "title"))) << "\n       "
                << isolate(title.empty() ? text_of(feed, "url") : title) << "  " << text_of(article, "url")
                << "\n       "
                << console.paint(Style::dim, "newswatchctl why-not " + text_of(article, "id").substr(0, 12) +
                                                 " WATCHLIST")
                << '\n';
}

/// An argument with a space is a phrase: the shell took the quotes that a person typed.
std::string quoted(const std::string& word) {
    const bool phrase = word.find(' ') != std::string::npos && word.find('"') == std::string::npos;
    return phrase ? '"' + word + '"' : word;
}

/// As the daemon reads it (pipeline/archive_words.h).
std::string typed(const SearchOptions& options) {
    std::string all;
    for (const std::string& word : options.words)
        all += quoted(word) + ' ';
    for (const std::string& word : options.without)
        all += '-' + quoted(word) + ' ';
    return all;
}

void search(const SearchOptions& options, Session& session) {
    const auto digits = [](std::uint64_t number) {
        return number == 0 ? std::string{} : std::to_string(number);
    };
    const std::optional<json> answer =
        ask_daemon(session, "GET",
                   with_query("/v1/search", {{"q", typed(options)},
                                             {"last", digits(options.last)},
                                             {"feed", options.feed},
                                             {"limit", digits(options.limit)},
                                             {"before", digits(options.before)}}));
    if (!answer || session.json) return;
    const Time now = SystemClock{}.now();
    const json& articles = part_of(*answer, "articles");
    for (const json& article : articles)
        print_article(article, now, session.console);
    if (articles.empty()) session.console.out << "no archived article has these words\n";
    if (const std::uint64_t next = number_of(*answer, "next"); next > 0)
        session.console.out << format("there are older ones: add  --before {}\n", next);
    if (const std::uint64_t waiting = number_of(*answer, "not_indexed"); waiting > 0) {
        session.console.out << format("{} not searched yet: ask again in a moment\n",
                                      counted(waiting, "new article"));
    }
}

}  // namespace

void add_search(CLI::App& program, Session& session) {
    auto options = std::make_shared<SearchOptions>();
    CLI::App* verb =
        program.add_subcommand("search", "archived articles that have all these words, the newest first");
    verb->add_option("--without", options->without, "leave out articles with this word or phrase")
        ->allow_extra_args(false)
        ->type_name("WORD");
    add_last(*verb, options->last);
    verb->add_option("--feed", options->feed, "only feeds with this in their address or title")
        ->type_name("FEED");
    verb->add_option("--limit", options->limit, "how many articles")
        ->check(CLI::Range(1, 200))
        ->capture_default_str();
    verb->add_option("--before", options->before, "go on behind an earlier answer")->type_name("N");
    verb->add_flag("--json", session.json, "the answer as JSON");
    verb->add_option("words", options->words,
                     "words in any order, whatever their case and accents; \"in quotes\": side by side; "
                     "a star ends the beginning of a word: port*")
        ->required()
        ->type_name("WORDS");
    verb->callback([options, &session] { search(*options, session); });
}

}  // namespace newswatch::ctl
