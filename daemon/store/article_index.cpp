#include "store/article_index.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include "base/format.h"
#include "base/log.h"
#include "store/article_row.h"
#include "store/database.h"
#include "store/index_tables.h"

namespace newswatch::store {

namespace {

constexpr const char* kPrepare = R"(
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA temp_store = MEMORY;
PRAGMA journal_size_limit = 67108864;
CREATE TABLE IF NOT EXISTS progress(
  only     INTEGER PRIMARY KEY CHECK(only = 1),
  stream   TEXT NOT NULL,
  version  TEXT NOT NULL,
  next_row INTEGER NOT NULL
);
)";

/// `ascii` takes every sign beyond ASCII for a letter, so the words stay as they were cut.
constexpr const char* kCreateTable =
    "CREATE VIRTUAL TABLE IF NOT EXISTS words_{} USING fts5("
    "words, content='', columnsize=0, tokenize=\"ascii tokenchars '.,'\")";

void remove_index(const std::filesystem::path& file) {
    for (const char* suffix : {"", "-wal", "-shm"}) {
        std::error_code ignored;  // what cannot be removed cannot be opened either, and that is reported
        std::filesystem::remove(file.string() + suffix, ignored);
    }
}

Database open_index(const std::filesystem::path& file) {
    Database database{file, Access::read_write};
    database.run(kPrepare);
    return database;
}

Database open_or_remake(const std::filesystem::path& file) {
    try {
        return open_index(file);
    } catch (const StorageFault& fault) {
        if (!fault.damaged()) throw;
        log::warning("store", "{} is damaged ({}) and is made anew", file.string(), fault.error().what);
    }
    remove_index(file);
    return open_index(file);
}

class FileIndex final : public ArticleIndex {
  public:
    FileIndex(const std::filesystem::path& folder, std::string version, Words words)
        : file_{index_file(folder)},
          version_{std::move(version)},
          words_{std::move(words)},
          journal_{folder / "newswatch.db", Access::read_only},
          articles_{journal_,
                    newswatch::format("SELECT row, {} FROM article WHERE row >= ?1 ORDER BY row LIMIT ?2",
                                      kArticleColumns)},
          index_{open_or_remake(file_)} {}

    [[nodiscard]] Result<std::size_t> index_some(std::size_t most) override try {
        return take_in(most);
    } catch (const StorageFault& fault) {
        if (fault.damaged()) remake(fault);
        return tl::unexpected{fault.error()};
    }

  private:
    struct Row {
        std::int64_t row{0};
        std::string words{};
    };

    [[nodiscard]] std::size_t take_in(std::size_t most) {
        std::int64_t next = next_row();
        const std::int64_t oldest = journal_.number("SELECT min(row) FROM article");
        next = std::max(next, oldest);
        // The words are cut before the transaction begins, so that a search never waits for them.
        const std::vector<Row> rows = rows_from(next, most);
        if (rows.empty()) return 0;
        Transaction transaction{*index_};
        std::optional<Statement> insert;
        std::int64_t table = -1;
        for (const Row& row : rows) {
            if (const std::int64_t wanted = row.row / kIndexSpan; wanted != table) {
                table = wanted;
                insert.reset();
                index_->run(newswatch::format(kCreateTable, table).c_str());
                insert.emplace(
                    *index_, newswatch::format("INSERT INTO words_{0}(rowid, words) VALUES(?1, ?2)", table));
            }
            insert->bind(1, row.row).bind(2, std::string_view{row.words}).run();
        }
        Statement progress{*index_, "UPDATE progress SET next_row = ?1"};
        progress.bind(1, rows.back().row + 1).run();
        drop_tables_before(oldest / kIndexSpan);
        insert.reset();
        transaction.commit();
        return rows.size();
    }

    /// Where to go on; from the start where the index is of another journal or another cut of words.
    [[nodiscard]] std::int64_t next_row() {
        const std::string stream = journal_.text("SELECT value FROM meta WHERE name = 'stream'");
        const std::int64_t next = index_->number("SELECT next_row FROM progress");
        const std::int64_t last = journal_.number("SELECT max(row) FROM article");
        // Where every article was retired their rows are given away again.
        if (index_->text("SELECT stream FROM progress") == stream &&
            index_->text("SELECT version FROM progress") == version_ && next <= last + 1) {
            return next;
        }
        Transaction transaction{*index_};
        drop_tables_before(std::numeric_limits<std::int64_t>::max());
        Statement begin{*index_, "INSERT OR REPLACE INTO progress VALUES(1, ?1, ?2, 1)"};
        begin.bind(1, std::string_view{stream}).bind(2, std::string_view{version_}).run();
        transaction.commit();
        return 1;
    }

    [[nodiscard]] std::vector<Row> rows_from(std::int64_t next, std::size_t most) {
        std::vector<Row> rows;
        articles_.bind(1, next).bind(2, static_cast<std::uint64_t>(most));
        while (articles_.step())
            rows.push_back({.row = articles_.number(0), .words = words_(read_article(articles_, 1))});
        return rows;
    }

    void drop_tables_before(std::int64_t first) {
        for (const std::int64_t table : index_tables(*index_)) {
            if (table < first) index_->run(newswatch::format("DROP TABLE words_{}", table).c_str());
        }
    }

    void remake(const StorageFault& fault) {
        // The fault may be the journal's, which its own reader marks; then a new index costs only time.
        log::warning("store", "{} is made anew: {}", file_.string(), fault.error().line());
        index_.reset();
        remove_index(file_);
        index_.emplace(open_index(file_));
    }

    const std::filesystem::path file_;
    const std::string version_;
    const Words words_;
    Database journal_;
    Statement articles_;
    std::optional<Database> index_;
};

}  // namespace

std::vector<std::int64_t> index_tables(Database& index) {
    Statement names{
        index,
        "SELECT CAST(substr(name, 7) AS INTEGER) FROM sqlite_schema WHERE type = 'table'"
        " AND sql LIKE 'CREATE VIRTUAL TABLE%' AND name LIKE 'words!_%' ESCAPE '!' ORDER BY 1 DESC"};
    std::vector<std::int64_t> tables;
    while (names.step())
        tables.push_back(names.number(0));
    return tables;
}

Result<std::unique_ptr<ArticleIndex>> ArticleIndex::open(const std::filesystem::path& folder,
                                                         std::string version, Words words) try {
    return std::make_unique<FileIndex>(folder, std::move(version), std::move(words));
} catch (const StorageFault& fault) {
    return tl::unexpected{fault.error()};
}

}  // namespace newswatch::store
