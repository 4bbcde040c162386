#include <cstdint>
#include <cstdlib>
#include <string>

#include "text/charset.h"
#include "text/html.h"
#include "text/utf8.h"

/// HTML of any kind becomes valid UTF-8 that needs no tidying any more.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string html = newswatch::text::repair_utf8({reinterpret_cast<const char*>(data), size});
    const std::string text = newswatch::text::html_to_text(html);
    if (newswatch::text::survey_utf8(text).invalid != 0) std::abort();
    static_cast<void>(newswatch::text::looks_like_html(html));
    const std::string tidy = newswatch::text::tidy_text(html);
    if (newswatch::text::survey_utf8(tidy).invalid != 0) std::abort();
    return 0;
}
