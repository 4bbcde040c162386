#include "pipeline/control_api.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/version.h"
#include "schedule/rhythm.h"
#include "text/date.h"

namespace newswatch {

namespace {

using Json = nlohmann::json;

/// Bytes that came from outside may not be UTF-8: they are replaced, never thrown over.
std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json time_or_null(Time time) {
    return time == Time{} ? Json(nullptr) : Json(text::rfc3339(time));  // braces would make a list
}

Json findings_json(const std::vector<settings::Finding>& findings) {
    Json list = Json::array();
    for (const settings::Finding& finding : findings) {
        if (finding.severity != settings::Severity::error) continue;
        list.push_back({{"file", finding.place.file},
                        {"line", finding.place.line},
                        {"column", finding.place.column},
                        {"code", finding.code},
                        {"message", finding.headline},
                        {"rendered", settings::render(finding)}});
    }
    return list;
}

Json feed_counts(const std::vector<std::pair<Feed, FeedState>>& feeds) {
    std::map<std::string_view, std::size_t> by_health;
    for (const auto& [feed, state] : feeds)
        ++by_health[health_of(state)];
    return {{"total", feeds.size()},       {"ok", by_health["ok"] + by_health["moved"]},
            {"ill", by_health["ill"]},     {"new", by_health["new"]},
            {"moved", by_health["moved"]}, {"retired", by_health["retired"]}};
}

}  // namespace

std::string_view health_of(const FeedState& state) {
    if (state.retired) return "retired";
    if (state.failures_in_a_row > 0) return "ill";
    if (!state.moved_to().empty()) return "moved";
    return state.last_success == Time{} ? "new" : "ok";
}

std::string status_json(const StatusFacts& facts, const std::vector<std::pair<Feed, FeedState>>& feeds,
                        const std::vector<settings::Finding>& refused) {
    const auto uptime = std::chrono::duration_cast<std::chrono::seconds>(facts.now - facts.started);
    return dump({{"version", kVersion},
                 {"instance", facts.instance},
                 {"pid", ::getpid()},
                 {"started", text::rfc3339(facts.started)},
                 {"uptime_seconds", uptime.count()},
                 {"stream", facts.head.stream},
                 {"head", facts.head.head},
                 {"first", facts.head.first},
                 {"feeds", feed_counts(feeds)},
                 {"watchlists", facts.watchlists},
                 {"concepts", facts.concepts},
                 {"articles", facts.counts.articles},
                 {"alerts", facts.counts.alerts},
                 {"alerts_today", facts.counts.alerts_today},
                 {"queues",
                  {{"documents_bytes", facts.documents_waiting_bytes},
                   {"polls_bytes", facts.polls_waiting_bytes},
                   {"pages", facts.counts.pages_waiting}}},
                 {"config",
                  {{"rev", facts.config_rev},
                   {"loaded", text::rfc3339(facts.config_loaded)},
                   {"refused", findings_json(refused)}}},
                 {"publish", facts.publish},
                 {"replay", facts.replay}});
}

std::string health_json(const std::vector<std::pair<Feed, FeedState>>& feeds,
                        const std::vector<settings::Finding>& refused) {
    Json ill = Json::array();
    for (const auto& [feed, state] : feeds) {
        if (health_of(state) != "ill" && health_of(state) != "retired") continue;
        ill.push_back({{"url", feed.url},
                       {"title", feed.name.empty() ? state.title : feed.name},
                       {"health", health_of(state)},
                       {"error", state.last_error},
                       {"last_success", time_or_null(state.last_success)}});
    }
    const Json files = findings_json(refused);
    return dump({{"healthy", ill.empty() && files.empty()},
                 {"feeds", feed_counts(feeds)},
                 {"ill", ill},
                 {"refused", files}});
}

/// What is expected of the feed now, to a tenth.
double articles_a_day(const FeedState& state) {
    return std::round(schedule::rate(state.rhythm) * 14'400) / 10;
}

std::string feeds_json(const std::vector<std::pair<Feed, FeedState>>& feeds) {
    Json list = Json::array();
    for (const auto& [feed, state] : feeds) {
        list.push_back({{"url", feed.url},
                        {"title", state.title},
                        {"name", feed.name},
                        {"folder", feed.folder},
                        {"health", health_of(state)},
                        {"error", state.last_error.empty() ? Json(nullptr) : Json(state.last_error)},
                        {"last_poll", time_or_null(state.last_poll)},
                        {"next_poll", time_or_null(state.next_poll)},
                        {"articles", state.articles_seen},
                        {"articles_per_day", articles_a_day(state)},
                        {"moved_to", state.moved_to().empty() ? Json(nullptr) : Json(state.moved_to())},
                        {"failures", state.failures_in_a_row}});
    }
    return dump({{"feeds", std::move(list)}});
}

std::string almost_json(const std::vector<AlmostAlert>& almost) {
    Json list = Json::array();
    for (const AlmostAlert& entry : almost) {
        Json found = Json::array();
        for (const Span& span : entry.near.found) {
            found.push_back({{"text", span.text}, {"term", span.term}, {"meaning", span.meaning}});
        }
        list.push_back({{"watchlist", entry.near.watchlist},
                        {"title", entry.title},
                        {"url", entry.url},
                        {"language", entry.language},
                        {"feed", entry.feed},
                        {"found", std::move(found)},
                        {"clauses", entry.near.clauses},
                        {"missing", entry.near.missing},
                        {"missing_rule", entry.near.missing_rule}});
    }
    return dump({{"almost", std::move(list)}});
}

std::string poll_json(std::size_t found, const std::vector<std::string>& urls,
                      const std::vector<std::pair<Feed, FeedState>>& feeds, Time now) {
    Json wait = Json::object();
    for (const auto& [feed, state] : feeds) {
        const bool meant = urls.empty() || std::find(urls.begin(), urls.end(), feed.url) != urls.end();
        if (!meant || state.not_before <= now) continue;
        wait[feed.url] = std::chrono::ceil<std::chrono::seconds>(state.not_before - now).count();
    }
    return dump({{"asked", found - std::min(found, wait.size())}, {"wait_seconds", std::move(wait)}});
}

std::string reload_json(const std::vector<settings::Finding>& refused) {
    const Json files = findings_json(refused);
    return dump({{"reloaded", true}, {"refused", files}});
}

std::string reload_failed_json(const Error& error) {
    const Json finding = {{"file", error.where},   {"line", 0},
                          {"column", 0},           {"code", "F14"},
                          {"message", error.what}, {"rendered", error.line() + "\n"}};
    return dump({{"reloaded", false}, {"refused", Json::array({finding})}});
}

control::ControlAnswer alert_answer(const Result<StoredAlert>& alert) {
    if (!alert) {
        const unsigned status = alert.error().kind == ErrorKind::bad_input ? 404 : 500;
        return control::refuse(status, status == 404 ? "not_found" : "internal", alert.error().line(),
                               "the id of an alert is in every alert that `newswatchctl tail --json` prints");
    }
    const Json payload = Json::parse(alert->payload, nullptr, false);
    return {.status = 200, .body = dump({{"alert", payload}, {"topic", alert->topic}})};
}

Result<std::vector<std::string>> urls_of(std::string_view body) {
    if (body.find_first_not_of(" \t\r\n") == std::string_view::npos) return std::vector<std::string>{};
    const Json request = Json::parse(body, nullptr, false);
    const auto wrong = [] {
        return fail(ErrorKind::bad_input, "the body is not {\"urls\": [\"https://…\"]}", "",
                    "leave the body empty to poll every feed");
    };
    if (!request.is_object()) return wrong();
    std::vector<std::string> urls;
    const auto list = request.find("urls");
    if (list == request.end()) return urls;
    if (!list->is_array()) return wrong();
    for (const Json& url : *list) {
        if (!url.is_string()) return wrong();
        urls.push_back(url.get<std::string>());
    }
    return urls;
}

}  // namespace newswatch
