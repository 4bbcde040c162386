#pragma once

#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "news_text.h"

/// Articles and words in 17 languages, made by arithmetic: for the bench of the matcher, which must see many
/// scripts and a vocabulary as wide as the world's.
namespace newswatch::bench {

/// As `Tongue`, with the sign that stands between words.
struct WorldTongue {
    std::string_view code;
    std::string_view space;
    std::vector<std::string_view> frequent;
    std::vector<std::string_view> syllables;
    std::vector<std::string_view> endings;
};

/// Four hundred characters of the block of unified ideographs.
inline const std::vector<std::string_view>& ideographs() {
    static const std::vector<std::string> signs = [] {
        std::vector<std::string> all;
        for (unsigned point = 0x4E00; all.size() < 400; point += 37) {
            all.push_back({static_cast<char>(0xE0U | point >> 12U),
                           static_cast<char>(0x80U | (point >> 6U & 0x3FU)),
                           static_cast<char>(0x80U | (point & 0x3FU))});
        }
        return all;
    }();
    static const std::vector<std::string_view> views{signs.begin(), signs.end()};
    return views;
}

inline const std::vector<WorldTongue>& world_tongues() {
    static const std::vector<std::string_view> latin{
        "ba", "be", "bi",  "bra", "ca", "ce", "con", "da",  "de", "di", "dra", "fa", "fe",  "fo",
        "ga", "go", "gra", "ha",  "hi", "ja", "ka",  "la",  "le", "li", "lo",  "lu", "ma",  "me",
        "mi", "mo", "mu",  "na",  "ne", "ni", "no",  "pa",  "pe", "pi", "pla", "po", "pre", "ra",
        "re", "ri", "ro",  "sa",  "se", "si", "so",  "sta", "ta", "te", "ti",  "to", "tra", "va"};
    static const std::vector<std::string_view> cyrillic{
        "ба", "ве", "го", "да",  "де", "жа", "за", "ко", "ле", "ли", "ма", "ме",  "ми", "на", "не", "но",
        "па", "пе", "по", "пра", "ра", "ре", "ри", "ро", "са", "се", "со", "ста", "та", "те", "то", "тра"};
    static const std::vector<std::string_view> arabic{
        "با", "بت", "تج", "حر", "حس", "خب", "دا", "در", "را", "رس", "زع", "سا", "سل", "شر", "صد", "ضم",
        "طل", "عا", "عل", "غر", "فا", "قد", "قر", "كت", "لج", "ما", "مح", "مس", "نا", "نظ", "ها", "وز"};
    static const std::vector<WorldTongue> all{
        {"en",
         " ",
         {"the", "of", "and", "to", "in", "a", "said", "for", "on", "that", "was", "with"},
         latin,
         {"", "s", "ing", "ed", "tion", "er", "ly"}},
        {"ar",
         " ",
         {"في", "من", "على", "إلى", "أن", "عن", "التي", "بعد", "مع", "قال"},
         arabic,
         {"", "ة", "ات", "ين", "ها", "ية"}},
        {"fr",
         " ",
         {"le", "la", "de", "et", "les", "des", "en", "un", "une", "que", "pour"},
         latin,
         {"", "s", "ment", "tion", "ée", "eurs"}},
        {"tr",
         " ",
         {"ve", "bir", "bu", "için", "ile", "da", "olarak", "sonra", "dedi"},
         latin,
         {"", "lar", "ler", "da", "nın", "dan", "lık"}},
        {"ru",
         " ",
         {"в", "и", "на", "что", "с", "по", "не", "для", "из", "заявил"},
         cyrillic,
         {"", "а", "ов", "ами", "ение", "ский"}},
        {"fa",
         " ",
         {"در", "از", "به", "که", "این", "را", "با", "است", "برای"},
         arabic,
         {"", "ها", "ی", "های", "ان"}},
        {"es",
         " ",
         {"el", "la", "de", "que", "en", "los", "del", "por", "con", "una"},
         latin,
         {"", "s", "ción", "ado", "mente", "es"}},
        {"de",
         " ",
         {"der", "die", "und", "in", "den", "von", "zu", "das", "mit", "nicht"},
         latin,
         {"", "en", "ung", "er", "lich", "es"}},
        {"it",
         " ",
         {"di", "che", "il", "la", "per", "un", "in", "del", "con", "non"},
         latin,
         {"", "i", "zione", "ato", "mente"}},
        {"pt",
         " ",
         {"de", "que", "o", "a", "do", "em", "para", "com", "uma", "os"},
         latin,
         {"", "s", "ção", "ado", "mente"}},
        {"el",
         " ",
         {"και", "το", "του", "της", "η", "στο", "για", "με", "από"},
         {"κα", "λο", "με", "νι", "πα", "ρα", "σι", "το", "φω", "δι", "γρα", "θε", "μα", "νο", "πε", "ρο"},
         {"", "ς", "ων", "ες", "ου"}},
        {"uk",
         " ",
         {"в", "і", "на", "що", "з", "до", "не", "для", "від", "також"},
         cyrillic,
         {"", "а", "ів", "ами", "ення"}},
        {"he",
         " ",
         {"של", "את", "על", "לא", "עם", "הוא", "גם", "אמר"},
         {"בר", "גל", "דב", "הל", "זכ", "חד", "טב", "כת", "לם", "מד", "נש", "סר", "עב", "פק", "צב", "קר"},
         {"", "ים", "ות", "י", "ה"}},
        {"hi",
         " ",
         {"के", "में", "की", "है", "और", "से", "को", "का", "ने"},
         {"रा", "का", "मी", "नि", "सर", "पर", "दे", "भा", "वि", "ला", "जन", "ता", "स", "म"},
         {"", "ों", "ी", "ा"}},
        {"id",
         " ",
         {"yang", "dan", "di", "untuk", "dengan", "itu", "dari", "pada", "ini"},
         latin,
         {"", "an", "kan", "nya", "i"}},
        {"zh", "", {"的", "在", "和", "了", "是", "他", "说", "与", "对"}, ideographs(), {""}},
        {"ja", "", {"の", "に", "は", "を", "が", "と", "で", "した"}, ideographs(), {""}},
    };
    return all;
}

/// The word that is `rank`-th in frequency. Two ranks of a language have two stems, and two languages share
/// few: real vocabularies are that wide.
inline std::string world_word(const WorldTongue& tongue, std::size_t rank) {
    if (rank < tongue.frequent.size()) return std::string{tongue.frequent[rank]};
    const std::size_t inventory = tongue.syllables.size();
    const std::size_t wanted = rank < 2000 ? 20'000 : 2'000'000;
    std::size_t stems = 1;
    for (; stems < wanted; stems *= inventory) {
    }
    std::size_t language = 0;
    for (const char letter : tongue.code)
        language = language * 31 + static_cast<unsigned char>(letter);
    std::size_t stem = (rank * 7'368'787 + language * 104'729) % stems;
    std::string word;
    for (; stems > 1; stems /= inventory) {
        word += tongue.syllables[stem % inventory];
        stem /= inventory;
    }
    return word + std::string{tongue.endings[rank % tongue.endings.size()]};
}

/// A rank from `first` to `last`, the low ones more often, as Zipf found.
inline std::size_t zipf_rank(Sequence& sequence, std::size_t first, std::size_t last) {
    const double draw = static_cast<double>(sequence.below(1'000'000)) / 1'000'000;
    const double span = static_cast<double>(last) / static_cast<double>(first);
    return static_cast<std::size_t>(static_cast<double>(first) * std::pow(span, draw));
}

}  // namespace newswatch::bench
