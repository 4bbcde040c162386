#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "model/article.h"
#include "store/journal.h"

namespace newswatch {

/// What articles said before they were revised. Belongs to one worker and has a connection of its own, opened
/// when it is first asked: most workers never meet a revision that matches.
class EarlierTexts {
  public:
    /// `folder` holds the journal.
    explicit EarlierTexts(std::filesystem::path folder);

    /// Nothing where the text is not kept any more, or after a warning where it cannot be read.
    [[nodiscard]] std::optional<Article> of(const FeedId& feed, const Hash128& article);

  private:
    std::filesystem::path folder_;
    std::unique_ptr<store::JournalReader> reader_{};
};

}  // namespace newswatch
