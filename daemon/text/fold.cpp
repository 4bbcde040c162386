#include "text/fold.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <array>
#include <cstring>
#include <stdexcept>

#include "text/code_points.h"

namespace newswatch::text {
namespace {

enum class Form : std::uint8_t { folded, accented, exact };

/// UAX #15 §13: no sane text has more than 30 marks on a letter. Sorting them costs the square of their
/// number, so what comes after is dropped.
constexpr int kMostMarks = 30;

const icu::Normalizer2& normalizer(const icu::Normalizer2* (*get)(UErrorCode&)) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* found = get(status);
    if (U_FAILURE(status) != 0) throw std::runtime_error{"ICU has no normalisation data"};
    return *found;
}
const icu::Normalizer2& composer() {
    static const icu::Normalizer2& value = normalizer(icu::Normalizer2::getNFCInstance);
    return value;
}
const icu::Normalizer2& decomposer() {
    static const icu::Normalizer2& value = normalizer(icu::Normalizer2::getNFDInstance);
    return value;
}
const icu::Normalizer2& case_folder() {
    static const icu::Normalizer2& value = normalizer(icu::Normalizer2::getNFKCCasefoldInstance);
    return value;
}

icu::UnicodeString normalized(const icu::Normalizer2& by, const icu::UnicodeString& text) {
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString result = by.normalize(text, status);
    if (U_FAILURE(status) != 0) throw std::bad_alloc{};
    return result;
}

bool is_mark(char32_t c) {
    return (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) != 0;
}

/// §2 step 1.
bool is_ignorable(char32_t c) {
    return c == 0x0640 || u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

/// §2 step 5; zero where the step says nothing.
char32_t plain_punctuation(char32_t c) {
    switch (c) {
        case 0x2019:
        case 0x02BC:
        case 0x2018:
        case 0x00B4:
        case 0x0060:
        case 0x05F3:
        case 0x201B:
        case 0xFF07:
            return U'\'';
        case 0x201C:
        case 0x201D:
        case 0x00AB:
        case 0x00BB:
        case 0x201E:
        case 0x05F4:
        case 0x201F:
        case 0xFF02:
            return U'"';
        case 0x2010:
        case 0x2011:
        case 0x2013:
        case 0x2014:
        case 0x2212:
        case 0x05BE:
        case 0x2012:
        case 0x2015:
            return U'-';
        default:
            return 0;
    }
}

/// §2 step 4 for one letter: the Arabic letters that are one and the same to a reader.
char32_t plain_arabic(char32_t c) {
    switch (c) {
        case 0x0622:
        case 0x0623:
        case 0x0625:
        case 0x0671:
        case 0x0672:
        case 0x0673:
        case 0x0675:
            return 0x0627;  // alef
        case 0x0649:
        case 0x06CC:
        case 0x0626:
        case 0x06CD:
            return 0x064A;  // yeh
        case 0x0629:
        case 0x06C1:
        case 0x06BE:
        case 0x06D5:
        case 0x06C0:
        case 0x06C3:
        case 0x06C2:
            return 0x0647;  // heh
        case 0x06A9:
        case 0x06AA:
            return 0x0643;  // kaf
        case 0x0624:
            return 0x0648;  // waw
        case 0x066C:
            return U',';
        case 0x066B:
            return U'.';
        default:
            return c;
    }
}

bool is_arabic_or_hebrew_mark(char32_t c) {
    return (c >= 0x0591 && c <= 0x05C7) || (c >= 0x0610 && c <= 0x061A) || (c >= 0x064B && c <= 0x065F) ||
           c == 0x0670 || (c >= 0x06D6 && c <= 0x06ED) || (c >= 0x08CA && c <= 0x08FF);
}

enum class Base : std::uint8_t { other, latin_or_greek, cyrillic };

Base base_of(char32_t c) {
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(static_cast<UChar32>(c), &status)) {
        case USCRIPT_LATIN:
        case USCRIPT_GREEK:
            return Base::latin_or_greek;
        case USCRIPT_CYRILLIC:
            return Base::cyrillic;
        default:
            return Base::other;
    }
}

/// Letters that Unicode does not take apart, but which readers write without their stroke or ligature.
const char16_t* unstroked(char32_t c) {
    switch (c) {
        case 0x0142:
            return u"l";
        case 0x00F8:
            return u"o";
        case 0x0111:
            return u"d";
        case 0x00E6:
            return u"ae";
        case 0x0153:
            return u"oe";
        default:
            return nullptr;
    }
}

/// §2 step 3 on text that is composed and case-folded.
icu::UnicodeString without_accents(const icu::UnicodeString& text) {
    icu::UnicodeString result;
    Base base = Base::other;
    for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
        const auto c = static_cast<char32_t>(text.char32At(i));
        if (is_mark(c)) {
            const bool stress = base == Base::cyrillic && (c == 0x0300 || c == 0x0301);
            const bool dropped =
                base == Base::latin_or_greek || stress || is_arabic_or_hebrew_mark(c) || c == 0x093C;
            if (!dropped) result.append(static_cast<UChar32>(c));
            continue;
        }
        base = base_of(c);
        if (c == 0x0451 || c == 0x0450) {
            result.append(u'\u0435');  // ё, ѐ
        } else if (c == 0x045D) {
            result.append(u'\u0438');  // ѝ
        } else if (base == Base::latin_or_greek || (c >= 0x0929 && c <= 0x095F)) {
            const icu::UnicodeString parts =
                normalized(decomposer(), icu::UnicodeString{static_cast<UChar32>(c)});
            for (int32_t k = 0; k < parts.length(); k = parts.moveIndex32(k, 1)) {
                const auto part = static_cast<char32_t>(parts.char32At(k));
                if (base == Base::latin_or_greek ? is_mark(part) : part == 0x093C) continue;
                if (const char16_t* plain = unstroked(part)) {
                    result.append(plain);
                } else {
                    result.append(static_cast<UChar32>(part));
                }
            }
        } else {
            result.append(static_cast<UChar32>(plain_arabic(c)));
        }
    }
    return result;
}

icu::UnicodeString without_surplus_marks(const icu::UnicodeString& text) {
    icu::UnicodeString result;
    int marks = 0;
    for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
        const auto c = static_cast<char32_t>(text.char32At(i));
        if (is_ignorable(c)) continue;
        marks = u_getCombiningClass(static_cast<UChar32>(c)) != 0 ? marks + 1 : 0;
        if (marks > kMostMarks) continue;
        const char32_t plain = plain_punctuation(c);
        result.append(static_cast<UChar32>(plain != 0 ? plain : c));
    }
    return result;
}

/// One round over a whole text, the definition that the table below remembers for single code points.
icu::UnicodeString pass(const icu::UnicodeString& text, Form form) {
    icu::UnicodeString plain = without_surplus_marks(text);
    if (form == Form::exact) return normalized(composer(), plain);
    plain = normalized(case_folder(), plain);
    plain = without_surplus_marks(plain);
    plain.findAndReplace(icu::UnicodeString{u"i\u0307"}, icu::UnicodeString{u'i'});  // what İ folds to
    plain.findAndReplace(icu::UnicodeString{u'\u0131'}, icu::UnicodeString{u'i'});
    for (int32_t i = 0; i < plain.length(); i = plain.moveIndex32(i, 1)) {
        const UChar32 c = plain.char32At(i);
        const int32_t digit = c > 0x7F && u_charType(c) == U_DECIMAL_DIGIT_NUMBER ? u_charDigitValue(c) : -1;
        if (digit >= 0)
            plain.replace(i, U16_LENGTH(c), static_cast<UChar32>(U'0' + static_cast<char32_t>(digit)));
    }
    if (form == Form::folded) plain = without_accents(plain);
    return normalized(composer(), plain);
}

/// Passes until nothing changes: dropping one mark can let others compose. Three have always been enough.
icu::UnicodeString whole_text(icu::UnicodeString text, Form form) {
    for (int round = 0; round < 4; ++round) {
        icu::UnicodeString next = pass(text, form);
        if (next == text) break;
        text = std::move(next);
    }
    return text;
}

icu::UnicodeString utf16(std::string_view utf8) {
    return icu::UnicodeString::fromUTF8(icu::StringPiece{utf8.data(), static_cast<int32_t>(utf8.size())});
}
void append_utf8(const icu::UnicodeString& text, std::string& to) {
    text.toUTF8String(to);
}

enum class Behaviour : std::uint8_t {
    fixed,     ///< becomes `bytes`, whatever stands around it
    mark,      ///< becomes `bytes` where marks stand in order, else the whole text is looked at
    accent,    ///< dropped after a Latin or Greek letter, else the whole text is looked at
    together,  ///< only the whole text tells
};

struct FoldEntry {
    std::array<char, 12> bytes{};
    std::uint8_t size{0};
    std::uint8_t combining_class{0};
    Behaviour behaviour{Behaviour::together};
    Base base{Base::other};
};

bool stands_alone(const icu::UnicodeString& text) {
    for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
        if (!composer().hasBoundaryBefore(text.char32At(i))) return false;
    }
    return true;
}

FoldEntry fold_entry(char32_t c, Form form) {
    FoldEntry entry;
    if (c >= 0xD800 && c <= 0xDFFF) return entry;
    const auto code_point = static_cast<UChar32>(c);
    std::string bytes;
    const icu::UnicodeString whole = whole_text(icu::UnicodeString{code_point}, form);
    append_utf8(whole, bytes);
    if (bytes.size() > entry.bytes.size()) return entry;
    std::memcpy(entry.bytes.data(), bytes.data(), bytes.size());
    entry.size = static_cast<std::uint8_t>(bytes.size());
    entry.combining_class = u_getCombiningClass(code_point);
    const bool ignorable = is_ignorable(c);
    if (ignorable || (bytes.empty() && form == Form::folded)) {
        entry.behaviour = Behaviour::fixed;
    } else if (is_mark(c) && c >= 0x0300 && c <= 0x036F) {
        entry.behaviour = form == Form::folded ? Behaviour::accent : Behaviour::together;
    } else if (stands_alone(whole) && composer().hasBoundaryBefore(code_point)) {
        entry.behaviour = Behaviour::fixed;
        entry.base = whole.isEmpty() ? Base::other
                                     : base_of(static_cast<char32_t>(whole.char32At(whole.length() - 1)));
    } else if (whole.countChar32() == 1 && entry.combining_class != 0 &&
               u_getIntPropertyValue(code_point, UCHAR_NFC_QUICK_CHECK) == UNORM_YES) {
        entry.behaviour = Behaviour::mark;
    }
    return entry;
}

const CodePointTable<FoldEntry>& table(Form form) {
    static const CodePointTable<FoldEntry> folded{[](char32_t c) { return fold_entry(c, Form::folded); }};
    static const CodePointTable<FoldEntry> accented{[](char32_t c) { return fold_entry(c, Form::accented); }};
    static const CodePointTable<FoldEntry> exact{[](char32_t c) { return fold_entry(c, Form::exact); }};
    return form == Form::folded ? folded : form == Form::accented ? accented : exact;
}

void append_converted(std::string_view utf8, Form form, std::string& result) {
    const CodePointTable<FoldEntry>& entries = table(form);
    const std::size_t first = result.size();
    Base base = Base::other;
    std::uint8_t last_class = 0;
    for (std::size_t at = 0; at < utf8.size();) {
        const auto byte = static_cast<unsigned char>(utf8[at]);
        if (byte < 0x80 && form != Form::exact && byte != '`') {  // most bytes of most texts
            const bool upper = byte >= 'A' && byte <= 'Z';
            result.push_back(static_cast<char>(upper ? byte + 0x20 : byte));
            base = upper || (byte >= 'a' && byte <= 'z') ? Base::latin_or_greek : Base::other;
            last_class = 0;
            ++at;
            continue;
        }
        const FoldEntry& entry = entries[next_code_point(utf8, at)];
        const bool in_order = entry.combining_class >= last_class;
        const bool settled = entry.behaviour == Behaviour::fixed ||
                             (entry.behaviour == Behaviour::mark && in_order) ||
                             (entry.behaviour == Behaviour::accent && base == Base::latin_or_greek);
        if (!settled) {
            result.resize(first);
            append_utf8(whole_text(utf16(utf8), form), result);
            return;
        }
        if (entry.behaviour == Behaviour::accent || entry.size == 0) continue;
        result.append(entry.bytes.data(), entry.size);
        last_class = entry.combining_class;
        if (entry.behaviour == Behaviour::fixed) base = entry.base;
    }
}

std::string converted(std::string_view utf8, Form form) {
    std::string result;
    result.reserve(utf8.size());
    append_converted(utf8, form, result);
    return result;
}

}  // namespace

void append_folded(std::string_view utf8, std::string& folded) {
    append_converted(utf8, Form::folded, folded);
}

std::string fold(std::string_view utf8) {
    return converted(utf8, Form::folded);
}

std::string fold_keeping_accents(std::string_view utf8) {
    return converted(utf8, Form::accented);
}

std::string exact_form(std::string_view utf8) {
    return converted(utf8, Form::exact);
}

std::string nfc(std::string_view utf8) {
    icu::UnicodeString safe;
    int marks = 0;
    bool changed = false;
    for (std::size_t at = 0; at < utf8.size();) {
        const std::size_t begin = at;
        const auto c = static_cast<UChar32>(next_code_point(utf8, at));
        changed = changed || (c == static_cast<UChar32>(kReplacement) && at - begin < 3);
        marks = c >= 0x300 && u_getCombiningClass(c) != 0 ? marks + 1 : 0;
        if (marks > kMostMarks) {
            // UAX #15 §13 Stream-Safe Text: a grapheme joiner keeps the sorting linear and loses nothing.
            safe.append(static_cast<UChar32>(0x034F));
            marks = 1;
            changed = true;
        }
        safe.append(c);
    }
    UErrorCode status = U_ZERO_ERROR;
    if (!changed && composer().isNormalized(safe, status) != 0 && U_SUCCESS(status) != 0) {
        return std::string{utf8};
    }
    std::string result;
    append_utf8(normalized(composer(), safe), result);
    return result;
}

std::size_t count_code_points(std::string_view utf8) {
    std::size_t count = 0;
    for (const char c : utf8)
        count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1U : 0U;
    return count;
}

}  // namespace newswatch::text
