#include "store/archive_reader.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "base/ascii.h"
#include "base/format.h"
#include "store/article_index.h"
#include "store/article_row.h"
#include "store/damage.h"
#include "store/database.h"
#include "store/index_tables.h"
#include "store/schema.h"

namespace newswatch::store {

namespace {

/// The order of `read_archived`; the columns of kArticleColumns have names of their own in both tables.
constexpr const char* kSelect =
    "SELECT a.row, a.id, f.id, f.url, f.title, a.archived, a.published, a.updated, a.language, a.url, "
    "a.title,"
    " a.summary, a.content, a.more FROM article a JOIN feed f ON f.row = a.feed ";

ArchivedArticle read_archived(const Statement& statement) {
    return {.row = statement.number(0),
            .id = statement.hash(1),
            .feed = statement.hash(2),
            .feed_url = statement.text(3),
            .feed_title = statement.text(4),
            .article = read_article(statement, 6),
            .archived = statement.time(5)};
}

/// FTS5 (https://www.sqlite.org/fts5.html §3): a phrase is a string in quotes, `*` behind it asks for the
/// beginning of its last word.
std::string phrase_of(const ArchiveQuery::Phrase& phrase) {
    std::string quoted = "\"";
    for (const std::string& word : phrase.words) {
        if (quoted.size() > 1) quoted += ' ';
        for (const char sign : word)
            quoted += sign == '"' ? ' ' : sign;
    }
    quoted += phrase.beginning ? "\" *" : "\"";
    return quoted;
}

std::string expression_of(const ArchiveQuery& query) {
    std::string all;
    for (const ArchiveQuery::Phrase& phrase : query.all_of)
        all += (all.empty() ? "" : " AND ") + phrase_of(phrase);
    std::string expression = "(" + all + ")";
    for (const ArchiveQuery::Phrase& phrase : query.none_of)
        expression += " NOT " + phrase_of(phrase);
    return expression;
}

class FileArchive final : public ArchiveReader {
  public:
    explicit FileArchive(const std::filesystem::path& folder)
        : index_file_{index_file(folder)},
          database_{folder / "newswatch.db", Access::read_only},
          by_row_{database_, newswatch::format("{} WHERE a.row = ?1", kSelect)},
          newest_{database_, newswatch::format("{} ORDER BY a.row DESC", kSelect)},
          ids_{database_, "SELECT row, id FROM article ORDER BY row DESC"} {}

    [[nodiscard]] Result<ArchiveAnswer> search(const ArchiveQuery& query) override try {
        ArchiveAnswer answer;
        std::error_code error;
        const std::int64_t last = database_.number("SELECT max(row) FROM article");
        const std::int64_t oldest = database_.number("SELECT min(row) FROM article");
        const auto not_indexed = [&](std::int64_t next) {
            return last == 0 ? 0U : static_cast<std::uint64_t>(std::max<std::int64_t>(0, last + 1 - next));
        };
        answer.not_indexed = not_indexed(oldest);
        if (!std::filesystem::exists(index_file_, error)) return answer;
        // Opened for each search: the index may have been made anew meanwhile.
        Database index{index_file_, Access::read_only};
        if (index.text("SELECT stream FROM progress") !=
            database_.text("SELECT value FROM meta WHERE name = 'stream'")) {
            return answer;
        }
        answer.not_indexed = not_indexed(std::max(oldest, index.number("SELECT next_row FROM progress")));
        const std::string expression = expression_of(query);
        const std::string feed = ascii::lower(query.feed);
        const std::int64_t before = query.before_row.value_or(last + 1);
        std::unordered_set<Hash128> shown;
        for (const std::int64_t table : index_tables(index)) {
            if (table * kIndexSpan >= before) continue;
            Statement rows{index, newswatch::format("SELECT rowid FROM words_{0} WHERE words_{0} MATCH ?1"
                                                    " AND rowid < ?2 ORDER BY rowid DESC",
                                                    table)};
            rows.bind(1, std::string_view{expression}).bind(2, before);
            while (rows.step()) {
                std::optional<ArchivedArticle> found = article_in(rows.number(0));
                if (!found) continue;  // retired, and the index does not know yet
                if (query.since && found->archived < *query.since) return answer;
                if (!shown.insert(found->id).second) continue;
                if (!feed.empty() && ascii::lower(found->feed_url).find(feed) == std::string::npos &&
                    ascii::lower(found->feed_title).find(feed) == std::string::npos) {
                    continue;
                }
                if (answer.articles.size() == query.limit) {
                    answer.more = true;
                    return answer;
                }
                answer.articles.push_back(*std::move(found));
            }
        }
        return answer;
    } catch (const StorageFault& fault) {
        return refused(fault);
    }

    [[nodiscard]] Result<void> newest(const std::function<bool(ArchivedArticle)>& take) override try {
        std::unordered_set<Hash128> shown;  // an article that was revised is there once, as it reads now
        while (newest_.step()) {
            if (!shown.insert(newest_.hash(1)).second) continue;
            if (!take(read_archived(newest_))) break;
        }
        newest_.reset();
        return {};
    } catch (const StorageFault& fault) {
        return refused(fault);
    }

    [[nodiscard]] Result<ArchivedArticle> by_id(std::string_view id) override try {
        constexpr std::size_t kLeast = 8;
        if (id.size() < kLeast || id.size() > 26 ||
            id.find_first_not_of("abcdefghijklmnopqrstuvwxyz234567") != id.npos) {
            return fail(ErrorKind::bad_input, newswatch::format("\"{}\" is not the id of an article", id), {},
                        "an id is 26 characters of a-z and 2-7, or the first 8 and more of them; "
                        "`newswatchctl search WORDS` shows them");
        }
        // No index over the ids (store/schema.cpp says why): a person may wait for one look through them.
        std::optional<std::int64_t> row;
        while (!row && ids_.step()) {
            if (ids_.hash(1).text().starts_with(id)) row = ids_.number(0);
        }
        ids_.reset();
        std::optional<ArchivedArticle> found = row ? article_in(*row) : std::nullopt;
        if (!found)
            return fail(ErrorKind::bad_input, newswatch::format("no archived article has the id \"{}\"", id));
        return *std::move(found);
    } catch (const StorageFault& fault) {
        return refused(fault);
    }

  private:
    [[nodiscard]] std::optional<ArchivedArticle> article_in(std::int64_t row) {
        std::optional<ArchivedArticle> found;
        by_row_.bind(1, row);
        while (by_row_.step())
            found = read_archived(by_row_);
        return found;
    }

    [[nodiscard]] tl::unexpected<Error> refused(const StorageFault& fault) const {
        // A damaged index is made anew by the thread that fills it; only the journal's damage is marked.
        if (fault.error().where == database_.path()) mark_damage(database_.path(), fault);
        return tl::unexpected{fault.error()};
    }

    const std::filesystem::path index_file_;
    Database database_;
    Statement by_row_;
    Statement newest_;
    Statement ids_;
};

}  // namespace

Result<std::unique_ptr<ArchiveReader>> ArchiveReader::open(const std::filesystem::path& folder) try {
    Database probe{folder / "newswatch.db", Access::read_only};
    if (auto checked = check_schema(probe); !checked) return tl::unexpected{checked.error()};
    return std::make_unique<FileArchive>(folder);
} catch (const StorageFault& fault) {
    return tl::unexpected{fault.error()};
}

}  // namespace newswatch::store
