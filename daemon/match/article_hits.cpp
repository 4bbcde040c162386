#include "match/article_hits.h"

#include <algorithm>

#include "text/word_keys.h"

namespace newswatch::match {

/// Kept from article to article, so that looking at one costs what it holds and not what the set holds.
struct ArticleHits::Workspace {
    std::uint32_t article{0};
    std::vector<Chain> chains{};               ///< by atom
    std::vector<std::uint32_t> seen{};         ///< by watchlist: the article it was last proposed for
    std::vector<std::uint32_t> seen_groups{};  ///< by concept
    std::vector<std::uint32_t> atoms{};        ///< those that occur
    std::vector<Link> links{};
};

ArticleHits::Workspace& ArticleHits::workspace() {
    thread_local Workspace workspace;
    return workspace;
}

ArticleHits::ArticleHits(const WatchlistSet::Compiled& set, const Analysed& article)
    : set_{set}, article_{article}, workspace_{workspace()} {
    Workspace& work = workspace_;
    if (++work.article == 0) {  // after four thousand million articles: forget them all
        work.chains.clear();
        work.seen.clear();
        work.seen_groups.clear();
        work.article = 1;
    }
    if (work.chains.size() < set.atoms.size()) work.chains.resize(set.atoms.size());
    if (work.seen.size() < set.watchlists.size()) work.seen.resize(set.watchlists.size());
    if (work.seen_groups.size() < set.concepts.size()) work.seen_groups.resize(set.concepts.size());
    work.atoms.clear();
    work.links.clear();
    for (std::uint32_t i = 0; i < article.fields.size(); ++i)
        scan(i);
    if (set.uses_regions) regions_ = set.regions->find(article);
}

void ArticleHits::scan(std::uint32_t field_index) {
    const AnalysedField& field = article_.fields[field_index];
    for (std::uint32_t word = 0; word < field.words.size(); ++word) {
        const AnalysedWord& analysed = field.words[word];
        for (std::uint32_t i = 0; i < analysed.key_count; ++i) {
            for (const std::uint32_t trigger :
                 set_.triggers_by_key.find(field.keys[analysed.first_key + i])) {
                try_trigger(field_index, word, set_.triggers[trigger]);
            }
        }
    }
}

void ArticleHits::try_trigger(std::uint32_t field_index, std::uint32_t word, const Trigger& trigger) {
    if (word < trigger.offset) return;
    const std::uint32_t first = word - trigger.offset;
    Workspace& work = workspace_;
    Chain& chain = work.chains[trigger.atom];
    const bool known = chain.article == work.article;
    if (known) {
        const Occurrence& last = work.links[chain.last].occurrence;
        if (last.field == field_index && last.first >= first) return;  // by another key of the same word
    }
    const AnalysedField& field = article_.fields[field_index];
    std::uint32_t last_word = first;
    if (!trigger.whole) {
        const Atom& atom = set_.atoms[trigger.atom];
        const auto end = phrase_at(field, first, atom.spellings[trigger.spelling], atom.comparison);
        if (!end) return;
        last_word = *end;
    }
    const auto link = static_cast<std::uint32_t>(work.links.size());
    work.links.push_back(Link{.occurrence = {.field = field_index,
                                             .first = first,
                                             .last = last_word,
                                             .begin = field.words[first].begin,
                                             .end = field.words[last_word].end}});
    if (known) {
        work.links[chain.last].next = link;
        chain.last = link;
    } else {
        chain = {.article = work.article, .first = link, .last = link};
        work.atoms.push_back(trigger.atom);
    }
}

bool ArticleHits::has_atom(std::uint32_t atom) const {
    return workspace_.chains[atom].article == workspace_.article;
}

std::vector<Occurrence> ArticleHits::of_atom(std::uint32_t atom) const {
    std::vector<Occurrence> result;
    if (!has_atom(atom)) return result;
    for (std::uint32_t link = workspace_.chains[atom].first; link != kNone;
         link = workspace_.links[link].next) {
        result.push_back(workspace_.links[link].occurrence);
    }
    return result;
}

std::vector<Occurrence> ArticleHits::of_regions(std::span<const std::uint16_t> regions) const {
    std::vector<Occurrence> result;
    for (const Occurrence& occurrence : regions_) {
        if (std::ranges::binary_search(regions, occurrence.region)) result.push_back(occurrence);
    }
    return result;
}

std::vector<std::uint32_t> ArticleHits::candidates() const {
    Workspace& work = workspace_;
    std::vector<std::uint32_t> result;
    const auto propose = [&](std::span<const std::uint32_t> watchlists) {
        for (const std::uint32_t watchlist : watchlists) {
            if (work.seen[watchlist] == work.article) continue;
            work.seen[watchlist] = work.article;
            result.push_back(watchlist);
        }
    };
    const auto propose_groups = [&](const std::vector<std::uint32_t>& groups) {
        for (const std::uint32_t group : groups) {
            if (work.seen_groups[group] == work.article) continue;
            work.seen_groups[group] = work.article;
            propose(set_.by_group.of(group));
        }
    };
    for (const std::uint32_t atom : work.atoms) {
        propose(set_.by_atom.of(atom));
        propose_groups(set_.groups_of_atom[atom]);
    }
    std::uint16_t last = kNoRegion;
    for (const Occurrence& occurrence : regions_) {
        if (occurrence.region == last) continue;
        last = occurrence.region;
        propose(set_.by_region.of(last));
        propose_groups(set_.groups_of_region[last]);
    }
    propose(set_.always);
    return result;
}

}  // namespace newswatch::match
