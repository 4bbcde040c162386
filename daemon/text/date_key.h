#pragma once

#include <string>
#include <string_view>

/// How the characters of dates are compared. Pure; any thread may call.
namespace newswatch::text {

/// By what a word of a date is known again: small letters only, without the accents and points that writers
/// leave out, Arabic letters in one form for Arabic and Persian. Vowel signs of Indic scripts and Thai stay.
[[nodiscard]] std::string date_key(std::string_view word);

/// A date as far as possible in ASCII: digits of all scripts, the dashes, commas, colons, brackets and blanks
/// of typographers. Letters stay; marks of direction and joining go.
[[nodiscard]] std::string plain_date(std::string_view text);

}  // namespace newswatch::text
