#include "text/code_points.h"

#include "text/utf8.h"

namespace newswatch::text {

char32_t next_rare_code_point(std::string_view utf8, std::size_t& at) {
    const std::string_view rest = utf8.substr(at);
    const Utf8Step step = utf8_step(rest);
    at += step.size;
    if (!step.valid) return kReplacement;
    const auto byte = [&](std::size_t index) -> char32_t { return static_cast<unsigned char>(rest[index]); };
    constexpr std::array<char32_t, 5> kLeadBits{0, 0x7F, 0x1F, 0x0F, 0x07};
    char32_t value = byte(0) & kLeadBits[step.size];
    for (std::size_t i = 1; i < step.size; ++i)
        value = value << 6U | (byte(i) & 0x3FU);
    return value;
}

}  // namespace newswatch::text
