#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "analyse/analyser.h"
#include "icu_limit.h"
#include "news_text.h"

/// DESIGN.md §9: analyse against ICU word break + fold alone, over the same articles in the same run.
namespace newswatch::bench {
namespace {

constexpr std::size_t kArticles = 400;
constexpr std::size_t kBytes = 3600;

std::vector<Article> articles_in(const Tongue& tongue) {
    std::vector<Article> articles;
    Sequence sequence{7};
    for (std::size_t i = 0; i < kArticles; ++i) {
        Article article;
        article.title = news_text(tongue, 80, sequence);
        article.content = news_text(tongue, kBytes, sequence);
        article.language = tongue.code;
        articles.push_back(std::move(article));
    }
    return articles;
}

std::size_t bytes_of(const std::vector<Article>& articles) {
    std::size_t bytes = 0;
    for (const Article& article : articles)
        bytes += article.title.size() + article.content.size();
    return bytes;
}

const Tongue& tongue_of(const benchmark::State& state) {
    return tongues()[static_cast<std::size_t>(state.range(0))];
}

void count(benchmark::State& state, const std::vector<Article>& articles) {
    state.SetLabel(std::string{tongue_of(state).code});
    state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(bytes_of(articles)));
    state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(articles.size()));
}

void limit_icu_word_break_and_fold(benchmark::State& state) {
    const std::vector<Article> articles = articles_in(tongue_of(state));
    IcuWordBreakAndFold icu;
    for (auto _ : state) {
        for (const Article& article : articles) {
            benchmark::DoNotOptimize(icu.run(article.title));
            benchmark::DoNotOptimize(icu.run(article.content));
        }
    }
    count(state, articles);
}

void analyse_all(benchmark::State& state, const std::vector<Article>& articles) {
    for (auto _ : state) {
        for (const Article& article : articles)
            benchmark::DoNotOptimize(analyse::analyse(article));
    }
    count(state, articles);
}

void analyse_articles(benchmark::State& state) {
    analyse_all(state, articles_in(tongue_of(state)));
}

void analyse_articles_without_a_language(benchmark::State& state) {
    std::vector<Article> articles = articles_in(tongue_of(state));
    for (Article& article : articles)
        article.language.clear();
    analyse_all(state, articles);
}

/// Articles in all tongues in turn, none of them read before: what the daemon costs where every word may be
/// the first of its kind.
constexpr std::int64_t kNewArticles = 3000;

std::vector<Article> new_articles() {
    std::vector<Article> articles;
    Sequence sequence{31};
    for (std::int64_t i = 0; i < kNewArticles; ++i) {
        const Tongue& tongue = tongues()[static_cast<std::size_t>(i) % tongues().size()];
        Article article;
        article.title = news_text(tongue, 80, sequence);
        article.content = news_text(tongue, kBytes, sequence);
        article.language = tongue.code;
        articles.push_back(std::move(article));
    }
    return articles;
}

void limit_icu_on_new_articles(benchmark::State& state) {
    const std::vector<Article> articles = new_articles();
    IcuWordBreakAndFold icu;
    auto next = articles.begin();
    for (auto _ : state) {
        benchmark::DoNotOptimize(icu.run(next->title));
        benchmark::DoNotOptimize(icu.run(next->content));
        ++next;
    }
}

void analyse_new_articles(benchmark::State& state) {
    const std::vector<Article> articles = new_articles();
    auto next = articles.begin();
    for (auto _ : state)
        benchmark::DoNotOptimize(analyse::analyse(*next++));
}

void each_tongue(benchmark::internal::Benchmark* bench) {
    bench->DenseRange(0, static_cast<int64_t>(tongues().size()) - 1)->Unit(benchmark::kMillisecond);
}

BENCHMARK(limit_icu_on_new_articles)->Iterations(kNewArticles)->Unit(benchmark::kMicrosecond);
BENCHMARK(analyse_new_articles)->Iterations(kNewArticles)->Unit(benchmark::kMicrosecond);
BENCHMARK(limit_icu_word_break_and_fold)->Apply(each_tongue);
BENCHMARK(analyse_articles)->Apply(each_tongue);
BENCHMARK(analyse_articles_without_a_language)->Apply(each_tongue);

}  // namespace
}  // namespace newswatch::bench

BENCHMARK_MAIN();
