#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "match/matcher.h"
#include "match/region_table.h"
#include "model/article.h"
#include "model/match.h"

/// The tables of sentences beside the tests: one sentence a line, columns separated by TABs, `#` for people.
namespace newswatch::match {

struct Sentence {
    std::string place{};  ///< FILE:LINE
    std::vector<std::string> columns{};
};

inline std::filesystem::path source_folder() {
    return std::filesystem::path{NEWSWATCH_SOURCE_DIR};
}

inline std::vector<std::string> cut(const std::string& text, char separator) {
    std::vector<std::string> parts;
    std::size_t begin = 0;
    while (true) {
        const std::size_t end = text.find(separator, begin);
        parts.push_back(text.substr(begin, end - begin));
        if (end == std::string::npos) return parts;
        begin = end + 1;
    }
}

/// Empty where the file is not there. A line may leave out columns at its end; they are empty.
inline std::vector<Sentence> read_sentences(const std::string& file, std::size_t columns) {
    std::ifstream stream{source_folder() / "tests/match" / file};
    std::vector<Sentence> sentences;
    std::string line;
    for (std::size_t number = 1; std::getline(stream, line); ++number) {
        if (line.empty() || line.starts_with('#')) continue;
        sentences.push_back({.place = file + ":" + std::to_string(number), .columns = cut(line, '\t')});
        if (sentences.back().columns.size() < columns) sentences.back().columns.resize(columns);
    }
    return sentences;
}

/// An article of one sentence; `-` as its language is none.
inline Article article_of(const std::string& language, const std::string& text) {
    Article article;
    article.content = text;
    article.language = language == "-" ? "" : language;
    return article;
}

/// The code points [start, end) of `text`: what a span of it must say.
inline std::string slice(const std::string& text, std::size_t start, std::size_t end) {
    std::string result;
    std::size_t at = 0;
    for (const char byte : text) {
        if ((static_cast<unsigned char>(byte) & 0xC0U) != 0x80U) ++at;
        if (at > start && at <= end) result += byte;
    }
    return result;
}

inline const RegionForms& shipped_regions() {
    static const RegionForms forms =
        load_region_forms(source_folder() / "config/regions").value_or(RegionForms{});
    return forms;
}

}  // namespace newswatch::match
