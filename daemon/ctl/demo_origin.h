#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/error.h"
#include "ctl/sample_feed.h"

struct MHD_Daemon;

namespace newswatch::ctl {

/// Serves the sample feeds as publishers would: each on an address of its own (127.0.0.11, 127.0.0.12 …), all
/// on one port, with an ETag. Only this machine can reach it.
///
/// Closed at first: whoever asks waits for `open`, so that a subscriber can be there before the first alert.
/// Owns a thread for each feed.
class DemoOrigin {
  public:
    [[nodiscard]] static Result<std::unique_ptr<DemoOrigin>> start(std::vector<SampleFeed> feeds);
    ~DemoOrigin();
    DemoOrigin(const DemoOrigin&) = delete;
    DemoOrigin& operator=(const DemoOrigin&) = delete;

    /// `http://127.0.0.11:40123/01-ar-wakala.xml` …, in the order of the feeds.
    [[nodiscard]] std::vector<std::string> urls() const;
    void open();

    struct Site;

  private:
    DemoOrigin();
    [[nodiscard]] bool listen(std::uint16_t port);

    std::mutex mutex_;
    std::condition_variable opened_;
    bool open_{false};  // guarded by mutex_
    std::uint16_t port_{0};
    std::vector<std::unique_ptr<Site>> sites_;
};

}  // namespace newswatch::ctl
