#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

/// How a listener knows what it missed (WIRE.md, Frames): pure, no socket.
namespace newswatch::ctl {

class GapWatch {
  public:
    /// `sees_all`: the subscription covers every alert, so the head of a heartbeat speaks for it too.
    explicit GapWatch(bool sees_all) : sees_all_{sees_all} {}

    /// An alert came. One sentence where alerts of its topic are missing before it.
    [[nodiscard]] std::optional<std::string> alert(const std::string& topic, std::uint64_t number,
                                                   std::uint64_t previous);
    /// A heartbeat came. One sentence where the stream is another one, or alerts before the heartbeat before
    /// this one never arrived. (The head of this one may just be on its way.)
    [[nodiscard]] std::optional<std::string> heartbeat(const std::string& stream, std::uint64_t head);

  private:
    bool sees_all_;
    std::string stream_{};
    std::optional<std::uint64_t> start_{};  ///< everything up to here was before our time
    std::uint64_t last_{0};                 ///< the highest number seen, or said to be missing
    std::uint64_t head_before_{0};          ///< of the heartbeat before
    std::map<std::string, std::uint64_t> last_of_topic_{};
};

}  // namespace newswatch::ctl
