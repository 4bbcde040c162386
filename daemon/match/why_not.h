#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "match/matcher.h"
#include "model/analysed.h"
#include "model/match.h"

/// Why a watchlist does not match an article: clause by clause, with what came nearest.
namespace newswatch::match {

/// What stands against a clause.
enum class Obstacle : std::uint8_t {
    none,      ///< it is met
    language,  ///< the article is in none of its `languages`
    feed,      ///< the article is from none of its `feeds`
    absent,    ///< nothing of it was found
    too_few,   ///< less often than `at_least` asks
    apart,     ///< all is there, but not as close together as `within` asks, or not in order
    excluded,  ///< something that it leaves out was found
};

/// What came nearest to an absent word.
enum class Nearness : std::uint8_t {
    other_field,     ///< the word itself, in a field that is not looked at
    other_language,  ///< the word itself, but its list is for articles in another language
    masked,          ///< the word itself, inside an `except`
    spelling,        ///< `exact`: the same letters in other case or accents
    beginning,       ///< a word that begins alike: `Libyan` for `Libya`
    part,            ///< a word of the phrase
    other_region,    ///< another country
};

struct NearThing {
    Nearness nearness{Nearness::beginning};
    Span span{};  ///< what stands in the article; `term` and `rule` are of the watchlist
};

struct ClauseAnswer {
    Obstacle obstacle{Obstacle::none};
    std::string clause{};             ///< for people: `Libya`, `ceasefire or truce`
    std::string rule{};               ///< FILE:LINE
    std::vector<Span> found{};        ///< of a met clause, of one that is too far apart, of an exclusion
    std::vector<NearThing> near{};    ///< of an absent one, the nearest first
    unsigned wanted{0};               ///< `at_least`, or the words of `within`; 0: does not apply
    std::optional<unsigned> count{};  ///< how many were found, or how many words apart at best
};

struct WhyNot {
    bool matches{false};
    std::vector<ClauseAnswer> clauses{};  ///< in the order of the file
};

/// Empty where the set has no such watchlist. Pure; any thread may call.
[[nodiscard]] std::optional<WhyNot> why_not(const WatchlistSet& set, std::string_view watchlist,
                                            const Analysed& article, const FeedContext& feed = {});

/// A line for each clause: `missing  Libya (syria.yaml:4): nearest is «Libyan», title`.
[[nodiscard]] std::string explain(const WhyNot& answer);

}  // namespace newswatch::match
