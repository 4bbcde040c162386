#include "xml/references.h"

#include "xml/declared_entities.h"
#include "xml/well_formed.h"

namespace newswatch::xml {

namespace {

constexpr std::size_t kNowhere = std::string_view::npos;
constexpr std::size_t kLongestEntity = 40;
constexpr std::size_t kMostExpanded = std::size_t{256} * 1024;

/// `&amp b`: one of XML's own names without its end. Before `=` or a letter it is something else, such as the
/// next parameter of an address. Empty where there is none.
std::string_view without_semicolon(std::string_view text) {
    for (const std::string_view name : {"amp", "lt", "gt", "quot", "apos"}) {
        if (!text.substr(1).starts_with(name)) continue;
        const std::string_view behind = text.substr(name.size() + 1, 1);
        const bool ends = behind.empty() || !(in_name(behind[0]) || behind[0] == '=' || behind[0] == ';');
        return ends ? name : std::string_view{};
    }
    return {};
}

/// `#X41`, which HTML allows, as XML writes it; empty where XML has no such character.
std::string with_small_x(std::string_view name) {
    const std::string reference = std::string{"&#x"}.append(name.substr(2)).append(";");
    return reference_size(reference) > 0 ? reference : std::string{};
}

}  // namespace

References::References(std::string_view document) : entities_{declared_entities(document)} {}

void References::append(std::string& out, std::string_view text) {
    std::size_t from = 0;
    for (std::size_t at = text.find('&'); at != kNowhere; at = text.find('&', from)) {
        append_characters(out, text.substr(from, at - from));
        from = at + append_one(out, text.substr(at));
    }
    append_characters(out, text.substr(from));
}

std::size_t References::append_one(std::string& out, std::string_view text) {
    if (const std::size_t size = reference_size(text); size > 0) {
        out.append(text.substr(0, size));
        return size;
    }
    if (const std::string_view meant = without_semicolon(text); !meant.empty()) {
        out.append("&").append(meant).append(";");
        return meant.size() + 1;
    }
    const std::size_t end = text.substr(0, kLongestEntity).find(';');
    const std::string_view name = end == kNowhere ? std::string_view{} : text.substr(1, end - 1);
    if (name.starts_with("#") && name.find_first_not_of("0123456789abcdefABCDEFxX", 1) == kNowhere) {
        if (name.substr(1, 1) == "X") out.append(with_small_x(name));
        return end + 1;  // others are references to characters that XML forbids
    }
    if (const auto declared = entities_.find(name);
        declared != entities_.end() && expanded_ + declared->second.size() <= kMostExpanded) {
        expanded_ += declared->second.size();
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

void References::append_characters(std::string& out, std::string_view text) {
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

}  // namespace newswatch::xml
