#include "xml/markup.h"

#include <algorithm>
#include <array>
#include <vector>

#include "xml/names.h"

namespace newswatch::xml {

namespace {

constexpr std::size_t kNowhere = std::string_view::npos;
constexpr std::string_view kBlank = " \t\r\n";
constexpr std::string_view kDeclares = "xmlns:";

constexpr auto kInName = [] {
    std::array<bool, 256> table{};
    for (std::size_t byte = 0; byte < table.size(); ++byte)
        table[byte] = in_name(static_cast<char>(byte));
    return table;
}();

constexpr bool blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// Takes one thing after the other from the front of a text.
class Taker {
  public:
    explicit Taker(std::string_view text) : text_{text} {}

    bool take(std::string_view wanted) {
        if (!text_.starts_with(wanted)) return false;
        text_.remove_prefix(wanted.size());
        return true;
    }
    bool take_blank() {
        const std::size_t before = text_.size();
        text_.remove_prefix(std::min(text_.find_first_not_of(kBlank), text_.size()));
        return text_.size() < before;
    }
    /// `= "value"`; an empty value where there is none.
    std::string_view take_value() {
        take_blank();
        if (!take("=")) return {};
        take_blank();
        if (text_.empty() || (text_[0] != '"' && text_[0] != '\'')) return {};
        const std::size_t end = text_.find(text_[0], 1);
        if (end == kNowhere) return {};
        const std::string_view value = text_.substr(1, end - 1);
        text_.remove_prefix(end + 1);
        return value;
    }

  private:
    std::string_view text_;
};

/// XML 1.0 §2.8 [23] and §4.3.3 [81].
bool proper_declaration(std::string_view text) {
    Taker taker{text};
    if (!taker.take("<?xml") || !taker.take_blank() || !taker.take("version")) return false;
    const std::string_view version = taker.take_value();
    if (!version.starts_with("1.") || version.find_first_not_of("0123456789", 2) != kNowhere) return false;
    bool apart = taker.take_blank();
    if (apart && taker.take("encoding")) {
        const std::string_view encoding = taker.take_value();
        // [81] wants a letter first and no `:`, but labels that browsers know (`866`, `iso_8859-1:1987`)
        // differ.
        if (encoding.empty() || !std::all_of(encoding.begin(), encoding.end(), in_name)) return false;
        apart = taker.take_blank();
    }
    if (apart && taker.take("standalone")) {
        const std::string_view standalone = taker.take_value();
        if (standalone != "yes" && standalone != "no") return false;
        taker.take_blank();
    }
    return taker.take("?>");
}

bool called_xml(std::string_view target) {
    return target.size() == 3 && (target[0] | 0x20) == 'x' && (target[1] | 0x20) == 'm' &&
           (target[2] | 0x20) == 'l';
}

/// One pass over one document.
class Scanner {
  public:
    explicit Scanner(std::string_view text) : text_{text} {}

    std::optional<Defect> run() {
        at_ = std::min(text_.find('<'), text_.size());
        if (text_.substr(at_).starts_with("<?xml") && at_ + 5 < text_.size() && blank(text_[at_ + 5])) {
            if (!proper_declaration(text_.substr(at_))) found("xml-declaration");
            skip_past("?>");
        }
        while (code_.empty() && next_tag())
            read_markup();
        if (code_.empty()) return std::nullopt;
        return Defect{code_, at_};
    }

  private:
    void found(std::string_view code) {
        if (code_.empty()) code_ = code;
    }

    /// Goes to the next `<`. Outside of the root only white space may stand before it.
    bool next_tag() {
        const std::size_t less = text_.find('<', at_);
        if (depth_ == 0) {
            const std::size_t other = text_.find_first_not_of(kBlank, at_);
            if (other < std::min(less, text_.size())) found("text-outside-of-root");
        }
        if (less == kNowhere || !code_.empty()) return false;
        // §2.4: `]]>` stands at the end of a CDATA section only. Who wraps CDATA in CDATA leaves one behind.
        if (text_.substr(at_, less - at_).find("]]>") != kNowhere) {
            found("stray-cdata-end");
            return false;
        }
        at_ = less;
        return true;
    }

    void skip_past(std::string_view end) {
        const std::size_t close = text_.find(end, at_);
        if (close == kNowhere) return found("unfinished-markup");
        at_ = close + end.size();
    }

    void read_markup() {
        const char next = at_ + 1 < text_.size() ? text_[at_ + 1] : ' ';
        if (next == '/') return end_tag();
        if (next == '?') return processing_instruction();
        if (next != '!') return start_tag();
        const std::string_view rest = text_.substr(at_, 9);
        if (rest.starts_with("<!--")) return comment();
        if (rest == "<![CDATA[" && depth_ > 0) return skip_past("]]>");
        if (rest == "<!DOCTYPE" && depth_ == 0 && !root_seen_) return document_type();
        found("misplaced-markup");
    }

    void comment() {
        const std::size_t dashes = text_.find("--", at_ + 4);
        if (dashes == kNowhere) return found("unfinished-markup");
        if (text_.substr(dashes + 2, 1) != ">") {
            const std::string_view whole = text_.substr(at_, text_.find("-->", dashes) - at_);
            return found(whole.rfind("<!--") > 0 ? kUnfinishedComment : "dashes-in-comment");
        }
        at_ = dashes + 3;
    }

    void processing_instruction() {
        const std::string_view target = name_at(at_ + 2);
        if (target.empty() || !starts_name(target[0]) || called_xml(target))
            return found("misplaced-declaration");
        const std::string_view behind = text_.substr(at_ + 2 + target.size(), 2);
        if (behind != "?>" && (behind.empty() || !blank(behind[0]))) return found("processing-instruction");
        skip_past("?>");
    }

    /// XML 1.0 §2.8 [28]: up to the `>` outside of quotes, comments and the brackets of the subset.
    void document_type() {
        unsigned brackets = 0;
        for (std::size_t at = at_ + 2; at < text_.size(); ++at) {
            const char c = text_[at];
            if (c == '[') ++brackets;
            if (c == ']' && brackets > 0) --brackets;
            if (c == '"' || c == '\'') {
                at = text_.find(c, at + 1);
            } else if (c == '<' && text_.substr(at).starts_with("<!--")) {
                at = text_.find("-->", at);
            } else if (c == '>' && brackets == 0) {
                at_ = at + 1;
                return;
            }
            if (at == kNowhere) break;
        }
        found("unfinished-markup");
    }

    [[nodiscard]] std::string_view name_at(std::size_t from) const {
        std::size_t end = from;
        while (end < text_.size() && kInName[static_cast<unsigned char>(text_[end])])
            ++end;
        return text_.substr(from, end - from);
    }

    void skip_blank(std::size_t& at) const {
        while (at < text_.size() && blank(text_[at]))
            ++at;
    }

    /// pugixml has seen that it is the right one and has nothing but blanks behind its name.
    void end_tag() {
        if (depth_ == 0) return found("misplaced-markup");
        leave();
        skip_past(">");
    }

    void leave() {
        while (!prefixes_.empty() && prefixes_.back().depth == depth_) {
            prefixes_.pop_back();
            last_prefix_ = {};
        }
        --depth_;
    }

    void start_tag() {
        const std::string_view name = name_at(at_ + 1);
        if (name.empty() || !starts_name(name[0])) return found("bare-less-than");
        if (depth_ == 0 && root_seen_) return found("junk-after-root");
        root_seen_ = true;
        if (++depth_ > kDeepest) return found(kTooDeep);
        std::size_t at = at_ + 1 + name.size();
        attributes_.clear();
        if (at >= text_.size() || text_[at] != '>') {
            if (!read_attributes(at)) return;
            for (const std::string_view attribute : attributes_)
                use_prefix(attribute);
        }
        use_prefix(name);
        const bool empty = text_[at] == '/';
        if (empty && text_.substr(at + 1, 1) != ">") return found("tag");
        if (empty) leave();
        if (code_.empty()) at_ = at + (empty ? 2 : 1);
    }

    /// From behind the name to the `>` or the `/` before it. False where something is wrong.
    bool read_attributes(std::size_t& at) {
        while (at < text_.size() && text_[at] != '>' && text_[at] != '/') {
            const std::size_t before = at;
            skip_blank(at);
            if (at >= text_.size() || text_[at] == '>' || text_[at] == '/') break;
            const std::string_view name = name_at(at);
            if (at == before || name.empty() || !starts_name(name[0])) found("attribute");
            at += name.size();
            skip_blank(at);
            if (text_.substr(at, 1) != "=") found("attribute");
            skip_blank(++at);
            const char quote = at < text_.size() ? text_[at] : ' ';
            if (quote != '"' && quote != '\'') found("attribute");
            const std::size_t end = code_.empty() ? text_.find(quote, at + 1) : kNowhere;
            if (end == kNowhere) found("attribute");
            if (!code_.empty()) return false;
            if (text_.substr(at, end - at).find('<') != kNowhere) found("less-than-in-attribute");
            keep(name);
            at = end + 1;
        }
        if (at >= text_.size()) found("unfinished-markup");
        return code_.empty();
    }

    /// Only so many attributes are compared with each other: no tag of a feed has more.
    void keep(std::string_view name) {
        constexpr std::size_t kCompared = 32;
        if (attributes_.size() < kCompared) {
            if (std::find(attributes_.begin(), attributes_.end(), name) != attributes_.end())
                found("attribute-twice");
            attributes_.push_back(name);
        }
        if (!name.starts_with(kDeclares)) return;
        if (prefixes_.size() < kMostPrefixes) {
            prefixes_.push_back({name.substr(kDeclares.size()), depth_});
        } else {
            too_many_prefixes_ = true;
        }
    }

    void use_prefix(std::string_view name) {
        std::size_t colon = 0;
        while (colon < name.size() && name[colon] != ':')
            ++colon;
        if (colon == name.size()) return;
        const std::string_view prefix = name.substr(0, colon);
        const std::string_view local = name.substr(colon + 1);
        if (prefix.empty() || local.empty() || !starts_name(local[0]) || local.find(':') != kNowhere)
            return found("qualified-name");
        if (prefix == last_prefix_ || prefix == "xml" || prefix == "xmlns") return;
        const bool declared = std::any_of(prefixes_.rbegin(), prefixes_.rend(),
                                          [&](const Declared& known) { return known.prefix == prefix; });
        if (!declared && !too_many_prefixes_) found("undeclared-prefix");
        last_prefix_ = prefix;
    }

    struct Declared {
        std::string_view prefix;
        std::size_t depth;
    };

    std::string_view text_;
    std::string_view code_{};
    std::vector<std::string_view> attributes_{};  ///< of the tag that is read
    std::vector<Declared> prefixes_{};            ///< in force, the innermost last
    std::string_view last_prefix_{};              ///< known to be declared
    std::size_t at_{0};
    std::size_t depth_{0};
    bool root_seen_{false};
    bool too_many_prefixes_{false};  ///< then nobody knows any more which are declared
};

}  // namespace

std::optional<Defect> find_markup_defect(std::string_view text) {
    return Scanner{text}.run();
}

}  // namespace newswatch::xml
