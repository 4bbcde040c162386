#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

/// How far text can be copied as it stands. Pure; any thread may call.
namespace newswatch::text {

/// What a byte of valid UTF-8 means to whoever copies text.
enum class ByteClass : std::uint8_t {
    plain,       ///< copied as it stands
    blank,       ///< white space of HTML
    less,        ///< `<`
    ampersand,   ///< `&`
    control,     ///< left out
    c1_or_nbsp,  ///< lead byte of U+0080–U+00BF
    byte_order,  ///< lead byte of U+F000–U+FFFF: byte order marks and non-characters among them
};

[[nodiscard]] constexpr std::array<ByteClass, 256> make_byte_classes() {
    std::array<ByteClass, 256> classes{};
    for (std::size_t byte = 0; byte < 0x20; ++byte)
        classes[byte] = ByteClass::control;
    for (const char blank : {' ', '\t', '\n', '\r', '\f', '\v'})
        classes[static_cast<unsigned char>(blank)] = ByteClass::blank;
    classes[0x7F] = ByteClass::control;
    classes['<'] = ByteClass::less;
    classes['&'] = ByteClass::ampersand;
    classes[0xC2] = ByteClass::c1_or_nbsp;
    classes[0xEF] = ByteClass::byte_order;
    return classes;
}

inline constexpr std::array<ByteClass, 256> kByteClasses = make_byte_classes();

[[nodiscard]] inline ByteClass byte_class(char c) {
    return kByteClasses[static_cast<unsigned char>(c)];
}

/// A run of plain bytes with single spaces between them, at the start of some text.
struct PlainRun {
    std::size_t size{0};
    bool beyond_latin{false};  ///< some byte is 0xCC or more: U+0300 and above
};
[[nodiscard]] PlainRun plain_run(std::string_view text);

/// The same byte by byte: what `plain_run` is without wide instructions.
[[nodiscard]] PlainRun plain_run_bytewise(std::string_view text, std::size_t from = 0);

}  // namespace newswatch::text
