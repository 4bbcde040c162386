#include "parse/robots_meta.h"

#include <string>

#include "base/ascii.h"
#include "parse/start_tags.h"

namespace newswatch::parse {

namespace {

constexpr std::size_t kHeadSize = std::size_t{256} << 10;

void obey(std::string_view rules, RobotsMeta& meta) {
    while (!rules.empty()) {
        const std::size_t end = rules.find_first_of(", \t\r\n;");
        const std::string_view rule = rules.substr(0, end);
        if (rule == "noindex" || rule == "none") meta.read = false;
        if (rule == "noarchive" || rule == "nocache" || rule == "none") meta.keep = false;
        rules.remove_prefix(end == std::string_view::npos ? rules.size() : end + 1);
    }
}

}  // namespace

RobotsMeta robots_meta(std::string_view page) {
    RobotsMeta meta;
    StartTags tags{page.substr(0, kHeadSize)};
    StartTag tag;
    while (tags.next(tag)) {
        if (tag.name == "body") break;
        if (tag.name != "meta") continue;
        const std::string name = ascii::lower(tag.value("name"));
        if (name == "robots" || name == "newswatch") obey(ascii::lower(tag.value("content")), meta);
    }
    return meta;
}

}  // namespace newswatch::parse
