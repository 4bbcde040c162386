#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/place.h"

namespace newswatch {

/// Which fields a node looks at: `in:` of a watchlist. `lead` is the summary or the first paragraph.
struct FieldSet {
    bool title{false};
    bool lead{false};
    bool summary{false};
    bool content{false};
    bool author{false};
    bool link{false};
    bool category{false};

    /// Where a watchlist does not say `in:`.
    [[nodiscard]] static FieldSet usual() {
        return {.title = true,
                .lead = false,
                .summary = true,
                .content = true,
                .author = false,
                .link = false,
                .category = false};
    }
    bool operator==(const FieldSet&) const = default;
};

/// `within:` beside an `all_of`.
struct Within {
    enum class Unit : std::uint8_t { words, sentence, paragraph };
    Unit unit{Unit::words};
    unsigned words{0};    ///< for Unit::words
    bool ordered{false};  ///< `ordered: yes`
};

enum class RuleKind : std::uint8_t {
    everything,
    term,      ///< word, phrase or prefix: `text` as written
    exact,     ///< case- and accent-sensitive `text`
    regex,     ///< RE2 over the NFC text
    region,    ///< any of `regions`
    concept_,  ///< the concept named `text`
    terms,     ///< `by_language`: any_of of the article language's list and the "*" list
    all_of,
    any_of,
    none_of,
};

/// One node of `match:` (WATCHLISTS.md §1), as written and checked, not yet compiled.
///
/// A mapping that combines keys (`all_of` beside `none_of`) is an `all_of` node over one node for each key;
/// `within` stays with the `all_of` it was written beside, `at_least` with its `any_of` or its leaf.
struct Rule {
    RuleKind kind{RuleKind::everything};
    std::string text{};
    std::vector<std::string> regions{};  ///< ISO 3166-1 alpha-2 or a group such as `EU`, `arab-league`
    std::vector<Rule> children{};
    std::map<std::string, std::vector<Rule>> by_language{};
    std::optional<FieldSet> in{};          ///< inherited where empty
    std::vector<std::string> languages{};  ///< ISO 639-1; additionally the article's language is one of these
    unsigned at_least{1};
    std::optional<Within> within{};
    std::vector<std::string> except{};  ///< phrases that mask occurrences
    Place place{};
};

/// Shared words: `concepts.d/*.yaml`.
struct Concept {
    std::string id{};
    std::map<std::string, std::string> names{};        ///< by language; "" is `name`
    std::map<std::string, std::vector<Rule>> terms{};  ///< by language, or "*"
    Place place{};
};

enum class Priority : std::uint8_t { low, normal, high, urgent };

[[nodiscard]] constexpr std::string_view name_of(Priority priority) {
    switch (priority) {
        case Priority::low:
            return "low";
        case Priority::normal:
            return "normal";
        case Priority::high:
            return "high";
        case Priority::urgent:
            return "urgent";
    }
    return "";
}

/// An inline test of a watchlist.
struct WatchlistTest {
    std::string title{};
    std::string text{};
    std::string language{};
    std::string why{};
    bool expect_match{true};
    Place place{};
};

/// What somebody wants to hear about. Immutable once loaded.
struct Watchlist {
    std::string id{};  ///< [a-z0-9][a-z0-9-]{0,62}: a level of the topic
    std::string name{};
    std::map<std::string, std::string> names{};  ///< name_ar …, by language
    std::string description{};
    std::vector<std::string> languages{};  ///< empty: all
    std::vector<std::string> feeds{};      ///< names, folders or URLs; empty: all
    Rule match{};
    Priority priority{Priority::normal};
    bool updates{false};
    std::vector<WatchlistTest> tests{};
    std::string rev{};  ///< hash of the file it came from
    Place place{};
};

}  // namespace newswatch
