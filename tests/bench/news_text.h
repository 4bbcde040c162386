#pragma once

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
    };
    return all;
}

/// A text of about `bytes` bytes; some words are more frequent than others, as in any language.
inline std::string news_text(const Tongue& tongue, std::size_t bytes, Sequence& sequence) {
    std::string text;
    std::size_t in_sentence = 0;
    while (text.size() < bytes) {
        if (in_sentence > 0) text += ' ';
        if (sequence.below(100) < 40) {
            text += tongue.frequent[sequence.below(tongue.frequent.size())];
        } else {
            // The product of two draws makes the early words of the vocabulary frequent.
            Sequence word{1 + sequence.below(200) * sequence.below(200)};
            const std::size_t syllables = 1 + word.below(3);
            for (std::size_t i = 0; i <= syllables; ++i)
                text += tongue.syllables[word.below(tongue.syllables.size())];
            text += tongue.endings[sequence.below(tongue.endings.size())];
        }
        if (++in_sentence > 18) {
            text += sequence.below(4) == 0 ? ".\n" : ". ";
            in_sentence = 0;
        }
    }
    return text;
}

}  // namespace newswatch::bench
