#include "settings/tidy_file.h"

#include "settings/code_points.h"

namespace newswatch::settings {

namespace {

constexpr std::string_view kSpacesForTab = "  ";

bool joins_letters(char32_t value) {
    return value == 0x200C || value == 0x200D;  // ZWNJ and ZWJ: part of Persian and Indic spelling
}

bool turns_direction(char32_t value) {
    return value >= 0x202A && value <= 0x202E;  // Y18: these make a text look different from what it is
}

/// One line on its way to a tidy one.
class Line {
  public:
    Line(std::string_view text, unsigned number, std::vector<TidyChange>& changes)
        : text_{text}, number_{number}, changes_{changes} {}

    [[nodiscard]] std::string tidy() {
        if (text_.ends_with('\r')) {
            text_.remove_suffix(1);  // told once for the whole file
        }
        std::string out = replace_characters(indent());
        separate_dash(out);
        const std::size_t end = out.find_last_not_of(" \t");
        const std::size_t size = end == std::string::npos ? 0 : end + 1;
        if (size < out.size()) changes_.push_back({number_, "white space at the end goes"});
        out.resize(size);
        return out;
    }

  private:
    std::string indent() {
        std::string out;
        bool tab = false;
        for (; at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t'); ++at_) {
            if (text_[at_] == '\t') {
                out += kSpacesForTab;
                tab = true;
            } else {
                out += ' ';
            }
        }
        if (tab) changes_.push_back({number_, "the TAB at the start becomes spaces"});
        return out;
    }

    std::string replace_characters(std::string out) {
        bool space = false;
        bool invisible = false;
        while (at_ < text_.size()) {
            const CodePoint point = code_point_at(text_, at_);
            if (is_foreign_space(point.value)) {
                out += ' ';
                space = true;
            } else if (turns_direction(point.value) ||
                       (is_invisible(point.value) && !joins_letters(point.value))) {
                invisible = true;
            } else {
                out.append(text_.substr(at_, point.size));
            }
            at_ += point.size;
        }
        if (space) changes_.push_back({number_, "a no-break space becomes a normal one"});
        if (invisible) changes_.push_back({number_, "an invisible character goes"});
        return out;
    }

    /// `-word` → `- word` at the start of a line; `---` and `-5` stay.
    void separate_dash(std::string& out) {
        const std::size_t dash = out.find_first_not_of(' ');
        if (dash == std::string::npos || out[dash] != '-' || dash + 1 >= out.size()) return;
        const char next = out[dash + 1];
        if (next == ' ' || next == '-' || (next >= '0' && next <= '9')) return;
        out.insert(dash + 1, " ");
        changes_.push_back({number_, "a space is put behind the dash"});
    }

    std::string_view text_;
    unsigned number_;
    std::vector<TidyChange>& changes_;
    std::size_t at_{0};
};

}  // namespace

TidyFile tidy_file(std::string_view utf8) {
    TidyFile file;
    if (utf8.find("\r\n") != std::string_view::npos)
        file.changes.push_back({1, "Windows line ends become Unix ones"});
    unsigned number = 0;
    while (!utf8.empty()) {
        const std::size_t end = utf8.find('\n');
        file.text += Line{utf8.substr(0, end), ++number, file.changes}.tidy();
        file.text += '\n';
        if (end == std::string_view::npos) {
            file.changes.push_back({number, "a line end is put behind the last line"});
            break;
        }
        utf8.remove_prefix(end + 1);
    }
    return file;
}

}  // namespace newswatch::settings
