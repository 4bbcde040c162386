#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace newswatch::parse {

/// A start tag of an HTML page. Slices live as long as the page.
struct StartTag {
    std::string name{};  ///< lower case
    std::vector<std::pair<std::string, std::string_view>>
        attributes{};         ///< names in lower case, values as written
    std::string_view text{};  ///< what follows, up to the next `<`

    /// The value with its character references decoded; empty where there is none.
    [[nodiscard]] std::string value(std::string_view attribute) const;
};

/// Walks through the start tags of an HTML page, in order (WHATWG HTML §13.2.5, as far as tags go). Comments,
/// scripts, styles and titles hold none. One pass, linear, no recursion; an attribute too many is left out.
class StartTags {
  public:
    explicit StartTags(std::string_view page) : page_{page} {}

    /// The next one; false at the end.
    [[nodiscard]] bool next(StartTag& tag);

  private:
    [[nodiscard]] bool read_tag(StartTag& tag);
    void read_attribute(StartTag& tag);
    void skip_raw_text(std::string_view name);

    std::string_view page_;
    std::size_t at_{0};
};

}  // namespace newswatch::parse
