#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace newswatch::xml {

/// Copies the text of a damaged document so that XML allows every character and every reference of it.
/// Lives for one document, whose own entities it expands, to a bound in all.
class References {
  public:
    explicit References(std::string_view document);

    /// `text` with its references put right: HTML's names and the document's own become characters, a bare
    /// `&` becomes `&amp;`.
    void append(std::string& out, std::string_view text);

    /// `text` without what is no character of XML, where `&` is a letter like others.
    static void append_characters(std::string& out, std::string_view text);

  private:
    /// How many bytes of `text`, which begins with `&`, were taken.
    std::size_t append_one(std::string& out, std::string_view text);

    std::map<std::string, std::string, std::less<>> entities_;
    std::size_t expanded_{0};  ///< bytes, by `entities_`
};

}  // namespace newswatch::xml
