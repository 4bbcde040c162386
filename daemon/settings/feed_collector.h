#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "model/feed.h"
#include "settings/mapping_reader.h"

namespace newswatch::settings {

/// The feeds read so far, each once, over all files of a folder.
class FeedCollector {
  public:
    /// Takes the feed that stands at `written`, or warns with both places where the same address was read
    /// before (U27): http or https, `www.`, a slash at the end make no difference.
    void add(Feed feed, const Word& written, Report& report);

    /// True the first time a file is named: an OPML file of the folder may also be named by an entry.
    [[nodiscard]] bool first_time(const std::filesystem::path& file);

    [[nodiscard]] std::vector<Feed> take() { return std::move(feeds_); }

  private:
    std::vector<Feed> feeds_{};
    std::unordered_map<std::string, std::size_t> by_address_{};  // canonical address → feeds_
    std::set<std::filesystem::path> files_{};
};

/// What a folder hands down to the feeds in it.
struct FeedContext {
    std::string folder{};  ///< `Libya/East`
    std::optional<std::chrono::seconds> every{};
    FullText full_text{FullText::never};
};

/// Every outline with an `xmlUrl` of an OPML file; outlines around it are its folder. A bad entry is a
/// finding, the rest is read.
void read_opml(const std::filesystem::path& path, const std::string& shown_as, const FeedContext& context,
               FeedCollector& feeds, std::vector<Finding>& findings);

}  // namespace newswatch::settings
