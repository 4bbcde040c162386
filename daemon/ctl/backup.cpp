#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>
#include <system_error>

#include "base/descriptor.h"
#include "base/format.h"
#include "ctl/daemon_api.h"
#include "ctl/verbs.h"

namespace newswatch::ctl {

namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr long kBackupSeconds = 6L * 3600;  // twenty gigabytes onto a slow disk

struct BackupOptions {
    std::string file{};
    bool replace{false};
};

std::string reason() {
    return std::generic_category().message(errno);
}

/// The file while it is written: beside its place, mode 0600, gone unless it was put there.
class Unfinished {
  public:
    explicit Unfinished(fs::path place) : place_{std::move(place)}, name_{place_.string() + ".XXXXXX"} {
        file_ = Descriptor{::mkostemp(name_.data(), O_CLOEXEC)};
    }
    ~Unfinished() {
        if (file_.get() >= 0 && !placed_) ::unlink(name_.c_str());
    }
    Unfinished(const Unfinished&) = delete;
    Unfinished& operator=(const Unfinished&) = delete;

    [[nodiscard]] int get() const { return file_.get(); }

    /// On the disk, then under its name; a file that is there already goes only with `replace`.
    [[nodiscard]] Result<std::uint64_t> put(bool replace) {
        struct stat about {};
        if (::fstat(file_.get(), &about) != 0 || ::fsync(file_.get()) != 0)
            return fail(ErrorKind::storage, "cannot flush: " + reason(), place_.string());
        // link(2) never replaces, whoever made a file of that name meanwhile.
        if (!replace && ::link(name_.c_str(), place_.c_str()) == 0) {
            flush_folder();
            return static_cast<std::uint64_t>(about.st_size);
        }
        if (!replace && errno == EEXIST) return there_already(place_);
        if (std::rename(name_.c_str(), place_.c_str()) != 0)
            return fail(ErrorKind::storage, "cannot be put there: " + reason(), place_.string());
        placed_ = true;
        flush_folder();
        return static_cast<std::uint64_t>(about.st_size);
    }

    static tl::unexpected<Error> there_already(const fs::path& place) {
        return fail(ErrorKind::bad_input, "is there already", place.string(),
                    "choose another name, or --replace it");
    }

  private:
    void flush_folder() const {
        const fs::path folder = place_.has_parent_path() ? place_.parent_path() : fs::path{"."};
        const Descriptor opened{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
        // The bytes are on the disk; where the name is not after a power cut, the backup is missing, not
        // wrong.
        if (opened.get() >= 0) static_cast<void>(::fsync(opened.get()));
    }

    const fs::path place_;
    std::string name_;
    Descriptor file_;
    bool placed_{false};
};

Result<std::uint64_t> back_up(const BackupOptions& options, const settings::Settings& settings) {
    const fs::path place{options.file};
    std::error_code error;
    if (fs::is_directory(place, error)) {
        return fail(ErrorKind::bad_input, "is a folder", place.string(),
                    "name a file, for example  " + (place / "newswatch-backup.db").string());
    }
    if (!options.replace && fs::exists(fs::symlink_status(place, error)))
        return Unfinished::there_already(place);
    Unfinished file{place};
    if (file.get() < 0) return fail(ErrorKind::storage, "cannot write: " + reason(), place.string());
    if (auto fetched = fetch_file(settings, "POST", "/v1/backup", file.get(), kBackupSeconds); !fetched) {
        Error why = fetched.error();
        if (why.where.empty()) why.where = place.string();
        return tl::unexpected{std::move(why)};
    }
    return file.put(options.replace);
}

void backup(const BackupOptions& options, Session& session) {
    session.exit = Exit::refused;
    const std::optional<settings::Settings> settings = session.read_settings();
    if (!settings) return;
    const Result<std::uint64_t> bytes = back_up(options, *settings);
    if (!bytes) return session.console.complain(bytes.error());
    session.exit = Exit::fine;
    if (session.json) {
        session.console.out << json{{"file", options.file}, {"bytes", *bytes}}.dump(
                                   -1, ' ', false, json::error_handler_t::replace)
                            << '\n';
    } else {
        session.console.out << format("{}: {:.1f} MB\n", options.file, static_cast<double>(*bytes) / 1e6);
    }
}

}  // namespace

void add_backup(CLI::App& program, Session& session) {
    auto options = std::make_shared<BackupOptions>();
    CLI::App* verb = program.add_subcommand(
        "backup", "a copy of all articles and alerts, made while newswatchd goes on (docs/archive.md)");
    verb->add_flag("--replace", options->replace,
                   "where FILE is there already, put the new one in its place");
    verb->add_flag("--json", session.json, "what was written, as JSON");
    verb->add_option("file", options->file, "where to put it; readable for you only")
        ->required()
        ->type_name("FILE");
    verb->callback([options, &session] { backup(*options, session); });
}

}  // namespace newswatch::ctl
