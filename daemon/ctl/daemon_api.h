#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ctl/session.h"

namespace newswatch::ctl {

/// How long the daemon may take: a reload reads every file and runs every inline test.
inline constexpr long kUsualSeconds = 10;
inline constexpr long kReloadSeconds = 300;

/// Asks the daemon that the settings name. An answer with an error is an Error with its message and help; so
/// is a daemon that does not run, with what to do.
[[nodiscard]] Result<nlohmann::json> ask(const settings::Settings& settings, std::string_view method,
                                         std::string_view target, std::string_view body = {},
                                         long seconds = kUsualSeconds);

/// The same where the answer is a file of any length, written to the open file `into`. An error without a
/// place is of that file.
[[nodiscard]] Result<void> fetch_file(const settings::Settings& settings, std::string_view method,
                                      std::string_view target, int into, long seconds);

/// The same for a verb: nothing after a clear message where there is no good answer. With --json the answer
/// is printed as it came.
[[nodiscard]] std::optional<nlohmann::json> ask_daemon(Session& session, std::string_view method,
                                                       std::string_view target, std::string_view body = {},
                                                       long seconds = kUsualSeconds);

/// `path?name=value&…` with every value escaped (RFC 3986 §2.1); pairs without a value are left out.
[[nodiscard]] std::string with_query(std::string_view path,
                                     const std::vector<std::pair<std::string_view, std::string>>& query);

/// What the daemon says under `key`, for people: text as it is, numbers in digits, nothing as `-`.
[[nodiscard]] std::string show_value(const nlohmann::json& object, std::string_view key);
/// `key` as a number; 0 where it is none.
[[nodiscard]] std::uint64_t number_of(const nlohmann::json& object, std::string_view key);
/// `key` as text; empty where it is none.
[[nodiscard]] std::string text_of(const nlohmann::json& object, std::string_view key);
/// `key` as an object or list; an empty one where it is none.
[[nodiscard]] const nlohmann::json& part_of(const nlohmann::json& object, std::string_view key);

}  // namespace newswatch::ctl
