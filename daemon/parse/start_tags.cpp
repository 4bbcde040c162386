#include "parse/start_tags.h"

#include <algorithm>

#include "base/ascii.h"
#include "text/html.h"

namespace newswatch::parse {

namespace {

constexpr std::size_t kNowhere = std::string_view::npos;
constexpr std::string_view kBlank = " \t\r\n\f";
constexpr std::size_t kMostAttributes = 64;
constexpr std::size_t kLongestName = 64;
constexpr std::size_t kTextShown = 200;

bool letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Elements whose content is text to a browser, whatever it looks like (WHATWG HTML §13.1.2).
bool holds_raw_text(std::string_view name) {
    constexpr std::string_view kNames[] = {"script", "style", "title", "textarea", "xmp", "noembed"};
    return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

}  // namespace

std::string StartTag::value(std::string_view attribute) const {
    // The first of two counts (WHATWG HTML §13.2.5.33).
    const auto found = std::find_if(attributes.begin(), attributes.end(),
                                    [&](const auto& one) { return one.first == attribute; });
    return found == attributes.end() ? std::string{} : text::html_to_text(found->second);
}

bool StartTags::next(StartTag& tag) {
    while ((at_ = page_.find('<', at_)) != kNowhere) {
        const std::string_view rest = page_.substr(at_);
        if (rest.starts_with("<!--")) {
            const std::size_t end = page_.find("-->", at_ + 4);
            if (end == kNowhere) break;
            at_ = end + 3;
        } else if (rest.size() > 1 && letter(rest[1])) {
            ++at_;
            return read_tag(tag);
        } else {
            ++at_;
        }
    }
    at_ = page_.size();
    return false;
}

bool StartTags::read_tag(StartTag& tag) {
    const std::size_t name_end = std::min(page_.find_first_of(" \t\r\n\f/>", at_), page_.size());
    tag.name = ascii::lower(page_.substr(at_, std::min(name_end - at_, kLongestName)));
    tag.attributes.clear();
    tag.text = {};
    at_ = name_end;
    while (at_ < page_.size() && page_[at_] != '>')
        read_attribute(tag);
    if (at_ < page_.size()) ++at_;
    tag.text = page_.substr(at_, std::min(page_.find('<', at_), at_ + kTextShown) - at_);
    if (holds_raw_text(tag.name)) skip_raw_text(tag.name);
    return true;
}

void StartTags::read_attribute(StartTag& tag) {
    at_ = std::min(page_.find_first_not_of(" \t\r\n\f/", at_), page_.size());
    if (at_ >= page_.size() || page_[at_] == '>') return;
    const std::size_t name_end = std::min(page_.find_first_of(" \t\r\n\f/>=", at_ + 1), page_.size());
    const std::string_view name = page_.substr(at_, name_end - at_);
    std::string_view value;
    at_ = std::min(page_.find_first_not_of(kBlank, name_end), page_.size());
    if (at_ < page_.size() && page_[at_] == '=') {
        at_ = std::min(page_.find_first_not_of(kBlank, at_ + 1), page_.size());
        const char quote = at_ < page_.size() ? page_[at_] : ' ';
        if (quote == '"' || quote == '\'') {
            const std::size_t end = std::min(page_.find(quote, at_ + 1), page_.size());
            value = page_.substr(at_ + 1, end - at_ - 1);
            at_ = std::min(end + 1, page_.size());
        } else {
            const std::size_t end = std::min(page_.find_first_of(" \t\r\n\f>", at_), page_.size());
            value = page_.substr(at_, end - at_);
            at_ = end;
        }
    } else {
        at_ = name_end;
    }
    if (tag.attributes.size() < kMostAttributes)
        tag.attributes.emplace_back(ascii::lower(name.substr(0, kLongestName)), value);
}

void StartTags::skip_raw_text(std::string_view name) {
    for (std::size_t at = page_.find("</", at_); at != kNowhere; at = page_.find("</", at + 2)) {
        if (ascii::lower(page_.substr(at + 2, name.size())) != name) continue;
        at_ = at + 2;
        return;
    }
    // Never closed: browsers take the rest of the page for it.
    at_ = page_.size();
}

}  // namespace newswatch::parse
