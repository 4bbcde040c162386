#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/analysed.h"

namespace newswatch {

/// Where one positive leaf of a watchlist was met.
struct Span {
    FieldName field{FieldName::title};
    std::uint32_t index{0};  ///< the entry of a list field (`categories[2]`)
    std::uint32_t start{0};  ///< offsets in code points of the field's text, end exclusive
    std::uint32_t end{0};
    std::string text{};     ///< the slice
    std::string term{};     ///< as written in the YAML
    std::string rule{};     ///< FILE:LINE
    std::string meaning{};  ///< for people: `Syria` for `region: SY`, the concept's name; else empty
};

/// `title`, `url`, `categories[2]`: the name that the span's field has in an article, list fields with their
/// index.
[[nodiscard]] inline std::string field_of(const Span& span) {
    switch (span.field) {
        case FieldName::author:
            return "authors[" + std::to_string(span.index) + "]";
        case FieldName::category:
            return "categories[" + std::to_string(span.index) + "]";
        case FieldName::link:
            return "url";
        case FieldName::title:
        case FieldName::summary:
        case FieldName::content:
            break;
    }
    return std::string{name_of(span.field)};
}

/// One watchlist met by one article, with where and why.
struct Match {
    std::string watchlist{};    ///< id
    std::vector<Span> spans{};  ///< by field, then start
};

/// A watchlist that one article nearly met: exactly one required clause is missing.
struct NearMatch {
    std::string watchlist{};
    std::vector<Span> found{};
    unsigned clauses{0};         ///< required clauses in all
    std::string missing{};       ///< for people: `Libya`, or `excluded by sport`
    std::string missing_rule{};  ///< FILE:LINE
};

}  // namespace newswatch
