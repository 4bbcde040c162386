#include "store/database.h"

#include <cstring>
#include <system_error>

#include "base/format.h"

namespace newswatch::store {

namespace {

/// What a person can do about a result code; empty where SQLite's own words must do.
std::string help_for(int code, const std::string& path) {
    switch (code & 0xFF) {
        case SQLITE_FULL:
            return "free space on the file system that holds " + path;
        case SQLITE_IOERR:
            return "look at the kernel log and the health of the disk; nothing was acknowledged";
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return "restart newswatchd: it moves the damaged file aside and goes on with a new stream";
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_CANTOPEN:
            return "the file and its folder must be writable for the user that runs newswatchd";
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return "another program holds a lock on the database";
        default:
            return {};
    }
}

StorageFault fault(sqlite3* handle, int code, const std::string& path) {
    std::string what = sqlite3_errstr(code);
    if (handle != nullptr) {
        const std::string_view detail = sqlite3_errmsg(handle);
        if (detail != what && detail != "not an error") what += newswatch::format(" ({})", detail);
        if (const int system = sqlite3_system_errno(handle); system != 0 && (code & 0xFF) != SQLITE_FULL) {
            what += ": " + std::generic_category().message(system);
        }
    }
    return {code, Error{ErrorKind::storage, what, path, help_for(code, path)}};
}

}  // namespace

Database::Database(const std::filesystem::path& file, Access access) : path_{file.string()} {
    // One thread at a time by design, so SQLite needs no mutex of its own.
    const int flags =
        SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
        (access == Access::read_write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY);
    sqlite3* opened = nullptr;
    const int code = sqlite3_open_v2(path_.c_str(), &opened, flags, nullptr);
    handle_.reset(opened);
    if (code != SQLITE_OK) refuse(code);
    sqlite3_busy_timeout(opened, 5000);
}

void Database::refuse(int code) const {
    throw fault(handle_.get(), code, path_);
}

void Database::run(const char* sql) {
    const int code = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) refuse(code);
}

std::int64_t Database::number(const char* sql) {
    Statement statement{*this, sql};
    return statement.step() ? statement.number(0) : 0;
}

std::string Database::text(const char* sql) {
    Statement statement{*this, sql};
    return statement.step() ? statement.text(0) : std::string{};
}

Statement::Statement(Database& database, std::string_view sql) : database_{&database} {
    sqlite3_stmt* prepared = nullptr;
    const int code = sqlite3_prepare_v3(database.handle(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &prepared, nullptr);
    statement_.reset(prepared);
    if (code != SQLITE_OK) database.refuse(code);
}

Statement& Statement::bind(int index, std::int64_t value) {
    if (const int code = sqlite3_bind_int64(statement_.get(), index, value); code != SQLITE_OK)
        database_->refuse(code);
    return *this;
}

Statement& Statement::bind(int index, double value) {
    if (const int code = sqlite3_bind_double(statement_.get(), index, value); code != SQLITE_OK)
        database_->refuse(code);
    return *this;
}

Statement& Statement::bind(int index, std::string_view text) {
    // A null pointer would bind NULL; an empty text is a text.
    const char* bytes = text.empty() ? "" : text.data();
    const int code =
        sqlite3_bind_text64(statement_.get(), index, bytes, text.size(), SQLITE_STATIC, SQLITE_UTF8);
    if (code != SQLITE_OK) database_->refuse(code);
    return *this;
}

Statement& Statement::bind_blob(int index, const void* bytes, std::size_t size) {
    const int code = sqlite3_bind_blob64(statement_.get(), index, bytes, size, SQLITE_STATIC);
    if (code != SQLITE_OK) database_->refuse(code);
    return *this;
}

Statement& Statement::bind_null(int index) {
    if (const int code = sqlite3_bind_null(statement_.get(), index); code != SQLITE_OK)
        database_->refuse(code);
    return *this;
}

bool Statement::step() {
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) {
        // The fault must be read before the reset, which may clear it.
        StorageFault refused = fault(database_->handle(), code, database_->path());
        sqlite3_reset(statement_.get());
        throw refused;
    }
    sqlite3_reset(statement_.get());
    return false;
}

void Statement::run() {
    while (step()) {
    }
}

std::int64_t Statement::number(int column) const {
    return sqlite3_column_int64(statement_.get(), column);
}

double Statement::real(int column) const {
    return sqlite3_column_double(statement_.get(), column);
}

std::string Statement::text(int column) const {
    return std::string{blob(column)};
}

std::string_view Statement::blob(int column) const {
    const void* bytes = sqlite3_column_blob(statement_.get(), column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
    return bytes == nullptr ? std::string_view{} : std::string_view{static_cast<const char*>(bytes), size};
}

Hash128 Statement::hash(int column) const {
    Hash128 hash;
    const std::string_view bytes = blob(column);
    if (bytes.size() == hash.bytes.size()) std::memcpy(hash.bytes.data(), bytes.data(), bytes.size());
    return hash;
}

Time Statement::time(int column) const {
    return Time{std::chrono::microseconds{number(column)}};
}

bool Statement::is_null(int column) const {
    return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

Transaction::Transaction(Database& database) : database_{database} {
    database.run("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
    // SQLite has rolled back by itself after some faults (SQLITE_FULL, SQLITE_IOERR); a second time is an
    // error that says nothing, so its answer is not looked at.
    if (open_) sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
    database_.run("COMMIT");
    open_ = false;
}

}  // namespace newswatch::store
