#include "text/date.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "text/date_parts.h"
#include "text/date_words.h"

namespace newswatch::text {

namespace {

constexpr std::size_t kLongestDate = 120;

bool digit(char c) {
    return c >= '0' && c <= '9';
}

/// RFC 5322 §4.3: two digits below 50 are this century, three count from 1900.
int full_year(int value, std::size_t digits) {
    if (digits >= 4) return value;
    if (digits == 3) return 1900 + value;
    return value + (value < 50 ? 2000 : 1900);
}

/// Reads along a string.
class Reader {
  public:
    explicit Reader(std::string_view text) : text_{text} {}

    [[nodiscard]] bool done() const { return at_ >= text_.size(); }
    [[nodiscard]] char peek(std::size_t ahead = 0) const {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
    }
    [[nodiscard]] std::size_t digits_ahead() const {
        std::size_t count = 0;
        while (digit(peek(count)))
            ++count;
        return count;
    }
    void skip(std::size_t count = 1) { at_ = std::min(at_ + count, text_.size()); }
    bool skip_if(char c) {
        if (peek() != c) return false;
        skip();
        return true;
    }
    void skip_blanks() {
        while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r')
            skip();
    }
    /// Exactly `count` digits, which must be there.
    int number(std::size_t count) {
        int value = 0;
        for (std::size_t i = 0; i < count; ++i)
            value = value * 10 + (text_[at_ + i] - '0');
        skip(count);
        return value;
    }
    unsigned natural(std::size_t count) { return static_cast<unsigned>(number(count)); }
    /// Letters of any script up to a blank, digit or ASCII punctuation.
    std::string_view word() {
        const std::size_t from = at_;
        while (!done()) {
            const char c = peek();
            const bool ascii_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!ascii_letter && static_cast<unsigned char>(c) < 0x80) break;
            skip();
        }
        return text_.substr(from, at_ - from);
    }
    [[nodiscard]] std::size_t position() const { return at_; }

  private:
    std::string_view text_;
    std::size_t at_{0};
};

/// `09:05`, `9:05:07.25`, `0905`, `09.05.07`; false where there is none.
bool read_time(Reader& reader, DateParts& parts) {
    const std::size_t first = reader.digits_ahead();
    if (first == 4 || first == 6) {  // ISO 8601 basic
        parts.hour = reader.natural(2);
        parts.minute = reader.natural(2);
        if (first == 6) parts.second = reader.natural(2);
    } else if (first == 1 || first == 2) {
        parts.hour = reader.natural(first);
        const char separator = reader.peek();
        if (separator == ':' || separator == '.') {
            reader.skip();
            const std::size_t minutes = reader.digits_ahead();
            if (minutes == 0 || minutes > 2) return false;
            parts.minute = reader.natural(minutes);
            if (reader.peek() == separator && digit(reader.peek(1))) {
                reader.skip();
                const std::size_t seconds = reader.digits_ahead();
                if (seconds > 2) return false;
                parts.second = reader.natural(seconds);
            }
        }
    } else {
        return false;
    }
    if ((reader.peek() == '.' || reader.peek() == ',' || reader.peek() == ':') && digit(reader.peek(1))) {
        reader.skip();
        unsigned scale = 100000;
        for (; digit(reader.peek()); scale /= 10)
            parts.microsecond += reader.natural(1) * scale;
    }
    parts.has_time = true;
    return true;
}

/// `+0300`, `-05:30`, `+3`, after the sign was seen; false where it is none.
bool read_offset(Reader& reader, DateParts& parts) {
    const int sign = reader.peek() == '-' ? -1 : 1;
    reader.skip();
    reader.skip_blanks();
    const std::size_t digits = reader.digits_ahead();
    if (digits == 0 || digits > 4) return false;
    int hours = 0;
    int minutes = 0;
    if (digits <= 2) {
        hours = reader.number(digits);
        if (reader.peek() == ':' || reader.peek() == '.') {
            reader.skip();
            const std::size_t count = std::min<std::size_t>(reader.digits_ahead(), 2);
            minutes = reader.number(count);
        }
    } else {
        hours = reader.number(digits - 2);
        minutes = reader.number(2);
    }
    if (minutes > 59) return false;
    parts.zone_minutes = sign * (hours * 60 + minutes);
    return true;
}

/// What follows a time: am/pm, zones by number or name, remarks in brackets.
bool read_after_time(Reader& reader, DateParts& parts) {
    bool zone_known = false;
    while (true) {
        reader.skip_blanks();
        const char c = reader.peek();
        if (reader.done() || c == '(' || c == '[') return true;  // `(CEST)` repeats what the number said
        if (c == '+' || c == '-') {
            if (!read_offset(reader, parts)) return false;
            zone_known = true;
            continue;
        }
        if (c == '.' || c == ',') {
            reader.skip();
            continue;
        }
        const std::string_view word = reader.word();
        if (word.empty()) return true;  // a year may follow: `09:05:00 2026`
        if (const auto afternoon = half_of_day(word); afternoon && !parts.afternoon) {
            parts.afternoon = afternoon;
        } else if (const auto zone = zone_of(word); zone && !zone_known) {
            parts.zone_minutes = *zone;
            zone_known = true;
        }
        // RFC 5322 §4.3: a zone that nobody knows is UTC.
    }
}

/// W3CDTF, RFC 3339 and the partial forms of ISO 8601. Nothing where the text is not of that shape.
std::optional<DateParts> read_iso(std::string_view text) {
    Reader reader{text};
    DateParts parts;
    const std::size_t first = reader.digits_ahead();
    const bool compact = first == 8 || first == 14 || first == 7;
    if (first != 4 && !compact) return std::nullopt;
    parts.year = reader.number(4);
    parts.month = 1;
    parts.day = 1;
    const char separator = reader.peek();
    if (!compact && separator != '-' && separator != '/' && separator != '.' && separator != ':') {
        if (reader.done() || separator == 'T') return reader.done() ? std::optional{parts} : std::nullopt;
        return std::nullopt;
    }
    if (!compact) reader.skip();
    const std::size_t second = reader.digits_ahead();
    if (first == 7 || (second == 3 && separator == '-')) {  // ordinal date: the day of the year
        const unsigned ordinal = reader.natural(3);
        const std::chrono::sys_days start{std::chrono::year{parts.year} / 1 / 1};
        const std::chrono::year_month_day date{start + std::chrono::days{static_cast<int>(ordinal) - 1}};
        if (ordinal < 1 || static_cast<int>(date.year()) != parts.year) return std::nullopt;
        parts.month = static_cast<unsigned>(date.month());
        parts.day = static_cast<unsigned>(date.day());
    } else if (second >= 1 && (second <= 2 || compact)) {
        parts.month = reader.natural(compact ? 2 : second);
        if (compact || reader.skip_if(separator)) {
            const std::size_t third = compact ? 2 : reader.digits_ahead();
            if (third < 1 || third > 2) return std::nullopt;
            parts.day = reader.natural(third);
        }
        if (parts.month > 12 && parts.day <= 12) std::swap(parts.month, parts.day);
    } else {
        return std::nullopt;
    }
    if (reader.peek() == 'T' || reader.peek() == 't' || reader.peek() == ',' || reader.peek() == '_')
        reader.skip();
    reader.skip_blanks();
    if (digit(reader.peek()) && !read_time(reader, parts)) return std::nullopt;
    if (!read_after_time(reader, parts) || !reader.done()) {
        if (reader.peek() != '(' && reader.peek() != '[') return std::nullopt;
    }
    return parts;
}

/// RFC 5322 and asctime, their abuses, and dates written for people in any language: numbers and words are
/// taken as they come and told apart by what they can be.
class LooseDate {
  public:
    explicit LooseDate(std::string_view text) : reader_{text} {}

    std::optional<DateParts> read() {
        while (!reader_.done()) {
            if (!step()) return std::nullopt;
        }
        return settle();
    }

  private:
    struct Number {
        int value{0};
        std::size_t digits{0};
        char before{' '};  ///< the separator that joined it to the number before: `/`, `.`, `-` or a blank
    };

    bool step() {
        const char c = reader_.peek();
        if (digit(c)) return read_number();
        if (c == '+' || (c == '-' && parts_.has_time)) return read_offset(reader_, parts_);
        if (c == '(' || c == '[') return skip_remark();
        const std::string_view word = reader_.word();
        if (word.empty()) {
            separator_ = c;
            reader_.skip();
            return true;
        }
        read_word(word);
        separator_ = ' ';
        return true;
    }

    bool skip_remark() {
        while (!reader_.done() && reader_.peek() != ')' && reader_.peek() != ']')
            reader_.skip();
        reader_.skip();
        return true;
    }

    bool read_number() {
        const std::size_t digits = reader_.digits_ahead();
        if (!parts_.has_time && digits <= 2 && reader_.peek(digits) == ':') {
            return read_time(reader_, parts_) && read_after_time(reader_, parts_);
        }
        if (digits > 4) return false;
        const int value = reader_.number(digits);
        if (take_marked(value)) return true;
        if (numbers_.size() == 3) return false;
        numbers_.push_back({value, digits, numbers_.empty() ? ' ' : separator_});
        separator_ = ' ';
        return true;
    }

    /// `2026年1月31日`, `2026년 1월 31일`: East Asia says what each number is.
    bool take_marked(int value) {
        struct Mark {
            std::string_view text;
            char part;
        };
        constexpr std::array kMarks = {Mark{"年", 'y'}, Mark{"月", 'm'}, Mark{"日", 'd'}, Mark{"년", 'y'},
                                       Mark{"월", 'm'}, Mark{"일", 'd'}, Mark{"時", 'H'}, Mark{"时", 'H'},
                                       Mark{"시", 'H'}, Mark{"分", 'M'}, Mark{"분", 'M'}, Mark{"秒", 'S'},
                                       Mark{"초", 'S'}};
        for (const Mark& mark : kMarks) {
            bool here = true;
            for (std::size_t i = 0; i < mark.text.size(); ++i)
                here = here && reader_.peek(i) == mark.text[i];
            if (!here) continue;
            reader_.skip(mark.text.size());
            set_part(mark.part, value);
            return true;
        }
        return false;
    }

    void set_part(char part, int value) {
        const auto natural = static_cast<unsigned>(value);
        if (part == 'y') parts_.year = value;
        if (part == 'm') parts_.month = natural;
        if (part == 'd') parts_.day = natural;
        if (part == 'H') parts_.hour = natural;
        if (part == 'M') parts_.minute = natural;
        if (part == 'S') parts_.second = natural;
        parts_.has_time = parts_.has_time || part == 'H';
    }

    void read_word(std::string_view word) {
        if (const auto afternoon = half_of_day(word); afternoon && word.size() > 1) {
            parts_.afternoon = afternoon;
        } else if (const auto month = month_of_words(word); month) {
            parts_.month = month->number;
            parts_.calendar = month->calendar;
        } else if (const auto zone = parts_.has_time ? zone_of(word) : std::nullopt; zone) {
            parts_.zone_minutes = *zone;
        }
        // Weekdays, `of`, `de`, `th` and whatever else is there say nothing that the numbers do not.
    }

    /// A month of one word or, in Arabic, of two (`كانون الثاني`).
    std::optional<Month> month_of_words(std::string_view word) {
        if (parts_.month != 0) return std::nullopt;
        auto month = month_of(word);
        if (!month && !last_word_.empty()) month = month_of(last_word_ + std::string{word});
        last_word_ = word;
        return month;
    }

    std::optional<DateParts> settle() {
        if (parts_.year >= 0 && parts_.month > 0 && parts_.day > 0) return parts_;
        return parts_.month > 0 ? with_named_month() : with_numbers_only();
    }

    std::optional<DateParts> with_named_month() {
        if (numbers_.size() < 2) return std::nullopt;
        const bool year_first = numbers_[0].digits >= 3;
        const Number& year = numbers_[year_first ? 0 : 1];
        const Number& day = numbers_[year_first ? 1 : 0];
        if (day.digits > 2) return std::nullopt;
        parts_.year = full_year(year.value, year.digits);
        parts_.day = static_cast<unsigned>(day.value);
        return parts_;
    }

    /// `31/01/2026`, `1/31/2026 9:05 AM`, `31.01.26`. Where both orders fit, the 12-hour clock tells an
    /// American; all others put the day first.
    std::optional<DateParts> with_numbers_only() {
        if (numbers_.size() != 3 || numbers_[1].before == ' ' || numbers_[2].before == ' ')
            return std::nullopt;
        if (numbers_[0].digits > 2 || numbers_[2].digits == 3) return std::nullopt;
        auto first = static_cast<unsigned>(numbers_[0].value);
        auto second = static_cast<unsigned>(numbers_[1].value);
        const bool american = numbers_[1].before == '/' && parts_.afternoon.has_value();
        if (second > 12 || (american && first <= 12)) std::swap(first, second);
        parts_.day = first;
        parts_.month = second;
        parts_.year = full_year(numbers_[2].value, numbers_[2].digits);
        return parts_;
    }

    Reader reader_;
    DateParts parts_{};
    std::vector<Number> numbers_{};
    std::string last_word_{};
    char separator_{' '};
};

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlank = " \t\r\n\f\v";
    const std::size_t from = text.find_first_not_of(kBlank);
    if (from == std::string_view::npos) return {};
    return text.substr(from, text.find_last_not_of(kBlank) - from + 1);
}

std::optional<Time> read_ascii_date(std::string_view text) {
    if (const auto parts = read_iso(text)) return assemble(*parts);
    const auto parts = LooseDate{text}.read();
    return parts ? assemble(*parts) : std::nullopt;
}

}  // namespace

std::optional<Time> read_date(std::string_view text) {
    text = trimmed(text);
    if (text.empty() || text.size() > kLongestDate) return std::nullopt;
    const bool ascii =
        std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    return ascii ? read_ascii_date(text) : read_ascii_date(plain_digits(text));
}

std::string rfc3339(Time time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::seconds>(time - day)};
    const auto pad = [](std::string& out, int value, std::size_t width) {
        const std::string digits = std::to_string(value);
        out.append(width > digits.size() ? width - digits.size() : 0, '0').append(digits);
    };
    std::string out;
    pad(out, static_cast<int>(date.year()), 4);
    out += '-';
    pad(out, static_cast<int>(static_cast<unsigned>(date.month())), 2);
    out += '-';
    pad(out, static_cast<int>(static_cast<unsigned>(date.day())), 2);
    out += 'T';
    pad(out, static_cast<int>(clock.hours().count()), 2);
    out += ':';
    pad(out, static_cast<int>(clock.minutes().count()), 2);
    out += ':';
    pad(out, static_cast<int>(clock.seconds().count()), 2);
    out += 'Z';
    return out;
}

}  // namespace newswatch::text
