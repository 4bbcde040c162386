#include <dlfcn.h>

#include <algorithm>
#include <optional>
#include <system_error>

#include "base/format.h"
#include "parse/loaded_plugin.h"
#include "parse/parser.h"

namespace newswatch::parse {

namespace {

constexpr std::size_t kLongestName = 64;

bool proper_name(const char* name) {
    if (name == nullptr || *name == '\0') return false;
    std::size_t size = 0;
    for (; name[size] != '\0'; ++size) {
        const char c = name[size];
        const bool fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
        if (!fits || size == kLongestName) return false;
    }
    return true;
}

/// What is wrong with a descriptor; empty where it may be used.
std::string objection(const nw_parser_plugin* descriptor) {
    if (descriptor == nullptr) return "its entry function returned nothing";
    if (descriptor->abi_version > NW_PARSER_ABI_VERSION) {
        return format("it was built for plug-in interface {}, this newswatch speaks {}",
                      descriptor->abi_version, NW_PARSER_ABI_VERSION);
    }
    if (descriptor->abi_version == 0) return "it names no plug-in interface version";
    if (descriptor->size < sizeof(nw_parser_plugin)) {
        return format("its descriptor has {} bytes, {} were expected", descriptor->size,
                      sizeof(nw_parser_plugin));
    }
    if (!proper_name(descriptor->name)) return "its name is not of [a-z0-9_]+";
    if (descriptor->probe == nullptr || descriptor->parse == nullptr) return "it lacks probe or parse";
    return {};
}

Error left_out(const std::filesystem::path& path, std::string reason) {
    return {.kind = ErrorKind::unavailable,
            .what = "this parser plug-in was left out: " + std::move(reason),
            .where = path.string(),
            .help = "rebuild it against the installed newswatch/parser_plugin.h, or remove the file"};
}

Result<ParserRegistry::Loaded> load_one(const std::filesystem::path& path) {
    ParserRegistry::Loaded loaded;
    loaded.library.reset(dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL));
    if (!loaded.library) {
        const char* const reason = dlerror();
        return tl::unexpected{left_out(path, reason == nullptr ? "dlopen failed" : reason)};
    }
    const auto entry =
        reinterpret_cast<nw_parser_plugin_entry>(dlsym(loaded.library.get(), NW_PARSER_PLUGIN_SYMBOL));
    if (entry == nullptr) {
        return tl::unexpected{left_out(path, "it has no function " NW_PARSER_PLUGIN_SYMBOL)};
    }
    loaded.descriptor = entry();
    if (std::string reason = objection(loaded.descriptor); !reason.empty()) {
        return tl::unexpected{left_out(path, std::move(reason))};
    }
    loaded.name = loaded.descriptor->name;
    loaded.path = path;
    return loaded;
}

/// In the order of their names, so that a tie between two plug-ins falls the same way everywhere.
std::vector<std::filesystem::path> libraries_in(const std::filesystem::path& folder,
                                                std::vector<Error>& problems) {
    std::vector<std::filesystem::path> paths;
    std::error_code failed;
    for (std::filesystem::directory_iterator entry{folder, failed}, end; !failed && entry != end;
         entry.increment(failed)) {
        if (entry->path().extension() == ".so") paths.push_back(entry->path());
    }
    if (failed) {
        problems.push_back(
            {.kind = ErrorKind::unavailable,
             .what = "cannot read the folder of parser plug-ins: " + failed.message(),
             .where = folder.string(),
             .help = "newswatch reads no feed without its plug-ins, such as rss.so and atom.so"});
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

}  // namespace

void CloseLibrary::operator()(void* handle) const {
    dlclose(handle);
}

ParserRegistry::ParserRegistry() = default;
ParserRegistry::ParserRegistry(ParserRegistry&&) noexcept = default;
ParserRegistry& ParserRegistry::operator=(ParserRegistry&&) noexcept = default;
ParserRegistry::~ParserRegistry() = default;

ParserRegistry ParserRegistry::load(const std::filesystem::path& folder) {
    ParserRegistry registry;
    for (const std::filesystem::path& path : libraries_in(folder, registry.problems_)) {
        auto loaded = load_one(path);
        if (!loaded) {
            registry.problems_.push_back(std::move(loaded.error()));
            continue;
        }
        const auto twin = std::find_if(registry.loaded_.begin(), registry.loaded_.end(),
                                       [&](const Loaded& other) { return other.name == loaded->name; });
        if (twin != registry.loaded_.end()) {
            registry.problems_.push_back(
                left_out(path, format("{} is called \"{}\" too", twin->path.string(), loaded->name)));
            continue;
        }
        registry.loaded_.push_back(std::move(*loaded));
    }
    return registry;
}

std::vector<std::string> ParserRegistry::names() const {
    std::vector<std::string> names;
    names.reserve(loaded_.size());
    for (const Loaded& plugin : loaded_)
        names.push_back(plugin.name);
    return names;
}

const std::vector<Error>& ParserRegistry::problems() const {
    return problems_;
}

}  // namespace newswatch::parse
