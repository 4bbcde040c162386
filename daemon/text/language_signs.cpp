#include "text/language_signs.h"

#include <algorithm>
#include <bit>
#include <iterator>

#include "base/ascii.h"
#include "text/word_cache.h"

namespace newswatch::text {
namespace {

struct SmallWords {
    std::string_view language;
    std::string_view words;
};

constexpr SmallWords kSmallWords[] = {
#define SMALL_WORDS(language, words) {language, words},
#include "text/small_words.inc"
#undef SMALL_WORDS
};
constexpr std::size_t kLanguages = std::size(kSmallWords);
static_assert(kLanguages <= 32, "a language is a bit");

using Counts = std::array<std::size_t, kLanguages>;

constexpr std::size_t kLongest = 16;  // bytes of the longest of them
constexpr std::uint64_t kSeed = 1;

/// The number of a language in the list; the size of the list where it is not there.
std::size_t number_of(Language language) {
    std::size_t number = 0;
    while (number < kLanguages && text::language(kSmallWords[number].language) != language)
        ++number;
    return number;
}

/// Word → a bit for each language that has it, by hash: a mistaken one would be one word among many.
class SmallWordTable {
  public:
    SmallWordTable() {
        for (std::size_t i = 0; i < kLanguages; ++i) {
            std::string_view rest = kSmallWords[i].words;
            while (!rest.empty()) {
                const std::size_t space = std::min(rest.find(' '), rest.size());
                add(rest.substr(0, space), std::uint32_t{1} << i);
                rest.remove_prefix(std::min(space + 1, rest.size()));
            }
        }
    }

    [[nodiscard]] std::uint32_t languages_of(std::string_view word) const {
        return slots_[slot_of(WordCache::hash(word, kSeed))].languages;
    }

  private:
    struct Slot {
        std::uint64_t hash{0};
        std::uint32_t languages{0};
    };
    static constexpr std::size_t kSlots = 4096;

    void add(std::string_view word, std::uint32_t language) {
        const std::uint64_t hash = WordCache::hash(word, kSeed);
        Slot& slot = slots_[slot_of(hash)];
        slot.hash = hash;
        slot.languages |= language;
    }

    [[nodiscard]] std::size_t slot_of(std::uint64_t hash) const {
        std::size_t at = hash % kSlots;
        while (slots_[at].languages != 0 && slots_[at].hash != hash)
            at = (at + 1) % kSlots;
        return at;
    }

    std::array<Slot, kSlots> slots_{};
};

std::uint32_t small_word(std::string_view written) {
    static const SmallWordTable table;
    if (written.size() > kLongest) return 0;
    if (!ascii::is_upper(written.front())) return table.languages_of(written);
    std::array<char, kLongest> lower{};
    std::ranges::transform(written, lower.begin(), [](char c) { return ascii::lower(c); });
    return table.languages_of({lower.data(), written.size()});
}

template <class Visit>
void for_each_bit(std::uint32_t bits, Visit visit) {
    for (; bits != 0; bits &= bits - 1)
        visit(static_cast<std::size_t>(std::countr_zero(bits)));
}

}  // namespace

void LanguageSigns::add(std::string_view text, std::span<const Word> words) {
    for (const Word& word : words) {
        if ((word.flags & kDead) != 0) continue;
        ++words_;
        ++in_script_[static_cast<std::size_t>(word.script)];
        const std::uint32_t found = small_word(text.substr(word.begin, word.end - word.begin));
        if (found != 0) found_.push_back(found);
    }
}

bool LanguageSigns::speak_for(Language language) const {
    constexpr std::uint32_t kEnough = 20;
    if (words_ < kEnough) return false;
    // The letters are sign enough where hardly anybody else uses them.
    const std::uint32_t han = in_script(Script::han);
    const std::uint32_t kana = in_script(Script::kana);
    if (language == text::language("ja")) return kana * 10 >= words_ && (han + kana) * 10 >= words_ * 7;
    if (language == text::language("zh")) return kana == 0 && han * 10 >= words_ * 7;
    for (const Script script : {Script::greek, Script::hangul, Script::thai, Script::lao, Script::khmer,
                                Script::burmese, Script::armenian, Script::tamil}) {
        if (languages_of(script).front() == language) return in_script(script) * 10 >= words_ * 7;
    }
    const std::size_t number = number_of(language);
    if (number == kLanguages) return false;
    std::size_t for_it = 0;
    Counts against{};
    for (const std::uint32_t found : found_) {
        if ((found >> number & 1U) != 0) {
            ++for_it;
        } else {
            for_each_bit(found, [&](std::size_t other) { ++against[other]; });
        }
    }
    return for_it * 10 >= words_ && std::ranges::max(against) * 5 <= for_it;
}

std::vector<Language> LanguageSigns::plausible(Script script) const {
    constexpr std::uint32_t kEnough = 60;  // words without one of a language's own: not by chance
    constexpr std::size_t kQuoted = 2;     // a quoted sentence shows by so many
    const std::span<const Language> all = languages_of(script);
    const std::uint32_t words = in_script(script);
    if (words < kEnough || all.size() < 2) return {all.begin(), all.end()};
    Counts small{};
    Counts own{};
    for (const std::uint32_t found : found_) {
        for_each_bit(found, [&](std::size_t language) { ++small[language]; });
        if (std::has_single_bit(found)) ++own[static_cast<std::size_t>(std::countr_zero(found))];
    }
    std::size_t most = 0;
    for (std::size_t i = 0; i < kLanguages; ++i) {
        if (is_written_in(text::language(kSmallWords[i].language), script)) most = std::max(most, small[i]);
    }
    if (most * 20 < words) return {all.begin(), all.end()};  // no prose, or in a language that is not here
    std::vector<Language> result;
    for (const Language language : all) {
        const std::size_t number = number_of(language);
        if (number == kLanguages || own[number] >= kQuoted || small[number] * 4 >= most * 3) {
            result.push_back(language);
        }
    }
    if (result.empty()) result.push_back(usual_language(script));
    return result;
}

std::vector<Language> languages_of_small_word(std::string_view word) {
    std::vector<Language> languages;
    if (word.empty()) return languages;
    for_each_bit(small_word(word), [&](std::size_t number) {
        languages.push_back(text::language(kSmallWords[number].language));
    });
    return languages;
}

}  // namespace newswatch::text
