#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace newswatch::test {

/// What a client asked: the request line and headers as they came.
struct Request {
    std::string target{};
    std::string text{};

    /// The value of a header, empty where it was not sent.
    [[nodiscard]] std::string header(const std::string& name) const;
};

/// A small HTTP server on a free port of a loopback address, one thread for all its connections, which are
/// kept. `answer` gives the whole answer, status line included; it runs on that thread.
class HttpOrigin {
  public:
    using Answer = std::function<std::string(const Request&)>;
    explicit HttpOrigin(Answer answer, const std::string& host = "127.0.0.2");
    ~HttpOrigin();
    HttpOrigin(const HttpOrigin&) = delete;
    HttpOrigin& operator=(const HttpOrigin&) = delete;

    [[nodiscard]] std::string url(const std::string& path) const;
    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] std::vector<Request> requests() const;
    [[nodiscard]] std::size_t connections() const;

  private:
    void serve();

    Answer answer_;
    std::string host_;
    int listener_{-1};
    int stop_{-1};
    std::uint16_t port_{0};
    mutable std::mutex mutex_;
    std::vector<Request> requests_;  // guarded by mutex_
    std::size_t connections_{0};     // guarded by mutex_
    std::jthread thread_;
};

/// `HTTP/1.1 200 OK` with these header lines, Content-Length and body.
[[nodiscard]] std::string http_answer(const std::string& status, const std::string& headers,
                                      const std::string& body);

}  // namespace newswatch::test
