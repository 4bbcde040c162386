#include "base/error.h"

#include <sysexits.h>

namespace newswatch {

std::string Error::line() const {
    std::string text = where.empty() ? what : where + ": " + what;
    if (!help.empty()) text += " (" + help + ")";
    return text;
}

int exit_code(ErrorKind kind) noexcept {
    switch (kind) {
        case ErrorKind::bad_input:
            return EX_DATAERR;
        case ErrorKind::configuration:
            return EX_CONFIG;
        case ErrorKind::network:
            return EX_UNAVAILABLE;
        case ErrorKind::storage:
            return EX_IOERR;
        case ErrorKind::unavailable:
            return EX_UNAVAILABLE;
    }
    return EX_SOFTWARE;
}

}  // namespace newswatch
