#include "article_page/body.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_set>

#include "article_page/characters.h"

namespace newswatch::article_page {

namespace {

/// How much of a block counts as an article's prose.
double prose(const Block& block) {
    if (is_heading(block.tag) || block.tag == GUMBO_TAG_FIGCAPTION) return 0;
    if (block.phrase.phrase == Phrase::copyright || block.phrase.phrase == Phrase::cookies) return 0;
    const double share = block.link_share();
    if (share > 0.6) return 0;
    const auto free = static_cast<double>(block.weight - block.link_weight);
    const double kind = block.tag == GUMBO_TAG_P || block.tag == GUMBO_TAG_BLOCKQUOTE ? 1.0
                        : block.tag == GUMBO_TAG_LI                                   ? 0.5
                                                                                      : 0.9;
    if (!block.sentence()) return free < 25 ? 0 : free * 0.2;
    return kind * free * (1 - share);
}

/// Sums over the blocks, so that every element's are there at once.
class Sums {
  public:
    explicit Sums(const Outline& outline) : outline_{outline} {
        prose_.push_back(0);
        weight_.push_back(0);
        for (const Block& block : outline.blocks()) {
            prose_.push_back(prose_.back() + prose(block));
            weight_.push_back(weight_.back() + static_cast<double>(block.weight) +
                              static_cast<double>(block.link_weight));
        }
    }
    [[nodiscard]] double all_prose() const { return prose_.back(); }
    [[nodiscard]] double prose_under(NodeIndex at) const { return under(prose_, at); }
    [[nodiscard]] double weight_under(NodeIndex at) const { return under(weight_, at); }

  private:
    [[nodiscard]] double under(const std::vector<double>& sums, NodeIndex at) const {
        const auto [from, to] = outline_.blocks_under(at);
        return sums[to] - sums[from];
    }
    const Outline& outline_;
    std::vector<double> prose_{};
    std::vector<double> weight_{};
};

bool may_hold_article(GumboTag tag) {
    switch (tag) {  // NOLINT(clang-diagnostic-switch-enum)
        case GUMBO_TAG_P:
        case GUMBO_TAG_LI:
        case GUMBO_TAG_UL:
        case GUMBO_TAG_OL:
        case GUMBO_TAG_BLOCKQUOTE:
        case GUMBO_TAG_TR:
            return false;
        default:
            return breaks_line(tag) && !is_heading(tag);
    }
}

double prior(const Outline& outline, NodeIndex at) {
    const Page& page = outline.page();
    const NameHints& names = outline.hints(at);
    double bonus = 1;
    if (page.attribute(at, "itemprop") == "articleBody")
        bonus += 0.3;
    else if (names.body)
        bonus += 0.2;
    else if (page[at].tag == GUMBO_TAG_ARTICLE)
        bonus += 0.15;
    else if (page[at].tag == GUMBO_TAG_MAIN || page.attribute(at, "role") == "main")
        bonus += 0.05;
    else if (names.article)
        bonus += 0.05;
    if (names.junk || names.meta) bonus -= 0.1;
    return bonus;
}

/// The element whose blocks are the most of the page's prose with the least of anything else.
NodeIndex choose_root(const Outline& outline) {
    const Page& page = outline.page();
    const Sums sums{outline};
    NodeIndex best = page.body();
    double best_score = 0;
    if (sums.all_prose() <= 0) return best;
    for (NodeIndex at = page.body(); at < page.size(); ++at) {
        if (page[at].text || !may_hold_article(page[at].tag)) continue;
        const double inside = sums.prose_under(at);
        if (inside <= 0) continue;
        const double recall = inside / sums.all_prose();
        const double precision = inside / sums.weight_under(at);
        const double score = prior(outline, at) * std::pow(recall, 1.0) * std::sqrt(precision);
        if (score < best_score) continue;
        best_score = score;
        best = at;
    }
    return best;
}

/// Decides block by block inside the root.
class Filter {
  public:
    Filter(const Outline& outline, Body& body, std::string_view title, std::string_view stated)
        : outline_{outline}, body_{body}, title_{letters_of(title)}, stated_{letters_of(stated)} {
        const auto [from, to] = outline.blocks_under(body.root);
        from_ = from;
        to_ = to;
    }

    void run() {
        for (std::size_t i = from_; i < to_; ++i)
            body_.verdicts[i] = judge(i);
        trim_start();
        trim_end();
        drop_idle_headings();
    }

  private:
    [[nodiscard]] const Block& block(std::size_t i) const { return outline_.blocks()[i]; }

    static Verdict keep(std::string_view reason) { return {true, reason}; }
    static Verdict drop(std::string_view reason) { return {false, reason}; }

    Verdict judge(std::size_t i) {
        const Block& at = block(i);
        const std::string letters = letters_of(std::string_view{at.text}.substr(0, 4000));
        if (letters.empty()) return drop("no words");
        if (!title_.empty() && letters == title_) return drop("the title again");
        if (at.weight >= 20 && !is_heading(at.tag) && at.table == kNobody && !seen_.insert(letters).second)
            return drop("said before");
        if (const Verdict by_phrase = judge_phrase(at); !by_phrase.reason.empty()) return by_phrase;
        if (!stated_.empty() && at.weight >= 40 && stated_.find(letters) != std::string::npos)
            return keep("in the stated text");
        if (at.tag == GUMBO_TAG_FIGCAPTION || at.tag == GUMBO_TAG_CAPTION || at.tag == GUMBO_TAG_FIGURE)
            return drop("a caption");
        if (const std::string_view named = name_objection(at); !named.empty()) return drop(named);
        if (is_heading(at.tag)) return at.link_share() > 0.8 ? drop("a linked heading") : keep("a heading");
        if (at.list != kNobody) return judge_list(at);
        if (at.table != kNobody && at.table > body_.root) return judge_table(at);
        if (at.link_share() > 0.9 && at.weight < 200 && !at.sentence()) return drop("only a link");
        if (at.link_share() > 0.66 && at.weight < 120) return drop("mostly links");
        if (at.sentence()) return keep("prose");
        const bool paragraph =
            at.tag == GUMBO_TAG_P || at.tag == GUMBO_TAG_BLOCKQUOTE || at.tag == GUMBO_TAG_PRE;
        return paragraph ? keep("a short paragraph") : drop("a label");
    }

    /// Names between the block and the root.
    std::string_view name_objection(const Block& at) const {
        if (at.weight > 700) return {};
        for (NodeIndex node = at.container; node > body_.root; node = outline_.page()[node].parent) {
            const NameHints& names = outline_.hints(node);
            if (names.body) return {};
            if (names.caption && at.weight < 250) return "named as a caption";
            if (names.author) return "named as an author";
            if (names.date && at.weight < 80) return "named as a date";
            if (names.meta && !at.sentence()) return "named as a line about the article";
        }
        return {};
    }

    static Verdict judge_phrase(const Block& at) {
        const bool mostly = at.phrase.size * 3 >= at.folded.size() && at.text.size() < 96;
        switch (at.phrase.phrase) {
            case Phrase::none:
                return {};
            case Phrase::read_also:
                return at.link_share() > 0.3 || at.weight < 150 ? drop("begins with read also") : Verdict{};
            case Phrase::source:
                return at.weight < 80 ? drop("begins with source") : Verdict{};
            case Phrase::tags:
                return at.weight < 200 ? drop("begins with tags") : Verdict{};
            case Phrase::copyright:
                return at.weight < 250 ? drop("a copyright notice") : Verdict{};
            case Phrase::cookies:
                return drop("a notice about cookies");
            case Phrase::credit:
                return at.weight < 100 ? drop("a picture's credit") : Verdict{};
            case Phrase::advertisement:
                return mostly ? drop("an advertisement") : Verdict{};
            case Phrase::share:
            case Phrase::comments:
            case Phrase::subscribe:
                return mostly || (at.link_share() > 0.5 && at.weight < 150)
                           ? drop("share, comments or subscription")
                           : Verdict{};
            case Phrase::author:
            case Phrase::published:
            case Phrase::updated:
            case Phrase::reading_time:
            case Phrase::print:
                return at.weight < 80 && !ends_sentence(at.text) ? drop("a line about the article")
                                                                 : Verdict{};
        }
        return {};
    }

    bool mostly_links(NodeIndex element) const {
        const auto [from, to] = outline_.blocks_under(element);
        double weight = 0;
        double links = 0;
        for (std::size_t i = from; i < to; ++i) {
            weight += static_cast<double>(block(i).weight);
            links += static_cast<double>(block(i).link_weight);
        }
        return links > 0.6 * weight;
    }

    Verdict judge_list(const Block& at) const {
        if (at.list > body_.root && mostly_links(at.list)) return drop("a list of links");
        return keep("a list");
    }

    Verdict judge_table(const Block& at) const {
        return mostly_links(at.table) ? drop("a table of links") : keep("a table");
    }

    /// Before the first sentence stand date, author, section and buttons.
    void trim_start() {
        std::size_t first = from_;
        while (first < to_ && !(body_.verdicts[first].kept && block(first).sentence()))
            ++first;
        if (first == to_) return;
        for (std::size_t i = from_; i < first; ++i) {
            const bool short_line = !is_heading(block(i).tag) || block(i).tag == GUMBO_TAG_H1;
            if (body_.verdicts[i].kept && short_line && block(i).list == kNobody)
                body_.verdicts[i] = drop("before the first sentence");
        }
    }

    void trim_end() {
        std::size_t end = to_;
        while (end > from_ && !(body_.verdicts[end - 1].kept && block(end - 1).sentence()))
            --end;
        if (end == from_) return;
        for (std::size_t i = end; i < to_; ++i) {
            if (body_.verdicts[i].kept && block(i).list == kNobody && block(i).table == kNobody &&
                block(i).weight < 60)
                body_.verdicts[i] = drop("after the last sentence");
        }
    }

    /// A heading stays where text follows it before the next one of its rank.
    void drop_idle_headings() {
        bool text_follows = false;
        for (std::size_t i = to_; i > from_; --i) {
            Verdict& verdict = body_.verdicts[i - 1];
            if (!verdict.kept) continue;
            if (!is_heading(block(i - 1).tag)) {
                text_follows = true;
                continue;
            }
            if (!text_follows) verdict = drop("a heading with nothing under it");
        }
    }

    const Outline& outline_;
    Body& body_;
    std::string title_;
    std::string stated_;
    std::size_t from_{0};
    std::size_t to_{0};
    std::unordered_set<std::string> seen_{};
};

}  // namespace

Body choose_body(const Outline& outline, std::string_view title, std::string_view stated) {
    Body body;
    body.root = choose_root(outline);
    body.verdicts.assign(outline.blocks().size(), Verdict{false, "outside the article"});
    Filter{outline, body, title, stated}.run();
    for (std::size_t i = 0; i < body.verdicts.size(); ++i) {
        if (body.verdicts[i].kept) body.text.append(outline.blocks()[i].text).append("\n");
    }
    if (!body.text.empty()) body.text.pop_back();
    return body;
}

}  // namespace newswatch::article_page
