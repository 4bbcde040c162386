#include "base/paths.h"

#include <cstdlib>

namespace newswatch {

std::filesystem::path prefix() {
    if (const char* named = std::getenv("NEWSWATCH_PREFIX"); named != nullptr && *named != '\0') return named;
    std::error_code error;
    const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
    return error ? std::filesystem::path{"/usr"} : program.parent_path().parent_path();
}

}  // namespace newswatch
