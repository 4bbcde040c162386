#include "client/tracker.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/format.h"

namespace newswatch::client {

namespace {

constexpr std::size_t kMostAside = std::size_t{64} << 20U;  // bytes; what is beyond comes by replay

std::string text_of(const nlohmann::json& object, const char* name) {
    if (!object.is_object()) return {};
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

}  // namespace

Tracker::Tracker(bool sees_all, std::chrono::milliseconds check_every, std::optional<Place> place)
    : sees_all_{sees_all}, check_every_{check_every}, place_{std::move(place).value_or(Place{})} {}

void Tracker::hear(Received received, time_point now) {
    if (received.topic == "hb/") return heartbeat(received, now);
    if (received.topic.starts_with("alert/")) alert(std::move(received));
}

std::uint64_t Tracker::known(const std::string& topic) const {
    const auto found = place_.last.find(topic);
    return found == place_.last.end() ? place_.through : std::max(place_.through, found->second);
}

void Tracker::alert(Received alert) {
    const bool must_wait = place_.stream.empty() || !proven_ || missing_;
    if (!must_wait && alert.first_number <= known(alert.topic)) return;
    if (!must_wait && alert.second_number <= known(alert.topic)) return apply(std::move(alert));
    const std::uint64_t number = alert.first_number;
    set_aside(std::move(alert));
    if (!must_wait) want_through(number, true);
}

void Tracker::set_aside(Received alert) {
    if (aside_bytes_ >= kMostAside) {
        dropped_ = std::max(dropped_, alert.first_number);
        return;
    }
    aside_bytes_ += sizeof alert + alert.payload.size();
    aside_.push_back(std::move(alert));
}

void Tracker::heartbeat(const Received& heartbeat, time_point now) {
    const nlohmann::json body = nlohmann::json::parse(heartbeat.payload, nullptr, false);
    const std::string stream = text_of(body, "stream");
    const std::string boot = text_of(body, "boot");
    const std::uint64_t head = heartbeat.first_number;
    if (stream != place_.stream) begin_stream(stream, head);
    // After a restart, and over a new connection, what went by is not known.
    const bool anew = !proven_ || boot != boot_;
    proven_ = true;
    boot_ = boot;
    if (missing_) return;
    if (head > place_.through && (anew || sees_all_ || now >= next_check_)) {
        next_check_ = now + check_every_;
        return want_through(head, sees_all_);
    }
    if (anew) settle();
}

void Tracker::begin_stream(const std::string& stream, std::uint64_t head) {
    if (!place_.stream.empty()) {
        holes_.push_back(
            newswatch::format("the daemon began another stream, {}: its numbers start again", stream));
        aside_.clear();
        aside_bytes_ = 0;
    }
    place_ = Place{.stream = stream, .through = head, .last = {}};
    missing_.reset();
    dropped_ = 0;
}

void Tracker::stand_at(std::uint64_t through) {
    place_.through = std::max(place_.through, through);
    std::erase_if(place_.last, [&](const auto& last) { return last.second <= place_.through; });
}

void Tracker::want_through(std::uint64_t until, bool certain) {
    missing_ =
        Missing{.stream = place_.stream, .from = place_.through + 1, .until = until, .certain = certain};
}

void Tracker::replayed(Received alert) {
    if (alert.first_number > known(alert.topic)) apply(std::move(alert));
}

void Tracker::replayed_below(std::uint64_t next) {
    if (!missing_ || next == 0) return;
    stand_at(std::min(next - 1, missing_->until));
    missing_->from = place_.through + 1;
    if (missing_->from > missing_->until) settle();
}

void Tracker::replay_ended(std::uint64_t next) {
    replayed_below(next);
    if (missing_ && missing_->from <= next) settle();
}

bool Tracker::refused(const ReplayError& error) {
    if (!missing_) return false;
    if (error.code == "busy" || error.code == "internal") return true;
    if (error.code == "stream_changed") {
        begin_stream(error.stream, error.head);
        settle();
    } else if (error.code == "out_of_range") {
        holes_.push_back(newswatch::format("the daemon's numbers end at {}, and we had come to {}",
                                           error.head, place_.through));
        place_.through = error.head;
        place_.last.clear();
        settle();
    } else if (error.code == "gone" && error.first > missing_->from) {
        const std::uint64_t end = std::min(error.first - 1, missing_->until);
        holes_.push_back(newswatch::format("the alerts {} to {} are kept no longer", missing_->from, end));
        replayed_below(end + 1);
    } else {
        give_up(newswatch::format(" ({}: {})", error.code, error.reason));
    }
    return false;
}

void Tracker::give_up(const std::string& reason) {
    if (!missing_) return;
    // A live alert that waits is not missing.
    std::uint64_t end = missing_->until;
    for (auto waiting = aside_.rbegin(); waiting != aside_.rend(); ++waiting)
        if (waiting->first_number == end) --end;
    if (missing_->certain && end >= missing_->from) {
        holes_.push_back(newswatch::format("missed {} {} to {}{}",
                                           sees_all_ ? "the alerts" : "alerts among the numbers",
                                           missing_->from, end, reason));
    }
    stand_at(end);
    settle();
}

/// Nothing is missing up to `through`: what waited has its turn, and may find the next gap.
void Tracker::settle() {
    missing_.reset();
    if (dropped_ > place_.through) return want_through(std::exchange(dropped_, 0), true);
    aside_bytes_ = 0;
    for (Received& waited : std::exchange(aside_, {}))
        alert(std::move(waited));
}

void Tracker::apply(Received alert) {
    place_.last[alert.topic] = alert.first_number;
    if (sees_all_ && !missing_ && alert.first_number == place_.through + 1) {
        place_.through = alert.first_number;
        place_.last.erase(alert.topic);
    }
    ready_.push_back(std::move(alert));
}

std::vector<Received> Tracker::take() {
    return std::exchange(ready_, {});
}

std::vector<std::string> Tracker::holes() {
    return std::exchange(holes_, {});
}

}  // namespace newswatch::client
