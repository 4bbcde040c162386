#pragma once

#include <string_view>

/// Words as feeds write them. Pure.
namespace newswatch::feed {

/// ASCII letters compared without case: `pubdate` is pubDate.
[[nodiscard]] bool same_word(std::string_view a, std::string_view b);

/// Without white space at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// `a, b` one by one; nothing for what is empty between two separators. `each` gets a std::string_view.
template <class Each>
void for_each_listed(std::string_view list, Each each) {
    while (!list.empty()) {
        const std::size_t comma = list.find(',');
        if (const std::string_view word = trimmed(list.substr(0, comma)); !word.empty()) each(word);
        list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
    }
}

}  // namespace newswatch::feed
