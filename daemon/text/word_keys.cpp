#include "text/word_keys.h"

#include <algorithm>
#include <cstring>

#include "text/fold.h"
#include "text/stem.h"

namespace newswatch::text {
namespace {

constexpr std::uint64_t kMultiplier = 0x9E3779B97F4A7C15U;

std::uint64_t mix(std::uint64_t value) {
    value ^= value >> 32U;
    value *= 0xD6E8FEB86659FD93U;
    value ^= value >> 32U;
    value *= 0xD6E8FEB86659FD93U;
    return value ^ (value >> 32U);
}

std::uint64_t hash_bytes(std::string_view bytes, std::uint64_t seed) {
    std::uint64_t hash = seed ^ (bytes.size() * kMultiplier);
    while (bytes.size() >= sizeof(std::uint64_t)) {
        std::uint64_t piece = 0;
        std::memcpy(&piece, bytes.data(), sizeof piece);
        hash = mix(hash ^ piece) * kMultiplier;
        bytes.remove_prefix(sizeof piece);
    }
    if (!bytes.empty()) {
        std::uint64_t piece = 0;
        std::memcpy(&piece, bytes.data(), bytes.size());
        hash ^= piece;
    }
    return mix(hash);
}

bool takes_part_after(Language language) {
    return language == text::language("fr") || language == text::language("it") ||
           language == text::language("ca");
}
bool takes_part_before(Language language) {
    return language == text::language("en") || language == text::language("de") ||
           language == text::language("nl") || language == text::language("tr");
}

void add_key(std::vector<std::uint64_t>& keys, std::size_t first, std::uint64_t key) {
    const auto begin = keys.begin() + static_cast<std::ptrdiff_t>(first);
    if (std::find(begin, keys.end(), key) == keys.end()) keys.push_back(key);
}

/// The keys of one word from its two folded forms.
void make_keys(std::string_view folded, std::string_view accented, std::span<const Language> languages,
               std::vector<std::uint64_t>& keys) {
    const std::size_t first = keys.size();
    const auto add_form = [&](KeyKind kind, std::string_view form) {
        add_key(keys, first, word_key(kind, form));
        const std::size_t letters = count_code_points(form);
        for (const std::size_t length : kPrefixLengths) {
            if (length > letters) break;
            add_key(keys, first, word_key(KeyKind::prefix, first_letters(form, length)));
        }
    };
    add_form(KeyKind::form, folded);
    const std::vector<std::string_view> parts = apostrophe_parts(folded, languages);
    for (const std::string_view part : parts)
        add_form(KeyKind::form, part);
    const std::vector<std::string_view> accented_parts =
        parts.empty() ? parts : apostrophe_parts(accented, languages);

    std::vector<Remainder> remainders;
    std::vector<std::string> stems;
    for (const Language language : languages) {
        remainders.clear();
        append_remainders(language, folded, remainders);
        stems.clear();
        append_stems(language, accented, folded, stems);
        for (const Remainder& remainder : remainders) {
            add_form(remainder.article ? KeyKind::article : KeyKind::bare, remainder.form);
            append_stems(language, remainder.form, remainder.form, stems);
        }
        for (std::size_t i = 0; i < parts.size() && i < accented_parts.size(); ++i) {
            append_stems(language, accented_parts[i], parts[i], stems);
        }
        for (const std::string& stem : stems)
            add_key(keys, first, word_key(KeyKind::stem, stem, language));
    }
}

/// News repeats its words: what was made of one is kept for the next time. A fixed number of places, so that
/// no text can make it grow; a word that finds its place taken replaces the other.
class WordCache {
  public:
    struct Place {
        std::uint64_t languages{0};
        std::string written{};
        std::string folded{};
        std::vector<std::uint64_t> keys{};
    };
    static constexpr std::size_t kPlaces = 32'768;
    static constexpr std::size_t kLongest = 64;  ///< bytes of a word that is kept

    Place& place(std::string_view written, std::uint64_t languages) {
        return places_[hash_bytes(written, languages) % kPlaces];
    }

  private:
    std::vector<Place> places_{kPlaces};
};

}  // namespace

std::uint64_t word_key(KeyKind kind, std::string_view folded, Language language) {
    const std::uint64_t kind_bits = static_cast<std::uint64_t>(kind);
    const std::uint64_t seed = (kind_bits + 1) * 0xA0761D6478BD642FU + language.value * kMultiplier;
    return (hash_bytes(folded, seed) & ~std::uint64_t{7}) | kind_bits;
}

std::string_view first_letters(std::string_view utf8, std::size_t letters) {
    std::size_t at = 0;
    while (at < utf8.size()) {
        const bool starts = (static_cast<unsigned char>(utf8[at]) & 0xC0U) != 0x80U;
        if (starts && letters == 0) break;
        if (starts) --letters;
        ++at;
    }
    return utf8.substr(0, at);
}

std::vector<std::string_view> apostrophe_parts(std::string_view word, std::span<const Language> languages) {
    std::vector<std::string_view> parts;
    const std::size_t apostrophe = word.find('\'');
    if (apostrophe == std::string_view::npos) return parts;
    const std::string_view before = word.substr(0, apostrophe);
    const std::string_view after = word.substr(apostrophe + 1);
    bool wants_before = false;
    bool wants_after = false;
    for (const Language language : languages) {
        if (!is_written_in(language, Script::latin)) continue;
        const bool only_after = takes_part_after(language);
        const bool only_before = takes_part_before(language);
        wants_after = wants_after || !only_before;
        wants_before = wants_before || !only_after;
    }
    // An English possessive in a French text: `Libya's` has no word after the apostrophe.
    const bool tiny = count_code_points(after) < 2;
    if ((wants_before || (wants_after && tiny)) && !before.empty()) parts.push_back(before);
    if (wants_after && !tiny) parts.push_back(after);
    return parts;
}

std::vector<Remainder> word_forms(std::string_view folded, std::span<const Language> languages) {
    std::vector<Remainder> forms{Remainder{std::string{folded}, false}};
    for (const std::string_view part : apostrophe_parts(folded, languages)) {
        forms.push_back(Remainder{std::string{part}, false});
    }
    for (const Language language : languages)
        append_remainders(language, folded, forms);
    return forms;
}

WordAnalyser::WordAnalyser(std::span<const Language> languages) {
    for (std::size_t i = 0; i < kScripts; ++i) {
        Languages& entry = by_script_[i];
        entry.languages = word_languages(languages, static_cast<Script>(i));
        entry.fingerprint = 1;
        for (const Language language : entry.languages) {
            entry.fingerprint = mix(entry.fingerprint ^ language.value) * kMultiplier;
        }
    }
}

void WordAnalyser::append(std::string_view text, const Word& word, std::string& folded,
                          std::vector<std::uint64_t>& keys) {
    if ((word.flags & kDead) != 0) return;
    thread_local WordCache cache;
    const std::string_view written = text.substr(word.begin, word.end - word.begin);
    const Languages& entry = by_script_[static_cast<std::size_t>(word.script)];
    if (written.size() > WordCache::kLongest) {
        const std::string whole = fold(written);
        folded += whole;
        if ((word.flags & kDictionary) != 0) return;
        keys.push_back(word_key(KeyKind::form, whole));
        // A "word" of this length is noise, but its beginning is worth a key for prefixes.
        for (const std::size_t length : kPrefixLengths) {
            keys.push_back(word_key(KeyKind::prefix, first_letters(whole, length)));
        }
        return;
    }
    WordCache::Place& place = cache.place(written, entry.fingerprint);
    if (place.languages != entry.fingerprint || place.written != written) {
        place.languages = entry.fingerprint;
        place.written = written;
        place.folded = fold(written);
        while (place.folded.ends_with('.'))
            place.folded.pop_back();  // `U.S.` is `U.S`
        place.keys.clear();
        if ((word.flags & kDictionary) == 0) {
            make_keys(place.folded, fold_keeping_accents(written), entry.languages, place.keys);
        }
    }
    folded += place.folded;
    keys.insert(keys.end(), place.keys.begin(), place.keys.end());
}

void append_run_keys(std::string_view folded_run, std::vector<std::uint64_t>& keys) {
    const std::size_t first = keys.size();
    for (std::size_t letters = 1; letters <= 3; ++letters) {
        add_key(keys, first, word_key(KeyKind::run, first_letters(folded_run, letters)));
    }
}

}  // namespace newswatch::text
