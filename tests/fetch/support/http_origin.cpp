#include "support/http_origin.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <strings.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <map>
#include <stdexcept>

namespace newswatch::test {

namespace {

void write_all(int fd, const std::string& bytes) {
    for (std::size_t done = 0; done < bytes.size();) {
        const ssize_t put = ::send(fd, bytes.data() + done, bytes.size() - done, MSG_NOSIGNAL);
        if (put <= 0) return;  // the client hung up, which may be what the test is about
        done += static_cast<std::size_t>(put);
    }
}

}  // namespace

std::string Request::header(const std::string& name) const {
    std::size_t line = text.find("\r\n");
    while (line != std::string::npos) {
        line += 2;
        const std::size_t end = text.find("\r\n", line);
        const std::size_t colon = text.find(':', line);
        if (end == std::string::npos || colon == std::string::npos || colon > end) return {};
        if (colon - line == name.size() && ::strncasecmp(text.data() + line, name.data(), name.size()) == 0)
            return text.substr(colon + 2, end - colon - 2);
        line = end;
    }
    return {};
}

HttpOrigin::HttpOrigin(Answer answer, const std::string& host) : answer_{std::move(answer)}, host_{host} {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    ::inet_pton(AF_INET, host.c_str(), &address.sin_addr);
    socklen_t size = sizeof address;
    if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        ::listen(listener_, 1024) != 0 ||
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        throw std::runtime_error{"no server on " + host};
    port_ = ntohs(address.sin_port);
    stop_ = ::eventfd(0, EFD_CLOEXEC);
    thread_ = std::jthread{[this] { serve(); }};
}

HttpOrigin::~HttpOrigin() {
    const std::uint64_t one = 1;
    if (::write(stop_, &one, sizeof one) != sizeof one) std::terminate();
    thread_.join();
    ::close(listener_);
    ::close(stop_);
}

std::string HttpOrigin::url(const std::string& path) const {
    return "http://" + host_ + ":" + std::to_string(port_) + path;
}

std::vector<Request> HttpOrigin::requests() const {
    const std::lock_guard lock{mutex_};
    return requests_;
}

std::size_t HttpOrigin::connections() const {
    const std::lock_guard lock{mutex_};
    return connections_;
}

void HttpOrigin::serve() {
    std::map<int, std::string> received;  // by connection
    while (true) {
        std::vector<pollfd> waiting{{stop_, POLLIN, 0}, {listener_, POLLIN, 0}};
        for (const auto& [fd, bytes] : received)
            waiting.push_back({fd, POLLIN, 0});
        if (::poll(waiting.data(), waiting.size(), -1) < 0) continue;
        if (waiting[0].revents != 0) break;
        if (waiting[1].revents != 0) {
            const int fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
            if (fd >= 0) {
                const int one = 1;
                ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
                received[fd];
                const std::lock_guard lock{mutex_};
                ++connections_;
            }
        }
        for (std::size_t i = 2; i < waiting.size(); ++i) {
            if (waiting[i].revents == 0) continue;
            const int fd = waiting[i].fd;
            std::string& bytes = received[fd];
            char chunk[4096];
            const ssize_t got = ::recv(fd, chunk, sizeof chunk, 0);
            if (got <= 0) {
                ::close(fd);
                received.erase(fd);
                continue;
            }
            bytes.append(chunk, static_cast<std::size_t>(got));
            for (std::size_t end; (end = bytes.find("\r\n\r\n")) != std::string::npos;) {
                Request request{.text = bytes.substr(0, end + 4)};
                bytes.erase(0, end + 4);
                const std::size_t space = request.text.find(' ');
                request.target =
                    request.text.substr(space + 1, request.text.find(' ', space + 1) - space - 1);
                {
                    const std::lock_guard lock{mutex_};
                    requests_.push_back(request);
                }
                write_all(fd, answer_(request));
            }
        }
    }
    for (const auto& [fd, bytes] : received)
        ::close(fd);
}

std::string http_answer(const std::string& status, const std::string& headers, const std::string& body) {
    return "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body;
}

}  // namespace newswatch::test
