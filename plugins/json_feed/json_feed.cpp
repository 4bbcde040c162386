/// JSON Feed 1.0 and 1.1 (jsonfeed.org).

#include <newswatch/parser_plugin.h>

#include <exception>
#include <string>
#include <vector>

#include "feed/entry.h"
#include "feed/words.h"
#include "json/reader.h"
#include "json_feed/item_starts.h"
#include "json_feed/json_item.h"

namespace newswatch::json_feed {

using feed::same_word;
using json::Defect;

namespace {

constexpr std::size_t kNowhere = std::string_view::npos;
constexpr std::size_t kRootWithin = std::size_t{64} * 1024;
constexpr std::size_t kMostLists = 16;  // `items` said several times
constexpr unsigned kMostLookalikes = 4;
constexpr std::string_view kBlank = " \t\r\n";

/// Where the feed's object begins: the first bracket, or after junk the first `{"`.
std::size_t find_root(std::string_view text) {
    const std::size_t first = text.find_first_not_of(kBlank);
    if (first == kNowhere || text[first] == '{' || text[first] == '[') return first;
    const std::string_view start = text.substr(0, kRootWithin);
    for (std::size_t at = start.find('{'); at != kNowhere; at = start.find('{', at + 1)) {
        const std::size_t next = start.find_first_not_of(kBlank, at + 1);
        if (next != kNowhere && start[next] == '"') return at;
    }
    return kNowhere;
}

class FeedReader {
  public:
    FeedReader(const nw_document& document, const nw_sink& sink)
        : text_{feed::view(document.text)}, settings_{document.settings}, output_{sink} {}

    /// What the ABI's `parse` answers.
    int read() {
        const std::size_t root = find_root(text_);
        if (root == kNowhere) return 1;
        JsonReader reader{text_, root};
        if (reader.value() == Value::array) {  // items without the feed around them
            lists_.push_back(root);
            reader.skip();
        } else {
            reader.members([&](std::string_view key) { read_fact(reader, key); });
        }
        if (lists_.empty() && !said_version_) return 1;
        if (!reader.cut()) reader.expect_end();
        report(text_.find_first_not_of(kBlank) != root ? Defect{"junk-before-root", 0} : reader.defect());
        output_.expect_no_settings(settings_);
        send_facts();
        for (const std::size_t list : lists_) {
            const ItemStarts starts{text_, list};
            const std::size_t first = reader.misshapen() ? starts.first() : kNowhere;
            first == kNowhere ? read_items(list) : read_items_apart(starts, first, reader.cut());
            if (first != kNowhere) break;  // whatever looks like an item was read
        }
        return output_.answer();
    }

  private:
    void read_fact(JsonReader& reader, std::string_view key) {
        std::string scratch;
        const auto keep = [&](std::string& fact) { fact = reader.text(scratch); };
        if (same_word(key, "version")) {
            keep(version_);
            said_version_ = version_.find("jsonfeed.org") != kNowhere;
        } else if (same_word(key, "title")) {
            keep(title_);
        } else if (same_word(key, "home_page_url")) {
            keep(link_);
        } else if (same_word(key, "description")) {
            keep(description_);
        } else if (same_word(key, "language")) {
            keep(language_);
            version_1_1_ = true;
        } else if (same_word(key, "expired")) {
            expired_ = reader.text(scratch) == "true";
        } else if (same_word(key, "author") || same_word(key, "authors")) {
            version_1_1_ = version_1_1_ || same_word(key, "authors");
            read_persons(reader, persons_);
        } else if (same_word(key, "items") && reader.value() == Value::array && lists_.size() < kMostLists) {
            // Authors may follow the items that inherit them: these are read when all else is known.
            lists_.push_back(reader.offset());
            skip_items(reader);
        }
    }

    /// Brackets of a damaged item must not decide which facts are the feed's.
    void skip_items(JsonReader& reader) const {
        const std::size_t list = reader.offset();
        reader.skip();
        if (!reader.misshapen()) return;
        const std::size_t end = ItemStarts{text_, list}.end_of_list();
        if (end != kNowhere) reader.go_to(end);
    }

    [[nodiscard]] std::string_view format_name() const {
        const std::size_t number = version_.rfind("version/");
        const std::string_view said =
            number == kNowhere ? version_ : std::string_view{version_}.substr(number + 8);
        if (said.starts_with("1.1")) return "json-feed-1.1";
        return said.empty() && version_1_1_ ? "json-feed-1.1" : "json-feed-1.0";
    }

    /// Names the format, and the first defect.
    void report(const Defect& defect) {
        recovered_ = !defect.code.empty();
        output_.format(format_name(), recovered_);
        if (recovered_) output_.problem(defect.code, defect.offset);
    }

    void send_facts() {
        output_.feed_field("title", NW_TEXT, title_);
        output_.feed_field("link", NW_URL, link_);
        output_.feed_field("description", NW_TEXT, description_);
        output_.feed_field("language", NW_TEXT, language_);
        if (expired_) output_.feed_field("expired", NW_TEXT, "true");
    }

    void read_items(std::size_t list) {
        JsonReader reader{text_, list};
        reader.elements([&] {
            if (output_.stopped() || reader.value() != Value::object) return;
            read_one(reader);
            send_one(reader.cut());
        });
        // Passing over the items showed no more than their brackets and strings.
        if (!recovered_ && !reader.defect().code.empty()) report(reader.defect());
    }

    /// The items of a list whose brackets or quotes are damaged, each as if the document ended where the next
    /// begins.
    /// Where the document ends inside a value, brackets are missing: then a later end is no better.
    void read_items_apart(const ItemStarts& starts, std::size_t first, bool cut) {
        for (std::size_t at = first; at != kNowhere && !output_.stopped();)
            at = read_apart(starts, at, cut ? 1 : kMostLookalikes);
    }

    /// Where the next item begins. An item that is cut there may hold what only looks like another (objects
    /// in an extension): it is sound as far as a later one, or damaged.
    std::size_t read_apart(const ItemStarts& starts, std::size_t at, unsigned lookalikes) {
        const std::size_t next = starts.next(at + 1);
        std::size_t end = next;
        for (unsigned tries = 0; tries < lookalikes; ++tries, end = starts.next(end + 1)) {
            JsonReader alone{text_.substr(0, end), at};
            read_one(alone);
            if (tries == 0 ? !alone.misshapen() : alone.defect().code.empty() && alone.offset() > next) {
                send_one(false);
                return end;
            }
            if (end == kNowhere) break;
        }
        JsonReader alone{text_.substr(0, next), at};
        read_one(alone);
        send_one(alone.cut());
        return next;
    }

    void read_one(JsonReader& reader) {
        entry_.clear();
        read_item(reader, entry_);
    }

    void send_one(bool cut) {
        if (cut && !entry_.known_again_without_its_end(ids_, articles_)) return;
        ids_ = ids_ || entry_.has(feed::Slot::id);
        ++articles_;
        entry_.inherit_persons(persons_);
        entry_.send(output_);
    }

    std::string_view text_;
    nw_text settings_;
    feed::Output output_;
    feed::Entry entry_{};
    feed::Entry persons_{};
    std::vector<std::size_t> lists_{};
    std::string version_{};
    std::string title_{};
    std::string link_{};
    std::string description_{};
    std::string language_{};
    std::size_t articles_{0};
    bool ids_{false};
    bool said_version_{false};
    bool version_1_1_{false};
    bool expired_{false};
    bool recovered_{false};
};

bool is_web_page(std::string_view before) {
    const std::size_t first = before.find_first_not_of(kBlank);
    if (first == kNowhere) return false;
    before.remove_prefix(first);
    return same_word(before.substr(0, 9), "<!doctype") || same_word(before.substr(0, 5), "<html");
}

int probe(const nw_document* document) {
    const std::string_view text = feed::view(document->text);
    const std::size_t root = find_root(text);
    if (root == kNowhere || is_web_page(text.substr(0, root))) return 0;
    const auto says = [&](std::string_view words) { return text.find(words, root) != kNowhere; };
    const bool clean = text.find_first_not_of(kBlank) == root;
    const bool items = says("\"items\"");
    // Some languages write a slash in JSON as `\/`, and some sort the names, so that the version comes last.
    if (says("jsonfeed.org/version") || says("jsonfeed.org\\/version")) return clean ? 100 : 60;
    const bool fields = says("\"content_html\"") || says("\"content_text\"") || says("\"date_published\"");
    return clean && fields && (items || text[root] == '[') ? 50 : 0;
}

int parse(const nw_document* document, const nw_sink* sink) {
    try {
        return FeedReader{*document, *sink}.read();
    } catch (const std::exception&) {
        return 1;  // out of memory: the host reports that this plug-in refused the document
    }
}

constexpr nw_parser_plugin kPlugin = {NW_PARSER_ABI_VERSION, sizeof(nw_parser_plugin), "json_feed", probe,
                                      parse};

}  // namespace

}  // namespace newswatch::json_feed

extern "C" __attribute__((visibility("default"))) const nw_parser_plugin* newswatch_parser_plugin(void) {
    return &newswatch::json_feed::kPlugin;
}
