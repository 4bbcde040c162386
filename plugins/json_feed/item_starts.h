#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace newswatch::json_feed {

/// Where items begin in a damaged document, whatever its brackets say: a program writes the same name first
/// in each of them, and inside a sound string no `{"name":` can stand, because its quotes would be escaped.
class ItemStarts {
  public:
    /// Learns the name from the list of items that begins at the byte `list`.
    ItemStarts(std::string_view text, std::size_t list);

    /// The first item of the list; npos where items cannot be told from what stands inside them (authors and
    /// attachments begin with `name` and `url`).
    [[nodiscard]] std::size_t first() const;

    /// The first item that begins at `from` or behind it, with its bracket or, behind the end of another,
    /// without; npos where there is none. Linear.
    [[nodiscard]] std::size_t next(std::size_t from) const;

    /// Behind the bracket that ends the list; npos where the last item is damaged too.
    [[nodiscard]] std::size_t end_of_list() const;

  private:
    std::string_view text_;
    std::size_t list_;
    std::string first_name_{};  ///< with its quotes
};

}  // namespace newswatch::json_feed
