#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "publish/replay_request.h"

/// Whatever a client sends for a request or for credit: what is read keeps its bounds.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace newswatch::publish;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    if (const auto request = read_replay_request(text)) {
        if (request->from == 0 || request->credit == 0 || request->credit > kMostCredit) std::abort();
        if (request->prefix.size() > kMostPrefix) std::abort();
    }
    if (const auto credit = read_credit(text); credit && (*credit == 0 || *credit > kMostCredit))
        std::abort();
    return 0;
}
