#include "text/clitics.h"

#include <algorithm>
#include <array>

#include "text/fold.h"

namespace newswatch::text {
namespace {

constexpr std::string_view kAl = "ال";
constexpr std::string_view kLil = "لل";  // how ل and ال are written together

// Folded, the longest first: an ending that holds another one leaves the shorter word.
constexpr auto kPersianSuffixes =
    std::to_array<std::string_view>({"هايي", "هايش", "هاي", "ها", "اش", "شان", "اي", "ي"});
constexpr auto kKoreanParticles = std::to_array<std::string_view>(
    {"은",     "는",     "이",     "가",   "을",   "를",   "의",   "에",   "에서",   "에게",
     "한테",   "께서",   "와",     "과",   "도",   "로",   "으로", "로서", "으로서", "만",
     "까지",   "부터",   "보다",   "처럼", "나",   "이나", "이며", "라고", "이라고", "라는",
     "이라는", "에게서", "한테서", "만큼", "마저", "조차", "밖에", "하고", "들"});

bool has_letters(std::string_view form, std::size_t least) {
    return count_code_points(form) >= least;
}

void add(std::vector<Remainder>& remainders, std::string form, bool article) {
    Remainder remainder{std::move(form), article};
    if (std::ranges::find(remainders, remainder) == remainders.end()) {
        remainders.push_back(std::move(remainder));
    }
}

/// The word itself, and the word without its first letter where that is one of `letters`.
template <std::size_t N>
std::vector<std::string_view> with_and_without(const std::vector<std::string_view>& words,
                                               const std::array<std::string_view, N>& prefixes) {
    std::vector<std::string_view> result = words;
    for (const std::string_view word : words) {
        for (const std::string_view prefix : prefixes) {
            if (word.starts_with(prefix)) result.push_back(word.substr(prefix.size()));
        }
    }
    return result;
}

/// (و|ف)? (ب|ك|ل)? (ال)?, and لل for ل + ال.
void append_arabic(std::string_view word, std::vector<Remainder>& remainders) {
    const auto conjunctions =
        with_and_without(std::vector{word}, std::to_array<std::string_view>({"و", "ف"}));
    for (const std::string_view base :
         with_and_without(conjunctions, std::to_array<std::string_view>({"ب", "ك", "ل"}))) {
        if (base.size() != word.size() && has_letters(base, 3)) add(remainders, std::string{base}, false);
        if (base.starts_with(kAl) && has_letters(base.substr(kAl.size()), 2)) {
            add(remainders, std::string{base.substr(kAl.size())}, true);
        }
    }
    for (const std::string_view base : conjunctions) {
        if (!base.starts_with(kLil)) continue;
        const std::string_view rest = base.substr(kLil.size());
        if (!has_letters(rest, 2)) continue;
        add(remainders, std::string{kAl} + std::string{rest}, false);
        add(remainders, std::string{rest}, true);
    }
}

/// ו? (ש|כש|מש|לכש)? (ב|כ|ל|מ)? ה?
void append_hebrew(std::string_view word, std::vector<Remainder>& remainders) {
    auto bases = with_and_without(std::vector{word}, std::to_array<std::string_view>({"ו"}));
    bases = with_and_without(bases, std::to_array<std::string_view>({"ש", "כש", "מש", "לכש"}));
    bases = with_and_without(bases, std::to_array<std::string_view>({"ב", "כ", "ל", "מ"}));
    bases = with_and_without(bases, std::to_array<std::string_view>({"ה"}));
    for (const std::string_view base : bases) {
        if (base.size() != word.size() && has_letters(base, 3)) add(remainders, std::string{base}, false);
    }
}

void append_persian(std::string_view word, std::vector<Remainder>& remainders) {
    for (const std::string_view suffix : kPersianSuffixes) {
        if (!word.ends_with(suffix)) continue;
        const std::string_view base = word.substr(0, word.size() - suffix.size());
        if (has_letters(base, 3)) add(remainders, std::string{base}, false);
    }
}

/// One or two particles, the plural 들 counted as one more at the inner end.
void append_korean(std::string_view word, std::vector<Remainder>& remainders) {
    std::vector<std::string_view> bases{word};
    std::size_t from = 0;
    for (int round = 0; round < 3; ++round) {
        const std::size_t to = bases.size();
        for (std::size_t i = from; i < to; ++i) {
            for (const std::string_view particle : kKoreanParticles) {
                const std::string_view base = bases[i];
                if (!base.ends_with(particle)) continue;
                if (round == 2 && particle != "들") continue;
                const std::string_view rest = base.substr(0, base.size() - particle.size());
                if (!has_letters(rest, 2)) continue;
                add(remainders, std::string{rest}, false);
                bases.push_back(rest);
            }
        }
        from = to;
    }
}

}  // namespace

void append_remainders(Language language, std::string_view folded, std::vector<Remainder>& remainders) {
    if (language == text::language("ar")) append_arabic(folded, remainders);
    if (language == text::language("he")) append_hebrew(folded, remainders);
    if (language == text::language("fa")) append_persian(folded, remainders);
    if (language == text::language("ko")) append_korean(folded, remainders);
}

std::string_view without_article(Language language, std::string_view folded) {
    if (language != text::language("ar") || !folded.starts_with(kAl)) return {};
    const std::string_view rest = folded.substr(kAl.size());
    return has_letters(rest, 2) ? rest : std::string_view{};
}

}  // namespace newswatch::text
