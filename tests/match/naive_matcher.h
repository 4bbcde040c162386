#pragma once

#include <algorithm>
#include <cctype>
#include <optional>
#include <string>
#include <vector>

#include "match/region_table.h"
#include "model/article.h"
#include "model/watchlist.h"

/// WATCHLISTS.md §1 written down as directly as can be, for words of ASCII letters that do not inflect: no
/// index, no keys, every combination tried. The real matcher must agree with it.
namespace newswatch::match::naive {

struct Word {
    std::string text{};  ///< as written
    unsigned sentence{0};
    unsigned paragraph{0};
};

struct Field {
    FieldName name{FieldName::title};
    bool has_capitals{false};
    std::vector<Word> words{};
};

/// What is known of an article, its concepts and its regions.
struct World {
    std::vector<Field> fields{};
    std::string language{};
    bool has_summary{false};
    const std::vector<Concept>* concepts{nullptr};
    const RegionForms* regions{nullptr};
};

/// Words, both inclusive.
struct Found {
    std::size_t field{0};
    std::size_t first{0};
    std::size_t last{0};
};

/// What a node inherits from those above it.
struct Scope {
    FieldSet fields{FieldSet::usual()};
};

inline std::string lower(std::string text) {
    for (char& letter : text)
        letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    return text;
}

inline Field read_field(FieldName name, const std::string& text) {
    Field field{.name = name};
    std::string word;
    unsigned sentence = 0;
    unsigned paragraph = 0;
    for (const char c : text + " ") {
        if (std::isalpha(static_cast<unsigned char>(c)) != 0) {
            field.has_capitals = field.has_capitals || (c >= 'A' && c <= 'Z');
            word += c;
            continue;
        }
        if (!word.empty()) field.words.push_back({word, sentence, paragraph});
        word.clear();
        if (c == '.') ++sentence;
        if (c == '\n') {
            ++sentence;
            ++paragraph;
        }
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

inline bool meets(const std::string& wanted, const std::string& word, bool exact) {
    if (exact) return wanted == word;
    const std::string folded = lower(word);
    return wanted.ends_with('*') ? folded.starts_with(lower(wanted.substr(0, wanted.size() - 1)))
                                 : lower(wanted) == folded;
}

inline std::vector<Found> phrase(const std::string& text, bool exact, const World& world) {
    std::vector<Found> found;
    const std::vector<std::string> words = split(text);
    for (std::size_t f = 0; f < world.fields.size(); ++f) {
        const std::vector<Word>& all = world.fields[f].words;
        for (std::size_t first = 0; first + words.size() <= all.size(); ++first) {
            bool meets_all = true;
            for (std::size_t i = 0; i < words.size(); ++i) {
                const Word& word = all[first + i];
                meets_all =
                    meets_all && meets(words[i], word.text, exact) && word.sentence == all[first].sentence;
            }
            if (meets_all) found.push_back({f, first, first + words.size() - 1});
        }
    }
    return found;
}

/// Forms of one word that need a capital, and groups.
inline std::vector<Found> region(const Rule& rule, const World& world) {
    std::vector<std::string> codes = rule.regions;
    for (const auto& [group, members] : world.regions->groups) {
        if (std::ranges::find(rule.regions, group) != rule.regions.end())
            codes.insert(codes.end(), members.begin(), members.end());
    }
    std::vector<Found> found;
    for (std::size_t f = 0; f < world.fields.size(); ++f) {
        const Field& field = world.fields[f];
        for (std::size_t i = 0; i < field.words.size(); ++i) {
            const std::string& word = field.words[i].text;
            const bool capital = word[0] >= 'A' && word[0] <= 'Z';
            const bool named = std::ranges::any_of(world.regions->forms, [&](const RegionForm& form) {
                return lower(form.form) == lower(word) && (capital || !field.has_capitals) &&
                       std::ranges::find(codes, form.region) != codes.end();
            });
            if (named) found.push_back({f, i, i});
        }
    }
    return found;
}

inline bool is_looked_at(const Found& found, const FieldSet& fields, const World& world) {
    const Field& field = world.fields[found.field];
    const bool lead =
        field.name == FieldName::summary ||
        (field.name == FieldName::content && !world.has_summary && field.words[found.last].paragraph == 0);
    return (fields.title && field.name == FieldName::title) ||
           (fields.summary && field.name == FieldName::summary) ||
           (fields.content && field.name == FieldName::content) ||
           (fields.category && field.name == FieldName::category) || (fields.lead && lead);
}

inline bool speaks(const std::vector<std::string>& languages, const World& world) {
    return languages.empty() || std::ranges::find(languages, world.language) != languages.end();
}

inline Scope inside(const Rule& rule, const Scope& scope) {
    return rule.in ? Scope{*rule.in} : scope;
}

inline std::vector<Found> leaf(const Rule& rule, const World& world, const Scope& scope) {
    std::vector<Found> found = rule.kind == RuleKind::region
                                   ? region(rule, world)
                                   : phrase(rule.text, rule.kind == RuleKind::exact, world);
    std::erase_if(found, [&](const Found& one) { return !is_looked_at(one, scope.fields, world); });
    for (const std::string& text : rule.except) {
        const std::vector<Found> masks = phrase(text, false, world);
        std::erase_if(found, [&](const Found& one) {
            return std::ranges::any_of(masks, [&](const Found& mask) {
                return mask.field == one.field && mask.first <= one.first && one.last <= mask.last;
            });
        });
    }
    return found;
}

inline const Concept& concept_of(const Rule& rule, const World& world) {
    return *std::ranges::find(*world.concepts, rule.text, &Concept::id);
}

/// Where an element of `within` stands.
inline std::vector<Found> occurrences(const Rule& rule, const World& world, const Scope& above) {
    std::vector<Found> found;
    if (!speaks(rule.languages, world)) return found;
    const Scope scope = inside(rule, above);
    const auto add = [&](const Rule& child) {
        const std::vector<Found> more = occurrences(child, world, scope);
        found.insert(found.end(), more.begin(), more.end());
    };
    if (rule.kind == RuleKind::any_of) {
        for (const Rule& child : rule.children)
            add(child);
        return found;
    }
    if (rule.kind == RuleKind::concept_) {
        for (const auto& [language, terms] : concept_of(rule, world).terms) {
            for (const Rule& term : terms)
                add(term);
        }
        return found;
    }
    return leaf(rule, world, scope);
}

inline bool stand_close(const std::vector<Found>& chosen, const Within& within, const World& world) {
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
    const std::vector<Word>& words = world.fields[chosen.front().field].words;
    switch (within.unit) {
        case Within::Unit::words:
            return last - first <= within.words;
        case Within::Unit::sentence:
            return words[first].sentence == words[last].sentence;
        case Within::Unit::paragraph:
            return words[first].paragraph == words[last].paragraph;
    }
    return false;
}

inline bool any_choice(const std::vector<std::vector<Found>>& elements, std::vector<Found>& chosen,
                       const Within& within, const World& world) {
    if (chosen.size() == elements.size()) return stand_close(chosen, within, world);
    for (const Found& found : elements[chosen.size()]) {
        chosen.push_back(found);
        const bool close = any_choice(elements, chosen, within, world);
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

inline bool holds(const Rule& rule, const World& world, const Scope& above = {}) {
    if (!speaks(rule.languages, world)) return false;
    const Scope scope = inside(rule, above);
    const auto any = [&](const std::vector<Rule>& rules) {
        return std::ranges::any_of(rules, [&](const Rule& one) { return holds(one, world, scope); });
    };
    const auto holding =
        std::ranges::count_if(rule.children, [&](const Rule& child) { return holds(child, world, scope); });
    switch (rule.kind) {
        case RuleKind::everything:
            return true;
        case RuleKind::all_of: {
            if (static_cast<std::size_t>(holding) != rule.children.size()) return false;
            if (!rule.within) return true;
            std::vector<std::vector<Found>> elements;
            for (const Rule& child : rule.children)
                elements.push_back(occurrences(child, world, scope));
            std::vector<Found> chosen;
            return any_choice(elements, chosen, *rule.within, world);
        }
        case RuleKind::any_of:
            return holding >= static_cast<std::ptrdiff_t>(rule.at_least);
        case RuleKind::none_of:
            return holding == 0;
        case RuleKind::terms:
            return std::ranges::any_of(rule.by_language, [&](const auto& list) {
                return (list.first == "*" || list.first == world.language) && any(list.second);
            });
        case RuleKind::concept_:
            return std::ranges::any_of(concept_of(rule, world).terms,
                                       [&](const auto& list) { return any(list.second); });
        case RuleKind::term:
        case RuleKind::exact:
        case RuleKind::regex:
        case RuleKind::region:
            return separate(leaf(rule, world, scope)) >= rule.at_least;
    }
    return false;
}

inline bool holds(const Watchlist& watchlist, const World& world, const std::string& feed) {
    const bool from =
        watchlist.feeds.empty() || std::ranges::find(watchlist.feeds, feed) != watchlist.feeds.end();
    return from && speaks(watchlist.languages, world) && holds(watchlist.match, world);
}

}  // namespace newswatch::match::naive
