#include "article_page/json_ld.h"

#include <algorithm>
#include <map>
#include <utility>

#include "article_page/characters.h"
#include "feed/words.h"
#include "json/reader.h"
#include "text/html.h"

namespace newswatch::article_page {

using feed::same_word;

namespace {

constexpr std::size_t kDeepest = 24;
constexpr std::size_t kMostValues = 20'000;
constexpr std::size_t kMostAuthors = 20;

struct Json {
    std::string text{};
    std::vector<std::pair<std::string, Json>> members{};  ///< of a list the names are empty
    bool object{false};

    [[nodiscard]] const Json* find(std::string_view name) const {
        for (const auto& [key, value] : members) {
            if (same_word(key, name)) return &value;
        }
        return nullptr;
    }
};

class TreeReader {
  public:
    Json read(std::string_view script) {
        json::JsonReader reader{script, std::min(script.find_first_of("{["), script.size())};
        return read_value(reader, 0);
    }

  private:
    Json read_value(json::JsonReader& reader, std::size_t depth) {  // NOLINT(misc-no-recursion): kDeepest
        Json value;
        const bool allowed = depth < kDeepest && ++values_ < kMostValues;
        const json::Value kind = reader.value();
        if (!allowed) {
            reader.skip();
        } else if (kind == json::Value::object) {
            value.object = true;
            reader.members([&](std::string_view name) {
                std::string key{name};
                value.members.emplace_back(std::move(key), read_value(reader, depth + 1));
            });
        } else if (kind == json::Value::array) {
            reader.elements(
                [&] { value.members.emplace_back(std::string{}, read_value(reader, depth + 1)); });
        } else {
            std::string scratch;
            value.text = reader.text(scratch);
        }
        return value;
    }

    std::size_t values_{0};
};

/// Character references are decoded, tags dropped: many templates escape twice.
std::string plain(std::string_view text) {
    return text.find_first_of("<&") == std::string_view::npos ? std::string{text} : text::html_to_text(text);
}

bool has_type(const Json& object, auto fits) {
    const Json* type = object.find("@type");
    if (type == nullptr) return false;
    if (fits(std::string_view{type->text})) return true;
    return std::any_of(type->members.begin(), type->members.end(),
                       [&](const auto& member) { return fits(std::string_view{member.second.text}); });
}

bool is_article(const Json& object) {
    return has_type(object, [](std::string_view type) {
        return type.ends_with("Article") || type.ends_with("BlogPosting") || type.ends_with("Report") ||
               type.ends_with("SocialMediaPosting") || type.ends_with("BlogPost");
    });
}

/// Walks through all objects of a page; knows them by their `@id`.
class Collector {
  public:
    void add(const Json& root) {
        std::vector<const Json*> waiting{&root};
        while (!waiting.empty()) {
            const Json* at = waiting.back();
            waiting.pop_back();
            if (at->object) take(*at);
            for (auto member = at->members.rbegin(); member != at->members.rend(); ++member)
                waiting.push_back(&member->second);
        }
    }

    LinkedData finish() {
        LinkedData data;
        for (const Json* object : articles_)
            data.articles.push_back(article(*object, false));
        for (const Json* object : pages_)
            data.articles.push_back(article(*object, true));
        for (const Json* site : sites_) {
            if (data.site.empty()) data.site = plain(first_text(site->find("name")));
        }
        return data;
    }

  private:
    void take(const Json& object) {
        if (const Json* id = object.find("@id"); id != nullptr && object.members.size() > 1) {
            by_id_.emplace(id->text, &object);
        }
        if (is_article(object))
            articles_.push_back(&object);
        else if (has_type(object, [](std::string_view type) { return type.ends_with("WebPage"); }))
            pages_.push_back(&object);
        else if (has_type(object, [](std::string_view type) { return type == "WebSite"; }))
            sites_.push_back(&object);
    }

    const Json* resolved(const Json* value) const {
        if (value == nullptr || !value->object || value->members.size() != 1) return value;
        const Json* id = value->find("@id");
        const auto known = id == nullptr ? by_id_.end() : by_id_.find(id->text);
        return known == by_id_.end() ? value : known->second;
    }

    /// The text of a value, of its first element, or of the `name`, `url` or `@value` of an object.
    std::string first_text(const Json* value) const {
        for (int step = 0; value != nullptr && step < 4; ++step) {
            value = resolved(value);
            if (!value->text.empty()) return value->text;
            if (value->members.empty()) return {};
            if (!value->object) {
                value = &value->members.front().second;
                continue;
            }
            const Json* inner = nullptr;
            for (const std::string_view name : {"name", "@value", "url", "contentUrl", "@id"}) {
                if (inner = value->find(name); inner != nullptr) break;
            }
            value = inner;
        }
        return {};
    }

    void add_authors(const Json* value, std::vector<std::string>& authors) const {
        value = resolved(value);
        if (value == nullptr) return;
        const bool list = !value->object && !value->members.empty();
        const auto add_one = [&](const Json* person) {
            person = resolved(person);
            std::string name = plain(first_text(person->object ? person->find("name") : person));
            if (!name.empty() && authors.size() < kMostAuthors) authors.push_back(std::move(name));
        };
        if (!list) return add_one(value);
        for (const auto& member : value->members)
            add_one(&member.second);
    }

    LinkedArticle article(const Json& object, bool page_only) const {
        const auto said = [&](std::string_view name) { return first_text(object.find(name)); };
        LinkedArticle found{.of_page_only = page_only};
        found.headline = plain(said("headline"));
        if (found.headline.empty()) found.headline = plain(said("name"));
        found.url = said("mainEntityOfPage");
        if (found.url.find("//") == std::string::npos) found.url = said("url");
        found.description = plain(said("description"));
        found.published = said("datePublished");
        if (found.published.empty()) found.published = said("dateCreated");
        found.modified = said("dateModified");
        found.language = said("inLanguage");
        found.image = said("image");
        if (found.image.empty()) found.image = said("thumbnailUrl");
        found.publisher = plain(said("publisher"));
        found.body = said("articleBody");
        add_authors(object.find("author"), found.authors);
        if (found.authors.empty()) add_authors(object.find("creator"), found.authors);
        return found;
    }

    std::map<std::string, const Json*, std::less<>> by_id_{};
    std::vector<const Json*> articles_{};
    std::vector<const Json*> pages_{};
    std::vector<const Json*> sites_{};
};

}  // namespace

LinkedData read_linked_data(const std::vector<std::string_view>& scripts) {
    TreeReader reader;
    std::vector<Json> trees;
    trees.reserve(scripts.size());
    for (const std::string_view script : scripts)
        trees.push_back(reader.read(script));
    Collector collector;
    for (const Json& tree : trees)
        collector.add(tree);
    return collector.finish();
}

}  // namespace newswatch::article_page
