#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "reading.h"

namespace newswatch::parse {

namespace {

/// A sound document of one format with three entries, of which the middle one is going to be damaged.
struct Sound {
    const char* name;
    std::string head;
    std::string entry;  ///< `#` stands for its number
    std::string tail;
};
void PrintTo(const Sound& sound, std::ostream* out) {
    *out << sound.name;
}

std::string numbered(std::string entry, char number) {
    for (char& c : entry)
        c = c == '#' ? number : c;
    return entry;
}

std::string with_middle(const Sound& sound, const std::string& middle) {
    return sound.head + numbered(sound.entry, '1') + middle + numbered(sound.entry, '3') + sound.tail;
}

std::string all_of(const Article& article) {
    std::string all;
    for (const std::string& value :
         {article.own_id, article.url, article.title, article.summary, article.content, article.published_raw,
          article.updated_raw, article.authors.empty() ? std::string{} : article.authors[0].name}) {
        all.append(value).append("|");
    }
    return all;
}

/// What is wrong; empty where the first and the last entry are what they are in the sound document.
std::string harm(const Sound& sound, const ParsedDocument& whole, const std::string& middle) {
    const ParsedDocument parsed = must_read(with_middle(sound, middle));
    if (!parsed.recovered) return "not called repaired: " + middle;
    if (parsed.articles.size() < 2) return "articles were lost: " + middle;
    if (all_of(parsed.articles.front()) != all_of(whole.articles.front()))
        return "the first changed: " + middle;
    if (all_of(parsed.articles.back()) != all_of(whole.articles.back())) {
        return "the last became " + all_of(parsed.articles.back()) + ": " + middle;
    }
    if (parsed.articles.size() != 3) return "the middle one was lost or doubled: " + middle;
    return {};
}

/// Where text stands in an entry: outside tags and CDATA, between two characters of a text.
std::vector<std::size_t> inside_texts(std::string_view entry) {
    std::vector<std::size_t> places;
    for (std::size_t at = entry.find('>'); at != std::string_view::npos && at + 1 < entry.size();
         at = entry.find('>', at + 1)) {
        const std::size_t end = std::min(entry.find('<', at), entry.size());
        const std::string_view text = entry.substr(at + 1, end - at - 1);
        if (text.find_first_not_of(" \n") == std::string_view::npos) continue;
        if (entry.substr(0, end).rfind("<![CDATA[") != std::string_view::npos)
            break;  // CDATA comes last here
        for (std::size_t place = at + 1; place <= end; ++place)
            places.push_back(place);
    }
    return places;
}

class EveryDamage : public testing::TestWithParam<Sound> {
  protected:
    void SetUp() override {
        whole_ = must_read(with_middle(GetParam(), middle()));
        ASSERT_EQ(whole_.articles.size(), 3U);
        ASSERT_FALSE(whole_.recovered);
    }
    [[nodiscard]] std::string middle() const { return numbered(GetParam().entry, '2'); }

    ParsedDocument whole_{};
};

TEST_P(EveryDamage, inside_a_text_leaves_the_other_entries_as_they_are) {
    const std::string entry = middle();
    constexpr std::array<std::string_view, 10> kDamages = {
        "\x08", "\xEF\xBF\xBE", "&#x8;", " & ", " < ", "&eacute;", "&bogus;", "</b>", "<3", "&#xFFFFFFFF;"};
    for (const std::size_t place : inside_texts(entry)) {
        for (const std::string_view damage : kDamages) {
            std::string damaged = entry;
            damaged.insert(place, damage);
            EXPECT_EQ(harm(GetParam(), whole_, damaged), "");
        }
    }
}

TEST_P(EveryDamage, of_an_end_tag_leaves_the_other_entries_as_they_are) {
    const std::string entry = middle();
    for (std::size_t at = entry.find("</"); at != std::string::npos; at = entry.find("</", at + 1)) {
        if (entry.rfind("<![CDATA[", at) != std::string::npos && entry.find("]]>", at) != std::string::npos)
            continue;
        const std::size_t end = entry.find('>', at);
        std::string missing = entry;
        missing.erase(at, end - at + 1);
        EXPECT_EQ(harm(GetParam(), whole_, missing), "");
        std::string open = entry;
        open.erase(end, 1);
        EXPECT_EQ(harm(GetParam(), whole_, open), "");
        std::string misspelt = entry;
        misspelt.insert(end, "x");
        EXPECT_EQ(harm(GetParam(), whole_, misspelt), "");
    }
}

TEST_P(EveryDamage, of_quotes_leaves_the_other_entries_as_they_are) {
    const std::string entry = middle();
    for (std::size_t at = entry.find("='"); at != std::string::npos; at = entry.find("='", at + 1)) {
        const std::size_t end = entry.find('\'', at + 2);
        std::string bare = entry;
        bare.erase(end, 1).erase(at + 1, 1);
        EXPECT_EQ(harm(GetParam(), whole_, bare), "");
        std::string half = entry;
        half.erase(end, 1);
        EXPECT_EQ(harm(GetParam(), whole_, half), "");
    }
}

TEST_P(EveryDamage, around_the_document_leaves_every_entry_as_it_is) {
    const std::string sound = with_middle(GetParam(), middle());
    for (const std::string_view before :
         {"\n \n", "<br />\n<b>Warning</b>: x in <b>/a.php</b>\n", "junk", "<!-- c -->"}) {
        const ParsedDocument parsed = must_read(std::string{before} + sound);
        EXPECT_TRUE(parsed.recovered) << before;
        ASSERT_EQ(parsed.articles.size(), 3U) << before;
        EXPECT_EQ(all_of(parsed.articles[1]), all_of(whole_.articles[1]));
    }
    for (const std::string_view after : {"junk", "<script>x</script>", "</html>", "<br>", "&"}) {
        const ParsedDocument parsed = must_read(sound + std::string{after});
        EXPECT_TRUE(parsed.recovered) << after;
        ASSERT_EQ(parsed.articles.size(), 3U) << after;
    }
    for (const std::string_view harmless : {"\n\n", "<!-- made by x -->\n", "<?x y?>"}) {
        EXPECT_FALSE(must_read(sound + std::string{harmless}).recovered) << harmless;
    }
}

TEST_P(EveryDamage, a_second_root_adds_its_entries) {
    const ParsedDocument parsed = must_read(with_middle(GetParam(), middle()) + with_middle(GetParam(), ""));
    EXPECT_TRUE(parsed.recovered);
    EXPECT_EQ(parsed.articles.size(), 5U);
}

TEST_P(EveryDamage, a_cut_anywhere_keeps_every_complete_entry_and_no_half_field) {
    const std::string sound = with_middle(GetParam(), middle());
    const std::size_t first = GetParam().head.size() + GetParam().entry.size();
    for (std::size_t cut = first; cut < sound.size(); ++cut) {
        const std::size_t complete =
            std::min<std::size_t>((cut - GetParam().head.size()) / GetParam().entry.size(), 3);
        const ParsedDocument parsed = must_read(sound.substr(0, cut));
        ASSERT_TRUE(parsed.recovered) << cut;
        ASSERT_GE(parsed.articles.size(), complete) << cut;
        ASSERT_LE(parsed.articles.size(), complete + 1) << cut;
        for (std::size_t i = 0; i < parsed.articles.size(); ++i) {
            const Article& ours = parsed.articles[i];
            const Article& theirs = whole_.articles[i];
            if (i < complete) {
                ASSERT_EQ(all_of(ours), all_of(theirs)) << cut;
            } else {
                ASSERT_EQ(ours.title, theirs.title) << cut;
                ASSERT_TRUE(ours.url.empty() || ours.url == theirs.url) << cut;
                ASSERT_TRUE(ours.content.empty() || ours.content == theirs.content) << cut;
            }
        }
    }
}

constexpr std::string_view kDeclaration = "<?xml version='1.0' encoding='UTF-8'?>\n";

std::string declared(std::string_view root) {
    return std::string{kDeclaration}.append(root);
}

INSTANTIATE_TEST_SUITE_P(
    Damage, EveryDamage,
    testing::Values(
        Sound{
            "rss",
            declared("<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/' "
                     "xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>F</title>\n"),
            "<item><title>One #</title>\n<link>http://a.b/#?x=1&amp;y=2</link>\n<guid "
            "isPermaLink='false'>g#</guid>"
            "<dc:creator>Ada #</dc:creator><pubDate>Tue, 27 Jan 2026 0#:00:00 GMT</pubDate>"
            "<enclosure url='http://a.b/#.mp3' type='audio/mpeg'/>"
            "<description>Long &lt;b&gt;story&lt;/b&gt; #</description>"
            "<content:encoded><![CDATA[<p>Story & # <br>]]></content:encoded></item>\n",
            "</channel></rss>"},
        Sound{"rdf",
              declared("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
                       "xmlns='http://purl.org/rss/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
                       "<channel rdf:about='http://a.b/'><title>F</title></channel>"),
              "<item rdf:about='http://a.b/#'><title>One #</title><link>http://a.b/#</link>"
              "<dc:date>2026-01-27T0#:00:00Z</dc:date><description>Story #</description></item>\n",
              "</rdf:RDF>"},
        Sound{
            "atom", declared("<feed xmlns='http://www.w3.org/2005/Atom'><title>F</title><id>f</id>"),
            "<entry><id>urn:#</id><title type='html'>One #</title><link href='http://a.b/#' rel='alternate'/>"
            "<updated>2026-01-27T0#:00:00Z</updated><author><name>Ada #</name></author>"
            "<summary>Short #</summary><content type='html'><![CDATA[<p>Story & #</p>]]></content></entry>\n",
            "</feed>"},
        Sound{"atom_03", declared("<feed version='0.3' xmlns='http://purl.org/atom/ns#'><title>F</title>"),
              "<entry><id>urn:#</id><title>One #</title><link rel='alternate' type='text/html' "
              "href='http://a.b/#'/>"
              "<issued>2026-01-27T0#:00:00Z</issued><modified>2026-01-28T0#:00:00Z</modified>"
              "<content type='text/html' mode='escaped'>&lt;p&gt;Story #</content></entry>\n",
              "</feed>"},
        Sound{"sitemap",
              declared("<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
                       "xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'>"),
              "<url><loc>http://a.b/#</loc><lastmod>2026-01-2#</"
              "lastmod><news:news><news:publication_date>2026-01-1#"
              "</news:publication_date><news:title>One #</news:title></news:news></url>\n",
              "</urlset>"},
        Sound{"cdf", declared("<CHANNEL HREF='http://a.b/'><TITLE>F</TITLE>"),
              "<ITEM HREF='http://a.b/#' LASTMOD='2026-01-2#'><TITLE>One #</TITLE><ABSTRACT>Story "
              "#</ABSTRACT></ITEM>\n",
              "</CHANNEL>"}),
    [](const testing::TestParamInfo<Sound>& sound) { return std::string{sound.param.name}; });

}  // namespace

}  // namespace newswatch::parse
