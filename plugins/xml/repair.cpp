#include "xml/repair.h"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "xml/declared_entities.h"
#include "xml/names.h"
#include "xml/well_formed.h"

namespace newswatch::xml {

namespace {

constexpr std::size_t kNowhere = std::string_view::npos;
constexpr std::size_t kRootWithin = std::size_t{64} * 1024;
constexpr std::size_t kDeepest = 4096;  // open elements that are remembered; deeper tags are dropped
constexpr std::size_t kLongestEntity = 40;

bool blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool starts_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' ||
           static_cast<unsigned char>(c) >= 0x80;
}

bool in_name(char c) {
    return starts_name(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

std::string_view local_part(std::string_view name) {
    const std::size_t colon = name.rfind(':');
    return colon == kNowhere ? name : name.substr(colon + 1);
}

bool is_one_of(std::string_view name, const auto& names) {
    return std::any_of(names.begin(), names.end(),
                       [&](std::string_view other) { return same_word(name, other); });
}

bool is_entry(std::string_view name) {
    constexpr std::array<std::string_view, 2> kEntries = {"item", "entry"};
    return is_one_of(name, kEntries);
}

/// Elements that hold plain text: a tag of the feed inside one of them means that its end was forgotten.
bool is_leaf(std::string_view name) {
    constexpr std::array<std::string_view, 12> kLeaves = {
        "title",     "link",   "guid", "id",       "pubdate",  "updated",
        "published", "author", "ttl",  "category", "language", "lastbuilddate"};
    return is_one_of(name, kLeaves);
}

bool is_field(std::string_view name) {
    constexpr std::array<std::string_view, 14> kFields = {
        "title",   "link",      "guid",    "id",       "pubDate",   "description", "updated",
        "content", "published", "summary", "category", "enclosure", "comments",    "source"};
    return is_one_of(name, kFields);
}

class Repair {
  public:
    explicit Repair(std::string_view text) : text_{text}, entities_{declared_entities(text)} {
        out_.reserve(text.size() + text.size() / 8);
    }

    std::string run() {
        at_ = find_root(text_);
        if (at_ == kNowhere) at_ = first_tag();
        while (at_ < text_.size() && !root_closed_)
            step();
        close_all();
        return std::move(out_);
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
        if (rest.starts_with("<![CDATA[")) return copy_cdata();
        if (rest.starts_with("<!--")) return skip_past("-->");
        if (rest.starts_with("<?")) return skip_past("?>");
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

    void copy_cdata() {
        const std::size_t end = text_.find("]]>", at_ + 9);
        cut_in_field_ = end == kNowhere;
        const std::string_view inside = text_.substr(at_ + 9, end == kNowhere ? end : end - at_ - 9);
        if (!open_.empty()) {
            out_.append("<![CDATA[");
            append_clean(out_, inside);
            out_.append("]]>");
        }
        at_ = end == kNowhere ? text_.size() : end + 3;
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
        const auto found = std::find_if(open_.rbegin(), open_.rend(),
                                        [&](const Open& open) { return same_word(open.name, name); });
        if (found == open_.rend()) return;
        const auto keep = static_cast<std::size_t>(open_.rend() - found) - 1;
        while (open_.size() > keep)
            close_last();
    }

    /// False where the `<` is no tag but text.
    bool start_tag() {
        std::size_t at = at_ + 1;
        while (at < text_.size() && in_name(text_[at]))
            ++at;
        const std::string_view name = text_.substr(at_ + 1, at - at_ - 1);
        if (at < text_.size() && !blank(text_[at]) && text_[at] != '>' && text_[at] != '/') return false;
        attributes_.clear();
        bool empty = false;
        if (!read_attributes(at, empty)) return cut_in_tag_;
        close_forgotten(local_part(name));
        if (open_.size() >= kDeepest) {
            at_ = at;
            return true;
        }
        const std::size_t begin = out_.size();
        out_.append("<").append(name).append(attributes_).append(empty ? "/>" : ">");
        if (!empty) open_.push_back({name, begin});
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
        while (at < text_.size() && !blank(text_[at]) && text_[at] != '>')
            ++at;
        if (at > from && at < text_.size() && text_[at] == '>' && text_[at - 1] == '/') --at;
        return text_.substr(from, at - from);
    }

    void append_value(std::string_view value) {
        std::string escaped;
        append_references(escaped, value);
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
        if (is_entry(name)) {
            const auto entry = std::find_if(open_.begin(), open_.end(),
                                            [](const Open& open) { return is_entry(local_part(open.name)); });
            const auto keep = static_cast<std::size_t>(entry - open_.begin());
            while (open_.size() > keep)
                close_last();
            return;
        }
        while (!open_.empty() && is_leaf(local_part(open_.back().name)) && is_field(name))
            close_last();
    }

    void close_last() {
        const std::string_view name = open_.back().name;
        open_.pop_back();
        out_.append("</").append(name).append(">");
        entry_closed_ = entry_closed_ || is_entry(local_part(name));
        root_closed_ = open_.empty();
    }

    void close_all() {
        if (open_.empty()) return;
        const auto entry = std::find_if(open_.begin(), open_.end(),
                                        [](const Open& open) { return is_entry(local_part(open.name)); });
        const bool in_entry = entry != open_.end();
        const bool in_field = in_entry && entry + 1 != open_.end();
        if (in_entry && (in_field || cut_in_tag_ || cut_in_field_)) {
            if (entry_closed_) {
                out_.resize(entry->begin);
                open_.erase(entry, open_.end());
            } else if (in_field) {
                out_.resize((entry + 1)->begin);
                open_.erase(entry + 1, open_.end());
            }
        }
        while (!open_.empty())
            close_last();
    }

    void append_text(std::string_view text) {
        if (!open_.empty()) append_references(out_, text);
    }

    void append_text_raw(std::string_view text) {
        if (!open_.empty()) out_.append(text);
    }

    void append_references(std::string& out, std::string_view text) const {
        std::size_t from = 0;
        for (std::size_t at = text.find('&'); at != kNowhere; at = text.find('&', from)) {
            append_clean(out, text.substr(from, at - from));
            from = at + append_reference(out, text.substr(at));
        }
        append_clean(out, text.substr(from));
    }

    /// How many bytes of `text`, which begins with `&`, were taken.
    std::size_t append_reference(std::string& out, std::string_view text) const {
        if (const std::size_t size = reference_size(text); size > 0) {
            out.append(text.substr(0, size));
            return size;
        }
        const std::size_t end = text.substr(0, kLongestEntity).find(';');
        const std::string_view name = end == kNowhere ? std::string_view{} : text.substr(1, end - 1);
        if (name.starts_with("#") && name.find_first_not_of("0123456789abcdefABCDEFxX", 1) == kNowhere) {
            return end + 1;  // a reference to a character that XML forbids
        }
        if (const auto declared = entities_.find(name); declared != entities_.end()) {
            out.append(declared->second);
            return end + 1;
        }
        if (const std::string_view characters = html_entity(name); !characters.empty()) {
            out.append(characters);
            return end + 1;
        }
        out.append("&amp;");
        return 1;
    }

    static void append_clean(std::string& out, std::string_view text) {
        for (std::size_t i = 0; i < text.size(); ++i) {
            const auto byte = static_cast<unsigned char>(text[i]);
            if (byte < 0x20 && !allowed_control(text[i])) {
                if (text[i] == '\v' || text[i] == '\f') out += ' ';
                continue;
            }
            const bool noncharacter = byte == 0xEF && i + 2 < text.size() && text[i + 1] == '\xBF' &&
                                      static_cast<unsigned char>(text[i + 2]) >= 0xBE;
            if (noncharacter) {
                i += 2;
                continue;
            }
            out += text[i];
        }
    }

    struct Open {
        std::string_view name;
        std::size_t begin;  ///< of its start tag in `out_`
    };

    std::string_view text_;
    std::map<std::string, std::string, std::less<>> entities_;
    std::string out_{};
    std::string attributes_{};
    std::vector<Open> open_{};
    std::size_t at_{0};
    bool root_closed_{false};
    bool entry_closed_{false};
    bool cut_in_tag_{false};
    bool cut_in_field_{false};
};

}  // namespace

std::string repaired(std::string_view text) {
    return Repair{text}.run();
}

bool is_feed_root(std::string_view name) {
    constexpr std::array<std::string_view, 5> kRoots = {"rss", "RDF", "feed", "channel", "entry"};
    return is_one_of(local_part(name), kRoots);
}

std::size_t find_root(std::string_view text) {
    const std::string_view start = text.substr(0, kRootWithin);
    for (std::size_t at = start.find('<'); at != kNowhere; at = start.find('<', at + 1)) {
        if (start.substr(at).starts_with("<!--")) {
            at = std::min(start.find("-->", at), start.size() - 1);
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
