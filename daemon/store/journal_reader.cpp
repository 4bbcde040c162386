#include <algorithm>
#include <unordered_map>
#include <utility>

#include "base/format.h"
#include "store/article_row.h"
#include "store/damage.h"
#include "store/database.h"
#include "store/document_rows.h"
#include "store/journal.h"
#include "store/schema.h"

namespace newswatch::store {

namespace {

constexpr const char* kSelectAlert =
    "SELECT a.seq, a.prev, t.topic, a.payload FROM alert a JOIN topic_head t ON t.row = a.topic ";

StoredAlert read_alert(const Statement& statement) {
    return {.number = static_cast<std::uint64_t>(statement.number(0)),
            .previous = static_cast<std::uint64_t>(statement.number(1)),
            .topic = statement.text(2),
            .payload = statement.text(3)};
}

class FileReader final : public JournalReader {
  public:
    explicit FileReader(Database database)
        : database_{std::move(database)},
          after_{database_, newswatch::format("{} WHERE a.seq > ?1 ORDER BY a.seq LIMIT ?2", kSelectAlert)},
          topics_{database_, "SELECT row, topic FROM topic_head"},
          between_{database_,
                   "SELECT seq, topic, prev, payload FROM alert WHERE seq BETWEEN ?1 AND ?2 ORDER BY seq"},
          by_id_{database_, newswatch::format("{} WHERE a.id BETWEEN ?1 AND ?2 LIMIT 2", kSelectAlert)},
          document_{database_,
                    "SELECT d.entries FROM document d JOIN feed f ON f.row = d.feed WHERE f.id = ?1"},
          text_{database_, newswatch::format("SELECT {} FROM article WHERE row = ?1"
                                             " AND feed = (SELECT row FROM feed WHERE id = ?2)",
                                             kArticleColumns)} {}

    [[nodiscard]] Result<std::vector<StoredAlert>> alerts_after(std::uint64_t after,
                                                                std::size_t limit) override try {
        std::vector<StoredAlert> alerts;
        after_.bind(1, after).bind(2, static_cast<std::uint64_t>(limit));
        while (after_.step())
            alerts.push_back(read_alert(after_));
        return alerts;
    } catch (const StorageFault& fault) {
        return refused(fault);
    }

    [[nodiscard]] Result<StoredAlert> alert_by_id(std::string_view id) override try {
        // The ids that begin with these characters lie between the prefix filled up with the lowest and with
        // the highest digit.
        std::string low{id};
        std::string high{id};
        low.resize(26, 'a');
        high.resize(26, '7');
        const Hash128 from = Hash128::from_text(low);
        const Hash128 until = Hash128::from_text(high);
        if (id.empty() || id.size() > 26 ||
            id.find_first_not_of("abcdefghijklmnopqrstuvwxyz234567") != id.npos) {
            return fail(ErrorKind::bad_input, newswatch::format("\"{}\" is not the id of an alert", id), {},
                        "an id is 26 characters of a-z and 2-7, or the first few of them");
        }
        by_id_.bind(1, from).bind(2, until);
        std::vector<StoredAlert> found;
        while (by_id_.step())
            found.push_back(read_alert(by_id_));
        if (found.empty())
            return fail(ErrorKind::bad_input, newswatch::format("no alert has the id \"{}\"", id));
        if (found.size() > 1) {
            return fail(ErrorKind::bad_input,
                        newswatch::format("several alerts have an id that begins with \"{}\"", id), {},
                        "give more characters");
        }
        return std::move(found.front());
    } catch (const StorageFault& fault) {
        return refused(fault);
    }

    [[nodiscard]] Result<Slice> alerts_of(const Wanted& wanted) override try {
        const Snapshot snapshot{database_};
        Slice slice;
        slice.head = stream_head();
        const std::unordered_map<std::int64_t, std::string> topics = topics_with(wanted.prefixes);
        const std::uint64_t from = std::max(wanted.from, slice.head.first);
        const std::uint64_t until = std::min({wanted.until, slice.head.head, from + kLookedAt - 1});
        slice.next = std::max(from, until + 1);
        between_.bind(1, from).bind(2, until);
        while (between_.step()) {
            const auto topic = topics.find(between_.number(1));
            if (topic == topics.end()) continue;  // its payload is not even read
            const auto number = static_cast<std::uint64_t>(between_.number(0));
            if (slice.alerts.size() == wanted.limit) {
                slice.next = number;
                break;
            }
            slice.alerts.push_back({.number = number,
                                    .previous = static_cast<std::uint64_t>(between_.number(2)),
                                    .topic = topic->second,
                                    .payload = between_.text(3)});
        }
        between_.reset();
        return slice;
    } catch (const StorageFault& fault) {
        return refused(fault);
    }

    [[nodiscard]] Result<StreamHead> head() override try {
        const Snapshot snapshot{database_};
        return stream_head();
    } catch (const StorageFault& fault) {
        return refused(fault);
    }

    [[nodiscard]] Result<std::optional<Article>> text_of(const FeedId& feed, const Hash128& article) override
        try {
        std::int64_t row = 0;
        document_.bind(1, feed);
        while (document_.step()) {
            for (const DocumentEntry& entry : read_entries(document_.blob(0))) {
                if (entry.id == half_of(article)) row = entry.article;
            }
        }
        std::optional<Article> text;
        text_.bind(1, row).bind(2, feed);  // rows that were retired may be given away again
        while (text_.step())
            text = read_article(text_, 0);
        return text;
    } catch (const StorageFault& fault) {
        return refused(fault);
    }

  private:
    /// What a reader sees until its end is one state of the database.
    class Snapshot {
      public:
        explicit Snapshot(Database& database) : database_{database} { database_.run("BEGIN"); }
        // A statement that was left in the middle of its rows is reset by the next use; nothing was written.
        ~Snapshot() { sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr); }
        Snapshot(const Snapshot&) = delete;
        Snapshot& operator=(const Snapshot&) = delete;

      private:
        Database& database_;
    };

    [[nodiscard]] StreamHead stream_head() {
        StreamHead head;
        head.stream = database_.text("SELECT value FROM meta WHERE name = 'stream'");
        head.first =
            static_cast<std::uint64_t>(database_.number("SELECT value FROM meta WHERE name = 'first'"));
        const auto last = static_cast<std::uint64_t>(database_.number("SELECT max(seq) FROM alert"));
        head.head = std::max(last, head.first - 1);
        return head;
    }

    [[nodiscard]] std::unordered_map<std::int64_t, std::string> topics_with(
        std::span<const std::string> prefixes) {
        std::unordered_map<std::int64_t, std::string> topics;
        while (topics_.step()) {
            std::string topic = topics_.text(1);
            const bool meant = std::any_of(prefixes.begin(), prefixes.end(),
                                           [&](const auto& prefix) { return topic.starts_with(prefix); });
            if (meant) topics.emplace(topics_.number(0), std::move(topic));
        }
        return topics;
    }

    [[nodiscard]] tl::unexpected<Error> refused(const StorageFault& fault) const {
        mark_damage(database_.path(), fault);
        return tl::unexpected{fault.error()};
    }

    Database database_;
    Statement after_;
    Statement topics_;
    Statement between_;
    Statement by_id_;
    Statement document_;
    Statement text_;
};

}  // namespace

Result<std::unique_ptr<AlertReader>> AlertReader::open(const std::filesystem::path& folder) {
    return JournalReader::open(folder);
}

Result<std::unique_ptr<JournalReader>> JournalReader::open(const std::filesystem::path& folder) try {
    Database database{folder / "newswatch.db", Access::read_only};
    if (auto checked = check_schema(database); !checked) return tl::unexpected{checked.error()};
    return std::make_unique<FileReader>(std::move(database));
} catch (const StorageFault& fault) {
    return tl::unexpected{fault.error()};
}

}  // namespace newswatch::store
