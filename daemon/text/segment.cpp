#include "text/segment.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "text/character_class.h"
#include "text/code_points.h"
#include "text/dictionary_words.h"
#include "text/letter_run.h"

namespace newswatch::text {
namespace {

using Kind = CharacterClass;

/// More dots make no abbreviation; the look-ahead must be short, because it may be in vain at every letter.
constexpr unsigned kMostParts = 8;

bool is_ascii_letter_or_digit(char c) {
    return ascii::is_letter(c) || ascii::is_digit(c);
}

bool starts_with_ignoring_case(std::string_view text, std::string_view lower) {
    return text.size() >= lower.size() &&
           std::ranges::equal(text.substr(0, lower.size()), lower,
                              [](char a, char b) { return ascii::lower(a) == b; });
}

class Segmenter {
  public:
    Segmenter(std::string_view text, Addresses addresses) : text_{text} {
        result_.words.reserve(text.size() / 6);
        addresses_ = addresses == Addresses::dead;
        emails_ = addresses_ && text.find('@') != std::string_view::npos;
    }

    Segmented run() {
        while (at_ < text_.size()) {
            const std::size_t begin = at_;
            const Character c = characters_[next_code_point(text_, at_)];
            step(c, begin);
        }
        return std::move(result_);
    }

  private:
    struct Peeked {
        const Character* character{nullptr};
        std::size_t behind{0};  ///< where the next one begins
    };

    /// The character at `at`; null at the end of the text.
    [[nodiscard]] Peeked peek(std::size_t at) const {
        if (at >= text_.size()) return {};
        const Character& found = characters_[next_code_point(text_, at)];
        return {&found, at};
    }
    [[nodiscard]] Kind kind_at(std::size_t at) const {
        const Peeked next = peek(at);
        return next.character == nullptr ? Kind::line_end : next.character->kind;
    }

    void step(Character c, std::size_t begin) {
        switch (c.kind) {
            case Kind::letter:
            case Kind::digit:
                if (!address(begin)) word(c, begin);
                return;
            case Kind::dictionary:
                dictionary_run(begin);
                return;
            case Kind::line_end:
                ++sentence_;
                ++paragraph_;
                return;
            case Kind::full_stop:
                ++sentence_;
                return;
            case Kind::dot:
                if (!result_.words.empty() && is_initial(begin)) return;
                possible_sentence_end(begin, true);
                return;
            case Kind::stop:
                possible_sentence_end(begin, false);
                return;
            case Kind::semicolon:
                if (!result_.words.empty() && result_.words.back().script == Script::greek) ++sentence_;
                return;
            case Kind::other:
                if (text_[begin] == '*') mark_star(begin);
                return;
            case Kind::space:
            case Kind::extend:
            case Kind::apostrophe:
            case Kind::double_quote:
            case Kind::middle_dot:
            case Kind::number_sign:
            case Kind::closing:
                return;
        }
    }

    /// `J.` of `J. Smith`: one letter, then the dot.
    [[nodiscard]] bool is_initial(std::size_t dot) const {
        const Word& last = result_.words.back();
        if (last.end != dot || (last.flags & kDead) != 0 || !has_case(last.script)) return false;
        std::size_t behind = last.begin;
        static_cast<void>(next_code_point(text_, behind));
        return behind == last.end;
    }

    void mark_star(std::size_t begin) {
        if (!result_.words.empty() && result_.words.back().end == begin) result_.words.back().flags |= kStar;
    }

    /// . ! ? … end a sentence where, after closing quotes and brackets, a space or the end follows.
    void possible_sentence_end(std::size_t begin, bool dot) {
        bool plain = dot;
        while (true) {
            const Peeked next = peek(at_);
            if (next.character == nullptr) break;
            const Kind kind = next.character->kind;
            if (kind == Kind::space || kind == Kind::line_end) break;
            if (kind == Kind::extend) {
                at_ = next.behind;
                continue;
            }
            if (kind != Kind::closing && kind != Kind::double_quote && kind != Kind::apostrophe &&
                kind != Kind::dot && kind != Kind::stop) {
                return;
            }
            plain = false;
            at_ = next.behind;
        }
        if (plain && !result_.words.empty() && result_.words.back().end == begin) {
            result_.words.back().flags |= kStop;
        }
        ++sentence_;
    }

    Word& add(std::size_t begin, std::size_t end, std::uint16_t flags, Script script) {
        return result_.words.emplace_back(Word{.begin = static_cast<std::uint32_t>(begin),
                                               .end = static_cast<std::uint32_t>(end),
                                               .sentence = sentence_,
                                               .paragraph = paragraph_,
                                               .flags = flags,
                                               .script = script});
    }

    // --- URLs and e-mail addresses -------------------------------------------------------------

    bool address(std::size_t begin) {
        const char first = text_[begin];
        if (!addresses_ || !is_ascii_letter_or_digit(first)) return false;
        std::size_t end = begin;
        if ((first | 0x20) == 'h' || (first | 0x20) == 'w') end = url_end(begin);
        if (end == begin && emails_ && begin >= no_email_before_) end = email_end(begin);
        if (end == begin) return false;
        add(begin, end, kDead, Script::none);
        at_ = end;
        return true;
    }

    [[nodiscard]] std::size_t url_end(std::size_t begin) const {
        const std::string_view rest = text_.substr(begin, 8);
        if (!starts_with_ignoring_case(rest, "http://") && !starts_with_ignoring_case(rest, "https://") &&
            !starts_with_ignoring_case(rest, "www.")) {
            return begin;
        }
        std::size_t at = begin;
        while (at < text_.size()) {
            std::size_t behind = at;
            const char32_t c = next_code_point(text_, behind);
            const Kind kind = characters_[c].kind;
            if (kind == Kind::space || kind == Kind::line_end || kind == Kind::double_quote) break;
            if (c == '<' || c == '>' || c == '\'' || c == 0x00AB || c == 0x00BB || c == 0x2019) break;
            at = behind;
        }
        return at;
    }

    /// `name@host.domain` in ASCII. What was looked at once is not looked at again.
    std::size_t email_end(std::size_t begin) {
        std::size_t at = begin;
        while (at < text_.size() && (is_ascii_letter_or_digit(text_[at]) ||
                                     std::string_view{"._%+-"}.find(text_[at]) != std::string_view::npos)) {
            ++at;
        }
        if (at >= text_.size() || text_[at] != '@') {
            no_email_before_ = at;
            return begin;
        }
        const std::size_t host = ++at;
        std::size_t end = host;
        bool dotted = false;
        while (at < text_.size() &&
               (is_ascii_letter_or_digit(text_[at]) || text_[at] == '-' || text_[at] == '.')) {
            if (text_[at] == '.') {
                if (at == host || text_[at - 1] == '.') break;
            } else {
                dotted = dotted || (at > host && text_[at - 1] == '.');
                end = at + 1;
            }
            ++at;
        }
        no_email_before_ = host;
        return dotted ? end : begin;
    }

    // --- words of letters and digits -----------------------------------------------------------

    void word(Character first, std::size_t begin) {
        std::uint16_t flags = first.capital ? kCapital : 0;
        bool has_capitals = first.capital;
        Script script = first.script;
        Character last = first;
        std::size_t at = at_;  // kept out of memory: this loop sees every letter
        std::size_t end = at;
        while (true) {
            if (last.kind == Kind::letter) {
                const LetterRun run = letter_run(characters_, text_, at, last.script);
                if (run.end > at) at = end = run.end;
                has_capitals = has_capitals || run.capital;
            }
            if (at >= text_.size()) break;
            std::size_t behind = at;
            const Character c = characters_[next_code_point(text_, behind)];
            if (c.kind == Kind::letter || c.kind == Kind::digit || c.kind == Kind::extend) {
                // One way for all of them: in Indic scripts no branch could be foretold.
                last = c.kind == Kind::extend ? last : c;
                script = script == Script::none ? c.script : script;
                has_capitals = has_capitals || c.capital;
                end = c.ignorable ? end : behind;
            } else if (c.kind == Kind::space) {
                break;
            } else if (joins(c.kind, last, behind)) {
                if (c.kind == Kind::apostrophe && (flags & kApostrophe) == 0 && last.kind == Kind::letter) {
                    flags |= kApostrophe;
                    if (peek(behind).character->capital) flags |= kCapitalPart;
                }
            } else {
                if (c.kind == Kind::dot && first.kind == Kind::letter && abbreviation(begin)) return;
                break;
            }
            at = behind;
        }
        at_ = at;
        result_.has_capitals = result_.has_capitals || has_capitals;
        add(begin, end, flags, script);
    }

    /// True where a sign of `kind` after a letter or digit, and before the character at `behind`, stays
    /// inside the word (UAX #29 WB6, WB7, WB7b, WB11).
    [[nodiscard]] bool joins(Kind kind, const Character& last, std::size_t behind) const {
        const Peeked next = peek(behind);
        if (next.character == nullptr) return false;
        const bool letters = last.kind == Kind::letter && next.character->kind == Kind::letter;
        const bool digits = last.kind == Kind::digit && next.character->kind == Kind::digit;
        switch (kind) {
            case Kind::apostrophe:
                return letters || digits;
            case Kind::middle_dot:
                return letters;
            case Kind::double_quote:
                return letters && last.script == Script::hebrew && next.character->script == Script::hebrew;
            case Kind::number_sign:
            case Kind::dot:
                return digits;
            default:
                return false;
        }
    }

    /// `U.S.`, `EE.UU.`: at least two parts of one letter, or of two letters that are all capitals or end
    /// in a dot, so that `go.He` stays two words.
    bool abbreviation(std::size_t begin) {
        std::size_t at = begin;
        std::size_t end = begin;
        unsigned parts = 0;
        bool short_parts = true;
        bool all_capitals = true;
        bool capital = false;
        bool last_dot = false;
        Script script = Script::none;
        const bool first_capital = peek(begin).character->capital;
        while (true) {
            unsigned letters = 0;
            Peeked next = peek(at);
            while (next.character != nullptr &&
                   (next.character->kind == Kind::letter || next.character->kind == Kind::extend)) {
                if (next.character->kind == Kind::letter) {
                    if (++letters > 2) return false;
                    all_capitals = all_capitals && next.character->capital;
                    capital = capital || next.character->capital;
                    script = next.character->script;
                }
                at = next.behind;
                next = peek(at);
            }
            if (letters == 0) break;
            if (parts == kMostParts) return false;
            if (next.character != nullptr &&
                (next.character->kind == Kind::digit || next.character->kind == Kind::dictionary)) {
                return false;
            }
            ++parts;
            short_parts = short_parts && letters == 1;
            end = at;
            last_dot = next.character != nullptr && next.character->kind == Kind::dot;
            if (!last_dot) break;
            end = at = next.behind;
        }
        if (parts < 2 || !has_case(script) || !(short_parts || all_capitals || last_dot)) return false;
        result_.has_capitals = result_.has_capitals || capital;
        std::uint16_t flags = kDotted;
        if (first_capital) flags |= kCapital;
        at_ = end;
        // The suffix of a dotted name belongs to it: `U.S.'s`, `A.B.D.'nin`.
        const Peeked apostrophe = peek(end);
        if (apostrophe.character != nullptr && apostrophe.character->kind == Kind::apostrophe &&
            kind_at(apostrophe.behind) == Kind::letter) {
            at_ = apostrophe.behind;
            Peeked next = peek(at_);
            while (next.character != nullptr &&
                   (next.character->kind == Kind::letter || next.character->kind == Kind::extend)) {
                at_ = next.behind;
                next = peek(at_);
            }
            flags |= kApostrophe;
        }
        add(begin, at_, flags, script);
        return true;
    }

    // --- scripts without spaces ----------------------------------------------------------------

    void dictionary_run(std::size_t begin) {
        while (true) {
            const Peeked next = peek(at_);
            if (next.character == nullptr) break;
            if (next.character->kind != Kind::dictionary && next.character->kind != Kind::extend) break;
            at_ = next.behind;
        }
        ends_.clear();
        append_dictionary_words(text_.substr(begin, at_ - begin), ends_);
        std::size_t from = begin;
        for (const std::uint32_t end : ends_) {
            const std::size_t to = begin + end;
            std::size_t first = from;
            const Character& c = characters_[next_code_point(text_, first)];
            if (c.kind == Kind::dictionary) {
                const auto joined = from == begin ? std::uint16_t{0} : std::uint16_t{kJoined};
                add(from, to, static_cast<std::uint16_t>(kDictionary | joined), c.script);
            }
            from = to;
        }
    }

    const Characters& characters_{characters()};
    std::string_view text_;
    bool addresses_{false};  // URLs and e-mail addresses are looked for
    bool emails_{false};     // there is an @
    Segmented result_{};
    std::size_t at_{0};
    std::size_t no_email_before_{0};
    std::uint32_t sentence_{0};
    std::uint32_t paragraph_{0};
    std::vector<std::uint32_t> ends_{};
};

}  // namespace

Segmented segment(std::string_view utf8, Addresses addresses) {
    return Segmenter{utf8, addresses}.run();
}

}  // namespace newswatch::text
