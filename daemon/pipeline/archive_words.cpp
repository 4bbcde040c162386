#include "pipeline/archive_words.h"

#include <utility>
#include <vector>

#include "text/code_points.h"
#include "text/fold.h"
#include "text/script.h"
#include "text/segment.h"

namespace newswatch {

namespace {

/// Beyond this much of a text nothing is indexed: no article is that long, a hostile one may be.
constexpr std::size_t kIndexedBytes = std::size_t{256} << 10;

constexpr bool in_word(char sign) {
    const auto byte = static_cast<unsigned char>(sign);
    return byte >= 0x80 || (sign >= '0' && sign <= '9') || (sign >= 'a' && sign <= 'z') || sign == '.' ||
           sign == ',';
}

/// Words of a folded piece: cut at ASCII signs that the index takes for spaces, and at every character where
/// `each`.
void append_words(std::string_view folded, bool each, std::vector<std::string>& words) {
    std::string word;
    const auto end_word = [&] {
        if (!word.empty()) words.push_back(std::exchange(word, {}));
    };
    for (std::size_t at = 0; at < folded.size();) {
        const std::size_t begin = at;
        static_cast<void>(text::next_code_point(folded, at));
        if (!in_word(folded[begin])) {
            end_word();
            continue;
        }
        word += folded.substr(begin, at - begin);
        if (each) end_word();
    }
    end_word();
}

std::vector<std::string> words_of(std::string_view utf8) {
    std::vector<std::string> words;
    const text::Segmented segmented = text::segment(utf8.substr(0, kIndexedBytes));
    for (const text::Word& word : segmented.words) {
        if ((word.flags & text::kDead) != 0) continue;
        const std::string folded = text::fold(utf8.substr(word.begin, word.end - word.begin));
        append_words(folded, (word.flags & text::kDictionary) != 0, words);
    }
    return words;
}

void append(std::string_view utf8, std::string& all) {
    for (const std::string& word : words_of(utf8)) {
        all += word;
        all += ' ';
    }
}

/// One piece of what was typed: a word or what stands in quotes.
struct Piece {
    std::string text{};
    bool excluded{false};
    bool beginning{false};
};

bool is_quote(char32_t sign) {
    return sign == U'"' || sign == U'“' || sign == U'”' || sign == U'„' || sign == U'«' || sign == U'»';
}

bool is_space(char32_t sign) {
    return sign <= U' ' || sign == U'\u00A0' || sign == U'\u3000';
}

std::vector<Piece> pieces_of(std::string_view typed) {
    std::vector<Piece> pieces;
    Piece piece;
    bool quoted = false;
    const auto end_piece = [&] {
        if (!piece.text.empty()) pieces.push_back(piece);
        piece = {};
    };
    for (std::size_t at = 0; at < typed.size();) {
        const std::size_t begin = at;
        const char32_t sign = text::next_code_point(typed, at);
        if (is_quote(sign)) {
            if (quoted) end_piece();
            quoted = !quoted;
        } else if (!quoted && is_space(sign)) {
            end_piece();
        } else if (!quoted && piece.text.empty() && sign == U'-') {
            piece.excluded = true;
        } else {
            piece.beginning = sign == U'*';
            piece.text += typed.substr(begin, at - begin);
        }
    }
    end_piece();
    return pieces;
}

}  // namespace

std::string archive_words(const Article& article) {
    std::string all;
    for (const std::string* field : {&article.title, &article.summary, &article.content}) {
        append(*field, all);
        all += "¶ ";  // a phrase does not go from one field to the next
    }
    for (const Person& author : article.authors)
        append(author.name, all);
    for (const std::string& category : article.categories)
        append(category, all);
    return all;
}

Result<store::ArchiveQuery> read_search(std::string_view typed) {
    store::ArchiveQuery query;
    for (const Piece& piece : pieces_of(typed)) {
        store::ArchiveQuery::Phrase phrase{.words = words_of(piece.text), .beginning = piece.beginning};
        if (phrase.words.empty()) continue;
        (piece.excluded ? query.none_of : query.all_of).push_back(std::move(phrase));
    }
    if (query.all_of.empty()) {
        return fail(ErrorKind::bad_input,
                    query.none_of.empty() ? "there is no word to look for"
                                          : "there are only words that must not be there",
                    {}, "give a word, several, or \"a phrase in quotes\"; word* is a beginning");
    }
    return query;
}

}  // namespace newswatch
