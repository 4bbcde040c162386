#include "control/control_server.h"

#include <gmock/gmock.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

namespace newswatch::control {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::StartsWith;

/// A client of its own, byte by byte: it may be as wrong as it likes.
std::string send_and_receive(const std::filesystem::path& path, const std::string& request) {
    const int client = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.native().copy(address.sun_path, sizeof address.sun_path - 1);
    std::string answer;
    if (connect(client, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) {
        for (std::size_t sent = 0; sent < request.size();) {
            const ssize_t size = send(client, request.data() + sent, request.size() - sent, MSG_NOSIGNAL);
            if (size <= 0) break;
            sent += static_cast<std::size_t>(size);
        }
        char bytes[4096];
        for (ssize_t size = 0; (size = recv(client, bytes, sizeof bytes, 0)) > 0;) {
            answer.append(bytes, static_cast<std::size_t>(size));
        }
    }
    close(client);
    return answer;
}

std::string request(const std::string& line, const std::string& headers = {}, const std::string& body = {}) {
    return line + " HTTP/1.1\r\nHost: newswatch\r\nConnection: close\r\n" + headers + "\r\n" + body;
}

json body_of(const std::string& answer) {
    return json::parse(answer.substr(answer.find("\r\n\r\n") + 4));
}

class Control : public testing::Test {
  protected:
    void SetUp() override {
        char pattern[] = "/tmp/newswatch-control-XXXXXX";
        folder_ = mkdtemp(pattern);
        socket_ = folder_ / "control.sock";
    }
    void TearDown() override {
        server_.reset();
        std::filesystem::remove_all(folder_);
    }
    void serve(std::map<std::string, Handler> routes) {
        Result<std::unique_ptr<ControlServer>> server = ControlServer::start(socket_, std::move(routes));
        ASSERT_TRUE(server) << server.error().line();
        server_ = std::move(*server);
    }
    std::string ask(const std::string& line, const std::string& headers = {}, const std::string& body = {}) {
        return send_and_receive(socket_, request(line, headers, body));
    }
    static ControlAnswer fine(const ControlRequest&) { return {200, R"({"fine":true})"}; }

    std::filesystem::path folder_;
    std::filesystem::path socket_;
    std::unique_ptr<ControlServer> server_;
};

TEST_F(Control, a_route_answers_with_json) {
    serve({{"GET /v1/status", fine}});
    const std::string answer = ask("GET /v1/status");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 "));
    EXPECT_THAT(answer, HasSubstr("Content-Type: application/json\r\n"));
    EXPECT_EQ(body_of(answer), json::parse(R"({"fine":true})"));
}

TEST_F(Control, a_handler_sees_path_query_and_body) {
    serve(
        {{"POST /v1/poll", [](const ControlRequest& asked) {
              return ControlAnswer{
                  200,
                  json{{"path", asked.path}, {"last", asked.query.at("last")}, {"body", asked.body}}.dump()};
          }}});
    const std::string answer = ask("POST /v1/poll?last=7%20d", "Content-Length: 5\r\n", "hello");
    EXPECT_EQ(body_of(answer), json::parse(R"({"path":"/v1/poll","last":"7 d","body":"hello"})"));
}

TEST_F(Control, a_route_that_ends_in_a_slash_takes_what_is_below_it) {
    serve({{"GET /v1/alerts/", [](const ControlRequest& asked) {
                return ControlAnswer{200, json{{"path", asked.path}}.dump()};
            }}});
    EXPECT_EQ(body_of(ask("GET /v1/alerts/a7f3"))["path"], "/v1/alerts/a7f3");
}

TEST_F(Control, an_unknown_path_is_404_with_a_reason) {
    serve({{"GET /v1/status", fine}});
    const std::string answer = ask("GET /v1/statuses");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 404 "));
    EXPECT_EQ(body_of(answer)["error"]["code"], "not_found");
    EXPECT_THAT(std::string{body_of(answer)["error"]["message"]}, HasSubstr("/v1/statuses"));
}

TEST_F(Control, a_known_path_with_another_method_is_405_and_says_which_are_allowed) {
    serve({{"POST /v1/reload", fine}});
    const std::string answer = ask("GET /v1/reload");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 405 "));
    EXPECT_THAT(answer, HasSubstr("Allow: POST\r\n"));
    EXPECT_EQ(body_of(answer)["error"]["code"], "method_not_allowed");
}

TEST_F(Control, a_body_of_one_mebibyte_is_read) {
    serve({{"POST /v1/poll", [](const ControlRequest& asked) {
                return ControlAnswer{200, json{{"size", asked.body.size()}}.dump()};
            }}});
    const std::string answer = ask("POST /v1/poll", "Content-Length: 1048576\r\n", std::string(1048576, 'x'));
    EXPECT_EQ(body_of(answer)["size"], 1048576);
}

TEST_F(Control, a_longer_body_is_413) {
    serve({{"POST /v1/poll", fine}});
    const std::string answer = ask("POST /v1/poll", "Content-Length: 1048577\r\n");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 413 "));
    EXPECT_EQ(body_of(answer)["error"]["code"], "too_large");
}

TEST_F(Control, a_body_without_a_length_is_411) {
    serve({{"POST /v1/poll", fine}});
    const std::string answer = ask("POST /v1/poll", "Transfer-Encoding: chunked\r\n", "0\r\n\r\n");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 411 "));
}

TEST_F(Control, a_handler_that_throws_costs_one_answer) {
    serve({{"GET /v1/bug", [](const ControlRequest&) -> ControlAnswer { throw std::runtime_error{"bug"}; }},
           {"GET /v1/status", fine}});
    EXPECT_THAT(ask("GET /v1/bug"), StartsWith("HTTP/1.1 500 "));
    EXPECT_THAT(ask("GET /v1/status"), StartsWith("HTTP/1.1 200 "));
}

TEST_F(Control, bytes_that_are_no_utf8_are_answered_all_the_same) {
    serve({{"GET /v1/status", fine}});
    EXPECT_THAT(ask("GET /v1/%ff%fe"), StartsWith("HTTP/1.1 404 "));
}

TEST_F(Control, the_socket_is_for_owner_and_group) {
    serve({});
    struct stat file {};
    ASSERT_EQ(stat(socket_.c_str(), &file), 0);
    EXPECT_EQ(file.st_mode & 07777U, 0660U);
}

TEST_F(Control, the_socket_file_goes_with_the_server) {
    serve({});
    server_.reset();
    EXPECT_FALSE(std::filesystem::exists(socket_));
}

TEST_F(Control, a_socket_left_behind_by_a_dead_process_is_replaced) {
    const int dead = socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    socket_.native().copy(address.sun_path, sizeof address.sun_path - 1);
    ASSERT_EQ(bind(dead, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    close(dead);  // the file stays, nobody listens
    serve({{"GET /v1/status", fine}});
    EXPECT_THAT(ask("GET /v1/status"), StartsWith("HTTP/1.1 200 "));
}

TEST_F(Control, a_second_server_is_refused_and_the_first_goes_on) {
    serve({{"GET /v1/status", fine}});
    const Result<std::unique_ptr<ControlServer>> second = ControlServer::start(socket_, {});
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, ErrorKind::unavailable);
    EXPECT_THAT(second.error().what, HasSubstr("listens here already"));
    EXPECT_THAT(ask("GET /v1/status"), StartsWith("HTTP/1.1 200 "));
}

TEST_F(Control, a_file_that_is_no_socket_is_never_removed) {
    std::ofstream{socket_} << "precious";
    const Result<std::unique_ptr<ControlServer>> server = ControlServer::start(socket_, {});
    ASSERT_FALSE(server);
    EXPECT_THAT(server.error().what, HasSubstr("no socket"));
    EXPECT_TRUE(std::filesystem::is_regular_file(socket_));
}

TEST_F(Control, a_folder_that_is_not_there_is_named) {
    const Result<std::unique_ptr<ControlServer>> server =
        ControlServer::start(folder_ / "missing" / "control.sock", {});
    ASSERT_FALSE(server);
    EXPECT_THAT(server.error().help, HasSubstr((folder_ / "missing").native()));
}

TEST_F(Control, a_path_too_long_for_a_unix_socket_is_a_configuration_error) {
    const Result<std::unique_ptr<ControlServer>> server =
        ControlServer::start(folder_ / std::string(120, 'x'), {});
    ASSERT_FALSE(server);
    EXPECT_EQ(server.error().kind, ErrorKind::configuration);
}

}  // namespace
}  // namespace newswatch::control
