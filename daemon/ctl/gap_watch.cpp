#include "ctl/gap_watch.h"

#include <algorithm>

#include "base/format.h"

namespace newswatch::ctl {

std::optional<std::string> GapWatch::alert(const std::string& topic, std::uint64_t number,
                                           std::uint64_t previous) {
    if (!start_) start_ = number == 0 ? 0 : number - 1;  // the first thing heard: nothing before it is ours
    std::uint64_t& last = last_of_topic_[topic];
    const std::uint64_t known = std::max(*start_, last);
    last = std::max(last, number);
    last_ = std::max(last_, number);
    if (previous <= known) return std::nullopt;
    return format("missed at least alert {} of {}", previous, topic);
}

std::optional<std::string> GapWatch::heartbeat(const std::string& stream, std::uint64_t head) {
    if (!stream_.empty() && stream != stream_) {
        *this = GapWatch{sees_all_};
        stream_ = stream;
        start_ = last_ = head_before_ = head;
        return format("the daemon began another stream, {}: its numbers start again", stream);
    }
    stream_ = stream;
    if (!start_) start_ = head;
    last_ = std::max(last_, *start_);
    std::optional<std::string> missing;
    if (sees_all_ && head_before_ > last_) {
        missing = format("missed the alerts {} to {}", last_ + 1, head_before_);
        last_ = head_before_;
    }
    head_before_ = head;
    return missing;
}

}  // namespace newswatch::ctl
