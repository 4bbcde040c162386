#include "match/compiler.h"

#include <re2/re2.h>

#include <algorithm>
#include <limits>
#include <map>
#include <unordered_map>

#include "base/log.h"
#include "match/filing.h"
#include "text/fold.h"
#include "text/language.h"

namespace newswatch::match {
namespace {

constexpr std::int64_t kRegexMemory = 8 << 20;

std::shared_ptr<const re2::RE2> compile_regex(const Rule& rule) {
    re2::RE2::Options options;
    options.set_case_sensitive(false);
    options.set_log_errors(false);
    options.set_max_mem(kRegexMemory);
    auto regex = std::make_shared<const re2::RE2>(text::nfc(rule.text), options);
    if (regex->ok()) return regex;
    log::warning("match", "{}: regex `{}` never matches: {}", rule.place.rule(), rule.text, regex->error());
    return nullptr;
}

class Compiler {
  public:
    Compiler(const std::vector<Watchlist>& watchlists, const std::vector<Concept>& concepts,
             std::shared_ptr<const Regions> regions)
        : watchlists_{watchlists}, concepts_{concepts}, result_{std::make_unique<WatchlistSet::Compiled>()} {
        result_->regions = std::move(regions);
    }

    std::unique_ptr<WatchlistSet::Compiled> run() {
        for (const Concept& shared : concepts_)
            add_concept(shared);
        for (const Watchlist& watchlist : watchlists_) {
            result_->watchlists.push_back(CompiledWatchlist{.root = node(watchlist.match, {})});
        }
        index_triggers();
        file_watchlists();
        return std::move(result_);
    }

  private:
    // --- trees ---------------------------------------------------------------------------------

    Node node(const Rule& rule, std::span<const text::Language> languages) {
        Node result;
        result.kind = rule.kind;
        result.rule = &rule;
        result.languages = rule.languages;
        result.at_least = rule.at_least;
        if (rule.in) result.fields = field_mask(*rule.in);
        switch (rule.kind) {
            case RuleKind::everything:
                break;
            case RuleKind::term:
            case RuleKind::exact:
                result.atom = atom(rule.text, rule.kind == RuleKind::exact, languages);
                break;
            case RuleKind::regex:
                result.regex = compile_regex(rule);
                break;
            case RuleKind::region:
                result.regions = regions(rule);
                break;
            case RuleKind::concept_:
                result.group = group(rule.text);
                break;
            case RuleKind::terms:
                result.kind = RuleKind::any_of;
                result.at_least = rule.at_least;
                result.children = lists(rule.by_language);
                break;
            case RuleKind::all_of:
            case RuleKind::any_of:
            case RuleKind::none_of:
                for (const Rule& child : rule.children)
                    result.children.push_back(node(child, languages));
                break;
        }
        for (const std::string& phrase : rule.except)
            result.except.push_back(atom(phrase, false, languages));
        return result;
    }

    /// `terms:` → for each language an any_of that counts in articles of that language only.
    std::vector<Node> lists(const std::map<std::string, std::vector<Rule>>& by_language) {
        std::vector<Node> result;
        for (const auto& [code, rules] : by_language) {
            Node list;
            list.kind = RuleKind::any_of;
            if (code != "*") list.languages.push_back(code);
            const std::vector<text::Language> languages = languages_of(code);
            for (const Rule& rule : rules)
                list.children.push_back(node(rule, languages));
            result.push_back(std::move(list));
        }
        return result;
    }

    static std::vector<text::Language> languages_of(const std::string& code) {
        const text::Language language = text::language_of_tag(code);
        return language.known() ? std::vector{language} : std::vector<text::Language>{};
    }

    std::uint32_t atom(const std::string& term, bool exact, std::span<const text::Language> languages) {
        std::string identity = exact ? "=" : "~";
        for (const text::Language language : languages)
            identity += text::code_of(language) + ",";
        identity += "|" + term;
        const auto [found, is_new] =
            atoms_.try_emplace(std::move(identity), static_cast<std::uint32_t>(result_->atoms.size()));
        if (!is_new) return found->second;
        Atom compiled;
        if (exact) {
            compiled.comparison = Comparison::exact;
            text::TermWords words = text::read_exact_term(term);
            for (text::TermWord& word : words) {
                word.written = text::exact_form(word.written);
                while (word.written.ends_with('.'))
                    word.written.pop_back();
            }
            if (!words.empty()) compiled.spellings.push_back(std::move(words));
        } else {
            compiled.spellings = text::read_term(term, languages);
        }
        result_->atoms.push_back(std::move(compiled));
        return found->second;
    }

    std::vector<std::uint16_t> regions(const Rule& rule) {
        std::vector<std::uint16_t> numbers;
        for (const std::string& code : rule.regions) {
            const std::vector<std::uint16_t> more = result_->regions->numbers_of(code);
            numbers.insert(numbers.end(), more.begin(), more.end());
        }
        std::ranges::sort(numbers);
        numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
        result_->uses_regions = true;
        return numbers;
    }

    std::uint32_t group(const std::string& id) const {
        const auto found = groups_.find(id);
        return found == groups_.end() ? kNone : found->second;
    }

    /// any_of the concept's terms for every language it has, each inflecting by its language's rules.
    void add_concept(const Concept& shared) {
        ConceptGroup compiled;
        const auto name = shared.names.find("");
        compiled.name = name != shared.names.end() && !name->second.empty() ? name->second : shared.id;
        auto rules = std::make_shared<std::vector<Rule>>();
        std::vector<std::string> codes;
        for (const auto& [code, terms] : shared.terms) {
            for (const Rule& rule : terms) {
                rules->push_back(rule);
                codes.push_back(code);
            }
        }
        compiled.any_of.kind = RuleKind::any_of;
        for (std::size_t i = 0; i < rules->size(); ++i) {
            compiled.any_of.children.push_back(node((*rules)[i], languages_of(codes[i])));
        }
        compiled.rules = std::move(rules);
        groups_.emplace(shared.id, static_cast<std::uint32_t>(result_->concepts.size()));
        result_->concepts.push_back(std::move(compiled));
    }

    // --- the index -----------------------------------------------------------------------------

    void index_triggers() {
        std::vector<KeyIndex::Entry> by_key;
        for (std::uint32_t number = 0; number < result_->atoms.size(); ++number) {
            const Atom& atom = result_->atoms[number];
            for (std::size_t spelling = 0; spelling < atom.spellings.size(); ++spelling) {
                const text::TermWords& words = atom.spellings[spelling];
                const std::size_t offset = rarest_word(words);
                const bool whole = words.size() == 1 && !words[0].run && !words[0].prefix &&
                                   atom.comparison == Comparison::folded;
                const auto trigger = static_cast<std::uint32_t>(result_->triggers.size());
                result_->triggers.push_back(Trigger{.atom = number,
                                                    .spelling = static_cast<std::uint16_t>(spelling),
                                                    .offset = static_cast<std::uint16_t>(offset),
                                                    .whole = whole});
                for (const std::uint64_t key : words[offset].keys)
                    by_key.emplace_back(key, trigger);
            }
        }
        result_->triggers_by_key = KeyIndex{std::move(by_key)};
    }

    /// The longest word is seldom a frequent one. Behind a word of a script without spaces the distance from
    /// the beginning is not known, so such a phrase is found by its first word.
    static std::size_t rarest_word(const text::TermWords& words) {
        std::size_t best = 0;
        for (std::size_t i = 0; i < words.size() && i <= std::numeric_limits<std::uint16_t>::max(); ++i) {
            if (words[i].run) break;
            if (!words[i].prefix && words[i].folded.size() > words[best].folded.size()) best = i;
        }
        return words[0].run ? 0 : best;
    }

    void file_watchlists() {
        using Pair = std::pair<std::uint32_t, std::uint32_t>;
        std::vector<Pair> by_atom;
        std::vector<Pair> by_region;
        std::vector<Pair> by_group;
        file_concepts();
        for (std::uint32_t i = 0; i < result_->watchlists.size(); ++i) {
            const std::optional<Filing> filing = filing_of(result_->watchlists[i].root, *result_);
            if (!filing) {
                result_->watchlists[i].can_match = false;
                continue;
            }
            if (filing->always) result_->always.push_back(i);
            for (const std::uint32_t number : filing->atoms)
                by_atom.emplace_back(number, i);
            for (const std::uint16_t number : filing->regions)
                by_region.emplace_back(number, i);
            for (const std::uint32_t number : filing->groups)
                by_group.emplace_back(number, i);
        }
        result_->by_atom = Postings{result_->atoms.size(), std::move(by_atom)};
        result_->by_region = Postings{result_->regions->count(), std::move(by_region)};
        result_->by_group = Postings{result_->concepts.size(), std::move(by_group)};
    }

    void file_concepts() {
        result_->groups_of_atom.resize(result_->atoms.size());
        result_->groups_of_region.resize(result_->regions->count());
        for (std::uint32_t number = 0; number < result_->concepts.size(); ++number) {
            const std::optional<Filing> filing = filing_of(result_->concepts[number].any_of, *result_);
            if (!filing) continue;
            for (const std::uint32_t atom : filing->atoms)
                result_->groups_of_atom[atom].push_back(number);
            for (const std::uint16_t region : filing->regions) {
                result_->groups_of_region[region].push_back(number);
            }
        }
    }

    const std::vector<Watchlist>& watchlists_;
    const std::vector<Concept>& concepts_;
    std::unique_ptr<WatchlistSet::Compiled> result_;
    std::unordered_map<std::string, std::uint32_t> atoms_;
    std::unordered_map<std::string, std::uint32_t> groups_;
};

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

Postings::Postings(std::size_t numbers, std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs) {
    std::ranges::sort(pairs);
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    begins_.assign(numbers + 1, 0);
    watchlists_.reserve(pairs.size());
    for (const auto& [number, watchlist] : pairs) {
        ++begins_[number + 1];
        watchlists_.push_back(watchlist);
    }
    for (std::size_t i = 1; i < begins_.size(); ++i)
        begins_[i] += begins_[i - 1];
}

std::unique_ptr<WatchlistSet::Compiled> compile_rules(const std::vector<Watchlist>& watchlists,
                                                      const std::vector<Concept>& concepts,
                                                      std::shared_ptr<const Regions> regions) {
    return Compiler{watchlists, concepts, std::move(regions)}.run();
}

}  // namespace newswatch::match
