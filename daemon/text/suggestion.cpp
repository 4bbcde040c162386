#include "text/suggestion.h"

#include <algorithm>

#include "text/code_points.h"

namespace newswatch::text {

namespace {

// Nobody mistypes a name of this length beyond recognition, and the table below is quadratic.
constexpr std::size_t kLongestCompared = 64;

std::vector<char32_t> comparable(std::string_view utf8) {
    std::vector<char32_t> points;
    for (std::size_t at = 0; at < utf8.size();) {
        char32_t value = next_code_point(utf8, at);
        if (value >= U'A' && value <= U'Z') value += U'a' - U'A';
        if (value == U'_' || value == U' ') value = U'-';
        points.push_back(value);
    }
    return points;
}

std::size_t code_point_count(std::string_view utf8) {
    return comparable(utf8).size();
}

}  // namespace

std::size_t edit_distance(std::string_view left_text, std::string_view right_text) {
    const std::vector<char32_t> left = comparable(left_text);
    const std::vector<char32_t> right = comparable(right_text);
    if (left.size() > kLongestCompared || right.size() > kLongestCompared)
        return std::max(left.size(), right.size());
    std::vector<std::vector<std::size_t>> cost(left.size() + 1, std::vector<std::size_t>(right.size() + 1));
    for (std::size_t row = 0; row <= left.size(); ++row)
        cost[row][0] = row;
    for (std::size_t column = 0; column <= right.size(); ++column)
        cost[0][column] = column;
    for (std::size_t row = 1; row <= left.size(); ++row) {
        for (std::size_t column = 1; column <= right.size(); ++column) {
            const std::size_t change = left[row - 1] == right[column - 1] ? 0 : 1;
            std::size_t best = std::min(
                {cost[row - 1][column] + 1, cost[row][column - 1] + 1, cost[row - 1][column - 1] + change});
            if (row > 1 && column > 1 && left[row - 1] == right[column - 2] &&
                left[row - 2] == right[column - 1]) {
                best = std::min(best, cost[row - 2][column - 2] + 1);
            }
            cost[row][column] = best;
        }
    }
    return cost[left.size()][right.size()];
}

std::string nearest(std::string_view written, const std::vector<std::string>& candidates) {
    const std::size_t allowed = std::max<std::size_t>(1, (code_point_count(written) + 1) / 3);
    std::size_t best = allowed + 1;
    std::string found;
    for (const std::string& candidate : candidates) {
        const std::size_t distance = edit_distance(written, candidate);
        // A word of two letters is one change away from very many others.
        if (distance < best && distance < std::max<std::size_t>(code_point_count(candidate), 2)) {
            best = distance;
            found = candidate;
        }
    }
    return found;
}

std::string joined(const std::vector<std::string>& words, std::string_view separator) {
    std::string text;
    for (const std::string& word : words) {
        if (!text.empty()) text += separator;
        text += word;
    }
    return text;
}

}  // namespace newswatch::text
