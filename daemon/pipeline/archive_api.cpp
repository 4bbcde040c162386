#include "pipeline/archive_api.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>
#include <unordered_map>

#include "analyse/analyser.h"
#include "base/format.h"
#include "match/why_not.h"
#include "parse/parser.h"
#include "pipeline/archive_words.h"
#include "text/code_points.h"
#include "text/date.h"

namespace newswatch {

namespace {

using control::ControlAnswer;
using control::ControlRequest;
using Json = nlohmann::ordered_json;

constexpr std::size_t kMostFound = 200;
constexpr std::size_t kMostListed = 100;    ///< gained and lost articles of a trial, each
constexpr std::size_t kMostTried = 20'000;  ///< articles of a trial: a few seconds of the control thread
constexpr std::size_t kExcerpt = 300;       ///< bytes of a summary

std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string excerpt(const Article& article) {
    const std::string& text = article.summary.empty() ? article.content : article.summary;
    std::size_t end = 0;
    for (std::size_t at = 0; at < text.size() && at <= kExcerpt;) {
        static_cast<void>(text::next_code_point(text, at));
        if (at <= kExcerpt) end = at;
    }
    return end == text.size() ? text : text.substr(0, end) + "…";
}

Json json_of(const store::ArchivedArticle& archived) {
    const Article& article = archived.article;
    return {{"id", archived.id.text()},
            {"url", article.url},
            {"title", article.title},
            {"excerpt", excerpt(article)},
            {"language", article.language},
            {"published", article.published ? Json(text::rfc3339(*article.published)) : Json(nullptr)},
            {"archived", text::rfc3339(archived.archived)},
            {"feed", {{"url", archived.feed_url}, {"title", archived.feed_title}}}};
}

/// A number in the query; `usual` where it is not there, nothing where it is none.
std::optional<std::uint64_t> number_in(const ControlRequest& request, const std::string& key,
                                       std::uint64_t usual) {
    const auto found = request.query.find(key);
    if (found == request.query.end()) return usual;
    std::uint64_t value = 0;
    const char* end = found->second.data() + found->second.size();
    const auto [read, error] = std::from_chars(found->second.data(), end, value);
    if (error != std::errc{} || read != end || value > std::uint64_t{1} << 62) return std::nullopt;
    return value;
}

ControlAnswer search(const ArchiveSources& daemon, const ControlRequest& request) {
    const auto typed = request.query.find("q");
    Result<store::ArchiveQuery> query = read_search(typed == request.query.end() ? "" : typed->second);
    if (!query) return control::refuse(400, "bad_request", query.error().what, query.error().help);
    const auto last = number_in(request, "last", 0);
    const auto limit = number_in(request, "limit", 20);
    const auto before = number_in(request, "before", 0);
    if (!last || *last > 1'000'000'000 || !limit || *limit == 0 || *limit > kMostFound || !before) {
        return control::refuse(400, "bad_request", "last, limit or before is not a number in its range",
                               "last is in seconds; limit is 1 to 200; before is what `next` said");
    }
    if (*last > 0) query->since = daemon.clock.now() - std::chrono::seconds{*last};
    if (*before > 0) query->before_row = static_cast<std::int64_t>(*before);
    query->limit = *limit;
    if (const auto feed = request.query.find("feed"); feed != request.query.end()) query->feed = feed->second;
    const Result<store::ArchiveAnswer> found = daemon.archive.search(*query);
    if (!found) return control::refuse(500, "internal", found.error().line(), found.error().help);
    Json articles = Json::array();
    for (const store::ArchivedArticle& archived : found->articles)
        articles.push_back(json_of(archived));
    Json answer{{"articles", std::move(articles)}, {"not_indexed", found->not_indexed}};
    if (found->more) answer["next"] = found->articles.back().row;
    return {.body = dump(answer)};
}

/// The feed of an archived article as the configuration has it now, for `feeds:` of a watchlist.
class Feeds {
  public:
    explicit Feeds(const ArchiveSources& daemon) {
        for (auto& [feed, state] : daemon.feeds())
            by_id_.emplace(feed.id, std::move(feed));
    }
    [[nodiscard]] match::FeedContext context_of(const store::ArchivedArticle& archived) const {
        const auto found = by_id_.find(archived.feed);
        if (found == by_id_.end()) return {.url = archived.feed_url, .name = {}, .folder = {}};
        return {.url = found->second.url, .name = found->second.name, .folder = found->second.folder};
    }

  private:
    std::unordered_map<FeedId, Feed> by_id_;
};

ControlAnswer one_article(const ArchiveSources& daemon, const ControlRequest& request) {
    const auto found = daemon.archive.by_id(request.path.substr(request.path.rfind('/') + 1));
    if (!found) {
        const bool unknown = found.error().kind == ErrorKind::bad_input;
        return control::refuse(unknown ? 404 : 500, unknown ? "not_found" : "internal", found.error().line(),
                               found.error().help);
    }
    const Feeds feeds{daemon};
    const match::FeedContext feed = feeds.context_of(*found);
    Json answer = json_of(*found);
    answer["feed"]["name"] = feed.name;
    answer["feed"]["folder"] = feed.folder;
    answer["article"] = Json::parse(parse::to_json(found->article));
    return {.body = dump(answer)};
}

/// What a person wants to try: the text of a watchlist file, over the last so many seconds.
struct Trial {
    std::string file{};
    std::string text{};
    std::uint64_t last{0};  ///< seconds; 0: the whole archive
};

std::optional<Trial> trial_of(std::string_view body) {
    const Json request = Json::parse(body, nullptr, false);
    if (!request.is_object()) return std::nullopt;
    Trial trial;
    const auto text = request.find("text");
    if (text == request.end() || !text->is_string()) return std::nullopt;
    trial.text = text->get<std::string>();
    const auto file = request.find("file");
    trial.file = file != request.end() && file->is_string() ? file->get<std::string>() : "watchlist.yaml";
    if (const auto last = request.find("last"); last != request.end()) {
        if (!last->is_number_unsigned() || *last > 1'000'000'000) return std::nullopt;
        trial.last = last->get<std::uint64_t>();
    }
    return trial;
}

/// Two versions of one watchlist over the archive.
struct Compared {
    std::size_t before{0};
    std::size_t now{0};
    Json gained = Json::array();
    Json lost = Json::array();
};

/// What stands against the new version, in one line.
std::string missing_in(const match::WatchlistSet& set, const std::string& id, const Analysed& analysed,
                       const match::FeedContext& feed) {
    const auto why = match::why_not(set, id, analysed, feed);
    if (!why) return {};
    for (const match::ClauseAnswer& clause : why->clauses) {
        if (clause.obstacle != match::Obstacle::none) return clause.clause;
    }
    return {};
}

void compare(const match::WatchlistSet& fresh, const match::WatchlistSet& in_force, const std::string& id,
             const store::ArchivedArticle& archived, const Analysed& analysed, const match::FeedContext& feed,
             Compared& compared) {
    const auto now = match::match_one(fresh, id, analysed, feed);
    const auto before = match::match_one(in_force, id, analysed, feed);
    compared.now += now ? 1 : 0;
    compared.before += before ? 1 : 0;
    if (now.has_value() == before.has_value()) return;
    Json& list = now ? compared.gained : compared.lost;
    if (list.size() == kMostListed) return;
    Json entry = json_of(archived);
    if (now) {
        entry["why"] = match::explain(*now);
    } else {
        entry["missing"] = missing_in(fresh, id, analysed, feed);
    }
    list.push_back(std::move(entry));
}

Json findings_json(const std::vector<settings::Finding>& findings) {
    Json list = Json::array();
    for (const settings::Finding& finding : findings)
        list.push_back({{"code", finding.code}, {"rendered", settings::render(finding)}});
    return list;
}

ControlAnswer try_watchlist(const ArchiveSources& daemon, const ControlRequest& request) {
    const std::optional<Trial> trial = trial_of(request.body);
    if (!trial) {
        return control::refuse(400, "bad_request", "the body is not {\"file\",\"text\",\"last\"}",
                               "text is the watchlist file as it is, last a number of seconds");
    }
    const std::shared_ptr<const rules::Rules> in_force = daemon.rules();
    const auto read =
        settings::decode_watchlist_file(trial->text, trial->file, in_force->concepts,
                                        rules::region_lookup(in_force->regions, daemon.feeds_folder));
    if (settings::has_errors(read.findings))
        return {.body = dump({{"tried", 0}, {"findings", findings_json(read.findings)}})};
    const auto fresh =
        match::WatchlistSet::compile(read.value, in_force->concepts, in_force->regions->compiled);
    const Feeds feeds{daemon};
    const Time since =
        trial->last == 0 ? Time::min() : daemon.clock.now() - std::chrono::seconds{trial->last};
    std::map<std::string, Compared> compared;
    for (const Watchlist& watchlist : read.value)
        compared[watchlist.id];
    std::size_t tried = 0;
    std::optional<Time> oldest;
    bool all = true;
    const auto went = daemon.archive.newest([&](const store::ArchivedArticle& archived) {
        if (archived.archived < since) return false;
        if (tried == kMostTried) return all = false;
        ++tried;
        oldest = archived.archived;
        const match::FeedContext feed = feeds.context_of(archived);
        const Analysed analysed = analyse::analyse(archived.article);
        for (auto& [id, one] : compared)
            compare(*fresh, *in_force->watchlists, id, archived, analysed, feed, one);
        return true;
    });
    if (!went) return control::refuse(500, "internal", went.error().line(), went.error().help);
    Json lists = Json::array();
    for (auto& [id, one] : compared) {
        lists.push_back({{"watchlist", id},
                         {"in_force", in_force->watchlists->find(id).has_value()},
                         {"before", one.before},
                         {"now", one.now},
                         {"gained", std::move(one.gained)},
                         {"lost", std::move(one.lost)}});
    }
    return {.body = dump({{"tried", tried},
                          {"oldest", oldest ? Json(text::rfc3339(*oldest)) : Json(nullptr)},
                          {"all", all},
                          {"watchlists", std::move(lists)},
                          {"findings", findings_json(read.findings)}})};
}

ControlAnswer back_up(const ArchiveSources& daemon) {
    Result<Descriptor> copy = daemon.copy();
    if (!copy) return control::refuse(500, "storage", copy.error().line(), copy.error().help);
    return {.file = *std::move(copy)};
}

}  // namespace

std::map<std::string, control::Handler> archive_routes(ArchiveSources sources) {
    const auto daemon = std::make_shared<const ArchiveSources>(std::move(sources));
    return {
        {"GET /v1/search", [daemon](const ControlRequest& request) { return search(*daemon, request); }},
        {"GET /v1/articles/",
         [daemon](const ControlRequest& request) { return one_article(*daemon, request); }},
        {"POST /v1/try", [daemon](const ControlRequest& request) { return try_watchlist(*daemon, request); }},
        {"POST /v1/backup", [daemon](const ControlRequest&) { return back_up(*daemon); }},
    };
}

}  // namespace newswatch
