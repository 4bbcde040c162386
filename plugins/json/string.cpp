/// The strings of JSON, and where a string that was not escaped ends.

#include <algorithm>

#include "json/characters.h"
#include "json/reader.h"

namespace newswatch::json {

namespace {

constexpr std::size_t kLongestName = 100;  // bytes that are looked at to tell a name from words in quotes

int hex_value(char c) {
    if (digit(c)) return c - '0';
    const auto low = static_cast<char>(c | 0x20);
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

void append_utf8(std::string& out, std::uint32_t point) {
    const auto byte = [&](std::uint32_t value) { out += static_cast<char>(value); };
    if (point < 0x80) {
        byte(point);
    } else if (point < 0x800) {
        byte(0xC0 | point >> 6);
        byte(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
        byte(0xE0 | point >> 12);
        byte(0x80 | (point >> 6 & 0x3F));
        byte(0x80 | (point & 0x3F));
    } else {
        byte(0xF0 | point >> 18);
        byte(0x80 | (point >> 12 & 0x3F));
        byte(0x80 | (point >> 6 & 0x3F));
        byte(0x80 | (point & 0x3F));
    }
}

}  // namespace

std::string_view JsonReader::quoted(std::string& scratch, bool is_name) {
    const char quote = text_[at_];
    if (quote != '"') note("single-quotes");
    scratch.clear();
    bool own = false;
    std::size_t from = ++at_;
    const auto flush = [&] {
        scratch.append(text_, from, at_ - from);
        own = true;
    };
    const auto value_until = [&](std::size_t end) {
        if (!own) return text_.substr(from, end - from);
        scratch.append(text_, from, end - from);
        return std::string_view{scratch};
    };
    while (!at_end()) {
        const char c = text_[at_];
        if (c == quote) {
            if (is_name || closes_string(at_)) return value_until(at_++);
            note("bare-quote");
            ++at_;
        } else if (c == '\\') {
            flush();
            escape(scratch);
            from = at_;
        } else if (control(c)) {
            note("raw-control-character");
            if (!blank(c)) {
                flush();
                from = ++at_;
                continue;
            }
            const std::size_t next = after_blanks(at_);
            // A line that begins with a name is the next member: the closing quote was forgotten.
            if (c == '\n' && in_object_ && name_stands_at(next)) {
                const std::size_t end = text_.find_last_not_of(" \t\r\n,", at_);
                return value_until(end < from ? from : end + 1);
            }
            at_ = next;
        } else {
            ++at_;
        }
    }
    cut_here();
    return {};
}

std::size_t JsonReader::after_blanks(std::size_t at) const {
    while (at < text_.size() && blank(text_[at]))
        ++at;
    return at;
}

/// `"name":`, as far as the document goes.
bool JsonReader::name_stands_at(std::size_t at) const {
    if (at >= text_.size()) return false;
    const char quote = text_[at];
    if (quote != '"' && quote != '\'') return false;
    const std::size_t end = std::min(text_.size(), at + kLongestName);
    for (std::size_t i = at + 1; i < end; ++i) {
        if (text_[i] == '\\') {
            ++i;
        } else if (text_[i] == quote) {
            const std::size_t colon = after_blanks(i + 1);
            return colon >= text_.size() || text_[colon] == ':';
        }
    }
    return true;  // cut off, or longer than words in quotes are
}

bool JsonReader::value_may_start_at(std::size_t at) const {
    if (at >= text_.size()) return true;
    if (!letter(text_[at])) return true;
    for (const std::string_view word : {"true", "false", "null"}) {
        if (text_.substr(at, word.size()) == word) return true;
    }
    return false;
}

/// Whether a quote inside a string's reach ends it. In sound JSON what follows tells: a bracket, a comma with
/// the next member or element behind it. Anything else is a quotation mark that was not escaped.
bool JsonReader::closes_string(std::size_t quote) const {
    const std::size_t next = after_blanks(quote + 1);
    if (next >= text_.size()) return true;
    const char c = text_[next];
    if (c == '}' || c == ']') return true;
    if (c == '/') return next + 1 < text_.size() && (text_[next + 1] == '/' || text_[next + 1] == '*');
    if (c != ',') return in_object_ ? name_stands_at(next) : open_arrays_ > 0 && c == '{';
    const std::size_t after = after_blanks(next + 1);
    if (!in_object_) return value_may_start_at(after);
    if (after >= text_.size()) return true;
    if (text_[after] == '}' || text_[after] == ',' || text_[after] == '/') return true;
    if (!letter(text_[after])) return name_stands_at(after);
    std::size_t end = after;
    while (end < text_.size() && end < after + kLongestName && (letter(text_[end]) || digit(text_[end])))
        ++end;
    end = after_blanks(end);
    return end < text_.size() && text_[end] == ':';
}

std::uint32_t JsonReader::code_unit() {
    std::uint32_t unit = 0;
    for (unsigned i = 0; i < 4; ++i, ++at_) {
        const int value = at_end() ? -1 : hex_value(text_[at_]);
        if (value < 0) {
            note("unknown-escape");
            return 0xFFFD;
        }
        unit = unit * 16 + static_cast<std::uint32_t>(value);
    }
    return unit;
}

void JsonReader::escape(std::string& out) {
    ++at_;
    if (at_end()) return;
    const char c = text_[at_++];
    switch (c) {
        case 'n':
            out += '\n';
            return;
        case 'r':
            out += '\r';
            return;
        case 't':
            out += '\t';
            return;
        case 'f':
            out += ' ';
            return;
        case 'b':
            return;
        case 'u':
            break;
        default:
            if (c != '"' && c != '\\' && c != '/') note("unknown-escape");
            out += c;
            return;
    }
    std::uint32_t point = code_unit();
    if ((point & 0xFC00) == 0xD800 && text_.substr(at_, 2) == "\\u") {
        const std::size_t before = at_;
        at_ += 2;
        const std::uint32_t low = code_unit();
        if ((low & 0xFC00) == 0xDC00) {
            point = 0x10000 + ((point & 0x3FF) << 10) + (low & 0x3FF);
        } else {
            at_ = before;
        }
    }
    if ((point & 0xFFFFF800) == 0xD800) {
        note("lone-surrogate");
        point = 0xFFFD;
    }
    // RFC 8259 lets any character come this way; control characters mean nothing in a text.
    if (point >= 0x20 || point == '\n' || point == '\r' || point == '\t') append_utf8(out, point);
}

}  // namespace newswatch::json
