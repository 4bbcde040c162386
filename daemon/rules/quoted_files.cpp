#include "rules/quoted_files.h"

#include "base/file.h"

namespace newswatch::rules {

namespace {

constexpr std::size_t kLargestWatchlistFile = std::size_t{1} << 20;  // what settings/ reads

std::string line_of(const std::string& text, unsigned number) {
    std::size_t begin = 0;
    for (unsigned line = 1; line < number; ++line) {
        begin = text.find('\n', begin);
        if (begin == std::string::npos) return {};
        ++begin;
    }
    std::string line = text.substr(begin, text.find('\n', begin) - begin);
    if (line.ends_with('\r')) line.pop_back();
    return line;
}

}  // namespace

std::string QuotedFiles::line(const Place& place) {
    auto known = texts_.find(place.file);
    if (known == texts_.end()) {
        Result<std::string> bytes = read_file(base_ / place.file, kLargestWatchlistFile);
        known = texts_.emplace(place.file, bytes ? std::move(*bytes) : std::string{}).first;
    }
    return line_of(known->second, place.line);
}

}  // namespace newswatch::rules
