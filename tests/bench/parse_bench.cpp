// parse against its limit (docs/performance.md): the raw pugixml DOM of the same bytes.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <filesystem>
#include <pugixml.hpp>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/format.h"
#include "parse/parser.h"

namespace newswatch {

namespace {

constexpr std::size_t kLargestFile = std::size_t{8} << 20;

/// Words of several scripts, so that no fast path for ASCII flatters the figures.
constexpr std::size_t kLanguages = 5;
constexpr std::size_t kWordsOfOne = 8;
constexpr std::string_view kWords[kLanguages][kWordsOfOne] = {
    {"talks", "minister", "said", "the", "ceasefire", "between", "and", "delegation"},
    {"délégation", "à", "rencontré", "cessez-le-feu", "été", "négociations", "le", "près"},
    {"وزير", "الخارجية", "بحث", "في", "المحادثات", "مع", "نظيره", "وقف"},
    {"министр", "и", "обсудил", "в", "перемирие", "с", "ливийский", "переговоры"},
    {"görüşme", "yapıldı", "ateşkes", "ve", "dışişleri", "bakanı", "için", "heyet"}};

/// Sentences, each in one language.
class Words {
  public:
    std::string take(std::size_t count) {
        const std::size_t language = next() % kLanguages;
        std::string text;
        for (std::size_t i = 0; i < count; ++i) {
            text.append(i == 0 ? "" : " ").append(kWords[language][next() % kWordsOfOne]);
        }
        return text;
    }

  private:
    std::size_t next() {
        state_ = state_ * 6364136223846793005U + 1442695040888963407U;
        return static_cast<std::size_t>(state_ >> 33);
    }

    std::uint64_t state_{42};
};

std::string rss_feed(std::size_t items) {
    Words words;
    std::string feed =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" "
        "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
        "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">\n<channel>\n<title>Bench</title>\n"
        "<link>https://news.example.org/</link>\n<language>en</language>\n";
    for (std::size_t i = 0; i < items; ++i) {
        feed += format(
            "<item>\n<title>{}</title>\n<link>https://news.example.org/{}?utm_source=rss</link>\n"
            "<guid isPermaLink=\"false\">bench-{}</guid>\n<pubDate>Tue, 27 Jan 2026 09:{:02}:00 "
            "+0100</pubDate>\n"
            "<dc:creator>{}</dc:creator>\n<category>world</category>\n<description>&lt;p&gt;{}&lt;/p&gt;</"
            "description>\n"
            "<content:encoded><![CDATA[<p>{}</p>\n<p>{} &amp; <a "
            "href=\"https://news.example.org/a\">{}</a></p>]]>"
            "</content:encoded>\n</item>\n",
            words.take(9), i, i, i % 60, words.take(2), words.take(30), words.take(120), words.take(120),
            words.take(3));
    }
    return feed + "</channel>\n</rss>\n";
}

std::vector<std::string> captured_feeds() {
    std::vector<std::string> feeds;
    const std::filesystem::path folder =
        std::filesystem::path{NEWSWATCH_SOURCE_DIR} / ".." / "shared" / "feeds" / "captured";
    std::error_code missing;
    for (const auto& entry : std::filesystem::directory_iterator{folder, missing}) {
        if (entry.path().extension() == ".json") continue;
        if (auto bytes = read_file(entry.path(), kLargestFile)) feeds.push_back(std::move(*bytes));
    }
    return feeds;
}

const parse::ParserRegistry& registry() {
    static const parse::ParserRegistry kRegistry =
        parse::ParserRegistry::load(std::filesystem::path{NEWSWATCH_BINARY_DIR} / "lib/newswatch/plugins");
    return kRegistry;
}

void raw_dom(benchmark::State& state, const std::vector<std::string>& feeds) {
    std::size_t bytes = 0;
    for (auto _ : state) {
        for (const std::string& feed : feeds) {
            pugi::xml_document document;
            benchmark::DoNotOptimize(document.load_buffer(feed.data(), feed.size()));
            bytes += feed.size();
        }
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) *
                            static_cast<std::int64_t>(feeds.size()));
}

void whole_parse(benchmark::State& state, const std::vector<std::string>& feeds) {
    std::size_t bytes = 0;
    std::vector<Document> documents;
    for (const std::string& feed : feeds) {
        Document document;
        document.url = "https://news.example.org/feed.xml";
        document.bytes = feed;
        documents.push_back(std::move(document));
    }
    for (auto _ : state) {
        for (const Document& document : documents) {
            const auto parsed = parse::parse(registry(), document);
            if (!parsed) state.SkipWithError(parsed.error().line().c_str());
            benchmark::DoNotOptimize(parsed);
            bytes += document.bytes.size();
        }
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) *
                            static_cast<std::int64_t>(feeds.size()));
}

void add(const std::string& name, const std::vector<std::string>& feeds) {
    benchmark::RegisterBenchmark(("limit/pugixml_dom/" + name).c_str(),
                                 [feeds](benchmark::State& state) { raw_dom(state, feeds); });
    benchmark::RegisterBenchmark(("parse/" + name).c_str(),
                                 [feeds](benchmark::State& state) { whole_parse(state, feeds); });
}

}  // namespace

}  // namespace newswatch

int main(int argc, char** argv) {
    newswatch::add("rss_20_items", {newswatch::rss_feed(20)});
    newswatch::add("rss_200_items", {newswatch::rss_feed(200)});
    if (const auto feeds = newswatch::captured_feeds(); !feeds.empty()) newswatch::add("captured", feeds);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
