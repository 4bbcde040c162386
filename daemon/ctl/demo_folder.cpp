#include "ctl/demo_folder.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <utility>

#include "base/file.h"
#include "base/format.h"
#include "base/hash.h"
#include "base/paths.h"
#include "fetch/local_http.h"

namespace newswatch::ctl {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMarker = ".newswatch-demo";
constexpr std::string_view kMarkerText =
    "This folder was made by `newswatchctl demo`; `newswatchctl demo --clean` removes it.\n";
constexpr std::size_t kLongestSocketPath = 107;  // unix(7)
constexpr std::string_view kLongestSocketName = "/control.sock";

/// In the double quotes of YAML 1.2 §7.3.1, which know the escapes of JSON.
std::string yaml_quoted(const std::string& text) {
    std::string quoted = "\"";
    for (const char byte : text) {
        if (byte == '"' || byte == '\\') quoted += '\\';
        quoted += byte;
    }
    return quoted + '"';
}

std::string shell_quoted(const std::string& text) {
    std::string quoted = "'";
    for (const char byte : text)
        quoted += byte == '\'' ? std::string{"'\\''"} : std::string{byte};
    return quoted + "'";
}

std::string settings_text(const fs::path& sockets) {
    return format(
        "# Settings of the newswatch demo. Everything that is not written here has its default:\n"
        "# see the comments in /etc/newswatch/newswatch.yaml, or config/newswatch.yaml in the sources.\n"
        "instance: demo\n"
        "feeds: feeds.d\n"
        "concepts: concepts.d\n"
        "watchlists: watchlists.d\n"
        "polling:\n"
        "  allow_networks: [127.0.0.0/8]   # the sample feeds are served by this machine\n"
        "archive:\n"
        "  folder: archive\n"
        "publish:\n"
        "  zeromq: [{}]\n"
        "control:\n"
        "  socket: {}\n",
        yaml_quoted("ipc://" + (sockets / "alerts.sock").native()),
        yaml_quoted((sockets / "control.sock").native()));
}

std::string feeds_text(const std::vector<std::string>& feeds) {
    std::string text =
        "# The sample feeds, each on an address of its own on this machine. Written anew by every demo;\n"
        "# put feeds of yours into another file beside this one.\n"
        "feeds:\n";
    for (const std::string& feed : feeds)
        text += format("  - {}\n", feed);
    return text;
}

std::string env_text(const fs::path& folder) {
    return format(
        "# . demo/env   lets a shell find newswatchctl and this demo\n"
        "PATH={}:\"$PATH\"; export PATH\n"
        "NEWSWATCH_CONFIG={}; export NEWSWATCH_CONFIG\n",
        shell_quoted((prefix() / "bin").native()), shell_quoted((folder / "newswatch.yaml").native()));
}

Error cannot(std::string_view what, const fs::path& path, const std::error_code& error) {
    return {ErrorKind::storage, format("cannot {}: {}", what, error.message()), path.native(),
            "name another folder with --folder"};
}

/// A folder that only we may enter, made now or before.
Result<void> make_private_folder(const fs::path& folder) {
    struct stat found {};
    if (mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
        return tl::unexpected{cannot("make this folder", folder, {errno, std::generic_category()})};
    }
    // /tmp belongs to everybody: a folder that somebody else put there is not ours to use.
    if (lstat(folder.c_str(), &found) != 0 || !S_ISDIR(found.st_mode) || found.st_uid != geteuid() ||
        (found.st_mode & 077U) != 0) {
        return fail(ErrorKind::unavailable, "this is not a folder of our own with mode 0700", folder.native(),
                    "remove it, or set XDG_RUNTIME_DIR");
    }
    return {};
}

fs::path socket_folder(const fs::path& folder) {
    fs::path inside = folder / "run";
    if (inside.native().size() + kLongestSocketName.size() <= kLongestSocketPath) return inside;
    const char* runtime = std::getenv("XDG_RUNTIME_DIR");
    const fs::path base = runtime != nullptr && fs::is_directory(runtime) ? runtime : "/tmp";
    return base / ("newswatch-demo-" + hash128({folder.native()}).text().substr(0, 12));
}

/// Copies what is not there yet: an edited file stays as it is.
Result<void> copy_samples(const fs::path& from, const fs::path& to) {
    std::error_code error;
    fs::create_directories(to, error);
    if (error) return tl::unexpected{cannot("make this folder", to, error)};
    std::size_t copied = 0;
    for (const auto& entry : fs::directory_iterator{from, error}) {
        if (entry.path().extension() != ".yaml") continue;
        fs::copy_file(entry.path(), to / entry.path().filename(), fs::copy_options::skip_existing, error);
        if (error) return tl::unexpected{cannot("copy here", to / entry.path().filename(), error)};
        ++copied;
    }
    if (error || copied == 0) {
        return fail(ErrorKind::unavailable, "the samples of the demo are not there", from.native(),
                    "build or install all of newswatch: they come with it");
    }
    return {};
}

Result<void> take_over(const fs::path& folder, const fs::path& sockets) {
    std::error_code error;
    const bool empty = !fs::exists(folder, error) || fs::is_empty(folder, error);
    if (!empty && !fs::exists(folder / kMarker, error)) {
        return fail(ErrorKind::unavailable, "this folder holds something that no demo wrote", folder.native(),
                    "name another one with --folder");
    }
    if (fetch::ask_over_socket(sockets / "control.sock", "GET", "/v1/status", {}, 2)) {
        return fail(ErrorKind::unavailable, "a demo is running here already", folder.native(),
                    "follow it:  . " + (folder / "env").native() + "; newswatchctl tail");
    }
    fs::create_directories(folder, error);
    if (error) return tl::unexpected{cannot("make this folder", folder, error)};
    // The archive remembers what it has alerted about: a new demo wants to show it again.
    fs::remove_all(folder / "archive", error);
    if (error) return tl::unexpected{cannot("remove the old archive", folder / "archive", error)};
    return write_file(folder / kMarker, kMarkerText);
}

Result<void> fill(const fs::path& folder, const fs::path& sockets, const std::vector<std::string>& feeds) {
    std::error_code error;
    for (const char* name : {"feeds.d", "archive"}) {
        fs::create_directories(folder / name, error);
        if (error) return tl::unexpected{cannot("make this folder", folder / name, error)};
    }
    return copy_samples(share_folder() / "watchlists.d", folder / "watchlists.d")
        .and_then([&] { return copy_samples(share_folder() / "concepts", folder / "concepts.d"); })
        .and_then([&] { return make_private_folder(sockets); })
        .and_then([&] { return write_file(folder / "newswatch.yaml", settings_text(sockets)); })
        .and_then([&] { return write_file(folder / "feeds.d" / "demo.yaml", feeds_text(feeds)); })
        .and_then([&] { return write_file(folder / "env", env_text(folder)); });
}

fs::path whole_path(const fs::path& folder) {
    std::error_code error;
    fs::path whole = fs::weakly_canonical(fs::absolute(folder), error);
    return error ? fs::absolute(folder) : whole;
}

}  // namespace

Result<DemoFolder> DemoFolder::prepare(const fs::path& folder, const std::vector<std::string>& feeds) {
    const fs::path whole = whole_path(folder);
    const fs::path sockets = socket_folder(whole);
    if (Result<void> ours = take_over(whole, sockets); !ours) return tl::unexpected{ours.error()};
    if (Result<void> filled = fill(whole, sockets, feeds); !filled) return tl::unexpected{filled.error()};
    return DemoFolder{whole, sockets};
}

Result<void> DemoFolder::remove(const fs::path& folder) {
    const fs::path whole = whole_path(folder);
    std::error_code error;
    if (!fs::exists(whole, error))
        return fail(ErrorKind::bad_input, "there is no such folder", whole.native());
    if (!fs::exists(whole / kMarker, error)) {
        return fail(ErrorKind::bad_input, "no demo made this folder: it stays", whole.native());
    }
    if (fetch::ask_over_socket(socket_folder(whole) / "control.sock", "GET", "/v1/status", {}, 2)) {
        return fail(ErrorKind::unavailable, "the demo in this folder is still running", whole.native(),
                    "end it with Ctrl-C first");
    }
    fs::remove_all(whole, error);
    if (error) return tl::unexpected{cannot("remove this folder", whole, error)};
    return {};
}

DemoFolder::DemoFolder(fs::path path, fs::path sockets)
    : path_{std::move(path)}, sockets_{std::move(sockets)} {}

DemoFolder::DemoFolder(DemoFolder&& other) noexcept
    : path_{std::exchange(other.path_, {})}, sockets_{std::exchange(other.sockets_, {})} {}

DemoFolder::~DemoFolder() {
    if (sockets_.empty()) return;
    std::error_code ignored;  // a socket that is left there harms nobody, and there is nobody to tell
    fs::remove_all(sockets_, ignored);
}

}  // namespace newswatch::ctl
