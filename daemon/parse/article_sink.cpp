#include "parse/article_sink.h"

#include <algorithm>
#include <charconv>
#include <exception>
#include <utility>

#include "base/ascii.h"
#include "base/format.h"
#include "text/charset.h"
#include "text/charset_repair.h"
#include "text/date.h"
#include "text/html.h"
#include "text/url.h"
#include "text/utf8.h"

namespace newswatch::parse {

namespace {

/// Text of a plug-in as UTF-8 that can be relied on: whoever decodes something on the way, such as base64,
/// may bring other bytes.
class PluginText {
  public:
    explicit PluginText(nw_text text)
        : view_{text.data == nullptr ? std::string_view{} : std::string_view{text.data, text.size}} {
        if (text::valid_utf8_prefix(view_) == view_.size()) return;
        repaired_ = text::repair_utf8(view_);
        view_ = repaired_;
    }
    PluginText(const PluginText&) = delete;
    PluginText& operator=(const PluginText&) = delete;

    operator std::string_view() const { return view_; }  // NOLINT(google-explicit-constructor): it is one

  private:
    std::string_view view_;
    std::string repaired_{};
};

/// BCP 47 as far as its letters go: `en_US` is meant as `en-US`; a sentence is no language.
std::string language_tag(std::string_view value) {
    constexpr std::size_t kLongest = 35;  // RFC 5646 §4.4.1
    value = ascii::trimmed(value);
    if (value.size() > kLongest) return {};
    std::string tag;
    for (const char c : value) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && c != '-' && c != '_') return {};
        tag += c == '_' ? '-' : c;
    }
    return tag;
}

std::optional<std::uint64_t> natural(std::string_view text) {
    text = ascii::trimmed(text);
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{}) return std::nullopt;
    // `60 minutes` is 60; `1,234` may be either.
    const bool grouped = end != text.data() + text.size() && (*end == ',' || *end == '.' || *end == '\'');
    return grouped ? std::nullopt : std::optional{value};
}

/// Cut between two characters.
std::string_view beginning(std::string_view text, std::size_t limit) {
    if (text.size() <= limit) return text;
    while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0) == 0x80)
        --limit;
    return text.substr(0, limit);
}

bool shorten(std::string& text, std::size_t limit) {
    const std::size_t size = text.size();
    text.resize(beginning(text, limit).size());
    return text.size() < size;
}

std::size_t bytes_held(const Article& article) {
    std::size_t held = article.own_id.size() + article.url.size() + article.title.size() +
                       article.summary.size() + article.content.size() + article.image.size();
    for (const Person& person : article.authors)
        held += person.name.size() + person.email.size() + person.uri.size();
    for (const std::string& category : article.categories)
        held += category.size();
    for (const Enclosure& file : article.enclosures)
        held += file.url.size() + file.type.size();
    return held;
}

}  // namespace

/// Plain C functions around the members: they catch, for no exception may enter a plug-in.
struct ArticleSink::Calls {
    static ArticleSink& self(void* host) { return *static_cast<ArticleSink*>(host); }

    template <class Body>
    static int guarded(void* host, Body body) noexcept {
        ArticleSink& sink = self(host);
        try {
            return static_cast<int>(body(sink));
        } catch (const std::exception& thrown) {
            sink.failure_ = thrown.what();
            return static_cast<int>(Answer::stop);
        }
    }

    static int format(void* host, nw_text name, int recovered) {
        return guarded(host, [&](ArticleSink& sink) {
            sink.result_.format = std::string_view{PluginText{name}};
            sink.result_.recovered = recovered != 0;
            return Answer::go_on;
        });
    }
    static int feed_field(void* host, nw_text name, nw_kind kind, nw_text value, nw_text base, nw_text) {
        return guarded(host, [&](ArticleSink& sink) {
            return sink.feed_field(PluginText{name}, kind, PluginText{value}, PluginText{base});
        });
    }
    static int begin_article(void* host) {
        return guarded(host, [](ArticleSink& sink) { return sink.begin_article(); });
    }
    static int field(void* host, nw_text name, nw_kind kind, nw_text value, nw_text base, nw_text) {
        return guarded(host, [&](ArticleSink& sink) {
            return sink.field(PluginText{name}, kind, PluginText{value}, PluginText{base});
        });
    }
    static int person(void* host, nw_text name, nw_text email, nw_text uri) {
        return guarded(host, [&](ArticleSink& sink) {
            return sink.person(PluginText{name}, PluginText{email}, PluginText{uri});
        });
    }
    static int enclosure(void* host, nw_text url, nw_text type, nw_text length, nw_text base) {
        return guarded(host, [&](ArticleSink& sink) {
            return sink.enclosure(PluginText{url}, PluginText{type}, PluginText{length}, PluginText{base});
        });
    }
    static int end_article(void* host) {
        return guarded(host, [](ArticleSink& sink) { return sink.end_article(); });
    }
    static int problem(void* host, nw_text code, size_t offset) {
        return guarded(host, [&](ArticleSink& sink) {
            const PluginText what{code};
            sink.last_problem_ = what;
            sink.note(offset == NW_NOWHERE
                          ? sink.last_problem_
                          : newswatch::format("{} at byte {}, repaired", sink.last_problem_, offset));
            return Answer::go_on;
        });
    }
};

ArticleSink::ArticleSink(std::string_view document_url, std::size_t document_size)
    : document_url_{document_url}, bytes_left_{most_bytes_held(document_size)} {
    abi_ = {.size = sizeof(nw_sink),
            .host = this,
            .format = &Calls::format,
            .feed_field = &Calls::feed_field,
            .begin_article = &Calls::begin_article,
            .field = &Calls::field,
            .person = &Calls::person,
            .enclosure = &Calls::enclosure,
            .end_article = &Calls::end_article,
            .problem = &Calls::problem};
}

void ArticleSink::note(std::string problem) {
    if (result_.problems.size() < kMostProblems) result_.problems.push_back(std::move(problem));
}

std::string ArticleSink::plain(nw_kind kind, std::string_view value, std::string_view field_name) {
    const std::optional<std::string> meant = text::decoded_once_more(value);
    if (meant) {
        value = *meant;
        if (!encoded_twice_) note("texts that were encoded twice: read as they were before");
        encoded_twice_ = true;
    }
    const bool markup = kind == NW_HTML || kind == NW_XHTML;
    std::string text = markup ? text::html_to_text(value) : text::tidy_text(value);
    if (shorten(text, kLongestText)) {
        note(format("article {}: the {} was cut at {} bytes", result_.articles.size() + 1, field_name,
                    kLongestText));
    }
    return text;
}

std::string ArticleSink::title(nw_kind kind, std::string_view value) {
    // Whether an RSS title is HTML, nobody knows (RSS 2.0 does not say): `Vec<T>` is not, `<b>now</b>` is.
    const bool really = kind == NW_XHTML || (kind == NW_HTML && text::looks_like_html(value));
    std::string text = plain(really ? kind : NW_TEXT, value, "title");
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

std::string ArticleSink::absolute(std::string_view url, std::string_view base) {
    url = ascii::trimmed(url);
    if (url.empty()) return {};
    if (base != last_base_) {
        last_base_ = base;
        last_absolute_base_ = base.empty() ? std::string{} : text::resolve_url(base, document_url_);
        // Nothing counts from `mailto:` or `http://[`: as if no base were set.
        const text::UrlParts parts = text::split_url(last_absolute_base_);
        if (parts.host.empty() && parts.scheme != "file") last_absolute_base_.clear();
    }
    if (!last_absolute_base_.empty()) return text::resolve_url(url, last_absolute_base_);
    // A file without an address: the site that the feed names is the best base there is.
    return text::resolve_url(url, document_url_.empty() ? result_.feed.link : document_url_);
}

void ArticleSink::date(std::optional<Time>& time, std::string& raw, std::string_view value) {
    value = ascii::trimmed(value);
    if (value.empty() || !raw.empty()) return;
    raw = value.substr(0, 200);
    time = text::read_date(value, result_.feed.language);
    if (!time) note(format("article {}: not a date: \"{}\"", result_.articles.size() + 1, raw));
}

ArticleSink::Answer ArticleSink::feed_field(std::string_view name, nw_kind kind, std::string_view value,
                                            std::string_view base) {
    FeedFacts& feed = result_.feed;
    if (name == "title" && feed.title.empty()) feed.title = title(kind, value);
    if (name == "link" && feed.link.empty()) feed.link = absolute(value, base);
    if (name == "language" && feed.language.empty()) feed.language = language_tag(value);
    if (name == "description" && feed.description.empty())
        feed.description = plain(kind, value, "description");
    if (name == "expired" && value == "true") note("the publisher says that this feed has ended");
    if (name == "updated" && !feed.updated) feed.updated = text::read_date(value, feed.language);
    if (name == "ttl_minutes" && !feed.ttl_minutes) {
        constexpr std::uint64_t kTenYears = std::uint64_t{10} * 366 * 24 * 60;
        if (const auto minutes = natural(value)) {
            feed.ttl_minutes = static_cast<unsigned>(std::min(*minutes, kTenYears));
        }
    }
    return Answer::go_on;
}

ArticleSink::Answer ArticleSink::begin_article() {
    if (result_.articles.size() >= kMostArticles)
        return leave_out_the_rest(format("more than {} articles", kMostArticles));
    article_ = {};
    in_article_ = true;
    return Answer::go_on;
}

ArticleSink::Answer ArticleSink::leave_out_the_rest(std::string why) {
    note(why.append(": the rest was left out"));
    full_ = true;
    return Answer::stop;
}

ArticleSink::Answer ArticleSink::field(std::string_view name, nw_kind kind, std::string_view value,
                                       std::string_view base) {
    if (name == "id" && article_.own_id.empty()) article_.own_id = ascii::trimmed(value).substr(0, 4096);
    if (name == "url" && article_.url.empty()) article_.url = absolute(value, base);
    if (name == "title" && article_.title.empty()) article_.title = title(kind, value);
    if (name == "summary" && article_.summary.empty()) article_.summary = plain(kind, value, name);
    if (name == "content" && article_.content.empty()) article_.content = plain(kind, value, name);
    if (name == "published") date(article_.published, article_.published_raw, value);
    if (name == "updated") date(article_.updated, article_.updated_raw, value);
    if (name == "language" && article_.language.empty()) article_.language = language_tag(value);
    if (name == "image" && article_.image.empty()) article_.image = absolute(value, base);
    if (name == "category" && article_.categories.size() < kMostInList) {
        if (std::string category = title(kind, value); !category.empty()) {
            article_.categories.push_back(std::move(category));
        }
    }
    return Answer::go_on;
}

ArticleSink::Answer ArticleSink::person(std::string_view name, std::string_view email, std::string_view uri) {
    if (article_.authors.size() >= kMostInList) return Answer::go_on;
    Person person{.name = title(NW_HTML, beginning(name, kLongestPersonPart)),
                  .email = std::string{beginning(ascii::trimmed(email), kLongestPersonPart)},
                  .uri = absolute(beginning(uri, kLongestPersonPart), {})};
    if (!person.name.empty() || !person.email.empty()) article_.authors.push_back(std::move(person));
    return Answer::go_on;
}

ArticleSink::Answer ArticleSink::enclosure(std::string_view url, std::string_view type,
                                           std::string_view length, std::string_view base) {
    if (article_.enclosures.size() >= kMostInList) return Answer::go_on;
    Enclosure file{
        .url = absolute(url, base), .type = std::string{ascii::trimmed(type)}, .length = natural(length)};
    if (!file.url.empty()) article_.enclosures.push_back(std::move(file));
    return Answer::go_on;
}

ArticleSink::Answer ArticleSink::end_article() {
    if (!in_article_) return Answer::go_on;
    in_article_ = false;
    const std::size_t held = bytes_held(article_);
    if (held > bytes_left_)
        return leave_out_the_rest(
            format("the first {} articles fill what a document may hold", result_.articles.size()));
    bytes_left_ -= held;
    result_.articles.push_back(std::move(article_));
    return Answer::go_on;
}

ParsedDocument ArticleSink::take(std::string_view language) {
    if (result_.feed.language.empty()) result_.feed.language = language_tag(language);
    for (Article& article : result_.articles) {
        if (article.language.empty()) article.language = result_.feed.language;
    }
    return std::move(result_);
}

}  // namespace newswatch::parse
