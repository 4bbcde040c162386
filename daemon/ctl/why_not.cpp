#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include "analyse/analyser.h"
#include "base/clock.h"
#include "base/format.h"
#include "ctl/article_lines.h"
#include "ctl/daemon_api.h"
#include "ctl/verbs.h"
#include "match/why_not.h"
#include "rules/rules.h"
#include "settings/suggestion.h"

namespace newswatch::ctl {

namespace {

using nlohmann::ordered_json;

struct WhyNotOptions {
    std::string file{};
    std::string watchlist{};
    std::filesystem::path watchlists{};
    std::filesystem::path concepts{};
};

std::string_view name_of(match::Obstacle obstacle) {
    switch (obstacle) {
        case match::Obstacle::none:
            return "met";
        case match::Obstacle::language:
            return "language";
        case match::Obstacle::feed:
            return "feed";
        case match::Obstacle::absent:
            return "missing";
        case match::Obstacle::too_few:
            return "too_few";
        case match::Obstacle::apart:
            return "apart";
        case match::Obstacle::excluded:
            return "excluded";
    }
    return "";
}

std::string_view name_of(match::Nearness nearness) {
    switch (nearness) {
        case match::Nearness::other_field:
            return "other_field";
        case match::Nearness::other_language:
            return "other_language";
        case match::Nearness::masked:
            return "masked";
        case match::Nearness::spelling:
            return "spelling";
        case match::Nearness::beginning:
            return "beginning";
        case match::Nearness::part:
            return "part";
        case match::Nearness::other_region:
            return "other_region";
    }
    return "";
}

ordered_json as_json(const Span& span) {
    return {{"field", field_of(span)}, {"start", span.start}, {"end", span.end},
            {"text", span.text},       {"term", span.term},   {"rule", span.rule}};
}

std::string json_line(const Article& article, std::size_t line, const std::string& watchlist,
                      const match::WhyNot& answer) {
    ordered_json clauses = ordered_json::array();
    for (const match::ClauseAnswer& one : answer.clauses) {
        ordered_json clause{{"clause", one.clause}, {"rule", one.rule}, {"answer", name_of(one.obstacle)}};
        clause["spans"] = ordered_json::array();
        for (const Span& span : one.found)
            clause["spans"].push_back(as_json(span));
        clause["nearest"] = ordered_json::array();
        for (const match::NearThing& near : one.near) {
            ordered_json thing = as_json(near.span);
            thing["why"] = name_of(near.nearness);
            clause["nearest"].push_back(std::move(thing));
        }
        if (one.count) clause["count"] = *one.count;
        if (one.wanted > 0) clause["wanted"] = one.wanted;
        clauses.push_back(std::move(clause));
    }
    ordered_json object;
    object["article"] = article.own_id.empty() ? ordered_json(line) : ordered_json(article.own_id);
    object["watchlist"] = watchlist;
    object["matches"] = answer.matches;
    object["clauses"] = std::move(clauses);
    return object.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

/// An article and what is known of its feed.
struct Asked {
    const Article& article;
    std::size_t line{1};
    match::FeedContext feed{};
};

void answer(const match::WatchlistSet& set, const std::string& watchlist, const Asked& asked,
            const Session& session) {
    const std::optional<match::WhyNot> answer =
        match::why_not(set, watchlist, analyse::analyse(asked.article), asked.feed);
    if (!answer) return;
    std::ostream& out = session.console.out;
    if (session.json) {
        out << json_line(asked.article, asked.line, watchlist, *answer) << '\n';
        return;
    }
    out << isolate(asked.article.title) << "\n"
        << (answer->matches ? "matches " : "does not match ") << watchlist << ":\n"
        << match::explain(*answer) << "\n";
}

/// Whether this is meant to be the id of an archived article and no file.
bool is_archived(const std::string& article) {
    std::error_code error;
    return article.size() >= 8 && article.size() <= 26 &&
           article.find_first_not_of("abcdefghijklmnopqrstuvwxyz234567") == std::string::npos &&
           !std::filesystem::exists(article, error);
}

Exit answer_archived(const match::WatchlistSet& set, const WhyNotOptions& options, Session& session) {
    const std::optional<settings::Settings> settings = session.read_settings();
    if (!settings) return Exit::refused;
    const Result<nlohmann::json> found = ask(*settings, "GET", "/v1/articles/" + options.file);
    if (!found) {
        session.console.complain(found.error());
        return Exit::refused;
    }
    const Result<Article> article = read_article(part_of(*found, "article").dump());
    if (!article) {
        session.console.complain(article.error());
        return Exit::refused;
    }
    const nlohmann::json& feed = part_of(*found, "feed");
    const std::string url = text_of(feed, "url");
    const std::string name = text_of(feed, "name");
    const std::string folder = text_of(feed, "folder");
    answer(set, options.watchlist,
           {.article = *article, .feed = {.url = url, .name = name, .folder = folder}}, session);
    return Exit::fine;
}

/// The name of the verb's watchlist, or the one that was probably meant.
bool is_known(const match::WatchlistSet& set, const std::string& watchlist, const Console& console) {
    if (set.find(watchlist)) return true;
    std::vector<std::string> ids;
    for (const match::WatchlistFacts& facts : set.watchlists())
        ids.emplace_back(facts.id);
    const std::string near = settings::nearest(watchlist, ids);
    console.complain(near.empty()
                         ? format("there is no watchlist `{}`", watchlist)
                         : format("there is no watchlist `{}` (did you mean `{}`?)", watchlist, near));
    return false;
}

/// Those of --watchlists, else those of the daemon's settings.
std::optional<settings::Settings> settings_for(const WhyNotOptions& options, const Session& session) {
    if (options.watchlists.empty()) return session.read_settings();
    settings::Settings settings;
    settings.watchlists = options.watchlists;
    settings.concepts = options.concepts;
    settings.feeds.clear();
    return settings;
}

Exit why_not(const WhyNotOptions& options, Session& session) {
    Console& console = session.console;
    const std::optional<settings::Settings> settings = settings_for(options, session);
    if (!settings) return Exit::refused;
    const Result<rules::Rules> rules = rules::load(*settings, SystemClock{}.now());
    if (!rules) {
        console.complain(rules.error());
        return Exit::refused;
    }
    for (const settings::Finding& finding : rules->findings) {
        if (finding.severity == settings::Severity::error) console.err << settings::render(finding) << '\n';
    }
    if (!is_known(*rules->watchlists, options.watchlist, console)) return Exit::refused;
    if (is_archived(options.file)) return answer_archived(*rules->watchlists, options, session);
    ArticleLines articles{options.file, console};
    if (!articles.readable()) return Exit::refused;
    return articles.for_each([&](const Article& article, std::size_t line) {
        answer(*rules->watchlists, options.watchlist, {.article = article, .line = line}, session);
    });
}

}  // namespace

void add_why_not(CLI::App& program, Session& session) {
    auto options = std::make_shared<WhyNotOptions>();
    CLI::App* verb =
        program.add_subcommand("why-not", "why a watchlist does not match an article, clause by clause");
    verb->add_option("--watchlists", options->watchlists,
                     "a folder of watchlists, instead of the one in the daemon's settings")
        ->check(CLI::ExistingDirectory)
        ->type_name("DIR");
    verb->add_option("--concepts", options->concepts, "a folder of concepts beside the shipped ones")
        ->check(CLI::ExistingDirectory)
        ->type_name("DIR");
    verb->add_flag("--json", session.json, "one JSON object an article");
    verb->add_option("article", options->file,
                     "the id of an archived article, or a file as `newswatchctl parse` prints articles, "
                     "a line each; - for standard input")
        ->required()
        ->type_name("ARTICLE");
    verb->add_option("watchlist", options->watchlist, "its id")->required()->type_name("WATCHLIST");
    verb->callback([options, &session] { session.exit = why_not(*options, session); });
}

}  // namespace newswatch::ctl
