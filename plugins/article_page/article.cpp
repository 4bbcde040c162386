#include "article_page/article.h"

#include <algorithm>
#include <utility>

#include "article_page/blocks.h"
#include "article_page/body.h"
#include "article_page/byline.h"
#include "article_page/characters.h"
#include "article_page/dateline.h"
#include "article_page/explanation.h"
#include "article_page/headline.h"
#include "article_page/json_ld.h"
#include "article_page/page.h"
#include "article_page/scan.h"
#include "text/html.h"
#include "text/language.h"
#include "text/url.h"

namespace newswatch::article_page {

namespace {

/// What the page states, unless the text is surely in another language.
Statement choose_language(const Facts& facts, const std::string& text) {
    const text::Language heard = text.size() >= 200 ? text::detect_language(text) : text::Language{};
    for (const Statement& stated : facts.languages) {
        const std::string_view first =
            std::string_view{stated.value}.substr(0, stated.value.find_first_of(",; "));
        const text::Language language = text::language_of_tag(first);
        if (!language.known()) continue;
        if (!heard.known() || heard == language) return {std::string{first}, stated.source};
    }
    if (heard.known()) return {text::code_of(heard), "the text"};
    return {};
}

/// The first stated address that can be this page's: of the same site, and not merely the site's front page.
Statement choose_address(const Facts& facts, std::string_view url) {
    const text::UrlParts own = text::split_url(url);
    for (const Statement& stated : facts.addresses) {
        const std::string absolute = text::resolve_url(stated.value, url);
        const text::UrlParts parts = text::split_url(absolute);
        const bool front_page = parts.path.size() <= 1 && parts.query.empty();
        if (absolute.empty() || (front_page && own.path.size() > 1)) continue;
        return {absolute, stated.source};
    }
    return {std::string{url}, "address"};
}

std::string stated_text(const Facts& facts) {
    if (facts.bodies.empty()) return {};
    const std::string& body = facts.bodies.front().value;
    return body.find_first_of("<&") == std::string::npos ? text::tidy_text(body) : text::html_to_text(body);
}

}  // namespace

PageArticle read_article(std::string_view html, std::string_view url, Explain explain) {
    const ScannedPage scanned = scan(html);
    const LinkedData linked = read_linked_data(scanned.structured);
    const Page page{scanned.html};
    const Facts facts = read_facts(page, linked, url);
    const Outline outline{page};

    PageArticle article;
    article.site = choose_site(facts, url);
    const Headline headline = choose_title(outline, facts, article.site.value);
    article.title = {headline.title, headline.source};
    const std::string stated = stated_text(facts);
    Body body = choose_body(outline, headline.title, stated);
    article.text = body.text;
    // The page shows less than it states: the rest is loaded by scripts.
    constexpr std::size_t kThin = 250;
    if (weight(article.text) < kThin && weight(stated) > 2 * weight(article.text) && weight(stated) > kThin)
        article.text = stated;
    article.language = choose_language(facts, article.text);
    article.authors = choose_authors(outline, facts, article.site.value, headline.node, body.root);
    Dates dates = choose_dates(outline, facts, url, article.language.value, headline.node, body.root);
    article.published = std::move(dates.published);
    article.updated = std::move(dates.updated);
    article.url = choose_address(facts, url);
    if (!facts.images.empty()) article.image = facts.images.front();
    article.base = facts.base;
    article.next_page = facts.next_page;
    article.paged = facts.paged;
    article.cut = scanned.cut;
    if (explain == Explain::yes) article.explanation = explanation(outline, body, article);
    return article;
}

}  // namespace newswatch::article_page
