#pragma once

#include <cstdint>
#include <fstream>
#include <functional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "ctl/console.h"
#include "model/article.h"
#include "model/match.h"

/// Articles and matches as JSON Lines: what `newswatchctl match` reads and prints.
namespace newswatch::ctl {

/// One line of input → the article: the fields that `newswatchctl parse` prints, unknown ones ignored, null
/// and missing ones empty; authors are names or objects. The error says what was expected.
[[nodiscard]] Result<Article> read_article(std::string_view json);

/// The articles of FILE, or of the console's input for `-`. The console must outlive it.
class ArticleLines {
  public:
    ArticleLines(std::string file, Console& console);

    /// Whether the file could be opened; what is wrong with it has been said.
    [[nodiscard]] bool readable() const { return readable_; }

    /// Calls `each` with every article and the number of its line until nobody reads the output any more.
    /// Every line is tried: a bad one is a complaint and makes the answer a refusal, but costs no other.
    [[nodiscard]] Exit for_each(const std::function<void(const Article&, std::size_t)>& each);

  private:
    std::string file_;
    Console& console_;
    std::ifstream stream_;
    bool readable_{true};
};

/// `{"article","watchlist","spans":[…]}`, one line without its end. `article` is the article's id, else the
/// number of its line.
[[nodiscard]] std::string write_match(const Article& article, std::size_t line, const Match& match);

}  // namespace newswatch::ctl
