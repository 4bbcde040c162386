#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// News-like text made by arithmetic: the same in every run and on every machine.
namespace newswatch::bench {

/// A small generator with a fixed sequence (xorshift64*).
class Sequence {
  public:
    explicit Sequence(std::uint64_t seed) : state_{seed * 0x9E3779B97F4A7C15U + 1} {}
    std::uint64_t next() {
        state_ ^= state_ >> 12U;
        state_ ^= state_ << 25U;
        state_ ^= state_ >> 27U;
        return state_ * 0x2545F4914F6CDD1DU;
    }
    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(next() % limit); }

  private:
    std::uint64_t state_;
};

/// Words of a language: a few that are in every sentence, and many made of syllables, so that the vocabulary
/// is as wide as that of news.
struct Tongue {
    std::string_view code;
    std::vector<std::string_view> frequent;
    std::vector<std::string_view> syllables;
    std::vector<std::string_view> endings;
    std::string_view space{" "};  ///< between words; empty in a script that is written without spaces
    std::string_view stop{". "};  ///< at the end of a sentence
    std::string_view comma{};     ///< now and then between words; empty: never
};

inline const std::vector<Tongue>& tongues() {
    static const std::vector<Tongue> all{
        {"en",
         {"the", "of", "and", "to", "in", "a", "said", "for", "on", "that", "was", "with", "by", "after",
          "its"},
         {"por", "tal", "men", "dri", "ver", "con", "sul", "ga", "ren", "tor", "min", "ist", "ca", "bel",
          "ar", "lo"},
         {"", "s", "ing", "ed", "ation", "er", "ly"}},
        {"ar",
         {"في", "من", "على", "إلى", "أن", "عن", "التي", "بعد", "مع", "قال", "هذا", "وقد"},
         {"حكم", "سفر", "وزر", "مين", "دال", "كتب", "بحر", "رئي", "جلس", "قرر", "شعب", "نقل"},
         {"", "ة", "ات", "ين", "ها", "ية"}},
        {"ru",
         {"в", "и", "на", "что", "с", "по", "не", "для", "из", "заявил", "после", "также"},
         {"пор", "вет", "мин", "стр", "гов", "дом", "рек", "кон", "тал", "сов", "ден", "лог"},
         {"", "а", "ов", "ами", "ение", "ский", "ого"}},
        {"fr",
         {"le", "la", "de", "et", "les", "des", "en", "un", "une", "que", "pour", "dans", "a", "du"},
         {"por", "min", "gou", "ver", "né", "con", "seil", "tra", "vau", "mar", "ché", "pré", "si"},
         {"", "s", "ment", "tion", "ée", "eurs"}},
        {"tr",
         {"ve", "bir", "bu", "için", "ile", "de", "da", "olarak", "sonra", "dedi", "olan", "gibi"},
         {"gö", "rüş", "ba", "kan", "li", "man", "ül", "ke", "sö", "yaş", "mec", "lis", "top"},
         {"", "lar", "ler", "da", "nın", "dan", "lık"}},
        {"de",
         {"die", "der", "und", "in", "zu", "den", "das", "nicht", "von", "sie", "ist", "des", "sich", "mit"},
         {"re", "gier", "ver", "bund", "land", "schaft", "prä", "haupt", "mei", "ster", "stand", "wür"},
         {"", "e", "en", "ung", "ungen", "er", "lich"}},
        {"es",
         {"de", "la", "que", "el", "en", "y", "a", "los", "se", "del", "las", "un", "por", "con"},
         {"go", "bier", "mi", "nis", "tra", "ción", "pre", "si", "den", "mer", "ca", "do", "lar"},
         {"", "s", "es", "ción", "ciones", "ado", "mente"}},
        {"it",
         {"di", "e", "il", "la", "che", "in", "a", "per", "un", "è", "non", "con", "del", "della"},
         {"go", "ver", "no", "mi", "ni", "stro", "tra", "cit", "tà", "pre", "si", "den", "mer"},
         {"", "o", "i", "are", "zione", "zioni", "mente"}},
        {"pt",
         {"de", "a", "o", "que", "e", "do", "da", "em", "um", "para", "com", "não", "uma", "os"},
         {"go", "ver", "mi", "nis", "tra", "ção", "pre", "si", "den", "mer", "ca", "lan", "por"},
         {"", "s", "es", "ção", "ções", "ado", "mente"}},
        {"el",
         {"και", "το", "της", "να", "η", "του", "την", "με", "για", "από", "που", "στο", "είναι"},
         {"κυ", "βέρ", "νη", "πο", "λι", "τι", "κό", "συν", "θή", "κη", "μέ", "τρο", "στρα"},
         {"", "ς", "ων", "ικός", "ίας", "ση", "ες"}},
        {"uk",
         {"в", "і", "на", "що", "з", "не", "до", "та", "для", "про", "за", "від", "як"},
         {"пор", "віт", "мін", "стр", "гов", "дім", "рік", "кон", "тал", "рад", "їзд", "лог"},
         {"", "а", "ів", "ами", "ення", "ський", "ого"}},
        {"fa",
         {"و", "در", "به", "از", "که", "این", "را", "با", "است", "برای", "آن", "یک"},
         {"کار", "گفت", "شهر", "وزی", "پیش", "رئی", "دول", "مجل", "گرو", "خبر", "نما", "ساز"},
         {"", "ها", "های", "ی", "ان", "شان"}},
        {"he",
         {"של", "את", "על", "לא", "הוא", "כי", "עם", "גם", "זה", "היא", "אל", "בין"},
         {"מש", "רד", "ממ", "של", "בחי", "רות", "שלו", "גבו", "ראש", "עיר", "נמל", "חוק"},
         {"", "ים", "ות", "י", "ה", "ית"}},
        {"hi",
         {"के", "में", "की", "है", "और", "से", "को", "का", "ने", "पर", "कि", "यह"},
         {"सर", "का", "मंत्", "री", "प्र", "देश", "राज", "नी", "बैठ", "क", "सम", "झौ"},
         {"", "ों", "ें", "ता", "ियों", "ी"},
         " ",
         "। "},
        {"ko",
         {"이", "그", "및", "등", "한", "할", "수", "것", "있다", "대한", "위해", "지난"},
         {"정", "부", "회", "의", "경", "제", "협", "상", "대", "통", "령", "시"},
         {"", "는", "을", "에서", "들이", "과", "으로"}},
        {"zh",
         {"的", "在", "了", "是", "和", "有", "对", "不", "中", "将", "与", "也"},
         {"政府", "会议", "经济", "部长", "国家", "发展", "谈判", "地区", "人民", "合作", "市场", "港口"},
         {""},
         "",
         "。",
         "，"},
        {"ja",
         {"の", "は", "を", "に", "が", "と", "で", "も", "から", "した", "する", "この"},
         {"政府", "会議", "経済", "大臣", "国家", "発展", "交渉", "地域", "市民", "協力", "市場", "ニュース"},
         {"", "が", "を", "した"},
         "",
         "。",
         "、"},
    };
    return all;
}

/// The word that is `rank`-th in frequency: the first are the tongue's own, the others are made of syllables.
inline std::string word_of_rank(const Tongue& tongue, std::size_t rank) {
    if (rank < tongue.frequent.size()) return std::string{tongue.frequent[rank]};
    Sequence made{rank};
    std::string word;
    // Frequent words are short, and rare ones must be long to be many.
    const std::size_t least = rank < 150 ? 1 : rank < 30'000 ? 3 : 5;
    for (std::size_t syllables = least + made.below(3); syllables > 0; --syllables) {
        word += tongue.syllables[made.below(tongue.syllables.size())];
    }
    word += tongue.endings[made.below(tongue.endings.size())];
    return word;
}

/// A text of about `bytes` bytes. How often a word comes falls with its rank, as Zipf found; the vocabulary
/// is that of some months of one newspaper.
inline std::string news_text(const Tongue& tongue, std::size_t bytes, Sequence& sequence) {
    constexpr double kVocabulary = 30'000;
    std::string text;
    std::size_t in_sentence = 0;
    while (text.size() < bytes) {
        if (in_sentence > 0)
            text += in_sentence % 6 == 0 && !tongue.comma.empty() ? tongue.comma : tongue.space;
        const double draw = static_cast<double>(sequence.below(1'000'000)) / 1'000'000;
        text += word_of_rank(tongue, static_cast<std::size_t>(std::pow(kVocabulary, draw)) - 1);
        if (++in_sentence > 18) {
            text += tongue.stop;
            if (sequence.below(4) == 0) text += '\n';
            in_sentence = 0;
        }
    }
    return text;
}

}  // namespace newswatch::bench
