#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "model/watchlist.h"

/// WATCHLISTS.md §1 written down as directly as can be, for words of small ASCII letters that do not inflect:
/// no index, no keys, every combination tried. The real matcher must agree with it.
namespace newswatch::match::naive {

struct Word {
    std::string text{};
    unsigned sentence{0};
};
using Field = std::vector<Word>;

/// Words, both inclusive.
struct Found {
    std::size_t field{0};
    std::size_t first{0};
    std::size_t last{0};
};

inline Field read_field(const std::string& text) {
    Field field;
    std::string word;
    unsigned sentence = 0;
    for (const char c : text + " ") {
        if (c >= 'a' && c <= 'z') {
            word += c;
            continue;
        }
        if (!word.empty()) field.push_back({word, sentence});
        word.clear();
        if (c == '.') ++sentence;
    }
    return field;
}

inline std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> words;
    std::string word;
    for (const char c : text + " ") {
        if (c == ' ') {
            words.push_back(word);
            word.clear();
        } else {
            word += c;
        }
    }
    return words;
}

inline bool meets(const std::string& wanted, const std::string& word) {
    return wanted.ends_with('*') ? word.starts_with(wanted.substr(0, wanted.size() - 1)) : wanted == word;
}

inline std::vector<Found> occurrences(const Rule& rule, const std::vector<Field>& fields) {
    std::vector<Found> found;
    if (rule.kind == RuleKind::any_of) {
        for (const Rule& child : rule.children) {
            const std::vector<Found> more = occurrences(child, fields);
            found.insert(found.end(), more.begin(), more.end());
        }
        return found;
    }
    const std::vector<std::string> words = split(rule.text);
    for (std::size_t f = 0; f < fields.size(); ++f) {
        for (std::size_t first = 0; first + words.size() <= fields[f].size(); ++first) {
            bool all = true;
            for (std::size_t i = 0; i < words.size(); ++i) {
                const Word& word = fields[f][first + i];
                all = all && meets(words[i], word.text) && word.sentence == fields[f][first].sentence;
            }
            if (all) found.push_back({f, first, first + words.size() - 1});
        }
    }
    return found;
}

inline bool stand_close(const std::vector<Found>& chosen, const Within& within,
                        const std::vector<Field>& fields) {
    std::size_t first = chosen.front().first;
    std::size_t last = chosen.front().last;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        if (chosen[i].field != chosen.front().field) return false;
        first = std::min(first, chosen[i].first);
        last = std::max(last, chosen[i].last);
        for (std::size_t k = 0; k < i; ++k) {
            if (chosen[k].first <= chosen[i].last && chosen[i].first <= chosen[k].last) return false;
            if (within.ordered && chosen[k].first > chosen[i].first) return false;
        }
    }
    if (within.unit == Within::Unit::words) return last - first <= within.words;
    const Field& field = fields[chosen.front().field];
    return field[first].sentence == field[last].sentence;
}

inline bool any_choice(const std::vector<std::vector<Found>>& elements, std::vector<Found>& chosen,
                       const Within& within, const std::vector<Field>& fields) {
    if (chosen.size() == elements.size()) return stand_close(chosen, within, fields);
    for (const Found& found : elements[chosen.size()]) {
        chosen.push_back(found);
        const bool close = any_choice(elements, chosen, within, fields);
        chosen.pop_back();
        if (close) return true;
    }
    return false;
}

inline unsigned separate(const std::vector<Found>& found) {
    unsigned count = 0;
    std::optional<Found> last;
    for (const Found& one : found) {
        if (last && last->field == one.field && one.first <= last->last) continue;
        last = one;
        ++count;
    }
    return count;
}

inline bool holds(const Rule& rule, const std::vector<Field>& fields) {
    const auto holding =
        std::ranges::count_if(rule.children, [&](const Rule& child) { return holds(child, fields); });
    switch (rule.kind) {
        case RuleKind::all_of: {
            if (static_cast<std::size_t>(holding) != rule.children.size()) return false;
            if (!rule.within) return true;
            std::vector<std::vector<Found>> elements;
            for (const Rule& child : rule.children)
                elements.push_back(occurrences(child, fields));
            std::vector<Found> chosen;
            return any_choice(elements, chosen, *rule.within, fields);
        }
        case RuleKind::any_of:
            return holding >= static_cast<std::ptrdiff_t>(rule.at_least);
        case RuleKind::none_of:
            return holding == 0;
        default:
            return separate(occurrences(rule, fields)) >= rule.at_least;
    }
}

}  // namespace newswatch::match::naive
