#pragma once

#include "model/article.h"

namespace newswatch::parse {

/// Whether the entry only announces its article: its text is no longer than a few sentences, or breaks off
/// with an ellipsis. Pure.
[[nodiscard]] bool is_teaser(const Article& article);

}  // namespace newswatch::parse
