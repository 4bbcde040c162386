#include "settings/encoding_guess.h"

#include <algorithm>

#include "base/format.h"
#include "settings/code_points.h"

namespace newswatch::settings {

Finding describe_not_utf8(std::string_view bytes, std::size_t offset, const std::string& shown_as) {
    const std::string_view before = bytes.substr(0, offset);
    const std::size_t line_begin = before.rfind('\n') + 1;  // npos + 1 is 0
    Finding finding;
    finding.code = "F15";
    finding.headline = "this file is not UTF-8 text";
    finding.place = {shown_as, static_cast<unsigned>(std::count(before.begin(), before.end(), '\n') + 1),
                     static_cast<unsigned>(code_point_count(before.substr(line_begin)) + 1)};
    finding.help.push_back(newswatch::format("at: {}:{}:{}, byte 0x{:02X}", shown_as, finding.place.line,
                                             finding.place.column,
                                             static_cast<unsigned char>(bytes[offset])));
    finding.help.emplace_back("help: save the file as UTF-8 in your editor");
    return finding;
}

}  // namespace newswatch::settings
