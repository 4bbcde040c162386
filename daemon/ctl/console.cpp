#include "ctl/console.h"

#include <poll.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>

#include "base/format.h"

namespace newswatch::ctl {

namespace {

constexpr std::string_view code_of(Style style) {
    switch (style) {
        case Style::plain:
            return "";
        case Style::bold:
            return "\x1b[1m";
        case Style::dim:
            return "\x1b[2m";
        case Style::red:
            return "\x1b[1;31m";
        case Style::yellow:
            return "\x1b[1;33m";
        case Style::green:
            return "\x1b[1;32m";
    }
    return "";
}

bool colours_wanted() {
    const auto set = [](const char* name) {
        const char* value = std::getenv(name);
        return value != nullptr && *value != '\0';
    };
    const char* terminal = std::getenv("TERM");
    const bool dumb = terminal != nullptr && std::string_view{terminal} == "dumb";
    return !set("NO_COLOR") && !dumb && isatty(STDOUT_FILENO) == 1 && isatty(STDERR_FILENO) == 1;
}

}  // namespace

std::string Console::paint(Style style, std::string_view text) const {
    if (!colour || style == Style::plain) return std::string{text};
    return format("{}{}\x1b[0m", code_of(style), text);
}

void Console::complain(std::string_view text) const {
    err << "newswatchctl: " << text << std::endl;
}

bool Console::reader_gone() const {
    if (!out) return true;
    if (!out_is_stdout) return false;
    // poll(2): POLLERR on the writing end of a pipe means that the reading end was closed.
    pollfd reader{STDOUT_FILENO, 0, 0};
    return ::poll(&reader, 1, 0) > 0 && (reader.revents & POLLERR) != 0;
}

Console standard_console() {
    return {.in = std::cin,
            .out = std::cout,
            .err = std::cerr,
            .colour = colours_wanted(),
            .out_is_stdout = true};
}

std::string isolate(std::string_view text) {
    std::string safe = "\u2068";
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        // C1 controls are two bytes in UTF-8 (C2 80 … C2 9F); some terminals obey them.
        const bool c1 =
            byte == 0xC2 && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xA0;
        if (byte < 0x20 || byte == 0x7F || c1) {
            safe += ' ';
            if (c1) ++at;
        } else {
            safe += text[at];
        }
    }
    return safe + "\u2069";
}

}  // namespace newswatch::ctl
