#include "article_page/headline.h"

#include <algorithm>
#include <array>
#include <vector>

#include "article_page/characters.h"
#include "text/fold.h"
#include "text/url.h"

namespace newswatch::article_page {

namespace {

constexpr std::array<std::string_view, 14> kSeparators = {" | ", " : ", " - ", " – ", " — ", " :: ", " » ",
                                                          " « ", " • ", " · ", " / ", " ‹ ", " > ",  " ｜ "};

struct Heading {
    NodeIndex node;
    std::string text;
    std::string letters;
    GumboTag tag;
    bool named;
};

/// The headings of the page as people see them, in document order.
std::vector<Heading> headings_of(const Outline& outline) {
    constexpr std::size_t kMost = 60;
    const Page& page = outline.page();
    std::vector<Heading> headings;
    for (NodeIndex at = page.body(); at < page.size() && headings.size() < kMost; ++at) {
        if (page[at].text) continue;
        const bool named = page.attribute(at, "itemprop") == "headline" ||
                           (outline.hints(at).title && !outline.hints(at).junk);
        if (!is_heading(page[at].tag) && !named) continue;
        if (page[at].tag > GUMBO_TAG_H3 && is_heading(page[at].tag) && !named) continue;
        std::string text = page.text_under(at, 600);
        if (text.empty() || text.size() > 500) continue;
        std::string letters = letters_of(text);
        headings.push_back({at, std::move(text), std::move(letters), page[at].tag, named});
    }
    return headings;
}

/// Pieces of a title between its separators.
std::vector<std::string_view> pieces_of(std::string_view title) {
    std::vector<std::string_view> pieces;
    std::size_t from = 0;
    for (std::size_t at = 0; at < title.size(); ++at) {
        for (const std::string_view separator : kSeparators) {
            if (!title.substr(at).starts_with(separator)) continue;
            pieces.push_back(title.substr(from, at - from));
            from = at + separator.size();
            at = from - 1;
            break;
        }
    }
    pieces.push_back(title.substr(from));
    return pieces;
}

/// The title without what names the site: a piece at an end that is the site, or is short beside the rest.
std::string without_site(std::string_view title, std::string_view site) {
    const std::string site_letters = letters_of(site);
    std::vector<std::string_view> pieces = pieces_of(title);
    if (pieces.size() < 2) return std::string{title};
    const auto names_site = [&](std::string_view piece) {
        const std::string letters = letters_of(piece);
        if (letters.empty()) return true;
        return !site_letters.empty() &&
               (letters == site_letters || site_letters.find(letters) != std::string::npos ||
                (site_letters.size() >= 4 && letters.find(site_letters) != std::string::npos));
    };
    std::size_t from = 0;
    std::size_t to = pieces.size();
    while (to - from > 1 && names_site(pieces[to - 1]))
        --to;
    while (to - from > 1 && names_site(pieces[from]))
        ++from;
    const char* const begin = pieces[from].data();
    const char* const end = pieces[to - 1].data() + pieces[to - 1].size();
    return std::string{begin, static_cast<std::size_t>(end - begin)};
}

/// What is left where nothing confirms a title: the longest piece.
std::string longest_piece(std::string_view title) {
    const std::vector<std::string_view> pieces = pieces_of(title);
    if (pieces.size() < 2) return std::string{title};
    const auto longest =
        std::max_element(pieces.begin(), pieces.end(), [](auto a, auto b) { return weight(a) < weight(b); });
    return weight(*longest) >= 15 ? std::string{*longest} : std::string{title};
}

bool shares_most(const std::string& a, const std::string& b) {
    if (a.empty() || b.empty()) return false;
    const auto& longer = a.size() >= b.size() ? a : b;
    const auto& shorter = a.size() >= b.size() ? b : a;
    return shorter.size() * 10 >= longer.size() * 4 && shorter.size() >= 8 &&
           longer.find(shorter) != std::string::npos;
}

}  // namespace

namespace {

/// What the page states as its title, without the site's name; nothing that is only that name.
std::vector<Statement> stated_titles(const Facts& facts, std::string_view site) {
    std::vector<Statement> all = facts.titles;
    if (!facts.title_element.empty()) all.push_back({facts.title_element, "title element"});
    std::vector<Statement> titles;
    const std::string site_letters = letters_of(site);
    for (const Statement& statement : all) {
        std::string bare = without_site(folded_blanks(statement.value), site);
        if (letters_of(bare) != site_letters) titles.push_back({std::move(bare), statement.source});
    }
    return titles;
}

bool is_main(const Heading& heading) {
    return heading.tag == GUMBO_TAG_H1 || heading.named;
}

/// A heading that says what the page states, or one piece of it.
Headline confirmed(const std::vector<Statement>& stated, const std::vector<Heading>& headings) {
    for (const Statement& statement : stated) {
        const std::string bare = letters_of(statement.value);
        for (const Heading& heading : headings)
            if (heading.letters == bare) return {heading.text, statement.source, heading.node};
    }
    for (const Statement& statement : stated) {
        for (const std::string_view piece : pieces_of(statement.value)) {
            const std::string letters = letters_of(piece);
            for (const Heading& heading : headings)
                if (weight(piece) >= 6 && heading.letters == letters)
                    return {heading.text, statement.source, heading.node};
        }
    }
    // With a kicker in front, or shortened: the shorter one is the title.
    for (const Statement& statement : stated) {
        const std::string bare = letters_of(statement.value);
        for (const Heading& heading : headings) {
            if (!is_main(heading) || !shares_most(heading.letters, bare)) continue;
            const bool heading_is_shorter = heading.letters.size() < bare.size();
            return {heading_is_shorter ? heading.text : statement.value, statement.source, heading.node};
        }
    }
    return {};
}

/// How many of a heading's words the page states too.
double common_words(std::string_view heading, std::string_view stated) {
    const std::string there = " " + text::fold(stated) + " ";
    const std::string words = text::fold(heading) + " ";
    double all = 0;
    double common = 0;
    for (std::size_t from = 0; from < words.size();) {
        const std::size_t end = words.find(' ', from);
        if (end > from + 2) {
            ++all;
            common += there.find(words.substr(from, end - from)) != std::string::npos ? 1 : 0;
        }
        from = end + 1;
    }
    return all == 0 ? 0 : common / all;
}

}  // namespace

Headline choose_title(const Outline& outline, const Facts& facts, std::string_view site) {
    const std::vector<Statement> stated = stated_titles(facts, site);
    const std::vector<Heading> headings = headings_of(outline);
    if (Headline found = confirmed(stated, headings); !found.title.empty()) return found;
    for (const Heading& heading : headings) {
        if (heading.tag != GUMBO_TAG_H1 || heading.letters == letters_of(site)) continue;
        const bool related = std::any_of(stated.begin(), stated.end(), [&](const Statement& statement) {
            return common_words(heading.text, statement.value) >= 0.4;
        });
        if (stated.empty() || related) return {heading.text, "heading", heading.node};
    }
    if (stated.empty())
        return headings.empty() ? Headline{}
                                : Headline{headings.front().text, "heading", headings.front().node};
    if (stated.front().source == "title element")
        return {longest_piece(stated.front().value), stated.front().source, kNobody};
    return {stated.front().value, stated.front().source, kNobody};
}

Statement choose_site(const Facts& facts, std::string_view url) {
    for (const Statement& site : facts.sites) {
        if (!letters_of(site.value).empty() && site.value.size() < 100)
            return {folded_blanks(site.value), site.source};
    }
    std::string_view host = text::split_url(url).host;
    if (host.starts_with("www.")) host.remove_prefix(4);
    return {std::string{host}, "host"};
}

}  // namespace newswatch::article_page
