#include "store/schema.h"

#include <array>

#include "base/format.h"

namespace newswatch::store {

namespace {

/// Step N brings the schema from N to N + 1. A step that was released is never edited: write the next one.
///
/// No index over the hashes of all articles: it costs four fifths of the rate once it has outgrown the page
/// cache, so articles are told apart in memory over the log `seen`.
constexpr std::array kSteps{
    R"(
CREATE TABLE meta(
  name  TEXT PRIMARY KEY,
  value NOT NULL
) WITHOUT ROWID;

CREATE TABLE feed(
  row           INTEGER PRIMARY KEY,
  id            BLOB NOT NULL UNIQUE,
  url           TEXT NOT NULL,
  title         TEXT NOT NULL,
  etag          TEXT NOT NULL,
  last_modified TEXT NOT NULL,
  body_hash     BLOB NOT NULL,
  last_poll     INTEGER NOT NULL,
  last_success  INTEGER NOT NULL,
  next_poll     INTEGER NOT NULL,
  failures      INTEGER NOT NULL,
  last_error    TEXT NOT NULL,
  articles_seen INTEGER NOT NULL,
  gap_seconds   REAL,
  retired       INTEGER NOT NULL,
  not_before    INTEGER NOT NULL,
  gone_since    INTEGER NOT NULL
);

CREATE TABLE article(
  row       INTEGER PRIMARY KEY,
  id        BLOB NOT NULL,
  revision  BLOB NOT NULL,
  feed      INTEGER NOT NULL REFERENCES feed(row),
  archived  INTEGER NOT NULL,
  published INTEGER,
  updated   INTEGER,
  language  TEXT NOT NULL,
  url       TEXT NOT NULL,
  title     TEXT NOT NULL,
  summary   TEXT NOT NULL,
  content   TEXT NOT NULL,
  more      TEXT NOT NULL
);

CREATE TABLE seen(
  row    INTEGER PRIMARY KEY,
  feed   INTEGER NOT NULL REFERENCES feed(row),
  at     INTEGER NOT NULL,
  hashes BLOB NOT NULL
);

CREATE TABLE topic_head(
  row   INTEGER PRIMARY KEY,
  topic TEXT NOT NULL UNIQUE,
  seq   INTEGER NOT NULL
);

CREATE TABLE alert(
  seq     INTEGER PRIMARY KEY,
  id      BLOB NOT NULL UNIQUE,
  article BLOB,
  prev    INTEGER NOT NULL,
  topic   INTEGER NOT NULL REFERENCES topic_head(row),
  at      INTEGER NOT NULL,
  payload TEXT NOT NULL
);
CREATE INDEX alert_by_article ON alert(article) WHERE article IS NOT NULL;

INSERT INTO meta(name, value) VALUES('first', 1);
)",
    R"(
CREATE TABLE document(
  feed    INTEGER PRIMARY KEY REFERENCES feed(row),
  entries BLOB NOT NULL
);
)",
    // The rhythm of a feed became more than one number; it is learned anew from the next documents.
    R"(
ALTER TABLE feed DROP COLUMN gap_seconds;
ALTER TABLE feed ADD COLUMN rhythm BLOB NOT NULL DEFAULT x'';
ALTER TABLE feed ADD COLUMN last_document INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feed ADD COLUMN move_url TEXT NOT NULL DEFAULT '';
ALTER TABLE feed ADD COLUMN move_answers INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feed ADD COLUMN move_since INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feed ADD COLUMN move_adopted INTEGER NOT NULL DEFAULT 0;
)",
    // Pages behind entries that are still to be read.
    R"(
CREATE TABLE page(
  id         BLOB PRIMARY KEY,
  keys       BLOB NOT NULL,
  feed       INTEGER NOT NULL REFERENCES feed(row),
  article    INTEGER NOT NULL,
  not_before INTEGER NOT NULL,
  tries      INTEGER NOT NULL
) WITHOUT ROWID;
)",
};

}  // namespace

int schema_version() noexcept {
    return static_cast<int>(kSteps.size());
}

Result<void> check_schema(Database& database) {
    const std::int64_t application = database.number("PRAGMA application_id");
    const std::int64_t version = database.number("PRAGMA user_version");
    const bool has_tables = database.number("SELECT count(*) FROM sqlite_schema") > 0;
    if (application != kApplicationId && (has_tables || application != 0)) {
        return fail(ErrorKind::storage, "is a database of another program", database.path(),
                    "move it away, or name another folder under archive: in newswatch.yaml");
    }
    if (version > schema_version()) {
        return fail(ErrorKind::storage,
                    newswatch::format("was written by a newer newswatch (schema {}, this one knows {})",
                                      version, schema_version()),
                    database.path(),
                    "install that version again, or restore a backup made before the upgrade");
    }
    return {};
}

void migrate(Database& database, int target) {
    for (auto version = static_cast<int>(database.number("PRAGMA user_version")); version < target;
         ++version) {
        Transaction step{database};
        database.run(kSteps[static_cast<std::size_t>(version)]);
        database.run(newswatch::format("PRAGMA application_id = {}; PRAGMA user_version = {}", kApplicationId,
                                       version + 1)
                         .c_str());
        step.commit();
    }
}

}  // namespace newswatch::store
