#include "text/charset_guess.h"

#include <unicode/uchar.h>
#include <unicode/ucsdet.h>
#include <unicode/ulocdata.h>
#include <unicode/uset.h>

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "text/charset_convert.h"
#include "text/charset_label.h"
#include "text/code_points.h"
#include "text/language.h"

namespace newswatch::text {

namespace {

constexpr std::size_t kSampleSize = std::size_t{16} * 1024;
constexpr int kLanguageBonus = 50;  // the detector's own scale goes to 100
constexpr int kLessLikely = 10;
constexpr int kSpeaksBonus = 60;
constexpr int kAllButAFew = 95;  // per cent
constexpr int kDoubtful = 12;    // below this the detector is reading tea leaves

using ExemplarSet = std::unique_ptr<USet, decltype(&uset_close)>;

struct Candidate {
    std::string converter{};
    int score{0};
};

bool separates(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '<' || c == '>' || c == '"' || c == '&';
}

/// The words that hold bytes above ASCII: mark-up and English would drown them.
std::string legacy_words(std::string_view bytes) {
    std::string sample;
    std::size_t word = 0;
    bool high = false;
    for (std::size_t at = 0; at <= bytes.size() && sample.size() < kSampleSize; ++at) {
        if (at < bytes.size() && !separates(bytes[at])) {
            high = high || static_cast<unsigned char>(bytes[at]) >= 0x80;
            continue;
        }
        if (high) sample.append(bytes, word, std::min(at - word, std::size_t{1024})).append(" ");
        word = at + 1;
        high = false;
    }
    return sample;
}

/// What stands between tags and holds bytes above ASCII: whole sentences, by which a language is known.
std::string legacy_sentences(std::string_view bytes) {
    std::string sample;
    std::size_t from = 0;
    while (from < bytes.size() && sample.size() < kSampleSize) {
        const std::size_t end = std::min(bytes.find('<', from), bytes.size());
        const std::string_view text = bytes.substr(from, end - from);
        const bool high = std::any_of(text.begin(), text.end(),
                                      [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
        if (high) sample.append(text.substr(0, 1024)).append(" ");
        from = std::min(bytes.find('>', end), bytes.size() - 1) + 1;
    }
    // CLD2 dares not judge a short text. Here it says which of several readings is one at all.
    constexpr std::size_t kWorthwhile = 40;
    constexpr std::size_t kEnough = 256;
    const std::string once = sample;
    while (once.size() >= kWorthwhile && sample.size() < kEnough)
        sample.append(once);
    return sample;
}

/// ISO 2022 says itself what it is.
std::string_view shifted_converter(std::string_view bytes) {
    const auto holds = [&](std::string_view escape) { return bytes.find(escape) != std::string_view::npos; };
    if (holds("\x1B$)C")) return "ISO-2022-KR";
    if (holds("\x1B$)A") || holds("\x1B$)G")) return "ISO-2022-CN";
    return holds("\x1B$") ? "ISO-2022-JP-2" : "";
}

/// TIS-620, which ICU's detector does not know: every byte above ASCII is a Thai letter, many of them
/// consonants, which stand where single-byte encodings of Europe have signs.
bool looks_thai(std::string_view sample) {
    std::size_t high = 0;
    std::size_t low_half = 0;
    for (const char c : sample) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) continue;
        const bool letter = byte >= 0xA1 && byte <= 0xFB && (byte <= 0xDA || byte >= 0xDF);
        if (!letter) return false;
        ++high;
        if (byte <= 0xBF) ++low_half;
    }
    return high >= 8 && low_half * 5 >= high;
}

void add_detected(std::vector<Candidate>& candidates, std::string_view sample) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UCharsetDetector, decltype(&ucsdet_close)> detector{ucsdet_open(&status),
                                                                              &ucsdet_close};
    ucsdet_setText(detector.get(), sample.data(), static_cast<int32_t>(sample.size()), &status);
    int32_t count = 0;
    const UCharsetMatch** const matches = ucsdet_detectAll(detector.get(), &count, &status);
    if (U_FAILURE(status)) return;
    for (int32_t i = 0; i < count; ++i) {
        const char* const name = ucsdet_getName(matches[i], &status);
        const int confidence = ucsdet_getConfidence(matches[i], &status);
        if (U_FAILURE(status) || name == nullptr) break;
        const std::string_view label{name};
        // Not UTF-8, or we would not be asked; a document with `<` in ASCII is neither UTF-16 nor EBCDIC.
        if (label.starts_with("UTF-") || label.starts_with("IBM4")) continue;
        candidates.push_back({converter_name(label), confidence});
    }
}

/// The likely encodings of a language go before what letter statistics of a short text say.
void favour(std::vector<Candidate>& candidates, const std::vector<std::string_view>& likely) {
    for (std::size_t i = 0; i < likely.size(); ++i) {
        if (likely[i].empty()) continue;
        const int bonus = kLanguageBonus - static_cast<int>(i) * kLessLikely;
        const std::string name = converter_name(likely[i]);
        const auto found = std::find_if(candidates.begin(), candidates.end(),
                                        [&](const Candidate& c) { return c.converter == name; });
        if (found != candidates.end()) {
            found->score = found->score / 2 + bonus;
        } else {
            candidates.push_back({name, bonus});
        }
    }
}

/// The letters of a language, in both cases; null where CLDR does not know it.
ExemplarSet letters_of(std::string_view language) {
    const bool traditional =
        language.starts_with("zh-t") || language.starts_with("zh-hk") || language.starts_with("zh-hant");
    const std::string locale{traditional ? "zh_Hant" : language.substr(0, language.find_first_of("-_"))};
    ExemplarSet letters{nullptr, &uset_close};
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<ULocaleData, decltype(&ulocdata_close)> data{ulocdata_open(locale.c_str(), &status),
                                                                       &ulocdata_close};
    // A language that CLDR does not know falls back to the root, which has no letters.
    if (U_FAILURE(status) || status == U_USING_DEFAULT_WARNING) return letters;
    letters.reset(
        ulocdata_getExemplarSet(data.get(), nullptr, USET_ADD_CASE_MAPPINGS, ULOCDATA_ES_STANDARD, &status));
    if (U_FAILURE(status)) letters.reset();
    return letters;
}

bool typographic(char32_t c) {
    return (c >= 0x2000 && c <= 0x206F) || c == 0xA0 || c == 0xAB || c == 0xBB ||
           (c >= 0x3000 && c <= 0x303F);
}

/// How many of a hundred characters above ASCII are letters of the language.
int percent_of_letters(std::string_view utf8, const USet* letters) {
    std::size_t all = 0;
    std::size_t known = 0;
    for (std::size_t at = 0; at < utf8.size();) {
        const char32_t c = next_code_point(utf8, at);
        if (c < 0x80 || typographic(c)) continue;
        ++all;
        if (uset_contains(letters, static_cast<UChar32>(c)) != 0) ++known;
    }
    return all == 0 ? 0 : static_cast<int>(known * 100 / all);
}

/// How many of a hundred characters above ASCII are capitals. KOI8-R and windows-1251 have small and capital
/// letters the other way round.
int percent_of_capitals(std::string_view utf8) {
    std::size_t all = 0;
    std::size_t capitals = 0;
    for (std::size_t at = 0; at < utf8.size();) {
        const char32_t c = next_code_point(utf8, at);
        if (c < 0x80) continue;
        ++all;
        if (u_isupper(static_cast<UChar32>(c)) != 0) ++capitals;
    }
    return all == 0 ? 0 : static_cast<int>(capitals * 100 / all);
}

/// Characters that no publisher writes: U+FFFD and C1 controls.
std::size_t impossible(std::string_view utf8) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < utf8.size();) {
        const char32_t c = next_code_point(utf8, at);
        if (c == kReplacement || (c >= 0x80 && c < 0xA0)) ++count;
    }
    return count;
}

void judge(Candidate& candidate, std::string_view sample, const USet* letters) {
    const std::optional<Converted> trial = convert(sample, candidate.converter);
    if (!trial) {
        candidate.score = -1;
        return;
    }
    candidate.score -= percent_of_capitals(trial->utf8) / 2;
    if (letters != nullptr) candidate.score += percent_of_letters(trial->utf8, letters);
    if (const std::size_t bad = impossible(trial->utf8); bad > 0) {
        candidate.score -= 30 + static_cast<int>(std::min<std::size_t>(bad, 100));
    }
}

/// Encodings that ICU's detector does not know or hardly tells from their neighbours.
constexpr std::array<std::string_view, 7> kUndetected = {
    "windows-1250", "windows-1254", "windows-1257", "windows-874", "KOI8-U", "IBM866", "x-mac-cyrillic"};

/// Whether bytes above ASCII come as whole words of one-byte letters do.
bool mostly_long_runs(std::string_view bytes) {
    constexpr std::size_t kLongRun = 5;
    const HighBytes high = count_high_bytes(bytes, kLongRun);
    return high.in_long_runs * 10 >= high.all * 9;
}

void add_undetected(std::vector<Candidate>& candidates) {
    for (const std::string_view label : kUndetected) {
        const std::string name = converter_name(label);
        const bool there = std::any_of(candidates.begin(), candidates.end(),
                                       [&](const Candidate& c) { return c.converter == name; });
        if (!there && !name.empty()) candidates.push_back({name, 0});
    }
}

/// Whether CLD2 says more of a text than its script. Any bytes make Greek or Hebrew letters in some encoding;
/// Thai ones too, but Thai sets no spaces between words.
bool known_by_more_than_letters(const std::string& code, std::string_view bytes) {
    if (code == "el" || code == "he" || code == "yi") return false;
    return code != "th" || mostly_long_runs(bytes);
}

/// Whether the sentences are of a known language in this encoding, and all their letters of that language.
bool speaks(const Candidate& candidate, std::string_view sentences) {
    const std::optional<Converted> trial = convert(sentences, candidate.converter);
    if (!trial || impossible(trial->utf8) > 0) return false;
    const std::string language = code_of(detect_language(trial->utf8));
    if (language.empty() || !known_by_more_than_letters(language, sentences)) return false;
    const ExemplarSet letters = letters_of(language);
    return letters && percent_of_letters(trial->utf8, letters.get()) >= kAllButAFew;
}

}  // namespace

HighBytes count_high_bytes(std::string_view bytes, std::size_t long_run) {
    HighBytes high;
    std::size_t run = 0;
    for (std::size_t at = 0; at <= bytes.size(); ++at) {
        if (at < bytes.size() && static_cast<unsigned char>(bytes[at]) >= 0x80) {
            ++run;
            continue;
        }
        high.all += run;
        if (run >= long_run) high.in_long_runs += run;
        run = 0;
    }
    return high;
}

std::string guess_converter(std::string_view bytes, std::string_view language) {
    if (const std::string_view shifted = shifted_converter(bytes); !shifted.empty())
        return std::string{shifted};
    const std::string sample = legacy_words(bytes);
    std::vector<Candidate> candidates;
    add_detected(candidates, sample);
    if (looks_thai(sample)) candidates.push_back({"windows-874", kLanguageBonus});
    const std::vector<std::string_view> likely = converters_of_language(language);
    favour(candidates, likely);
    if (likely.empty()) {
        add_undetected(candidates);
        const std::string sentences = legacy_sentences(bytes);
        for (Candidate& candidate : candidates) {
            if (speaks(candidate, sentences)) candidate.score += kSpeaksBonus;
        }
    }
    const ExemplarSet letters = letters_of(language);
    for (Candidate& candidate : candidates)
        judge(candidate, sample, letters.get());
    const auto best =
        std::max_element(candidates.begin(), candidates.end(),
                         [](const Candidate& a, const Candidate& b) { return a.score < b.score; });
    return best == candidates.end() || best->score < kDoubtful ? std::string{"windows-1252"}
                                                               : best->converter;
}

}  // namespace newswatch::text
