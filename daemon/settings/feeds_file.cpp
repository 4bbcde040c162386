#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "base/format.h"
#include "settings/code_points.h"
#include "settings/feed_address.h"
#include "settings/feed_collector.h"
#include "settings/settings.h"
#include "settings/text_file.h"
#include "settings/values.h"
#include "settings/vocabulary.h"
#include "settings/wrong_folder.h"

namespace newswatch::settings {

namespace {

/// `settings:` of a reader as JSON. Everything is text: the plug-in knows its own types.
nlohmann::json json_of(const TreeNode& node) {
    switch (node.kind) {
        case TreeNode::Kind::empty:
            return nullptr;
        case TreeNode::Kind::scalar:
            return node.value;
        case TreeNode::Kind::sequence: {
            nlohmann::json list = nlohmann::json::array();
            for (const TreeNode& item : node.items)
                list.push_back(json_of(item));
            return list;
        }
        case TreeNode::Kind::mapping: {
            nlohmann::json object = nlohmann::json::object();
            for (const TreeEntry& entry : node.entries)
                object[entry.key] = json_of(entry.value);
            return object;
        }
    }
    return nullptr;
}

bool is_reader_name(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '_' ||
               letter == '-';
    });
}

class FeedsDecoder {
  public:
    FeedsDecoder(const FolderFile& file, FeedCollector& feeds, Report& report,
                 std::vector<Finding>& opml_findings)
        : file_{file}, feeds_{feeds}, report_{report}, opml_findings_{opml_findings} {}

    void decode(const TreeNode& root) {
        if (root.is_empty()) {
            report_.note("F41", report_.source().name() + " lists no feeds", {});
            return;
        }
        if (root.is_sequence()) {  // clear enough without `feeds:` above it
            for (const TreeNode& item : root.items)
                entry(item, {});
            return;
        }
        if (report_wrong_folder(root, FileKind::feeds, report_)) return;
        MappingReader keys{root, {}, report_};
        const TreeEntry* list = keys.take("feeds");
        if (list != nullptr) feeds(*list, {});
        if (keys.finish() && list == nullptr) {
            report_.error("W09", "this file lists no feeds", root.mark)
                .help.emplace_back("help: feeds:\n  - https://agency.example/rss");
        }
    }

  private:
    void feeds(const TreeEntry& list, const FeedContext& context) {
        if (list.value.is_empty() || (list.value.is_sequence() && list.value.items.empty())) {
            report_.warning("W09", "`feeds` is empty", list.key_mark, list.key_width());
            return;
        }
        if (!list.value.is_sequence()) {
            report_.error("S46", "`feeds` must be a list", list.value.mark, list.value.width())
                .help.emplace_back("help: begin each line with a dash:  - https://agency.example/rss");
            return;
        }
        for (const TreeNode& item : list.value.items)
            entry(item, context);
    }

    void entry(const TreeNode& node, const FeedContext& context) {
        if (node.is_scalar()) {
            bare_address(node, context);
        } else if (!node.is_mapping()) {
            report_.error("S46", "this entry is not a feed", node.mark)
                .help.emplace_back("help: write  - https://agency.example/rss");
        } else if (node.find("folder") != nullptr) {
            folder(node, context);
        } else if (node.find("opml") != nullptr) {
            opml(node, context);
        } else {
            feed(node, context);
        }
    }

    void bare_address(const TreeNode& node, const FeedContext& context) {
        const Word written{std::string{trimmed(node.value)}, node.mark, node.width()};
        Feed read;
        read.url = feed_address(written, report_);
        if (read.url.empty()) return;
        read.folder = context.folder;
        read.every = context.every;
        read.full_text = context.full_text;
        feeds_.add(std::move(read), written, report_);
    }

    void feed(const TreeNode& node, const FeedContext& context) {
        const std::size_t errors_before = report_.error_count();
        Feed read;
        read.folder = context.folder;
        read.every = context.every;
        read.full_text = context.full_text;
        Word written;
        MappingReader keys{node, "feeds", report_};
        const TreeEntry* url = keys.take("url");
        if (url != nullptr) {
            written = {text_of(*url, report_), url->value.mark, url->value.width()};
            if (!written.text.empty()) read.url = feed_address(written, report_);
        }
        if (const TreeEntry* name = keys.take("name")) read.name = text_of(*name, report_);
        if (const TreeEntry* language = keys.take("language")) {
            const Word code{text_of(*language, report_), language->value.mark, language->value.width()};
            if (!code.text.empty() && !language_code(code, report_).empty()) read.language = code.text;
        }
        every(keys.take("every"), read.every);
        if (const TreeEntry* reader = keys.take("reader")) read.reader = reader_name(*reader);
        if (const TreeEntry* settings = keys.take("settings")) {
            if (settings->value.is_mapping()) {
                read.reader_settings = json_of(settings->value).dump();
            } else {
                report_.error("S46", "`settings` must be a block", settings->key_mark, settings->key_width());
            }
        }
        full_text(keys.take("full_text"), read.full_text);
        keys.take_for_later("credentials", Severity::note);
        keys.finish();
        if (url == nullptr && report_.error_count() == errors_before) {
            report_.error("U24", "this feed has no `url`", node.mark)
                .help.emplace_back("help: add  url: https://agency.example/rss");
        }
        // A feed with any mistake is left out; asking it in a way nobody meant would be worse.
        if (report_.error_count() == errors_before) feeds_.add(std::move(read), written, report_);
    }

    void folder(const TreeNode& node, const FeedContext& context) {
        MappingReader keys{node, "folder", report_};
        FeedContext inner = context;
        const std::string name = text_of(*keys.take("folder"), report_);
        if (!name.empty()) inner.folder = inner.folder.empty() ? name : inner.folder + "/" + name;
        every(keys.take("every"), inner.every);
        full_text(keys.take("full_text"), inner.full_text);
        const TreeEntry* list = keys.take("feeds");
        if (list != nullptr) feeds(*list, inner);
        if (keys.finish() && list == nullptr) {
            report_.warning("W09", newswatch::format("the folder `{}` has no `feeds`", name), node.mark);
        }
    }

    void opml(const TreeNode& node, const FeedContext& context) {
        MappingReader keys{node, "opml", report_};
        const TreeEntry& entry = *keys.take("opml");
        const std::string name = text_of(entry, report_);
        FeedContext inner = context;
        every(keys.take("every"), inner.every);
        full_text(keys.take("full_text"), inner.full_text);
        keys.finish();
        if (name.empty()) return;
        std::filesystem::path path{name};
        if (path.is_relative()) path = file_.path.parent_path() / path;
        if (!feeds_.first_time(path)) {
            report_
                .warning("U27", newswatch::format("{} is already read", name), entry.value.mark,
                         entry.value.width())
                .help.emplace_back("help: OPML files in feeds.d are read without being named");
            return;
        }
        const std::string shown_as =
            std::filesystem::path{name}.is_relative()
                ? (std::filesystem::path{file_.shown_as}.parent_path() / name).string()
                : name;
        std::vector<Finding> findings;
        read_opml(path, shown_as, inner, feeds_, findings);
        for (Finding& finding : findings) {
            if (finding.place.line > 0) continue;
            // About the file as a whole: the line that names it is the place to look at.
            finding.place = report_.source().place(entry.value.mark);
            finding.length = static_cast<unsigned>(entry.value.width());
            finding.excerpt = std::string{report_.source().line(entry.value.mark.line)};
        }
        append(opml_findings_, std::move(findings));
    }

    void every(const TreeEntry* entry, std::optional<std::chrono::seconds>& into) {
        if (entry == nullptr) return;
        const DurationRange range{std::chrono::minutes{1}, std::chrono::days{365}};
        if (const auto value = duration_of(*entry, range, report_)) into = value;
    }

    void full_text(const TreeEntry* entry, FullText& into) {
        if (entry == nullptr) return;
        constexpr std::array<std::pair<std::string_view, FullText>, 3> kChoices{
            {{"auto", FullText::automatic}, {"always", FullText::always}, {"never", FullText::never}}};
        const std::string written = text_of(*entry, report_);
        if (written.empty()) return;
        for (const auto& [name, choice] : kChoices) {
            if (written != name) continue;
            into = choice;
            return;
        }
        report_
            .error("S44", newswatch::format("`{}` is not a way to read the pages of a feed", written),
                   entry->value.mark, entry->value.width())
            .help.emplace_back("known: auto (where the feed brings teasers only), always, never");
    }

    std::string reader_name(const TreeEntry& entry) {
        std::string name = text_of(entry, report_);
        if (name.empty() || is_reader_name(name)) return name;
        report_
            .error("S44", newswatch::format("`{}` cannot be the name of a reader", name), entry.value.mark,
                   entry.value.width())
            .help.emplace_back("help: the name of a plug-in, such as rss or atom");
        return {};
    }

    const FolderFile& file_;
    FeedCollector& feeds_;
    Report& report_;
    std::vector<Finding>& opml_findings_;
};

/// A line of the short form without its comment.
std::string_view address_on(std::string_view line) {
    const std::size_t comment = line.find(" #");
    line = trimmed(line.substr(0, comment));
    return line.starts_with('#') ? std::string_view{} : line;
}

/// The short form, one address a line: its first line is an address and nothing that YAML gives a meaning.
bool is_list_of_addresses(const Source& source) {
    for (unsigned line = 1; line <= source.line_count(); ++line) {
        const std::string_view text = address_on(source.line(line));
        if (text.empty()) continue;
        return text.find_first_of(" \t\"'[{") == std::string_view::npos && !text.starts_with('-') &&
               !text.ends_with(':') && text.find_first_of("./") != std::string_view::npos;
    }
    return false;
}

void read_addresses(FeedCollector& feeds, Report& report) {
    for (unsigned line = 1; line <= report.source().line_count(); ++line) {
        const std::string_view text = address_on(report.source().line(line));
        if (text.empty()) continue;
        const std::string_view whole = report.source().line(line);
        const auto offset = static_cast<std::size_t>(text.data() - whole.data());
        const Word written{std::string{text},
                           {line, static_cast<unsigned>(code_point_count(whole.substr(0, offset)) + 1)},
                           code_point_count(text)};
        Feed feed;
        feed.url = feed_address(written, report);
        if (!feed.url.empty()) feeds.add(std::move(feed), written, report);
    }
}

void read_yaml(const FolderFile& file, FeedCollector& feeds, std::vector<Finding>& findings) {
    const auto bytes = read_bytes(file.path, file.shown_as, kMostFeedBytes, findings);
    if (!bytes) return;
    const std::optional<Source> source = decode_text(*bytes, file.shown_as, findings);
    if (!source) return;
    Report report{*source};
    std::vector<Finding> opml_findings;
    if (is_list_of_addresses(*source)) {
        read_addresses(feeds, report);
    } else if (const std::optional<TreeNode> root = checked_tree(report)) {
        FeedsDecoder{file, feeds, report, opml_findings}.decode(*root);
    }
    append(findings, report.take());
    append(findings, std::move(opml_findings));
}

}  // namespace

Read<std::vector<Feed>> read_feeds(const std::filesystem::path& folder) {
    Read<std::vector<Feed>> read;
    FeedCollector feeds;
    for (const FolderFile& file :
         files_of(folder, {".yaml", ".yml", ".opml"}, Severity::warning, read.findings)) {
        if (file.path.extension() != ".opml") {
            read_yaml(file, feeds, read.findings);
        } else if (feeds.first_time(file.path)) {
            read_opml(file.path, file.shown_as, {}, feeds, read.findings);
        }
    }
    read.value = feeds.take();
    return read;
}

}  // namespace newswatch::settings
