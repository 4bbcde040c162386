#include "settings/clean_text.h"

#include <algorithm>

#include "base/format.h"
#include "settings/code_points.h"

namespace newswatch::settings {

namespace {

/// The first byte that belongs to a value: what stands before is indentation, dashes, a key and its colon.
std::size_t end_of_structure(std::string_view line) {
    std::size_t at = 0;
    while (at < line.size()) {
        const CodePoint point = code_point_at(line, at);
        const bool is_lead = point.value == U' ' || point.value == U'-' || point.value == U'\t';
        if (!is_lead && !is_invisible(point.value)) break;
        at += point.size;
    }
    // A key is one word of ours, so it ends at the first space; a term may hold joiners of its own.
    std::size_t end = at;
    while (end < line.size()) {
        const CodePoint point = code_point_at(line, end);
        if (point.value == U':') return end + 1;
        const bool is_key = point.value < 0x80 && point.value > U' ';
        if (!is_key && !is_invisible(point.value)) break;
        end += point.size;
    }
    return at;
}

void report_invisible(Report& report, unsigned line_number, std::string_view line, std::size_t at) {
    const CodePoint point = code_point_at(line, at);
    std::string_view next = line.substr(at + point.size);
    while (!next.empty() && is_invisible(code_point_at(next, 0).value))
        next.remove_prefix(code_point_at(next, 0).size);
    const std::string_view word = next.substr(0, next.find_first_of(": "));
    Finding& finding =
        report.warning("Y17",
                       word.empty() ? std::string{"an invisible character stands on this line"}
                                    : newswatch::format("an invisible character stands before `{}`", word),
                       {line_number, static_cast<unsigned>(code_point_count(line.substr(0, at)) + 1)});
    finding.label = name_of_character(point.value) + "; ignored";
    finding.help.emplace_back("why: it comes along when text is copied from an Arabic or Hebrew page");
    finding.help.emplace_back("help: newswatchctl fmt --fix removes it");
}

}  // namespace

CleanText::CleanText(Report& report) {
    const Source& source = report.source();
    text_.reserve(source.text().size() + 1);
    std::vector<std::size_t> sizes;
    for (unsigned number = 1; number <= source.line_count(); ++number) {
        const std::string_view line = source.line(number);
        const std::size_t begin = text_.size();
        const std::size_t structure = end_of_structure(line);
        std::vector<unsigned> cut;
        unsigned column = 0;
        for (std::size_t at = 0; at < structure;) {
            const CodePoint point = code_point_at(line, at);
            ++column;
            if (is_invisible(point.value)) {
                if (cut.empty()) report_invisible(report, number, line, at);
                cut.push_back(column);
            } else {
                text_ += line.substr(at, point.size);
            }
            at += point.size;
        }
        text_ += line.substr(structure);
        sizes.push_back(text_.size() - begin);
        text_ += '\n';
        if (!cut.empty()) cut_columns_.emplace(number, std::move(cut));
    }
    std::size_t begin = 0;
    for (const std::size_t size : sizes) {
        lines_.push_back(std::string_view{text_}.substr(begin, size));
        begin += size + 1;
    }
}

Mark CleanText::original(Mark mark) const {
    const auto cut = cut_columns_.find(mark.line);
    if (cut == cut_columns_.end()) return mark;
    for (const unsigned column : cut->second) {
        if (column <= mark.column) ++mark.column;
    }
    return mark;
}

Mark CleanText::place(unsigned line, std::size_t byte) const {
    const std::string_view before = lines_[line - 1].substr(0, byte);
    return original({line, static_cast<unsigned>(code_point_count(before) + 1)});
}

}  // namespace newswatch::settings
