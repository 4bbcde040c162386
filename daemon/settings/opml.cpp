#include <algorithm>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "base/ascii.h"
#include "base/format.h"
#include "settings/code_points.h"
#include "settings/feed_address.h"
#include "settings/feed_collector.h"
#include "settings/text_file.h"
#include "settings/vocabulary.h"

namespace newswatch::settings {

namespace {

constexpr unsigned kDeepestFolder = 16;  // folders inside folders

/// Readers disagree on the case: xmlUrl (OPML 2.0), xmlurl, xmlURL.
std::string attribute(const pugi::xml_node& node, std::string_view name) {
    for (const pugi::xml_attribute& candidate : node.attributes()) {
        const std::string_view written = candidate.name();
        const bool same = std::equal(written.begin(), written.end(), name.begin(), name.end(),
                                     [](char left, char right) { return (left | 0x20) == (right | 0x20); });
        if (same) return std::string{trimmed(candidate.value())};
    }
    return {};
}

class OpmlReader {
  public:
    OpmlReader(FeedCollector& feeds, Report& report) : feeds_{feeds}, report_{report} {}

    void read(const FeedContext& context) {
        pugi::xml_document document;
        const std::string& text = report_.source().text();
        // pugixml resolves no entities of a DTD, so there is nothing to expand without end.
        const pugi::xml_parse_result result =
            document.load_buffer(text.data(), text.size(), pugi::parse_default | pugi::parse_ws_pcdata_single,
                                 pugi::encoding_utf8);
        const pugi::xml_node root = document.child("opml");
        if (!root) {
            report_.error("U41", "this is not an OPML file", {1, 1})
                .help.emplace_back("help: an OPML file begins with <opml>; export it from your feed reader");
            return;
        }
        // What stands before the damage is read all the same.
        children(root.child("body"), context, 0);
        if (!result) {
            const auto offset = static_cast<std::size_t>(std::max<std::ptrdiff_t>(result.offset, 0));
            Finding& finding = report_.error(
                "U41", newswatch::format("this OPML file is damaged here: {}", result.description()),
                report_.source().mark_at(std::min(offset, text.size())));
            finding.help.emplace_back("help: the feeds above this line are read; what follows is not");
        }
    }

  private:
    void children(const pugi::xml_node& parent, const FeedContext& context, unsigned depth) {
        for (const pugi::xml_node& node : parent.children("outline"))
            outline(node, context, depth);
    }

    void outline(const pugi::xml_node& node, const FeedContext& context, unsigned depth) {
        if (depth > kDeepestFolder) {
            report_.error("Y41", newswatch::format("more than {} folders inside each other", kDeepestFolder),
                          mark_of(node));
            return;
        }
        std::string name = attribute(node, "title");
        if (name.empty()) name = attribute(node, "text");
        const std::string address = attribute(node, "xmlUrl");
        if (!address.empty()) {
            feed(node, address, name, context);
        } else if (!node.child("outline")) {
            const bool is_feed = attribute(node, "type") == "rss" || attribute(node, "type") == "atom";
            report_.add(is_feed ? Severity::error : Severity::note, "U43",
                        newswatch::format("the outline \"{}\" has no xmlUrl, so it is not read", name),
                        mark_of(node), 1);
        }
        if (!node.child("outline")) return;
        FeedContext inner = context;
        if (!name.empty()) inner.folder = inner.folder.empty() ? name : inner.folder + "/" + name;
        children(node, inner, depth + 1);
    }

    void feed(const pugi::xml_node& node, const std::string& address, const std::string& name,
              const FeedContext& context) {
        const Word written{address, mark_of(node), code_point_count("<outline")};
        Feed read;
        read.url = feed_address(written, report_);
        if (read.url.empty()) return;
        // Many readers write the address where they know no name.
        if (name != address) read.name = name;
        read.folder = context.folder;
        read.every = context.every;
        read.full_text = context.full_text;
        read.language = attribute(node, "language");
        if (read.language == "unknown") read.language.clear();  // OPML 2.0's default for the attribute
        feeds_.add(std::move(read), written, report_);
    }

    [[nodiscard]] Mark mark_of(const pugi::xml_node& node) const {
        const std::ptrdiff_t offset = node.offset_debug();  // of the name, behind `<`
        return report_.source().mark_at(offset > 0 ? static_cast<std::size_t>(offset - 1) : 0);
    }

    FeedCollector& feeds_;
    Report& report_;
};

/// pugixml knows ISO 8859-1 besides Unicode; the declaration is the only hint there is.
std::string from_latin1(std::string_view bytes) {
    std::string utf8;
    for (const char letter : bytes)
        append_code_point(utf8, static_cast<unsigned char>(letter));
    return utf8;
}

bool declares_latin1(std::string_view bytes) {
    const std::string head = ascii::lower(bytes.substr(0, std::min<std::size_t>(bytes.find("?>"), 200)));
    return head.find("iso-8859-1") != std::string::npos || head.find("windows-1252") != std::string::npos;
}

}  // namespace

void read_opml(const std::filesystem::path& path, const std::string& shown_as, const FeedContext& context,
               FeedCollector& feeds, std::vector<Finding>& findings) {
    auto bytes = read_bytes(path, shown_as, kMostFeedBytes, findings);
    if (!bytes) return;
    if (valid_utf8_prefix(*bytes) != bytes->size() && declares_latin1(*bytes)) *bytes = from_latin1(*bytes);
    const std::optional<Source> source = decode_text(*bytes, shown_as, findings);
    if (!source) return;
    Report report{*source};
    OpmlReader{feeds, report}.read(context);
    append(findings, report.take());
}

}  // namespace newswatch::settings
