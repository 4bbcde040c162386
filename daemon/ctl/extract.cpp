#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>
#include <sstream>

#include "base/paths.h"
#include "ctl/input.h"
#include "ctl/verbs.h"
#include "parse/parser.h"
#include "text/date.h"

namespace newswatch::ctl {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kLargestPage = std::size_t{64} << 20;

struct ExtractOptions {
    std::string file{};
    std::string url{};
    std::string content_type{};
    bool explain{false};
};

Json text_or_null(const std::string& text) {
    return text.empty() ? Json() : Json(text);
}

Json time_or_null(const std::optional<Time>& time) {
    return time ? Json(text::rfc3339(*time)) : Json();
}

/// The object of DESIGN.md §5.
Json json_of(const parse::ParsedDocument& page) {
    const Article& article = page.articles.front();
    Json json;
    json["title"] = text_or_null(article.title);
    json["text"] = text_or_null(article.content);
    json["authors"] = Json::array();
    for (const Person& author : article.authors)
        json["authors"].push_back(author.name);
    json["published"] = time_or_null(article.published);
    json["updated"] = time_or_null(article.updated);
    json["language"] = text_or_null(article.language);
    json["site"] = text_or_null(page.feed.title);
    json["image"] = text_or_null(article.image);
    json["url"] = text_or_null(article.url);
    return json;
}

Json lines_of(const std::string& text) {
    Json lines = Json::array();
    std::istringstream stream{text};
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}

Result<parse::ParsedDocument> read_page(const ExtractOptions& options, Console& console) {
    Result<std::string> bytes = read_input(options.file, kLargestPage, console);
    if (!bytes) return tl::unexpected{bytes.error()};
    const parse::ParserRegistry registry = parse::ParserRegistry::load(plugin_folder());
    for (const Error& problem : registry.problems())
        console.complain(problem);
    const Document document{.url = options.url,
                            .content_type = options.content_type,
                            .bytes = std::move(*bytes),
                            .reader = "article_page",
                            .reader_settings = options.explain ? R"({"explain": true})" : "{}"};
    Result<parse::ParsedDocument> page = parse::parse(registry, document);
    if (page && page->articles.empty())
        return fail(ErrorKind::bad_input, "no article in this page", options.url);
    return page;
}

Exit extract(const ExtractOptions& options, const Session& session) {
    Console& console = session.console;
    Result<parse::ParsedDocument> page = read_page(options, console);
    if (!page) {
        if (page.error().where.empty()) page.error().where = options.file;
        console.complain(page.error());
        return Exit::refused;
    }
    if (options.explain && !session.json) {
        console.out << page->feed.description << '\n';
        return Exit::fine;
    }
    Json json = json_of(*page);
    if (options.explain) json["explanation"] = lines_of(page->feed.description);
    console.out << json.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
    return Exit::fine;
}

}  // namespace

void add_extract(CLI::App& program, Session& session) {
    auto options = std::make_shared<ExtractOptions>();
    CLI::App* verb = program.add_subcommand("extract", "an HTML page -> its article as JSON");
    verb->add_option("--url", options->url, "where the page was found: the base of relative addresses")
        ->type_name("URL");
    verb->add_option("--content-type", options->content_type, "its header, such as text/html; charset=utf-8")
        ->type_name("TYPE");
    verb->add_flag(
        "--explain", options->explain,
        "which blocks of the page were kept (+) or left out (-), and why; for people without --json");
    verb->add_flag("--json", session.json, "the answer is JSON in any case");
    verb->add_option("file", options->file, "the page, - for standard input")->required()->type_name("FILE");
    verb->callback([options, &session] { session.exit = extract(*options, session); });
}

}  // namespace newswatch::ctl
