#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

/// Reading along a date. Pure; lives for one call.
namespace newswatch::text {

class DateCursor {
  public:
    explicit DateCursor(std::string_view text) : text_{text} {}

    [[nodiscard]] static bool digit(char c) { return c >= '0' && c <= '9'; }
    [[nodiscard]] static bool blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
    /// A letter of ASCII, or a byte of any other script.
    [[nodiscard]] static bool letter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
    }

    [[nodiscard]] bool done() const { return at_ >= text_.size(); }
    [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
    [[nodiscard]] std::size_t position() const { return at_; }
    void go_back_to(std::size_t position) { at_ = position; }

    [[nodiscard]] char peek(std::size_t ahead = 0) const {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
    }
    [[nodiscard]] char before() const { return at_ == 0 ? '\0' : text_[at_ - 1]; }
    [[nodiscard]] std::size_t digits_ahead(std::size_t from = 0) const {
        std::size_t count = 0;
        while (digit(peek(from + count)))
            ++count;
        return count;
    }

    void skip(std::size_t count = 1) { at_ = std::min(at_ + count, text_.size()); }
    bool skip_if(std::string_view what) {
        if (!rest().starts_with(what)) return false;
        skip(what.size());
        return true;
    }
    void skip_blanks() {
        while (blank(peek()))
            skip();
    }

    /// Exactly `count` digits, which must be there; at most nine.
    int number(std::size_t count) {
        int value = 0;
        for (std::size_t i = 0; i < count; ++i)
            value = value * 10 + (text_[at_ + i] - '0');
        skip(count);
        return value;
    }
    unsigned natural(std::size_t count) { return static_cast<unsigned>(number(count)); }

    /// Letters of any script, with the dots of an abbreviation between them: `Sept`, `p.m`, `มี.ค`.
    std::string_view word() {
        const std::size_t from = at_;
        std::size_t letters = 0;  // since the last dot
        for (; !done(); skip()) {
            const char c = peek();
            const bool inner_dot = c == '.' && letters > 0 && letters <= 2 && letter(peek(1));
            if (inner_dot) {
                letters = 0;
                continue;
            }
            if (!letter(c)) break;
            if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) ++letters;
        }
        return text_.substr(from, at_ - from);
    }

  private:
    std::string_view text_;
    std::size_t at_{0};
};

}  // namespace newswatch::text
