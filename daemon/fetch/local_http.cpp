#include "fetch/local_http.h"

#include <curl/curl.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <new>
#include <system_error>
#include <utility>

#include "base/format.h"
#include "fetch/curl_multi.h"

namespace newswatch::fetch {

namespace {

/// The daemon's own answers: an archive search may be long, but is never this long.
constexpr std::size_t kLongestAnswer = std::size_t{256} << 20;
constexpr long kConnectMilliseconds = 5000;

struct ListDeleter {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

/// Where an answer goes to.
struct Sink {
    CURL* easy{nullptr};
    LocalAnswer answer{};
    int into{-1};    ///< the file that a good answer is written to; -1: everything to answer.body
    int refusal{0};  ///< errno of the write that failed
};

bool write_all(const char* bytes, std::size_t size, Sink& sink) {
    for (std::size_t done = 0; done < size;) {
        const ssize_t put = ::write(sink.into, bytes + done, size - done);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) {
            sink.refusal = errno;
            return false;
        }
        done += static_cast<std::size_t>(put);
    }
    return true;
}

std::size_t take(char* bytes, std::size_t size, std::size_t count, void* context) {
    Sink& sink = *static_cast<Sink*>(context);
    long status = 0;
    curl_easy_getinfo(sink.easy, CURLINFO_RESPONSE_CODE, &status);
    if (sink.into >= 0 && status == 200) return write_all(bytes, size * count, sink) ? size * count : 0;
    std::string& text = sink.answer.body;
    if (text.size() + size * count > kLongestAnswer) return 0;
    try {
        text.append(bytes, size * count);
    } catch (const std::bad_alloc&) {
        return 0;
    }
    return size * count;
}

/// Why nobody answers at `socket`, from what can be seen of it.
tl::unexpected<Error> nobody_answers(const std::filesystem::path& socket, int reason) {
    const std::string where = socket.string();
    struct stat about {};
    if (::stat(socket.c_str(), &about) != 0 && (errno == ENOENT || errno == ENOTDIR)) {
        return fail(ErrorKind::unavailable, "there is no socket", where,
                    "is newswatchd running, and does control.socket name this path?");
    }
    if (reason == EACCES || reason == EPERM || errno == EACCES) {
        return fail(ErrorKind::unavailable, "you may not use this socket", where,
                    "join the group newswatch, or run this as root");
    }
    if (!S_ISSOCK(about.st_mode)) {
        return fail(ErrorKind::unavailable, "is not a socket", where,
                    "control.socket must name newswatchd's");
    }
    return fail(ErrorKind::unavailable, "nobody listens on this socket", where, "is newswatchd running?");
}

Result<LocalAnswer> ask(const std::filesystem::path& socket, std::string_view method, std::string_view target,
                        std::string_view body, long seconds, int into) {
    if (socket.native().size() >= sizeof(sockaddr_un::sun_path)) {
        return fail(ErrorKind::configuration,
                    format("the path is longer than {} bytes", sizeof(sockaddr_un::sun_path) - 1),
                    socket.string(), "choose a shorter control.socket");
    }
    const EasyHandle easy{curl_easy_init()};
    if (!easy) throw std::bad_alloc{};
    Sink sink{.easy = easy.get(), .into = into};
    const std::string verb{method};
    const std::string url = "http://localhost" + std::string{target};
    // Without an Expect header libcurl would wait for a 100 before it sends a large body.
    const std::unique_ptr<curl_slist, ListDeleter> headers{
        curl_slist_append(curl_slist_append(nullptr, "Expect:"), "Content-Type: application/json")};
    curl_easy_setopt(easy.get(), CURLOPT_UNIX_SOCKET_PATH, socket.c_str());
    curl_easy_setopt(easy.get(), CURLOPT_URL, url.c_str());
    curl_easy_setopt(easy.get(), CURLOPT_PROTOCOLS_STR, "http");
    curl_easy_setopt(easy.get(), CURLOPT_PROXY, "");
    curl_easy_setopt(easy.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy.get(), CURLOPT_TIMEOUT, seconds);
    curl_easy_setopt(easy.get(), CURLOPT_CONNECTTIMEOUT_MS, kConnectMilliseconds);
    curl_easy_setopt(easy.get(), CURLOPT_WRITEFUNCTION, &take);
    curl_easy_setopt(easy.get(), CURLOPT_WRITEDATA, &sink);
    curl_easy_setopt(easy.get(), CURLOPT_HTTPHEADER, headers.get());
    if (!body.empty() || method == "POST" || method == "PUT") {
        curl_easy_setopt(easy.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
        curl_easy_setopt(easy.get(), CURLOPT_COPYPOSTFIELDS, body.data() != nullptr ? body.data() : "");
    }
    curl_easy_setopt(easy.get(), CURLOPT_CUSTOMREQUEST, verb.c_str());
    const CURLcode result = curl_easy_perform(easy.get());
    curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &sink.answer.status);
    switch (result) {
        case CURLE_OK:
            return std::move(sink.answer);
        case CURLE_COULDNT_CONNECT: {
            long reason = 0;
            curl_easy_getinfo(easy.get(), CURLINFO_OS_ERRNO, &reason);
            return nobody_answers(socket, static_cast<int>(reason));
        }
        case CURLE_OPERATION_TIMEDOUT:
            return fail(ErrorKind::unavailable, format("newswatchd did not answer within {} s", seconds),
                        socket.string(), "it may be busy or stopped: see its log");
        case CURLE_WRITE_ERROR:
            if (sink.refusal != 0) {
                return fail(ErrorKind::storage,
                            "cannot write: " + std::generic_category().message(sink.refusal));
            }
            [[fallthrough]];
        default:
            return fail(ErrorKind::unavailable,
                        format("newswatchd gave no proper answer: {}", curl_easy_strerror(result)),
                        socket.string(), "it may have ended: see its log");
    }
}

}  // namespace

Result<LocalAnswer> ask_over_socket(const std::filesystem::path& socket, std::string_view method,
                                    std::string_view target, std::string_view body, long seconds) {
    return ask(socket, method, target, body, seconds, -1);
}

Result<LocalAnswer> fetch_over_socket(const std::filesystem::path& socket, std::string_view method,
                                      std::string_view target, int into, long seconds) {
    return ask(socket, method, target, {}, seconds, into);
}

}  // namespace newswatch::fetch
