#include "match/nearest.h"

#include <algorithm>

#include "match/phrase.h"
#include "match/spans.h"
#include "text/fold.h"
#include "text/word_keys.h"

namespace newswatch::match {
namespace {

constexpr std::size_t kMostNear = 3;
constexpr std::size_t kMostLeaves = 500;       // of one clause; a concept may have thousands
constexpr std::size_t kFewestCommon = 3;       // letters that two words must begin with
constexpr std::size_t kFewestCommonShare = 2;  // and the part of the shorter: a half

std::size_t common_letters(std::string_view a, std::string_view b) {
    const auto [end, other] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    return text::count_code_points(a.substr(0, static_cast<std::size_t>(end - a.begin())));
}

class Search {
  public:
    Search(const Evaluator& evaluator, std::uint32_t watchlist)
        : evaluator_{evaluator}, hits_{evaluator.hits()}, rules_{hits_.rules()}, watchlist_{watchlist} {}

    void look(std::uint32_t number, std::uint32_t ordinal, bool speaks, std::uint32_t group) {
        const Node& node = rules_.nodes[number];
        speaks = speaks && hits_.speaks(node.languages);
        switch (node.kind) {
            case RuleKind::everything:
            case RuleKind::none_of:
            case RuleKind::regex:
                return;
            case RuleKind::term:
            case RuleKind::exact:
                look_for_term({.leaf = number, .group = group, .ordinal = ordinal}, speaks);
                return;
            case RuleKind::region:
                look_for_region({.leaf = number, .group = group, .ordinal = ordinal});
                return;
            case RuleKind::concept_:
                for (const std::uint32_t child : rules_.children_of(node))
                    look_inside(child, ordinal, speaks, number);
                return;
            case RuleKind::terms:
            case RuleKind::any_of:
            case RuleKind::all_of:
                look_inside(number, ordinal, speaks, group);
                return;
        }
    }

    std::vector<NearThing> take() {
        std::ranges::stable_sort(found_, {}, [](const Ranked& one) { return one.rank; });
        std::vector<NearThing> result;
        for (Ranked& one : found_) {
            const auto told = [&](const NearThing& other) {
                return other.span.text == one.thing.span.text && other.nearness == one.thing.nearness;
            };
            if (result.size() < kMostNear && std::ranges::none_of(result, told))
                result.push_back(std::move(one.thing));
        }
        return result;
    }

  private:
    struct Ranked {
        std::size_t rank{0};  ///< the smaller, the nearer
        NearThing thing{};
    };

    void look_inside(std::uint32_t number, std::uint32_t ordinal, bool speaks, std::uint32_t group) {
        for_each_child(rules_, rules_.nodes[number], ordinal,
                       [&](std::uint32_t child, std::uint32_t child_ordinal) {
                           if (++leaves_ > kMostLeaves) return;
                           // What stands in a concept has no line of its own.
                           look(child, group == kNone ? child_ordinal : ordinal, speaks, group);
                       });
    }

    void add(Nearness nearness, std::size_t rank, Evidence evidence, const Occurrence& occurrence) {
        evidence.occurrence = occurrence;
        const std::vector<Span> spans = spans_of(hits_, watchlist_, {evidence});
        if (!spans.empty()) found_.push_back({rank, {.nearness = nearness, .span = spans.front()}});
    }

    /// The word itself stands there, and something else is in the way.
    void look_for_term(const Evidence& leaf, bool speaks) {
        const Node& node = rules_.nodes[leaf.leaf];
        const std::vector<Occurrence> all = hits_.of_atom(node.subject);
        if (all.empty()) {
            look_for_alike(leaf);
            return;
        }
        const bool looked_at = std::ranges::any_of(all, [&](const Occurrence& occurrence) {
            return evaluator_.is_looked_at(occurrence, node.fields);
        });
        const Nearness nearness = !speaks      ? Nearness::other_language
                                  : !looked_at ? Nearness::other_field
                                               : Nearness::masked;
        add(nearness, 0, leaf, all.front());
    }

    void look_for_region(const Evidence& leaf) {
        const Node& node = rules_.nodes[leaf.leaf];
        const std::vector<Occurrence> all = hits_.of_regions(rules_.region_sets[node.subject]);
        if (!all.empty()) {
            add(evaluator_.is_looked_at(all.front(), node.fields) ? Nearness::masked : Nearness::other_field,
                0, leaf, all.front());
            return;
        }
        for (const Occurrence& other : hits_.regions())
            add(Nearness::other_region, 500, leaf, other);
    }

    void look_for_alike(const Evidence& leaf) {
        const Node& node = rules_.nodes[leaf.leaf];
        const text::TermWords words = text::read_exact_term(rules_.pool.at(node.text));
        for (const text::TermWord& word : words) {
            std::string_view folded = word.folded;
            while (folded.ends_with('*'))
                folded.remove_suffix(1);
            if (!folded.empty()) look_for_alike(leaf, node.kind == RuleKind::exact, words.size() > 1, folded);
        }
    }

    void look_for_alike(const Evidence& leaf, bool exact, bool phrase, std::string_view wanted) {
        const std::size_t letters = text::count_code_points(wanted);
        const Analysed& article = hits_.article();
        for (std::uint32_t f = 0; f < article.fields.size(); ++f) {
            const AnalysedField& field = article.fields[f];
            for (std::uint32_t i = 0; i < field.words.size(); ++i) {
                const AnalysedWord& word = field.words[i];
                const std::string_view folded = folded_word(field, word);
                const std::size_t common = common_letters(folded, wanted);
                const std::size_t shorter = std::min(letters, text::count_code_points(folded));
                if (common < kFewestCommon || common * kFewestCommonShare < shorter) continue;
                const Occurrence occurrence{
                    .field = f, .first = i, .last = i, .begin = word.begin, .end = word.end};
                const bool same = folded == wanted;
                const Nearness nearness = same && phrase  ? Nearness::part
                                          : same && exact ? Nearness::spelling
                                                          : Nearness::beginning;
                const std::size_t rank = same ? 1 : 100 + letters - std::min(letters, common);
                add(nearness, rank, leaf, occurrence);
                if (found_.size() > kMostLeaves) return;
            }
        }
    }

    const Evaluator& evaluator_;
    const ArticleHits& hits_;
    const CompiledRules& rules_;
    std::uint32_t watchlist_;
    std::vector<Ranked> found_{};
    std::size_t leaves_{0};
};

}  // namespace

std::vector<NearThing> nearest_to(const Evaluator& evaluator, std::uint32_t watchlist, std::uint32_t node,
                                  std::uint32_t ordinal) {
    Search search{evaluator, watchlist};
    search.look(node, ordinal, true, kNone);
    return search.take();
}

}  // namespace newswatch::match
