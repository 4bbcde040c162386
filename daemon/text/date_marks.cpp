#include "text/date_marks.h"

#include <array>

#include "text/date_key.h"

namespace newswatch::text {

namespace {

struct Mark {
    std::string_view text;
    DatePart part;
};

constexpr std::array kBehind = {
    Mark{"年", DatePart::year},   Mark{"년", DatePart::year},   Mark{"月", DatePart::month},
    Mark{"월", DatePart::month},  Mark{"日", DatePart::day},    Mark{"号", DatePart::day},
    Mark{"號", DatePart::day},    Mark{"일", DatePart::day},    Mark{"時", DatePart::hour},
    Mark{"时", DatePart::hour},   Mark{"点", DatePart::hour},   Mark{"點", DatePart::hour},
    Mark{"시", DatePart::hour},   Mark{"分", DatePart::minute}, Mark{"분", DatePart::minute},
    Mark{"秒", DatePart::second}, Mark{"초", DatePart::second},
};

constexpr std::array kBefore = {
    Mark{"ngay", DatePart::day},
    Mark{"thang", DatePart::month},
    Mark{"thg", DatePart::month},
    Mark{"nam", DatePart::year},
};

constexpr std::array kEras = {
    Era{"令和", 2018},
    Era{"平成", 1988},
    Era{"昭和", 1925},
    Era{"民國", 1911},
    Era{"民国", 1911},
    Era{"中華民國", 1911},
    Era{"พ.ศ", -543},
    Era{"พุทธศักราช", -543},
    Era{"هـ", 0, Calendar::hijri},
    Era{"للهجرة", 0, Calendar::hijri},
    Era{"هجري", 0, Calendar::hijri},
    Era{"ه.ش", 0, Calendar::persian},
    Era{"شمسی", 0, Calendar::persian},
};

}  // namespace

DatePart read_mark_behind(DateCursor& cursor) {
    for (const std::string_view gap : {"", " "}) {
        if (!cursor.rest().starts_with(gap)) continue;
        const std::string_view rest = cursor.rest().substr(gap.size());
        for (const Mark& mark : kBehind) {
            if (!rest.starts_with(mark.text)) continue;
            cursor.skip(gap.size() + mark.text.size());
            return mark.part;
        }
    }
    return DatePart::none;
}

DatePart part_announced_by(std::string_view word) {
    if (word.size() < 3) return DatePart::none;
    const std::string key = date_key(word);
    for (const Mark& mark : kBefore) {
        if (key == mark.text) return mark.part;
    }
    return DatePart::none;
}

const Era* era_of(std::string_view word) {
    if (static_cast<unsigned char>(word.empty() ? 'a' : word[0]) < 0x80) return nullptr;
    const std::string key = date_key(word);
    for (const Era& era : kEras) {
        if (date_key(era.name) == key) return &era;
    }
    return nullptr;
}

}  // namespace newswatch::text
