// A parser plug-in for newswatch, built outside its source tree: docs/parser_plugins.md walks through it.
//
// The format is one article a line, `date;address;title`, under a first line `#headlines NAME`:
//
//     #headlines Harbour office
//     2026-01-27T06:30:00Z;https://harbour.example/ferry;The ferry sails again
//
// `settings:` of a feed may say `separator` (one character, `;` by itself).
#include <newswatch/parser_plugin.h>

#include <exception>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace {

constexpr std::string_view kMark = "#headlines";

std::string_view view(nw_text text) {
    return text.size == 0 ? std::string_view{} : std::string_view{text.data, text.size};
}

nw_text borrowed(std::string_view text) {
    return {text.data(), text.size()};
}

/// Takes the part before `end` off `rest`.
std::string_view take(std::string_view& rest, char end) {
    const std::size_t at = rest.find(end);
    const std::string_view part = rest.substr(0, at);
    rest.remove_prefix(at == std::string_view::npos ? rest.size() : at + 1);
    return part;
}

/// What is wrong with the settings; empty where all is well.
std::string read_settings(std::string_view json, char& separator) {
    const auto settings = nlohmann::json::parse(json.empty() ? "{}" : json);
    for (const auto& [name, value] : settings.items()) {
        if (name != "separator") return "unknown setting `" + name + "`: headlines knows `separator`";
        if (!value.is_string() || value.get<std::string>().size() != 1)
            return "`separator` must be one character";
        separator = value.get<std::string>()[0];
    }
    return {};
}

/// Every function of the sink answers 0 to go on; the first other answer must be handed back.
class Sink {
  public:
    explicit Sink(const nw_sink& sink) : sink_{sink} {}

    int article(std::string_view date, std::string_view url, std::string_view title) const {
        if (const int answer = sink_.begin_article(sink_.host)) return answer;
        if (const int answer = field("published", NW_DATE, date)) return answer;
        if (const int answer = field("url", NW_URL, url)) return answer;
        if (const int answer = field("title", NW_TEXT, title)) return answer;
        return sink_.end_article(sink_.host);
    }

  private:
    int field(std::string_view name, nw_kind kind, std::string_view value) const {
        return sink_.field(sink_.host, borrowed(name), kind, borrowed(value), borrowed({}), borrowed({}));
    }

    const nw_sink& sink_;
};

int read(const nw_document& document, const nw_sink& sink) {
    std::string_view rest = view(document.text);
    std::string_view first = take(rest, '\n');
    if (!first.starts_with(kMark)) return 1;
    first.remove_prefix(std::min(first.size(), kMark.size() + 1));
    char separator = ';';
    if (const std::string wrong = read_settings(view(document.settings), separator); !wrong.empty()) {
        sink.problem(sink.host, borrowed(wrong), NW_NOWHERE);
        return 1;
    }
    int answer = sink.format(sink.host, borrowed("headlines"), 0);
    if (answer == 0)
        answer = sink.feed_field(sink.host, borrowed("title"), NW_TEXT, borrowed(first), borrowed({}),
                                 borrowed({}));
    while (answer == 0 && !rest.empty()) {
        std::string_view line = take(rest, '\n');
        if (line.empty()) continue;
        const std::string_view date = take(line, separator);
        const std::string_view url = take(line, separator);
        answer = Sink{sink}.article(date, url, line);
    }
    return answer;
}

int probe(const nw_document* document) {
    return view(document->text).starts_with(kMark) ? 100 : 0;
}

/// No exception may leave a plug-in.
int parse(const nw_document* document, const nw_sink* sink) {
    try {
        return read(*document, *sink);
    } catch (const std::exception&) {
        return 1;
    }
}

constexpr nw_parser_plugin kPlugin = {NW_PARSER_ABI_VERSION, sizeof(nw_parser_plugin), "headlines", probe,
                                      parse};

}  // namespace

extern "C" __attribute__((visibility("default"))) const nw_parser_plugin* newswatch_parser_plugin(void) {
    return &kPlugin;
}
