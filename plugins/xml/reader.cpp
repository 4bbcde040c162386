#include "xml/reader.h"

#include <exception>

#include "feed/words.h"
#include "xml/repair.h"
#include "xml/vocabulary.h"
#include "xml/well_formed.h"

namespace newswatch::xml {

namespace {

int read(const nw_document& document, const nw_sink& sink, const Format& format) {
    const Tree tree{feed::view(document.text)};
    if (!tree.root()) return 1;
    const Scope root{nullptr, tree.root()};
    if (!format.accepts(root.local())) return 1;
    feed::Output output{sink};
    output.format(format.name(root), tree.recovered());
    output.expect_no_settings(document.settings);
    if (tree.recovered()) output.problem(tree.defect().code, tree.defect().offset);
    format.read(root, tree, output);
    return output.answer();
}

/// A web page may show a feed's source; a page is what it begins as.
bool begins_a_page(std::string_view before) {
    for (const std::string_view page : {"<!doctype html", "<html"}) {
        for (std::size_t at = before.find('<'); at != std::string_view::npos; at = before.find('<', at + 1)) {
            if (feed::same_word(before.substr(at, page.size()), page)) return true;
        }
    }
    return false;
}

}  // namespace

int probe(const nw_document* document, const Format& format) {
    const std::string_view text = feed::view(document->text);
    const std::size_t root = find_root(text);
    if (root == std::string_view::npos) return 0;
    std::size_t end = root + 1;
    while (end < text.size() && in_name(text[end]))
        ++end;
    if (!format.accepts(local_part(text.substr(root + 1, end - root - 1)))) return 0;
    const std::string_view before = feed::trimmed(text.substr(0, root));
    if (begins_a_page(before)) return 0;
    return before.empty() || before.starts_with("<?") || before.starts_with("<!") ? 100 : 70;
}

int parse(const nw_document* document, const nw_sink* sink, const Format& format) {
    try {
        return read(*document, *sink, format);
    } catch (const std::exception&) {
        return 1;  // out of memory: the host reports that this plug-in refused the document
    }
}

}  // namespace newswatch::xml
