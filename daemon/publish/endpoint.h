#pragma once

#include <filesystem>
#include <string>

#include "base/error.h"

/// The addresses that alerts are published at: `tcp://HOST:PORT` and `ipc://PATH`.
namespace newswatch::publish {

/// Whether an endpoint may be bound: its form, and that tcp stays on this machine unless `insecure`.
[[nodiscard]] Result<void> check_endpoint(const std::string& endpoint, bool insecure);

/// The file of an ipc endpoint; empty for tcp.
[[nodiscard]] std::filesystem::path ipc_file(const std::string& endpoint);

/// Removes a socket file that nobody listens on. Refuses where somebody does, and where the file is no
/// socket: libzmq would replace either without a word.
[[nodiscard]] Result<void> clear_stale_ipc(const std::string& endpoint);

/// What to say when binding ended with `error_number`.
[[nodiscard]] Error bind_error(const std::string& endpoint, int error_number);

}  // namespace newswatch::publish
