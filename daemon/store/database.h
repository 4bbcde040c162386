#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/error.h"
#include "base/hash.h"

/// SQLite in three small types. They throw StorageFault, which ends at the public functions of this folder.
namespace newswatch::store {

/// What SQLite refused. Never leaves `store/`: public functions turn it into an `Error{storage}`.
class StorageFault : public std::runtime_error {
  public:
    StorageFault(int code, Error error)
        : std::runtime_error{error.what}, code_{code}, error_{std::move(error)} {}

    /// SQLite's primary result code (https://www.sqlite.org/rescode.html).
    [[nodiscard]] int code() const { return code_ & 0xFF; }
    [[nodiscard]] const Error& error() const { return error_; }
    /// The file is no database, or its pages contradict each other.
    [[nodiscard]] bool damaged() const { return code() == SQLITE_CORRUPT || code() == SQLITE_NOTADB; }

  private:
    int code_;
    Error error_;
};

enum class Access : std::uint8_t { read_write, read_only };

/// One connection; used by one thread at a time.
class Database {
  public:
    /// Opens, and with read_write creates, the file. Nothing is read yet.
    Database(const std::filesystem::path& file, Access access);

    /// Runs statements that give no rows.
    void run(const char* sql);
    /// The first column of the first row; 0 where there is none.
    [[nodiscard]] std::int64_t number(const char* sql);
    [[nodiscard]] std::string text(const char* sql);

    [[nodiscard]] sqlite3* handle() const { return handle_.get(); }
    [[nodiscard]] const std::string& path() const { return path_; }
    /// Throws the fault that the last call on this connection ended with.
    [[noreturn]] void refuse(int code) const;

  private:
    struct Close {
        void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
    };
    std::string path_;
    std::unique_ptr<sqlite3, Close> handle_;
};

/// A prepared statement. Parameters count from 1, columns from 0.
///
/// `statement.bind(1, id).bind(2, title).run();` or `while (statement.step()) …`. Text is bound without a
/// copy: it must live until the statement has run.
class Statement {
  public:
    Statement(Database& database, std::string_view sql);

    Statement& bind(int index, std::int64_t value);
    Statement& bind(int index, std::uint64_t value) { return bind(index, static_cast<std::int64_t>(value)); }
    Statement& bind(int index, double value);
    Statement& bind(int index, std::string_view text);
    Statement& bind(int index, const Hash128& hash) { return bind_blob(index, hash.bytes.data(), 16); }
    Statement& bind(int index, Time time) {
        return bind(index, static_cast<std::int64_t>(time.time_since_epoch().count()));
    }
    Statement& bind_blob(int index, const void* bytes, std::size_t size);
    Statement& bind_null(int index);

    /// Goes to the next row; false after the last one, and the statement is ready to be bound again.
    [[nodiscard]] bool step();
    /// Runs to the end and makes the statement ready again, also where it throws.
    void run();
    void reset() { sqlite3_reset(statement_.get()); }

    [[nodiscard]] std::int64_t number(int column) const;
    [[nodiscard]] double real(int column) const;
    [[nodiscard]] std::string text(int column) const;
    [[nodiscard]] std::string_view blob(int column) const;  ///< until the next step
    [[nodiscard]] Hash128 hash(int column) const;           ///< zero where the column holds no 16 bytes
    [[nodiscard]] Time time(int column) const;
    [[nodiscard]] bool is_null(int column) const;

  private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    Database* database_;
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

/// BEGIN IMMEDIATE until `commit`; what is not committed is rolled back.
class Transaction {
  public:
    explicit Transaction(Database& database);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    /// Returns once everything is on the disk (synchronous=FULL).
    void commit();

  private:
    Database& database_;
    bool open_{true};
};

}  // namespace newswatch::store
