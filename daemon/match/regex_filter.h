#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace re2 {
class RE2;
}

namespace newswatch::match {

/// The `regex:` rules of a set. Each is tried only on articles that have the letters it cannot do without;
/// one that has no such letters (`\d+`, or only letters with two cases outside ASCII) is tried on all.
class RegexFilter {
  public:
    RegexFilter();
    ~RegexFilter();
    RegexFilter(RegexFilter&&) noexcept;
    RegexFilter& operator=(RegexFilter&&) noexcept;

    /// The number of the regex, counted from 0; written twice it has one number. `text` is NFC. One that RE2
    /// refuses is kept, never matches, and has its reason in `error_of`.
    [[nodiscard]] std::uint32_t add(std::string_view text);
    void seal();

    /// Null where RE2 refused it.
    [[nodiscard]] const re2::RE2* regex(std::uint32_t number) const;
    [[nodiscard]] std::string error_of(std::uint32_t number) const;
    [[nodiscard]] std::size_t size() const;

    /// The regexes that may match a text of these pieces, in order. A superset of those that do.
    [[nodiscard]] std::vector<std::uint32_t> possible(std::span<const std::string_view> texts) const;

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace newswatch::match
