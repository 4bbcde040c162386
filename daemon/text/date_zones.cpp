#include "text/date_zones.h"

#include <unicode/strenum.h>
#include <unicode/timezone.h>

#include <algorithm>
#include <array>
#include <memory>
#include <set>
#include <string>

#include "base/ascii.h"

namespace newswatch::text {

namespace {

struct NamedZone {
    std::string_view name;
    int minutes;
};

// RFC 5322 §4.3, then the names that publishers write. Of names with two meanings the one of most publishers:
// BST is British, IST Indian, CST American, AST Atlantic, GST of the Gulf.
constexpr std::array kZones = {
    NamedZone{"ut", 0},     NamedZone{"utc", 0},    NamedZone{"gmt", 0},     NamedZone{"z", 0},
    NamedZone{"wet", 0},    NamedZone{"west", 60},  NamedZone{"bst", 60},    NamedZone{"cet", 60},
    NamedZone{"cest", 120}, NamedZone{"met", 60},   NamedZone{"mest", 120},  NamedZone{"mez", 60},
    NamedZone{"mesz", 120}, NamedZone{"hnec", 60},  NamedZone{"haec", 120},  NamedZone{"hec", 60},
    NamedZone{"eet", 120},  NamedZone{"eest", 180}, NamedZone{"oez", 120},   NamedZone{"oesz", 180},
    NamedZone{"msk", 180},  NamedZone{"msd", 240},  NamedZone{"мск", 180},   NamedZone{"МСК", 180},
    NamedZone{"trt", 180},  NamedZone{"idt", 180},  NamedZone{"sast", 120},  NamedZone{"cat", 120},
    NamedZone{"wat", 60},   NamedZone{"eat", 180},  NamedZone{"irst", 210},  NamedZone{"irdt", 270},
    NamedZone{"gst", 240},  NamedZone{"azt", 240},  NamedZone{"amt", 240},   NamedZone{"samt", 240},
    NamedZone{"aft", 270},  NamedZone{"pkt", 300},  NamedZone{"uzt", 300},   NamedZone{"yekt", 300},
    NamedZone{"ist", 330},  NamedZone{"npt", 345},  NamedZone{"omst", 360},  NamedZone{"almt", 360},
    NamedZone{"mmt", 390},  NamedZone{"ict", 420},  NamedZone{"wib", 420},   NamedZone{"novt", 420},
    NamedZone{"krat", 420}, NamedZone{"wita", 480}, NamedZone{"hkt", 480},   NamedZone{"sgt", 480},
    NamedZone{"myt", 480},  NamedZone{"pht", 480},  NamedZone{"awst", 480},  NamedZone{"irkt", 480},
    NamedZone{"ulat", 480}, NamedZone{"wit", 540},  NamedZone{"jst", 540},   NamedZone{"kst", 540},
    NamedZone{"yakt", 540}, NamedZone{"acst", 570}, NamedZone{"acdt", 630},  NamedZone{"aest", 600},
    NamedZone{"aedt", 660}, NamedZone{"vlat", 600}, NamedZone{"chst", 600},  NamedZone{"magt", 660},
    NamedZone{"pett", 720}, NamedZone{"nzst", 720}, NamedZone{"nzdt", 780},  NamedZone{"fjt", 720},
    NamedZone{"azot", -60}, NamedZone{"cvt", -60},  NamedZone{"brst", -120}, NamedZone{"brt", -180},
    NamedZone{"art", -180}, NamedZone{"uyt", -180}, NamedZone{"gft", -180},  NamedZone{"clst", -180},
    NamedZone{"clt", -240}, NamedZone{"bot", -240}, NamedZone{"vet", -240},  NamedZone{"pyt", -240},
    NamedZone{"cot", -300}, NamedZone{"pet", -300}, NamedZone{"ect", -300},  NamedZone{"sst", -660},
};

// Whoever writes one of these reads a clock on a wall in North America.
constexpr std::array kAmericanZones = {
    NamedZone{"est", -300},  NamedZone{"edt", -240},  NamedZone{"cst", -360}, NamedZone{"cdt", -300},
    NamedZone{"mst", -420},  NamedZone{"mdt", -360},  NamedZone{"pst", -480}, NamedZone{"pdt", -420},
    NamedZone{"ast", -240},  NamedZone{"adt", -180},  NamedZone{"nst", -210}, NamedZone{"ndt", -150},
    NamedZone{"akst", -540}, NamedZone{"akdt", -480}, NamedZone{"hst", -600}, NamedZone{"hast", -600},
    NamedZone{"hadt", -540},
};

struct Place {
    std::string_view name;
    const char* place;
};

// `ET` is EST in winter and EDT in summer.
constexpr std::array kPlaces = {
    Place{"et", "America/New_York"}, Place{"ct", "America/Chicago"},     Place{"mt", "America/Denver"},
    Place{"at", "America/Halifax"},  Place{"pt", "America/Los_Angeles"},
};

std::string lower_ascii(std::string_view word) {
    std::string out;
    for (const char c : word.substr(0, 16)) {
        if (c != '.') out += ascii::lower(c);
    }
    return out;
}

bool all_capitals(std::string_view word) {
    return std::all_of(word.begin(), word.end(), [](char c) { return (c >= 'A' && c <= 'Z') || c == '.'; });
}

/// The names of the IANA database that no other word is like, `Asia/Tokyo` and `PST8PDT`; their strings live
/// as long as the program.
const std::set<std::string, std::less<>>& places() {
    static const std::set<std::string, std::less<>> kNames = [] {
        std::set<std::string, std::less<>> names;
        UErrorCode status = U_ZERO_ERROR;
        const std::unique_ptr<icu::StringEnumeration> all{icu::TimeZone::createEnumeration(status)};
        if (U_FAILURE(status)) return names;
        for (const char* name = all->next(nullptr, status); name != nullptr && U_SUCCESS(status);
             name = all->next(nullptr, status)) {
            if (std::string_view{name}.find_first_of("/58") != std::string_view::npos) names.insert(name);
        }
        return names;
    }();
    return kNames;
}

}  // namespace

std::optional<Zone> zone_of(std::string_view word) {
    const std::string lower = lower_ascii(word);
    if (lower.size() == 2 && lower != "ut" && !all_capitals(word)) return std::nullopt;
    for (const NamedZone& zone : kZones) {
        if (zone.name == lower) return Zone{.minutes = zone.minutes};
    }
    for (const NamedZone& zone : kAmericanZones) {
        if (zone.name == lower) return Zone{.minutes = zone.minutes, .north_american = true};
    }
    for (const Place& each : kPlaces) {
        if (each.name == lower) return Zone{.place = each.place, .north_american = true};
    }
    return std::nullopt;
}

std::optional<Zone> read_place(DateCursor& cursor) {
    constexpr std::string_view kOfName = "/_-+0123456789";
    const std::string_view rest = cursor.rest();
    std::size_t size = 0;
    while (size < rest.size() && static_cast<unsigned char>(rest[size]) < 0x80 &&
           (DateCursor::letter(rest[size]) || kOfName.find(rest[size]) != std::string_view::npos)) {
        ++size;
    }
    const std::string_view name = rest.substr(0, size);
    if (name.size() < 5 || !DateCursor::letter(name[0])) return std::nullopt;
    const auto found = places().find(name);
    if (found == places().end()) return std::nullopt;
    cursor.skip(size);
    return Zone{.place = found->c_str()};
}

std::optional<Zone> read_offset(DateCursor& cursor) {
    const char sign = cursor.peek();
    const std::size_t digits = cursor.digits_ahead(1);
    if ((sign != '+' && sign != '-') || digits == 0 || digits > 6) return std::nullopt;
    cursor.skip();
    int hours = 0;
    int minutes = 0;
    if (digits <= 2) {
        hours = cursor.number(digits);
        if ((cursor.peek() == ':' || cursor.peek() == '.') && cursor.digits_ahead(1) == 2) {
            cursor.skip();
            minutes = cursor.number(2);
        }
        if (cursor.peek() == ':' && cursor.digits_ahead(1) == 2) cursor.skip(3);  // `+01:00:00`
    } else {
        hours = cursor.number(digits == 3 ? 1 : 2);
        minutes = cursor.number(2);
        cursor.skip(cursor.digits_ahead());  // `+010000`
    }
    const int offset = hours * 60 + minutes;
    constexpr int kFurthestEast = 14 * 60;  // Kiribati
    if (minutes > 59 || offset > kFurthestEast) return Zone{};
    return Zone{.minutes = sign == '-' ? -offset : offset};
}

}  // namespace newswatch::text
