#include "text/word_keys.h"

#include <algorithm>
#include <cstring>

#include "text/fold.h"
#include "text/stem.h"
#include "text/word_cache.h"

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

/// One to seven bytes as one number, by loads that may overlap.
std::uint64_t short_piece(std::string_view bytes) {
    const std::size_t size = bytes.size();
    const char* at = bytes.data();
    if (size >= 4) {
        std::uint32_t low = 0;
        std::uint32_t high = 0;
        std::memcpy(&low, at, sizeof low);
        std::memcpy(&high, at + size - sizeof high, sizeof high);
        return low | std::uint64_t{high} << 8 * (size - sizeof high);
    }
    const auto byte = [&](std::size_t i) { return std::uint64_t{static_cast<unsigned char>(at[i])}; };
    return byte(0) | byte(size / 2) << 8 * (size / 2) | byte(size - 1) << 8 * (size - 1);
}

std::uint64_t hash_bytes(std::string_view bytes, std::uint64_t seed) {
    std::uint64_t hash = seed ^ (bytes.size() * kMultiplier);
    while (bytes.size() >= sizeof(std::uint64_t)) {
        std::uint64_t piece = 0;
        std::memcpy(&piece, bytes.data(), sizeof piece);
        hash = mix(hash ^ piece) * kMultiplier;
        bytes.remove_prefix(sizeof piece);
    }
    if (!bytes.empty()) hash ^= short_piece(bytes);
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

    thread_local std::vector<Remainder> remainders;
    thread_local std::vector<std::string> stems;
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

WordCache& word_cache() {
    thread_local WordCache cache;
    return cache;
}

/// A "word" of this length is noise, but its beginning is worth a key for prefixes.
void append_long_word(std::string_view written, std::string& folded, std::vector<std::uint64_t>& keys) {
    const std::size_t first = folded.size();
    append_folded(written, folded);
    const std::string_view whole = std::string_view{folded}.substr(first);
    keys.push_back(word_key(KeyKind::form, whole));
    for (const std::size_t length : kPrefixLengths) {
        keys.push_back(word_key(KeyKind::prefix, first_letters(whole, length)));
    }
}

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

const WordAnalyser::Languages& WordAnalyser::languages_for(Script script) {
    Languages& entry = by_script_[static_cast<std::size_t>(script)];
    if (entry.fingerprint != 0) return entry;
    entry.languages = word_languages(languages_, script);
    entry.fingerprint = 1;
    for (const Language language : entry.languages) {
        entry.fingerprint = mix(entry.fingerprint ^ language.value) * kMultiplier;
    }
    return entry;
}

std::uint64_t WordAnalyser::hash_of(std::string_view text, const Word& word) {
    if ((word.flags & (kDead | kDictionary)) != 0) return 0;
    const std::size_t size = std::min<std::size_t>(word.end - word.begin, WordCache::kLongest);
    return WordCache::hash(text.substr(word.begin, size), languages_for(word.script).fingerprint);
}

void WordAnalyser::look_ahead(std::string_view text, std::span<const Word> words, Hashes& hashes) {
    const WordCache& cache = word_cache();
    const std::size_t count = std::min(words.size(), kBlock);
    for (std::size_t i = 0; i < count; ++i) {
        hashes[i] = hash_of(text, words[i]);
        cache.fetch_slot(hashes[i]);
    }
    for (std::size_t i = 0; i < count; ++i)
        cache.fetch_word(hashes[i]);
}

void WordAnalyser::append(std::string_view text, const Word& word, std::uint64_t hash, std::string& folded,
                          std::vector<std::uint64_t>& keys) {
    if ((word.flags & kDead) != 0) return;
    const std::string_view written = text.substr(word.begin, word.end - word.begin);
    if ((word.flags & kDictionary) != 0) {
        append_folded(written, folded);
        return;
    }
    if (written.size() > WordCache::kLongest) {
        append_long_word(written, folded, keys);
        return;
    }
    WordCache& cache = word_cache();
    if (const auto made = cache.find(written, hash)) {
        folded += made->folded;
        keys.insert(keys.end(), made->keys.begin(), made->keys.end());
        return;
    }
    const std::size_t first_letter = folded.size();
    const std::size_t first_key = keys.size();
    append_folded(written, folded);
    while (folded.size() > first_letter && folded.ends_with('.'))
        folded.pop_back();  // `U.S.` is `U.S`
    const std::string_view whole = std::string_view{folded}.substr(first_letter);
    make_keys(whole, fold_keeping_accents(written), languages_for(word.script).languages, keys);
    cache.keep(written, hash, {.folded = whole, .keys = std::span{keys}.subspan(first_key)});
}

void append_run_keys(std::string_view folded_run, std::vector<std::uint64_t>& keys) {
    std::size_t size = 0;
    for (std::size_t letters = 1; letters <= 3 && size < folded_run.size(); ++letters) {
        size += first_letters(folded_run.substr(size), 1).size();
        keys.push_back(word_key(KeyKind::run, folded_run.substr(0, size)));
    }
}

}  // namespace newswatch::text
