#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "settings/clean_text.h"
#include "settings/source.h"

namespace newswatch::settings {

struct TreeEntry;

/// One value of a YAML file. Everything is text: `NO`, `010` and `07:00` stay what was written.
struct TreeNode {
    enum class Kind : std::uint8_t { empty, scalar, sequence, mapping };
    Kind kind{Kind::empty};
    std::string value{};  ///< of a scalar
    bool quoted{false};   ///< of a scalar; never changes the meaning, only the hints
    bool in_flow{false};  ///< inside [ ] or { }
    Mark mark{};
    std::vector<TreeNode> items{};  ///< of a sequence
    /// Of a mapping, in the order written; no key twice. (Not `{}`: clang 14 would want the whole type here.)
    std::vector<TreeEntry> entries;

    [[nodiscard]] bool is_scalar() const { return kind == Kind::scalar; }
    [[nodiscard]] bool is_sequence() const { return kind == Kind::sequence; }
    [[nodiscard]] bool is_mapping() const { return kind == Kind::mapping; }
    [[nodiscard]] bool is_empty() const { return kind == Kind::empty; }
    /// The code points that a caret under this value spans on its line.
    [[nodiscard]] std::size_t width() const;
    [[nodiscard]] const TreeEntry* find(std::string_view key) const;
};

struct TreeEntry {
    std::string key{};
    Mark key_mark{};
    TreeNode value{};

    [[nodiscard]] std::size_t key_width() const;
};

/// The tree of the one document in the file, by yaml-cpp's event API; a file of nothing but comments gives an
/// empty node. Empty after an error that leaves no tree worth looking at; a key written twice is reported and
/// the first one kept.
///
/// Refused: aliases and anchors (so no bombs), tags, a second document, more than 16 levels.
[[nodiscard]] std::optional<TreeNode> parse_tree(const CleanText& text, Report& report);

}  // namespace newswatch::settings
