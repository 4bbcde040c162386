#include <nlohmann/json.hpp>

#include "parse/parser.h"
#include "text/date.h"

namespace newswatch::parse {

namespace {

using Json = nlohmann::ordered_json;

Json text_or_null(const std::string& text) {
    // Parentheses: braces would make an array of one.
    return text.empty() ? Json() : Json(text);
}

Json time_or_null(const std::optional<Time>& time) {
    return time ? Json(text::rfc3339(*time)) : Json();
}

Json json_of(const FeedFacts& feed) {
    Json json;
    json["title"] = text_or_null(feed.title);
    json["link"] = text_or_null(feed.link);
    json["language"] = text_or_null(feed.language);
    json["updated"] = time_or_null(feed.updated);
    json["ttl_minutes"] = feed.ttl_minutes ? Json(*feed.ttl_minutes) : Json();
    json["description"] = text_or_null(feed.description);
    return json;
}

Json json_of(const Person& person) {
    Json json;
    json["name"] = text_or_null(person.name);
    json["email"] = text_or_null(person.email);
    json["uri"] = text_or_null(person.uri);
    return json;
}

Json json_of(const Enclosure& file) {
    Json json;
    json["url"] = file.url;
    json["type"] = text_or_null(file.type);
    json["length"] = file.length ? Json(*file.length) : Json();
    return json;
}

template <class T>
Json list_of(const std::vector<T>& values) {
    Json list = Json::array();
    for (const T& value : values)
        list.push_back(json_of(value));
    return list;
}

Json json_of(const Article& article) {
    Json json;
    json["id"] = text_or_null(article.own_id);
    json["url"] = text_or_null(article.url);
    json["title"] = text_or_null(article.title);
    json["summary"] = text_or_null(article.summary);
    json["content"] = text_or_null(article.content);
    json["authors"] = list_of(article.authors);
    json["published"] = time_or_null(article.published);
    json["updated"] = time_or_null(article.updated);
    json["language"] = text_or_null(article.language);
    json["categories"] = article.categories;
    json["enclosures"] = list_of(article.enclosures);
    json["image"] = text_or_null(article.image);
    json["published_raw"] = text_or_null(article.published_raw);
    json["updated_raw"] = text_or_null(article.updated_raw);
    return json;
}

std::string written(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string to_json(const ParsedDocument& document) {
    Json head;
    head["format"] = document.format;
    head["recovered"] = document.recovered;
    head["feed"] = json_of(document.feed);
    std::string json = written(head);
    json.pop_back();
    // Article by article: a tree of all of them would be a second document in memory.
    json.append(",\"articles\":[");
    for (std::size_t i = 0; i < document.articles.size(); ++i)
        json.append(i == 0 ? "" : ",").append(written(json_of(document.articles[i])));
    return json.append("]}");
}

std::string to_json(const Article& article) {
    return written(json_of(article));
}

}  // namespace newswatch::parse
