#include "fetch/local_file.h"

#include <curl/curl.h>
#include <sys/stat.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "base/file.h"
#include "base/format.h"
#include "fetch/response_headers.h"

namespace newswatch::fetch {

namespace {

/// The path of RFC 8089: `file:///path` or `file://localhost/path`, percent-decoded. Empty where it is
/// neither.
std::filesystem::path path_of(std::string_view url) {
    for (const std::string_view start : {"file://localhost/", "file:///"}) {
        if (!url.starts_with(start)) continue;
        const std::string_view path = url.substr(start.size() - 1);
        int size = 0;
        char* decoded = curl_easy_unescape(nullptr, path.data(), static_cast<int>(path.size()), &size);
        if (decoded == nullptr) return {};
        std::string text(decoded, static_cast<std::size_t>(size));
        curl_free(decoded);
        if (text.find('\0') != std::string::npos) return {};
        return text;
    }
    return {};
}

bool lies_below(const std::filesystem::path& file, const std::filesystem::path& folder) {
    std::error_code trouble;
    const std::filesystem::path real = std::filesystem::canonical(folder, trouble);
    if (trouble) return false;
    const auto [end, rest] = std::mismatch(real.begin(), real.end(), file.begin(), file.end());
    return end == real.end() && rest != file.end();
}

Time time_of(const timespec& time) {
    return Time{std::chrono::seconds{time.tv_sec} + std::chrono::microseconds{time.tv_nsec / 1000}};
}

}  // namespace

FetchAnswer read_local_file(PollRequest request, const std::vector<std::filesystem::path>& allow_folders,
                            std::size_t limit, Time now) {
    FetchAnswer answer;
    answer.request = std::move(request);
    const auto failed = [&](std::string why) {
        answer.error = std::move(why);
        return std::move(answer);
    };
    const std::filesystem::path written = path_of(answer.request.url);
    if (written.empty()) return failed("the address is not file:/// and a path");
    std::error_code trouble;
    const std::filesystem::path path = std::filesystem::canonical(written, trouble);
    if (trouble) return failed(format("cannot read {}: {}", written.string(), trouble.message()));
    if (std::none_of(allow_folders.begin(), allow_folders.end(),
                     [&](const std::filesystem::path& folder) { return lies_below(path, folder); })) {
        return failed(format("{} is in no folder that polling.allow_folders names", path.string()));
    }
    struct stat about {};
    if (::stat(path.c_str(), &about) != 0) {
        const std::string why = std::generic_category().message(errno);
        return failed(format("cannot read {}: {}", path.string(), why));
    }
    if (!S_ISREG(about.st_mode)) return failed(format("{} is not a regular file", path.string()));

    answer.etag = format("\"{}.{:09}-{}\"", about.st_mtim.tv_sec, about.st_mtim.tv_nsec, about.st_size);
    answer.last_modified = http_date(time_of(about.st_mtim));
    if (answer.request.etag == answer.etag) {
        answer.end = PollEnd::not_modified;
        return answer;
    }
    Result<std::string> bytes = read_file(path, limit);
    if (!bytes) return failed(bytes.error().line());
    if (bytes->empty()) return failed(format("{} is empty", path.string()));
    const Feed& feed = answer.request.feed;
    answer.end = PollEnd::fetched;
    answer.document = Document{.feed = feed.id,
                               .url = answer.request.url,
                               .content_location = {},
                               .content_type = {},
                               .bytes = std::move(*bytes),
                               .etag = answer.etag,
                               .last_modified = answer.last_modified,
                               .fetched_at = now,
                               .language = feed.language,
                               .reader = feed.reader,
                               .reader_settings = feed.reader_settings};
    return answer;
}

}  // namespace newswatch::fetch
