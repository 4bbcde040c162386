#include "xml/declared_entities.h"

#include <algorithm>
#include <array>

#include "feed/words.h"

namespace newswatch::xml {

namespace {

constexpr std::size_t kNowhere = std::string_view::npos;
constexpr std::size_t kDoctypeSize = std::size_t{64} * 1024;
constexpr std::size_t kValueSize = 1024;

struct Entity {
    std::string_view name;
    std::string_view text;
};

constexpr Entity kHtml4[] = {
#include "xml/html4_entities.inc"
};

/// Only text and numeric references: nothing that could grow.
bool harmless(std::string_view value) {
    if (value.size() > kValueSize || value.find_first_of("<%") != kNowhere) return false;
    for (std::size_t at = value.find('&'); at != kNowhere; at = value.find('&', at + 1)) {
        if (!value.substr(at).starts_with("&#")) return false;
    }
    return true;
}

}  // namespace

std::map<std::string, std::string, std::less<>> declared_entities(std::string_view text) {
    std::map<std::string, std::string, std::less<>> entities;
    const std::string_view start = text.substr(0, kDoctypeSize);
    for (std::size_t at = start.find("<!ENTITY"); at != kNowhere; at = start.find("<!ENTITY", at + 8)) {
        const std::size_t open = start.find_first_of("\"'>", at + 8);
        if (open == kNowhere || start[open] == '>') continue;
        const std::size_t close = start.find(start[open], open + 1);
        if (close == kNowhere) break;
        const std::string_view name = feed::trimmed(start.substr(at + 8, open - at - 8));
        const std::string_view value = start.substr(open + 1, close - open - 1);
        // `SYSTEM` or `%` in the name's place: an external or a parameter entity, never followed.
        if (name.empty() || name.find_first_of(" \t\r\n%") != kNowhere || !harmless(value)) continue;
        entities.emplace(name, value);
    }
    return entities;
}

std::string_view html_entity(std::string_view name) {
    const auto* const found =
        std::lower_bound(std::begin(kHtml4), std::end(kHtml4), name,
                         [](const Entity& entity, std::string_view wanted) { return entity.name < wanted; });
    return found != std::end(kHtml4) && found->name == name ? found->text : std::string_view{};
}

}  // namespace newswatch::xml
