#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.h"

namespace newswatch::fetch {

struct LocalAnswer {
    long status{0};
    std::string body{};
};

/// One HTTP request over a Unix socket: how `newswatchctl` asks the daemon. Blocks for at most `seconds`.
/// An error says whether the socket is missing, refused or not allowed, and what to do.
[[nodiscard]] Result<LocalAnswer> ask_over_socket(const std::filesystem::path& socket,
                                                  std::string_view method, std::string_view target,
                                                  std::string_view body, long seconds = 30);

/// The same for an answer of any length: the body of a good answer (200) is written to the open file `into`,
/// and `LocalAnswer::body` stays empty. An error also says what the disk refused.
[[nodiscard]] Result<LocalAnswer> fetch_over_socket(const std::filesystem::path& socket,
                                                    std::string_view method, std::string_view target,
                                                    int into, long seconds);

}  // namespace newswatch::fetch
