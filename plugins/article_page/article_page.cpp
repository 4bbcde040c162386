/// An HTML page that is an article.

#include <newswatch/parser_plugin.h>

#include <exception>
#include <string>

#include "article_page/article.h"
#include "feed/entry.h"
#include "json/reader.h"

namespace newswatch::article_page {

namespace {

/// A page at a feed's address is a mistake that people should hear of: only who names this plug-in gets it.
int probe(const nw_document*) {
    return 0;
}

/// `{"explain": true}`; anything else is told.
Explain read_settings(nw_text settings, feed::Output& output) {
    Explain explain = Explain::no;
    json::JsonReader reader{feed::view(settings)};
    if (settings.size == 0) return explain;
    reader.members([&](std::string_view name) {
        std::string scratch;
        if (name == "explain")
            explain = reader.text(scratch) == "true" ? Explain::yes : Explain::no;
        else
            output.problem("article_page: unknown setting: " + std::string{name}, NW_NOWHERE);
    });
    return explain;
}

/// Lines as HTML: the host joins the lines of plain text, where feeds break them at random.
std::string as_html(std::string_view lines) {
    std::string html;
    html.reserve(lines.size() + lines.size() / 8);
    for (const char c : lines) {
        if (c == '&')
            html += "&amp;";
        else if (c == '<')
            html += "&lt;";
        else if (c == '\n')
            html += "<br>";
        else
            html += c;
    }
    return html;
}

void send(const PageArticle& article, feed::Output& output) {
    output.format("article-page", article.cut);
    if (article.cut) output.problem("page-beyond-the-limits", 0);
    if (!article.next_page.empty()) output.problem("the article goes on at " + article.next_page, NW_NOWHERE);
    output.feed_field("title", NW_TEXT, article.site.value);
    output.feed_field("language", NW_TEXT, article.language.value);
    output.feed_field("description", NW_HTML, as_html(article.explanation));
    feed::Entry entry;
    const auto offer = [&](feed::Slot slot, nw_kind kind, const std::string& value) {
        entry.offer(slot, feed::kOwn, kind, value, article.base);
    };
    offer(feed::Slot::url, NW_URL, article.url.value);
    offer(feed::Slot::title, NW_TEXT, article.title.value);
    const std::string content = as_html(article.text);  // lives until it is sent
    offer(feed::Slot::content, NW_HTML, content);
    offer(feed::Slot::published, NW_DATE, article.published.value);
    offer(feed::Slot::updated, NW_DATE, article.updated.value);
    offer(feed::Slot::language, NW_TEXT, article.language.value);
    offer(feed::Slot::image, NW_URL, article.image.value);
    for (const Statement& author : article.authors)
        entry.person(author.value, {}, {});
    entry.send(output);
}

int parse(const nw_document* document, const nw_sink* sink) {
    try {
        feed::Output output{*sink};
        const Explain explain = read_settings(document->settings, output);
        const PageArticle article =
            read_article(feed::view(document->text), feed::view(document->url), explain);
        if (article.title.value.empty() && article.text.empty()) {
            output.problem("no article: neither a title nor a text", NW_NOWHERE);
            return 1;
        }
        send(article, output);
        return output.answer();
    } catch (const std::exception&) {
        return 1;  // out of memory: the host reports that this plug-in refused the document
    }
}

constexpr nw_parser_plugin kPlugin = {NW_PARSER_ABI_VERSION, sizeof(nw_parser_plugin), "article_page", probe,
                                      parse};

}  // namespace

}  // namespace newswatch::article_page

extern "C" __attribute__((visibility("default"))) const nw_parser_plugin* newswatch_parser_plugin(void) {
    return &newswatch::article_page::kPlugin;
}
