#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "text/charset.h"
#include "text/utf8.h"

/// The first line plays the HTTP header, the rest the document. Whatever comes, the answer is valid UTF-8.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    const std::size_t line = input.find('\n');
    const std::string_view header =
        line == std::string_view::npos ? std::string_view{} : input.substr(0, line);
    const std::string_view bytes = line == std::string_view::npos ? input : input.substr(line + 1);
    static_cast<void>(newswatch::text::decode(bytes, header, "pl"));
    static_cast<void>(newswatch::text::decode(bytes, header, "ru"));
    const auto decoded = newswatch::text::decode(bytes, header);
    if (newswatch::text::survey_utf8(decoded.utf8).invalid != 0) std::abort();
    if (newswatch::text::repair_utf8(decoded.utf8) != decoded.utf8) std::abort();
    return 0;
}
