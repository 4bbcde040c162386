#pragma once

#include <map>
#include <string>
#include <string_view>

namespace newswatch::xml {

/// The simple internal entities that a DOCTYPE declares: `<!ENTITY nbsp "&#160;">`. Those that refer to
/// other entities or to files are left out: a bomb needs the first, a leak the second.
[[nodiscard]] std::map<std::string, std::string, std::less<>> declared_entities(std::string_view text);

/// HTML 4's `&eacute;` → `é`, escaped where XML needs it; empty where HTML 4 knows no such name.
[[nodiscard]] std::string_view html_entity(std::string_view name);

}  // namespace newswatch::xml
