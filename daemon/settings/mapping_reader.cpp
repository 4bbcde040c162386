#include "settings/mapping_reader.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/format.h"
#include "settings/code_points.h"
#include "settings/suggestion.h"

namespace newswatch::settings {

namespace {

/// `region` of `region:SY` where the part before the colon is one of `known`; empty otherwise.
std::string glued_key(std::string_view written, const std::vector<std::string>& known) {
    const std::size_t colon = written.find(':');
    if (colon == std::string_view::npos) return {};
    const std::string key{written.substr(0, colon)};
    return std::find(known.begin(), known.end(), key) == known.end() ? std::string{} : key;
}

bool is_language_suffix(std::string_view suffix) {
    if (suffix.size() < 2) return false;
    return std::all_of(suffix.begin(), suffix.end(), [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || letter == '-' ||
               letter == '_';
    });
}

/// The block that a key belongs to, for keys that are easily written one level too high; empty for others.
std::string_view home_of(std::string_view key) {
    static const std::map<std::string_view, std::string_view> kHomes{{"all_of", "match"},
                                                                     {"any_of", "match"},
                                                                     {"none_of", "match"},
                                                                     {"within", "match"},
                                                                     {"ordered", "match"},
                                                                     {"at_least", "match"},
                                                                     {"in", "match"},
                                                                     {"term", "match"},
                                                                     {"region", "match"},
                                                                     {"concept", "match"},
                                                                     {"regex", "match"},
                                                                     {"exact", "match"},
                                                                     {"priority", "alert"},
                                                                     {"updates", "alert"},
                                                                     {"limit", "alert"},
                                                                     {"budget", "polling"},
                                                                     {"at_once", "polling"},
                                                                     {"per_site", "polling"},
                                                                     {"contact", "polling"},
                                                                     {"proxy", "polling"},
                                                                     {"credentials", "polling"},
                                                                     {"allow_networks", "polling"},
                                                                     {"allow_folders", "polling"},
                                                                     {"keep_articles", "archive"},
                                                                     {"keep_alerts", "archive"},
                                                                     {"size", "archive"},
                                                                     {"folder", "archive"},
                                                                     {"first_poll_window", "alerts"},
                                                                     {"burst", "alerts"},
                                                                     {"zeromq", "publish"},
                                                                     {"replay", "publish"},
                                                                     {"keys", "publish"},
                                                                     {"insecure", "publish"},
                                                                     {"socket", "control"},
                                                                     {"http", "control"}};
    const auto found = kHomes.find(key);
    return found == kHomes.end() ? std::string_view{} : found->second;
}

}  // namespace

MappingReader::MappingReader(const TreeNode& node, std::string called, Report& report)
    : node_{node}, called_{std::move(called)}, report_{report}, is_mapping_{node.is_mapping()} {
    if (is_mapping_ || node.is_empty()) return;
    const std::string here = called_.empty() ? "this file" : newswatch::format("`{}`", called_);
    Finding& finding = report_.error("S46", here + " must be a block of settings", node.mark, node.width());
    finding.label = node.is_sequence() ? "a list starts here" : "this is one text";
    finding.help.emplace_back("help: write one setting a line, such as  name: value");
}

const TreeEntry* MappingReader::take(std::string_view key) {
    known_.emplace_back(key);
    const TreeEntry* entry = node_.find(key);
    if (entry != nullptr) taken_.push_back(entry);
    return entry;
}

void MappingReader::take_for_later(std::string_view key, Severity severity) {
    const TreeEntry* entry = take(key);
    if (entry == nullptr) return;
    Finding& finding =
        report_.add(severity, "S45", newswatch::format("`{}` is not used yet by this version", key),
                    entry->key_mark, entry->key_width());
    finding.help.emplace_back("help: the line does no harm; a later version will use it");
}

std::vector<const TreeEntry*> MappingReader::take_by_language(std::string_view prefix) {
    std::vector<const TreeEntry*> found;
    for (const TreeEntry& entry : node_.entries) {
        if (!entry.key.starts_with(prefix)) continue;
        if (!is_language_suffix(std::string_view{entry.key}.substr(prefix.size()))) continue;
        if (std::find(taken_.begin(), taken_.end(), &entry) != taken_.end()) continue;
        taken_.push_back(&entry);
        found.push_back(&entry);
    }
    return found;
}

bool MappingReader::finish() {
    constexpr std::size_t kEnoughKeys = 100;  // a file of something else may hold 100,000 keys
    bool all_known = true;
    for (const TreeEntry& entry : node_.entries) {
        if (std::find(taken_.begin(), taken_.end(), &entry) != taken_.end()) continue;
        all_known = false;
        if (report_.error_count() >= kEnoughKeys) break;
        report_unknown(entry);
    }
    return all_known && (is_mapping_ || node_.is_empty());
}

void MappingReader::report_unknown(const TreeEntry& entry) {
    if (const std::string glued = glued_key(entry.key, known_); !glued.empty()) {
        Mark colon = entry.key_mark;
        colon.column += static_cast<unsigned>(code_point_count(glued) + 1);
        const std::string value = entry.key.substr(glued.size() + 1);
        Finding& finding =
            report_.error("Y29", newswatch::format("a space is missing after `{}:`", glued), colon);
        finding.label = newswatch::format("write `{}: {}`", glued, value);
        return;
    }
    const std::string place = called_.empty() ? std::string{} : newswatch::format(" in `{}`", called_);
    Finding& finding = report_.error("W06", newswatch::format("unknown setting `{}`{}", entry.key, place),
                                     entry.key_mark, entry.key_width());
    const std::string_view home = home_of(entry.key);
    if (std::find(known_.begin(), known_.end(), home) != known_.end()) {
        finding.label = newswatch::format("belongs inside `{}`", home);
        finding.help.push_back(newswatch::format("help: {}:\n  {}: …", home, entry.key));
        return;
    }
    const std::string near = nearest(entry.key, known_);
    if (!near.empty()) {
        finding.label = newswatch::format("did you mean `{}`?", near);
        std::string with_hyphens = near;
        std::replace(with_hyphens.begin(), with_hyphens.end(), '_', '-');
        if (with_hyphens == entry.key) finding.label += " (underscore, not hyphen)";
    }
    finding.help.push_back("known: " + joined(known_));
}

std::string text_of(const TreeNode& node, Mark key, std::string_view called, Report& report) {
    if (node.is_scalar()) return std::string{trimmed(node.value)};
    if (node.is_empty()) {
        report.error("S46", newswatch::format("`{}` has no value", called), key, code_point_count(called))
            .help.push_back(newswatch::format("help: write it behind the colon:  {}: …", called));
    } else {
        report.error("S46", newswatch::format("`{}` must be one text", called), node.mark).label =
            node.is_sequence() ? "a list starts here" : "a block starts here";
    }
    return {};
}

std::string text_of(const TreeEntry& entry, Report& report) {
    return text_of(entry.value, entry.key_mark, entry.key, report);
}

std::vector<Word> words_of(const TreeEntry& entry, Report& report) {
    std::vector<Word> words;
    const auto add = [&](const TreeNode& node) {
        std::string text = text_of(node, entry.key_mark, entry.key, report);
        if (!text.empty()) words.push_back({std::move(text), node.mark, node.width()});
    };
    if (!entry.value.is_sequence()) {
        add(entry.value);
        return words;
    }
    for (const TreeNode& item : entry.value.items)
        add(item);
    return words;
}

}  // namespace newswatch::settings
