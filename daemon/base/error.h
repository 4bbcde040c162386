#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

/// Failures as values: what went wrong, where, and what to do about it.
namespace newswatch {

/// Who can do something about a failure decides its kind.
enum class ErrorKind {
    bad_input,      ///< bytes from outside that cannot be read: a document, a file, a request
    configuration,  ///< a file that people edit; EX_CONFIG (78) at the start
    network,        ///< the other side, or the way to it
    storage,        ///< the disk or the database; EX_IOERR (74) or EX_CANTCREAT (73) at the start
    unavailable,    ///< something that must exist does not: a port, a plug-in, a socket; EX_UNAVAILABLE (69)
};

/// One failure. `where` names the file (`watchlists.d/a.yaml:3:5`), the feed or the URL; `help` says what to
/// do.
struct Error {
    ErrorKind kind{ErrorKind::bad_input};
    std::string what{};
    std::string where{};
    std::string help{};

    /// One line for a log or a terminal: `WHERE: WHAT (HELP)`, parts that are empty left out.
    [[nodiscard]] std::string line() const;
};

/// The exit code of sysexits.h for a daemon that cannot start because of `kind`.
[[nodiscard]] int exit_code(ErrorKind kind) noexcept;

template <class T>
using Result = tl::expected<T, Error>;

/// `return fail(ErrorKind::network, "connection refused", url);`
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorKind kind, std::string what, std::string where = {},
                                                std::string help = {}) {
    return tl::unexpected<Error>{Error{kind, std::move(what), std::move(where), std::move(help)}};
}

}  // namespace newswatch
