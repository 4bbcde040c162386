#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "settings/finding.h"

namespace newswatch::settings {

/// What one code means: a page of `config/explain/LANGUAGE.txt`.
struct MessagePage {
    std::string code{};   ///< `W06`
    std::string title{};  ///< the meaning in one line
    std::string text{};   ///< the page: lines and empty lines as written
    struct Example {
        std::string file{};  ///< `watchlists.d/example.yaml`
        std::string
            text{};  ///< with ‹U+200F› for a sign that nobody sees and ‹0xC7› for a byte that is no text
    };
    std::vector<Example> examples{};  ///< together they have the mistake; empty where no text can show it
};

/// All pages of one language, and its few words around them.
class MessageCatalogue {
  public:
    /// `[CODE] title`, then the page; `--- FILE` begins an example; lines that start with `#` before the
    /// first page are remarks. Reads any text without failing: what is before the first page says nothing.
    [[nodiscard]] static MessageCatalogue parse(std::string_view text);
    /// The shipped catalogue of `language` (`en`, `ar`, `fr`).
    [[nodiscard]] static Result<MessageCatalogue> load(std::string_view language);

    [[nodiscard]] const std::map<std::string, MessagePage, std::less<>>& pages() const { return pages_; }
    [[nodiscard]] const MessagePage* find(std::string_view code) const;
    /// `error`, `help` … in this language; the word itself where the catalogue has none.
    [[nodiscard]] std::string_view word(std::string_view english) const;

  private:
    std::map<std::string, MessagePage, std::less<>> pages_{};
    std::map<std::string, std::string, std::less<>> words_{};
};

/// The languages that have a catalogue, English first.
[[nodiscard]] const std::vector<std::string>& message_languages();

/// The language of messages that `LC_ALL`, `LC_MESSAGES` and `LANG` ask for, in that order; English where
/// they name one that has no catalogue.
[[nodiscard]] std::string language_of_environment();

/// The finding as a reader of that language needs it: what it means and what helps in their language, the
/// exact English wording (with its names and numbers) below. Code and place stay.
[[nodiscard]] std::string render_in(const Finding& finding, const MessageCatalogue& catalogue);

}  // namespace newswatch::settings
