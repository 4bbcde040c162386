#include "publish/replay_request.h"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

namespace newswatch::publish {

namespace {

using nlohmann::json;

tl::unexpected<ReplayRefusal> refuse(ReplayCode code, std::string reason) {
    return tl::unexpected<ReplayRefusal>{ReplayRefusal{code, std::move(reason)}};
}

/// A field of the object, or null where it is not there.
const json* field(const json& request, const char* name) {
    const auto found = request.find(name);
    return found == request.end() ? nullptr : &*found;
}

/// Whole and not negative: anything else that is a number (-1, 1.5, 2^64) is no place in a stream.
std::optional<std::uint64_t> whole(const json& value) {
    if (!value.is_number_unsigned()) return std::nullopt;
    const auto number = value.get<std::uint64_t>();
    if (number > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) return std::nullopt;
    return number;
}

unsigned clamped_credit(const json& value) {
    if (value.is_number_unsigned())
        return static_cast<unsigned>(std::clamp<std::uint64_t>(value.get<std::uint64_t>(), 1, kMostCredit));
    const double written = value.get<double>();
    return written >= kMostCredit ? kMostCredit : written >= 1 ? static_cast<unsigned>(written) : 1;
}

}  // namespace

std::string_view name_of(ReplayCode code) {
    switch (code) {
        case ReplayCode::bad_request:
            return "bad_request";
        case ReplayCode::out_of_range:
            return "out_of_range";
        case ReplayCode::gone:
            return "gone";
        case ReplayCode::stream_changed:
            return "stream_changed";
        case ReplayCode::busy:
            return "busy";
        case ReplayCode::internal:
            return "internal";
    }
    return {};
}

tl::expected<ReplayRequest, ReplayRefusal> read_replay_request(std::string_view text) {
    const json request = json::parse(text, nullptr, false);
    if (!request.is_object()) return refuse(ReplayCode::bad_request, "frame 3 is not a JSON object");
    const json* stream = field(request, "stream");
    if (stream == nullptr || !stream->is_string())
        return refuse(ReplayCode::bad_request, "`stream` must be a text");
    const json* prefix = field(request, "prefix");
    if (prefix == nullptr || !prefix->is_string())
        return refuse(ReplayCode::bad_request, "`prefix` must be a text");
    const json* credit = field(request, "credit");
    if (credit == nullptr || !credit->is_number())
        return refuse(ReplayCode::bad_request, "`credit` must be a number of 1 to 256");
    const json* from = field(request, "from");
    if (from == nullptr || !from->is_number())
        return refuse(ReplayCode::bad_request, "`from` must be a number");
    const json* until = field(request, "until");
    if (until != nullptr && !until->is_number())
        return refuse(ReplayCode::bad_request, "`until` must be a number, or left out");

    ReplayRequest read;
    read.stream = stream->get<std::string>();
    read.prefix = prefix->get<std::string>();
    if (read.prefix.size() > kMostPrefix)
        return refuse(ReplayCode::bad_request, "`prefix` has more than 128 bytes");
    read.credit = clamped_credit(*credit);
    const std::optional<std::uint64_t> first = whole(*from);
    if (!first || *first == 0)
        return refuse(ReplayCode::out_of_range, "`from` must be a whole number of 1 or more");
    read.from = *first;
    if (until != nullptr) {
        read.until = whole(*until);
        if (!read.until) return refuse(ReplayCode::out_of_range, "`until` must be a whole number");
    }
    return read;
}

std::optional<unsigned> read_credit(std::string_view digits) {
    constexpr std::size_t kMostDigits = 20;
    if (digits.empty() || digits.size() > kMostDigits ||
        digits.find_first_not_of("0123456789") != digits.npos)
        return std::nullopt;
    unsigned credit = 0;
    for (const char digit : digits)
        credit = std::min(kMostCredit, credit * 10 + static_cast<unsigned>(digit - '0'));
    return std::max(1U, credit);
}

}  // namespace newswatch::publish
