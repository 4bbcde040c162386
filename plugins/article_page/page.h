#pragma once

#include <gumbo.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// The tree of a page laid flat: whatever its shape, nothing that walks it needs recursion.
namespace newswatch::article_page {

using NodeIndex = std::int32_t;
inline constexpr NodeIndex kNobody = -1;

/// An element or a piece of text, in document order. The nodes under it are those up to `end`.
struct Node {
    const GumboNode* source{nullptr};
    NodeIndex parent{kNobody};
    NodeIndex end{0};
    GumboTag tag{GUMBO_TAG_UNKNOWN};
    bool text{false};
    bool in_link{false};
};

/// Owns gumbo's tree. Lives for one page; for one thread.
class Page {
  public:
    /// `html` must outlive the page. Throws std::bad_alloc only.
    explicit Page(std::string_view html);
    ~Page();
    Page(const Page&) = delete;
    Page& operator=(const Page&) = delete;

    [[nodiscard]] const std::vector<Node>& nodes() const { return nodes_; }
    [[nodiscard]] const Node& operator[](NodeIndex at) const { return nodes_[static_cast<std::size_t>(at)]; }
    [[nodiscard]] NodeIndex size() const { return static_cast<NodeIndex>(nodes_.size()); }
    [[nodiscard]] NodeIndex body() const { return body_; }

    /// An attribute's value; empty where there is none. Names in small letters.
    [[nodiscard]] std::string_view attribute(NodeIndex at, const char* name) const;
    [[nodiscard]] bool has_attribute(NodeIndex at, const char* name) const;
    /// Of a piece of text: what it says, character references decoded.
    [[nodiscard]] std::string_view text(NodeIndex at) const;
    /// All text under an element with white space folded, at most `most` bytes.
    [[nodiscard]] std::string text_under(NodeIndex at, std::size_t most = 4096) const;

  private:
    void flatten();

    GumboOutput* output_;
    std::vector<Node> nodes_{};
    NodeIndex body_{kNobody};
};

}  // namespace newswatch::article_page
