#include "json_feed/json_reader.h"

#include <algorithm>
#include <vector>

namespace newswatch::json_feed {

namespace {

constexpr std::size_t kNowhere = std::string_view::npos;
constexpr std::size_t kLongestName = 100;  // bytes that are looked at to tell a name from words in quotes

bool blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
}

bool digit(char c) {
    return c >= '0' && c <= '9';
}

bool control(char c) {
    return static_cast<unsigned char>(c) < 0x20;
}

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

void JsonReader::note(std::string_view code) {
    if (defect_.code.empty()) defect_ = {code, at_};
}

void JsonReader::cut_here() {
    note("cut");
    cut_ = true;
    at_ = text_.size();
}

void JsonReader::blanks() {
    while (!at_end()) {
        const char c = text_[at_];
        if (blank(c)) {
            ++at_;
        } else if (text_.substr(at_, 2) == "//" || text_.substr(at_, 2) == "/*") {
            note("comment");
            const std::string_view close = text_[at_ + 1] == '/' ? "\n" : "*/";
            const std::size_t end = text_.find(close, at_ + 2);
            at_ = end == kNowhere ? text_.size() : end + close.size();
        } else if (control(c)) {
            note("raw-control-character");
            ++at_;
        } else {
            return;
        }
    }
}

Value JsonReader::value() {
    blanks();
    if (at_end()) return Value::nothing;
    switch (text_[at_]) {
        case '{':
            return Value::object;
        case '[':
            return Value::array;
        case '"':
        case '\'':
            return Value::string;
        case '}':
        case ']':
        case ',':
        case ':':
            return Value::nothing;
        default:
            return Value::scalar;
    }
}

void JsonReader::enter(char bracket) {
    ++at_;
    ++open_of(bracket);
}

bool JsonReader::reach_next(char close, bool& first) {
    unsigned commas = 0;
    while (true) {
        blanks();
        if (at_end()) break;
        const char c = text_[at_];
        if (c == ',') {
            ++commas;
            ++at_;
        } else if (c == close) {
            if (commas > 0) note("extra-comma");
            ++at_;
            --open_of(close);
            return false;
        } else if (c == '}' || c == ']') {
            note("mismatched-bracket");
            if (open_of(c) > 0) {  // it ends something around this, and so this too
                --open_of(close);
                return false;
            }
            ++at_;
        } else if (c == ':') {
            note("stray-colon");
            ++at_;
        } else {
            if (commas != (first ? 0U : 1U)) note(commas == 0 ? "missing-comma" : "extra-comma");
            first = false;
            return true;
        }
    }
    cut_here();
    --open_of(close);
    return false;
}

bool JsonReader::next_member(std::string& name, bool& first) {
    while (reach_next('}', first)) {
        std::string scratch;
        switch (value()) {
            case Value::string:
                name = quoted(scratch, true);
                break;
            case Value::scalar:
                note("name-without-quotes");
                name = bare_word();
                break;
            case Value::object:
            case Value::array:
            case Value::nothing:
                note("value-without-name");
                skip();
                continue;
        }
        blanks();
        if (at_end()) continue;
        if (text_[at_] != ':') {
            note("missing-colon");
            continue;
        }
        ++at_;
        blanks();
        in_object_ = true;
        return true;
    }
    return false;
}

bool JsonReader::next_element(bool& first) {
    in_object_ = false;
    return reach_next(']', first);
}

std::string_view JsonReader::text(std::string& scratch) {
    switch (value()) {
        case Value::object:
        case Value::array:
            skip();
            return {};
        case Value::string:
            return quoted(scratch, false);
        case Value::scalar: {
            const std::string_view word = bare_word();
            if (word == "null") return {};
            const bool known =
                word == "true" || word == "false" || word.empty() || digit(word[0]) || word[0] == '-';
            if (!known) note("bare-word");
            return known || word != "undefined" ? word : std::string_view{};
        }
        case Value::nothing:
            note("missing-value");
            return {};
    }
    return {};
}

void JsonReader::skip() {
    std::string scratch;
    switch (value()) {
        case Value::object:
        case Value::array:
            return skip_container();
        case Value::string:
        case Value::scalar:
            static_cast<void>(text(scratch));
            return;
        case Value::nothing:
            note("missing-value");
            return;
    }
}

/// Without recursion: a bit for every open bracket, true for an object.
void JsonReader::skip_container() {
    std::vector<bool> open;
    std::string scratch;
    while (true) {
        blanks();
        if (at_end()) return cut_here();
        const char c = text_[at_];
        if (c == '{' || c == '[') {
            open.push_back(c == '{');
            ++at_;
        } else if (c == '}' || c == ']') {
            const bool fits = open.back() == (c == '}');
            if (!fits) note("mismatched-bracket");
            open.pop_back();
            // A bracket of the wrong kind ends what is open and stays for what is around it.
            if (fits) ++at_;
            if (open.empty()) return;
        } else if (c == '"' || c == '\'') {
            in_object_ = open.back();
            const std::size_t end = at_;
            static_cast<void>(quoted(scratch, in_object_ && name_stands_at(end)));
        } else if (c == ',' || c == ':') {
            ++at_;
        } else {
            static_cast<void>(bare_word());
        }
    }
}

void JsonReader::expect_end() {
    blanks();
    if (!at_end()) note("junk-after-root");
}

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
            // A line that begins with a name is the next member: the closing quote was forgotten.
            if (c == '\n' && in_object_ && name_stands_at(after_blanks(at_))) {
                const std::size_t end = text_.find_last_not_of(" \t\r\n,", at_);
                return value_until(end < from ? from : end + 1);
            }
            if (!blank(c)) {
                flush();
                from = at_ + 1;
            }
            ++at_;
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

std::string_view JsonReader::bare_word() {
    const std::size_t from = at_;
    while (!at_end() && !blank(text_[at_]) && std::string_view{",:[]{}\"'"}.find(text_[at_]) == kNowhere)
        ++at_;
    if (at_ == from && !at_end()) ++at_;
    if (at_end()) {
        cut_here();
        return {};
    }
    return text_.substr(from, at_ - from);
}

}  // namespace newswatch::json_feed
