#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace newswatch::settings {

/// One thing that `newswatchctl fmt` puts right.
struct TidyChange {
    unsigned line{0};    ///< from 1
    std::string what{};  ///< `the TAB at the start becomes spaces`
};

struct TidyFile {
    std::string text{};                 ///< UTF-8, Unix line ends
    std::vector<TidyChange> changes{};  ///< empty: the file was tidy
};

/// Puts right what has only one meaning and changes no setting: TABs that indent, no-break and other foreign
/// spaces, marks of direction and other invisible characters (but ZWNJ and ZWJ, which belong to words), a
/// missing space behind a dash, Windows line ends, white space at line ends. Comments, order and everything
/// else stay. Pure.
[[nodiscard]] TidyFile tidy_file(std::string_view utf8);

}  // namespace newswatch::settings
