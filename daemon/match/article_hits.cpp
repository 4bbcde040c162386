#include "match/article_hits.h"

#include <algorithm>

namespace newswatch::match {

ArticleHits::Workspace& ArticleHits::workspace() {
    thread_local Workspace workspace;
    return workspace;
}

ArticleHits::ArticleHits(const CompiledRules& rules, const Analysed& article,
                         std::span<const Occurrence> regions)
    : rules_{rules}, article_{article}, regions_{regions}, workspace_{workspace()} {
    Workspace& work = workspace_;
    work.atoms.begin(rules.atom_has_words.size());
    work.chains.clear();
    work.links.clear();
    work.forms.forget();
    work.nodes.begin(rules.nodes.size());
    work.node_holds.clear();
    work.clauses.begin(rules.clause_nodes.size());
    work.concepts.begin(rules.concept_nodes.size());
    work.languages.assign(rules.languages.size(), Known::unknown);
    for (std::uint32_t i = 0; i < article.fields.size(); ++i)
        scan(i);
}

void ArticleHits::scan(std::uint32_t field_index) {
    const AnalysedField& field = article_.fields[field_index];
    const auto atoms = static_cast<std::uint32_t>(rules_.atom_has_words.size());
    for (std::uint32_t word = 0; word < field.words.size(); ++word) {
        const AnalysedWord& analysed = field.words[word];
        for (std::uint32_t i = 0; i < analysed.key_count; ++i) {
            const std::uint64_t key = field.keys[analysed.first_key + i];
            if (!rules_.atoms_by_key.has_kind(key)) continue;
            rules_.atoms_by_key.find(key, [&](std::uint32_t number) {
                if (number >= atoms) {
                    try_trigger(field_index, word, rules_.triggers[number - atoms]);
                } else if (!stood_before(number, field_index, word)) {
                    add(number, field_index, word, word);
                }
            });
        }
    }
}

/// The same atom at the same word was found already, by another key or another spelling. Nearly always its
/// newest occurrence says so; only where a phrase is found by a word behind its first can it stand before.
bool ArticleHits::stood_before(std::uint32_t atom, std::uint32_t field_index, std::uint32_t first) const {
    if (!has_atom(atom)) return false;
    const Chain& chain = workspace_.chains[workspace_.atoms.place_of(atom)];
    const Occurrence& newest = workspace_.links[chain.last].occurrence;
    if (newest.field != field_index || newest.first < first) return false;
    return newest.first == first || any_of_atom(atom, [&](const Occurrence& occurrence) {
               return occurrence.field == field_index && occurrence.first == first;
           });
}

void ArticleHits::try_trigger(std::uint32_t field_index, std::uint32_t word, const Trigger& trigger) {
    if (word < trigger.offset) return;
    const std::uint32_t first = word - trigger.offset;
    if (stood_before(trigger.atom, field_index, first)) return;
    const auto last = phrase_at(article_.fields[field_index], first, rules_.terms, trigger.term,
                                trigger.comparison, workspace_.forms, trigger.offset);
    if (last) add(trigger.atom, field_index, first, *last);
}

void ArticleHits::add(std::uint32_t atom, std::uint32_t field_index, std::uint32_t first,
                      std::uint32_t last) {
    Workspace& work = workspace_;
    const AnalysedField& field = article_.fields[field_index];
    const auto link = static_cast<std::uint32_t>(work.links.size());
    work.links.push_back(Link{.occurrence = {.field = field_index,
                                             .first = first,
                                             .last = last,
                                             .begin = field.words[first].begin,
                                             .end = field.words[last].end}});
    if (work.atoms.add(atom)) {
        work.chains.push_back({.first = link, .last = link});
        return;
    }
    Chain& chain = work.chains[work.atoms.place_of(atom)];
    work.links[chain.last].next = link;
    chain.last = link;
}

std::vector<Occurrence> ArticleHits::of_atom(std::uint32_t atom) const {
    std::vector<Occurrence> result;
    any_of_atom(atom, [&](const Occurrence& occurrence) {
        result.push_back(occurrence);
        return false;
    });
    const auto before = [](const Occurrence& a, const Occurrence& b) {
        return a.field != b.field ? a.field < b.field : a.first < b.first;
    };
    if (!std::ranges::is_sorted(result, before)) std::ranges::stable_sort(result, before);
    return result;
}

std::vector<Occurrence> ArticleHits::of_regions(std::span<const std::uint16_t> regions) const {
    std::vector<Occurrence> result;
    for (const Occurrence& occurrence : regions_) {
        if (std::ranges::binary_search(regions, occurrence.region)) result.push_back(occurrence);
    }
    return result;
}

bool ArticleHits::speaks(std::uint32_t languages) const {
    if (languages == 0) return true;
    Known& known = workspace_.languages[languages];
    if (known == Known::unknown) {
        const std::vector<std::string>& spoken = article_.languages;
        const bool one = std::ranges::any_of(rules_.languages[languages], [&](const std::string& language) {
            return std::ranges::find(spoken, language) != spoken.end();
        });
        known = one ? Known::yes : Known::no;
    }
    return known == Known::yes;
}

const std::vector<std::uint32_t>& ArticleHits::clauses() {
    Workspace& work = workspace_;
    const auto propose = [&](std::span<const std::uint32_t> clauses) {
        for (const std::uint32_t clause : clauses)
            work.clauses.add(clause);
    };
    for (const std::uint32_t atom : work.atoms.all()) {
        propose(rules_.clauses_of_atom.of(atom));
        for (const std::uint32_t place : rules_.concepts_of_atom.of(atom))
            work.concepts.add(place);
    }
    if (rules_.uses_regions) {
        std::uint16_t newest = kNoRegion;
        for (const Occurrence& occurrence : regions_) {
            if (occurrence.region == newest) continue;
            newest = occurrence.region;
            propose(rules_.clauses_of_region.of(newest));
            for (const std::uint32_t place : rules_.concepts_of_region.of(newest))
                work.concepts.add(place);
        }
    }
    for (const std::uint32_t place : work.concepts.all())
        propose(rules_.clauses_of_concept.of(place));
    if (rules_.regexes.size() > 0) {
        std::vector<std::string_view> texts;
        for (const AnalysedField& field : article_.fields)
            texts.push_back(field.text);
        for (const std::uint32_t regex : rules_.regexes.possible(texts))
            propose(rules_.clauses_of_regex.of(regex));
    }
    propose(rules_.always);
    return work.clauses.all();
}

}  // namespace newswatch::match
