#pragma once

#include <optional>
#include <string_view>

/// The words in dates, in the languages of the world (CLDR, and what newspapers write beside it). Pure; any
/// thread may call. `language` is BCP 47 and may be empty.
namespace newswatch::text {

/// Which calendar a month belongs to.
enum class Calendar { gregorian, persian, hijri };

struct Month {
    unsigned number{0};  ///< 1–12
    /// Where languages disagree about the name (`listopad` is November in Polish, October in Croatian): what
    /// the others mean. The weekday of the date may tell. 0: they agree, or `language` decided.
    unsigned alternative{0};
    Calendar calendar{Calendar::gregorian};
};

/// A month by its full name, its short one, or the beginning of either. Nothing for other words.
[[nodiscard]] std::optional<Month> month_of(std::string_view word, std::string_view language = {});

/// A day of the week by its full or short name.
struct Weekday {
    std::optional<unsigned> number{};  ///< 0 for Sunday; empty where languages disagree
};
[[nodiscard]] std::optional<Weekday> weekday_named(std::string_view word);

/// `am` false, `pm` true, in the languages that write the 12-hour clock.
[[nodiscard]] std::optional<bool> half_of_day(std::string_view word, std::string_view language = {});

}  // namespace newswatch::text
