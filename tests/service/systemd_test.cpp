#include <gmock/gmock.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "service/service.h"

namespace newswatch::service {
namespace {

using testing::HasSubstr;

/// Stands where systemd stands: the datagram socket that NOTIFY_SOCKET names.
class Notifications : public testing::Test {
  protected:
    void SetUp() override {
        char pattern[] = "/tmp/newswatch-notify-XXXXXX";
        folder_ = mkdtemp(pattern);
        socket_ = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        const std::string path = folder_ / "notify";
        path.copy(address.sun_path, sizeof address.sun_path - 1);
        ASSERT_EQ(bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
        setenv("NOTIFY_SOCKET", path.c_str(), 1);
    }
    void TearDown() override {
        unsetenv("NOTIFY_SOCKET");
        close(socket_);
        std::filesystem::remove_all(folder_);
    }
    /// Empty where nothing was sent.
    std::string next() const {
        char bytes[512];
        const ssize_t size = recv(socket_, bytes, sizeof bytes, MSG_DONTWAIT);
        return size < 0 ? std::string{} : std::string(bytes, static_cast<std::size_t>(size));
    }

  private:
    std::filesystem::path folder_;
    int socket_{-1};
};

TEST_F(Notifications, ready_says_so_with_its_status) {
    ready("8 feeds, 3 watchlists");
    EXPECT_EQ(next(), "READY=1\nSTATUS=8 feeds, 3 watchlists");
}

TEST_F(Notifications, a_status_of_two_lines_cannot_smuggle_in_an_assignment) {
    status("feed \"a\nSTOPPING=1\"");
    EXPECT_EQ(next(), "STATUS=feed \"a STOPPING=1\"");
}

TEST_F(Notifications, reloading_carries_the_monotonic_time) {
    reloading();
    EXPECT_THAT(next(), HasSubstr("RELOADING=1\nMONOTONIC_USEC="));
}

TEST_F(Notifications, stopping_is_said) {
    stopping();
    EXPECT_EQ(next(), "STOPPING=1");
}

TEST_F(Notifications, the_watchdog_is_left_alone_where_the_unit_does_not_ask_for_one) {
    alive();
    EXPECT_EQ(next(), "");
}

/// What systemd sets for a unit with WatchdogSec=.
class Watchdog : public Notifications {
  protected:
    void SetUp() override {
        Notifications::SetUp();
        setenv("WATCHDOG_USEC", "6000000", 1);
        setenv("WATCHDOG_PID", std::to_string(getpid()).c_str(), 1);
    }
    void TearDown() override {
        unsetenv("WATCHDOG_USEC");
        unsetenv("WATCHDOG_PID");
        Notifications::TearDown();
    }
};

TEST_F(Watchdog, it_is_fed_where_the_unit_asks_for_one) {
    alive();
    EXPECT_EQ(next(), "WATCHDOG=1");
}

TEST_F(Watchdog, the_threads_are_looked_after_three_times_in_its_time) {
    EXPECT_EQ(look_every(), std::chrono::seconds{2});
}

TEST_F(Notifications, without_a_watchdog_the_threads_are_looked_after_every_ten_seconds) {
    EXPECT_EQ(look_every(), std::chrono::seconds{10});
}

}  // namespace
}  // namespace newswatch::service
