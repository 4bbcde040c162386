#pragma once

#include <vector>

#include "model/feed.h"
#include "store/database.h"

namespace newswatch::store {

/// The rows of `feed`: one for each feed that was ever polled.
class FeedRows {
  public:
    explicit FeedRows(Database& database);

    /// Writes the state and gives the row it stands in.
    std::int64_t save(const Feed& feed, const FeedState& state);
    [[nodiscard]] std::vector<FeedState> all();

  private:
    Statement save_;
    Statement all_;
};

}  // namespace newswatch::store
