#include "text/charset.h"

#include <array>
#include <optional>
#include <utility>

#include "text/charset_convert.h"
#include "text/charset_label.h"
#include "text/utf8.h"

namespace newswatch::text {

namespace {

struct Mark {
    std::string_view bytes;
    std::string_view converter;
};

using namespace std::string_view_literals;

// UTF-32 before UTF-16: their little-endian marks begin alike.
constexpr std::array kByteOrderMarks = {
    Mark{"\xFF\xFE\0\0"sv, "UTF-32LE"}, Mark{"\0\0\xFE\xFF"sv, "UTF-32BE"}, Mark{"\xEF\xBB\xBF"sv, "UTF-8"},
    Mark{"\xFF\xFE"sv, "UTF-16LE"},     Mark{"\xFE\xFF"sv, "UTF-16BE"},
};

// XML 1.0 appendix F.1: how `<?` and `<x` begin without a mark.
constexpr std::array kWideStarts = {
    Mark{"\0\0\0<"sv, "UTF-32BE"},
    Mark{"<\0\0\0"sv, "UTF-32LE"},
    Mark{"\0<\0"sv, "UTF-16BE"},
    Mark{"<\0"sv, "UTF-16LE"},
};

std::optional<Mark> starts_with_any(std::string_view bytes, const auto& marks) {
    for (const Mark& mark : marks) {
        if (bytes.starts_with(mark.bytes)) return mark;
    }
    return std::nullopt;
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

/// Whether the bytes are UTF-8 whatever anybody declares: other encodings do not fall into its pattern so
/// often. GBK and Shift_JIS do now and then with two bytes, hardly with three.
bool surely_utf8(const Utf8Survey& survey) {
    return survey.invalid == 0 && (survey.longer >= 2 || survey.multibyte >= 4);
}

DecodedText as_utf8(std::string_view bytes, CharsetSource source, const Utf8Survey& survey) {
    while (bytes.starts_with("\xEF\xBB\xBF"))
        bytes.remove_prefix(3);  // some publishers write it twice
    DecodedText decoded{.utf8 = {}, .charset = "UTF-8", .source = source, .repaired = survey.invalid > 0};
    decoded.utf8 = survey.invalid == 0 ? std::string{bytes} : repair_utf8(bytes);
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
        if (auto decoded = by_label(charset_of_header(content_type_), CharsetSource::http_header)) {
            return std::move(*decoded);
        }
        if (const auto mark = starts_with_any(bytes_, kWideStarts)) {
            if (auto decoded = converted(std::string{mark->converter}, CharsetSource::guess)) {
                return std::move(*decoded);
            }
        }
        if (auto decoded = by_label(charset_of_declaration(bytes_), CharsetSource::xml_declaration)) {
            return std::move(*decoded);
        }
        return by_content();
    }

  private:
    std::optional<DecodedText> by_mark(const Mark& mark) {
        bytes_.remove_prefix(mark.bytes.size());
        if (mark.converter != "UTF-8") return converted(std::string{mark.converter}, CharsetSource::bom);
        const Utf8Survey survey = survey_utf8(bytes_);
        if (plausible_utf8(survey, bytes_)) return as_utf8(bytes_, CharsetSource::bom, survey);
        lied_ = true;  // an editor put the mark before bytes that are not UTF-8
        return std::nullopt;
    }

    std::optional<DecodedText> by_label(const std::string& label, CharsetSource source) {
        if (label.empty()) return std::nullopt;
        const std::string converter = converter_name(label);
        if (converter == "UTF-8" && plausible_utf8(survey_, bytes_)) {
            return lie_noted(as_utf8(bytes_, source, survey_));
        }
        const bool narrow_bytes = bytes_.find('\0') == std::string_view::npos;
        if (converter.empty() || converter == "UTF-8" || (wide(converter) && narrow_bytes) ||
            surely_utf8(survey_)) {
            lied_ = true;
            return std::nullopt;
        }
        return converted(converter, source);
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
        const bool escapes = bytes_.find("\x1B$") != std::string_view::npos;  // ISO 2022 shifts to Japanese
        if (!escapes && plausible_utf8(survey_, bytes_)) {
            return lie_noted(as_utf8(bytes_, CharsetSource::utf8, survey_));
        }
        const std::string language = language_.empty() ? stated_language(bytes_) : std::string{language_};
        if (auto decoded = converted(guess_converter(bytes_, language), CharsetSource::guess)) {
            return std::move(*decoded);
        }
        return lie_noted(as_utf8(bytes_, CharsetSource::utf8, survey_));
    }

    DecodedText lie_noted(DecodedText decoded) const {
        decoded.repaired = decoded.repaired || lied_;
        return decoded;
    }

    std::string_view bytes_;
    std::string_view content_type_;
    std::string_view language_;
    Utf8Survey survey_{};
    bool lied_{false};
};

}  // namespace

DecodedText decode(std::string_view bytes, std::string_view content_type, std::string_view language) {
    return Decision{bytes, content_type, language}.decide();
}

}  // namespace newswatch::text
