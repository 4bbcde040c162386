#include <gtest/gtest.h>

#include <string>

#include "reading.h"
#include "text/date.h"

/// Which element of which vocabulary becomes what: one line for each way in which publishers say a thing.
/// Where feedparser 6 says otherwise, docs/feeds.md tells why.
namespace newswatch::parse {

namespace {

struct Element {
    const char* written;
    const char* said;
};
void PrintTo(const Element& element, std::ostream* out) {
    *out << element.written;
}

/// `title=T | author=Ada <ada@a.example> | …`, only what is known.
class Saying {
  public:
    void add(std::string_view name, std::string_view value) {
        if (value.empty()) return;
        text_.append(text_.empty() ? "" : " | ").append(name).append("=").append(value);
    }
    void add(std::string_view name, const std::optional<Time>& time) {
        if (time) add(name, text::rfc3339(*time));
    }
    [[nodiscard]] const std::string& text() const { return text_; }

  private:
    std::string text_{};
};

std::string joined(std::string_view first, std::string_view second) {
    return std::string{first}.append(first.empty() || second.empty() ? "" : " ").append(second);
}

std::string said_of(const Article& article) {
    Saying saying;
    saying.add("id", article.own_id);
    saying.add("url", article.url);
    saying.add("title", article.title);
    saying.add("summary", article.summary);
    saying.add("content", article.content);
    saying.add("published", article.published);
    saying.add("updated", article.updated);
    saying.add("language", article.language);
    for (const Person& author : article.authors) {
        const std::string email = author.email.empty() ? "" : "<" + author.email + ">";
        saying.add("author", joined(joined(author.name, email), author.uri));
    }
    for (const std::string& category : article.categories)
        saying.add("category", category);
    for (const Enclosure& file : article.enclosures) {
        const std::string length = file.length ? std::to_string(*file.length) : "";
        saying.add("file", joined(joined(file.url, file.type), length));
    }
    saying.add("image", article.image);
    return saying.text();
}

std::string said_of(const FeedFacts& feed) {
    Saying saying;
    saying.add("title", feed.title);
    saying.add("link", feed.link);
    saying.add("description", feed.description);
    saying.add("language", feed.language);
    saying.add("updated", feed.updated);
    if (feed.ttl_minutes) saying.add("ttl_minutes", std::to_string(*feed.ttl_minutes));
    return saying.text();
}

constexpr std::string_view kVocabularies =
    " xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:content='http://purl.org/rss/1.0/modules/content/'"
    " xmlns:media='http://search.yahoo.com/mrss/' xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'"
    " xmlns:dcterms='http://purl.org/dc/terms/' xmlns:atom='http://www.w3.org/2005/Atom'"
    " xmlns:prism='http://prismstandard.org/namespaces/1.2/basic/'"
    " xmlns:geo='http://www.w3.org/2003/01/geo/wgs84_pos#' xmlns:georss='http://www.georss.org/georss'"
    " xmlns:slash='http://purl.org/rss/1.0/modules/slash/'";

ParsedDocument read_whole(const std::string& document) {
    auto parsed = read(document, "http://example.com/feed.xml");
    EXPECT_TRUE(parsed) << document;
    if (!parsed) return {};
    EXPECT_FALSE(parsed->recovered) << document;
    return std::move(*parsed);
}

std::string rss(std::string_view channel, std::string_view item) {
    return std::string{"<rss version='2.0'"}
        .append(kVocabularies)
        .append("><channel>")
        .append(channel)
        .append("<item>")
        .append(item)
        .append("</item></channel></rss>");
}

std::string atom(std::string_view root, std::string_view facts, std::string_view entry) {
    return std::string{"<feed "}
        .append(root)
        .append(">")
        .append(facts)
        .append("<entry>")
        .append(entry)
        .append("</entry></feed>");
}

constexpr std::string_view kAtom = "xmlns='http://www.w3.org/2005/Atom'";
constexpr std::string_view kAtom03 = "version='0.3' xmlns='http://purl.org/atom/ns#'";

std::string said_of_article(const std::string& document) {
    const ParsedDocument parsed = read_whole(document);
    return parsed.articles.size() == 1 ? said_of(parsed.articles[0]) : "";
}

class RssItem : public testing::TestWithParam<Element> {};
class RssChannel : public testing::TestWithParam<Element> {};
class AtomEntry : public testing::TestWithParam<Element> {};
class Atom03Entry : public testing::TestWithParam<Element> {};
class AtomFeed : public testing::TestWithParam<Element> {};

TEST_P(RssItem, is_said_as_it_was_meant) {
    EXPECT_EQ(said_of_article(rss("", GetParam().written)), GetParam().said);
}
TEST_P(RssChannel, is_said_as_it_was_meant) {
    EXPECT_EQ(said_of(read_whole(rss(GetParam().written, "<title>t</title>")).feed), GetParam().said);
}
TEST_P(AtomEntry, is_said_as_it_was_meant) {
    EXPECT_EQ(said_of_article(atom(kAtom, "", GetParam().written)), GetParam().said);
}
TEST_P(Atom03Entry, is_said_as_it_was_meant) {
    EXPECT_EQ(said_of_article(atom(kAtom03, "", GetParam().written)), GetParam().said);
}
TEST_P(AtomFeed, is_said_as_it_was_meant) {
    EXPECT_EQ(said_of(read_whole(atom(kAtom, GetParam().written, "<title>t</title>")).feed), GetParam().said);
}

constexpr Element kRssItems[] = {
#include "rss_item_elements.inc"
};
constexpr Element kRssChannels[] = {
#include "rss_channel_elements.inc"
};
constexpr Element kAtomEntries[] = {
#include "atom_entry_elements.inc"
};
constexpr Element kAtom03Entries[] = {
#include "atom03_entry_elements.inc"
};
constexpr Element kAtomFeeds[] = {
#include "atom_feed_elements.inc"
};

INSTANTIATE_TEST_SUITE_P(Elements, RssItem, testing::ValuesIn(kRssItems));
INSTANTIATE_TEST_SUITE_P(Elements, RssChannel, testing::ValuesIn(kRssChannels));
INSTANTIATE_TEST_SUITE_P(Elements, AtomEntry, testing::ValuesIn(kAtomEntries));
INSTANTIATE_TEST_SUITE_P(Elements, Atom03Entry, testing::ValuesIn(kAtom03Entries));
INSTANTIATE_TEST_SUITE_P(Elements, AtomFeed, testing::ValuesIn(kAtomFeeds));

}  // namespace

}  // namespace newswatch::parse
