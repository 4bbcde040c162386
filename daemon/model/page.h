#pragma once

#include <optional>
#include <vector>

#include "model/alert.h"
#include "model/article.h"
#include "model/feed.h"

namespace newswatch {

/// An article whose page is to be read too, because its entry in the feed is only a teaser. Made by the
/// judge, kept by `store` until it is settled, asked for by `schedule`.
struct PageWish {
    FeedId feed{};
    ArticleKeys keys{};
    Article article{};  ///< as the feed gave it; its `url` is the page
    Time not_before{};  ///< epoch: as soon as its site has room
    unsigned tries{0};  ///< how often the page was asked for in vain
};

/// What became of a page: its text, another try later (`again`), or neither, and then it is given up.
struct PageResult {
    PageWish wish{};
    std::optional<Article> article{};  ///< the entry with the text of its page
    bool archive{true};                ///< false where the page asks not to be kept (robots `noarchive`)
    bool again{false};                 ///< `wish` says when
    std::vector<Alert> alerts{};       ///< of watchlists that meet the whole text
};

}  // namespace newswatch
