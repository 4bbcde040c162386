#include "text/charset_convert.h"

#include <iconv.h>
#include <unicode/ucnv.h>

#include <array>
#include <cerrno>
#include <memory>
#include <type_traits>
#include <vector>

namespace newswatch::text {

namespace {

using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

Converter open_converter(const std::string& name) {
    UErrorCode status = U_ZERO_ERROR;
    Converter converter{ucnv_open(name.c_str(), &status), &ucnv_close};
    if (U_FAILURE(status)) converter.reset();
    return converter;
}

std::size_t count_replacements(std::string_view utf8) {
    std::size_t count = 0;
    for (std::size_t at = utf8.find("\uFFFD"); at != std::string_view::npos;
         at = utf8.find("\uFFFD", at + 3)) {
        ++count;
    }
    return count;
}

struct CloseIconv {
    void operator()(iconv_t handle) const { iconv_close(handle); }
};
using IconvHandle = std::unique_ptr<std::remove_pointer_t<iconv_t>, CloseIconv>;

/// The encodings that ICU lacks. Only names of our own table come here, never a label of a document.
std::optional<Converted> convert_by_libc(std::string_view bytes, const std::string& name) {
    const iconv_t opened = iconv_open("UTF-8", name.c_str());
    if (opened == reinterpret_cast<iconv_t>(-1)) return std::nullopt;  // NOLINT: POSIX says so
    const IconvHandle handle{opened};
    Converted converted;
    std::array<char, 4096> chunk{};
    std::string input{bytes};  // iconv's signature is not const
    char* source = input.data();
    std::size_t left = input.size();
    while (left > 0) {
        char* target = chunk.data();
        std::size_t room = chunk.size();
        const std::size_t done = iconv(handle.get(), &source, &left, &target, &room);
        const int trouble = done == static_cast<std::size_t>(-1) ? errno : 0;
        converted.utf8.append(chunk.data(), chunk.size() - room);
        if (trouble == EILSEQ || trouble == EINVAL) {
            converted.utf8 += "\uFFFD";
            ++source;
            --left;
        } else if (trouble != 0 && trouble != E2BIG) {
            return std::nullopt;
        }
    }
    converted.bad = count_replacements(converted.utf8);
    return converted;
}

}  // namespace

bool single_byte(const std::string& name) {
    const Converter converter = open_converter(name);
    return converter != nullptr && ucnv_getMaxCharSize(converter.get()) == 1;
}

std::optional<Converted> convert(std::string_view bytes, const std::string& name) {
    const Converter from = open_converter(name);
    if (!from) return convert_by_libc(bytes, name);
    const Converter to = open_converter("UTF-8");
    if (!to) return std::nullopt;
    Converted converted;
    converted.utf8.reserve(bytes.size() + bytes.size() / 2);
    std::vector<char> chunk(std::size_t{16} * 1024);
    std::vector<UChar> pivot(std::size_t{8} * 1024);
    UChar* pivot_source = pivot.data();
    UChar* pivot_target = pivot.data();
    const char* source = bytes.data();
    for (bool reset = true;; reset = false) {
        UErrorCode status = U_ZERO_ERROR;
        char* target = chunk.data();
        ucnv_convertEx(to.get(), from.get(), &target, chunk.data() + chunk.size(), &source,
                       bytes.data() + bytes.size(), pivot.data(), &pivot_source, &pivot_target,
                       pivot.data() + pivot.size(), static_cast<UBool>(reset), static_cast<UBool>(true),
                       &status);
        converted.utf8.append(chunk.data(), static_cast<std::size_t>(target - chunk.data()));
        if (status == U_BUFFER_OVERFLOW_ERROR) continue;
        if (U_FAILURE(status)) return std::nullopt;
        break;
    }
    converted.bad = count_replacements(converted.utf8);
    return converted;
}

}  // namespace newswatch::text
