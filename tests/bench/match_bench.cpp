#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "analyse/analyser.h"
#include "base/log.h"
#include "icu_limit.h"
#include "match/matcher.h"
#include "match/region_table.h"
#include "world_news.h"

/// DESIGN.md §9: the whole chain (analyse and match) against ICU word break + fold alone, by number of
/// watchlists. Articles of 500 words in 17 languages that speak of countries; watchlists from the same words.
namespace newswatch::bench {
namespace {

constexpr std::size_t kArticles = 340;
constexpr std::size_t kWords = 500;
constexpr std::size_t kVocabulary = 30'000;  // words of one language
constexpr std::size_t kFrequent = 1000;      // nobody watches for these
constexpr std::size_t kConcepts = 12;

const std::vector<std::string>& codes() {
    static const std::vector<std::string> all{"SY", "LY", "TR", "RU", "FR", "IQ", "EG", "US", "TD", "ML",
                                              "JP", "IN", "UA", "IR", "LB", "JO", "SA", "YE", "SD", "ET",
                                              "CN", "DE", "GB", "IT", "GR", "PK", "NG", "PE", "MA", "DZ"};
    return all;
}

const match::RegionForms& region_forms() {
    static const match::RegionForms forms = [] {
        Result<match::RegionForms> read =
            match::load_region_forms(std::filesystem::path{NEWSWATCH_SOURCE_DIR} / "config/regions");
        if (!read) log::error("bench", "{}", read.error().line());
        return read ? std::move(*read) : match::RegionForms{};
    }();
    return forms;
}

std::shared_ptr<const match::Regions> regions() {
    static const std::shared_ptr<const match::Regions> compiled = match::compile_regions(region_forms());
    return compiled;
}

/// A name or demonym of a country, in the language; frequent countries first.
std::string country(const WorldTongue& tongue, Sequence& sequence) {
    static const auto names = [] {
        std::map<std::pair<std::string, std::string>, std::vector<std::string>> all;
        for (const match::RegionForm& form : region_forms().forms) {
            if (form.kind != match::FormKind::other) all[{form.language, form.region}].push_back(form.form);
        }
        return all;
    }();
    const std::string& code = codes()[zipf_rank(sequence, 1, codes().size()) - 1];
    const auto found = names.find({std::string{tongue.code}, code});
    if (found == names.end()) return world_word(tongue, 5000);
    return found->second[sequence.below(found->second.size())];
}

std::string text(const WorldTongue& tongue, std::size_t words, Sequence& sequence) {
    std::string result;
    for (std::size_t i = 1; i <= words; ++i) {
        result += sequence.below(120) == 0 ? country(tongue, sequence)
                                           : world_word(tongue, zipf_rank(sequence, 1, kVocabulary) - 1);
        result += i % 18 != 0 ? tongue.space : sequence.below(4) == 0 ? ".\n" : ". ";
    }
    return result;
}

std::vector<Article> mixed_articles() {
    std::vector<Article> articles;
    Sequence sequence{11};
    for (std::size_t i = 0; i < kArticles; ++i) {
        const WorldTongue& tongue = world_tongues()[i % world_tongues().size()];
        Article article;
        article.title = text(tongue, 10, sequence);
        article.content = text(tongue, kWords - 10, sequence);
        article.language = tongue.code;
        articles.push_back(std::move(article));
    }
    return articles;
}

Rule leaf(RuleKind kind, std::string text) {
    Rule rule;
    rule.kind = kind;
    rule.text = std::move(text);
    rule.place = {.file = "generated.yaml", .line = 1, .column = 1};
    return rule;
}

Rule word(const WorldTongue& tongue, Sequence& sequence) {
    return leaf(RuleKind::term, world_word(tongue, zipf_rank(sequence, kFrequent, kVocabulary)));
}

Rule region(Sequence& sequence) {
    const std::string& code = codes()[zipf_rank(sequence, 1, codes().size()) - 1];
    Rule rule = leaf(RuleKind::region, code);
    rule.regions = {code};
    return rule;
}

std::vector<Concept> concepts() {
    std::vector<Concept> all;
    Sequence sequence{5};
    for (std::size_t i = 0; i < kConcepts; ++i) {
        Concept made;
        made.id = "concept-" + std::to_string(i);
        for (const WorldTongue& tongue : world_tongues()) {
            for (int term = 0; term < 12; ++term)
                made.terms[std::string{tongue.code}].push_back(word(tongue, sequence));
        }
        all.push_back(std::move(made));
    }
    return all;
}

Rule some_concept(Sequence& sequence) {
    return leaf(RuleKind::concept_, "concept-" + std::to_string(sequence.below(kConcepts)));
}

/// What people write: two countries and a word; a country, a subject and one of some words; one of some
/// words, phrases and prefixes but not another; two words near each other.
Watchlist generated(std::size_t number, Sequence& sequence) {
    const WorldTongue& tongue = world_tongues()[sequence.below(world_tongues().size())];
    Rule all = leaf(RuleKind::all_of, {});
    Rule any = leaf(RuleKind::any_of, {});
    Rule none = leaf(RuleKind::none_of, {});
    switch (number % 4) {
        case 0:
            all.children = {region(sequence), region(sequence), word(tongue, sequence)};
            break;
        case 1:
            any.children = {word(tongue, sequence), word(tongue, sequence)};
            none.children = {word(tongue, sequence)};
            all.children = {region(sequence), some_concept(sequence), any, none};
            break;
        case 2: {
            Rule phrase = word(tongue, sequence);
            phrase.text += std::string{tongue.space} + word(tongue, sequence).text;
            Rule prefix = leaf(RuleKind::term, world_word(tongue, 2000 + sequence.below(20'000)));
            if (number % 8 == 2 && !tongue.space.empty()) prefix.text += "*";
            any.children = {leaf(RuleKind::term, world_word(tongue, 10'000 + sequence.below(20'000))),
                            std::move(phrase), std::move(prefix)};
            none.children = {word(tongue, sequence)};
            all.children = {any, none, region(sequence)};
            break;
        }
        default:
            all.children = {word(tongue, sequence), word(tongue, sequence), word(tongue, sequence)};
            all.within = Within{.unit = Within::Unit::words, .words = 60, .ordered = false};
            break;
    }
    Watchlist watchlist;
    watchlist.id = "w" + std::to_string(number);
    watchlist.name = watchlist.id;
    if (number % 5 == 0) watchlist.languages = {std::string{tongue.code}};
    watchlist.match = std::move(all);
    return watchlist;
}

std::vector<Watchlist> generated_watchlists(std::size_t count) {
    std::vector<Watchlist> watchlists;
    watchlists.reserve(count);
    Sequence sequence{23};
    for (std::size_t i = 0; i < count; ++i)
        watchlists.push_back(generated(i, sequence));
    return watchlists;
}

/// The newest set that was asked for: one of a million is not kept beside others.
std::shared_ptr<const match::WatchlistSet> set_of(std::size_t count) {
    static std::shared_ptr<const match::WatchlistSet> set;
    static std::size_t size = 0;
    if (size != count) {
        set.reset();
        set = match::WatchlistSet::compile(generated_watchlists(count), concepts(), regions());
        size = count;
    }
    return set;
}

void limit_icu_word_break_and_fold(benchmark::State& state) {
    const std::vector<Article> articles = mixed_articles();
    IcuWordBreakAndFold icu;
    for (auto _ : state) {
        for (const Article& article : articles) {
            benchmark::DoNotOptimize(icu.run(article.title));
            benchmark::DoNotOptimize(icu.run(article.content));
        }
    }
    state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(articles.size()));
}

void analyse_and_match(benchmark::State& state) {
    using Clock = std::chrono::steady_clock;
    const std::vector<Article> articles = mixed_articles();
    const auto set = set_of(static_cast<std::size_t>(state.range(0)));
    std::size_t matches = 0;
    std::vector<double> milliseconds;
    for (auto _ : state) {
        for (const Article& article : articles) {
            const auto begin = Clock::now();
            matches += match::match(*set, analyse::analyse(article)).size();
            milliseconds.push_back(std::chrono::duration<double, std::milli>{Clock::now() - begin}.count());
        }
    }
    const auto all = static_cast<double>(milliseconds.size());
    std::ranges::sort(milliseconds);
    state.SetItemsProcessed(static_cast<int64_t>(milliseconds.size()));
    state.counters["matches"] = static_cast<double>(matches) / all;  // an article
    state.counters["p99_ms"] = milliseconds[static_cast<std::size_t>(all * 0.99)];
    state.counters["MB"] = static_cast<double>(set->memory()) / 1e6;
}

void match_alone(benchmark::State& state) {
    const std::vector<Article> articles = mixed_articles();
    const auto set = set_of(static_cast<std::size_t>(state.range(0)));
    std::vector<Analysed> analysed;
    for (const Article& article : articles)
        analysed.push_back(analyse::analyse(article));
    for (auto _ : state) {
        for (const Analysed& article : analysed)
            benchmark::DoNotOptimize(match::match(*set, article));
    }
    state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(articles.size()));
}

void near_matches_alone(benchmark::State& state) {
    const std::vector<Article> articles = mixed_articles();
    const auto set = set_of(static_cast<std::size_t>(state.range(0)));
    std::vector<Analysed> analysed;
    for (const Article& article : articles)
        analysed.push_back(analyse::analyse(article));
    for (auto _ : state) {
        for (const Analysed& article : analysed)
            benchmark::DoNotOptimize(match::near_matches(*set, article, {}, 20));
    }
    state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(articles.size()));
}

void compile_watchlists(benchmark::State& state) {
    const std::vector<Watchlist> watchlists = generated_watchlists(static_cast<std::size_t>(state.range(0)));
    const std::vector<Concept> shared = concepts();
    static_cast<void>(regions());
    for (auto _ : state)
        benchmark::DoNotOptimize(match::WatchlistSet::compile(watchlists, shared, regions()));
    state.SetItemsProcessed(static_cast<int64_t>(state.iterations() * state.range(0)));
}

BENCHMARK(limit_icu_word_break_and_fold)->Unit(benchmark::kMillisecond);
BENCHMARK(analyse_and_match)->Arg(1000)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);
BENCHMARK(match_alone)->Arg(1000)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);
BENCHMARK(near_matches_alone)->Arg(1000)->Arg(100'000)->Unit(benchmark::kMillisecond);
BENCHMARK(compile_watchlists)->Arg(1000)->Arg(100'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace newswatch::bench

BENCHMARK_MAIN();
