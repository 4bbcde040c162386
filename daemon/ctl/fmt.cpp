#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <ostream>
#include <vector>

#include "base/file.h"
#include "base/format.h"
#include "ctl/verbs.h"
#include "settings/finding.h"
#include "settings/text_file.h"
#include "settings/tidy_file.h"
#include "text/charset_convert.h"

namespace newswatch::ctl {

namespace {

struct FmtOptions {
    std::vector<std::string> files{};
    std::string from{};
    bool fix{false};
};

/// The file as UTF-8, or nothing after a message: by `--from`, by its byte order mark, else as it stands.
std::optional<std::string> text_of(const std::string& bytes, const std::string& file, const std::string& from,
                                   Console& console) {
    if (!from.empty()) {
        const std::optional<text::Converted> converted = text::convert(bytes, from);
        if (converted && converted->bad == 0) return converted->utf8;
        const std::string why = converted ? "the bytes are not " + from : "no encoding is called " + from;
        console.complain(
            format("{}: {}; an editor that can change encodings shows which one reads well", file, why));
        return std::nullopt;
    }
    std::vector<settings::Finding> findings;
    const std::optional<settings::Source> source = settings::decode_text(bytes, file, findings);
    if (!source) {
        for (const settings::Finding& finding : findings)
            console.out << settings::render(finding);
        return std::nullopt;
    }
    return source->text();
}

/// One file; false where it could not be read or is (still) not tidy.
bool tidy_one(const std::string& file, const FmtOptions& options, Console& console) {
    const Result<std::string> bytes = read_file(file, settings::kMostFeedBytes);
    if (!bytes) {
        console.complain(bytes.error());
        return false;
    }
    const std::optional<std::string> text = text_of(*bytes, file, options.from, console);
    if (!text) return false;
    settings::TidyFile tidy = settings::tidy_file(*text);
    if (*text != *bytes) tidy.changes.insert(tidy.changes.begin(), {1, "the text becomes UTF-8"});
    for (const settings::TidyChange& change : tidy.changes)
        console.out << format("{}:{}: {}\n", file, change.line, change.what);
    if (tidy.changes.empty() || !options.fix) return tidy.changes.empty();
    const std::filesystem::perms mode = std::filesystem::status(file).permissions();
    if (const Result<void> written = write_file(file, tidy.text); !written) {
        console.complain(written.error());
        return false;
    }
    std::error_code kept;
    std::filesystem::permissions(file, mode, kept);
    if (kept)
        console.complain(
            format("{}: was written, but not with its former access rights: {}", file, kept.message()));
    return !kept;
}

Exit tidy_files(const FmtOptions& options, Console& console) {
    bool fine = true;
    for (const std::string& file : options.files)
        fine = tidy_one(file, options, console) && fine;
    return fine ? Exit::fine : Exit::refused;
}

}  // namespace

void add_fmt(CLI::App& program, Session& session) {
    auto options = std::make_shared<FmtOptions>();
    CLI::App* verb = program.add_subcommand(
        "fmt", "TABs, invisible characters and encodings of edited files; --fix puts them right");
    verb->add_flag(
        "--fix", options->fix,
        "write the file; without it only say what would change, and end with 1 where anything would");
    verb->add_option("--from", options->from, "the encoding that the file has now, such as windows-1256")
        ->type_name("ENCODING");
    verb->add_option("file", options->files, "the files")->required()->type_name("FILE");
    verb->callback([options, &session] { session.exit = tidy_files(*options, session.console); });
}

}  // namespace newswatch::ctl
