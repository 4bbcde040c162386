#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/descriptor.h"
#include "base/error.h"
#include "control/control_server.h"
#include "model/feed.h"
#include "rules/rules.h"
#include "store/archive_reader.h"

namespace newswatch {

/// What questions about the archive are answered from. Everything is called on the control thread.
struct ArchiveSources {
    store::ArchiveReader& archive;
    const Clock& clock;
    std::function<std::shared_ptr<const rules::Rules>()> rules{};
    std::function<std::vector<std::pair<Feed, FeedState>>()> feeds{};
    std::function<Result<Descriptor>()> copy{};  ///< the journal as it stands now, as a file
    std::filesystem::path feeds_folder{};        ///< for what a tried watchlist may name as its feeds
};

/// `GET /v1/search`, `GET /v1/articles/ID`, `POST /v1/try` and `POST /v1/backup` (DESIGN.md §5;
/// docs/archive.md has the fields).
[[nodiscard]] std::map<std::string, control::Handler> archive_routes(ArchiveSources sources);

}  // namespace newswatch
