#include "article_page/dateline.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "article_page/characters.h"
#include "text/date.h"
#include "text/fold.h"
#include "text/url.h"

namespace newswatch::article_page {

namespace {

constexpr std::size_t kLongestLine = 300;

/// Words of a line between blanks and signs that no date holds.
std::vector<std::string_view> words_of(std::string_view line) {
    std::vector<std::string_view> words;
    std::size_t from = 0;
    const auto end = [&](std::size_t at) {
        if (at > from) words.push_back(line.substr(from, at - from));
    };
    for (std::size_t at = 0; at < line.size(); ++at) {
        if (line[at] != ' ' && line[at] != '|' && line[at] != '\n' && line[at] != '(' && line[at] != ')')
            continue;
        end(at);
        from = at + 1;
    }
    end(line.size());
    return words;
}

/// More than a year alone, which is no day.
bool holds_two_numbers(std::string_view part) {
    const std::string folded = text::fold(part);
    std::size_t numbers = 0;
    for (std::size_t at = 0; at < folded.size(); ++at) {
        const auto digit = [&](std::size_t i) { return folded[i] >= '0' && folded[i] <= '9'; };
        if (digit(at) && (at == 0 || !digit(at - 1))) ++numbers;
    }
    return numbers >= 2;
}

bool holds_year(std::string_view word) {
    const std::string folded = text::fold(word);
    std::size_t run = 0;
    for (const char c : folded) {
        run = c >= '0' && c <= '9' ? run + 1 : 0;
        if (run == 4) return true;
    }
    return false;
}
/// `12.03.21`
bool holds_short_date(std::string_view word) {
    const std::string folded = text::fold(word);
    std::size_t numbers = 0;
    bool in_number = false;
    for (const char c : folded) {
        const bool digit = c >= '0' && c <= '9';
        if (digit && !in_number) ++numbers;
        in_number = digit;
    }
    return numbers == 3 && folded.size() <= 12 && folded.find(':') == std::string::npos;
}

}  // namespace

std::string date_inside(std::string_view line, std::string_view language) {
    if (line.size() > kLongestLine) return {};
    const std::vector<std::string_view> words = words_of(line);
    for (std::size_t year = 0; year < words.size(); ++year) {
        if (!holds_year(words[year]) && !holds_short_date(words[year])) continue;
        const auto read = [&](std::size_t from, std::size_t to) -> std::string {
            const char* const begin = words[from].data();
            std::string_view part{
                begin, static_cast<std::size_t>(words[to - 1].data() + words[to - 1].size() - begin)};
            while (part.ends_with(',') || part.ends_with('.') || part.ends_with('-'))
                part.remove_suffix(1);
            return holds_two_numbers(part) && text::read_date(part, language) ? std::string{part}
                                                                              : std::string{};
        };
        // The clock stands behind the year, or nothing does; the day and the month before it, or behind.
        for (std::size_t after = std::min<std::size_t>(4, words.size() - year); after >= 1; --after) {
            for (std::size_t before = std::min<std::size_t>(5, year) + 1; before-- > 0;) {
                if (std::string found = read(year - before, year + after); !found.empty()) return found;
            }
        }
    }
    return {};
}

namespace {

class DatelineChooser {
  public:
    DatelineChooser(const Outline& outline, const Facts& facts, std::string_view url,
                    std::string_view language, NodeIndex title, NodeIndex root)
        : outline_{outline},
          page_{outline.page()},
          facts_{facts},
          url_{url},
          language_{language},
          title_{title},
          root_{root} {}

    Dates choose() {
        for (const Statement& stated : facts_.published)
            offer(dates_.published, stated.value, stated.source);
        for (const Statement& stated : facts_.updated)
            offer(dates_.updated, stated.value, stated.source);
        if (dates_.published.value.empty()) by_mark_up();
        if (dates_.published.value.empty()) by_line();
        if (dates_.published.value.empty()) offer(dates_.published, date_of_url(), "address");
        if (dates_.published.value.empty()) dates_.published = dates_.updated;
        return std::move(dates_);
    }

  private:
    void offer(Statement& slot, std::string_view value, std::string_view source) const {
        if (!slot.value.empty() || value.empty()) return;
        if (!holds_two_numbers(value) && value.size() != 8) return;
        if (text::read_date(value, language_))
            slot = {std::string{value}, source};
        else if (std::string inside = date_inside(folded_blanks(value), language_); !inside.empty())
            slot = {std::move(inside), source};
    }

    /// From where the title's surroundings begin to the end of the article.
    [[nodiscard]] std::pair<NodeIndex, NodeIndex> surroundings() const {
        NodeIndex from = page_.body();
        if (title_ != kNobody) {
            from = title_;
            for (int step = 0; step < 3 && page_[from].parent > page_.body(); ++step)
                from = page_[from].parent;
        }
        const NodeIndex to = root_ == kNobody ? page_.size() : std::max(page_[root_].end, from);
        return {from, to};
    }

    void by_mark_up() {
        const auto [from, to] = surroundings();
        for (NodeIndex at = from; at < to; ++at) {
            if (page_[at].text) continue;
            const NameHints& names = outline_.hints(at);
            if (names.comments) {
                at = page_[at].end - 1;
                continue;
            }
            const bool time = page_[at].tag == GUMBO_TAG_TIME;
            if (!time && !names.date) continue;
            if (time) offer(slot_for(at), page_.attribute(at, "datetime"), "time element");
            const std::string text = page_.text_under(at, kLongestLine + 1);
            offer(slot_for(at), text, time ? "time element" : "class");
        }
    }
    Statement& slot_for(NodeIndex at) {
        const std::string_view names = page_.attribute(at, "class");
        const bool later = names.find("updated") != std::string_view::npos &&
                           names.find("published") == std::string_view::npos;
        return later || names.find("modified") != std::string_view::npos ? dates_.updated : dates_.published;
    }

    void by_line() {
        constexpr std::size_t kNear = 10;
        std::size_t after_title = 0;
        for (const Block& block : outline_.blocks()) {
            if (title_ != kNobody && block.first < title_) continue;
            if (++after_title > kNear) break;
            if (block.weight > 160) continue;
            if (block.phrase.phrase == Phrase::updated)
                offer(dates_.updated, block.text, "line");
            else
                offer(dates_.published, block.text, "line");
        }
        for (const Block& block : outline_.blocks()) {
            const bool says =
                block.phrase.phrase == Phrase::published || block.phrase.phrase == Phrase::updated;
            if (says && block.weight < 160) offer(dates_.published, block.text, "line");
        }
        // Above the title, close to it.
        std::vector<const Block*> before;
        for (const Block& block : outline_.blocks())
            if (title_ != kNobody && block.first < title_) before.push_back(&block);
        for (std::size_t i = 0; i < std::min<std::size_t>(4, before.size()); ++i) {
            const Block& block = *before[before.size() - 1 - i];
            if (block.weight < 80) offer(dates_.published, block.text, "line");
        }
    }

    /// `/2020/04/24/`, `2020-04-24`, `20200424`.
    [[nodiscard]] std::string date_of_url() const {
        const std::string_view path = text::split_url(url_).path;
        std::vector<std::string> numbers;
        for (std::size_t at = 0; at <= path.size();) {
            std::size_t end = at;
            while (end < path.size() && path[end] >= '0' && path[end] <= '9')
                ++end;
            if (end > at) {
                std::string number{path.substr(at, end - at)};
                if (number.size() == 8 && number.starts_with("20"))
                    return number.substr(0, 4) + "-" + number.substr(4, 2) + "-" + number.substr(6);
                numbers.push_back(std::move(number));
                const std::size_t count = numbers.size();
                if (count >= 3 && numbers[count - 3].size() == 4 &&
                    (numbers[count - 3].starts_with("20") || numbers[count - 3].starts_with("199")) &&
                    numbers[count - 2].size() <= 2 && numbers[count - 1].size() <= 2) {
                    const auto two = [](const std::string& n) { return n.size() == 1 ? "0" + n : n; };
                    return numbers[count - 3] + "-" + two(numbers[count - 2]) + "-" + two(numbers[count - 1]);
                }
            } else if (at < path.size() && path[at] != '/' && path[at] != '-' && path[at] != '_') {
                numbers.clear();
            }
            at = std::max(end, at + 1);
        }
        return {};
    }

    const Outline& outline_;
    const Page& page_;
    const Facts& facts_;
    std::string_view url_;
    std::string_view language_;
    NodeIndex title_;
    NodeIndex root_;
    Dates dates_{};
};

}  // namespace

Dates choose_dates(const Outline& outline, const Facts& facts, std::string_view url,
                   std::string_view language, NodeIndex title, NodeIndex root) {
    return DatelineChooser{outline, facts, url, language, title, root}.choose();
}

}  // namespace newswatch::article_page
