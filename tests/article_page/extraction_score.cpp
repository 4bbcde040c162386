/// How much of real pages the plug-in `article_page` gets right. Takes a folder with truth.json and pages/:
///
///     build/bin/extraction_score FOLDER [--worst]
///
/// A page's truth are segments that must stand in its text (`with`), segments that must not (`without`), and
/// where known title, date and author. A third of the pages, by a hash of their names, is held out: rules are
/// made from the others.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

#include "base/format.h"
#include "parse/parser.h"
#include "text/date.h"
#include "text/fold.h"

namespace {

using newswatch::format;
using Json = nlohmann::json;

struct Count {
    int right{0};
    int all{0};
    void add(bool is_right) {
        right += is_right ? 1 : 0;
        ++all;
    }
    [[nodiscard]] double share() const { return all == 0 ? 0 : static_cast<double>(right) / all; }
};

struct Score {
    int pages{0};
    int found{0};  ///< wanted segments that are there
    int missed{0};
    int intruded{0};  ///< unwanted segments that are there
    Count title{};
    Count date{};
    Count author{};

    [[nodiscard]] std::string line(const std::string& name) const {
        const double precision = found + intruded == 0 ? 0 : static_cast<double>(found) / (found + intruded);
        const double recall = found + missed == 0 ? 0 : static_cast<double>(found) / (found + missed);
        const double f1 = precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
        return format(
            "{:<9} {:>4} pages  segments: precision {:.3f} recall {:.3f} F1 {:.3f}  title {:.3f}  date "
            "{:.3f}  author {:.3f}",
            name, pages, precision, recall, f1, title.share(), date.share(), author.share());
    }
};

std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream stream{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{stream}, {}};
}

/// White space folded; typographic quotes and dashes as they are.
std::string folded(const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool no_break = text[i] == '\xC2' && i + 1 < text.size() && text[i + 1] == '\xA0';
        const bool blank =
            no_break || text[i] == ' ' || text[i] == '\n' || text[i] == '\t' || text[i] == '\r';
        if (no_break) ++i;
        if (!blank)
            out += text[i];
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
    }
    while (out.ends_with(' '))
        out.pop_back();
    return out;
}

bool held_out(const std::string& name) {
    std::uint32_t hash = 2166136261U;  // FNV-1a
    for (const char c : name)
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    return hash % 3 == 0;
}

std::string first_of(const Json& value) {
    return value.is_array() ? value.front().get<std::string>() : value.get<std::string>();
}

void judge(const Json& truth, const newswatch::parse::ParsedDocument& page, Score& score, bool aloud) {
    const newswatch::Article article = page.articles.empty() ? newswatch::Article{} : page.articles.front();
    const std::string text = folded(article.content);
    const std::string name = truth["page"].get<std::string>() + " " + truth["url"].get<std::string>();
    const auto say = [&](const std::string& what) {
        if (aloud) std::cout << name << "\n    " << what << '\n';
    };
    ++score.pages;
    const auto why = [&](const Json& segment) {
        const std::string start = folded(segment).substr(0, 24);
        const std::string& lines = page.feed.description;
        const std::size_t at = lines.find(start);
        if (at == std::string::npos) return std::string{};
        const std::size_t begin = lines.rfind('\n', at) + 1;
        return "   <= " + lines.substr(begin, lines.find(']', begin) + 1 - begin);
    };
    for (const Json& segment : truth["with"]) {
        const bool there = text.find(folded(segment)) != std::string::npos;
        ++(there ? score.found : score.missed);
        if (!there) say("MISSED   " + segment.get<std::string>() + why(segment));
    }
    for (const Json& segment : truth["without"]) {
        const bool there = text.find(folded(segment)) != std::string::npos;
        score.intruded += there ? 1 : 0;
        if (there) say("INTRUDED " + segment.get<std::string>() + why(segment));
    }
    const auto compare = [&](const char* key, Count& count, const std::string& got) {
        if (!truth.contains(key)) return;
        const std::string wanted = folded(first_of(truth[key]));
        const bool right = newswatch::text::fold(wanted) == newswatch::text::fold(folded(got));
        count.add(right);
        if (!right) say(format("{}: wanted \"{}\", got \"{}\"", key, wanted, got));
    };
    compare("title", score.title, article.title);
    compare("date", score.date,
            article.published ? newswatch::text::rfc3339(*article.published).substr(0, 10) : "");
    std::string authors;
    for (const newswatch::Person& author : article.authors)
        authors.append(authors.empty() ? "" : ", ").append(author.name);
    compare("author", score.author, authors);
    if (aloud && truth.contains("author") && !page.feed.description.empty())
        std::cout << "    " << page.feed.description.substr(0, page.feed.description.find("language:"))
                  << "\n    raw " << article.published_raw << '\n';
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::cerr << "extraction_score FOLDER [--worst]: FOLDER holds truth.json and pages/\n";
        return 2;
    }
    const std::filesystem::path folder{argv[1]};
    const bool worst = argc > 2 && std::string{argv[2]} == "--worst";
    const Json truth = Json::parse(bytes_of(folder / "truth.json"), nullptr, false);
    if (!truth.is_array()) {
        std::cerr << (folder / "truth.json").string() << ": a JSON list was expected\n";
        return 1;
    }
    const auto registry =
        newswatch::parse::ParserRegistry::load(NEWSWATCH_BINARY_DIR "/lib/newswatch/plugins");
    Score tuned;
    Score kept_aside;
    for (const Json& one : truth) {
        const std::string url = one["url"];
        const newswatch::Document document{
            .url = url.starts_with("http") ? url : "",
            .bytes = bytes_of(folder / "pages" / one["page"].get<std::string>()),
            .reader = "article_page"};
        const auto page = newswatch::parse::parse(registry, document);
        const bool aside = held_out(one["page"]);
        judge(one, page ? *page : newswatch::parse::ParsedDocument{}, aside ? kept_aside : tuned,
              worst && !aside);
    }
    std::cout << tuned.line("tuned on") << '\n' << kept_aside.line("held out") << '\n';
    return 0;
}
