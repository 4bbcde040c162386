#include "store/page_rows.h"

#include <array>
#include <cstring>

#include "base/format.h"
#include "store/article_row.h"

namespace newswatch::store {

namespace {

/// What else an article is known by, one behind the other.
using OtherKeys = std::array<Hash128, 3>;
static_assert(sizeof(OtherKeys) == 48);

std::string all_sql() {
    return newswatch::format(
        "SELECT p.id, p.keys, f.id, p.not_before, p.tries, {} FROM page p JOIN feed f ON f.row = p.feed"
        " JOIN article a ON a.row = p.article ORDER BY p.article",
        "a.published, a.updated, a.language, a.url, a.title, a.summary, a.content, a.more");
}

}  // namespace

PageRows::PageRows(Database& database)
    : add_{database,
           "INSERT INTO page(id, keys, feed, article, not_before, tries) VALUES(?1, ?2, ?3, ?4, ?5, ?6)"},
      find_{database, "SELECT feed FROM page WHERE id = ?1"},
      postpone_{database, "UPDATE page SET not_before = ?2, tries = ?3 WHERE id = ?1"},
      settle_{database, "DELETE FROM page WHERE id = ?1"},
      all_{database, all_sql()} {}

bool PageRows::add(const PageWish& wish, std::int64_t feed, std::int64_t article) {
    if (feed_of(wish.keys.id)) return false;
    const OtherKeys keys{wish.keys.fingerprint, wish.keys.revision, wish.keys.across_feeds};
    add_.bind(1, wish.keys.id).bind_blob(2, keys.data(), sizeof keys).bind(3, feed).bind(4, article);
    add_.bind(5, wish.not_before).bind(6, std::uint64_t{wish.tries}).run();
    return true;
}

std::optional<std::int64_t> PageRows::feed_of(const Hash128& id) {
    find_.bind(1, id);
    std::optional<std::int64_t> row;
    while (find_.step())
        row = find_.number(0);
    return row;
}

void PageRows::postpone(const PageWish& wish) {
    postpone_.bind(1, wish.keys.id).bind(2, wish.not_before).bind(3, std::uint64_t{wish.tries}).run();
}

void PageRows::settle(const Hash128& id) {
    settle_.bind(1, id).run();
}

std::vector<PageWish> PageRows::all() {
    std::vector<PageWish> wishes;
    while (all_.step()) {
        OtherKeys keys{};
        if (all_.blob(1).size() == sizeof keys) std::memcpy(keys.data(), all_.blob(1).data(), sizeof keys);
        wishes.push_back({.feed = all_.hash(2),
                          .keys = {.id = all_.hash(0),
                                   .fingerprint = keys[0],
                                   .revision = keys[1],
                                   .across_feeds = keys[2]},
                          .article = read_article(all_, 5),
                          .not_before = all_.time(3),
                          .tries = static_cast<unsigned>(all_.number(4))});
    }
    return wishes;
}

}  // namespace newswatch::store
