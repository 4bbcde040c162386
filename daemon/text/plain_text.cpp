#include "text/plain_text.h"

#include <utility>

#include "text/composition.h"
#include "text/html.h"
#include "text/html_entities.h"

namespace newswatch::text {

void PlainText::flush() {
    if (pending_ != Pending::nothing && !text_.empty()) text_ += pending_ == Pending::line ? '\n' : ' ';
    pending_ = Pending::nothing;
}

std::size_t PlainText::copy_plain(std::string_view source) {
    const PlainRun run = plain_run(source);
    if (run.size == 0) return 0;
    flush();
    text_.append(source.substr(0, run.size));
    beyond_latin_ = beyond_latin_ || run.beyond_latin;
    return run.size;
}

std::size_t PlainText::take_special(std::string_view source) {
    const auto byte = [&](std::size_t index) {
        return index < source.size() ? static_cast<std::uint8_t>(source[index]) : std::uint8_t{0};
    };
    switch (byte_class(source.front())) {
        case ByteClass::blank:
            space();
            return 1;
        case ByteClass::control:
            return 1;
        case ByteClass::c1_or_nbsp:
            // `&#146;` of XML arrives as U+0092; it was meant as windows-1252, as in HTML.
            if (byte(1) < 0xA0) {
                append(numeric_entity(byte(1)));
            } else if (byte(1) == 0xA0) {
                space();
            } else {
                append(source.substr(0, 2));
            }
            return 2;
        case ByteClass::byte_order:
            // U+FEFF inside a text is a glued file; U+FFFE and U+FFFF are no characters.
            if ((byte(1) == 0xBB && byte(2) == 0xBF) || (byte(1) == 0xBF && byte(2) >= 0xBE)) return 3;
            append(source.substr(0, 3));
            return 3;
        case ByteClass::plain:
        case ByteClass::less:
        case ByteClass::ampersand:
            break;
    }
    append(source.substr(0, 1));
    return 1;
}

void PlainText::append(std::string_view characters) {
    flush();
    text_.append(characters);
    beyond_latin_ = true;
}

void PlainText::append(char32_t character) {
    if (character == 0) return;
    if (character == U' ' || character == U'\u00A0') {
        space();
        return;
    }
    flush();
    append_utf8(text_, character);
    beyond_latin_ = beyond_latin_ || character >= 0x300;
}

std::string PlainText::finish() {
    return beyond_latin_ ? compose(std::move(text_)) : std::move(text_);
}

std::string tidy_text(std::string_view source) {
    PlainText text{source.size()};
    bool blank_line = false;  // since the last line end only blanks were seen
    for (std::size_t at = 0; at < source.size();) {
        if (const std::size_t copied = text.copy_plain(source.substr(at)); copied > 0) {
            at += copied;
            blank_line = false;
            continue;
        }
        if (source[at] == '\n') {
            if (blank_line) text.line();
            blank_line = true;
        } else if (byte_class(source[at]) != ByteClass::blank) {
            blank_line = false;
        }
        at += text.take_special(source.substr(at));
    }
    return text.finish();
}

}  // namespace newswatch::text
