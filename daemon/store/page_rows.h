#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "model/page.h"
#include "store/database.h"

namespace newswatch::store {

/// The rows of `page`: pages that are to be read and are not settled yet. They outlive a restart, so that no
/// text that was wished for is missed.
class PageRows {
  public:
    explicit PageRows(Database& database);

    /// `feed` and `article` are rows. False where the page is waited for already.
    bool add(const PageWish& wish, std::int64_t feed, std::int64_t article);
    /// The row of the feed whose article waits for its page; nothing where it is settled.
    [[nodiscard]] std::optional<std::int64_t> feed_of(const Hash128& id);
    void postpone(const PageWish& wish);
    void settle(const Hash128& id);
    /// Every wish whose article is still archived, the oldest first.
    [[nodiscard]] std::vector<PageWish> all();

  private:
    Statement add_;
    Statement find_;
    Statement postpone_;
    Statement settle_;
    Statement all_;
};

}  // namespace newswatch::store
