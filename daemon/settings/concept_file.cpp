#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "base/format.h"
#include "settings/code_points.h"
#include "settings/rule_decoder.h"
#include "settings/text_file.h"
#include "settings/watchlist_file.h"
#include "settings/wrong_folder.h"

namespace newswatch::settings {

namespace {

void decode_terms(const TreeEntry& entry, Concept& into, RuleDecoder& decoder, Report& report) {
    if (!entry.value.is_mapping() || entry.value.entries.empty()) {
        report
            .error("W42", newswatch::format("the `terms` of `{}` must be listed by language", into.id),
                   entry.key_mark, entry.key_width())
            .help.emplace_back("help: terms:\n  en: [embassy, consul*]\n  ar: [سفارة, قنصلية]");
        return;
    }
    for (const TreeEntry& list : entry.value.entries) {
        const std::string language =
            list.key == "*" ? list.key : language_code({list.key, list.key_mark, list.key_width()}, report);
        std::vector<Rule> terms = decoder.decode_terms(list.value, list.key_mark, list.key);
        if (language.empty()) continue;
        std::vector<Rule>& known = into.terms[language];
        std::move(terms.begin(), terms.end(), std::back_inserter(known));
    }
}

Concept decode_concept(const TreeEntry& entry, RuleDecoder& decoder, Report& report) {
    Concept decoded;
    decoded.id = entry.key;
    decoded.place = report.source().place(entry.key_mark);
    if (!is_watchlist_id(decoded.id)) {
        report
            .error("W50", newswatch::format("`{}` cannot name a concept", decoded.id), entry.key_mark,
                   entry.key_width())
            .label = "small letters a-z, digits and - only, at most 63";
    }
    MappingReader keys{entry.value, decoded.id, report};
    decoded.names[""] = decoded.id;
    if (const TreeEntry* name = keys.take("name")) decoded.names[""] = text_of(*name, report);
    for (const TreeEntry* name : keys.take_by_language("name_"))
        decoded.names[name->key.substr(5)] = text_of(*name, report);
    if (const TreeEntry* about = keys.take("description"))
        static_cast<void>(text_of(*about, report));  // for the reader of the file
    const TreeEntry* terms = keys.take("terms");
    if (terms != nullptr) decode_terms(*terms, decoded, decoder, report);
    if (keys.finish() && terms == nullptr) {
        report
            .error("W09", newswatch::format("the concept `{}` has no `terms`", decoded.id), entry.key_mark,
                   entry.key_width())
            .help.emplace_back("help: terms:\n  en: [embassy, consul*]\n  ar: [سفارة, قنصلية]");
    }
    return decoded;
}

std::vector<Concept> decode_concepts(const TreeNode& root, const RegionLookup& regions, Report& report) {
    std::vector<Concept> concepts;
    if (root.is_empty() || report_wrong_folder(root, FileKind::concepts, report)) return concepts;
    MappingReader keys{root, {}, report};
    const TreeEntry* list = keys.take("concepts");
    if (!keys.finish()) return concepts;
    if (list == nullptr || !list->value.is_mapping() || list->value.entries.empty()) {
        report.error("W09", "this file lists no concepts", root.mark)
            .help.emplace_back("help: concepts:\n  diplomacy:\n    terms:\n      en: [embassy]");
        return concepts;
    }
    const std::vector<Concept> none;
    const Vocabulary vocabulary{none, regions};
    RuleDecoder decoder{vocabulary, report};
    for (const TreeEntry& entry : list->value.entries)
        concepts.push_back(decode_concept(entry, decoder, report));
    return concepts;
}

/// The concepts of a folder by name. The first file by name keeps a name that two files use.
std::map<std::string, Concept> read_folder(const std::filesystem::path& folder, Severity if_missing,
                                           const RegionLookup& regions, std::vector<Finding>& findings) {
    std::map<std::string, Concept> known;
    for (const FolderFile& file : files_of(folder, {".yaml", ".yml"}, if_missing, findings)) {
        const auto bytes = read_bytes(file.path, file.shown_as, kMostBytes, findings);
        if (!bytes) continue;
        const std::optional<Source> source = decode_text(*bytes, file.shown_as, findings);
        if (!source) continue;
        Report report{*source};
        std::vector<Concept> concepts;
        if (const std::optional<TreeNode> root = checked_tree(report))
            concepts = decode_concepts(*root, regions, report);
        for (const Concept& read : concepts) {
            const auto first = known.find(read.id);
            if (first == known.end()) continue;
            Finding& finding =
                report.error("W13", newswatch::format("the concept `{}` is already there", read.id),
                             {read.place.line, read.place.column}, code_point_count(read.id));
            finding.label = "second use; this file is not loaded";
            finding.help.push_back(newswatch::format("first: {}:{}:{}", first->second.place.file,
                                                     first->second.place.line, first->second.place.column));
        }
        const bool broken = report.has_errors();
        append(findings, report.take());
        if (broken) continue;
        for (Concept& read : concepts)
            known.emplace(read.id, std::move(read));
    }
    return known;
}

}  // namespace

Read<std::vector<Concept>> read_concepts(const std::filesystem::path& shipped,
                                         const std::filesystem::path& local, const RegionLookup& regions) {
    Read<std::vector<Concept>> read;
    std::map<std::string, Concept> all;
    const RegionLookup any{.find = [](std::string_view written) { return std::string{written}; }};
    const RegionLookup& known_regions = regions.find ? regions : any;
    if (!local.empty()) all = read_folder(local, Severity::note, known_regions, read.findings);
    if (!shipped.empty()) all.merge(read_folder(shipped, Severity::warning, known_regions, read.findings));
    for (auto& [name, known] : all)
        read.value.push_back(std::move(known));
    return read;
}

}  // namespace newswatch::settings
