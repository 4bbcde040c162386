#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "text/language.h"
#include "text/script.h"
#include "text/segment.h"

namespace newswatch::text {

/// Which languages the small words of a text speak for: `the`, `und`, `için` … make up a fifth of any prose.
///
/// Much cheaper than a detection, and unlike one it can say that it does not know. Pure; for one thread.
class LanguageSigns {
  public:
    /// Looks at the words too. Linear.
    void add(std::string_view text, std::span<const Word> words);

    /// True where the text is in `language` beyond doubt: many of its words are small words of it, and
    /// hardly any are small words of another language and not of it. Then nobody else need be asked.
    [[nodiscard]] bool speak_for(Language language) const;

    /// The languages in which words in `script` may be written: every plausible one, but in a text of some
    /// length only those that show in its small words.
    [[nodiscard]] std::vector<Language> plausible(Script script) const;

  private:
    [[nodiscard]] std::uint32_t in_script(Script script) const {
        return in_script_[static_cast<std::size_t>(script)];
    }

    std::uint32_t words_{0};
    std::array<std::uint32_t, kScripts> in_script_{};
    std::vector<std::uint32_t> found_{};  ///< of each small word a bit for every language that has it
};

/// The languages of which `word`, written in small letters, is one of the most frequent words; few languages
/// have a list, so an empty answer says little.
[[nodiscard]] std::vector<Language> languages_of_small_word(std::string_view word);

}  // namespace newswatch::text
