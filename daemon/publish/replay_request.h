#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

/// What a client may ask of the replay socket (WIRE.md, Replay), read from foreign bytes. Pure; any thread.
namespace newswatch::publish {

constexpr std::size_t kMostRequestId = 32;
constexpr std::size_t kMostPrefix = 128;
constexpr unsigned kMostCredit = 256;

/// The codes of an ERROR frame. (`forbidden` and `no_replay` belong to keys, which there are none of yet.)
enum class ReplayCode {
    bad_request,
    out_of_range,
    gone,
    stream_changed,
    busy,
    internal,
};
[[nodiscard]] std::string_view name_of(ReplayCode code);

/// A request that cannot be served: the code, and for the client's author one sentence why.
struct ReplayRefusal {
    ReplayCode code{ReplayCode::bad_request};
    std::string reason{};
};

struct ReplayRequest {
    std::string stream{};
    std::uint64_t from{1};                 ///< the first number wanted, at least 1
    std::optional<std::uint64_t> until{};  ///< the last one; nothing: the head at that moment
    std::string prefix{};                  ///< of topics; bytes, never a pattern
    unsigned credit{1};                    ///< 1..256: how many alerts may come before the next CREDIT
};

/// Frame 3 of REPLAY. Every field is checked for its type; keys that are not known are left alone.
[[nodiscard]] tl::expected<ReplayRequest, ReplayRefusal> read_replay_request(std::string_view json);

/// Frame 3 of CREDIT: decimal digits, brought into 1..256. Nothing where it is no number.
[[nodiscard]] std::optional<unsigned> read_credit(std::string_view digits);

}  // namespace newswatch::publish
