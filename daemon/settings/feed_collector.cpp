#include "settings/feed_collector.h"

#include <system_error>

#include "base/format.h"
#include "settings/code_points.h"
#include "text/url.h"

namespace newswatch::settings {

void FeedCollector::add(Feed feed, const Word& written, Report& report) {
    feed.id = feed_id(feed.url);
    feed.place = report.source().place(written.mark);
    const auto [place, is_new] = by_address_.emplace(text::canonical_url(feed.url), feeds_.size());
    if (is_new) {
        feeds_.push_back(std::move(feed));
        return;
    }
    const Feed& first = feeds_[place->second];
    Finding& finding = report.warning("U27", "the same feed is listed twice", written.mark, written.width);
    finding.label = "same feed, polled once";
    RelatedPlace other{first.place, static_cast<unsigned>(written.width), {}, "first listed here"};
    if (first.place.file == report.source().name()) {
        other.excerpt = std::string{report.source().line(first.place.line)};
        const std::string_view from_here =
            std::string_view{other.excerpt}.substr(byte_of_column(other.excerpt, first.place.column));
        other.length =
            static_cast<unsigned>(code_point_count(from_here.substr(0, from_here.find_first_of(" \t\"'"))));
    }
    finding.related.push_back(std::move(other));
    finding.help.push_back("same: both lead to " + first.url);
    finding.help.push_back(newswatch::format("help: delete line {}", written.mark.line));
}

bool FeedCollector::first_time(const std::filesystem::path& file) {
    std::error_code error;
    const std::filesystem::path real = std::filesystem::weakly_canonical(file, error);
    return files_.insert(error ? file : real).second;
}

}  // namespace newswatch::settings
