#pragma once

#include <string>
#include <string_view>

namespace newswatch::text {

/// Which hint decided the encoding (RFC 7303 §3: BOM, then the HTTP header, then the XML declaration, then
/// UTF-8).
enum class CharsetSource { bom, http_header, xml_declaration, utf8, guess };

struct DecodedText {
    std::string utf8{};     ///< valid UTF-8 without BOM
    std::string charset{};  ///< the encoding that was used
    CharsetSource source{CharsetSource::utf8};
    bool repaired{false};  ///< a byte was replaced by U+FFFD, or the declared charset was a lie
};

/// Bytes in any encoding → valid UTF-8. Never fails: a bad byte is repaired where it stands and changes
/// nothing else. `content_type` is the HTTP header as sent and may be empty; `language` helps a guess and may
/// be empty. Pure; any thread may call.
[[nodiscard]] DecodedText decode(std::string_view bytes, std::string_view content_type,
                                 std::string_view language = {});

/// The same text with every invalid UTF-8 sequence replaced by U+FFFD (Unicode §3.9, best practice).
[[nodiscard]] std::string repair_utf8(std::string_view bytes);

}  // namespace newswatch::text
