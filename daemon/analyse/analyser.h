#pragma once

#include "model/analysed.h"
#include "model/article.h"

namespace newswatch::analyse {

/// Article → its language hints and its words with their keys.
///
/// The result borrows the article's text and must not outlive it. `feed_language` is the operator's or the
/// feed's word, may be empty. Bounded: linear in the text. Pure; any thread may call.
[[nodiscard]] Analysed analyse(const Article& article, std::string_view feed_language = {});

}  // namespace newswatch::analyse
