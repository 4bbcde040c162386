#pragma once

#include <string>

namespace newswatch::fetch {

/// `HTTP 404 Not Found`, in the words of RFC 9110 §15: a server's own words are not repeated.
[[nodiscard]] std::string status_sentence(long status);

}  // namespace newswatch::fetch
