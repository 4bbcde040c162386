#include "publish/endpoint.h"

#include <gmock/gmock.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <fstream>

#include "temporary_folder.h"

namespace newswatch::publish {
namespace {

using testing::HasSubstr;

/// A Unix socket that listens until it goes; its file stays, as after a crash.
class Listener {
  public:
    explicit Listener(const std::string& path) : fd_{::socket(AF_UNIX, SOCK_STREAM, 0)} {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
        EXPECT_EQ(::bind(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
        EXPECT_EQ(::listen(fd_, 4), 0);
    }
    ~Listener() { ::close(fd_); }
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

  private:
    int fd_;
};

TEST(Endpoint, loopback_and_ipc_are_allowed) {
    for (const char* endpoint : {"tcp://127.0.0.1:5556", "tcp://127.9.8.7:*", "tcp://localhost:1",
                                 "tcp://[::1]:5556", "ipc:///run/newswatch/alerts.sock"})
        EXPECT_TRUE(check_endpoint(endpoint, false)) << endpoint;
}

TEST(Endpoint, tcp_beyond_loopback_needs_insecure) {
    for (const char* endpoint : {"tcp://*:5556", "tcp://0.0.0.0:5556", "tcp://eth0:5556",
                                 "tcp://192.0.2.1:5556", "tcp://[::]:5556", "tcp://127.example.org:5556"}) {
        const auto refused = check_endpoint(endpoint, false);
        ASSERT_FALSE(refused) << endpoint;
        EXPECT_THAT(refused.error().line(), HasSubstr(endpoint));
        EXPECT_THAT(refused.error().line(), HasSubstr("insecure: yes"));
        EXPECT_TRUE(check_endpoint(endpoint, true)) << endpoint;
    }
}

TEST(Endpoint, what_is_no_endpoint_is_refused_with_an_example) {
    for (const char* endpoint :
         {"", "5556", "tcp://", "tcp://127.0.0.1", "tcp://127.0.0.1:", "tcp://127.0.0.1:http",
          "udp://127.0.0.1:5556", "inproc://alerts", "ipc://", "ipc://relative.sock", "ipc://@abstract"}) {
        const auto refused = check_endpoint(endpoint, true);
        ASSERT_FALSE(refused) << endpoint;
        EXPECT_EQ(refused.error().kind, ErrorKind::configuration);
        EXPECT_THAT(refused.error().line(), HasSubstr("write "));
    }
}

TEST(Endpoint, an_ipc_path_longer_than_a_socket_address_is_refused) {
    const auto refused = check_endpoint("ipc:///" + std::string(120, 'a'), false);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().line(), HasSubstr("at most 107 bytes"));
}

TEST(Endpoint, a_stale_socket_file_is_removed) {
    const TemporaryFolder folder;
    const std::string path = folder.path() / "alerts.sock";
    { const Listener crashed{path}; }
    ASSERT_TRUE(std::filesystem::exists(path));
    EXPECT_TRUE(clear_stale_ipc("ipc://" + path));
    EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(Endpoint, a_socket_that_somebody_listens_on_is_left_alone) {
    const TemporaryFolder folder;
    const std::string path = folder.path() / "alerts.sock";
    const Listener alive{path};
    const auto refused = clear_stale_ipc("ipc://" + path);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().line(), HasSubstr("in use"));
    EXPECT_TRUE(std::filesystem::exists(path));
}

TEST(Endpoint, a_file_that_is_no_socket_is_left_alone) {
    const TemporaryFolder folder;
    const std::string path = folder.path() / "precious.txt";
    std::ofstream{path} << "mine";
    const auto refused = clear_stale_ipc("ipc://" + path);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().line(), HasSubstr("no socket"));
    EXPECT_TRUE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace newswatch::publish
