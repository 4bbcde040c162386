#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reading.h"
#include "text/date.h"

namespace newswatch::parse {

namespace {

TEST(Atom, text_is_text_and_html_is_html) {
    EXPECT_EQ(atom_entry("<title>AT&amp;amp;T &lt;b&gt;</title>").title, "AT&amp;T <b>");
    EXPECT_EQ(atom_entry("<title type='html'>AT&amp;amp;T &lt;b&gt;now&lt;/b&gt;</title>").title, "AT&T now");
}

TEST(Atom, xhtml_is_read_through_its_elements) {
    EXPECT_EQ(atom_entry("<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>a <b>b</b> "
                         "<i>c</i></p><p>1 &lt; 2 &amp;amp;</p></div></content>")
                  .content,
              "a b c\n1 < 2 &amp;");
}

TEST(Atom, the_alternate_link_is_the_page) {
    EXPECT_EQ(atom_entry("<link rel='self' href='http://a.b/self'/><link rel='edit' href='http://a.b/edit'/>"
                         "<link rel='alternate' type='application/pdf' href='http://a.b/pdf'/>"
                         "<link rel='alternate' type='text/html' href='http://a.b/page'/>")
                  .url,
              "http://a.b/page");
}

TEST(Atom, bases_nest) {
    const auto parsed = must_read(
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='http://a.b/one/'><entry xml:base='two/'>"
        "<link xml:base='../three/' href='page'/></entry></feed>");
    EXPECT_EQ(parsed.articles.at(0).url, "http://a.b/one/three/page");
}

TEST(Atom, a_relative_base_counts_from_the_document) {
    const auto parsed = must_read(
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='/sub/'><entry><link "
        "href='page'/></entry></feed>");
    EXPECT_EQ(parsed.articles.at(0).url, "https://news.example/sub/page");
}

TEST(Atom, a_base_from_which_nothing_can_count_is_passed_over) {
    for (const std::string_view base : {"http://[", "mailto:ada@a.example", "http://", "urn:x"}) {
        const auto parsed = must_read("<feed xmlns='http://www.w3.org/2005/Atom' xml:base='" +
                                      std::string{base} + "'><entry><link href='page'/></entry></feed>");
        EXPECT_EQ(parsed.articles.at(0).url, "https://news.example/page") << base;
    }
}

TEST(Atom, the_nearest_language_is_the_articles) {
    const auto parsed = must_read(
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='fr'><entry "
        "xml:lang='ar'><title>a</title></entry>"
        "<entry><title>b</title></entry></feed>");
    EXPECT_EQ(parsed.articles.at(0).language, "ar");
    EXPECT_EQ(parsed.articles.at(1).language, "fr");
}

TEST(Atom, a_source_does_not_leak) {
    const Article article = atom_entry(
        "<source><id>other</id><title>Other</title><updated>2001-01-01T00:00:00Z</updated>"
        "<link href='http://other/'/></source><id>mine</id><title>Mine</title>");
    EXPECT_EQ(article.own_id, "mine");
    EXPECT_EQ(article.title, "Mine");
    EXPECT_EQ(article.url, "");
    EXPECT_FALSE(article.updated);
}

TEST(Atom, authors_are_inherited_from_the_feed_only_where_there_are_none) {
    const auto parsed = must_read(
        "<feed xmlns='http://www.w3.org/2005/Atom'><author><name>Desk</name></author>"
        "<entry><title>a</title></entry><entry><title>b</title><author><name>Ada</name></author></entry></"
        "feed>");
    EXPECT_EQ(parsed.articles.at(0).authors.at(0).name, "Desk");
    ASSERT_EQ(parsed.articles.at(1).authors.size(), 1U);
    EXPECT_EQ(parsed.articles.at(1).authors[0].name, "Ada");
}

TEST(Atom, an_id_is_never_normalised) {
    EXPECT_EQ(atom_entry("<id>HTTP://A.b/%7Ejo/../x</id>").own_id, "HTTP://A.b/%7Ejo/../x");
}

TEST(Atom, an_entry_may_stand_alone) {
    const auto parsed = must_read("<entry xmlns='http://www.w3.org/2005/Atom'><title>Alone</title></entry>");
    ASSERT_EQ(parsed.articles.size(), 1U);
    EXPECT_EQ(parsed.articles[0].title, "Alone");
}

TEST(Atom, a_feed_without_its_namespace_is_read) {
    EXPECT_EQ(must_read("<feed><title>F</title><entry><title>T</title></entry></feed>").articles.size(), 1U);
}

TEST(Atom, elements_of_other_vocabularies_are_not_mistaken) {
    EXPECT_EQ(atom_entry("<x:title xmlns:x='urn:x'>Wrong</x:title><title>Right</title>").title, "Right");
}

TEST(Atom, binary_content_is_not_shown_as_text) {
    EXPECT_EQ(atom_entry("<title>T</title><content type='image/png'>iVBORw0KGgo=</content>").content, "");
}

TEST(Atom, what_is_called_base64_and_is_none_is_read_as_it_stands) {
    EXPECT_EQ(atom_entry("<content type='application/octet-stream'>dGFsa3Mg\nYmVnaW4=</content>").content,
              "talks begin");
    EXPECT_EQ(atom_entry("<content type='application/octet-stream'>dGFsa3M</content>").content, "talks");
    EXPECT_EQ(atom_entry("<content type='application/json'>{\"talks\": 1}</content>").content,
              "{\"talks\": 1}");
    EXPECT_EQ(atom_entry("<title type='text/plain' mode='base64'>Talks, again!</title>").title,
              "Talks, again!");
}

}  // namespace

}  // namespace newswatch::parse
