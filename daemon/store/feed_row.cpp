#include "store/feed_row.h"

#include <bit>
#include <cstring>
#include <memory>
#include <type_traits>

namespace newswatch::store {

namespace {

constexpr std::string_view kSave = R"(
INSERT INTO feed(id, url, title, etag, last_modified, body_hash, last_poll, last_success, next_poll, failures,
                 last_error, articles_seen, rhythm, retired, not_before, gone_since, last_document,
                 move_url, move_answers, move_since, move_adopted)
VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19,
       ?20, ?21)
ON CONFLICT(id) DO UPDATE SET
  url = ?2, title = ?3, etag = ?4, last_modified = ?5, body_hash = ?6, last_poll = ?7, last_success = ?8,
  next_poll = ?9, failures = ?10, last_error = ?11, articles_seen = ?12, rhythm = ?13, retired = ?14,
  not_before = ?15, gone_since = ?16, last_document = ?17,
  move_url = ?18, move_answers = ?19, move_since = ?20, move_adopted = ?21
RETURNING row)";

constexpr std::string_view kAll = R"(
SELECT id, title, etag, last_modified, body_hash, last_poll, last_success, next_poll, failures, last_error,
       articles_seen, rhythm, retired, not_before, gone_since, last_document,
       move_url, move_answers, move_since, move_adopted
FROM feed ORDER BY row)";

// The bytes of a Rhythm are its row: numbers of fixed size without a gap, on machines that all count from the
// small end.
static_assert(std::is_trivially_copyable_v<Rhythm> && sizeof(Rhythm) == 8 * sizeof(float) + 24 * 2);
static_assert(std::endian::native == std::endian::little);

/// One of another size was written by another version, and is learned anew.
Rhythm rhythm_of(std::string_view bytes) {
    Rhythm rhythm;
    if (bytes.size() == sizeof rhythm) std::memcpy(&rhythm, bytes.data(), sizeof rhythm);
    return rhythm;
}

}  // namespace

FeedRows::FeedRows(Database& database) : save_{database, kSave}, all_{database, kAll} {}

std::int64_t FeedRows::save(const Feed& feed, const FeedState& state) {
    save_.bind(1, feed.id)
        .bind(2, feed.url)
        .bind(3, state.title)
        .bind(4, state.etag)
        .bind(5, state.last_modified)
        .bind(6, state.body_hash)
        .bind(7, state.last_poll)
        .bind(8, state.last_success)
        .bind(9, state.next_poll)
        .bind(10, std::int64_t{state.failures_in_a_row})
        .bind(11, state.last_error)
        .bind(12, std::int64_t{state.articles_seen});
    save_.bind_blob(13, &state.rhythm, sizeof state.rhythm)
        .bind(14, std::int64_t{state.retired ? 1 : 0})
        .bind(15, state.not_before)
        .bind(16, state.gone_since)
        .bind(17, state.last_document);
    const FeedMove move = state.move != nullptr ? *state.move : FeedMove{};
    save_.bind(18, move.url)
        .bind(19, std::int64_t{move.answers})
        .bind(20, move.since)
        .bind(21, std::int64_t{move.adopted ? 1 : 0});
    std::int64_t row = 0;
    while (save_.step())
        row = save_.number(0);
    return row;
}

std::vector<FeedState> FeedRows::all() {
    std::vector<FeedState> states;
    while (all_.step()) {
        FeedState& state = states.emplace_back();
        state.id = all_.hash(0);
        state.title = all_.text(1);
        state.etag = all_.text(2);
        state.last_modified = all_.text(3);
        state.body_hash = all_.hash(4);
        state.last_poll = all_.time(5);
        state.last_success = all_.time(6);
        state.next_poll = all_.time(7);
        state.failures_in_a_row = static_cast<unsigned>(all_.number(8));
        state.last_error = all_.text(9);
        state.articles_seen = static_cast<unsigned>(all_.number(10));
        state.rhythm = rhythm_of(all_.blob(11));
        state.retired = all_.number(12) != 0;
        state.not_before = all_.time(13);
        state.gone_since = all_.time(14);
        state.last_document = all_.time(15);
        if (std::string url{all_.text(16)}; !url.empty()) {
            state.move =
                std::make_shared<const FeedMove>(FeedMove{.url = std::move(url),
                                                          .answers = static_cast<unsigned>(all_.number(17)),
                                                          .since = all_.time(18),
                                                          .adopted = all_.number(19) != 0});
        }
    }
    return states;
}

}  // namespace newswatch::store
