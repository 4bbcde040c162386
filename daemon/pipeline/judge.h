#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "match/matcher.h"
#include "model/harvest.h"
#include "model/poll_outcome.h"
#include "parse/parser.h"
#include "schedule/poll_policy.h"

/// parse → analyse → match: the middle of the way of the data, as one function of its input.
namespace newswatch {

/// What a judgement depends on besides the answer itself. Borrowed for the call.
struct Jury {
    const parse::ParserRegistry& parsers;
    const match::WatchlistSet& watchlists;
    std::function<Novelty(const ArticleKeys&)> novelty{};  ///< fulfilled by `store`
    /// The text of a revised article before its change, where it is still kept; fulfilled by `store`.
    std::function<std::optional<Article>(const FeedId&, const Hash128& article)> earlier_text{};
    schedule::PollBounds bounds{};
    schedule::Tariff tariff{};  ///< what a poll was worth when the answer came
    std::chrono::seconds first_poll_window{std::chrono::hours{24}};  ///< `alerts.first_poll_window`
    std::size_t burst{200};                                          ///< `alerts.burst`
    double dice{0.5};  ///< uniform in [0, 1): spreads the next poll
};

/// An article that one watchlist nearly met, kept for `newswatchctl` to show.
struct AlmostAlert {
    NearMatch near{};
    std::string title{};
    std::string url{};
    std::string language{};
    std::string feed{};
};

/// What one poll comes to.
struct Judgement {
    Harvest harvest{};
    PollOutcome outcome{};
    std::vector<AlmostAlert> almost{};
    std::vector<std::string> problems{};  ///< what was repaired or left out in the document
};

/// One answer → what is to be journalled: the feed's new state, its fresh and revised articles and their
/// alerts.
///
/// `state` is the feed's state before the poll. An answer without a document, or with the same bytes as
/// before, changes the state only. The rules of DESIGN.md §4 hold: of a feed's first poll only articles
/// younger than the window alert; a revision alerts where the text before did not meet the watchlist, or
/// where it asks for updates; a watchlist that more than `burst` articles of the document meet gets one
/// digest. Any thread may call.
[[nodiscard]] Judgement judge(const Jury& jury, FetchAnswer answer, FeedState state, Time now);

}  // namespace newswatch
