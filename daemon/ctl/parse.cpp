#include <CLI/CLI.hpp>
#include <memory>
#include <ostream>

#include "base/paths.h"
#include "ctl/input.h"
#include "ctl/verbs.h"
#include "parse/parser.h"

namespace newswatch::ctl {

namespace {

constexpr std::size_t kLargestDocument = std::size_t{64} << 20;

struct ParseOptions {
    std::string file{};
    std::string url{};
    std::string content_type{};
    std::string reader{};
    std::string reader_settings{"{}"};
};

Exit parse_document(const ParseOptions& options, Console& console) {
    Result<std::string> bytes = read_input(options.file, kLargestDocument, console);
    if (!bytes) {
        console.complain(bytes.error());
        return Exit::refused;
    }
    const parse::ParserRegistry registry = parse::ParserRegistry::load(plugin_folder());
    for (const Error& problem : registry.problems())
        console.complain(problem);

    const Document document{.url = options.url,
                            .content_type = options.content_type,
                            .bytes = std::move(*bytes),
                            .reader = options.reader,
                            .reader_settings = options.reader_settings};
    Result<parse::ParsedDocument> parsed = parse::parse(registry, document);
    if (!parsed) {
        if (parsed.error().where.empty()) parsed.error().where = options.file;
        console.complain(parsed.error());
        return Exit::refused;
    }
    console.out << parse::to_json(*parsed) << '\n';
    return Exit::fine;
}

}  // namespace

void add_parse(CLI::App& program, Session& session) {
    auto options = std::make_shared<ParseOptions>();
    CLI::App* verb = program.add_subcommand("parse", "a feed document -> its articles as JSON");
    verb->add_option("--url", options->url, "where the document was found: the base of relative addresses")
        ->type_name("URL");
    verb->add_option("--content-type", options->content_type, "its header, such as text/xml; charset=utf-8")
        ->type_name("TYPE");
    verb->add_option("--reader", options->reader, "the plug-in to read it with, as `reader:` of a feed")
        ->type_name("NAME");
    verb->add_option("--settings", options->reader_settings,
                     "a JSON object for the plug-in, as `settings:` of a feed")
        ->type_name("JSON");
    verb->add_flag("--json", session.json, "the answer is always JSON");
    verb->add_option("file", options->file, "the document, - for standard input")
        ->required()
        ->type_name("FILE");
    verb->callback([options, &session] { session.exit = parse_document(*options, session.console); });
}

}  // namespace newswatch::ctl
