#pragma once

#include <string>
#include <string_view>

/// Folding of WATCHLISTS.md §2: the same for articles and for watchlist terms. Any thread may call.
namespace newswatch::text {

/// §2 steps 1–5: compatibility forms, case, accents of Latin, Greek and Cyrillic stress, Arabic vowel signs
/// and letter variants, digits. Idempotent. Invalid UTF-8 becomes U+FFFD.
[[nodiscard]] std::string fold(std::string_view utf8);
void append_folded(std::string_view utf8, std::string& folded);

/// As `fold`, but accents stay: case-folded NFKC, what a stemmer wants to see.
[[nodiscard]] std::string fold_keeping_accents(std::string_view utf8);

/// NFC with steps 1 and 5 only: what `exact:` compares.
[[nodiscard]] std::string exact_form(std::string_view utf8);

/// Canonical composition (UAX #15). Invalid UTF-8 becomes U+FFFD.
[[nodiscard]] std::string nfc(std::string_view utf8);

/// How many code points; an offset in bytes → an offset in code points.
[[nodiscard]] std::size_t count_code_points(std::string_view utf8);

}  // namespace newswatch::text
