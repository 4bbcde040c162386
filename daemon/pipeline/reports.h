#pragma once

#include <vector>

#include "pipeline/judge.h"
#include "settings/finding.h"

/// What the log says of files and polls. Any thread may call.
namespace newswatch {

/// One line for each finding, by its severity.
void report_findings(const std::vector<settings::Finding>& findings);

/// A poll whose feed has fallen ill, has another trouble than before, or answers again.
void report_health(const Judgement& poll);

/// The publisher's address was replaced, or the configured one is back.
void report_move(const Judgement& poll);

/// What became of a page behind an entry.
void report_page(const Judgement& page);

/// What a stored poll brought: its articles, what was repaired in the document, and a storm.
void report_stored(const Judgement& poll, std::size_t burst);

}  // namespace newswatch
