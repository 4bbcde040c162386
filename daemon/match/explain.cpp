#include <algorithm>
#include <utility>

#include "match/matcher.h"

namespace newswatch::match {
namespace {

constexpr std::size_t kMostWords = 3;  // for one term; an alert tells, it does not list
constexpr std::size_t kMostTerms = 12;

struct Explained {
    std::string what{};
    std::vector<std::string> words{};
};

}  // namespace

std::string explain(const Match& match) {
    std::vector<Explained> all;
    for (const Span& span : match.spans) {
        const std::string& what = span.meaning.empty() ? span.term : span.meaning;
        auto found = std::ranges::find(all, what, &Explained::what);
        if (found == all.end()) {
            if (all.size() == kMostTerms) continue;
            found = all.insert(all.end(), Explained{.what = what});
        }
        const bool told = std::ranges::find(found->words, span.text) != found->words.end();
        if (!told && found->words.size() < kMostWords) found->words.push_back(span.text);
    }
    std::string text;
    for (const Explained& one : all) {
        if (!text.empty()) text += " · ";
        text += one.what;
        for (std::size_t i = 0; i < one.words.size(); ++i) {
            text += i == 0 ? " «" : ", «";
            text += one.words[i];
            text += "»";
        }
    }
    return text;
}

}  // namespace newswatch::match
