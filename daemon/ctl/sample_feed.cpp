#include "ctl/sample_feed.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/file.h"
#include "base/format.h"
#include "text/date.h"

namespace newswatch::ctl {

namespace {

constexpr std::size_t kLargestSample = std::size_t{1} << 20;
constexpr std::string_view kOpen = "{{";
constexpr std::string_view kClose = "}}";
constexpr std::string_view kMinutesAgo = "minutes_ago:";

/// `Sat, 31 Jan 2026 09:05:00 +0000` (RFC 5322 §3.3), whatever the locale.
std::string rfc822(Time time) {
    static constexpr std::string_view kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::string_view kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::seconds>(time - day)};
    return format("{}, {:02} {} {:04} {:02}:{:02}:{:02} +0000", kDays[std::chrono::weekday{day}.c_encoding()],
                  static_cast<unsigned>(date.day()), kMonths[static_cast<unsigned>(date.month()) - 1],
                  static_cast<int>(date.year()), clock.hours().count(), clock.minutes().count(),
                  clock.seconds().count());
}

/// The time that stands for `minutes_ago:12:rfc822`; nothing where it is not one of ours.
std::optional<std::string> time_for(std::string_view placeholder, Time now) {
    if (!placeholder.starts_with(kMinutesAgo)) return std::nullopt;
    placeholder.remove_prefix(kMinutesAgo.size());
    int minutes = 0;
    const auto [end, error] =
        std::from_chars(placeholder.data(), placeholder.data() + placeholder.size(), minutes);
    if (error != std::errc{}) return std::nullopt;
    const std::string_view form = placeholder.substr(static_cast<std::size_t>(end - placeholder.data()));
    const Time time = now - std::chrono::minutes{minutes};
    if (form == ":rfc822") return rfc822(time);
    if (form == ":rfc3339") return text::rfc3339(time);
    return std::nullopt;
}

Result<SampleFeed> read_sample_feed(const std::filesystem::path& file, Time now) {
    const Result<std::string> sample = read_file(file, kLargestSample);
    if (!sample) return tl::unexpected{sample.error()};
    Result<std::string> body = fill_in_times(*sample, now);
    if (!body) {
        body.error().where = file.native();
        return tl::unexpected{body.error()};
    }
    const bool atom = body->find("<feed") != std::string::npos;
    return SampleFeed{.name = file.filename().native(),
                      .body = std::move(*body),
                      .content_type = atom ? "application/atom+xml" : "application/rss+xml"};
}

}  // namespace

Result<std::string> fill_in_times(std::string_view sample, Time now) {
    std::string filled;
    while (true) {
        const std::size_t open = sample.find(kOpen);
        filled += sample.substr(0, open);
        if (open == std::string_view::npos) return filled;
        const std::size_t begin = open + kOpen.size();
        const std::size_t close = sample.find(kClose, begin);
        const std::string_view placeholder =
            sample.substr(begin, close == std::string_view::npos ? 40 : close - begin);
        const std::optional<std::string> time = time_for(placeholder, now);
        if (close == std::string_view::npos || !time) {
            return fail(ErrorKind::bad_input, format("`{{{{{}}}}}` is no time of a sample", placeholder), {},
                        "write {{minutes_ago:12:rfc822}} or {{minutes_ago:12:rfc3339}}");
        }
        filled += *time;
        sample.remove_prefix(close + kClose.size());
    }
}

Result<std::vector<SampleFeed>> read_sample_feeds(const std::filesystem::path& folder, Time now) {
    std::error_code error;
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator{folder, error}) {
        if (entry.path().extension() == ".xml") files.push_back(entry.path());
    }
    if (files.empty()) {
        return fail(ErrorKind::unavailable, "the sample feeds of the demo are not there", folder.native(),
                    "build or install all of newswatch: they come with it");
    }
    std::sort(files.begin(), files.end());
    std::vector<SampleFeed> feeds;
    for (const std::filesystem::path& file : files) {
        Result<SampleFeed> feed = read_sample_feed(file, now);
        if (!feed) return tl::unexpected{feed.error()};
        feeds.push_back(std::move(*feed));
    }
    return feeds;
}

Result<std::vector<ExpectedAlert>> read_expected(const std::filesystem::path& file) {
    const Result<std::string> bytes = read_file(file, kLargestSample);
    if (!bytes) return tl::unexpected{bytes.error()};
    const auto list = nlohmann::json::parse(*bytes, nullptr, false);
    const auto text = [](const nlohmann::json& entry, const char* key) {
        const auto found = entry.find(key);
        return found != entry.end() && found->is_string() ? found->get<std::string>() : std::string{};
    };
    std::vector<ExpectedAlert> expected;
    if (list.is_array()) {
        for (const nlohmann::json& entry : list) {
            if (entry.is_object()) expected.push_back({text(entry, "watchlist"), text(entry, "title")});
        }
    }
    if (expected.empty()) {
        return fail(ErrorKind::bad_input, "a list of {\"feed\",\"watchlist\",\"title\"} was expected",
                    file.native());
    }
    return expected;
}

}  // namespace newswatch::ctl
