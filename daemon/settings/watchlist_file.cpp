#include "settings/watchlist_file.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

#include "base/ascii.h"
#include "base/file.h"
#include "base/format.h"
#include "base/hash.h"
#include "settings/code_points.h"
#include "settings/rule_decoder.h"
#include "settings/suggestion.h"
#include "settings/text_file.h"
#include "settings/values.h"
#include "settings/wrong_folder.h"

namespace newswatch::settings {

namespace {

/// The nearest id by the grammar: lower case, `-` for everything else.
std::string as_id(std::string_view written) {
    std::string id;
    for (char letter : written) {
        letter = ascii::lower(letter);
        const bool fits = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
        if (fits) {
            id.push_back(letter);
        } else if (!id.empty() && id.back() != '-') {
            id.push_back('-');
        }
    }
    id.resize(std::min<std::size_t>(id.size(), 63));
    while (id.ends_with('-'))
        id.pop_back();
    return id;
}

void check_id(const std::string& id, Mark mark, std::size_t width, bool from_file_name, Report& report) {
    if (is_watchlist_id(id)) return;
    Finding& finding =
        report.error("W50",
                     from_file_name ? newswatch::format("the file name `{}` cannot be an id", id)
                                    : newswatch::format("`{}` cannot be an id", id),
                     mark, width);
    finding.label = "small letters a-z, digits and - only, at most 63";
    const std::string near = as_id(id);
    finding.help.push_back(newswatch::format("help: {}  id: {}",
                                             from_file_name ? "rename the file, or write" : "write",
                                             near.empty() ? "my-watchlist" : near));
}

class WatchlistDecoder {
  public:
    WatchlistDecoder(const Vocabulary& vocabulary, Report& report)
        : vocabulary_{vocabulary}, report_{report} {}

    Watchlist decode(const TreeNode& node, const std::string& usual_id) {
        Watchlist watchlist;
        MappingReader keys{node, {}, report_};
        watchlist.place = report_.source().place(node.mark);
        if (const TreeEntry* id = keys.take("id")) {
            watchlist.id = text_of(*id, report_);
            watchlist.place = report_.source().place(id->value.mark);
            if (!watchlist.id.empty())
                check_id(watchlist.id, id->value.mark, id->value.width(), false, report_);
        } else {
            watchlist.id = usual_id;
            if (!usual_id.empty()) check_id(usual_id, {1, 1}, 1, true, report_);
        }
        const TreeEntry* name = keys.take("name");
        watchlist.name = name != nullptr ? text_of(*name, report_) : watchlist.id;
        if (const TreeEntry* about = keys.take("description"))
            watchlist.description = text_of(*about, report_);
        for (const TreeEntry* entry : keys.take_by_language("name_"))
            watchlist.names[entry->key.substr(5)] = text_of(*entry, report_);
        if (const TreeEntry* languages = keys.take("languages")) decode_languages(*languages, watchlist);
        if (const TreeEntry* feeds = keys.take("feeds")) {
            for (Word& word : words_of(*feeds, report_)) {
                vocabulary_.check_feed(word, report_);
                watchlist.feeds.push_back(std::move(word.text));
            }
        }
        const TreeEntry* match = keys.take("match");
        if (match != nullptr)
            watchlist.match = RuleDecoder{vocabulary_, report_}.decode_match(match->value, match->key_mark);
        if (const TreeEntry* alert = keys.take("alert")) decode_alert(*alert, watchlist);
        if (const TreeEntry* tests = keys.take("tests")) decode_tests(*tests, watchlist);
        keys.finish();
        if (match == nullptr && !report_.has_errors()) report_no_match(node);
        return watchlist;
    }

  private:
    void report_no_match(const TreeNode& node) {
        const Mark mark = node.mark.line == 0 ? Mark{1, 1} : node.mark;  // an empty file has no first line
        report_.error("W41", "this watchlist does not say what to look for", mark)
            .help.emplace_back("help: add a block such as\nmatch:\n  any_of:\n    - embassy\n    - سفارة");
    }

    void decode_languages(const TreeEntry& entry, Watchlist& watchlist) {
        for (const Word& word : words_of(entry, report_)) {
            if (std::string code = language_code(word, report_); !code.empty())
                watchlist.languages.push_back(std::move(code));
        }
    }

    void decode_alert(const TreeEntry& entry, Watchlist& watchlist) {
        MappingReader keys{entry.value, "alert", report_};
        if (const TreeEntry* priority = keys.take("priority")) decode_priority(*priority, watchlist);
        if (const TreeEntry* updates = keys.take("updates"))
            watchlist.updates = yes_or_no(*updates, report_).value_or(false);
        keys.take_for_later("limit");
        keys.finish();
    }

    void decode_priority(const TreeEntry& entry, Watchlist& watchlist) {
        constexpr std::array<Priority, 4> kAll{Priority::low, Priority::normal, Priority::high,
                                               Priority::urgent};
        const std::size_t errors_before = report_.error_count();
        const std::string text = text_of(entry, report_);
        std::vector<std::string> names;
        for (const Priority priority : kAll) {
            if (text == name_of(priority)) {
                watchlist.priority = priority;
                return;
            }
            names.emplace_back(name_of(priority));
        }
        if (report_.error_count() != errors_before) return;
        Finding& finding = report_.error("S44", newswatch::format("`{}` is not a priority", text),
                                         entry.value.mark, entry.value.width());
        if (const std::string near = nearest(text, names); !near.empty())
            finding.label = newswatch::format("did you mean `{}`?", near);
        finding.help.push_back("known: " + joined(names));
    }

    void decode_tests(const TreeEntry& entry, Watchlist& watchlist) {
        if (!entry.value.is_sequence()) {
            report_.error("W53", "`tests` must be a list", entry.key_mark, entry.key_width())
                .help.emplace_back("help: tests:\n  - title: Libyan envoy in Damascus\n    expect: match");
            return;
        }
        for (const TreeNode& item : entry.value.items)
            watchlist.tests.push_back(decode_test(item));
    }

    WatchlistTest decode_test(const TreeNode& node) {
        WatchlistTest test;
        test.place = report_.source().place(node.mark);
        MappingReader keys{node, "tests", report_};
        const auto text = [&](std::string_view key, std::string& into) {
            const TreeEntry* entry = keys.take(key);
            if (entry != nullptr) into = text_of(*entry, report_);
            return entry;
        };
        if (const TreeEntry* title = text("title", test.title))
            test.place = report_.source().place(title->value.mark);
        text("text", test.text);
        if (const TreeEntry* language = text("language", test.language);
            language != nullptr && !test.language.empty()) {
            test.language =
                language_code({test.language, language->value.mark, language->value.width()}, report_);
        }
        keys.take_for_later("file");
        const TreeEntry* expect = keys.take("expect");
        text("why", test.why);
        const bool all_known = keys.finish();
        if (expect != nullptr) {
            decode_expectation(*expect, test);
        } else if (all_known && node.is_mapping()) {
            report_.error("W53", "this test does not say what is expected", node.mark)
                .help.emplace_back("help: add  expect: match  or  expect: no_match");
        }
        return test;
    }

    void decode_expectation(const TreeEntry& entry, WatchlistTest& test) {
        const std::size_t errors_before = report_.error_count();
        const std::string text = text_of(entry, report_);
        test.expect_match = text != "no_match";
        if (text == "match" || text == "no_match" || report_.error_count() != errors_before) return;
        report_
            .error("W53", newswatch::format("`expect` must be match or no_match, not `{}`", text),
                   entry.value.mark, entry.value.width())
            .help.emplace_back("help: write  expect: match  or  expect: no_match");
    }

    const Vocabulary& vocabulary_;
    Report& report_;
};

void report_id_twice(Report& report, const Watchlist& second, const Place& first) {
    Finding& finding = report.error("W13", newswatch::format("the id `{}` is already used", second.id),
                                    {second.place.line, second.place.column}, code_point_count(second.id));
    finding.label = "second use; this file is not loaded";
    finding.help.push_back(newswatch::format("first: {}:{}:{}", first.file, first.line, first.column));
    finding.help.push_back(
        newswatch::format("help: give this one another id, for example  id: {}-2", second.id));
}

/// One file → its watchlists; none where it has an error. `used` remembers the ids of the files before.
std::vector<Watchlist> decode_file(std::string_view bytes, const std::string& shown_as,
                                   const Vocabulary& vocabulary, std::unordered_map<std::string, Place>& used,
                                   std::vector<Finding>& findings) {
    const std::optional<Source> source = decode_text(bytes, shown_as, findings);
    if (!source) return {};
    Report report{*source};
    std::vector<Watchlist> watchlists;
    if (const std::optional<TreeNode> root = checked_tree(report)) {
        if (!report_wrong_folder(*root, FileKind::watchlist, report)) {
            watchlists =
                decode_watchlists(*root, std::filesystem::path{shown_as}.stem().string(), vocabulary, report);
        }
    }
    std::unordered_map<std::string, Place> here;
    for (const Watchlist& watchlist : watchlists) {
        const auto before = used.find(watchlist.id);
        const auto [place, is_new] = here.emplace(watchlist.id, watchlist.place);
        if (before != used.end()) {
            report_id_twice(report, watchlist, before->second);
        } else if (!is_new) {
            report_id_twice(report, watchlist, place->second);
        }
    }
    const bool broken = report.has_errors();
    append(findings, report.take());
    if (broken) return {};
    const std::string rev = hash128({bytes}).text();
    for (Watchlist& watchlist : watchlists)
        watchlist.rev = rev;
    used.merge(here);
    return watchlists;
}

}  // namespace

bool is_watchlist_id(std::string_view id) {
    constexpr std::size_t kLongest = 63;
    if (id.empty() || id.size() > kLongest || id.front() == '-') return false;
    return std::all_of(id.begin(), id.end(), [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '-';
    });
}

std::vector<Watchlist> decode_watchlists(const TreeNode& root, const std::string& usual_id,
                                         const Vocabulary& vocabulary, Report& report) {
    std::vector<Watchlist> watchlists;
    WatchlistDecoder decoder{vocabulary, report};
    const TreeEntry* list = root.find("watchlists");
    if (list == nullptr) {
        watchlists.push_back(decoder.decode(root, usual_id));
        return watchlists;
    }
    MappingReader keys{root, {}, report};
    static_cast<void>(keys.take("watchlists"));
    keys.finish();
    if (!list->value.is_sequence() || list->value.items.empty()) {
        report.error("W09", "`watchlists` lists nothing", list->key_mark, list->key_width())
            .help.emplace_back("help: write a list of watchlists, each with `id` and `match`");
        return watchlists;
    }
    for (const TreeNode& item : list->value.items) {
        if (item.is_mapping() && item.find("id") == nullptr) {
            report.error("W50", "a watchlist in a list needs an `id`", item.mark)
                .help.emplace_back("help: add  id: my-watchlist");
        }
        watchlists.push_back(decoder.decode(item, {}));
    }
    return watchlists;
}

Read<std::vector<Watchlist>> read_watchlists(const std::filesystem::path& folder,
                                             const std::vector<Concept>& concepts,
                                             const RegionLookup& regions) {
    Read<std::vector<Watchlist>> read;
    const Vocabulary vocabulary{concepts, regions};
    std::unordered_map<std::string, Place> used;
    for (const FolderFile& file : files_of(folder, {".yaml", ".yml"}, Severity::warning, read.findings)) {
        const auto bytes = read_bytes(file.path, file.shown_as, kMostBytes, read.findings);
        if (!bytes) continue;
        std::vector<Watchlist> watchlists =
            decode_file(*bytes, file.shown_as, vocabulary, used, read.findings);
        std::move(watchlists.begin(), watchlists.end(), std::back_inserter(read.value));
    }
    return read;
}

Read<std::vector<Watchlist>> decode_watchlist_file(std::string_view bytes, const std::string& shown_as,
                                                   const std::vector<Concept>& concepts,
                                                   const RegionLookup& regions) {
    Read<std::vector<Watchlist>> read;
    if (bytes.size() > kMostBytes) {
        Finding finding;
        finding.code = "F42";
        finding.headline = newswatch::format("{} is larger than {} bytes", shown_as, kMostBytes);
        finding.place.file = shown_as;
        read.findings.push_back(std::move(finding));
        return read;
    }
    const Vocabulary vocabulary{concepts, regions};
    std::unordered_map<std::string, Place> used;
    read.value = decode_file(bytes, shown_as, vocabulary, used, read.findings);
    return read;
}

Read<Rule> decode_rule(std::string_view yaml, const std::string& shown_as,
                       const std::vector<Concept>& concepts, const RegionLookup& regions) {
    Read<Rule> read;
    const std::optional<Source> source = decode_text(yaml, shown_as, read.findings);
    if (!source) return read;
    const Vocabulary vocabulary{concepts, regions};
    Report report{*source};
    if (const std::optional<TreeNode> root = checked_tree(report))
        read.value = RuleDecoder{vocabulary, report}.decode_match(*root, {1, 1});
    append(read.findings, report.take());
    return read;
}

}  // namespace newswatch::settings
