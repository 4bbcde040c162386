#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "settings/tree.h"

namespace newswatch::settings {

/// Walks through the keys of one mapping: what is asked for is known, what is left at the end is a mistake.
///
/// The caller asks for every key that the block may have and then calls `finish`, once.
class MappingReader {
  public:
    /// `called` is the block in messages: `match`, `polling`. A node that is no mapping is reported (an empty
    /// one is an empty block) and reads as one without keys.
    MappingReader(const TreeNode& node, std::string called, Report& report);

    /// The entry with that key, or null. Remembers the key as known.
    [[nodiscard]] const TreeEntry* take(std::string_view key);

    /// A key that a later version brings: a finding of that severity where it is there, so that a file
    /// written for it is no error.
    void take_for_later(std::string_view key, Severity severity = Severity::warning);

    /// Every entry whose key starts with `prefix` and has a language behind it: `name_ar`.
    [[nodiscard]] std::vector<const TreeEntry*> take_by_language(std::string_view prefix);

    /// Reports every key that nobody asked for. True where there was none.
    bool finish();

  private:
    void report_unknown(const TreeEntry& entry);

    const TreeNode& node_;
    std::string called_;
    Report& report_;
    bool is_mapping_;
    std::vector<std::string> known_{};
    std::vector<const TreeEntry*> taken_{};
};

/// The text of a scalar, trimmed; empty after a finding that says what was expected. `called` names it.
[[nodiscard]] std::string text_of(const TreeNode& node, Mark key, std::string_view called, Report& report);
[[nodiscard]] std::string text_of(const TreeEntry& entry, Report& report);

/// One scalar or a list of scalars.
struct Word {
    std::string text{};
    Mark mark{};
    std::size_t width{1};
};
[[nodiscard]] std::vector<Word> words_of(const TreeEntry& entry, Report& report);

}  // namespace newswatch::settings
