#pragma once

#include <optional>
#include <string>
#include <string_view>

/// The words in dates, in the languages of the world. Pure; any thread may call.
namespace newswatch::text {

/// Which calendar a month belongs to.
enum class Calendar { gregorian, persian };

struct Month {
    unsigned number{0};  ///< 1–12
    Calendar calendar{Calendar::gregorian};
};

/// English month by its first three letters or more; other languages by CLDR's names, full or short. Nothing
/// where languages disagree about the name (`listopad` is October or November).
[[nodiscard]] std::optional<Month> month_of(std::string_view word);

/// Minutes east of UTC of a named zone (RFC 5322 §4.3 and what publishers write); nothing for other words.
[[nodiscard]] std::optional<int> zone_of(std::string_view word);

/// `am` false, `pm` true, in the languages that write the 12-hour clock.
[[nodiscard]] std::optional<bool> half_of_day(std::string_view word);

/// Digits of other scripts → ASCII (Arabic-Indic, Persian, Devanagari, full width), marks of direction left
/// out.
[[nodiscard]] std::string plain_digits(std::string_view text);

}  // namespace newswatch::text
