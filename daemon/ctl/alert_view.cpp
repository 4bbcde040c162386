#include "ctl/alert_view.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "base/format.h"
#include "base/wording.h"
#include "ctl/daemon_api.h"
#include "ctl/duration.h"
#include "text/date.h"

namespace newswatch::ctl {

namespace {

using nlohmann::json;

struct PriorityView {
    std::string_view name{};
    std::string_view label{};
    std::string_view short_label{};  ///< four columns
    Style style{Style::plain};
};

/// `subject` is `<watchlist>/<priority>` (WIRE.md, Payload).
PriorityView view_of(std::string_view subject) {
    static constexpr PriorityView kViews[] = {{"low", "LOW", "LOW ", Style::dim},
                                              {"normal", "NORMAL", "NORM", Style::bold},
                                              {"high", "HIGH", "HIGH", Style::yellow},
                                              {"urgent", "URGENT", "URG ", Style::red}};
    const std::string_view priority = subject.substr(subject.rfind('/') + 1);
    for (const PriorityView& view : kViews) {
        if (view.name == priority) return view;
    }
    return {"", "ALERT", "    ", Style::plain};
}

/// The parts of a payload that people see. A digest has a list of titles in place of an article.
struct AlertView {
    explicit AlertView(const json& payload)
        : data{part_of(payload, "data")},
          watchlist{part_of(data, "watchlist")},
          article{part_of(data, "article")},
          priority{view_of(text_of(payload, "subject"))} {}
    const json& data;
    const json& watchlist;
    const json& article;
    PriorityView priority;
};

std::string clock_of(const json& object, std::string_view key) {
    const std::optional<Time> time = text::read_date(text_of(object, key));
    return time ? local_clock(*time) : "--:--:--";
}

std::string title_of(const AlertView& view) {
    const json& titles = part_of(view.data, "titles");
    if (titles.empty()) return isolate(text_of(view.article, "title"));
    return format("{} at once", counted(number_of(view.data, "count"), "article"));
}

/// `Syria «سوريا» · Libya «ليبيا»` with every quoted piece isolated: the pieces stay in the order of the
/// rule.
std::string isolate_quotes(std::string_view explanation) {
    std::string shown;
    while (!explanation.empty()) {
        const std::size_t open = explanation.find("«");
        const std::size_t close = open == std::string_view::npos ? open : explanation.find("»", open);
        if (close == std::string_view::npos) break;
        const std::size_t begin = open + std::string_view{"«"}.size();
        shown += explanation.substr(0, begin);
        shown += isolate(explanation.substr(begin, close - begin));
        shown += "»";
        explanation.remove_prefix(close + std::string_view{"»"}.size());
    }
    return shown.append(explanation);
}

std::string joined(std::initializer_list<std::string> parts) {
    std::string line;
    for (const std::string& part : parts) {
        if (part.empty()) continue;
        if (!line.empty()) line += " · ";
        line += part;
    }
    return line;
}

std::string feed_of(const json& article) {
    const json& feed = part_of(article, "feed");
    const std::string name = text_of(feed, "name");
    return name.empty() ? text_of(feed, "url") : isolate(name);
}

std::string published(const json& article, Time now) {
    const std::optional<Time> time = text::read_date(text_of(article, "published"));
    return time ? "published " + local_time(*time, now) : std::string{};
}

/// ` (title, summary)`: the fields in which words were found, each once, in the order of the article.
std::string fields_of(const json& data) {
    std::string fields;
    for (const json& match : part_of(data, "matches")) {
        const std::string field = text_of(match, "field");
        if ((fields + ",").find(" " + field + ",") != std::string::npos) continue;
        fields += (fields.empty() ? " " : ", ") + field;
    }
    return fields.empty() ? fields : format(" ({})", fields.substr(1));
}

std::string why(const AlertView& view) {
    return isolate_quotes(text_of(view.data, "explanation")) + fields_of(view.data);
}

std::string titles_of_digest(const AlertView& view, std::string_view indent) {
    std::string lines;
    for (const json& title : part_of(view.data, "titles")) {
        if (title.is_string()) lines += format("{}- {}\n", indent, isolate(title.get<std::string>()));
    }
    return lines;
}

}  // namespace

std::string alert_line(const json& payload, const Console& console) {
    const AlertView view{payload};
    const std::string language = text_of(view.article, "language");
    std::string lines =
        format("{} {}  {}  {:2}  {}\n", clock_of(payload, "time"),
               console.paint(view.priority.style, view.priority.short_label), text_of(view.watchlist, "id"),
               language.empty() ? "-" : language, title_of(view));
    lines += titles_of_digest(view, "               ");
    if (!text_of(view.data, "explanation").empty()) lines += format("               why  {}\n", why(view));
    return lines;
}

std::string alert_block(const json& payload, Time now, const Console& console) {
    const AlertView view{payload};
    std::string lines = format(" ● {}  {}   {}\n", console.paint(view.priority.style, view.priority.label),
                               console.paint(Style::bold, isolate(text_of(view.watchlist, "name"))),
                               console.paint(Style::dim, clock_of(payload, "time")));
    lines += format("   {}\n", title_of(view));
    lines += titles_of_digest(view, "   ");
    lines += format("   {}\n", joined({feed_of(view.article), text_of(view.article, "language"),
                                       published(view.article, now)}));
    return lines + format("   why   {}\n", why(view));
}

std::string alert_page(const json& payload, Time now, const Console& console) {
    const AlertView view{payload};
    std::string lines = format("{}  {}   {}\n", console.paint(view.priority.style, view.priority.label),
                               console.paint(Style::bold, isolate(text_of(view.watchlist, "name"))),
                               clock_of(payload, "time"));
    lines += format("{}\n", console.paint(Style::bold, title_of(view)));
    lines += titles_of_digest(view, "  ");
    lines += format("{}\n", joined({feed_of(view.article), text_of(view.article, "language"),
                                    published(view.article, now)}));
    if (const std::string url = text_of(view.article, "url"); !url.empty()) lines += url + "\n";
    if (const std::string summary = text_of(view.article, "summary"); !summary.empty()) {
        lines += format("\n{}\n", isolate(summary));
    }
    lines += format("\nwhy   {}\n", isolate_quotes(text_of(view.data, "explanation")));
    for (const json& match : part_of(view.data, "matches")) {
        lines += format("      «{}»  {}  {} {}..{}  {}\n", isolate(text_of(match, "text")),
                        isolate(text_of(match, "term")), text_of(match, "field"), number_of(match, "start"),
                        number_of(match, "end"), text_of(match, "rule"));
    }
    return lines +
           format("\nalert {}, number {} of its stream, watchlist {}\n", text_of(payload, "id"),
                  text_of(payload, "sequence").erase(0, text_of(payload, "sequence").find_first_not_of('0')),
                  text_of(view.watchlist, "id"));
}

std::string near_miss(const json& entry, const Console& console) {
    const std::string missing = text_of(entry, "missing");
    std::string lines = format(" ○ {}  {}: {}\n", console.paint(Style::dim, "almost"),
                               text_of(entry, "watchlist"), isolate(text_of(entry, "title")));
    std::vector<std::string> words;
    for (const json& span : part_of(entry, "found")) {
        std::string word = format("«{}»", isolate(text_of(span, "text")));
        if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(std::move(word));
    }
    lines += "   found";
    for (const std::string& word : words)
        lines += " " + word;
    if (missing.starts_with("excluded")) return lines + format("; but {}\n", missing);
    return lines + format("; missing: {}\n", missing);
}

}  // namespace newswatch::ctl
