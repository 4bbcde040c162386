#include "publish/wire.h"

#include <algorithm>
#include <optional>

#include "base/format.h"
#include "base/percent.h"
#include "publish/json_text.h"

namespace newswatch::publish {

namespace {

// Each field has bytes of its own (as JSON), so that their sum, with all names and numbers, stays below
// kMostPayload whatever the publisher sent.
constexpr std::size_t kMostPayload = std::size_t{256} * 1024;
constexpr std::size_t kMostName = 1024;
constexpr std::size_t kMostUrl = std::size_t{8} * 1024;
constexpr std::size_t kMostTitle = std::size_t{4} * 1024;
constexpr std::size_t kMostSummary = std::size_t{64} * 1024;
constexpr std::size_t kMostExplanation = std::size_t{16} * 1024;
constexpr std::size_t kMostMatchText = 1024;
constexpr std::size_t kMostMatches = std::size_t{96} * 1024;
constexpr std::size_t kMostListed = 2000;  // ids of a digest: 29 bytes each
constexpr std::size_t kMostListedTitles = std::size_t{96} * 1024;
constexpr std::string_view kSchema = "https://newswatch.org/schema/alert-v1.json";

/// Writes texts that may be too long, and remembers whether one was.
class BoundedText {
  public:
    explicit BoundedText(JsonWriter& json) : json_{json} {}

    void put(std::string_view key, std::string_view text, std::size_t limit) {
        json_.key(key).text(bounded(text, limit));
    }
    void put_or_null(std::string_view key, std::string_view text, std::size_t limit) {
        if (text.empty()) {
            json_.key(key).null();
        } else {
            put(key, text, limit);
        }
    }
    [[nodiscard]] std::string_view bounded(std::string_view text, std::size_t limit) {
        const std::string_view kept = cut(text, limit);
        truncated_ = truncated_ || kept.size() < text.size();
        return kept;
    }
    void note_left_out() { truncated_ = true; }
    [[nodiscard]] bool truncated() const { return truncated_; }

  private:
    JsonWriter& json_;
    bool truncated_{false};
};

/// RFC 3339 in UTC; nothing outside the years that it can write.
std::optional<std::string> rfc3339(Time time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const int year = static_cast<int>(date.year());
    if (year < 0 || year > 9999) return std::nullopt;
    const std::chrono::hh_mm_ss clock{time - day};
    std::string text =
        newswatch::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", year, static_cast<unsigned>(date.month()),
                          static_cast<unsigned>(date.day()), clock.hours().count(), clock.minutes().count(),
                          clock.seconds().count());
    if (const auto micros = clock.subseconds().count(); micros != 0)
        text += newswatch::format(".{:06}", micros);
    return text + 'Z';
}

void put_time(JsonWriter& json, std::string_view key, const std::optional<Time>& time) {
    const std::optional<std::string> text = time ? rfc3339(*time) : std::nullopt;
    json.key(key);
    if (text) {
        json.text(*text);
    } else {
        json.null();
    }
}

/// 20 digits, so that numbers sort as texts (CloudEvents "sequence"; no "sequencetype": its Integer wraps).
std::string padded(std::uint64_t number) {
    return newswatch::format("{:020}", number);
}

std::string_view type_of(AlertKind kind) {
    switch (kind) {
        case AlertKind::new_article:
            return "org.newswatch.alert.v1";
        case AlertKind::updated:
            return "org.newswatch.alert.updated.v1";
        case AlertKind::digest:
            return "org.newswatch.alert.digest.v1";
    }
    return {};
}

void put_attributes(JsonWriter& json, const Alert& alert, std::string_view instance) {
    json.key("specversion").text("1.0");
    json.key("id").text(alert.id.text());
    json.key("source").text("/newswatch/" + percent_encoded(instance));
    json.key("type").text(type_of(alert.kind));
    json.key("subject").text(newswatch::format("{}/{}", alert.watchlist, name_of(alert.priority)));
    put_time(json, "time", alert.time);
    json.key("datacontenttype").text("application/json");
    json.key("dataschema").text(kSchema);
    json.key("sequence").text(padded(alert.number));
    json.key("nwstream").text(alert.stream);
    json.key("nwprev").text(padded(alert.previous));
    if (alert.related) json.key("relatedid").text(alert.related->text());
}

void put_watchlist(JsonWriter& json, const Alert& alert, BoundedText& bounded) {
    json.key("watchlist").begin_object();
    json.key("id").text(alert.watchlist);
    bounded.put("name", alert.watchlist_name, kMostName);
    bounded.put("rev", alert.watchlist_rev, kMostName);
    json.end_object();
}

void put_matches(JsonWriter& json, const std::vector<Span>& spans, BoundedText& bounded) {
    json.key("matches").begin_list();
    const std::size_t begin = json.size();
    for (const Span& span : spans) {
        if (json.size() - begin > kMostMatches) {
            bounded.note_left_out();
            break;
        }
        json.begin_object();
        bounded.put("term", span.term, kMostMatchText);
        json.key("field").text(field_of(span));
        json.key("start").number(span.start);
        json.key("end").number(span.end);
        bounded.put("text", span.text, kMostMatchText);
        bounded.put("rule", span.rule, kMostMatchText);
        json.end_object();
    }
    json.end_list();
}

void put_feed(JsonWriter& json, const Alert& alert, BoundedText& bounded) {
    json.key("feed").begin_object();
    json.key("id").text(alert.feed.text());
    bounded.put("name", alert.feed_name, kMostName);
    bounded.put("url", alert.feed_url, kMostUrl);
    json.end_object();
}

void put_article(JsonWriter& json, const Alert& alert, BoundedText& bounded) {
    const Article& article = alert.article;
    json.key("article").begin_object();
    json.key("id").text(alert.article_id.text());
    bounded.put_or_null("url", article.url, kMostUrl);
    bounded.put("title", article.title, kMostTitle);
    bounded.put("summary", article.summary, kMostSummary);
    put_time(json, "published", article.published);
    put_time(json, "updated", article.updated);
    put_feed(json, alert, bounded);
    bounded.put_or_null("language", article.language, kMostName);
    json.key("truncated").yes_or_no(bounded.truncated());
    json.end_object();
}

void put_digest(JsonWriter& json, const Alert& alert, BoundedText& bounded) {
    const std::size_t listed = std::min(alert.listed.size(), kMostListed);
    if (listed < alert.listed.size()) bounded.note_left_out();
    put_feed(json, alert, bounded);
    bounded.put("explanation", alert.explanation, kMostExplanation);
    json.key("count").number(alert.listed.size());
    json.key("alerts").begin_list();
    for (std::size_t i = 0; i < listed; ++i)
        json.text(alert.listed[i].text());
    json.end_list();
    json.key("titles").begin_list();
    const std::size_t begin = json.size();
    for (std::size_t i = 0; i < std::min(listed, alert.listed_titles.size()); ++i) {
        if (json.size() - begin > kMostListedTitles) {
            bounded.note_left_out();
            break;
        }
        json.text(bounded.bounded(alert.listed_titles[i], kMostMatchText));
    }
    json.end_list();
    json.key("truncated").yes_or_no(bounded.truncated());
}

}  // namespace

std::string encode_payload(const Alert& alert, std::string_view instance) {
    JsonWriter json;
    BoundedText bounded{json};
    json.begin_object();
    put_attributes(json, alert, instance);
    json.key("data").begin_object();
    put_watchlist(json, alert, bounded);
    if (alert.kind == AlertKind::digest) {
        put_digest(json, alert, bounded);
    } else {
        put_matches(json, alert.spans, bounded);
        // Last but for its own fields, so that `truncated` speaks for the whole alert.
        bounded.put("explanation", alert.explanation, kMostExplanation);
        put_article(json, alert, bounded);
        json.key("duplicate_of").null();
    }
    json.end_object().end_object();
    return json.take();
}

std::array<std::uint8_t, 16> encode_numbers(std::uint64_t first, std::uint64_t second) {
    std::array<std::uint8_t, 16> bytes{};
    for (std::size_t i = 0; i < 8; ++i) {
        bytes[i] = static_cast<std::uint8_t>(first >> (8 * (7 - i)));
        bytes[8 + i] = static_cast<std::uint8_t>(second >> (8 * (7 - i)));
    }
    return bytes;
}

std::string encode_heartbeat(const StreamHead& head, std::string_view boot, std::uint64_t config_rev,
                             Time now) {
    JsonWriter json;
    json.begin_object();
    json.key("stream").text(head.stream);
    json.key("head").number(head.head);
    json.key("first").number(head.first);
    json.key("boot").text(boot);
    json.key("config_rev").number(config_rev);
    put_time(json, "time", now);
    json.end_object();
    return json.take();
}

}  // namespace newswatch::publish
