#include "json_feed/json_item.h"

#include <array>
#include <string>

#include "feed/words.h"

namespace newswatch::json_feed {

using feed::Entry;
using feed::kExtension;
using feed::kFallback;
using feed::kLastResort;
using feed::kOwn;
using feed::same_word;
using feed::Slot;

namespace {

struct Field {
    std::string_view name;
    Slot slot;
    int rank;
    nw_kind kind;
};

constexpr std::array kFields = {
    Field{"id", Slot::id, kOwn, NW_TEXT},
    Field{"url", Slot::url, kOwn, NW_URL},
    // The page that the item is about: of use where the item has none of its own.
    Field{"external_url", Slot::url, kExtension, NW_URL},
    Field{"title", Slot::title, kOwn, NW_TEXT},
    Field{"summary", Slot::summary, kOwn, NW_TEXT},
    Field{"content_html", Slot::content, kOwn, NW_HTML},
    Field{"content_text", Slot::content, kExtension, NW_TEXT},
    Field{"image", Slot::image, kOwn, NW_URL},
    Field{"banner_image", Slot::image, kExtension, NW_URL},
    Field{"date_published", Slot::published, kOwn, NW_DATE},
    Field{"date_modified", Slot::updated, kOwn, NW_DATE},
    Field{"language", Slot::language, kOwn, NW_TEXT},
    // What converters from other formats write.
    Field{"guid", Slot::id, kFallback, NW_TEXT},
    Field{"link", Slot::url, kFallback, NW_URL},
    Field{"description", Slot::summary, kFallback, NW_HTML},
    Field{"content", Slot::content, kFallback, NW_HTML},
    Field{"published", Slot::published, kFallback, NW_DATE},
    Field{"pubDate", Slot::published, kFallback, NW_DATE},
    Field{"updated", Slot::updated, kFallback, NW_DATE},
};

/// Strings without escapes are borrowed from the document, others are the scratch's.
void offer(JsonReader& reader, Entry& entry, const Field& field) {
    std::string scratch;
    const std::string_view value = feed::trimmed(reader.text(scratch));
    if (scratch.empty()) {
        entry.offer(field.slot, field.rank, field.kind, value);
    } else {
        entry.offer_own(field.slot, field.rank, field.kind, std::string{value});
    }
}

void read_person(JsonReader& reader, Entry& entry) {
    std::string scratch;
    if (reader.value() != Value::object) return entry.person_line(reader.text(scratch));
    std::string name;
    std::string email;
    std::string url;
    reader.members([&](std::string_view key) {
        if (same_word(key, "name")) name = reader.text(scratch);
        if (same_word(key, "email")) email = reader.text(scratch);
        if (same_word(key, "url")) url = reader.text(scratch);
    });
    entry.person(name, email, url);
}

void read_tags(JsonReader& reader, Entry& entry) {
    std::string scratch;
    const bool one_string = reader.value() == Value::string;
    reader.elements([&] {
        const std::string_view tag = reader.text(scratch);
        if (!one_string) return entry.category(tag, {});
        feed::for_each_listed(tag, [&](std::string_view word) { entry.category(word, {}); });
    });
}

void read_attachment(JsonReader& reader, Entry& entry) {
    std::string scratch;
    std::string url;
    std::string type;
    std::string size;
    reader.members([&](std::string_view key) {
        if (same_word(key, "url")) url = reader.text(scratch);
        if (same_word(key, "mime_type")) type = reader.text(scratch);
        if (same_word(key, "size_in_bytes")) size = reader.text(scratch);
    });
    entry.enclosure(url, type, size, {});
    if (type.starts_with("image/")) entry.offer_own(Slot::image, kLastResort, NW_URL, url);
}

}  // namespace

void read_persons(JsonReader& reader, Entry& entry) {
    reader.elements([&] { read_person(reader, entry); });
}

void read_item(JsonReader& reader, Entry& entry) {
    const auto member = [&](std::string_view key) {
        for (const Field& field : kFields) {
            if (same_word(field.name, key)) return offer(reader, entry, field);
        }
        if (same_word(key, "authors") || same_word(key, "author")) {
            read_persons(reader, entry);
        } else if (same_word(key, "tags")) {
            read_tags(reader, entry);
        } else if (same_word(key, "attachments")) {
            reader.elements([&] { read_attachment(reader, entry); });
        }
    };
    reader.value() == Value::object ? reader.members(member) : reader.more_members(member);
    while (reader.goes_on_behind_bracket())
        reader.more_members(member);
}

}  // namespace newswatch::json_feed
