#pragma once

#include <string_view>

namespace newswatch::parse {

/// What a page asks of automatic readers in `<meta name="robots">` or `<meta name="newswatch">`.
struct RobotsMeta {
    bool read{true};  ///< false for `noindex` and `none`: its text is to be left alone
    bool keep{true};  ///< false for `noarchive` and `nocache`: it may be read, but not kept
};

/// Looks at the first 256 KiB of a page, whose encoding must be one of ASCII's supersets. Several tags add
/// up. Pure.
[[nodiscard]] RobotsMeta robots_meta(std::string_view page);

}  // namespace newswatch::parse
