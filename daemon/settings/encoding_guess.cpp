#include "settings/encoding_guess.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/format.h"
#include "settings/code_points.h"
#include "text/charset_convert.h"

namespace newswatch::settings {

namespace {

constexpr std::size_t kSample = std::size_t{1} << 16U;  // enough letters for a guess

struct Encoding {
    std::string_view name;
    std::string_view people;
};

/// The first of equals wins, so the most common stands first.
constexpr std::array<Encoding, 7> kOneByte{{{"windows-1252", "Western European"},
                                            {"windows-1256", "Arabic"},
                                            {"windows-1251", "Cyrillic"},
                                            {"windows-1253", "Greek"},
                                            {"windows-1255", "Hebrew"},
                                            {"windows-1254", "Turkish"},
                                            {"windows-1250", "Central European"}}};
constexpr std::array<Encoding, 3> kSeveralBytes{
    {{"gb18030", "Chinese"}, {"shift_jis", "Japanese"}, {"euc-kr", "Korean"}}};

enum class Alphabet : std::uint8_t { none, latin, greek, cyrillic, hebrew, arabic, east_asian };

Alphabet alphabet_of(char32_t value) {
    if ((value >= U'a' && value <= U'z') || (value >= U'A' && value <= U'Z')) return Alphabet::latin;
    if (value >= 0xC0 && value <= 0x24F && value != 0xD7 && value != 0xF7) return Alphabet::latin;
    if (value >= 0x370 && value <= 0x3FF) return Alphabet::greek;
    if (value >= 0x400 && value <= 0x4FF) return Alphabet::cyrillic;
    if (value >= 0x591 && value <= 0x5EA) return Alphabet::hebrew;
    if (value >= 0x621 && value <= 0x6D3) return Alphabet::arabic;
    if ((value >= 0x3040 && value <= 0x9FFF) || (value >= 0xAC00 && value <= 0xD7A3))
        return Alphabet::east_asian;
    return Alphabet::none;
}

bool is_capital(char32_t value) {
    return (value >= U'A' && value <= U'Z') || (value >= 0xC0 && value <= 0xDE) ||
           (value >= 0x100 && value <= 0x17F && value % 2 == 0) ||
           (value >= 0x386 && value <= 0x3AB && value != 0x390) || (value >= 0x400 && value <= 0x42F) ||
           (value >= 0x460 && value <= 0x4FF && value % 2 == 0);
}

/// Letters that stand only at the end of a word: final forms of Hebrew, teh marbuta, alef maksura, ς.
bool ends_word(char32_t value) {
    constexpr std::array<char32_t, 8> kFinal{0x5DA, 0x5DD, 0x5DF, 0x5E3, 0x5E5, 0x629, 0x649, 0x3C2};
    return std::find(kFinal.begin(), kFinal.end(), value) != kFinal.end();
}

/// Letters of Icelandic, where a Turkish ş ğ ı is read as Western.
bool is_rare(char32_t value) {
    return value == 0xFE || value == 0xDE || value == 0xF0 || value == 0xD0 || value == 0xFD || value == 0xDD;
}

/// How much a reading looks like words: for each letter beyond ASCII, one if it fits its neighbours, minus
/// three for a capital inside a word, a change of alphabet, a final form that is not final, or a Latin word
/// of nothing but accents.
int plausibility(std::string_view text) {
    constexpr int kMisfit = 3;
    int score = 0;
    int accents = 0;  // Latin letters with one, side by side: two are seen (créée), three are not
    char32_t before = U' ';
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = code_point_at(text, at);
        at += point.size;
        const Alphabet here = alphabet_of(point.value);
        const Alphabet left = alphabet_of(before);
        accents = here == Alphabet::latin && point.value >= 0x80 ? accents + 1 : 0;
        const bool beyond_ascii = point.value >= 0x80 || before >= 0x80;
        if (beyond_ascii && here != Alphabet::none) {
            const bool inside = left != Alphabet::none;
            const bool misfit = inside && (here != left || (is_capital(point.value) && !is_capital(before)) ||
                                           ends_word(before) || accents > 2);
            if (misfit) {
                score -= kMisfit;
            } else if (point.value >= 0x80) {
                score += is_rare(point.value) ? 0 : 1;
            }
        } else if (point.value >= 0x80 && left != Alphabet::none && before >= 0x80) {
            score -= 1;  // a sign behind a letter, such as §, inside what should be a word
        }
        before = point.value;
    }
    return score;
}

struct Guess {
    Encoding encoding{};
    std::string text{};
};

template <std::size_t Size>
std::optional<Guess> best_of(const std::array<Encoding, Size>& encodings, std::string_view bytes) {
    std::optional<Guess> best;
    int best_score = 0;
    for (const Encoding& encoding : encodings) {
        const std::optional<text::Converted> read = text::convert(bytes, std::string{encoding.name});
        if (!read || read->bad > 0) continue;
        const int score = plausibility(read->utf8);
        if (score <= best_score) continue;
        best_score = score;
        best = Guess{encoding, read->utf8};
    }
    return best;
}

/// `name: «ليبيا»`
std::string quoted_from_first_foreign(std::string_view line) {
    const auto foreign = std::find_if(line.begin(), line.end(),
                                      [](char letter) { return static_cast<unsigned char>(letter) >= 0x80; });
    const auto at = static_cast<std::size_t>(foreign - line.begin());
    return newswatch::format("{}«{}»", line.substr(0, at), trimmed(line.substr(at)));
}

std::string capitalised(std::string_view name) {
    std::string text{name};
    if (text.front() >= 'a' && text.front() <= 'z') text.front() = static_cast<char>(text.front() - 32);
    return text;
}

}  // namespace

Finding describe_not_utf8(std::string_view bytes, std::size_t offset, const std::string& shown_as) {
    const std::string_view before = bytes.substr(0, offset);
    const std::size_t line_begin = before.rfind('\n') + 1;  // npos + 1 is 0
    Finding finding;
    finding.code = "F15";
    finding.headline = "this file is not UTF-8 text";
    finding.place = {shown_as, static_cast<unsigned>(std::count(before.begin(), before.end(), '\n') + 1),
                     static_cast<unsigned>(code_point_count(before.substr(line_begin)) + 1)};
    finding.help.push_back(newswatch::format("at: {}:{}:{}, byte 0x{:02X}", shown_as, finding.place.line,
                                             finding.place.column,
                                             static_cast<unsigned char>(bytes[offset])));
    const std::string_view sample = bytes.substr(line_begin, kSample);
    std::optional<Guess> guess = best_of(kOneByte, sample);
    if (!guess) guess = best_of(kSeveralBytes, sample);
    if (!guess) {
        finding.help.emplace_back("help: save the file as UTF-8 in your editor");
        return finding;
    }
    const std::string_view line = std::string_view{guess->text}.substr(0, guess->text.find_first_of("\r\n"));
    finding.help.push_back(newswatch::format("guess: {} ({}); read that way, line {} says: {}",
                                             capitalised(guess->encoding.name), guess->encoding.people,
                                             finding.place.line, quoted_from_first_foreign(line)));
    finding.help.push_back(newswatch::format(
        "help: if that looks right:  newswatchctl fmt --from {} --fix {}\nor save the file as "
        "UTF-8 in your editor",
        guess->encoding.name, shown_as));
    return finding;
}

}  // namespace newswatch::settings
