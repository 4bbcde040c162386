#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/clitics.h"
#include "text/language.h"
#include "text/segment.h"

/// The keys of a word: hashes of every form under which a term may find it. A term compiles to such keys
/// too, and meets a word when they share one (WATCHLISTS.md §3).
namespace newswatch::text {

/// What a key says of the word. It is kept in the lowest three bits of the key.
enum class KeyKind : std::uint8_t {
    form,     ///< the whole folded word, or its part at an apostrophe
    bare,     ///< what is left without clitics
    article,  ///< what is left without clitics, the Arabic ال among them
    run,      ///< the first one, two or three letters of a text in a script without spaces, from this word on
    prefix,   ///< the first three, five or eight letters, with and without clitics
    stem,     ///< the Snowball stem in one language
};

[[nodiscard]] constexpr KeyKind kind_of(std::uint64_t key) {
    return static_cast<KeyKind>(key & 7U);
}

/// The key of a folded form. `language` is part of it for stems only.
[[nodiscard]] std::uint64_t word_key(KeyKind kind, std::string_view folded, Language language = {});

/// The lengths of prefix keys, in letters: short ones find every prefix, long ones few words.
inline constexpr std::array<std::size_t, 3> kPrefixLengths{3, 5, 8};

/// How many letters the key of a prefix of `letters` letters holds: the longest that fits; 0 below 3.
[[nodiscard]] constexpr std::size_t prefix_key_length(std::size_t letters) {
    std::size_t fits = 0;
    for (const std::size_t length : kPrefixLengths)
        fits = length <= letters ? length : fits;
    return fits;
}

/// The first `letters` code points of `utf8`, or all of it.
[[nodiscard]] std::string_view first_letters(std::string_view utf8, std::size_t letters);

/// The parts of a folded word at its first apostrophe that count as words in `languages`: `libya` of
/// `libya's` (en, de, nl, tr …), `egypte` of `l'egypte` (fr, it, ca).
[[nodiscard]] std::vector<std::string_view> apostrophe_parts(std::string_view word,
                                                             std::span<const Language> languages);

/// Every folded form of a word that may begin with a prefix or be a name: itself, its parts at an
/// apostrophe, and its remainders.
[[nodiscard]] std::vector<Remainder> word_forms(std::string_view folded, std::span<const Language> languages);

/// Makes the keys of the words of one article. Not for several threads; cheap to make.
class WordAnalyser {
  public:
    /// The article's languages, which must outlive this; empty: every plausible language of each script is
    /// tried.
    explicit WordAnalyser(std::span<const Language> languages) : languages_{languages} {}

    /// Appends the folded word to `folded` and its keys to `keys`. A dead word gets neither, a word of a
    /// script without spaces no keys (`append_run_keys`).
    void append(std::string_view text, const Word& word, std::string& folded,
                std::vector<std::uint64_t>& keys) {
        append(text, word, hash_of(text, word), folded, keys);
    }

    /// The same in two steps, for words in blocks: hashes for all, then `append` for each. Memory is asked
    /// for in between.
    static constexpr std::size_t kBlock = 16;
    using Hashes = std::array<std::uint64_t, kBlock>;
    void look_ahead(std::string_view text, std::span<const Word> words, Hashes& hashes);
    void append(std::string_view text, const Word& word, std::uint64_t hash, std::string& folded,
                std::vector<std::uint64_t>& keys);

  private:
    struct Languages {
        std::vector<Language> languages{};
        std::uint64_t fingerprint{0};  // 0: not asked for yet
    };
    [[nodiscard]] const Languages& languages_for(Script script);
    [[nodiscard]] std::uint64_t hash_of(std::string_view text, const Word& word);

    std::span<const Language> languages_;
    std::array<Languages, kScripts> by_script_{};
};

/// Appends the run keys of the folded text that begins with a kDictionary word.
void append_run_keys(std::string_view folded_run, std::vector<std::uint64_t>& keys);

}  // namespace newswatch::text
