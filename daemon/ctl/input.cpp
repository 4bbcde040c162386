#include "ctl/input.h"

#include <istream>

#include "base/file.h"
#include "base/format.h"

namespace newswatch::ctl {

Result<std::string> read_input(const std::string& file, std::size_t limit, Console& console) {
    if (file != "-") return read_file(file, limit);
    std::string bytes;
    char piece[65536];
    while (console.in.read(piece, sizeof piece), console.in.gcount() > 0) {
        bytes.append(piece, static_cast<std::size_t>(console.in.gcount()));
        if (bytes.size() > limit) {
            return fail(ErrorKind::bad_input, format("more than {} bytes", limit), "standard input");
        }
    }
    return bytes;
}

}  // namespace newswatch::ctl
