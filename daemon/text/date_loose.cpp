#include "text/date_loose.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "text/date_clock.h"
#include "text/date_cursor.h"
#include "text/date_key.h"
#include "text/date_marks.h"
#include "text/date_zones.h"

namespace newswatch::text {

namespace {

/// RFC 5322 §4.3: three digits count from 1900.
int full_year(int value, std::size_t digits) {
    if (digits >= 4) return value;
    return digits == 3 ? 1900 + value : two_digit_year(value);
}

class LooseDate {
  public:
    LooseDate(std::string_view text, std::string_view language)
        : cursor_{text}, language_{language}, ascii_{std::all_of(text.begin(), text.end(), [](char c) {
              return static_cast<unsigned char>(c) < 0x80;
          })} {}

    std::optional<DateParts> read() {
        while (!cursor_.done()) {
            if (!step()) return std::nullopt;
        }
        if (!settle()) return std::nullopt;
        if (!parts_.zone && parts_.has_time) parts_.zone = remark_zone_;
        return parts_;
    }

  private:
    struct Number {
        int value{0};
        std::size_t digits{0};
        char before{' '};  ///< the separator that joined it to the number before: `/`, `.`, `-` or a blank
    };

    bool step() {
        const char c = cursor_.peek();
        if (DateCursor::digit(c)) return read_number();
        if (c == '(' || c == '[') return read_remark();
        if (DateCursor::letter(c)) return read_letters();
        const bool may_be_offset = parts_.has_time && !parts_.zone && !DateCursor::digit(cursor_.before());
        if (may_be_offset && (c == '+' || c == '-')) {
            parts_.zone = read_offset(cursor_);
            if (parts_.zone) return true;
        }
        // `5. 3. 2024`: a blank behind a separator does not separate more.
        if (!DateCursor::blank(c) || separator_ == '\0') separator_ = c;
        cursor_.skip();
        return true;
    }

    /// `(CEST)` repeats what a number said, or says it where there is no number.
    bool read_remark() {
        cursor_.skip();
        const std::size_t start = cursor_.position();
        remark_zone_ = read_place(cursor_);
        if (!remark_zone_) remark_zone_ = zone_of(cursor_.word());
        cursor_.go_back_to(start);
        while (!cursor_.done() && cursor_.peek() != ')' && cursor_.peek() != ']')
            cursor_.skip();
        cursor_.skip();
        return true;
    }

    bool read_number() {
        const std::size_t digits = cursor_.digits_ahead();
        if (starts_clock(digits)) {
            if (parts_.has_time) {  // `10:00 - 12:00`: the first one counts
                DateParts ignored;
                return read_clock(cursor_, ignored);
            }
            if (!read_clock(cursor_, parts_)) return false;
            read_after_clock(cursor_, parts_, language_);
            return true;
        }
        if (digits == 8 && numbers_.empty()) return read_compact_day();
        if (digits > 4) return false;
        const int value = cursor_.number(digits);
        const char separator = std::exchange(separator_, '\0');
        if (take_marked(value) || take_hour(value, digits)) return true;
        if (numbers_.size() == 3) return false;
        numbers_.push_back({value, digits, separator == '\0' ? ' ' : separator});
        return true;
    }

    /// A clock at the cursor: `9:05` anywhere; `9.05`, `9h05` and `0905` only where no day and no year can
    /// be meant.
    [[nodiscard]] bool starts_clock(std::size_t digits) const {
        const char behind = cursor_.peek(digits);
        if (digits <= 2 && behind == ':') return cursor_.digits_ahead(digits + 1) > 0;
        if (parts_.has_time) return false;
        if (digits <= 2 && (behind == 'h' || behind == 'H')) {
            return cursor_.digits_ahead(digits + 1) > 0 || !DateCursor::letter(cursor_.peek(digits + 1));
        }
        if (!day_is_known()) return false;
        if (digits == 4) return !DateCursor::letter(behind);
        const std::size_t minutes = cursor_.digits_ahead(digits + 1);
        return digits <= 2 && behind == '.' && minutes == 2;
    }

    [[nodiscard]] bool day_is_known() const {
        const unsigned marked = (parts_.year >= 0 ? 1U : 0U) +
                                (parts_.month > 0 && !month_may_be_weekday_ ? 1U : 0U) +
                                (parts_.day > 0 ? 1U : 0U);
        return marked + numbers_.size() >= 3;
    }

    bool read_compact_day() {
        parts_.year = cursor_.number(4);
        parts_.month = cursor_.natural(2);
        parts_.day = cursor_.natural(2);
        return true;
    }

    /// `2026年1月31日`, `2026년 1월 31일`, `tháng 1`: the languages that say what each number is.
    bool take_marked(int value) {
        DatePart part = std::exchange(announced_, DatePart::none);
        if (part == DatePart::none) part = read_mark_behind(cursor_);
        const auto natural = static_cast<unsigned>(value);
        switch (part) {
            case DatePart::none:
                return false;
            case DatePart::year:
                parts_.year = value;
                break;
            case DatePart::month:
                parts_.month = natural;
                break;
            case DatePart::day:
                parts_.day = natural;
                break;
            case DatePart::hour:
                parts_.hour = natural;
                parts_.has_time = true;
                if (!parts_.afternoon) parts_.afternoon = pending_half_;
                break;
            case DatePart::minute:
                parts_.minute = natural;
                break;
            case DatePart::second:
                parts_.second = natural;
                break;
        }
        return true;
    }

    /// `3 PM`, `14 h 30`.
    bool take_hour(int value, std::size_t digits) {
        if (parts_.has_time || digits > 2) return false;
        const std::size_t start = cursor_.position();
        const auto half = value <= 12 ? read_half_of_day(cursor_, language_) : std::nullopt;
        if (half && clock_follows()) {  // `2024/1/2 下午3:04`
            cursor_.go_back_to(start);
            return false;
        }
        if (half) {
            parts_.afternoon = half;
        } else if (!cursor_.skip_if(" h ")) {
            return false;
        } else if (const std::size_t minutes = cursor_.digits_ahead(); minutes == 2) {
            parts_.minute = cursor_.natural(2);
        }
        parts_.hour = static_cast<unsigned>(value);
        parts_.has_time = true;
        read_after_clock(cursor_, parts_, language_);
        return true;
    }

    /// A number behind am or pm.
    bool clock_follows() {
        cursor_.skip_if(".");
        cursor_.skip_blanks();
        return DateCursor::digit(cursor_.peek());
    }

    bool read_letters() {
        if (const auto place = parts_.has_time ? read_place(cursor_) : std::nullopt) {
            if (!parts_.zone) parts_.zone = place;
            return true;
        }
        const std::size_t start = cursor_.position();
        if (const auto half = read_half_of_day(cursor_, language_)) {
            // Only beside a clock: behind a year, `م` is the Christian era.
            cursor_.skip_if(".");
            cursor_.skip_blanks();
            if (DateCursor::digit(cursor_.peek()) && !parts_.has_time)
                parts_.afternoon = pending_half_ = half;
            return true;
        }
        cursor_.go_back_to(start);
        read_word(cursor_.word());
        return true;
    }

    void read_word(std::string_view word) {
        const char separator = separator_;
        separator_ = '\0';
        if (const Era* const era = era_of(word)) {
            era_ = era;
        } else if (const DatePart part = part_announced_by(word); part != DatePart::none) {
            announced_ = part;
        } else if (take_month(word) || take_weekday(word)) {
            return;
        } else if (const auto zone = parts_.has_time && !parts_.zone ? zone_of(word) : std::nullopt) {
            parts_.zone = zone;
        } else {
            ++other_words_;
            separator_ = separator;
        }
        // `of`, `de`, `th` and whatever else is there say nothing that the numbers do not.
    }

    /// A month of one word or, in Arabic, of two (`كانون الثاني`).
    bool take_month(std::string_view word) {
        if (parts_.month != 0 && !month_may_be_weekday_) return false;
        auto month = month_of(word, language_);
        if (!month && !last_word_.empty()) month = month_of(last_word_ + std::string{word}, language_);
        last_word_ = word;
        if (!month) return false;
        const auto weekday = weekday_named(word);
        // `mar. 12 nov.`: Tuesday in French, and March where no other month follows.
        month_may_be_weekday_ = weekday.has_value() && numbers_.empty();
        parts_.month = month->number;
        parts_.calendar = month->calendar;
        other_month_ = month->alternative;
        return true;
    }

    bool take_weekday(std::string_view word) {
        const auto weekday = weekday_named(word);
        if (weekday) weekday_ = weekday->number;
        return weekday.has_value();
    }

    bool settle() {
        if (month_may_be_weekday_ && numbers_.size() == 3) parts_.month = 0;  // `mar 12/11/2024`
        const bool month_known = parts_.month > 0;
        if (!(month_known ? fill_day_and_year() : fill_from_numbers())) return false;
        if (era_ != nullptr) {
            if (parts_.calendar == Calendar::gregorian) parts_.calendar = era_->calendar;
            parts_.year += era_->years;
        }
        return choose_by_weekday();
    }

    bool fill_day_and_year() {
        const bool day_missing = parts_.day == 0;
        const bool year_missing = parts_.year < 0;
        if (day_missing && year_missing) return fill_day_and_year_from(numbers_);
        if (!day_missing && !year_missing) return numbers_.empty();
        if (numbers_.size() != 1) return false;
        if (year_missing) {
            parts_.year = full_year(numbers_[0].value, numbers_[0].digits);
            parts_.year_in_full = numbers_[0].digits == 4;
        }
        if (day_missing) parts_.day = static_cast<unsigned>(numbers_[0].value);
        return true;
    }

    bool fill_day_and_year_from(const std::vector<Number>& numbers) {
        if (numbers.size() == 1 && numbers[0].digits == 4 && other_words_ == 0 && !parts_.has_time) {
            parts_.year = numbers[0].value;  // `March 2024`
            parts_.day = 1;
            return true;
        }
        if (numbers.size() != 2) return false;
        const bool year_first = numbers[0].digits >= 3 || numbers[0].value > 31;
        const Number& year = numbers[year_first ? 0 : 1];
        const Number& day = numbers[year_first ? 1 : 0];
        if (day.digits > 2) return false;
        parts_.year = era_ == nullptr ? full_year(year.value, year.digits) : year.value;
        parts_.year_in_full = era_ == nullptr && year.digits == 4;
        parts_.day = static_cast<unsigned>(day.value);
        return true;
    }

    /// `31/01/2026`, `1/31/2026 9:05 AM`, `31.01.26`, `2026/01/31`.
    bool fill_from_numbers() {
        if (parts_.year >= 0 || numbers_.size() != 3 || numbers_[1].before == ' ' ||
            numbers_[2].before == ' ')
            return false;
        const bool year_first =
            numbers_[0].digits == 4 || (numbers_[2].digits <= 2 && (year_leads() || without_century()));
        const Number& year = numbers_[year_first ? 0 : 2];
        auto first = static_cast<unsigned>(numbers_[year_first ? 1 : 0].value);
        auto second = static_cast<unsigned>(numbers_[year_first ? 2 : 1].value);
        if (year.digits == 3 || year.digits == 1) return false;
        parts_.year = full_year(year.value, year.digits);
        if (parts_.year < 1970 || parts_.year > 2099)
            parts_.calendar = calendar_of_year(parts_.year, language_);
        if (year_first) std::swap(first, second);
        if (second > 12 || (!year_first && first <= 12 && month_first(first, second)))
            std::swap(first, second);
        parts_.day = first;
        parts_.month = second;
        return true;
    }

    /// Languages that write the year first, also with two digits.
    [[nodiscard]] bool year_leads() const {
        constexpr std::array<std::string_view, 7> kLanguages = {"ko", "ja", "zh", "hu", "eu", "ne", "mn"};
        return std::any_of(kLanguages.begin(), kLanguages.end(),
                           [&](std::string_view each) { return language_.starts_with(each); });
    }

    /// `03-12-31` of ISO 8601:1988, where no language says otherwise. Of two possible years the earlier one:
    /// nobody publishes ahead.
    [[nodiscard]] bool without_century() const {
        const auto is_part = [](const Number& number) { return number.digits == 2; };
        return language_.empty() && std::all_of(numbers_.begin(), numbers_.end(), is_part) &&
               numbers_[1].before == '-' && numbers_[2].before == '-' && numbers_[1].value <= 12 &&
               full_year(numbers_[0].value, 2) <= full_year(numbers_[2].value, 2);
    }

    /// Where both orders fit: the weekday tells, then the clock and the zone of North America, then the
    /// language. All others put the day first.
    [[nodiscard]] bool month_first(unsigned first, unsigned second) const {
        if (weekday_ && first != second) {
            const auto falls = [&](unsigned day, unsigned month) {
                return weekday_of({.year = parts_.year, .month = month, .day = day}) == weekday_;
            };
            if (falls(second, first) != falls(first, second)) return falls(second, first);
        }
        if (numbers_[1].before != '/') return false;
        if (parts_.zone && parts_.zone->north_american) return true;
        if (language_.starts_with("en-us") || language_.starts_with("fil")) return true;
        const bool elsewhere =
            language_.empty() ? !ascii_ : !language_.starts_with("en") || language_.size() > 2;
        return parts_.afternoon.has_value() && !elsewhere;
    }

    /// A month's name that languages disagree about: the one that falls on the weekday that is written.
    bool choose_by_weekday() {
        if (other_month_ == 0 || !weekday_) return true;
        DateParts other = parts_;
        other.month = other_month_;
        if (weekday_of(parts_) != weekday_ && weekday_of(other) == weekday_) parts_ = other;
        return true;
    }

    DateCursor cursor_;
    std::string language_;
    bool ascii_;
    DateParts parts_{};
    std::vector<Number> numbers_{};
    std::string last_word_{};
    char separator_{'\0'};  ///< what stood since the last number; a blank gives way
    const Era* era_{nullptr};
    DatePart announced_{DatePart::none};
    std::optional<bool> pending_half_{};
    std::optional<unsigned> weekday_{};
    std::optional<Zone> remark_zone_{};
    unsigned other_month_{0};
    unsigned other_words_{0};
    bool month_may_be_weekday_{false};
};

}  // namespace

std::optional<DateParts> read_loose_date(std::string_view text, std::string_view language) {
    return LooseDate{text, language}.read();
}

}  // namespace newswatch::text
