#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// What somebody meant who wrote a name wrongly. Pure; any thread may call.
namespace newswatch::text {

/// How many letters must be added, left out, changed or swapped with their neighbour (optimal string
/// alignment), upper and lower case and `-` `_` being the same. Code points; long texts count as far apart.
[[nodiscard]] std::size_t edit_distance(std::string_view left, std::string_view right);

/// The candidate that `written` was most likely meant to be; empty where none is near enough (a third of its
/// letters).
[[nodiscard]] std::string nearest(std::string_view written, const std::vector<std::string>& candidates);

/// `a, b, c`.
[[nodiscard]] std::string joined(const std::vector<std::string>& words, std::string_view separator = ", ");

}  // namespace newswatch::text
