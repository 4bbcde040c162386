#include "text/charset_convert.h"

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "text/charset_label.h"

namespace newswatch::text {

namespace {

using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

constexpr std::size_t kSampleSize = std::size_t{16} * 1024;
constexpr int kLanguageBonus = 50;  // the detector's own scale goes to 100
constexpr int kLessLikely = 10;
constexpr int kDoubtful = 12;  // below this the detector is reading tea leaves

Converter open_converter(const std::string& name) {
    UErrorCode status = U_ZERO_ERROR;
    Converter converter{ucnv_open(name.c_str(), &status), &ucnv_close};
    if (U_FAILURE(status)) converter.reset();
    return converter;
}

std::size_t count_replacements(std::string_view utf8) {
    std::size_t count = 0;
    for (std::size_t at = utf8.find("\uFFFD"); at != std::string_view::npos;
         at = utf8.find("\uFFFD", at + 3)) {
        ++count;
    }
    return count;
}

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
            high = high || static_cast<unsigned char>(bytes[at]) >= 0x80 || bytes[at] == '\x1B';
            continue;
        }
        if (high) sample.append(bytes, word, std::min(at - word, std::size_t{1024})).append(" ");
        word = at + 1;
        high = false;
    }
    return sample;
}

struct Candidate {
    std::string converter{};
    int score{0};
};

std::vector<Candidate> detected(std::string_view sample) {
    std::vector<Candidate> candidates;
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UCharsetDetector, decltype(&ucsdet_close)> detector{ucsdet_open(&status),
                                                                              &ucsdet_close};
    ucsdet_setText(detector.get(), sample.data(), static_cast<int32_t>(sample.size()), &status);
    int32_t count = 0;
    const UCharsetMatch** const matches = ucsdet_detectAll(detector.get(), &count, &status);
    if (U_FAILURE(status)) return candidates;
    for (int32_t i = 0; i < count; ++i) {
        const char* const name = ucsdet_getName(matches[i], &status);
        const int confidence = ucsdet_getConfidence(matches[i], &status);
        if (U_FAILURE(status) || name == nullptr) break;
        const std::string_view label{name};
        // Not UTF-8, or we would not be asked; a document with `<` in ASCII is neither UTF-16 nor EBCDIC.
        if (label.starts_with("UTF-") || label.starts_with("IBM4")) continue;
        candidates.push_back({converter_name(label), confidence});
    }
    return candidates;
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

}  // namespace

std::optional<Converted> convert(std::string_view bytes, const std::string& name) {
    const Converter from = open_converter(name);
    const Converter to = open_converter("UTF-8");
    if (!from || !to) return std::nullopt;
    Converted converted;
    converted.utf8.reserve(bytes.size() + bytes.size() / 2);
    std::vector<char> chunk(std::size_t{16} * 1024);
    std::vector<UChar> pivot(std::size_t{8} * 1024);
    UChar* pivot_source = pivot.data();
    UChar* pivot_target = pivot.data();
    const char* source = bytes.data();
    for (bool reset = true;; reset = false) {
        UErrorCode status = U_ZERO_ERROR;
        char* target = chunk.data();
        ucnv_convertEx(to.get(), from.get(), &target, chunk.data() + chunk.size(), &source,
                       bytes.data() + bytes.size(), pivot.data(), &pivot_source, &pivot_target,
                       pivot.data() + pivot.size(), static_cast<UBool>(reset), static_cast<UBool>(true),
                       &status);
        converted.utf8.append(chunk.data(), static_cast<std::size_t>(target - chunk.data()));
        if (status == U_BUFFER_OVERFLOW_ERROR) continue;
        if (U_FAILURE(status)) return std::nullopt;
        break;
    }
    converted.bad = count_replacements(converted.utf8);
    return converted;
}

std::string guess_converter(std::string_view bytes, std::string_view language) {
    const std::string sample = legacy_words(bytes);
    std::vector<Candidate> candidates = detected(sample);
    favour(candidates, converters_of_language(language));
    for (Candidate& candidate : candidates) {
        const std::optional<Converted> trial = convert(sample, candidate.converter);
        if (!trial) {
            candidate.score = -1;
        } else if (trial->bad > 0) {
            candidate.score -= 30 + static_cast<int>(std::min<std::size_t>(trial->bad, 100));
        }
    }
    const auto best =
        std::max_element(candidates.begin(), candidates.end(),
                         [](const Candidate& a, const Candidate& b) { return a.score < b.score; });
    return best == candidates.end() || best->score < kDoubtful ? std::string{"windows-1252"}
                                                               : best->converter;
}

}  // namespace newswatch::text
