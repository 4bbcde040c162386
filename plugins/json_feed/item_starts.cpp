#include "json_feed/item_starts.h"

#include <algorithm>
#include <array>

#include "json/characters.h"
#include "json/reader.h"

namespace newswatch::json_feed {

namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::size_t kLongestName = 64;
constexpr std::array<std::string_view, 4> kInner = {R"("name")", R"("url")", R"("mime_type")", R"("avatar")"};

std::size_t after_blanks(std::string_view text, std::size_t at) {
    while (at < text.size() && json::blank(text[at]))
        ++at;
    return at;
}

/// The last byte before `at` that is no blank; npos where there is none.
std::size_t before_blanks(std::string_view text, std::size_t at) {
    while (at > 0 && json::blank(text[at - 1]))
        --at;
    return at == 0 ? kNone : at - 1;
}

/// The quoted name behind the bracket at `open`, where a colon follows it; else empty.
std::string_view name_behind(std::string_view text, std::size_t open) {
    const std::size_t from = after_blanks(text, open + 1);
    if (from >= text.size() || text[from] != '"') return {};
    const std::string_view within = text.substr(from, kLongestName);
    const std::size_t end = within.find('"', 1);
    if (end == kNone || within.find('\\') < end) return {};
    const std::size_t colon = after_blanks(text, from + end + 1);
    return colon < text.size() && text[colon] == ':' ? within.substr(0, end + 1) : std::string_view{};
}

}  // namespace

ItemStarts::ItemStarts(std::string_view text, std::size_t list) : text_{text}, list_{list} {
    for (std::size_t at = text.find('{', list); at != kNone; at = text.find('{', at + 1)) {
        const std::string_view name = name_behind(text, at);
        if (name.empty()) continue;
        const bool inner = std::find(kInner.begin(), kInner.end(), name) != kInner.end();
        // Begins the first item with such a name, so may the others.
        if (inner && after_blanks(text, list + 1) == at) return;
        if (inner) continue;
        first_name_ = name;
        return;
    }
}

std::size_t ItemStarts::first() const {
    if (first_name_.empty()) return kNone;
    const std::size_t at = after_blanks(text_, list_ + 1);
    return text_.substr(at).starts_with(first_name_) ? at : next(list_);
}

std::size_t ItemStarts::next(std::size_t from) const {
    if (first_name_.empty()) return kNone;
    for (std::size_t at = text_.find(first_name_, from); at != kNone; at = text_.find(first_name_, at + 1)) {
        const std::size_t colon = after_blanks(text_, at + first_name_.size());
        if (colon >= text_.size() || text_[colon] != ':') continue;
        const std::size_t open = before_blanks(text_, at);
        if (open == kNone) continue;
        const std::size_t before = before_blanks(text_, open);
        if (before == kNone) continue;
        if (text_[open] == ',' && text_[before] == '}') return at;
        if (text_[open] == '{' && open >= from && text_[before] != ':')
            return open;  // else the value of a member
    }
    return kNone;
}

std::size_t ItemStarts::end_of_list() const {
    std::size_t last = kNone;
    for (std::size_t at = first(); at != kNone; at = next(at + 1))
        last = at;
    if (last == kNone) return kNone;
    json::JsonReader reader{text_, last};
    reader.skip();
    const std::size_t end = after_blanks(text_, reader.offset());
    return !reader.misshapen() && end < text_.size() && text_[end] == ']' ? end + 1 : kNone;
}

}  // namespace newswatch::json_feed
