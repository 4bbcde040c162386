#pragma once

#include "model/page.h"
#include "model/poll_outcome.h"
#include "pipeline/judge.h"

namespace newswatch {

/// The page behind an entry → the entry with the page's text, and the alerts of the watchlists that meet it
/// now.
///
/// A page that its server could not give at present is tried again, three times in all; one that is no
/// article, forbids to be read by machines, or speaks of something else than its entry (a consent form, the
/// front page in place of an article that is gone), is given up. Any thread may call.
[[nodiscard]] Judgement judge_page(const Jury& jury, FetchAnswer answer, PageWish wish,
                                   const FeedState& state, Time now);

}  // namespace newswatch
