#include "settings/finding.h"

#include <algorithm>

#include "base/format.h"
#include "settings/code_points.h"

namespace newswatch::settings {

namespace {

/// What one code point looks like in an excerpt: what cannot be seen gets a sign (YAML.md §5).
std::string visible(char32_t value) {
    if (value == U'\t') return "⇥";
    if (is_foreign_space(value)) return "⍽";
    std::string text;
    const bool is_control = value < 0x20 || (value >= 0x7F && value < 0xA0);
    // The joiners belong to words of Persian and of Indic scripts; a sign would tear them apart.
    const bool joins = value == 0x200C || value == 0x200D;
    if ((is_invisible(value) && !joins) || is_control)
        return newswatch::format("‹U+{:04X}›", static_cast<unsigned>(value));
    append_code_point(text, value);
    return text;
}

std::string visible_text(std::string_view utf8) {
    std::string text;
    for (std::size_t at = 0; at < utf8.size();) {
        const CodePoint point = code_point_at(utf8, at);
        text += visible(point.value);
        at += point.size;
    }
    return text;
}

/// East Asian letters take two columns of a terminal (UAX #11, W and F), marks that combine take none.
std::size_t columns_of(char32_t value) {
    const bool wide = (value >= 0x1100 && value <= 0x115F) || (value >= 0x2E80 && value <= 0xA4CF) ||
                      (value >= 0xAC00 && value <= 0xD7A3) || (value >= 0xF900 && value <= 0xFAFF) ||
                      (value >= 0xFE30 && value <= 0xFE6F) || (value >= 0xFF00 && value <= 0xFF60) ||
                      (value >= 0xFFE0 && value <= 0xFFE6) || (value >= 0x1F300 && value <= 0x1FAFF) ||
                      (value >= 0x20000 && value <= 0x3FFFD);
    if (wide) return 2;
    const bool combines = (value >= 0x300 && value <= 0x36F) || value == 0x200C || value == 0x200D ||
                          (value >= 0x900 && value <= 0x902) || value == 0x93C || value == 0x94D ||
                          (value >= 0xE31 && value <= 0xE3A && value != 0xE32 && value != 0xE33);
    return combines ? 0 : 1;
}

std::size_t display_width(std::string_view shown) {
    std::size_t width = 0;
    for (std::size_t at = 0; at < shown.size();) {
        const CodePoint point = code_point_at(shown, at);
        width += columns_of(point.value);
        at += point.size;
    }
    return width;
}

/// `3 | excerpt` and below it the carets, or the piece in quotes where a terminal may reorder the line.
void render_excerpt(std::string& out, const std::string& margin, unsigned line, std::string_view excerpt,
                    unsigned column, unsigned length, const std::string& label) {
    out += newswatch::format("{}|\n{:>{}} | {}\n{}| ", margin, line, margin.size() - 1, visible_text(excerpt),
                             margin);
    const std::string piece = visible_text(slice(excerpt, column, length));
    if (has_right_to_left(excerpt)) {
        out += newswatch::format("at «{}»", piece);
        if (!label.empty()) out += ": " + label;
    } else {
        const std::string before = visible_text(slice(excerpt, 1, column > 0 ? column - 1 : 0));
        out.append(display_width(before), ' ');
        out.append(std::max<std::size_t>(display_width(piece), 1), '^');
        if (!label.empty()) out += " " + label;
    }
    out += "\n";
}

/// `= help: first line`, further lines below the first word.
void render_help(std::string& out, const std::string& margin, const std::string& help) {
    const std::size_t colon = help.find(": ");
    const std::size_t indent = margin.size() + 2 + (colon == std::string::npos ? 0 : colon + 2);
    out += margin + "= ";
    for (const char letter : help) {
        out.push_back(letter);
        if (letter == '\n') out.append(indent, ' ');
    }
    out += "\n";
}

}  // namespace

bool has_errors(const std::vector<Finding>& findings) {
    return std::any_of(findings.begin(), findings.end(),
                       [](const Finding& finding) { return finding.severity == Severity::error; });
}

std::string render(const Finding& finding) {
    std::string out = newswatch::format("{}[{}]: {}\n", name_of(finding.severity), finding.code,
                                        visible_text(finding.headline));
    unsigned highest = finding.place.line;
    for (const RelatedPlace& other : finding.related)
        highest = std::max(highest, other.place.line);
    const std::string margin(std::to_string(highest).size() + 1, ' ');
    const auto arrow = [&](std::string_view sign, const Place& place) {
        out += newswatch::format("{}{} {}:{}:{}\n", std::string(margin.size() - 1, ' '), sign, place.file,
                                 place.line, place.column);
    };
    if (finding.place.line > 0) {
        arrow("-->", finding.place);
        if (!finding.excerpt.empty()) {
            render_excerpt(out, margin, finding.place.line, finding.excerpt, finding.place.column,
                           finding.length, finding.label);
        }
    }
    for (const RelatedPlace& other : finding.related) {
        arrow(":::", other.place);
        render_excerpt(out, margin, other.place.line, other.excerpt, other.place.column, other.length,
                       other.label);
    }
    if (!finding.help.empty() && !finding.excerpt.empty()) out += margin + "|\n";
    for (const std::string& help : finding.help)
        render_help(out, margin, help);
    return out;
}

std::string render_line(const Finding& finding) {
    std::string where = finding.place.file;
    if (finding.place.line > 0)
        where += newswatch::format(":{}:{}", finding.place.line, finding.place.column);
    return newswatch::format("{}: {}: {} [{}]", where, name_of(finding.severity),
                             visible_text(finding.headline), finding.code);
}

}  // namespace newswatch::settings
