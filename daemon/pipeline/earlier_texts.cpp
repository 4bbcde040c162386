#include "pipeline/earlier_texts.h"

#include <utility>

#include "base/log.h"

namespace newswatch {

namespace {

std::optional<Article> unreadable(const Error& error) {
    log::warning("store", "an earlier text cannot be read, so its revision may alert again: {}",
                 error.line());
    return std::nullopt;
}

}  // namespace

EarlierTexts::EarlierTexts(std::filesystem::path folder) : folder_{std::move(folder)} {}

std::optional<Article> EarlierTexts::of(const FeedId& feed, const Hash128& article) {
    if (!reader_) {
        auto opened = store::JournalReader::open(folder_);
        if (!opened) return unreadable(opened.error());
        reader_ = *std::move(opened);
    }
    Result<std::optional<Article>> text = reader_->text_of(feed, article);
    return text ? *std::move(text) : unreadable(text.error());
}

}  // namespace newswatch
