#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "model/alert.h"
#include "model/article.h"
#include "model/feed.h"
#include "model/page.h"

namespace newswatch {

/// How the store knows an article. `fresh` is new; `revised` a known identity with changed text; `known`
/// neither.
enum class Novelty : std::uint8_t { fresh, revised, known };

/// One article on its way into the journal, with the alerts that its matches ask for.
struct HarvestedArticle {
    Article article{};
    ArticleKeys keys{};
    Novelty novelty{Novelty::fresh};
    std::vector<Alert> alerts{};  ///< everything but number, previous, stream and time
};

/// What one poll brings to the writer: committed in ONE transaction (DESIGN.md §6).
struct Harvest {
    Feed feed{};
    FeedState state{};                         ///< as it is to be after the poll
    std::vector<HarvestedArticle> articles{};  ///< fresh and revised ones only
    std::vector<ArticleKeys> still_there{};    ///< of all entries of the document
    /// Watchlists that so many articles meet at once that one digest tells of them all (DESIGN.md §4).
    std::set<std::string> digests{};
    std::vector<PageWish> pages{};  ///< of fresh articles, to be kept until they are settled
    /// Where this is set the harvest is of one page and no poll: `state` and the lists above say nothing.
    std::optional<PageResult> page{};
};

}  // namespace newswatch
