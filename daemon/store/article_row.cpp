#include "store/article_row.h"

#include <nlohmann/json.hpp>

namespace newswatch::store {

namespace {

using nlohmann::json;

void bind_time(Statement& statement, int index, const std::optional<Time>& time) {
    if (time) {
        statement.bind(index, *time);
    } else {
        statement.bind_null(index);
    }
}

std::optional<Time> read_time(const Statement& statement, int column) {
    if (statement.is_null(column)) return std::nullopt;
    return statement.time(column);
}

/// The text under `key`; empty where it is missing. Our own rows, but a person may have edited them.
std::string text_in(const json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

const json& list_in(const json& object, const char* key) {
    static const json none = json::array();
    const auto found = object.find(key);
    return found != object.end() && found->is_array() ? *found : none;
}

}  // namespace

std::string more_of(const Article& article) {
    json more = json::object();
    const auto put = [&](const char* key, const std::string& text) {
        if (!text.empty()) more[key] = text;
    };
    put("own_id", article.own_id);
    put("published_raw", article.published_raw);
    put("updated_raw", article.updated_raw);
    put("image", article.image);
    if (!article.categories.empty()) more["categories"] = article.categories;
    for (const Person& person : article.authors)
        more["authors"].push_back({{"name", person.name}, {"email", person.email}, {"uri", person.uri}});
    for (const Enclosure& enclosure : article.enclosures) {
        json one{{"url", enclosure.url}, {"type", enclosure.type}};
        if (enclosure.length) one["length"] = *enclosure.length;
        more["enclosures"].push_back(std::move(one));
    }
    return more.dump(-1, ' ', false, json::error_handler_t::replace);
}

void bind_article(Statement& statement, int first, const Article& article, const std::string& more) {
    bind_time(statement, first, article.published);
    bind_time(statement, first + 1, article.updated);
    statement.bind(first + 2, article.language)
        .bind(first + 3, article.url)
        .bind(first + 4, article.title)
        .bind(first + 5, article.summary)
        .bind(first + 6, article.content)
        .bind(first + 7, more);
}

Article read_article(const Statement& statement, int first) {
    Article article;
    article.published = read_time(statement, first);
    article.updated = read_time(statement, first + 1);
    article.language = statement.text(first + 2);
    article.url = statement.text(first + 3);
    article.title = statement.text(first + 4);
    article.summary = statement.text(first + 5);
    article.content = statement.text(first + 6);
    const json more = json::parse(statement.blob(first + 7), nullptr, false);
    if (!more.is_object()) return article;
    article.own_id = text_in(more, "own_id");
    article.published_raw = text_in(more, "published_raw");
    article.updated_raw = text_in(more, "updated_raw");
    article.image = text_in(more, "image");
    for (const json& category : list_in(more, "categories")) {
        if (category.is_string()) article.categories.push_back(category.get<std::string>());
    }
    for (const json& person : list_in(more, "authors")) {
        if (!person.is_object()) continue;
        article.authors.push_back({.name = text_in(person, "name"),
                                   .email = text_in(person, "email"),
                                   .uri = text_in(person, "uri")});
    }
    for (const json& one : list_in(more, "enclosures")) {
        if (!one.is_object()) continue;
        Enclosure enclosure{.url = text_in(one, "url"), .type = text_in(one, "type"), .length = {}};
        if (const auto length = one.find("length"); length != one.end() && length->is_number_unsigned())
            enclosure.length = length->get<std::uint64_t>();
        article.enclosures.push_back(std::move(enclosure));
    }
    return article;
}

}  // namespace newswatch::store
