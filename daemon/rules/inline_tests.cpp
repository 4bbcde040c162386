#include "rules/inline_tests.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "analyse/analyser.h"
#include "base/format.h"
#include "rules/quoted_files.h"
#include "text/fold.h"

namespace newswatch::rules {

namespace {

Article article_of(const WatchlistTest& test) {
    return {.title = test.title, .content = test.text, .language = test.language};
}

/// A feed that every limit of the watchlist fits.
match::FeedContext any_feed_of(const Watchlist& watchlist) {
    if (watchlist.feeds.empty()) return {};
    const std::string_view feed = watchlist.feeds.front();
    return {.url = feed, .name = feed, .folder = feed};
}

/// Which word of its field a span begins with, counted from 1 as people do.
std::size_t word_number(const Analysed& article, const Span& span) {
    for (const AnalysedField& field : article.fields) {
        if (field.name != span.field || field.index != span.index) continue;
        std::size_t number = 0;
        for (const AnalysedWord& word : field.words) {
            if (text::count_code_points(field.text.substr(0, word.begin)) > span.start) break;
            ++number;
        }
        return number;
    }
    return 0;
}

/// `because: region SY  «Damascus»  (title, word 1)`, a line for each span.
std::string because(const Analysed& article, const std::vector<Span>& spans) {
    std::string lines;
    for (const Span& span : spans) {
        lines += lines.empty() ? "because: " : "\n         ";
        lines += format("{}  «{}»  ({}, word {})", span.term, span.text, name_of(span.field),
                        word_number(article, span));
    }
    return lines;
}

/// Why a test that should match does not, as far as one missing clause explains it.
std::string missing(const match::WatchlistSet& set, const Watchlist& watchlist, const Analysed& article) {
    for (const NearMatch& near : match::near_matches(set, article, any_feed_of(watchlist))) {
        if (near.watchlist == watchlist.id)
            return format("missing: {} ({})", near.missing, near.missing_rule);
    }
    return {};
}

/// What is said of a failing test; nothing where it passes.
std::optional<settings::Finding> run(const match::WatchlistSet& set, const Watchlist& watchlist,
                                     std::size_t index) {
    const WatchlistTest& test = watchlist.tests[index];
    const Article article = article_of(test);
    const Analysed analysed = analyse::analyse(article);
    const std::optional<Match> match = match::match_one(set, watchlist.id, analysed, any_feed_of(watchlist));
    if (match.has_value() == test.expect_match) return std::nullopt;

    settings::Finding finding{
        .code = "T40",
        .headline = format("test {} of {} failed: {}", index + 1, watchlist.id,
                           test.expect_match ? "it did not match, but `match` was expected"
                                             : "it matched, but `no_match` was expected"),
        .place = test.place,
        .length = static_cast<unsigned>(text::count_code_points(test.title.empty() ? test.text : test.title)),
        .label = test.why};
    if (match) {
        if (!match->spans.empty()) finding.help.push_back(because(analysed, match->spans));
        finding.help.emplace_back("help: change `expect`, or tighten `match`");
    } else {
        if (std::string clause = missing(set, watchlist, analysed); !clause.empty()) {
            finding.help.push_back(std::move(clause));
        }
        finding.help.emplace_back("help: change `expect`, or widen `match`");
    }
    return finding;
}

/// A title may go on over several lines of the file; the caret stays in the line that is shown.
unsigned within_line(const settings::Finding& finding) {
    const std::size_t size = text::count_code_points(finding.excerpt);
    const std::size_t before = finding.place.column == 0 ? 0 : finding.place.column - 1;
    return static_cast<unsigned>(
        std::clamp<std::size_t>(finding.length, 1, size > before ? size - before : 1));
}

}  // namespace

TestRun run_tests(const match::WatchlistSet& set, const std::vector<Watchlist>& watchlists,
                  const std::filesystem::path& base) {
    TestRun run_of_all;
    QuotedFiles files{base};
    std::vector<const Watchlist*> by_id;
    for (const Watchlist& watchlist : watchlists)
        by_id.push_back(&watchlist);
    std::ranges::stable_sort(by_id, {},
                             [](const Watchlist* watchlist) { return std::string_view{watchlist->id}; });
    for (const Watchlist* one : by_id) {
        const Watchlist& watchlist = *one;
        TestedWatchlist tested{.watchlist = watchlist.id, .place = watchlist.place};
        for (std::size_t index = 0; index < watchlist.tests.size(); ++index) {
            std::optional<settings::Finding> finding = run(set, watchlist, index);
            if (!finding) {
                ++tested.passed;
                continue;
            }
            ++tested.failed;
            finding->excerpt = files.line(finding->place);
            finding->length = within_line(*finding);
            run_of_all.findings.push_back(std::move(*finding));
        }
        run_of_all.watchlists.push_back(std::move(tested));
    }
    return run_of_all;
}

}  // namespace newswatch::rules
