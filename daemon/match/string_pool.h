#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace newswatch::match {

/// Texts, each kept once and known by a number. Number 0 is the empty text.
///
/// A set of a million watchlists says the same few words over and over: a number is four bytes, a string is
/// forty. At most 4 GiB of text. Filled by one thread, then read by any.
class StringPool {
  public:
    StringPool();

    [[nodiscard]] std::uint32_t add(std::string_view text);
    [[nodiscard]] std::string_view at(std::uint32_t number) const {
        return std::string_view{bytes_}.substr(begins_[number], begins_[number + 1] - begins_[number]);
    }
    [[nodiscard]] std::size_t size() const { return begins_.size() - 1; }

    /// Gives back what only `add` needs; nothing may be added any more.
    void seal();
    [[nodiscard]] std::size_t memory() const;

  private:
    void grow();

    std::string bytes_{};
    std::vector<std::uint32_t> begins_{0, 0};
    std::vector<std::uint32_t> slots_{};  // open addressing: number + 1; 0: free
};

}  // namespace newswatch::match
