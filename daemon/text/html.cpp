#include "text/html.h"

#include <algorithm>
#include <cstdint>

#include "text/html_entities.h"
#include "text/html_tags.h"
#include "text/plain_text.h"

namespace newswatch::text {

namespace {

constexpr std::size_t kNowhere = std::string_view::npos;
constexpr std::size_t kLongestEntity = 32;

bool letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool digit(char c) {
    return c >= '0' && c <= '9';
}

std::size_t name_length(std::string_view text) {
    std::size_t size = 0;
    while (size < text.size() &&
           (letter(text[size]) || digit(text[size]) || text[size] == '-' || text[size] == ':'))
        ++size;
    return size;
}

bool same_name(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if ((static_cast<unsigned char>(a[i]) | 0x20U) != (static_cast<unsigned char>(b[i]) | 0x20U))
            return false;
    }
    return true;
}

/// A character reference at the start of a text.
struct Reference {
    std::size_t size{0};  ///< with `&` and `;`; 0: there is none
    std::string_view characters{};
    char32_t number{0};  ///< of a numeric one
    bool numeric{false};
};

/// `&#8217;`, `&#x2019`, after the `&`.
Reference numeric_reference(std::string_view text) {
    const bool hex = text.size() > 2 && (text[2] | 0x20) == 'x';
    std::size_t at = hex ? 3 : 2;
    const std::size_t from = at;
    std::uint32_t number = 0;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        const auto low = static_cast<char>(c | 0x20);
        if (!digit(c) && !(hex && low >= 'a' && low <= 'f')) break;
        const auto value = static_cast<std::uint32_t>(digit(c) ? c - '0' : low - 'a' + 10);
        if (number < 0x110000) number = number * (hex ? 16 : 10) + value;
    }
    if (at == from) return {};
    if (at < text.size() && text[at] == ';') ++at;
    return {.size = at, .characters = {}, .number = numeric_entity(number), .numeric = true};
}

Reference reference_at(std::string_view text) {
    if (text.size() > 1 && text[1] == '#') return numeric_reference(text);
    std::size_t end = 1;
    while (end < text.size() && end <= kLongestEntity && (letter(text[end]) || digit(text[end])))
        ++end;
    const std::string_view name = text.substr(1, end - 1);
    if (name.empty()) return {};
    if (end < text.size() && text[end] == ';') {
        if (const std::string_view found = named_entity(name); !found.empty()) {
            return {.size = end + 1, .characters = found};
        }
    }
    const std::size_t size = legacy_entity_length(name);
    if (size == 0) return {};
    return {.size = size + 1, .characters = named_entity(name.substr(0, size))};
}

/// One pass over one text.
class Stripper {
  public:
    explicit Stripper(std::string_view html) : html_{html}, text_{html.size()} {}

    std::string strip() {
        while (at_ < html_.size()) {
            if (at_ >= cdata_end_) {
                at_ = std::max(at_, std::min(cdata_end_ + 3, html_.size()));
                cdata_end_ = kNowhere;
                continue;
            }
            const std::string_view rest = html_.substr(at_, cdata_end_ - at_);
            if (const std::size_t copied = text_.copy_plain(rest); copied > 0) {
                at_ += copied;
                continue;
            }
            switch (byte_class(html_[at_])) {
                case ByteClass::less:
                    read_markup(rest);
                    break;
                case ByteClass::ampersand:
                    read_reference(rest);
                    break;
                default:
                    at_ += text_.take_special(rest);
            }
        }
        return text_.finish();
    }

    /// No tag, but a reference that stands for `<`: escaped once too often, perhaps.
    [[nodiscard]] bool only_escaped_markup() const { return escaped_less_ && !saw_markup_; }

  private:
    void read_reference(std::string_view rest) {
        const Reference reference = reference_at(rest);
        if (reference.size == 0) {
            text_.append(rest.substr(0, 1));
            ++at_;
            return;
        }
        at_ += reference.size;
        escaped_less_ = escaped_less_ || reference.characters == "<" || reference.number == U'<';
        if (reference.numeric) {
            text_.append(reference.number);
        } else if (reference.characters == "\u00A0" || reference.characters == "\n" ||
                   reference.characters == "\t") {
            text_.space();
        } else {
            text_.append(reference.characters);
        }
    }

    void read_markup(std::string_view rest) {
        if (rest.starts_with("<!--")) return skip_past("-->", 4);
        if (rest.starts_with("<![CDATA[")) {
            // Wrapped twice: what is inside is the text.
            at_ += 9;
            if (!no_cdata_end_) cdata_end_ = html_.find("]]>", at_);
            no_cdata_end_ = cdata_end_ == kNowhere;
            return;
        }
        const char next = rest.size() > 1 ? rest[1] : ' ';
        if (next == '!' || next == '?') return skip_past(">", 2);
        const bool closing = next == '/';
        const std::string_view name_from = rest.substr(closing ? 2 : 1);
        if (name_from.empty() || !letter(name_from[0])) {
            text_.append(rest.substr(0, 1));
            ++at_;
            return;
        }
        read_tag(name_from.substr(0, name_length(name_from)), closing);
    }

    void read_tag(std::string_view name, bool closing) {
        saw_markup_ = true;
        const TagKind kind = tag_kind(name);
        const std::size_t end = tag_end();
        if (end == kNowhere) {  // a tag cut off by the end of the text
            at_ = html_.size();
            return;
        }
        const bool empty = html_[end - 1] == '/';
        at_ = end + 1;
        switch (kind) {
            case TagKind::block:
                text_.line();
                break;
            case TagKind::cell:
                text_.space();
                break;
            case TagKind::dropped:
                if (!closing && !empty) skip_element(name);
                break;
            case TagKind::inline_:
            case TagKind::unknown:
                break;
        }
    }

    /// The `>` of the tag at `at_`; one inside a quoted attribute value does not count.
    std::size_t tag_end() {
        std::size_t end = html_.find('>', at_);
        if (end == kNowhere) return kNowhere;
        for (std::size_t at = at_; at < end; ++at) {
            const char c = html_[at];
            if (c != '=') continue;
            do
                ++at;
            while (at < end && byte_class(html_[at]) == ByteClass::blank);
            if (at >= end || (html_[at] != '"' && html_[at] != '\'')) continue;
            const std::size_t close = closing_quote(html_[at], at + 1);
            if (close == kNowhere) return end;  // a quote that never ends: the publisher forgot it
            if (close > end) {
                const std::size_t further = html_.find('>', close);
                if (further == kNowhere) return end;
                end = further;
            }
            at = close;
        }
        return end;
    }

    /// Looks for each kind of quote past the end of the text only once.
    std::size_t closing_quote(char quote, std::size_t from) {
        bool& exhausted = quote == '"' ? no_double_ : no_single_;
        if (exhausted) return kNowhere;
        const std::size_t found = html_.find(quote, from);
        exhausted = found == kNowhere;
        return found;
    }

    void skip_past(std::string_view end, std::size_t from) {
        saw_markup_ = true;
        const std::size_t found = html_.find(end, at_ + from);
        at_ = found == kNowhere ? html_.size() : found + end.size();
    }

    void skip_element(std::string_view name) {
        for (std::size_t at = at_;;) {
            at = html_.find("</", at);
            if (at == kNowhere) break;
            const std::string_view candidate = html_.substr(at + 2);
            if (same_name(candidate.substr(0, name_length(candidate)), name)) {
                at_ = at;
                return;
            }
            at += 2;
        }
        at_ = html_.size();
    }

    std::string_view html_;
    PlainText text_;
    std::size_t at_{0};
    bool saw_markup_{false};
    bool escaped_less_{false};
    std::size_t cdata_end_{kNowhere};  ///< where the `]]>` of the section around `at_` stands
    bool no_cdata_end_{false};
    bool no_double_{false};
    bool no_single_{false};
};

/// The element name of the tag at the start of `text`, or nothing.
std::string_view tag_name(std::string_view text) {
    const std::string_view from = text.substr(text.size() > 1 && text[1] == '/' ? 2 : 1);
    return from.empty() || !letter(from[0]) ? std::string_view{} : from.substr(0, name_length(from));
}

bool known_tag(std::string_view text) {
    const std::string_view name = tag_name(text);
    return !name.empty() && tag_kind(name) != TagKind::unknown && text.find('>') != kNowhere;
}

/// Mark-up through and through: begins with a block of HTML, or closes an element.
bool mostly_markup(std::string_view text) {
    if (text.starts_with('<') && tag_kind(tag_name(text)) == TagKind::block) return true;
    for (std::size_t at = text.find("</"); at != kNowhere; at = text.find("</", at + 2)) {
        if (known_tag(text.substr(at, 64))) return true;
    }
    return false;
}

}  // namespace

std::string html_to_text(std::string_view html) {
    if (html.find('<') == kNowhere && html.find('&') == kNowhere) return tidy_text(html);
    Stripper stripper{html};
    std::string text = stripper.strip();
    // Some publishers escape twice; only a text that is mark-up once unescaped is stripped again.
    if (stripper.only_escaped_markup() && mostly_markup(text)) return Stripper{text}.strip();
    return text;
}

bool looks_like_html(std::string_view text) {
    for (std::size_t at = text.find('<'); at != kNowhere; at = text.find('<', at + 1)) {
        if (known_tag(text.substr(at, 1024))) return true;
    }
    for (std::size_t at = text.find('&'); at != kNowhere; at = text.find('&', at + 1)) {
        const Reference reference = reference_at(text.substr(at));
        if (reference.size > 0 && text[at + reference.size - 1] == ';') return true;
    }
    return false;
}

}  // namespace newswatch::text
