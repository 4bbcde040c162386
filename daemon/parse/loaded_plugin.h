#pragma once

#include <newswatch/parser_plugin.h>

#include <filesystem>
#include <memory>
#include <string>

#include "parse/parser.h"

namespace newswatch::parse {

struct CloseLibrary {
    void operator()(void* handle) const;
};

/// One plug-in that was accepted. `descriptor` lives inside the library.
struct ParserRegistry::Loaded {
    std::unique_ptr<void, CloseLibrary> library{};
    const nw_parser_plugin* descriptor{nullptr};
    std::string name{};
    std::filesystem::path path{};
};

}  // namespace newswatch::parse
