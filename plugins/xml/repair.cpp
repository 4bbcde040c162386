#include "xml/repair.h"

#include <algorithm>
#include <array>
#include <vector>

#include "feed/words.h"
#include "xml/markup.h"
#include "xml/references.h"
#include "xml/vocabulary.h"
#include "xml/well_formed.h"

namespace newswatch::xml {

namespace {

constexpr std::size_t kNowhere = std::string_view::npos;
constexpr std::string_view kCdata = "<![CDATA[";
constexpr std::size_t kRootWithin = std::size_t{64} * 1024;

bool blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

class Repair {
  public:
    explicit Repair(std::string_view text) : text_{text}, references_{text} {
        out_.reserve(text.size() + text.size() / 8);
    }

    Repaired run() {
        at_ = find_root(text_);
        if (at_ == kNowhere) at_ = first_tag();
        while (at_ < text_.size() && !root_closed_)
            step();
        const bool cut_in_entry = close_all();
        return {std::move(out_), cut_in_entry};
    }

  private:
    [[nodiscard]] std::size_t first_tag() const {
        for (std::size_t at = text_.find('<'); at != kNowhere; at = text_.find('<', at + 1)) {
            if (at + 1 < text_.size() && starts_name(text_[at + 1])) return at;
        }
        return text_.size();
    }

    void step() {
        const std::size_t less = std::min(text_.find('<', at_), text_.size());
        if (less > at_) {
            append_text(text_.substr(at_, less - at_));
            at_ = less;
            return;
        }
        const std::string_view rest = text_.substr(at_);
        if (feed::same_word(rest.substr(0, kCdata.size()), kCdata)) return copy_cdata();
        if (rest.starts_with("<!--")) return skip_section("-->", comment_end_);
        if (rest.starts_with("<?")) return skip_section("?>", instruction_end_);
        if (rest.starts_with("<!")) return skip_past(">");
        if (rest.starts_with("</")) return end_tag();
        if (rest.size() > 1 && starts_name(rest[1]) && start_tag()) return;
        append_text_raw("&lt;");
        ++at_;
    }

    void skip_past(std::string_view end) {
        const std::size_t found = text_.find(end, at_ + 2);
        at_ = found == kNowhere ? text_.size() : found + end.size();
    }

    /// A comment or an instruction. One that was never ended, so that it swallows the end of its article, and
    /// an instruction that runs to the end of the document, end with the next `>`. `cached` is where the end
    /// stands that was looked for last.
    void skip_section(std::string_view end, std::size_t& cached) {
        if (cached < at_ + 2) cached = text_.find(end, at_ + 2);
        const std::size_t entry_end = end_of_entry();
        const bool forgotten =
            entry_end < std::min(cached, entry_begin_) || (cached == kNowhere && end == "?>");
        if (forgotten) return skip_past(">");
        at_ = cached == kNowhere ? text_.size() : cached + end.size();
    }

    /// Where the article that is open ends, as far as its own end tag tells; npos where none is open.
    std::size_t end_of_entry() {
        const auto entry = std::find_if(open_.begin(), open_.end(),
                                        [&](const Open& open) { return is_entry(open.name, root_); });
        if (entry == open_.end()) return kNowhere;
        if (entry_end_ < at_) entry_end_ = text_.find(std::string{"</"}.append(entry->name), at_);
        if (entry_begin_ < at_) entry_begin_ = text_.find(std::string{"<"}.append(entry->name), at_);
        return entry_end_;
    }

    void copy_cdata() {
        const std::size_t from = at_ + kCdata.size();
        const std::size_t entry_end = end_of_entry();
        const std::size_t entry_ends = entry_end < from ? kNowhere : entry_end - from;
        if (cdata_end_ < from) cdata_end_ = text_.find("]]>", from);
        const std::size_t end = std::min(cdata_end_, text_.size());
        std::string_view inside = text_.substr(from, end - from);
        at_ = std::min(end + 3, text_.size());
        if (const std::size_t forgotten = forgotten_cdata_end(inside, end == text_.size(), entry_ends);
            forgotten != kNowhere) {
            at_ = from + forgotten;
            inside = inside.substr(0, forgotten);
            if (inside.ends_with("]]")) inside.remove_suffix(2);
        }
        if (open_.empty()) return;
        out_.append(kCdata);
        References::append_characters(out_, inside);
        out_.append("]]>");
    }

    /// Where a section without its `]]>` ends: sections hold no sections, so one that runs into the next, or
    /// to the end of the document, ends with the element that holds it. npos where nothing was forgotten.
    [[nodiscard]] std::size_t forgotten_cdata_end(std::string_view inside, bool to_the_end,
                                                  std::size_t entry_ends) const {
        if (open_.empty()) return kNowhere;
        const std::size_t next = to_the_end ? inside.size() : inside.find(kCdata);
        if (next == kNowhere) return kNowhere;
        const std::string_view before = inside.substr(0, next);
        for (std::size_t at = before.find("</"); at != kNowhere; at = before.find("</", at + 2)) {
            if (before.substr(at + 2).starts_with(open_.back().name)) return at;
        }
        return entry_ends < next ? entry_ends : kNowhere;
    }

    void end_tag() {
        std::size_t at = at_ + 2;
        while (at < text_.size() && in_name(text_[at]))
            ++at;
        const std::string_view name = text_.substr(at_ + 2, at - at_ - 2);
        const std::size_t end = text_.find_first_of("<>", at);
        if (name.empty()) {  // `</ `, `</3`: text
            append_text_raw("&lt;");
            ++at_;
            return;
        }
        // An end tag without `>` ends where the next tag begins.
        at_ = end == kNowhere ? text_.size() : end + (text_[end] == '>' ? 1 : 0);
        if (too_deep_ > 0 && !ends_too_deep(name)) return;
        const auto found = std::find_if(open_.rbegin(), open_.rend(),
                                        [&](const Open& open) { return feed::same_word(open.name, name); });
        if (found == open_.rend()) return;
        const auto keep = static_cast<std::size_t>(open_.rend() - found) - 1;
        if (keep == 0 && go_on_with_next_root()) return;
        close_down_to(keep);
    }

    /// Inside what is too deep every end tag is that of a dropped element, until one of the feed comes.
    bool ends_too_deep(std::string_view name) {
        const bool of_feed = is_entry(name, root_) || holds_entries(name);
        too_deep_ = of_feed ? 0 : too_deep_ - 1;
        return of_feed;
    }

    /// Two feeds in one document: the articles of the second join those of the first.
    bool go_on_with_next_root() {
        const std::size_t next = find_root(text_.substr(at_));
        if (next == kNowhere) return false;
        at_ += next;
        std::size_t at = at_ + 1;
        while (at < text_.size() && in_name(text_[at]))
            ++at;
        if (!feed::same_word(text_.substr(at_ + 1, at - at_ - 1), root_)) return false;
        close_down_to(1);
        bool empty = false;
        attributes_.clear();
        if (read_attributes(at, empty)) at_ = at;
        return true;
    }

    /// False where the `<` is no tag but text.
    bool start_tag() {
        std::size_t at = at_ + 1;
        while (at < text_.size() && in_name(text_[at]))
            ++at;
        const std::string_view name = text_.substr(at_ + 1, at - at_ - 1);
        const bool of_feed = is_feed_root(name) || is_entry(name, root_);
        const bool ended = at >= text_.size() || blank(text_[at]) || text_[at] == '>' || text_[at] == '/';
        if (!ended && !of_feed) return false;
        attributes_.clear();
        bool empty = false;
        // A tag of the feed that another one begins in has lost its `>`; other ones are text.
        if (!read_attributes(at, empty) && (cut_in_tag_ || !of_feed)) return cut_in_tag_;
        close_forgotten(name);
        if (open_.size() >= kDeepest) {
            too_deep_ += empty ? 0 : 1;
            at_ = at;
            return true;
        }
        if (open_.empty()) root_ = name;
        const std::size_t begin = out_.size();
        out_.append("<").append(name).append(attributes_).append(empty ? "/>" : ">");
        if (!empty) open_.push_back({name, begin, what_it_holds(name)});
        at_ = at;
        return true;
    }

    /// Reads from after the name to after the `>`. False where the document ends first or another tag begins.
    bool read_attributes(std::size_t& at, bool& empty) {
        while (true) {
            while (at < text_.size() && blank(text_[at]))
                ++at;
            if (at >= text_.size()) return cut_here(at);
            const char c = text_[at];
            if (c == '>') {
                ++at;
                return true;
            }
            if (c == '<') return false;
            if (c == '/') {
                ++at;
                empty = at < text_.size() && text_[at] == '>';
                continue;
            }
            if (!read_attribute(at)) return cut_here(at);
        }
    }

    /// The document ends inside this tag: nothing after it counts.
    bool cut_here(std::size_t& at) {
        cut_in_tag_ = true;
        at_ = at = text_.size();
        return false;
    }

    bool read_attribute(std::size_t& at) {
        const std::size_t from = at;
        while (at < text_.size() && !blank(text_[at]) && text_[at] != '=' && text_[at] != '>' &&
               text_[at] != '/' && text_[at] != '<') {
            ++at;
        }
        const std::string_view name = text_.substr(from, at - from);
        while (at < text_.size() && blank(text_[at]))
            ++at;
        std::string_view value = name;
        if (at < text_.size() && text_[at] == '=') {
            ++at;
            while (at < text_.size() && blank(text_[at]))
                ++at;
            if (at >= text_.size()) return false;
            value = read_value(at);
        } else if (name.empty()) {
            ++at;  // a stray character
            return true;
        }
        const bool proper =
            !name.empty() && starts_name(name[0]) && std::all_of(name.begin(), name.end(), in_name);
        if (proper) {
            attributes_.append(" ").append(name).append("=\"");
            append_value(value);
            attributes_.append("\"");
        }
        return true;
    }

    std::string_view read_value(std::size_t& at) const {
        const char quote = text_[at];
        if (quote == '"' || quote == '\'') {
            const std::size_t close = text_.find(quote, at + 1);
            const std::string_view value = text_.substr(at + 1, close == kNowhere ? close : close - at - 1);
            // A value that runs over a whole tag has lost its quote.
            const bool lost =
                close == kNowhere || (value.find('<') != kNowhere && value.find('>') != kNowhere);
            if (!lost) {
                at = close + 1;
                return value;
            }
            ++at;
        }
        const std::size_t from = at;
        while (at < text_.size() && !blank(text_[at]) && text_[at] != '>' && text_[at] != '<')
            ++at;
        if (at > from && at < text_.size() && text_[at] == '>' && text_[at - 1] == '/') --at;
        return text_.substr(from, at - from);
    }

    void append_value(std::string_view value) {
        std::string escaped;
        references_.append(escaped, value);
        for (const char c : escaped) {
            if (c == '"') {
                attributes_ += "&quot;";
            } else if (c == '<') {
                attributes_ += "&lt;";
            } else {
                attributes_ += c;
            }
        }
    }

    /// What must be closed before an element of this name may begin.
    void close_forgotten(std::string_view name) {
        if (is_entry(name, root_)) {
            std::size_t keep = open_.size();
            while (keep > 1 && !holds_entries(open_[keep - 1].name))
                --keep;
            return close_down_to(keep);
        }
        const Stands stands = where_it_stands(name);
        if (stands == Stands::anywhere) return;
        for (std::size_t i = 1; i < open_.size(); ++i) {
            if (!may_hold(open_[i].holds, stands)) return close_down_to(i);
        }
    }

    void close_down_to(std::size_t keep) {
        while (open_.size() > keep) {
            out_.append("</").append(open_.back().name).append(">");
            open_.pop_back();
        }
        root_closed_ = open_.empty();
        too_deep_ = 0;
    }

    /// The end of the document. True where it came inside an entry, of which the complete fields stay.
    bool close_all() {
        const auto entry = std::find_if(open_.begin(), open_.end(),
                                        [&](const Open& open) { return is_entry(open.name, root_); });
        const bool in_entry = entry != open_.end();
        if (in_entry && entry + 1 != open_.end()) {
            out_.resize((entry + 1)->begin);
            open_.erase(entry + 1, open_.end());
        }
        if (!open_.empty()) close_down_to(0);
        return in_entry;
    }

    void append_text(std::string_view text) {
        if (!open_.empty()) references_.append(out_, text);
    }

    void append_text_raw(std::string_view text) {
        if (!open_.empty()) out_.append(text);
    }

    struct Open {
        std::string_view name;
        std::size_t begin;  ///< of its start tag in `out_`
        Holds holds;
    };

    std::string_view text_;
    References references_;
    std::string out_{};
    std::string attributes_{};
    std::vector<Open> open_{};
    std::string_view root_{};
    std::size_t at_{0};
    // The next of each from some earlier place on: looked for anew only once they lie behind.
    std::size_t cdata_end_{0};
    std::size_t comment_end_{0};
    std::size_t instruction_end_{0};
    std::size_t entry_begin_{0};
    std::size_t entry_end_{0};
    std::size_t too_deep_{0};  ///< open elements whose tags were dropped
    bool root_closed_{false};
    bool cut_in_tag_{false};
};

}  // namespace

Repaired repaired(std::string_view text) {
    return Repair{text}.run();
}

std::size_t find_root(std::string_view text) {
    const std::string_view start = text.substr(0, kRootWithin);
    for (std::size_t at = start.find('<'); at != kNowhere; at = start.find('<', at + 1)) {
        if (start.substr(at).starts_with("<!--")) {
            at = std::min(start.find("-->", at), start.size() - 1);
            continue;
        }
        if (start.substr(at).starts_with("<!DOCTYPE")) {
            const std::size_t subset = start.find_first_of("[>", at);
            if (subset != kNowhere && start[subset] == '[')
                at = std::min(start.find(']', subset), start.size() - 1);
            continue;
        }
        std::size_t end = at + 1;
        while (end < start.size() && in_name(start[end]))
            ++end;
        if (is_feed_root(start.substr(at + 1, end - at - 1))) return at;
    }
    return kNowhere;
}

}  // namespace newswatch::xml
