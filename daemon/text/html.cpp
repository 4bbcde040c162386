#include "text/html.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/ascii.h"
#include "text/html_entities.h"
#include "text/html_tags.h"
#include "text/plain_text.h"

namespace newswatch::text {

namespace {

constexpr std::size_t kNowhere = std::string_view::npos;
constexpr std::size_t kLongestEntity = 32;
constexpr std::size_t kLongestCutTag = 256;

std::size_t name_length(std::string_view text) {
    std::size_t size = 0;
    while (size < text.size() && (ascii::is_letter(text[size]) || ascii::is_digit(text[size]) ||
                                  text[size] == '-' || text[size] == ':'))
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

struct NumberedReference {
    std::size_t size{0};  ///< 0: there is none
    std::uint32_t number{0};
};

/// `&#8217;`, `&#x2019`.
NumberedReference number_at(std::string_view text) {
    const bool hex = text.size() > 2 && (text[2] | 0x20) == 'x';
    std::size_t at = hex ? 3 : 2;
    const std::size_t from = at;
    std::uint32_t number = 0;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        const auto low = static_cast<char>(c | 0x20);
        if (!ascii::is_digit(c) && !(hex && low >= 'a' && low <= 'f')) break;
        const auto value = static_cast<std::uint32_t>(ascii::is_digit(c) ? c - '0' : low - 'a' + 10);
        if (number < 0x110000) number = number * (hex ? 16 : 10) + value;
    }
    if (at == from) return {};
    if (at < text.size() && text[at] == ';') ++at;
    return {.size = at, .number = number};
}

Reference numeric_reference(std::string_view text) {
    const NumberedReference first = number_at(text);
    if (first.size == 0) return {};
    const std::string_view behind = text.substr(first.size);
    if (first.number >= 0xD800 && first.number <= 0xDBFF && behind.starts_with("&#")) {
        // A program that writes UTF-16 made two references of one character.
        const NumberedReference second = number_at(behind);
        if (second.number >= 0xDC00 && second.number <= 0xDFFF) {
            const char32_t character = 0x10000 + ((first.number - 0xD800) << 10) + (second.number - 0xDC00);
            return {.size = first.size + second.size, .characters = {}, .number = character, .numeric = true};
        }
    }
    return {.size = first.size, .characters = {}, .number = numeric_entity(first.number), .numeric = true};
}

Reference reference_at(std::string_view text) {
    if (text.size() > 1 && text[1] == '#') return numeric_reference(text);
    std::size_t end = 1;
    while (end < text.size() && end <= kLongestEntity &&
           (ascii::is_letter(text[end]) || ascii::is_digit(text[end])))
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

/// `&amp;#8217;` and `&amp;eacute;`: escaped once too often. What would be mark-up is left: an article may be
/// about it.
Reference twice_escaped(std::string_view text) {
    constexpr std::string_view kAmpersand = "&amp;";
    if (!text.starts_with(kAmpersand)) return {};
    Reference inner = reference_at(text.substr(kAmpersand.size() - 1));
    const bool complete = inner.size > 0 && text[kAmpersand.size() - 2 + inner.size] == ';';
    if (!complete) return {};
    const bool markup = inner.numeric ? inner.number == U'<' || inner.number == U'>' || inner.number == U'&'
                                      : inner.characters.size() == 1;
    if (markup) return {};
    inner.size += kAmpersand.size() - 1;
    return inner;
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
        const Reference twice = twice_escaped(rest);
        const Reference reference = twice.size > 0 ? twice : reference_at(rest);
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
        if (rest.starts_with("<!--")) return skip_comment();
        if (rest.starts_with("<![CDATA[")) {
            // Wrapped twice: what is inside is the text.
            at_ += 9;
            if (!no_cdata_end_) cdata_end_ = html_.find("]]>", at_);
            no_cdata_end_ = cdata_end_ == kNowhere;
            return;
        }
        const char next = rest.size() > 1 ? rest[1] : ' ';
        const bool closing = next == '/';
        // WHATWG HTML §13.2.5.6: `<!`, `<?`, and `</` before no letter begin a comment that ends with `>`.
        const bool named = rest.size() > 2 && ascii::is_letter(rest[2]);
        const bool bogus = (next == '!' && !swallows_tags(named)) || next == '?' || (closing && !named);
        if (bogus && find_greater() != kNowhere) {
            saw_markup_ = true;
            at_ = find_greater() + 1;
            return;
        }
        const std::string_view name_from = rest.substr(closing ? 2 : 1);
        if (bogus || name_from.empty() || !ascii::is_letter(name_from[0])) return keep_less(rest);
        const std::string_view name = name_from.substr(0, name_length(name_from));
        if (is_no_tag(name, name_from.substr(name.size()))) return keep_less(rest);
        read_tag(name, closing);
    }

    /// `<!' he wrote <b>…`: no declaration, and a browser would lose the words up to the end of the next tag.
    bool swallows_tags(bool named) {
        return !named && find_greater() != kNowhere && html_.find('<', at_ + 1) < find_greater();
    }

    void keep_less(std::string_view rest) {
        text_.append(rest.substr(0, 1));
        ++at_;
    }

    /// `<a@e.org>` and `<https://e.org>`, and `a<b then` where no tag ends any more.
    bool is_no_tag(std::string_view name, std::string_view behind) {
        if (find_greater() == kNowhere) {
            behind = behind.substr(0, kLongestCutTag);
            const bool words = behind.find(' ') != kNowhere && behind.find('=') == kNowhere;
            return words || tag_kind(name) == TagKind::unknown;
        }
        if (tag_kind(name) != TagKind::unknown || behind.empty()) return false;
        const char next = behind[0];
        return name.ends_with(':') || (next != '>' && next != '/' && byte_class(next) != ByteClass::blank &&
                                       byte_class(next) != ByteClass::control && next != '"' && next != '\'');
    }

    /// The next `>`. Many `<` may wait for one: it is looked for only once.
    std::size_t find_greater() {
        if (greater_ < at_) greater_ = html_.find('>', at_);
        return greater_;
    }

    /// WHATWG HTML §13.2.5.43: `<!-->` is a whole comment, and `--!>` ends one too.
    void skip_comment() {
        saw_markup_ = true;
        for (std::size_t at = html_.find("--", at_ + 2); at != kNowhere; at = html_.find("--", at + 1)) {
            const std::string_view end = html_.substr(at + 2, 2);
            if (!end.starts_with('>') && end != "!>") continue;
            at_ = at + 2 + (end.starts_with('>') ? 1 : 2);
            return;
        }
        at_ = html_.size();
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
            case TagKind::reading:
                if (!closing) at_ = std::min(html_.find('<', at_), html_.size());
                break;
            case TagKind::inline_:
            case TagKind::unknown:
                break;
        }
    }

    /// The `>` of the tag at `at_`; one inside a quoted attribute value does not count.
    std::size_t tag_end() {
        std::size_t end = find_greater();
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

    /// Past the content of an element. Of one that never ends only scripts and styles take the rest along.
    void skip_element(std::string_view name) {
        const bool known_open = std::any_of(never_closed_.begin(), never_closed_.end(),
                                            [&](std::string_view open) { return same_name(open, name); });
        if (known_open) return;
        for (std::size_t at = html_.find("</", at_); at != kNowhere; at = html_.find("</", at + 2)) {
            const std::string_view candidate = html_.substr(at + 2);
            if (!same_name(candidate.substr(0, name_length(candidate)), name)) continue;
            at_ = at;
            return;
        }
        if (same_name(name, "script") || same_name(name, "style")) {
            at_ = html_.size();
        } else {
            never_closed_.push_back(name);
        }
    }

    std::string_view html_;
    PlainText text_;
    std::size_t at_{0};
    bool saw_markup_{false};
    bool escaped_less_{false};
    std::size_t cdata_end_{kNowhere};  ///< where the `]]>` of the section around `at_` stands
    bool no_cdata_end_{false};
    std::size_t greater_{html_.find('>')};          ///< the next one, from some earlier place on
    std::vector<std::string_view> never_closed_{};  ///< at most one of each name that is dropped
    bool no_double_{false};
    bool no_single_{false};
};

/// The element name of the tag at the start of `text`, or nothing.
std::string_view tag_name(std::string_view text) {
    const std::string_view from = text.substr(text.size() > 1 && text[1] == '/' ? 2 : 1);
    return from.empty() || !ascii::is_letter(from[0]) ? std::string_view{}
                                                      : from.substr(0, name_length(from));
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

/// A comment, or a CDATA section that was escaped along with its text.
bool holds_section(std::string_view text, std::string_view open, std::string_view close) {
    const std::size_t at = text.find(open);
    return at != kNowhere && text.find(close, at + open.size()) != kNowhere;
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
    if (holds_section(text, "<![CDATA[", "]]>") || holds_section(text, "<!--", "-->")) return true;
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
