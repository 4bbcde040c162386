#include "fetch/local_http.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <fstream>
#include <thread>

namespace newswatch::fetch {
namespace {

/// Answers one connection on a Unix socket with fixed bytes and keeps what was asked.
class OneAnswer {
  public:
    explicit OneAnswer(std::string answer) {
        std::string name = (std::filesystem::temp_directory_path() / "newswatch-socket-XXXXXX").string();
        folder = ::mkdtemp(name.data());
        path = folder / "control.sock";
        listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
        EXPECT_EQ(::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
        EXPECT_EQ(::listen(listener, 4), 0);
        thread = std::jthread{[this, text = std::move(answer)] {
            const int fd = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
            if (fd < 0) return;  // the test wants nobody to listen
            char chunk[4096];
            while (asked.find("\r\n\r\n") == std::string::npos || !asked.ends_with(expected_end)) {
                const ssize_t got = ::recv(fd, chunk, sizeof chunk, 0);
                if (got <= 0) break;
                asked.append(chunk, static_cast<std::size_t>(got));
            }
            EXPECT_EQ(::send(fd, text.data(), text.size(), MSG_NOSIGNAL), static_cast<ssize_t>(text.size()));
            ::close(fd);
        }};
    }
    ~OneAnswer() {
        ::shutdown(listener, SHUT_RDWR);
        thread.join();
        ::close(listener);
        std::filesystem::remove_all(folder);
    }
    OneAnswer(const OneAnswer&) = delete;
    OneAnswer& operator=(const OneAnswer&) = delete;

    std::filesystem::path folder;
    std::filesystem::path path;
    std::string asked{};
    std::string expected_end{"}"};
    int listener{-1};
    std::jthread thread;
};

std::filesystem::path somewhere() {
    return std::filesystem::temp_directory_path() / "newswatch-no-such-folder" / "control.sock";
}

TEST(LocalHttp, an_answer_brings_its_status_and_body) {
    OneAnswer daemon{"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}"};
    const auto answer = ask_over_socket(daemon.path, "POST", "/v1/poll", R"({"urls":[]})");
    ASSERT_TRUE(answer) << answer.error().line();
    EXPECT_EQ(answer->status, 404);
    EXPECT_EQ(answer->body, "{}");
    EXPECT_TRUE(daemon.asked.starts_with("POST /v1/poll HTTP/1.1\r\n")) << daemon.asked;
    EXPECT_TRUE(daemon.asked.ends_with(R"({"urls":[]})")) << daemon.asked;
}

TEST(LocalHttp, a_missing_socket_asks_whether_the_daemon_runs) {
    const auto answer = ask_over_socket(somewhere(), "GET", "/v1/status", "");
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::unavailable);
    EXPECT_EQ(answer.error().what, "there is no socket");
    EXPECT_EQ(answer.error().where, somewhere().string());
    EXPECT_NE(answer.error().help, "");
}

TEST(LocalHttp, a_socket_that_nobody_listens_on_is_named) {
    OneAnswer daemon{"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"};
    ::shutdown(daemon.listener, SHUT_RDWR);
    const auto answer = ask_over_socket(daemon.path, "GET", "/v1/status", "");
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().what, "nobody listens on this socket");
}

TEST(LocalHttp, a_file_that_is_no_socket_is_named) {
    std::string name = (std::filesystem::temp_directory_path() / "newswatch-file-XXXXXX").string();
    const int fd = ::mkstemp(name.data());
    ::close(fd);
    const auto answer = ask_over_socket(name, "GET", "/v1/status", "");
    std::filesystem::remove(name);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().what, "is not a socket");
}

TEST(LocalHttp, a_path_that_no_socket_can_have_is_named) {
    const auto answer = ask_over_socket("/" + std::string(200, 'x'), "GET", "/v1/status", "");
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::configuration);
}

}  // namespace
}  // namespace newswatch::fetch
