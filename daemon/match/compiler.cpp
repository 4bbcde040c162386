#include "match/compiler.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <unordered_map>

#include "match/atom_reader.h"
#include "match/filing.h"
#include "match/node_table.h"
#include "text/fold.h"
#include "text/language.h"
#include "text/word_keys.h"

namespace newswatch::match {
namespace {

/// Lists that are known by a number; the empty list is number 0.
template <class T>
class NumberedLists {
  public:
    explicit NumberedLists(std::vector<std::vector<T>>& lists) : lists_{lists} { static_cast<void>(add({})); }
    std::uint32_t add(const std::vector<T>& list) {
        const auto [known, is_new] = numbers_.try_emplace(list, static_cast<std::uint32_t>(lists_.size()));
        if (is_new) lists_.push_back(list);
        return known->second;
    }

  private:
    std::vector<std::vector<T>>& lists_;
    std::map<std::vector<T>, std::uint32_t> numbers_{};
};

/// Rules → nodes and atoms.
class TreeCompiler {
  public:
    TreeCompiler(CompiledRules& rules, const std::vector<Concept>& concepts)
        : rules_{rules},
          concepts_{concepts},
          table_{rules},
          excepts_{rules.excepts},
          languages_{rules.languages},
          feeds_{rules.feeds},
          region_codes_{rules.region_codes} {
        for (std::uint32_t i = 0; i < concepts.size(); ++i) {
            const auto name = concepts[i].names.find("");
            const bool named = name != concepts[i].names.end() && !name->second.empty();
            rules_.concept_names.push_back(rules_.pool.add(named ? name->second : concepts[i].id));
            concept_numbers_.emplace(concepts[i].id, i);
        }
    }

    void add(const Watchlist& watchlist) {
        const Place& place = watchlist.match.place.file.empty() ? watchlist.place : watchlist.match.place;
        CompiledWatchlist compiled;
        compiled.lines = static_cast<std::uint32_t>(rules_.lines.size());
        compiled.root = node(watchlist.match, field_mask(FieldSet::usual()), {});
        compiled.languages = languages_.add(watchlist.languages);
        compiled.feeds = feeds_.add(watchlist.feeds);
        compiled.id = rules_.pool.add(watchlist.id);
        compiled.name = rules_.pool.add(watchlist.name);
        compiled.rev = rules_.pool.add(watchlist.rev);
        compiled.file = rules_.pool.add(place.file);
        compiled.line = watchlist.place.line;
        compiled.priority = watchlist.priority;
        compiled.updates = watchlist.updates;
        rules_.watchlists.push_back(compiled);
    }

    [[nodiscard]] const std::vector<std::uint32_t>& uses() const { return table_.uses(); }

    /// Of every atom, in order; the result borrows from this compiler and the pool.
    [[nodiscard]] std::vector<AtomSource> atoms() const {
        std::vector<AtomSource> sources;
        sources.reserve(atoms_.size());
        for (const Atom& atom : atoms_) {
            sources.push_back({.term = rules_.pool.at(atom.text),
                               .languages = &inflecting_[atom.languages],
                               .comparison = atom.comparison});
        }
        return sources;
    }

  private:
    struct Atom {
        std::uint32_t text{0};
        std::uint32_t languages{0};  // into inflecting_
        Comparison comparison{Comparison::folded};
    };
    struct Numbers {
        std::uint32_t node{0};
        std::uint32_t size{0};
    };

    std::uint32_t node(const Rule& rule, FieldMask inherited, std::string_view language) {
        return add_node(rule, inherited, language).node;
    }

    /// `language` is that of the list the rule stands in, whose rules inflect it; empty: none.
    Numbers add_node(const Rule& rule, FieldMask inherited, std::string_view language) {
        Node result;
        result.kind = rule.kind;
        result.fields = rule.in ? field_mask(*rule.in) : inherited;
        result.languages = languages_.add(rule.languages);
        result.at_least = rule.at_least;
        result.text = rules_.pool.add(rule.text);
        if (rule.within && rule.kind == RuleKind::all_of) {
            result.has_within = true;
            result.ordered = rule.within->ordered;
            result.unit = rule.within->unit;
            result.words = rule.within->words;
        }
        note_line(rule);
        std::vector<std::uint32_t> children;
        switch (rule.kind) {
            case RuleKind::everything:
                break;
            case RuleKind::term:
            case RuleKind::exact:
                result.subject =
                    atom(rule.text, rule.kind == RuleKind::exact ? Comparison::exact : Comparison::folded,
                         language);
                break;
            case RuleKind::regex:
                result.subject = regex(rule);
                break;
            case RuleKind::region:
                result.subject = regions(rule);
                if (rule.regions.size() > 1) result.text = 0;  // a span then says which of them
                break;
            case RuleKind::concept_:
                add_concept(rule.text, result, children);
                break;
            case RuleKind::terms:
                result.kind = RuleKind::any_of;
                add_lists(rule, result, children);
                break;
            case RuleKind::all_of:
            case RuleKind::any_of:
            case RuleKind::none_of:
                for (const Rule& child : rule.children)
                    add_child(add_node(child, result.fields, language), result, children);
                break;
        }
        std::vector<std::uint32_t> masks;
        for (const std::string& phrase : rule.except)
            masks.push_back(atom(phrase, Comparison::folded, language));
        if (!masks.empty()) result.words = excepts_.add(masks);
        return {.node = table_.add(result, children), .size = result.size};
    }

    static void add_child(Numbers child, Node& parent, std::vector<std::uint32_t>& children) {
        children.push_back(child.node);
        parent.size += child.size;
    }

    /// `terms:` → for each language an any_of that counts in articles of that language only.
    void add_lists(const Rule& rule, Node& parent, std::vector<std::uint32_t>& children) {
        for (const auto& [code, rules] : rule.by_language) {
            Node list;
            list.kind = RuleKind::any_of;
            list.fields = parent.fields;
            if (code != "*") list.languages = languages_.add({code});
            note_line(rule);
            std::vector<std::uint32_t> terms;
            for (const Rule& term : rules)
                add_child(add_node(term, list.fields, code), list, terms);
            add_child({.node = table_.add(list, terms), .size = list.size}, parent, children);
        }
    }

    /// any_of the concept's terms for every language it has, each inflecting by its language's rules; made
    /// once for each set of fields that it is looked for in.
    void add_concept(const std::string& id, Node& parent, std::vector<std::uint32_t>& children) {
        const auto number = concept_numbers_.find(id);
        if (number == concept_numbers_.end()) return;
        parent.text = number->second;
        const auto [known, is_new] = concept_nodes_.try_emplace({number->second, parent.fields}, 0U);
        if (is_new) {
            const bool were_noted = std::exchange(lines_are_noted_, false);
            Node any;
            any.kind = RuleKind::any_of;
            any.fields = parent.fields;
            std::vector<std::uint32_t> terms;
            for (const auto& [code, rules] : concepts_[number->second].terms) {
                for (const Rule& rule : rules)
                    add_child(add_node(rule, any.fields, code), any, terms);
            }
            known->second = table_.add(any, terms);
            lines_are_noted_ = were_noted;
        }
        if (!concepts_[number->second].terms.empty()) children.push_back(known->second);
    }

    std::uint32_t atom(std::string_view term, Comparison comparison, std::string_view language) {
        const std::uint32_t text = rules_.pool.add(term);
        const std::uint32_t languages = inflection(language);
        const std::uint64_t identity = std::uint64_t{text} << 32U | std::uint64_t{languages} << 1U |
                                       static_cast<std::uint64_t>(comparison);
        const auto [known, is_new] =
            atom_numbers_.try_emplace(identity, static_cast<std::uint32_t>(atoms_.size()));
        if (is_new) atoms_.push_back({.text = text, .languages = languages, .comparison = comparison});
        return known->second;
    }

    std::uint32_t inflection(std::string_view code) {
        const auto known = inflection_numbers_.find(code);
        if (known != inflection_numbers_.end()) return known->second;
        const text::Language language = text::language_of_tag(code);
        inflecting_.push_back(language.known() ? std::vector{language} : std::vector<text::Language>{});
        const auto number = static_cast<std::uint32_t>(inflecting_.size() - 1);
        inflection_numbers_.emplace(code, number);
        return number;
    }

    std::uint32_t regex(const Rule& rule) { return rules_.regexes.add(text::nfc(rule.text)); }

    std::uint32_t regions(const Rule& rule) {
        rules_.uses_regions = true;
        const std::uint32_t number = region_codes_.add(rule.regions);
        for (std::size_t i = rules_.region_sets.size(); i < rules_.region_codes.size(); ++i) {
            std::vector<std::uint16_t>& members = rules_.region_sets.emplace_back();
            for (const std::string& code : rules_.region_codes[i]) {
                const std::vector<std::uint16_t> more = rules_.regions->numbers_of(code);
                members.insert(members.end(), more.begin(), more.end());
            }
            std::ranges::sort(members);
            members.erase(std::unique(members.begin(), members.end()), members.end());
        }
        return number;
    }

    /// Inside a concept a span names the line of the `concept:` and nothing else.
    void note_line(const Rule& rule) {
        if (lines_are_noted_) rules_.lines.push_back(rule.place.line);
    }

    CompiledRules& rules_;
    const std::vector<Concept>& concepts_;
    NodeTable table_;
    NumberedLists<std::uint32_t> excepts_;
    NumberedLists<std::string> languages_;
    NumberedLists<std::string> feeds_;
    NumberedLists<std::string> region_codes_;
    std::map<std::string, std::uint32_t, std::less<>> concept_numbers_{};
    std::map<std::pair<std::uint32_t, FieldMask>, std::uint32_t> concept_nodes_{};
    std::vector<Atom> atoms_{};
    std::unordered_map<std::uint64_t, std::uint32_t> atom_numbers_{};
    std::vector<std::vector<text::Language>> inflecting_{};
    std::map<std::string, std::uint32_t, std::less<>> inflection_numbers_{};
    bool lines_are_noted_{true};
};

/// Words without clitics come in the scripts of Arabic, Hebrew, Persian and Korean only (WATCHLISTS.md §3).
bool can_be_in_text(std::uint64_t key, text::Script script) {
    const text::KeyKind kind = text::kind_of(key);
    const bool of_remainder = kind == text::KeyKind::bare || kind == text::KeyKind::article;
    return !of_remainder || script == text::Script::arabic || script == text::Script::hebrew ||
           script == text::Script::hangul;
}

/// Terms → what their keys point to.
void index_atoms(CompiledRules& rules, const std::vector<AtomSource>& atoms) {
    constexpr std::size_t kAtOnce = 32'768;  // so that the words of a million terms never lie about together
    std::vector<KeyIndex::Entry> by_key;
    rules.atom_has_words.resize(atoms.size());
    const auto add = [&](std::uint32_t number, const std::vector<text::TermWords>& spellings) {
        rules.atom_has_words[number] = !spellings.empty();
        for (const text::TermWords& words : spellings) {
            const std::size_t offset = rarest_word(words);
            const Comparison comparison = atoms[number].comparison;
            std::uint32_t entry = number;
            const bool key_says_all =
                words.size() == 1 && !words[0].run && !words[0].prefix && comparison == Comparison::folded;
            if (!key_says_all) {
                entry = static_cast<std::uint32_t>(atoms.size() + rules.triggers.size());
                rules.triggers.push_back({.atom = number,
                                          .term = rules.terms.add(words, comparison),
                                          .offset = static_cast<std::uint16_t>(offset),
                                          .comparison = comparison});
            }
            for (const std::uint64_t key : words[offset].keys) {
                if (can_be_in_text(key, words[offset].script)) by_key.emplace_back(key, entry);
            }
        }
    };
    for (std::size_t begin = 0; begin < atoms.size(); begin += kAtOnce) {
        const std::size_t end = std::min(atoms.size(), begin + kAtOnce);
        const auto first = atoms.begin() + static_cast<std::ptrdiff_t>(begin);
        const auto words = read_atoms({first, first + static_cast<std::ptrdiff_t>(end - begin)});
        for (std::size_t i = begin; i < end; ++i)
            add(static_cast<std::uint32_t>(i), words[i - begin]);
    }
    rules.atoms_by_key = KeyIndex{by_key};
}

/// Watchlists under their rarest clauses, and clauses under what brings an article to them.
class Filer {
  public:
    Filer(CompiledRules& rules, const std::vector<std::uint32_t>& uses)
        : rules_{rules}, filing_{rules, uses}, clause_numbers_(rules.nodes.size(), kNone) {}

    void run(std::size_t atoms) {
        for (std::uint32_t i = 0; i < rules_.watchlists.size(); ++i)
            file(i);
        // Watchlists that need the same second clause stand together, so that it is asked once.
        std::ranges::sort(postings_, {}, [](const auto& pair) {
            return std::tuple{pair.first, pair.second.second, pair.second.watchlist};
        });
        const std::size_t clauses = rules_.clause_nodes.size();
        rules_.postings = Lists<Posting>{clauses, postings_};
        rules_.near_postings = Lists<Posting>{clauses, near_};
        file_concepts();
        rules_.clauses_of_atom = Lists<std::uint32_t>{atoms, clauses_of_atom_};
        rules_.clauses_of_region = Lists<std::uint32_t>{rules_.regions->count(), clauses_of_region_};
        rules_.clauses_of_concept = Lists<std::uint32_t>{rules_.concept_nodes.size(), clauses_of_concept_};
        rules_.concepts_of_atom = Lists<std::uint32_t>{atoms, concepts_of_atom_};
        rules_.concepts_of_region = Lists<std::uint32_t>{rules_.regions->count(), concepts_of_region_};
        rules_.clauses_of_regex = Lists<std::uint32_t>{rules_.regexes.size(), clauses_of_regex_};
    }

  private:
    using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

    void file(std::uint32_t watchlist) {
        const std::vector<std::uint32_t> required = filing_.required(rules_.watchlists[watchlist].root);
        if (required.empty()) return;
        const std::uint32_t first = clause(required[0]);
        rules_.watchlists[watchlist].clause = first;
        postings_.push_back(
            {first, {.watchlist = watchlist, .second = required.size() > 1 ? required[1] : kNone}});
        // Of three clauses two are met where one is missing: if it is the rarest, the next one brings us
        // here.
        if (required.size() > 2) near_.push_back({clause(required[1]), {.watchlist = watchlist}});
    }

    std::uint32_t clause(std::uint32_t node) {
        std::uint32_t& number = clause_numbers_[node];
        if (number != kNone) return number;
        number = static_cast<std::uint32_t>(rules_.clause_nodes.size());
        rules_.clause_nodes.push_back(node);
        const Filing filing = filing_.filing(node);
        if (filing.always) {
            rules_.always.push_back(number);
            return number;
        }
        for (const std::uint32_t atom : filing.atoms)
            clauses_of_atom_.emplace_back(atom, number);
        for (const std::uint16_t region : filing.regions)
            clauses_of_region_.emplace_back(region, number);
        for (const std::uint32_t node_of_concept : filing.concepts)
            clauses_of_concept_.emplace_back(concept_place(node_of_concept), number);
        for (const std::uint32_t regex : filing.regexes)
            clauses_of_regex_.emplace_back(regex, number);
        return number;
    }

    std::uint32_t concept_place(std::uint32_t node) {
        const auto [known, is_new] =
            concept_places_.try_emplace(node, static_cast<std::uint32_t>(rules_.concept_nodes.size()));
        if (is_new) rules_.concept_nodes.push_back(node);
        return known->second;
    }

    void file_concepts() {
        for (std::uint32_t place = 0; place < rules_.concept_nodes.size(); ++place) {
            const Node& node = rules_.nodes[rules_.concept_nodes[place]];
            const Filing filing = filing_.filing(rules_.children_of(node)[0]);
            for (const std::uint32_t atom : filing.atoms)
                concepts_of_atom_.emplace_back(atom, place);
            for (const std::uint16_t region : filing.regions)
                concepts_of_region_.emplace_back(region, place);
        }
    }

    CompiledRules& rules_;
    ClauseFiling filing_;
    std::vector<std::uint32_t> clause_numbers_;  // by node
    std::unordered_map<std::uint32_t, std::uint32_t> concept_places_{};
    std::vector<std::pair<std::uint32_t, Posting>> postings_{};
    std::vector<std::pair<std::uint32_t, Posting>> near_{};
    Pairs clauses_of_atom_{};
    Pairs clauses_of_region_{};
    Pairs clauses_of_concept_{};
    Pairs clauses_of_regex_{};
    Pairs concepts_of_atom_{};
    Pairs concepts_of_region_{};
};

void sort_by_id(CompiledRules& rules) {
    rules.by_id.resize(rules.watchlists.size());
    std::iota(rules.by_id.begin(), rules.by_id.end(), 0U);
    std::ranges::stable_sort(rules.by_id, {}, [&](std::uint32_t number) { return rules.id_of(number); });
}

}  // namespace

FieldMask field_mask(const FieldSet& fields) {
    FieldMask mask = 0;
    const auto set = [&](bool wanted, FieldMask bit) {
        mask = static_cast<FieldMask>(mask | (wanted ? bit : 0));
    };
    set(fields.title, field_bit(FieldName::title));
    set(fields.summary, field_bit(FieldName::summary));
    set(fields.content, field_bit(FieldName::content));
    set(fields.author, field_bit(FieldName::author));
    set(fields.link, field_bit(FieldName::link));
    set(fields.category, field_bit(FieldName::category));
    set(fields.lead, kLeadBit);
    return mask;
}

std::shared_ptr<const CompiledRules> compile_rules(const std::vector<Watchlist>& watchlists,
                                                   const std::vector<Concept>& concepts,
                                                   std::shared_ptr<const Regions> regions) {
    auto rules = std::make_shared<CompiledRules>();
    rules->regions = std::move(regions);
    TreeCompiler trees{*rules, concepts};
    rules->watchlists.reserve(watchlists.size());
    for (const Watchlist& watchlist : watchlists)
        trees.add(watchlist);
    rules->regexes.seal();
    const std::vector<AtomSource> atoms = trees.atoms();
    index_atoms(*rules, atoms);
    Filer{*rules, trees.uses()}.run(atoms.size());
    sort_by_id(*rules);
    rules->pool.seal();
    rules->terms.seal();
    rules->nodes.shrink_to_fit();
    rules->children.shrink_to_fit();
    rules->lines.shrink_to_fit();
    rules->counters = Counters{rules->watchlists.size(), rules->clause_nodes.size()};
    return rules;
}

}  // namespace newswatch::match
