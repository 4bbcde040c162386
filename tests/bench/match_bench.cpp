#include <benchmark/benchmark.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "analyse/analyser.h"
#include "base/log.h"
#include "icu_limit.h"
#include "match/matcher.h"
#include "match/region_table.h"
#include "news_text.h"

/// DESIGN.md §9: the whole chain (analyse and match) against ICU word break + fold alone, by number of
/// watchlists. The watchlists are generated from the same vocabulary as the articles.
namespace newswatch::bench {
namespace {

constexpr std::size_t kArticles = 200;
constexpr std::size_t kBytes = 3600;

std::vector<Article> mixed_articles() {
    std::vector<Article> articles;
    Sequence sequence{11};
    for (std::size_t i = 0; i < kArticles; ++i) {
        const Tongue& tongue = tongues()[i % tongues().size()];
        Article article;
        article.title = news_text(tongue, 80, sequence);
        article.content = news_text(tongue, kBytes, sequence);
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

/// What people watch for is seldom among the frequent words.
std::string word(Sequence& sequence, const Tongue& tongue) {
    return word_of_rank(tongue, 2'000 + sequence.below(300'000));
}

/// Half of the watchlists ask for two regions and a word, the others for one of some words, phrases or
/// prefixes but not another: what people write.
Watchlist generated(std::size_t number, Sequence& sequence) {
    static const std::vector<std::string> codes{"SY", "LY", "TR", "RU", "FR", "IQ",
                                                "EG", "US", "TD", "ML", "JP", "IN"};
    const Tongue& tongue = tongues()[number % tongues().size()];
    Rule all = leaf(RuleKind::all_of, {});
    if (number % 2 == 0) {
        for (int i = 0; i < 2; ++i) {
            Rule region = leaf(RuleKind::region, {});
            region.regions = {codes[sequence.below(codes.size())]};
            all.children.push_back(std::move(region));
        }
        all.children.push_back(leaf(RuleKind::term, word(sequence, tongue)));
    } else {
        Rule any = leaf(RuleKind::any_of, {});
        any.children.push_back(leaf(RuleKind::term, word(sequence, tongue)));
        any.children.push_back(leaf(RuleKind::term, word(sequence, tongue) + " " + word(sequence, tongue)));
        any.children.push_back(leaf(RuleKind::term, word(sequence, tongue) + (number % 5 == 1 ? "*" : "")));
        Rule none = leaf(RuleKind::none_of, {});
        none.children.push_back(leaf(RuleKind::term, word(sequence, tongue)));
        all.children.push_back(std::move(any));
        all.children.push_back(std::move(none));
    }
    Watchlist watchlist;
    watchlist.id = "w" + std::to_string(number);
    watchlist.match = std::move(all);
    return watchlist;
}

std::shared_ptr<const match::Regions> regions() {
    const Result<match::RegionForms> forms =
        match::load_region_forms(std::filesystem::path{NEWSWATCH_SOURCE_DIR} / "config/regions");
    if (!forms) {
        log::error("bench", "{}", forms.error().line());
        return match::compile_regions({});
    }
    return match::compile_regions(*forms);
}

std::shared_ptr<const match::WatchlistSet> set_of(std::size_t count) {
    static const std::shared_ptr<const match::Regions> shared = regions();
    std::vector<Watchlist> watchlists;
    Sequence sequence{23};
    for (std::size_t i = 0; i < count; ++i)
        watchlists.push_back(generated(i, sequence));
    return match::WatchlistSet::compile(std::move(watchlists), {}, shared);
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
    const std::vector<Article> articles = mixed_articles();
    const auto set = set_of(static_cast<std::size_t>(state.range(0)));
    std::size_t matches = 0;
    for (auto _ : state) {
        for (const Article& article : articles)
            matches += match::match(*set, analyse::analyse(article)).size();
    }
    state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(articles.size()));
    state.counters["matches_per_article"] =
        static_cast<double>(matches) /
        static_cast<double>(state.iterations() * static_cast<int64_t>(articles.size()));
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

void compile_watchlists(benchmark::State& state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(set_of(static_cast<std::size_t>(state.range(0))));
    state.SetItemsProcessed(static_cast<int64_t>(state.iterations() * state.range(0)));
}

BENCHMARK(limit_icu_word_break_and_fold)->Unit(benchmark::kMillisecond);
BENCHMARK(analyse_and_match)->Arg(1000)->Arg(100'000)->Unit(benchmark::kMillisecond);
BENCHMARK(match_alone)->Arg(1000)->Arg(100'000)->Unit(benchmark::kMillisecond);
BENCHMARK(compile_watchlists)->Arg(1000)->Arg(100'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace newswatch::bench

BENCHMARK_MAIN();
