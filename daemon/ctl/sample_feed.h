#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/clock.h"
#include "base/error.h"

/// The bundled sample feeds of the demo (share/newswatch/demo).
namespace newswatch::ctl {

/// `{{minutes_ago:12:rfc822}}` and `{{minutes_ago:12:rfc3339}}` become that time before `now`, so that a
/// sample is as young as news. Anything else between `{{` and `}}` is an error that quotes it.
[[nodiscard]] Result<std::string> fill_in_times(std::string_view sample, Time now);

/// A feed as it is served.
struct SampleFeed {
    std::string name{};  ///< its file name
    std::string body{};
    std::string content_type{};
};

/// Every `*.xml` of the folder by name, with its times filled in.
[[nodiscard]] Result<std::vector<SampleFeed>> read_sample_feeds(const std::filesystem::path& folder,
                                                                Time now);

/// An alert that the samples must bring with the shipped watchlists.
struct ExpectedAlert {
    std::string watchlist{};
    std::string title{};
    bool operator<(const ExpectedAlert& other) const {
        return std::tie(watchlist, title) < std::tie(other.watchlist, other.title);
    }
};

/// `expected.json`: a list of `{"feed","watchlist","title"}`.
[[nodiscard]] Result<std::vector<ExpectedAlert>> read_expected(const std::filesystem::path& file);

}  // namespace newswatch::ctl
