#include "article_page/byline.h"

#include <algorithm>
#include <array>

#include "article_page/characters.h"
#include "feed/words.h"
#include "text/date.h"

namespace newswatch::article_page {

namespace {

constexpr std::size_t kLongestName = 100;

/// Before a name; folded letters would lose the blank that ends the word.
constexpr std::array<std::string_view, 42> kBefore = {
    "by:",      "by ",    "by\u00A0", "written by ", "posted by ", "published by ", "author: ",
    "author:",  "text: ", "text:",    "from ",       "von ",       "autor: ",       "autor:",
    "autorin:", "par ",   "de ",      "por ",        "por: ",      "di ",           "da ",
    "door ",    "av ",    "af ",      "автор: ",     "автор:",     "автор ",        "بقلم:",
    "بقلم ",    "بقلم: ", "كتب: ",    "كتب ",        "الكاتب:",    "نویسنده:",      "خبرنگار:",
    "מאת:",     "מאת ",   "作者：",   "作者:",       "记者：",     "文：",          "文/"};
constexpr std::array<std::string_view, 6> kAfter = {"記者", "记者", " 기자", "기자", " muhabiri", "編集部"};
/// What ends a line of names.
constexpr std::array<std::string_view, 9> kEnds = {" | ", "|", " • ", " · ", " – ", " — ", "\n", " / ", " ("};

std::string small_ascii(std::string_view text) {
    std::string small{text};
    for (char& c : small)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return small;
}

bool has_digit_run(std::string_view text) {
    return std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }) >= 3;
}

std::string cleaned(std::string_view said) {
    std::string name = folded_blanks(said);
    for (const std::string_view end : kEnds) {
        if (const std::size_t at = name.find(end); at != std::string::npos && at > 2) name.resize(at);
    }
    for (int again = 0; again < 2; ++again) {
        const std::string small = small_ascii(name);
        for (const std::string_view before : kBefore) {
            if (!small.starts_with(before)) continue;
            name.erase(0, before.size());
            break;
        }
        while (name.starts_with(' '))
            name.erase(0, 1);
    }
    for (const std::string_view after : kAfter)
        if (name.ends_with(after) && name.size() > after.size()) name.resize(name.size() - after.size());
    while (!name.empty() && (name.back() == ' ' || name.back() == ',' || name.back() == ':' ||
                             name.back() == '-' || name.back() == ';'))
        name.pop_back();
    while (name.starts_with("@") || name.starts_with("-") || name.starts_with(" "))
        name.erase(0, 1);
    return name;
}

bool plausible(const std::string& name, const std::string& site) {
    if (name.size() < 2 || name.size() > kLongestName) return false;
    if (name.find("://") != std::string::npos || name.find("www.") != std::string::npos ||
        name.find('@') != std::string::npos)
        return false;
    if (name.find('{') != std::string::npos || name.starts_with("/")) return false;
    if (has_digit_run(name) || text::read_date(name)) return false;
    const std::string letters = letters_of(name);
    for (const std::string_view nobody :
         {"admin",   "administrator", "null",        "undefined",   "none",       "author", "webmaster",
          "unknown", "root",          "editor",      "anonymous",   "guest",      "user",   "posted",
          "por",     "beitrag",       "alleartikel", "allbeitrage", "artikelvon", "von",    "by",
          "autor",   "autoren",       "redaktion",   "share",       "agencies",   "online", "na"})
        if (letters == nobody) return false;
    return !letters.empty() && letters != letters_of(site);
}

class BylineChooser {
  public:
    BylineChooser(const Outline& outline, const Facts& facts, const std::string& site, NodeIndex title,
                  NodeIndex root)
        : outline_{outline}, page_{outline.page()}, facts_{facts}, site_{site}, title_{title}, root_{root} {}

    std::vector<Statement> choose() {
        by_statement();
        if (found_.empty()) by_mark_up();
        if (found_.empty()) by_line();
        return std::move(found_);
    }

  private:
    bool take(std::string_view said, std::string_view source) {
        std::string name = cleaned(said);
        if (!plausible(name, site_)) return false;
        const std::string letters = letters_of(name);
        for (const Statement& known : found_)
            if (letters_of(known.value).find(letters) != std::string::npos) return true;
        found_.push_back({std::move(name), source});
        return true;
    }

    /// All names of the first source that gives one.
    void by_statement() {
        for (const Statement& statement : facts_.authors) {
            if (!found_.empty() && found_.front().source != statement.source) break;
            take(statement.value, statement.source);
        }
    }

    /// `rel=author` and classes; near the article only, for teasers and comments have authors too.
    void by_mark_up() {
        const NodeIndex from = std::max(page_.body(), title_ == kNobody ? page_.body() : around_title());
        const NodeIndex to = root_ == kNobody ? page_.size() : std::max(page_[root_].end, from);
        for (NodeIndex at = from; at < to; ++at) {
            if (page_[at].text) continue;
            const bool by_rel = page_.attribute(at, "rel") == "author";
            const NameHints& names = outline_.hints(at);
            if (names.comments) {
                at = page_[at].end - 1;
                continue;
            }
            if (!by_rel && !names.author) continue;
            const std::string text = name_inside(at);
            if (text.size() < 3 * kLongestName && take(text, by_rel ? "rel=author" : "class")) return;
        }
    }

    NodeIndex around_title() const {
        NodeIndex at = title_;
        for (int step = 0; step < 3 && page_[at].parent > page_.body(); ++step)
            at = page_[at].parent;
        return at;
    }

    /// The first link inside that reads like a name, else all.
    std::string name_inside(NodeIndex at) const {
        for (NodeIndex inner = at + 1; inner < page_[at].end; ++inner) {
            const bool names_him = page_[inner].tag == GUMBO_TAG_A || outline_.hints(inner).author;
            if (page_[inner].text || !names_him) continue;
            std::string text = page_.text_under(inner, 200);
            if (weight(text) >= 4 && plausible(cleaned(text), site_)) return text;
        }
        return page_.text_under(at, 400);
    }

    /// A line near the title that begins with `By`.
    void by_line() {
        constexpr std::size_t kNear = 12;
        std::size_t looked = 0;
        for (const Block& block : outline_.blocks()) {
            if (block.first < title_ || looked++ > kNear || block.weight > 80) continue;
            const std::string small = small_ascii(block.text);
            const bool says =
                std::any_of(kBefore.begin(), kBefore.end(),
                            [&](std::string_view before) {
                                return before.size() > 3 && before != "from " && small.starts_with(before);
                            }) ||
                small.starts_with("by ");
            if (says && take(block.text, "line")) return;
        }
    }

    const Outline& outline_;
    const Page& page_;
    const Facts& facts_;
    const std::string& site_;
    NodeIndex title_;
    NodeIndex root_;
    std::vector<Statement> found_{};
};

}  // namespace

std::vector<Statement> choose_authors(const Outline& outline, const Facts& facts, const std::string& site,
                                      NodeIndex title, NodeIndex root) {
    return BylineChooser{outline, facts, site, title, root}.choose();
}

}  // namespace newswatch::article_page
