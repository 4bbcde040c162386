#include "publish/replay_server.h"

#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <utility>
#include <zmq.hpp>

#include "base/log.h"
#include "publish/json_text.h"
#include "publish/replay_request.h"
#include "publish/server_socket.h"
#include "publish/serving_thread.h"
#include "publish/wire.h"

namespace newswatch::publish {

namespace {

using steady = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::chrono::seconds kPatience{10};  // for a CREDIT; then the place is somebody else's
constexpr std::size_t kAtOnce = 64;            // alerts read in one turn, so that replays share the thread
constexpr std::size_t kMostBytes = std::size_t{4} << 20U;  // sent for one credit; then MORE comes early
constexpr int kRequestsAtOnce = 64;                        // read in one turn
constexpr std::size_t kFrames = 4;                         // routing id, word, request id, body
constexpr milliseconds kComeBack{500};                     // for who was told `busy`
constexpr int kNicer = 5;

/// One replay under way. It holds a place in the stream and nothing of the database.
struct Cursor {
    std::string peer{};  ///< routing id of its connection
    std::string id{};    ///< the client's request id
    std::string prefix{};
    std::uint64_t next{1};
    std::uint64_t until{0};
    unsigned credit{0};    ///< 0: waits for CREDIT
    std::size_t bytes{0};  ///< sent for this credit
    steady::time_point heard{};
};

class ReplayThread final : public ReplayServer {
  public:
    explicit ReplayThread(ReplaySource source)
        : source_{std::move(source)}, socket_{context_, zmq::socket_type::router} {
        set_peer_limits(socket_);
        // Whoever has gone is an error of send, and its replay ends; whoever does not read is one too.
        socket_.set(zmq::sockopt::router_mandatory, true);
        socket_.set(zmq::sockopt::sndhwm, 2 * static_cast<int>(kMostCredit));
        socket_.set(zmq::sockopt::rcvhwm, kRequestsAtOnce);
        socket_.set(zmq::sockopt::linger, 0);
    }
    ~ReplayThread() override { stop(); }

    [[nodiscard]] Result<void> open(const std::vector<std::string>& endpoints, bool insecure) {
        auto bound = bind_all(socket_, endpoints, insecure);
        if (!bound) return tl::unexpected{bound.error()};
        endpoints_ = *std::move(bound);
        return {};
    }
    /// From here the socket belongs to the thread.
    void run() {
        thread_.start([this] { serve(); });
    }
    void stop() override { thread_.stop(); }
    [[nodiscard]] std::vector<std::string> endpoints() const override { return endpoints_; }

  private:
    void serve() {
        // Live alerts go first where both want the processor (Linux: of this thread alone).
        static_cast<void>(::setpriority(PRIO_PROCESS, 0, kNicer));
        try {
            while (!thread_.stopping()) {
                source_.alive();
                wait();
                forget_the_silent();
                for (int i = 0; i < kRequestsAtOnce && hear(); ++i) {
                }
                send_a_part();
            }
            socket_.close();
        } catch (const std::exception& error) {
            log::error("replay", "replays ended: {}; missed alerts cannot be asked for until a restart",
                       error.what());
        }
    }

    void wait() {
        const bool busy = std::any_of(cursors_.begin(), cursors_.end(),
                                      [](const Cursor& cursor) { return cursor.credit > 0; });
        thread_.wait(socket_, busy ? milliseconds{0} : kPatience);
    }

    /// Reads one request; false where there is none.
    bool hear() {
        std::array<std::string, kFrames> frames;
        std::size_t count = 0;
        for (bool more = true; more; ++count) {
            zmq::message_t frame;
            if (!socket_.recv(frame, zmq::recv_flags::dontwait)) return false;
            more = frame.more();
            if (count < frames.size()) frames[count] = frame.to_string();
        }
        const std::string& peer = frames[0];
        const std::string id = frames[2].size() <= kMostRequestId ? frames[2] : std::string{};
        if (count != kFrames || frames[2].size() > kMostRequestId) {
            refuse(peer, id, {ReplayCode::bad_request, "a request has 3 frames, its id at most 32 bytes"});
        } else if (frames[1] == "REPLAY") {
            begin(peer, id, frames[3]);
        } else if (frames[1] == "CREDIT") {
            go_on(peer, id, frames[3]);
        } else {
            refuse(peer, id, {ReplayCode::bad_request, "frame 1 is neither REPLAY nor CREDIT"});
        }
        return true;
    }

    void begin(const std::string& peer, const std::string& id, const std::string& body) {
        auto request = read_replay_request(body);
        if (!request) return refuse(peer, id, request.error());
        const StreamHead head = source_.head();
        const std::uint64_t until = std::min(request->until.value_or(head.head), head.head);
        if (auto refusal = why_not(*request, head)) return refuse(peer, id, *refusal);
        // A new request of the same connection takes the place of its old one.
        std::erase_if(cursors_, [&](const Cursor& cursor) { return cursor.peer == peer; });
        if (cursors_.size() >= kMostCursors)
            return refuse(peer, id, {ReplayCode::busy, "too many replays are under way"});
        cursors_.push_back({.peer = peer,
                            .id = id,
                            .prefix = request->prefix,
                            .next = request->from,
                            .until = until,
                            .credit = request->credit,
                            .bytes = 0,
                            .heard = steady::now()});
    }

    [[nodiscard]] static std::optional<ReplayRefusal> why_not(const ReplayRequest& request,
                                                              const StreamHead& head) {
        if (request.stream != head.stream)
            return ReplayRefusal{ReplayCode::stream_changed,
                                 "the numbers of another stream mean nothing here"};
        if (request.from > head.head + 1)
            return ReplayRefusal{ReplayCode::out_of_range, "`from` is above the head"};
        if (request.until && *request.until + 1 < request.from)
            return ReplayRefusal{ReplayCode::out_of_range, "`until` is below `from`"};
        if (request.from < head.first)
            return ReplayRefusal{ReplayCode::gone, "alerts below `first` are kept no longer"};
        return std::nullopt;
    }

    void go_on(const std::string& peer, const std::string& id, const std::string& body) {
        const auto cursor = std::find_if(cursors_.begin(), cursors_.end(),
                                         [&](const Cursor& one) { return one.peer == peer && one.id == id; });
        const std::optional<unsigned> credit = read_credit(body);
        if (cursor == cursors_.end() || !credit) {
            return refuse(peer, id,
                          {ReplayCode::bad_request,
                           credit ? "no replay of that id is under way" : "CREDIT must be decimal digits"});
        }
        // Not added to what is left: a client that gives before it reads gets no more on its way.
        cursor->credit = *credit;
        cursor->bytes = 0;
        cursor->heard = steady::now();
    }

    void forget_the_silent() {
        const steady::time_point now = steady::now();
        std::erase_if(cursors_, [&](const Cursor& cursor) {
            return cursor.credit == 0 && now - cursor.heard >= kPatience;
        });
    }

    /// One turn of one replay; then it is at the end of the row.
    void send_a_part() {
        const auto ready = std::find_if(cursors_.begin(), cursors_.end(),
                                        [](const Cursor& cursor) { return cursor.credit > 0; });
        if (ready == cursors_.end()) return;
        Cursor cursor = std::move(*ready);
        cursors_.erase(ready);
        if (advance(cursor)) cursors_.push_back(std::move(cursor));
    }

    /// Whether the replay goes on.
    bool advance(Cursor& cursor) {
        const std::size_t limit = std::min<std::size_t>(cursor.credit, kAtOnce);
        auto slice = source_.alerts_of(cursor.next, cursor.until, cursor.prefix, limit);
        if (!slice) {
            log::warning("replay", "cannot read the journal: {}", slice.error().line());
            return ended(cursor, {ReplayCode::internal, "the journal cannot be read now"});
        }
        if (slice->head.first > cursor.next)  // FAULTS.md 59: retention was faster
            return ended(cursor, {ReplayCode::gone, "alerts below `first` are kept no longer"});
        for (const StoredAlert& alert : slice->alerts) {
            if (!send_alert(cursor, alert)) return false;
            cursor.bytes += alert.payload.size();
            --cursor.credit;
        }
        cursor.next = slice->next;
        cursor.heard = steady::now();
        if (cursor.next > cursor.until) {
            static_cast<void>(send(cursor.peer, "END", cursor.id, end_body(cursor.until + 1, slice->head)));
            return false;
        }
        if (cursor.bytes >= kMostBytes) cursor.credit = 0;
        return cursor.credit > 0 || send(cursor.peer, "MORE", cursor.id, more_body(cursor.next, slice->head));
    }

    bool ended(const Cursor& cursor, const ReplayRefusal& refusal) {
        refuse(cursor.peer, cursor.id, refusal);
        return false;
    }

    void refuse(const std::string& peer, const std::string& id, const ReplayRefusal& refusal) {
        const StreamHead head = source_.head();
        JsonWriter body;
        body.begin_object();
        body.key("code").text(name_of(refusal.code));
        body.key("reason").text(refusal.reason);
        body.key("stream").text(head.stream);
        body.key("first").number(head.first);
        body.key("head").number(head.head);
        if (refusal.code == ReplayCode::busy)
            body.key("retry_after_ms").number(static_cast<std::uint64_t>(kComeBack.count()));
        body.end_object();
        static_cast<void>(send(peer, "ERROR", id, body.take()));
    }

    [[nodiscard]] static std::string more_body(std::uint64_t next, const StreamHead& head) {
        JsonWriter body;
        body.begin_object();
        body.key("next").number(next).key("head").number(head.head).key("first").number(head.first);
        body.end_object();
        return body.take();
    }

    [[nodiscard]] static std::string end_body(std::uint64_t next, const StreamHead& head) {
        JsonWriter body;
        body.begin_object();
        body.key("next").number(next).key("head").number(head.head).key("stream").text(head.stream);
        body.end_object();
        return body.take();
    }

    [[nodiscard]] bool send_alert(const Cursor& cursor, const StoredAlert& alert) {
        const auto numbers = encode_numbers(alert.number, alert.previous);
        return send_frames(cursor.peer,
                           {zmq::buffer(std::string_view{"ALERT"}), zmq::buffer(cursor.id),
                            zmq::buffer(alert.topic), zmq::buffer(numbers), zmq::buffer(alert.payload)});
    }
    [[nodiscard]] bool send(const std::string& peer, std::string_view word, const std::string& id,
                            const std::string& body) {
        return send_frames(peer, {zmq::buffer(word), zmq::buffer(id), zmq::buffer(body)});
    }

    /// False where the peer has gone or does not read: both end its replay, at once and for good.
    [[nodiscard]] bool send_frames(const std::string& peer, std::initializer_list<zmq::const_buffer> frames) {
        constexpr auto kDontWait = zmq::send_flags::dontwait;
        try {
            if (!socket_.send(zmq::buffer(peer), zmq::send_flags::sndmore | kDontWait)) return false;
            std::size_t left = frames.size();
            for (const zmq::const_buffer& frame : frames) {
                const bool last = --left == 0;
                if (!socket_.send(frame, last ? kDontWait : zmq::send_flags::sndmore | kDontWait))
                    return false;
            }
            return true;
        } catch (const zmq::error_t& error) {
            if (error.num() == EHOSTUNREACH) return false;
            throw;
        }
    }

    const ReplaySource source_;
    zmq::context_t context_{1};
    zmq::socket_t socket_;  // bound by the constructor's thread, then the replay thread's own
    std::vector<std::string> endpoints_{};
    std::vector<Cursor> cursors_{};  // the thread's own; in the order of their turns
    ServingThread thread_{};
};

}  // namespace

Result<std::unique_ptr<ReplayServer>> ReplayServer::start(const std::vector<std::string>& endpoints,
                                                          bool insecure, ReplaySource source) {
    try {
        auto server = std::make_unique<ReplayThread>(std::move(source));
        if (auto opened = server->open(endpoints, insecure); !opened) return tl::unexpected{opened.error()};
        server->run();
        return server;
    } catch (const std::exception& error) {
        return fail(ErrorKind::unavailable, std::string{"cannot start replays: "} + error.what(), {},
                    "look at the limits on open files and memory");
    }
}

}  // namespace newswatch::publish
