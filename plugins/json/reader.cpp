#include "json/reader.h"

#include <algorithm>
#include <array>
#include <vector>

#include "json/characters.h"

namespace newswatch::json {

namespace {

constexpr std::size_t kNowhere = std::string_view::npos;

/// Defects inside one value: the brackets and quotes around it are as they should be.
constexpr std::array<std::string_view, 6> kLocal = {
    "comment", "extra-comma", "single-quotes", "unknown-escape", "lone-surrogate", "name-without-quotes"};

}  // namespace

void JsonReader::note(std::string_view code) {
    if (defect_.code.empty()) defect_ = {code, at_};
    misshapen_ = misshapen_ || std::find(kLocal.begin(), kLocal.end(), code) == kLocal.end();
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

bool JsonReader::goes_on_behind_bracket() {
    std::size_t next = after_blanks(at_);
    if (next < text_.size() && text_[next] == ',') next = after_blanks(next + 1);
    if (next >= text_.size() || !name_stands_at(next)) return false;
    note("mismatched-bracket");
    at_ = next;
    return true;
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
        } else if (c == ',') {
            ++at_;
        } else if (c == ':') {
            ++at_;
            if (value() == Value::nothing) note("missing-value");
        } else {
            static_cast<void>(bare_word());
        }
    }
}

void JsonReader::expect_end() {
    blanks();
    if (!at_end()) note("junk-after-root");
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

}  // namespace newswatch::json
