#pragma once

#include <fmt/core.h>

#include <string_view>
#include <utility>

/// The log. spdlog stays behind this header.
///
/// `log::warning("fetch", "feed {}: {}", url, error.line());` The first word is the folder that speaks.
/// Any thread may call. Under systemd lines go to the journal with their level; elsewhere to stderr.
namespace newswatch::log {

enum class Level { debug, info, warning, error };

/// Call once, before threads start. Lines below `lowest` are not written.
void start(Level lowest);

void write(Level level, std::string_view folder, std::string_view text);

template <class... Args>
void debug(std::string_view folder, fmt::format_string<Args...> text, Args&&... args) {
    write(Level::debug, folder, fmt::format(text, std::forward<Args>(args)...));
}
template <class... Args>
void info(std::string_view folder, fmt::format_string<Args...> text, Args&&... args) {
    write(Level::info, folder, fmt::format(text, std::forward<Args>(args)...));
}
template <class... Args>
void warning(std::string_view folder, fmt::format_string<Args...> text, Args&&... args) {
    write(Level::warning, folder, fmt::format(text, std::forward<Args>(args)...));
}
template <class... Args>
void error(std::string_view folder, fmt::format_string<Args...> text, Args&&... args) {
    write(Level::error, folder, fmt::format(text, std::forward<Args>(args)...));
}

}  // namespace newswatch::log
