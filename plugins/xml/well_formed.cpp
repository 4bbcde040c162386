#include "xml/well_formed.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace newswatch::xml {

namespace {

constexpr std::size_t kNowhere = std::string_view::npos;
constexpr std::string_view kBlank = " \t\r\n";

/// Blocks of a fixed size without early exit: the compiler makes wide instructions of it.
std::optional<std::size_t> find_control(std::string_view text) {
    constexpr std::size_t kBlock = 64;
    const auto forbidden = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return static_cast<unsigned char>((byte < 0x20) & (byte != '\t') & (byte != '\n') & (byte != '\r'));
    };
    std::size_t at = 0;
    for (; at + kBlock <= text.size(); at += kBlock) {
        unsigned char any = 0;
        for (std::size_t i = 0; i < kBlock; ++i)
            any = static_cast<unsigned char>(any | forbidden(text[at + i]));
        if (any != 0) break;
    }
    for (; at < text.size(); ++at) {
        if (forbidden(text[at]) != 0) return at;
    }
    return std::nullopt;
}

/// U+FFFE and U+FFFF.
std::optional<std::size_t> find_noncharacter(std::string_view text) {
    for (std::size_t at = text.find("\xEF\xBF"); at != kNowhere; at = text.find("\xEF\xBF", at + 2)) {
        if (at + 2 < text.size() && static_cast<unsigned char>(text[at + 2]) >= 0xBE) return at;
    }
    return std::nullopt;
}

/// Walks forward over CDATA sections, comments and processing instructions, where `&` is a letter like
/// others.
class Sections {
  public:
    explicit Sections(std::string_view text) : text_{text} {}

    /// Asked with growing offsets only.
    bool cover(std::size_t offset) {
        while (end_ <= offset) {
            if (!advance()) return false;
        }
        return begin_ <= offset;
    }

  private:
    bool advance() {
        struct Kind {
            std::string_view open;
            std::string_view close;
        };
        constexpr std::array kKinds = {Kind{"<![CDATA[", "]]>"}, Kind{"<!--", "-->"}};
        for (std::size_t at = text_.find("<!", end_); at != kNowhere; at = text_.find("<!", at + 2)) {
            for (const Kind& kind : kKinds) {
                if (!text_.substr(at).starts_with(kind.open)) continue;
                begin_ = at;
                const std::size_t close = text_.find(kind.close, at + kind.open.size());
                end_ = close == kNowhere ? text_.size() + 1 : close + kind.close.size();
                return true;
            }
        }
        begin_ = end_ = text_.size() + 1;
        return false;
    }

    std::string_view text_;
    std::size_t begin_{0};
    std::size_t end_{0};
};

bool xml_character(std::uint32_t number) {
    if (number < 0x20) return number == 9 || number == 10 || number == 13;
    return number < 0xD800 || (number >= 0xE000 && number <= 0x10FFFF && (number & 0xFFFFU) < 0xFFFE);
}

std::size_t numeric_size(std::string_view text) {
    const bool hex = text.size() > 2 && text[2] == 'x';
    std::uint32_t number = 0;
    std::size_t at = hex ? 3 : 2;
    const std::size_t from = at;
    for (; at < text.size() && at < from + 9; ++at) {
        const char c = text[at];
        const auto low = static_cast<char>(c | 0x20);
        const bool digit = c >= '0' && c <= '9';
        if (!digit && !(hex && low >= 'a' && low <= 'f')) break;
        number = number * (hex ? 16 : 10) + static_cast<std::uint32_t>(digit ? c - '0' : low - 'a' + 10);
        if (number > 0x10FFFF) return 0;
    }
    return at > from && at < text.size() && text[at] == ';' && xml_character(number) ? at + 1 : 0;
}

/// XML 1.0 §2.1: white space at most before the declaration's place, nothing but white space after the root.
std::optional<Defect> find_junk_around(std::string_view text) {
    const std::size_t first = text.find_first_not_of(kBlank);
    if (first == kNowhere) return Defect{"empty", 0};
    if (text[first] != '<') return Defect{"junk-before-root", 0};
    std::size_t declaration = first;
    while (text.substr(declaration).starts_with("<!--")) {
        const std::size_t end = text.find("-->", declaration);
        declaration =
            std::min(text.find_first_not_of(kBlank, std::min(end, text.size() - 3) + 3), text.size());
    }
    if (declaration > 0 && text.substr(declaration).starts_with("<?xml "))
        return Defect{"junk-before-declaration", 0};
    const std::size_t last = text.find_last_not_of(kBlank);
    if (text[last] != '>') return Defect{"junk-after-root", last};
    return std::nullopt;
}

}  // namespace

std::size_t reference_size(std::string_view text) {
    if (text.size() > 1 && text[1] == '#') return numeric_size(text);
    for (const std::string_view known : {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;"}) {
        if (text.starts_with(known)) return known.size();
    }
    return 0;
}

std::optional<Defect> find_defect(std::string_view text) {
    if (const auto junk = find_junk_around(text)) return junk;
    if (const auto at = find_control(text)) return Defect{"control-character", *at};
    if (const auto at = find_noncharacter(text)) return Defect{"noncharacter", *at};
    Sections sections{text};
    for (std::size_t at = text.find('&'); at != kNowhere; at = text.find('&', at + 1)) {
        if (reference_size(text.substr(at)) > 0 || sections.cover(at)) continue;
        const std::size_t end = text.find_first_of("; <&\n", at + 1);
        const bool named = end != kNowhere && text[end] == ';' && end > at + 1;
        return Defect{named ? "unknown-reference" : "bare-ampersand", at};
    }
    return std::nullopt;
}

}  // namespace newswatch::xml
