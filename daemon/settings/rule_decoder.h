#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/watchlist.h"
#include "settings/mapping_reader.h"
#include "settings/tree.h"
#include "settings/vocabulary.h"

namespace newswatch::settings {

/// The value of `match:` → a checked Rule (WATCHLISTS.md §1, YAML.md §2). All mistakes go to the report; the
/// rule is meaningful where it holds no new error.
class RuleDecoder {
  public:
    RuleDecoder(const Vocabulary& vocabulary, Report& report);

    /// `match` as written under `key`.
    [[nodiscard]] Rule decode_match(const TreeNode& node, Mark key);

    /// A list of words under `key` of a concept or of `terms`: terms, exact forms and regions only.
    [[nodiscard]] std::vector<Rule> decode_terms(const TreeNode& node, Mark key, const std::string& called);

  private:
    /// `level` counts the all_of, any_of and none_of around the node.
    [[nodiscard]] Rule entry(const TreeNode& node, unsigned level, Mark key, const std::string& called);
    [[nodiscard]] Rule block(const TreeNode& node, unsigned level, const std::string& called);
    [[nodiscard]] Rule group(const TreeEntry& written, RuleKind kind, unsigned level);
    /// Whether a plain text goes over several lines of the file.
    [[nodiscard]] bool is_folded(const TreeNode& value) const;
    [[nodiscard]] Rule term(const TreeEntry& written);
    [[nodiscard]] Rule exact(const TreeEntry& written);
    [[nodiscard]] Rule regex(const TreeEntry& written);
    [[nodiscard]] Rule region(const TreeEntry& written);
    [[nodiscard]] Rule shared_words(const TreeEntry& written);
    [[nodiscard]] Rule by_language(const TreeEntry& written);

    void put_at_least(std::vector<Rule>& parts, const TreeEntry& written);
    void put_within(std::vector<Rule>& parts, const TreeEntry* within, const TreeEntry* ordered);
    void put_except(std::vector<Rule>& parts, const TreeEntry& written);

    const Vocabulary& vocabulary_;
    Report& report_;
};

/// A term as written: `word`, `several words`, `stem*`, `everything`. Curly quotes around it are dropped with
/// a warning.
[[nodiscard]] Rule decode_term(const TreeNode& node, Report& report);

/// `in:` of any block.
[[nodiscard]] FieldSet decode_fields(const TreeEntry& written, Report& report);

/// `within:`, without `ordered`.
[[nodiscard]] std::optional<Within> decode_within(const TreeEntry& written, Report& report);

/// Reports W10 for every `none_of` with nothing positive beside or above it.
void check_positive(const Rule& rule, Report& report);

}  // namespace newswatch::settings
