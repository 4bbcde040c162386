#pragma once

#include "store/database.h"

/// The tables (docs/schema.md), brought up to date by numbered steps that only go forward.
namespace newswatch::store {

/// The schema that this program writes; `PRAGMA user_version` of the file.
[[nodiscard]] int schema_version() noexcept;

/// `NWJ1` as `PRAGMA application_id`: what `file` and we know a newswatch database by.
inline constexpr std::int64_t kApplicationId = 0x4E574A31;

/// Refuses a database of another program and one that a newer newswatch wrote. Changes nothing.
[[nodiscard]] Result<void> check_schema(Database& database);

/// Runs the steps that are missing, each in a transaction with its number: a crash leaves the schema before
/// or after a step, never half of one. `target` is for tests of a step.
void migrate(Database& database, int target = schema_version());

}  // namespace newswatch::store
