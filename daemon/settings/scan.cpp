#include "settings/scan.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/format.h"
#include "settings/code_points.h"
#include "settings/line_slips.h"
#include "settings/value_scan.h"

namespace newswatch::settings {

namespace {

// Far more than anybody is shown; a file that is no YAML at all would give one a line.
constexpr std::size_t kEnough = 100;

bool is_blank(std::string_view line) {
    const std::size_t at = line.find_first_not_of(" \t");
    return at == std::string_view::npos || line[at] == '#';
}

/// `a`, `a and b`, `a, b and c`.
std::string listed(const std::vector<unsigned>& numbers) {
    std::string text;
    for (std::size_t at = 0; at < numbers.size(); ++at) {
        if (at > 0) text += at + 1 == numbers.size() ? " and " : ", ";
        text += std::to_string(numbers[at]);
    }
    return text;
}

/// Characters that make a text look different from what it is, or that no text has.
void report_characters(Report& report, unsigned number, std::string_view line) {
    unsigned column = 0;
    for (std::size_t at = 0; at < line.size();) {
        const CodePoint point = code_point_at(line, at);
        at += point.size;
        ++column;
        if (point.value == 0x202D || point.value == 0x202E) {
            Finding& finding = report.error(
                "Y18", name_of_character(point.value) + " is not allowed in this file", {number, column});
            finding.label = "makes the text look different from what it is";
            finding.help.emplace_back("help: delete the character; newswatchctl fmt --fix does it");
        } else if ((point.value < 0x20 && point.value != U'\t') || point.value == 0x7F) {
            report
                .error("Y43",
                       newswatch::format("the control character U+{:04X} is not allowed in this file",
                                         static_cast<unsigned>(point.value)),
                       {number, column})
                .help.emplace_back("help: delete the character");
            return;  // a binary file has thousands
        }
    }
}

/// Follows the indentation of the file as YAML would, with a name for every level.
class LineScan {
  public:
    LineScan(const CleanText& text, Report& report) : text_{text}, report_{report}, values_{text, report} {}

    void run() {
        for (unsigned number = 1; number <= text_.lines().size(); ++number) {
            report_characters(report_, number, report_.source().line(number));
            if (values_.is_open() && values_.goes_on(number)) continue;
            if (is_second_document(number) || report_.error_count() >= kEnough) break;
            line(number);
        }
        values_.end();
        report_tabs();
        report_dashes();
    }

  private:
    /// A key or a dash that more deeply indented lines belong to.
    struct Level {
        std::size_t column{0};
        unsigned line{0};
        std::string name{};            ///< the key, or `-`
        bool in_column_of_key{false};  ///< of a dash: the key that owns the list stands in the same column
    };

    bool is_second_document(unsigned number) {
        const std::string_view text = text_.lines()[number - 1];
        const bool starts = text == "---" || text.starts_with("--- ");
        const bool ends = text == "..." || text.starts_with("... ");
        if (!starts && !ends) {
            if (ended_ && !is_blank(text)) return report_second_document(number, "...");
            return false;
        }
        if (starts && seen_content_) return report_second_document(number, "---");
        ended_ = ended_ || ends;
        return false;
    }

    bool report_second_document(unsigned number, std::string_view sign) {
        Finding& finding =
            report_.error("Y37", newswatch::format("`{}` starts a second document; only one per file", sign),
                          text_.place(number, 0), sign.size());
        finding.label = "everything below would be ignored";
        finding.help.emplace_back("help: move the lines below into a file of their own");
        return true;
    }

    void line(unsigned number) {
        const std::string_view text = text_.lines()[number - 1];
        if (is_blank(text) || text.starts_with("---") || text.starts_with("...")) return;
        seen_content_ = true;
        const std::size_t indent = text.find_first_not_of(' ');
        if (text[indent] == '\t') {
            tab_lines_.push_back(number);
            return;  // where a tab stands is anybody's guess, so nothing is said of what lines up
        }
        const CodePoint first = code_point_at(text, indent);
        if (is_foreign_space(first.value)) {
            foreign_space(number, indent, "at the start of this line");
            return;
        }
        if (report_foreign_dash(text_, number, indent, report_)) {
            last_ = ValueKind::broken;
            return;
        }
        if (!lines_up(number, text, indent)) return;
        tokens(number, text, indent);
    }

    /// Closes the levels that this line ends. False where the line only continues a text above.
    bool lines_up(unsigned number, std::string_view text, std::size_t indent) {
        const std::size_t column = indent + 1;
        std::optional<Level> closed;
        while (!levels_.empty() && levels_.back().column > column) {
            closed = levels_.back();
            levels_.pop_back();
        }
        if (levels_.empty()) return true;
        if (levels_.back().column == column) {
            // A key in the column of the dashes belongs to no entry, unless the list stands in its own key's
            // column.
            if (levels_.back().name != "-" || levels_.back().in_column_of_key || text[indent] == '-' ||
                !key_end(text, indent))
                return true;
            if (tab_lines_.empty() && closed) report_misaligned(number, text, indent, *closed);
            return true;
        }
        if (closed) {
            if (tab_lines_.empty()) report_misaligned(number, text, indent, *closed);
            return true;
        }
        if (last_ == ValueKind::nothing) return true;
        if (last_ == ValueKind::broken && text[indent] == '-') return true;  // the next of several slips
        const bool is_new = looks_like_structure(text.substr(indent));
        if (is_new && last_ != ValueKind::broken && tab_lines_.empty()) {
            report_misaligned(number, text, indent, levels_.back());
        } else if (last_ == ValueKind::closed || last_ == ValueKind::open) {
            report_
                .error("Y38", "this line belongs to nothing", text_.place(number, indent),
                       code_point_count(text.substr(indent)))
                .help.push_back(newswatch::format("help: the value of `{}` already ended on the line above",
                                                  levels_.back().name));
        }
        return false;
    }

    void report_misaligned(unsigned number, std::string_view text, std::size_t indent, const Level& deeper) {
        const std::size_t column = indent + 1;
        const Level& outer = levels_.back();
        const bool is_same = deeper.column == outer.column;
        const std::size_t back = column - outer.column;
        const std::size_t forth = is_same ? back + 1 : deeper.column - column;
        // In the column of the dashes it can only have been meant for the entry itself.
        const bool remove = back != 0 && back <= forth;
        const Level& nearest = remove ? outer : deeper;
        const std::size_t spaces = remove ? back : forth;
        const std::string_view token = text.substr(indent, text.substr(indent).find_first_of(": "));
        Finding& finding =
            report_.error("Y28", "this line does not line up with any line above",
                          text_.place(number, indent), code_point_count(token) + (token == "-" ? 0 : 1));
        finding.label = newswatch::format("starts at column {}", column);
        finding.help.push_back(newswatch::format("above: `{}` (line {}) starts at column {}", nearest.name,
                                                 nearest.line, nearest.column));
        finding.help.push_back(newswatch::format("help: {} {} space{} before `{}`", remove ? "remove" : "add",
                                                 spaces == 1 ? "one" : std::to_string(spaces),
                                                 spaces == 1 ? "" : "s", token));
    }

    /// The dashes and the key of a line, then its value.
    void tokens(unsigned number, std::string_view text, std::size_t at) {
        bool behind_dash = false;
        while (at < text.size() && text[at] == '-') {
            const std::string_view next = text.substr(at + 1);
            if (!next.empty() && next.front() != ' ') {
                if (is_foreign_space(code_point_at(next, 0).value)) {
                    foreign_space(number, at + 1, "after `-`");
                } else if (!behind_dash && !is_first_text()) {
                    dash_lines_.push_back({number, at});
                } else {
                    break;  // a text such as -5
                }
                last_ = ValueKind::broken;
                return;
            }
            enter(number, text, at, "-");
            behind_dash = true;
            at = std::min(text.find_first_not_of(' ', at + 1), text.size());
        }
        last_ = behind_dash ? entry(number, text, at) : setting(number, text, at, false);
    }

    /// Whether the whole file so far is no block at all, only a text: the value of a rule by itself.
    [[nodiscard]] bool is_first_text() const { return levels_.empty(); }

    /// What stands behind a dash.
    ValueKind entry(unsigned number, std::string_view text, std::size_t at) {
        const bool is_comment = at < text.size() && text[at] == '#';
        if (is_comment && at + 1 < text.size() && text[at + 1] != ' ' && !nested_below(number)) {
            const std::string_view hashtag = trimmed(text.substr(at));
            Finding& finding = report_.error("Y33", "this entry is empty: `#` starts a comment",
                                             text_.place(number, at), code_point_count(hashtag));
            finding.label = "everything from `#` on is ignored";
            finding.help.push_back(
                newswatch::format("help: to search for the hashtag, use quotes:  - \"{}\"", hashtag));
            return ValueKind::broken;
        }
        if (at >= text.size() || is_comment) return ValueKind::nothing;
        return setting(number, text, at, true);
    }

    /// Whether the next line with content is deeper than `at` and an entry or a setting.
    [[nodiscard]] bool has_structure_below(unsigned number, std::size_t at) const {
        for (unsigned next = number + 1; next <= text_.lines().size(); ++next) {
            const std::string_view below = text_.lines()[next - 1];
            if (is_blank(below)) continue;
            const std::size_t indent = below.find_first_not_of(" \t");
            return indent > at && looks_like_structure(below.substr(indent));
        }
        return false;
    }

    [[nodiscard]] bool nested_below(unsigned number) const {
        for (unsigned next = number + 1; next <= text_.lines().size(); ++next) {
            const std::string_view below = text_.lines()[next - 1];
            if (!is_blank(below)) return below.find_first_not_of(" \t") + 1 > levels_.back().column;
        }
        return false;
    }

    /// `key: value`, or a text without a key.
    ValueKind setting(unsigned number, std::string_view text, std::size_t at, bool behind_dash) {
        const std::optional<std::size_t> colon = key_end(text, at);
        if (colon) {
            enter(number, text, at, trimmed(text.substr(at, *colon - at)));
            const std::size_t value = std::min(text.find_first_not_of(" \t", *colon + 1), text.size());
            return values_.value(number, value, true, levels_.back().column);
        }
        if (!behind_dash &&
            (levels_.empty() || at + 1 <= levels_.back().column || last_ == ValueKind::nothing) &&
            report_missing_colon(text_, number, at, has_structure_below(number, at), report_))
            return ValueKind::broken;
        const bool is_value = behind_dash || levels_.empty() || last_ == ValueKind::nothing;
        if (is_value && (behind_dash || levels_.empty() || at + 1 > levels_.back().column))
            return values_.value(number, at, false, levels_.empty() ? 0 : levels_.back().column);
        return no_setting(number, text, at);
    }

    ValueKind no_setting(unsigned number, std::string_view text, std::size_t at) {
        const std::size_t errors_before = report_.error_count();
        values_.value(number, at, false, levels_.back().column);  // may know better: `name:value`
        if (report_.error_count() != errors_before) return ValueKind::broken;
        const std::string_view word = trimmed(text.substr(at));
        const bool is_entry = levels_.back().name == "-";
        Finding& finding = report_.error(
            "Y38", is_entry ? "this line is not an entry of the list" : "this line is not a setting",
            text_.place(number, at), code_point_count(word));
        finding.label = is_entry ? newswatch::format("expected `- {}`", word) : "expected `name: value`";
        finding.help.push_back(
            newswatch::format("help: if it is a term, put it under `any_of` with a dash:  - {}", word));
        return ValueKind::broken;
    }

    /// The byte of the colon that ends the key at `at`; empty where there is no key.
    static std::optional<std::size_t> key_end(std::string_view text, std::size_t at) {
        std::size_t from = at;
        if (text[at] == '"' || text[at] == '\'') {
            const auto end = ValueScan::end_of_quote(text, at);
            if (!end) return std::nullopt;
            from = std::min(text.find_first_not_of(' ', *end), text.size());
            if (from >= text.size() || text[from] != ':') return std::nullopt;
        } else if (text[at] == '[' || text[at] == '{') {
            return std::nullopt;
        }
        for (; from < text.size(); ++from) {
            if (text[from] == '#' && from > 0 && text[from - 1] == ' ') return std::nullopt;
            if (text[from] == ':' &&
                (from + 1 == text.size() || text[from + 1] == ' ' || text[from + 1] == '\t'))
                return from;
        }
        return std::nullopt;
    }

    void enter(unsigned number, std::string_view text, std::size_t at, std::string_view name) {
        const std::size_t column = code_point_count(text.substr(0, at)) + 1;
        bool in_column_of_key = false;
        if (!levels_.empty() && levels_.back().column >= column) {
            in_column_of_key = levels_.back().name != "-" || levels_.back().in_column_of_key;
            levels_.pop_back();
        }
        levels_.push_back({column, number, std::string{name}, name == "-" && in_column_of_key});
    }

    void foreign_space(unsigned number, std::size_t at, std::string_view where) {
        Finding& finding = report_.error("Y34", newswatch::format("a no-break space stands {}", where),
                                         text_.place(number, at));
        finding.label = "looks like a space (shown as ⍽), but YAML does not see one";
        finding.help.emplace_back("help: type a normal space; newswatchctl fmt --fix does it");
    }

    void report_tabs() {
        if (tab_lines_.empty()) return;
        Finding& finding =
            report_.error("Y01", "this line is indented with a TAB", text_.place(tab_lines_.front(), 0));
        finding.label = "TAB here (shown as ⇥)";
        finding.help.emplace_back("why: YAML accepts only spaces at the start of a line");
        finding.help.push_back(newswatch::format(
            "help: {}. Let the tool change {} to spaces:\nnewswatchctl fmt --fix {}",
            tab_lines_.size() == 1
                ? newswatch::format("line {} has a TAB", tab_lines_.front())
                : newswatch::format("{} lines have TABs ({})", tab_lines_.size(), listed(tab_lines_)),
            tab_lines_.size() == 1 ? "it" : "them", report_.source().name()));
    }

    void report_dashes() {
        if (dash_lines_.empty()) return;
        const auto text_of = [this](const Dash& dash) {
            return std::string{trimmed(text_.lines()[dash.line - 1].substr(dash.at))};
        };
        const std::string first = text_of(dash_lines_.front());
        Finding& finding = report_.error("Y30", "a space is missing after `-`",
                                         text_.place(dash_lines_.front().line, dash_lines_.front().at));
        finding.label = newswatch::format("write `- {}`", first.substr(1));
        if (dash_lines_.size() > 1) {
            finding.help.push_back(newswatch::format("why: YAML would join both lines into one text: «{} {}»",
                                                     first, text_of(dash_lines_[1])));
        } else {
            finding.help.push_back(
                newswatch::format("why: without the space this is the text «{}», not an entry", first));
        }
        std::vector<unsigned> lines;
        for (const Dash& dash : dash_lines_)
            lines.push_back(dash.line);
        finding.help.push_back(newswatch::format("help: newswatchctl fmt --fix repairs line{} {}",
                                                 lines.size() == 1 ? "" : "s", listed(lines)));
    }

    struct Dash {
        unsigned line{0};
        std::size_t at{0};
    };

    const CleanText& text_;
    Report& report_;
    ValueScan values_;
    std::vector<Level> levels_{};
    ValueKind last_{ValueKind::nothing};  // of the last line with content
    bool seen_content_{false};
    bool ended_{false};
    std::vector<unsigned> tab_lines_{};
    std::vector<Dash> dash_lines_{};
};

}  // namespace

void scan_lines(const CleanText& text, Report& report) {
    LineScan{text, report}.run();
}

}  // namespace newswatch::settings
