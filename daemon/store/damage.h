#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "store/database.h"

/// Pages of the database that contradict each other (FAULTS.md 20).
///
/// A small database is checked whole at each start. A large one would take minutes, so only its ends are:
/// damage elsewhere is met when the page is read, ends the daemon, and leaves a mark that has the next start
/// check everything.
namespace newswatch::store {

/// Checking reads about a gigabyte in a second or two.
inline constexpr std::int64_t kCheckedWholeUpTo = std::int64_t{256} << 20;

/// What is wrong with the pages; empty where nothing was found. Takes the mark away once everything was
/// checked. Throws StorageFault, `damaged()` where a page cannot be read at all.
[[nodiscard]] std::string damage_in(Database& database, std::int64_t whole_up_to = kCheckedWholeUpTo);

/// Leaves the mark where the fault is damage.
void mark_damage(const std::string& database, const StorageFault& fault);

/// `newswatch.db.suspect`.
[[nodiscard]] std::filesystem::path damage_mark(const std::string& database);

}  // namespace newswatch::store
