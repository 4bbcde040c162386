#include "article_page/facts.h"

#include <algorithm>
#include <array>
#include <utility>

#include "article_page/characters.h"
#include "feed/words.h"
#include "text/url.h"

namespace newswatch::article_page {

using feed::same_word;
using feed::trimmed;

namespace {

using List = std::vector<Statement> Facts::*;

struct MetaName {
    std::string_view name;
    List list;
    int rank;
    std::string_view source;
};
/// Names of `<meta name=…>` and `<meta property=…>`; the lowest rank is believed first.
constexpr std::array kMetaNames = {
    MetaName{"og:title", &Facts::titles, 20, "Open Graph"},
    MetaName{"twitter:title", &Facts::titles, 40, "Twitter card"},
    MetaName{"dc.title", &Facts::titles, 50, "Dublin Core"},
    MetaName{"dcterms.title", &Facts::titles, 50, "Dublin Core"},
    MetaName{"parsely-title", &Facts::titles, 30, "meta"},
    MetaName{"sailthru.title", &Facts::titles, 30, "meta"},
    MetaName{"citation_title", &Facts::titles, 30, "meta"},
    MetaName{"author", &Facts::authors, 30, "meta author"},
    MetaName{"article:author", &Facts::authors, 40, "Open Graph"},
    MetaName{"article:author_name", &Facts::authors, 25, "Open Graph"},
    MetaName{"og:article:author", &Facts::authors, 40, "Open Graph"},
    MetaName{"byl", &Facts::authors, 20, "meta byl"},
    MetaName{"dc.creator", &Facts::authors, 35, "Dublin Core"},
    MetaName{"dcterms.creator", &Facts::authors, 35, "Dublin Core"},
    MetaName{"dcsext.author", &Facts::authors, 35, "meta"},
    MetaName{"parsely-author", &Facts::authors, 25, "meta"},
    MetaName{"sailthru.author", &Facts::authors, 25, "meta"},
    MetaName{"citation_author", &Facts::authors, 25, "meta"},
    MetaName{"cxenseparse:author", &Facts::authors, 28, "meta"},
    MetaName{"article:published_time", &Facts::published, 20, "Open Graph"},
    MetaName{"og:article:published_time", &Facts::published, 21, "Open Graph"},
    MetaName{"og:published_time", &Facts::published, 21, "Open Graph"},
    MetaName{"article:published", &Facts::published, 22, "Open Graph"},
    MetaName{"og:pubdate", &Facts::published, 22, "Open Graph"},
    MetaName{"datepublished", &Facts::published, 25, "meta"},
    MetaName{"date.published", &Facts::published, 25, "meta"},
    MetaName{"pubdate", &Facts::published, 26, "meta"},
    MetaName{"publishdate", &Facts::published, 26, "meta"},
    MetaName{"publish_date", &Facts::published, 26, "meta"},
    MetaName{"publish-date", &Facts::published, 26, "meta"},
    MetaName{"publication_date", &Facts::published, 26, "meta"},
    MetaName{"published_date", &Facts::published, 26, "meta"},
    MetaName{"article_date_original", &Facts::published, 26, "meta"},
    MetaName{"originalpublicationdate", &Facts::published, 26, "meta"},
    MetaName{"sailthru.date", &Facts::published, 26, "meta"},
    MetaName{"parsely-pub-date", &Facts::published, 26, "meta"},
    MetaName{"cxenseparse:recs:publishtime", &Facts::published, 26, "meta"},
    MetaName{"citation_publication_date", &Facts::published, 27, "meta"},
    MetaName{"citation_date", &Facts::published, 27, "meta"},
    MetaName{"dc.date.issued", &Facts::published, 28, "Dublin Core"},
    MetaName{"dcterms.issued", &Facts::published, 28, "Dublin Core"},
    MetaName{"dc.date", &Facts::published, 30, "Dublin Core"},
    MetaName{"dc.date.created", &Facts::published, 30, "Dublin Core"},
    MetaName{"dcterms.created", &Facts::published, 30, "Dublin Core"},
    MetaName{"dcterms.date", &Facts::published, 30, "Dublin Core"},
    MetaName{"date", &Facts::published, 45, "meta date"},
    MetaName{"created", &Facts::published, 45, "meta"},
    MetaName{"dcterms.modified", &Facts::updated, 30, "Dublin Core"},
    MetaName{"dc.date.modified", &Facts::updated, 30, "Dublin Core"},
    MetaName{"article:modified_time", &Facts::updated, 20, "Open Graph"},
    MetaName{"og:updated_time", &Facts::updated, 25, "Open Graph"},
    MetaName{"last-modified", &Facts::updated, 35, "meta"},
    MetaName{"datemodified", &Facts::updated, 30, "meta"},
    MetaName{"og:site_name", &Facts::sites, 10, "Open Graph"},
    MetaName{"application-name", &Facts::sites, 40, "meta"},
    MetaName{"dc.publisher", &Facts::sites, 50, "Dublin Core"},
    MetaName{"og:image", &Facts::images, 10, "Open Graph"},
    MetaName{"og:image:url", &Facts::images, 11, "Open Graph"},
    MetaName{"twitter:image", &Facts::images, 30, "Twitter card"},
    MetaName{"twitter:image:src", &Facts::images, 31, "Twitter card"},
    MetaName{"content-language", &Facts::languages, 30, "meta"},
    MetaName{"language", &Facts::languages, 40, "meta"},
    MetaName{"og:locale", &Facts::languages, 50, "Open Graph"},
    MetaName{"dc.language", &Facts::languages, 35, "Dublin Core"},
    MetaName{"og:url", &Facts::addresses, 20, "Open Graph"},
    MetaName{"og:description", &Facts::descriptions, 20, "Open Graph"},
    MetaName{"description", &Facts::descriptions, 30, "meta"},
};

struct ItemName {
    std::string_view name;
    List list;
    int rank;
};
constexpr std::array kItemNames = {
    ItemName{"headline", &Facts::titles, 15},         ItemName{"author", &Facts::authors, 15},
    ItemName{"datepublished", &Facts::published, 15}, ItemName{"datecreated", &Facts::published, 33},
    ItemName{"datemodified", &Facts::updated, 15},    ItemName{"inlanguage", &Facts::languages, 20},
};

std::string small_letters(std::string_view text) {
    std::string small{text.substr(0, 64)};
    for (char& c : small)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return small;
}

class Reader {
  public:
    Reader(const Page& page, const LinkedData& linked, std::string_view url)
        : page_{page}, linked_{linked}, url_{url} {}

    Facts read() {
        read_elements();
        read_linked();
        return sorted();
    }

  private:
    struct Ranked {
        List list;
        int rank;
        Statement statement;
    };

    void offer(List list, int rank, std::string_view value, std::string_view source) {
        constexpr std::size_t kMost = 400;
        value = trimmed(value);
        if (!value.empty() && offers_.size() < kMost)
            offers_.push_back({list, rank, {std::string{value}, source}});
    }

    void read_elements() {
        for (NodeIndex at = 0; at < page_.size(); ++at) {
            const GumboTag tag = page_[at].tag;
            if (page_[at].text) continue;
            if (tag == GUMBO_TAG_META)
                read_meta(at);
            else if (tag == GUMBO_TAG_LINK)
                read_link(at);
            else if (tag == GUMBO_TAG_HTML)
                offer(&Facts::languages, 10, language_of(at), "html lang");
            else if (tag == GUMBO_TAG_BASE && facts_.base.empty())
                facts_.base = page_.attribute(at, "href");
            else if (tag == GUMBO_TAG_TITLE && facts_.title_element.empty())
                facts_.title_element = page_.text_under(at, 1000);
            read_item(at);
        }
    }

    std::string_view language_of(NodeIndex at) const {
        const std::string_view language = page_.attribute(at, "lang");
        return language.empty() ? page_.attribute(at, "xml:lang") : language;
    }

    void read_meta(NodeIndex at) {
        const std::string_view content = page_.attribute(at, "content");
        for (const char* attribute : {"property", "name", "itemprop"}) {
            const std::string name = small_letters(page_.attribute(at, attribute));
            if (name.empty()) continue;
            for (const MetaName& known : kMetaNames)
                if (known.name == name) return offer(known.list, known.rank, content, known.source);
        }
    }

    void read_link(NodeIndex at) {
        const std::string_view href = page_.attribute(at, "href");
        const std::string rel = small_letters(page_.attribute(at, "rel"));
        if (rel == "canonical") offer(&Facts::addresses, 10, href, "link canonical");
        if (rel == "next") facts_.next_page = href;
        if (rel == "next" || rel == "prev") facts_.paged = true;
        if (rel == "image_src") offer(&Facts::images, 40, href, "link image_src");
    }

    /// Microdata; the first of each name belongs to the article, those of comments follow.
    void read_item(NodeIndex at) {
        const std::string_view property = page_.attribute(at, "itemprop");
        if (property.empty()) return;
        for (const ItemName& known : kItemNames) {
            if (!says(property, known.name)) continue;
            offer(known.list, known.rank, value_of(at), "microdata");
        }
    }

    static bool says(std::string_view names, std::string_view name) {
        bool found = false;
        while (!names.empty()) {
            const std::size_t blank = names.find(' ');
            found = found || same_word(trimmed(names.substr(0, blank)), name);
            names.remove_prefix(blank == std::string_view::npos ? names.size() : blank + 1);
        }
        return found;
    }

    std::string value_of(NodeIndex at) const {
        if (page_.has_attribute(at, "itemtype") || page_.has_attribute(at, "itemscope")) {
            for (NodeIndex inner = at + 1; inner < page_[at].end; ++inner) {
                if (says(page_.attribute(inner, "itemprop"), "name")) return value_of_plain(inner);
            }
        }
        return value_of_plain(at);
    }
    std::string value_of_plain(NodeIndex at) const {
        for (const char* name : {"content", "datetime"}) {
            if (const std::string_view value = page_.attribute(at, name); !value.empty())
                return std::string{value};
        }
        return page_.text_under(at, 300);
    }

    /// Of several articles on a page, the one that says that this is its page; else the first.
    const LinkedArticle* own_article() const {
        const std::string own = text::canonical_url(url_);
        const LinkedArticle* first = nullptr;
        for (const LinkedArticle& article : linked_.articles) {
            if (article.of_page_only) continue;
            if (first == nullptr) first = &article;
            if (!own.empty() && !article.url.empty() &&
                text::canonical_url(text::resolve_url(article.url, url_)) == own)
                return &article;
        }
        return first;
    }

    void read_linked() {
        constexpr std::string_view kSource = "JSON-LD";
        offer(&Facts::sites, 20, linked_.site, kSource);
        if (const LinkedArticle* own = own_article()) take(*own, 10, kSource);
        for (const LinkedArticle& article : linked_.articles) {
            if (article.of_page_only) {
                take(article, 42, "JSON-LD WebPage");
                break;
            }
        }
    }

    void take(const LinkedArticle& article, int rank, std::string_view source) {
        offer(&Facts::titles, rank, article.headline, source);
        offer(&Facts::published, rank, article.published, source);
        offer(&Facts::updated, rank, article.modified, source);
        offer(&Facts::images, rank + 5, article.image, source);
        offer(&Facts::languages, rank + 5, article.language, source);
        offer(&Facts::descriptions, rank, article.description, source);
        offer(&Facts::bodies, rank, article.body, source);
        offer(&Facts::sites, rank + 15, article.publisher, source);
        for (const std::string& author : article.authors)
            offer(&Facts::authors, rank, author, source);
    }

    Facts sorted() {
        std::stable_sort(offers_.begin(), offers_.end(),
                         [](const Ranked& a, const Ranked& b) { return a.rank < b.rank; });
        for (Ranked& offered : offers_)
            (facts_.*offered.list).push_back(std::move(offered.statement));
        return std::move(facts_);
    }

    const Page& page_;
    const LinkedData& linked_;
    std::string_view url_;
    Facts facts_{};
    std::vector<Ranked> offers_{};
};

}  // namespace

Facts read_facts(const Page& page, const LinkedData& linked, std::string_view url) {
    return Reader{page, linked, url}.read();
}

}  // namespace newswatch::article_page
