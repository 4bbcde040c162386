#include "text/charset.h"

#include <array>
#include <optional>
#include <utility>

#include "text/charset_convert.h"
#include "text/charset_guess.h"
#include "text/charset_label.h"
#include "text/charset_repair.h"
#include "text/utf8.h"

namespace newswatch::text {

namespace {

struct Mark {
    std::string_view bytes;
    std::string_view converter;
};

using namespace std::string_view_literals;

constexpr std::string_view kLatin = "windows-1252";  // as browsers take every kind of Latin-1

// UTF-32 before UTF-16: their little-endian marks begin alike.
constexpr std::array kByteOrderMarks = {
    Mark{"\xFF\xFE\0\0"sv, "UTF-32LE"}, Mark{"\0\0\xFE\xFF"sv, "UTF-32BE"}, Mark{"\xEF\xBB\xBF"sv, "UTF-8"},
    Mark{"\xFF\xFE"sv, "UTF-16LE"},     Mark{"\xFE\xFF"sv, "UTF-16BE"},
};

// XML 1.0 appendix F.1: `<?xml` in EBCDIC. Its letters have one place in all EBCDIC code pages.
constexpr std::string_view kEbcdicStart = "\x4C\x6F\xA7\x94\x93";
constexpr std::size_t kDeclarationSize = 200;

std::optional<Mark> starts_with_any(std::string_view bytes, const auto& marks) {
    for (const Mark& mark : marks) {
        if (bytes.starts_with(mark.bytes)) return mark;
    }
    return std::nullopt;
}

/// UTF-16 or UTF-32 without a mark: the first characters of a feed are ASCII (RFC 4627 §3).
std::string_view wide_pattern(std::string_view bytes) {
    if (bytes.size() < 4) return {};
    const auto zero = [&](std::size_t index) { return bytes[index] == '\0'; };
    const unsigned zeros =
        (zero(0) ? 8U : 0U) | (zero(1) ? 4U : 0U) | (zero(2) ? 2U : 0U) | (zero(3) ? 1U : 0U);
    switch (zeros) {
        case 0b1110:
            return "UTF-32BE";
        case 0b0111:
            return "UTF-32LE";
        case 0b1010:
            return "UTF-16BE";
        case 0b0101:
            return "UTF-16LE";
        default:
            return {};
    }
}

bool wide(std::string_view converter) {
    return converter.starts_with("UTF-16") || converter.starts_with("UTF-32") ||
           converter.starts_with("utf-16") || converter.starts_with("utf-32");
}

/// A letter that windows-1252 text really holds at a place where UTF-8 is broken.
bool legacy_letter(std::string_view bytes) {
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x80) return byte >= 0xC0 && byte < 0xFE && byte != 0xD7 && byte != 0xF7;
    }
    return false;
}

/// Whether the bytes may be called UTF-8. One bad byte among good sequences is an accident; bad bytes and
/// not one good sequence are another encoding.
bool plausible_utf8(const Utf8Survey& survey, std::string_view bytes) {
    if (survey.invalid <= survey.multibyte) return true;
    return survey.invalid == 1 && survey.multibyte == 0 && !legacy_letter(bytes);
}

/// Whether text that calls itself Latin-1 is written in other letters: there every word is a run of bytes
/// above ASCII, in western languages at most two or three meet.
bool hardly_latin(std::string_view bytes) {
    constexpr std::size_t kLongRun = 4;
    constexpr std::size_t kEnough = 8;
    const HighBytes high = count_high_bytes(bytes, kLongRun);
    return high.in_long_runs >= kEnough && high.in_long_runs * 2 > high.all;
}

/// Whether the bytes are UTF-8 whatever anybody declares: other encodings do not fall into its pattern so
/// often. GBK and Shift_JIS do now and then with two bytes, hardly with three.
bool surely_utf8(const Utf8Survey& survey) {
    return survey.invalid == 0 && (survey.longer >= 2 || survey.multibyte >= 4);
}

/// ISO 2022 changes its alphabet by escape sequences, which stand in no other document.
bool shifts(std::string_view bytes) {
    return bytes.find("\x1B$") != std::string_view::npos;
}

/// Languages of Latin letters that Latin-1 does not have: who labels them so means his system's encoding.
bool written_otherwise(std::string_view language) {
    const auto likely = converters_of_language(language);
    return !likely.empty() && (likely.front() == "windows-1250" || likely.front() == "windows-1257");
}

/// Languages whose letters Latin-1 has; unknown ones may be of them.
bool western(std::string_view language) {
    const auto likely = converters_of_language(language);
    return likely.empty() || likely.front() == kLatin;
}

DecodedText as_utf8(std::string_view bytes, CharsetSource source, const Utf8Survey& survey,
                    std::string_view language) {
    while (bytes.starts_with("\xEF\xBB\xBF"))
        bytes.remove_prefix(3);  // some publishers write it twice
    DecodedText decoded{.utf8 = {}, .charset = "UTF-8", .source = source, .repaired = survey.invalid > 0};
    decoded.utf8 = survey.invalid == 0 ? std::string{bytes} : repair_strays(bytes, western(language));
    return decoded;
}

/// The decision for one document, walked through in the order of RFC 7303 §3.
class Decision {
  public:
    Decision(std::string_view bytes, std::string_view content_type, std::string_view language)
        : bytes_{bytes}, content_type_{content_type}, language_{language} {}

    DecodedText decide() {
        if (const auto mark = starts_with_any(bytes_, kByteOrderMarks)) {
            if (auto decoded = by_mark(*mark)) return std::move(*decoded);
        }
        survey_ = survey_utf8(bytes_);
        pattern_ = wide_pattern(bytes_);
        const std::string header = charset_of_header(content_type_);
        const std::string declaration = charset_of_declaration(bytes_);
        if (auto decoded = by_label(header, CharsetSource::http_header, declaration))
            return std::move(*decoded);
        if (!pattern_.empty()) {
            if (auto decoded = converted(std::string{pattern_}, CharsetSource::guess))
                return std::move(*decoded);
        }
        if (bytes_.starts_with(kEbcdicStart)) {
            if (auto decoded = by_ebcdic_declaration()) return std::move(*decoded);
        }
        if (auto decoded = by_label(declaration, CharsetSource::xml_declaration, {}))
            return std::move(*decoded);
        return by_content();
    }

  private:
    std::optional<DecodedText> by_mark(const Mark& mark) {
        bytes_.remove_prefix(mark.bytes.size());
        if (mark.converter != "UTF-8") return converted(std::string{mark.converter}, CharsetSource::bom);
        const Utf8Survey survey = survey_utf8(bytes_);
        if (plausible_utf8(survey, bytes_)) return as_utf8(bytes_, CharsetSource::bom, survey, language());
        lied_ = true;  // an editor put the mark before bytes that are not UTF-8
        return std::nullopt;
    }

    /// `other` is what the next hint says.
    std::optional<DecodedText> by_label(const std::string& label, CharsetSource source,
                                        const std::string& other) {
        if (label.empty()) return std::nullopt;
        std::string converter = converter_name(label);
        if (converter == "UTF-8" && plausible_utf8(survey_, bytes_) && !shifts(bytes_)) {
            return lie_noted(as_utf8(bytes_, source, survey_, language()));
        }
        // `UTF-16` leaves the order of the bytes open, and some labels name the wrong one.
        if (wide(converter) && !pattern_.empty()) converter = pattern_;
        if (converter.empty() || contradicted(converter, other)) {
            lied_ = true;
            return std::nullopt;
        }
        if (converter == kLatin && turkish()) converter = "windows-1254";
        return converted(converter, source);
    }

    /// Whether the bytes say that a label is a lie.
    [[nodiscard]] bool contradicted(const std::string& converter, const std::string& other) const {
        if (converter == "UTF-8") return true;  // it was not plausible
        if (wide(converter)) return bytes_.find('\0') == std::string_view::npos;
        if (!pattern_.empty()) return true;
        if (surely_utf8(survey_)) return true;
        // Whole texts of one-byte letters do not fall into the pattern of UTF-8 even once.
        if (survey_.invalid == 0 && survey_.multibyte > 0 && single_byte(converter)) return true;
        return converter == kLatin && (shifts(bytes_) || written_otherwise(language()) ||
                                       (other_script_is_meant(other) && hardly_latin(bytes_)));
    }

    /// Another hint that speaks for another script: a web server's default label knows nothing of a feed.
    [[nodiscard]] bool other_script_is_meant(const std::string& other) const {
        const std::string converter = converter_name(other);
        return (!converter.empty() && converter != kLatin && converter != "UTF-8") || !western(language());
    }

    /// Latin-1 and Turkish differ in six letters, and Icelandic is not Turkish.
    [[nodiscard]] bool turkish() const {
        const auto likely = converters_of_language(language());
        return !likely.empty() && likely.front() == "windows-1254";
    }

    [[nodiscard]] std::string language() const {
        return language_.empty() ? stated_language(bytes_) : std::string{language_};
    }

    std::optional<DecodedText> by_ebcdic_declaration() {
        const auto start = convert(bytes_.substr(0, kDeclarationSize), "ibm-37");
        if (!start) return std::nullopt;
        std::string converter = converter_name(charset_of_declaration(start->utf8));
        if (converter.empty() || !single_byte(converter)) converter = "ibm-37";
        return converted(converter, CharsetSource::xml_declaration);
    }

    /// Nothing where the encoding does not fit the bytes: then the label was a lie.
    std::optional<DecodedText> converted(const std::string& converter, CharsetSource source) {
        auto result = convert(bytes_, converter);
        const bool fits = result && result->bad <= 2 + bytes_.size() / 200 &&
                          (bytes_.size() < 8 || result->utf8.find_first_of("<{") != std::string::npos);
        if (!fits) {
            lied_ = true;
            return std::nullopt;
        }
        while (result->utf8.starts_with("\uFEFF"))
            result->utf8.erase(0, 3);
        const bool repaired = result->bad > 0;
        return lie_noted(
            {.utf8 = std::move(result->utf8), .charset = converter, .source = source, .repaired = repaired});
    }

    DecodedText by_content() {
        if (!shifts(bytes_) && plausible_utf8(survey_, bytes_)) {
            return lie_noted(as_utf8(bytes_, CharsetSource::utf8, survey_, language()));
        }
        if (auto decoded = converted(guess_converter(bytes_, language()), CharsetSource::guess)) {
            return std::move(*decoded);
        }
        return lie_noted(as_utf8(bytes_, CharsetSource::utf8, survey_, language()));
    }

    DecodedText lie_noted(DecodedText decoded) const {
        decoded.repaired = decoded.repaired || lied_;
        return decoded;
    }

    std::string_view bytes_;
    std::string_view content_type_;
    std::string_view language_;
    Utf8Survey survey_{};
    std::string_view pattern_{};  ///< of UTF-16 or UTF-32 without a mark
    bool lied_{false};
};

}  // namespace

DecodedText decode(std::string_view bytes, std::string_view content_type, std::string_view language) {
    return Decision{bytes, content_type, language}.decide();
}

}  // namespace newswatch::text
