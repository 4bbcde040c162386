#include "article_page/scan.h"

#include <algorithm>
#include <array>
#include <utility>

#include "feed/words.h"

namespace newswatch::article_page {

using feed::same_word;

namespace {

constexpr std::size_t kNowhere = std::string_view::npos;
constexpr std::size_t kLongestName = 24;

bool letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}
char small(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

template <std::size_t N>
bool one_of(std::string_view name, const std::array<std::string_view, N>& names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// Everything up to their end tag is no text for people, whatever stands in between. In the head, `noscript`
/// holds what only machines follow; in a body, what scripts show anyway.
constexpr std::array<std::string_view, 10> kDropped = {"script", "style",  "svg",    "noscript", "template",
                                                       "iframe", "object", "canvas", "math",     "noembed"};
constexpr std::array<std::string_view, 3> kRawText = {"textarea", "xmp", "title"};
constexpr std::array<std::string_view, 16> kVoid = {"area",  "base",  "br",    "col",   "embed", "hr",
                                                    "img",   "input", "link",  "meta",  "param", "source",
                                                    "track", "wbr",   "frame", "keygen"};
constexpr std::array<std::string_view, 14> kFormatting = {
    "a", "b", "big", "code", "em", "font", "i", "nobr", "small", "strike", "strong", "tt", "u", "s"};
/// Their end tag may be left out before another of the same name (WHATWG HTML §13.1.2.4).
constexpr std::array<std::string_view, 12> kClosesItself = {
    "p", "li", "dt", "dd", "tr", "td", "th", "option", "optgroup", "thead", "tbody", "tfoot"};
/// What an extraction looks at. Everything else would only cost memory.
constexpr std::array<std::string_view, 25> kAttributes = {
    "class",  "id",          "itemprop",    "itemtype", "itemscope", "rel",  "href",
    "src",    "content",     "name",        "property", "datetime",  "lang", "xml:lang",
    "hidden", "aria-hidden", "style",       "role",     "data-src",  "alt",  "dir",
    "type",   "pubdate",     "data-testid", "title"};

class Scanner {
  public:
    explicit Scanner(std::string_view page) : page_{page.substr(0, kLargestPage)} {
        result_.cut = page_.size() < page.size();
        result_.html.reserve(page_.size() / 2);
    }

    ScannedPage run() {
        while (at_ < page_.size()) {
            const std::size_t open = std::min(page_.find('<', at_), page_.size());
            put(page_.substr(at_, open - at_));
            at_ = open;
            if (at_ < page_.size()) take_markup();
        }
        return std::move(result_);
    }

  private:
    void put(std::string_view text) { result_.html.append(text); }

    /// Moves behind the next `mark`, or to the end of the page.
    void pass(std::string_view mark) {
        const std::size_t found = page_.find(mark, at_);
        at_ = found == kNowhere ? page_.size() : found + mark.size();
    }

    void take_markup() {
        const std::string_view rest = page_.substr(at_);
        if (rest.starts_with("<!--")) {
            at_ += 4;
            // `<!-->` is a whole comment (WHATWG HTML §13.2.5.43).
            if (page_.substr(at_).starts_with(">"))
                ++at_;
            else if (page_.substr(at_).starts_with("->"))
                at_ += 2;
            else
                pass("-->");
        } else if (rest.starts_with("<![CDATA[")) {
            at_ += 9;  // the end mark stays: a browser shows it, and nobody writes it into an article
        } else if (rest.starts_with("<!") || rest.starts_with("<?")) {
            pass(">");
        } else if (rest.size() > 1 && letter(rest[1])) {
            take_start_tag();
        } else if (rest.size() > 2 && rest[1] == '/' && letter(rest[2])) {
            take_end_tag();
        } else if (rest.starts_with("</")) {
            pass(">");
        } else {
            put("&lt;");
            ++at_;
        }
    }

    /// The name at the scanner's place in small letters; empty where it is longer than any of HTML.
    std::string_view take_name() {
        std::size_t size = 0;
        while (at_ < page_.size() && !blank(page_[at_]) && page_[at_] != '/' && page_[at_] != '>') {
            if (size < kLongestName) name_[size] = small(page_[at_]);
            ++size;
            ++at_;
        }
        return size > kLongestName ? std::string_view{"x-long"} : std::string_view{name_.data(), size};
    }

    void take_end_tag() {
        at_ += 2;
        const std::string_view name = take_name();
        pass(">");
        if (one_of(name, kVoid) && name != "br") return;
        if (name == "br") return put("<br>");
        if (name == "p" && std::find(open_.begin(), open_.end(), Open{name}) == open_.end()) return;
        if (!close(name)) return;
        put("</");
        put(name);
        put(">");
    }

    /// Only a name of its own, cut: open elements are compared by it.
    struct Open {
        explicit Open(std::string_view name)
            : size{static_cast<unsigned char>(std::min(name.size(), kLongestName))} {
            std::copy_n(name.begin(), size, letters.begin());
        }
        bool operator==(const Open&) const = default;
        std::array<char, kLongestName> letters{};
        unsigned char size;
    };

    /// Whether such an element is open; it and what was left open inside count as closed.
    bool close(std::string_view name) {
        const auto found = std::find(open_.rbegin(), open_.rend(), Open{name});
        if (found == open_.rend()) return false;
        if (one_of(name, kFormatting)) {
            open_.erase(std::next(found).base());  // closes nothing but itself
            --formatting_;
            return true;
        }
        while (!(open_.back() == Open{name}))
            pop();
        pop();
        return true;
    }
    void pop() {
        const Open last = open_.back();
        open_.pop_back();
        if (one_of(std::string_view{last.letters.data(), last.size}, kFormatting)) --formatting_;
    }

    void take_start_tag() {
        ++at_;
        const std::string_view name = take_name();
        attributes_.clear();
        bool closed = take_attributes(name == "script");
        if (one_of(name, kDropped)) return drop_content(name, closed);
        if (!admit(name)) {
            result_.cut = true;
            return;
        }
        put("<");
        put(name);
        put(attributes_);
        put(">");
        if (one_of(name, kRawText)) take_raw_text(name);
    }

    /// Whether the element may be opened.
    bool admit(std::string_view name) {
        if (++tags_ > kMostTags) return false;
        if (one_of(name, kVoid)) return true;
        if (!open_.empty() && one_of(name, kClosesItself) && open_.back() == Open{name}) return true;
        const bool formats = one_of(name, kFormatting);
        if (open_.size() >= kDeepest || (formats && formatting_ >= kMostFormatting)) return false;
        if (formats) ++formatting_;
        open_.emplace_back(name);
        return true;
    }

    /// The next end tag of `name`, whatever its case; the end of the page where there is none.
    std::size_t find_end(std::string_view name) const {
        for (std::size_t at = page_.find("</", at_); at != kNowhere; at = page_.find("</", at + 2)) {
            if (same_word(page_.substr(at + 2, name.size()), name)) return at;
        }
        return page_.size();
    }

    void drop_content(std::string_view name, bool closed) {
        // Foreign elements may close themselves: `<svg/>`.
        if (closed && (name == "svg" || name == "math")) return;
        const std::size_t end = find_end(name);
        const std::string_view content = page_.substr(at_, end - at_);
        if (json_ && name == "script" && result_.structured.size() < kMostStructured) {
            result_.structured.push_back(content);
        }
        at_ = end;
        pass(">");
        put(" ");
    }

    void take_raw_text(std::string_view name) {
        const std::size_t end = find_end(name);
        put(page_.substr(at_, end - at_));
        put("</");
        put(name);
        put(">");
        close(name);
        at_ = end;
        pass(">");
    }

    /// Answers whether the tag ends with `/>`.
    bool take_attributes(bool script) {
        json_ = false;
        std::size_t count = 0;
        while (at_ < page_.size() && page_[at_] != '>') {
            if (blank(page_[at_]) || page_[at_] == '/') {
                ++at_;
                continue;
            }
            take_attribute(script, count);
        }
        const bool closed = at_ > 0 && at_ < page_.size() && page_[at_ - 1] == '/';
        if (at_ < page_.size()) ++at_;
        return closed;
    }

    void take_attribute(bool script, std::size_t& count) {
        const std::size_t name_at = at_;
        ++at_;  // a `=` in front belongs to the name
        while (at_ < page_.size() && !blank(page_[at_]) && page_[at_] != '/' && page_[at_] != '>' &&
               page_[at_] != '=')
            ++at_;
        const std::string_view name = page_.substr(name_at, at_ - name_at);
        const std::string_view value = take_value();
        if (script) {
            json_ = json_ || (same_word(name, "type") && value.find("ld+json") != kNowhere);
            return;
        }
        const bool wanted = std::any_of(kAttributes.begin(), kAttributes.end(),
                                        [&](std::string_view known) { return same_word(name, known); });
        if (!wanted) return;
        if (count >= kMostAttributes || value.size() > kLongestAttribute) {
            result_.cut = result_.cut || count >= kMostAttributes;
            return;
        }
        ++count;
        const char quote = value.find('"') == kNowhere ? '"' : '\'';
        attributes_.append(" ").append(name).append("=").append(1, quote).append(value).append(1, quote);
    }

    std::string_view take_value() {
        std::size_t at = at_;
        while (at < page_.size() && blank(page_[at]))
            ++at;
        if (at >= page_.size() || page_[at] != '=') return {};
        ++at;
        while (at < page_.size() && blank(page_[at]))
            ++at;
        if (at >= page_.size()) {
            at_ = at;
            return {};
        }
        std::size_t end = 0;
        if (page_[at] == '"' || page_[at] == '\'') {
            const char quote = page_[at++];
            end = std::min(page_.find(quote, at), page_.size());
            at_ = std::min(end + 1, page_.size());
        } else {
            end = at;
            while (end < page_.size() && !blank(page_[end]) && page_[end] != '>')
                ++end;
            at_ = end;
        }
        return page_.substr(at, end - at);
    }

    std::string_view page_;
    std::size_t at_{0};
    ScannedPage result_{};
    std::array<char, kLongestName> name_{};
    std::string attributes_{};
    std::vector<Open> open_{};
    std::size_t formatting_{0};
    std::size_t tags_{0};
    bool json_{false};
};

}  // namespace

ScannedPage scan(std::string_view page) {
    return Scanner{page}.run();
}

}  // namespace newswatch::article_page
