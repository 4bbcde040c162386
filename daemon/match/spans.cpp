#include "match/spans.h"

#include <algorithm>
#include <tuple>

#include "text/fold.h"

namespace newswatch::match {
namespace {

/// Offsets in code points of rising offsets in bytes, counting every byte once.
class CodePointCounter {
  public:
    explicit CodePointCounter(std::string_view text) : text_{text} {}
    std::uint32_t at(std::uint32_t byte) {
        if (byte < byte_) byte_ = count_ = 0;
        count_ += static_cast<std::uint32_t>(text::count_code_points(text_.substr(byte_, byte - byte_)));
        byte_ = byte;
        return count_;
    }

  private:
    std::string_view text_;
    std::uint32_t byte_{0};
    std::uint32_t count_{0};
};

Span span_of(const ArticleHits& hits, std::uint32_t watchlist, const Evidence& evidence) {
    const CompiledRules& rules = hits.rules();
    const Node& leaf = rules.nodes[evidence.leaf];
    const Occurrence& occurrence = evidence.occurrence;
    const AnalysedField& field = hits.article().fields[occurrence.field];
    Span span{.field = field.name, .index = field.index};
    span.text = std::string{field.text.substr(occurrence.begin, occurrence.end - occurrence.begin)};
    span.term = std::string{rules.pool.at(leaf.text)};
    if (leaf.kind == RuleKind::region) {
        if (span.term.empty()) span.term = rules.regions->code(occurrence.region);
        span.meaning = rules.regions->name(occurrence.region);
    }
    if (evidence.group != kNone) {
        const Node& group = rules.nodes[evidence.group];
        span.meaning = std::string{rules.pool.at(rules.concept_names[group.text])};
    }
    span.rule = rules.place_of(watchlist, evidence.ordinal);
    return span;
}

auto place_of(const Evidence& evidence) {
    const Occurrence& occurrence = evidence.occurrence;
    return std::tuple{occurrence.field, occurrence.begin, occurrence.end};
}

}  // namespace

std::vector<Span> spans_of(const ArticleHits& hits, std::uint32_t watchlist,
                           const std::vector<Evidence>& evidence) {
    std::vector<Evidence> ordered = evidence;
    std::ranges::stable_sort(ordered,
                             [](const Evidence& a, const Evidence& b) { return place_of(a) < place_of(b); });
    std::vector<Span> spans;
    for (std::size_t i = 0; i < ordered.size();) {
        const std::uint32_t field = ordered[i].occurrence.field;
        CodePointCounter begins{hits.article().fields[field].text};
        CodePointCounter ends{hits.article().fields[field].text};
        std::size_t same_place = spans.size();
        for (; i < ordered.size() && ordered[i].occurrence.field == field; ++i) {
            Span span = span_of(hits, watchlist, ordered[i]);
            span.start = begins.at(ordered[i].occurrence.begin);
            span.end = ends.at(ordered[i].occurrence.end);
            if (i > 0 && place_of(ordered[i - 1]) != place_of(ordered[i])) same_place = spans.size();
            const auto here = spans.begin() + static_cast<std::ptrdiff_t>(same_place);
            const bool told = std::any_of(here, spans.end(), [&](const Span& other) {
                return other.term == span.term && other.rule == span.rule;
            });
            if (!told) spans.push_back(std::move(span));
        }
    }
    return spans;
}

}  // namespace newswatch::match
