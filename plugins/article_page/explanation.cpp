#include "article_page/explanation.h"

#include <string_view>

#include "article_page/characters.h"

namespace newswatch::article_page {

namespace {

constexpr std::size_t kShown = 70;  // bytes of a block

std::string start_of(std::string_view text) {
    std::string start = folded_blanks(text.substr(0, 4 * kShown));
    if (start.size() <= kShown) return start;
    std::size_t end = kShown;
    while (end > 0 && (static_cast<unsigned char>(start[end]) & 0xC0U) == 0x80U)
        --end;
    return start.substr(0, end) + "…";
}

/// `div#story.article-text`
std::string name_of(const Page& page, NodeIndex at) {
    if (at == kNobody) return "nothing";
    std::string name = gumbo_normalized_tagname(page[at].tag);
    if (name.empty()) name = "element";
    if (const std::string_view id = page.attribute(at, "id"); !id.empty())
        name.append("#").append(id.substr(0, 40));
    if (const std::string_view classes = page.attribute(at, "class"); !classes.empty()) {
        name.append(".").append(classes.substr(0, std::min<std::size_t>(60, classes.find(' '))));
    }
    return name;
}

void add_fact(std::string& lines, std::string_view name, const Statement& fact) {
    lines.append(name).append(": ");
    if (fact.value.empty())
        lines.append("not found");
    else
        lines.append(start_of(fact.value)).append(" (").append(fact.source).append(")");
    lines.append("\n");
}

}  // namespace

std::string explanation(const Outline& outline, const Body& body, const PageArticle& article) {
    std::string lines;
    add_fact(lines, "title", article.title);
    for (const Statement& author : article.authors)
        add_fact(lines, "author", author);
    add_fact(lines, "published", article.published);
    add_fact(lines, "updated", article.updated);
    add_fact(lines, "language", article.language);
    add_fact(lines, "site", article.site);
    add_fact(lines, "image", article.image);
    add_fact(lines, "url", article.url);
    lines.append("article: ").append(name_of(outline.page(), body.root)).append("\n");
    for (const Omission& omission : outline.omissions()) {
        lines.append("- ")
            .append(name_of(outline.page(), omission.node))
            .append(" [")
            .append(omission.reason)
            .append("] ");
        lines.append(start_of(outline.page().text_under(omission.node, 300))).append("\n");
    }
    for (std::size_t i = 0; i < body.verdicts.size(); ++i) {
        const Block& block = outline.blocks()[i];
        lines.append(body.verdicts[i].kept ? "+ " : "- ").append(name_of(outline.page(), block.container));
        lines.append(" [")
            .append(body.verdicts[i].reason)
            .append("] ")
            .append(start_of(block.text))
            .append("\n");
    }
    return lines;
}

}  // namespace newswatch::article_page
