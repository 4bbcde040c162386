#include "text/stem.h"

#include <libstemmer.h>

#include <memory>
#include <new>
#include <utility>

namespace newswatch::text {
namespace {

struct StemmerDeleter {
    void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};
using Stemmer = std::unique_ptr<sb_stemmer, StemmerDeleter>;

/// Longer "words" are no words, and some stemmers need more than linear time for them.
constexpr std::size_t kLongestWord = 160;

/// Null where Snowball does not know the language.
sb_stemmer* stemmer_for(Language language) {
    constexpr std::size_t kMost = 100;  // feeds can name any language; Snowball knows fewer than that
    thread_local std::vector<std::pair<Language, Stemmer>> stemmers;
    for (const auto& [known, stemmer] : stemmers) {
        if (known == language) return stemmer.get();
    }
    if (stemmers.size() == kMost) stemmers.clear();
    stemmers.emplace_back(language, Stemmer{sb_stemmer_new(code_of(language).c_str(), "UTF_8")});
    return stemmers.back().second.get();
}

std::string stem(sb_stemmer* stemmer, std::string_view word, int rounds) {
    std::string current{word};
    for (; rounds > 0; --rounds) {
        const sb_symbol* bytes = sb_stemmer_stem(stemmer, reinterpret_cast<const sb_symbol*>(current.data()),
                                                 static_cast<int>(current.size()));
        if (bytes == nullptr) throw std::bad_alloc{};
        const std::string_view next{reinterpret_cast<const char*>(bytes),
                                    static_cast<std::size_t>(sb_stemmer_length(stemmer))};
        if (next == current || next.empty()) break;
        current.assign(next);
    }
    return current;
}

/// Folding makes ı an i, and a Turkish stemmer that sees `isiklar` finds no plural: -lar follows a back vowel
/// only. So a word whose vowels leave it open is also read with ı for each i. Empty where e, ö or ü settle
/// that its i is one (vowel harmony), and where there is none.
std::string with_dotless_i(std::string_view word) {
    if (word.find('i') == std::string_view::npos || word.find('e') != std::string_view::npos ||
        word.find("\u00F6") != std::string_view::npos || word.find("\u00FC") != std::string_view::npos)
        return {};
    std::string dotless;
    for (const char c : word) {
        if (c == 'i') {
            dotless += "\u0131";
        } else {
            dotless += c;
        }
    }
    return dotless;
}

/// Snowball leaves the plural of French words in -u as it is, lest a singular in -us (virus) lose its end: so
/// détenus and élus are not détenu and élu. Here they are both. -ous has no such plural but in small words.
std::string_view french_singular(std::string_view word) {
    constexpr std::size_t kShortest = 4;
    if (word.size() < kShortest || !word.ends_with("us") || word.ends_with("ous")) return {};
    return word.substr(0, word.size() - 1);
}

}  // namespace

void append_stems(Language language, std::string_view accented, std::string_view folded,
                  std::vector<std::string>& stems) {
    if (folded.size() > kLongestWord || accented.size() > kLongestWord) return;
    sb_stemmer* stemmer = stemmer_for(language);
    if (stemmer == nullptr) return;
    const int rounds = language == text::language("ar") ? 1 : 8;
    stems.push_back(stem(stemmer, folded, rounds));
    if (language == text::language("tr")) {
        if (const std::string dotless = with_dotless_i(accented); !dotless.empty())
            stems.push_back(stem(stemmer, dotless, rounds));
    }
    if (language == text::language("fr")) {
        for (const std::string_view singular : {french_singular(folded), french_singular(accented)})
            if (!singular.empty()) stems.push_back(stem(stemmer, singular, rounds));
    }
    if (accented == folded) return;
    std::string other = stem(stemmer, accented, rounds);
    if (other != stems.back()) stems.push_back(std::move(other));
}

}  // namespace newswatch::text
