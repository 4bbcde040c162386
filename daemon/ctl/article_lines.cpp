#include "ctl/article_lines.h"

#include <filesystem>
#include <istream>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "base/format.h"
#include "text/date.h"

namespace newswatch::ctl {

namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::size_t kLongestLine = std::size_t{16} << 20;

/// Reads fields out of one JSON object and remembers the first that is not what it should be.
class ArticleObject {
  public:
    explicit ArticleObject(const json& object) : object_{object} {}

    void read(const char* key, std::string& value) {
        if (const json* found = find(key)) read_string(key, *found, value);
    }
    void read(const char* key, std::optional<Time>& time, std::string& raw) {
        read(key, raw);
        time = text::read_date(raw);
    }
    void read(const char* key, std::vector<std::string>& values) {
        for_each(key, [&](const json& entry) { read_string(key, entry, values.emplace_back()); });
    }
    void read(const char* key, std::vector<Person>& people) {
        for_each(key, [&](const json& entry) {
            Person& person = people.emplace_back();
            if (!entry.is_object()) return read_string(key, entry, person.name);
            ArticleObject fields{entry};
            fields.read("name", person.name);
            fields.read("email", person.email);
            fields.read("uri", person.uri);
            take_problem(fields);
        });
    }
    void read(const char* key, std::vector<Enclosure>& enclosures) {
        for_each(key, [&](const json& entry) {
            Enclosure& enclosure = enclosures.emplace_back();
            if (!entry.is_object()) return expect(key, "a list of objects");
            ArticleObject fields{entry};
            fields.read("url", enclosure.url);
            fields.read("type", enclosure.type);
            take_problem(fields);
        });
    }

    [[nodiscard]] const std::string& problem() const { return problem_; }

  private:
    const json* find(const char* key) const {
        const auto found = object_.find(key);
        return found == object_.end() || found->is_null() ? nullptr : &*found;
    }
    void read_string(const char* key, const json& value, std::string& text) {
        if (value.is_string()) {
            text = value.get<std::string>();
        } else {
            expect(key, "text");
        }
    }
    template <class Read>
    void for_each(const char* key, Read read_entry) {
        const json* list = find(key);
        if (list == nullptr) return;
        if (!list->is_array()) return expect(key, "a list");
        for (const json& entry : *list)
            read_entry(entry);
    }
    void expect(const char* key, std::string_view what) {
        if (problem_.empty()) problem_ = format("\"{}\" is not {}", key, what);
    }
    void take_problem(const ArticleObject& inner) {
        if (problem_.empty()) problem_ = inner.problem_;
    }

    const json& object_;
    std::string problem_{};
};

}  // namespace

Result<Article> read_article(std::string_view text) {
    if (text.size() > kLongestLine) {
        return fail(ErrorKind::bad_input, format("an article of more than {} bytes", kLongestLine));
    }
    const json object = json::parse(text, nullptr, false);
    if (object.is_discarded())
        return fail(ErrorKind::bad_input, "this is not JSON: one article a line was expected");
    if (!object.is_object())
        return fail(ErrorKind::bad_input, "a JSON object with the fields of an article was expected");

    Article article;
    ArticleObject fields{object};
    fields.read("id", article.own_id);
    fields.read("url", article.url);
    fields.read("title", article.title);
    fields.read("summary", article.summary);
    fields.read("content", article.content);
    fields.read("authors", article.authors);
    fields.read("published", article.published, article.published_raw);
    fields.read("updated", article.updated, article.updated_raw);
    fields.read("language", article.language);
    fields.read("categories", article.categories);
    fields.read("enclosures", article.enclosures);
    fields.read("image", article.image);
    if (!fields.problem().empty()) return fail(ErrorKind::bad_input, fields.problem());
    return article;
}

std::string write_match(const Article& article, std::size_t line, const Match& match) {
    ordered_json spans = ordered_json::array();
    for (const Span& span : match.spans) {
        spans.push_back({{"field", field_of(span)},
                         {"start", span.start},
                         {"end", span.end},
                         {"text", span.text},
                         {"term", span.term},
                         {"rule", span.rule}});
    }
    ordered_json object;
    object["article"] = article.own_id.empty() ? ordered_json(line) : ordered_json(article.own_id);
    object["watchlist"] = match.watchlist;
    object["spans"] = std::move(spans);
    return object.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

ArticleLines::ArticleLines(std::string file, Console& console) : file_{std::move(file)}, console_{console} {
    if (file_ == "-") return;
    stream_.open(file_);
    readable_ = stream_.is_open() && !std::filesystem::is_directory(file_);
    if (!readable_)
        console_.complain(
            format("{}: cannot be read (name a file of JSON Lines, or - for standard input)", file_));
}

Exit ArticleLines::for_each(const std::function<void(const Article&, std::size_t)>& each) {
    std::istream& lines = file_ == "-" ? console_.in : stream_;
    Exit exit = Exit::fine;
    std::string line;
    for (std::size_t number = 1; std::getline(lines, line) && !console_.reader_gone(); ++number) {
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        const Result<Article> article = read_article(line);
        if (article) {
            each(*article, number);
            continue;
        }
        console_.complain(
            format("{}:{}: {}", file_ == "-" ? "standard input" : file_, number, article.error().line()));
        exit = Exit::refused;
    }
    return exit;
}

}  // namespace newswatch::ctl
