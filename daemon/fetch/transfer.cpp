#include "fetch/transfer.h"

#include <sys/socket.h>

#include <algorithm>
#include <new>
#include <system_error>
#include <utility>

#include "base/format.h"
#include "fetch/http_status.h"

namespace newswatch::fetch {

namespace {

/// POLLING.md §3: with Debian's default CA path libcurl loads every certificate anew, 18 ms a connection.
constexpr const char* kCertificates = "/etc/ssl/certs/ca-certificates.crt";
constexpr const char* kAccept =
    "Accept: application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, "
    "text/xml;q=0.9, */*;q=0.5";
constexpr long kLeastBytesPerSecond = 100;
constexpr std::string_view kRootEnds[] = {"</rss", "</feed", ":RDF", "</urlset", "</html", "</HTML"};

struct UrlDeleter {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

std::string amount(std::size_t bytes) {
    if (bytes >= std::size_t{1} << 20 && bytes % (std::size_t{1} << 20) == 0)
        return format("{} MiB", bytes >> 20);
    if (bytes >= 1024 && bytes % 1024 == 0) return format("{} KiB", bytes >> 10);
    return format("{} bytes", bytes);
}

std::string duration(std::chrono::milliseconds time) {
    if (time.count() % 1000 == 0) return format("{} s", time.count() / 1000);
    return format("{} ms", time.count());
}

/// Whether a document that came compressed looks whole. libcurl takes a gzip stream that was cut short for a
/// good one; what was inside then stops in the middle of a word or a tag. Feeds with a PHP notice or a
/// comment behind their last tag pass, as do UTF-16 and JSON. A cut that falls behind a `>` is not seen.
bool looks_whole(std::string_view document) {
    constexpr std::string_view kBlank{" \t\r\n\0\x1a", 6};
    const std::size_t last = document.find_last_not_of(kBlank);
    if (last == std::string_view::npos) return true;
    if (std::string_view{">}]"}.find(document[last]) != std::string_view::npos) return true;
    const std::string_view tail =
        document.substr(document.size() - std::min(document.size(), std::size_t{4096}));
    return std::any_of(std::begin(kRootEnds), std::end(kRootEnds),
                       [&](std::string_view end) { return tail.find(end) != std::string_view::npos; });
}

/// The URL as text; empty where it is none.
std::optional<std::string> text_of(CURLU* url) {
    char* text = nullptr;
    if (curl_url_get(url, CURLUPART_URL, &text, 0) != CURLUE_OK) return std::nullopt;
    std::string copy{text};
    curl_free(text);
    return copy;
}

}  // namespace

Transfer::Transfer(PollRequest request, const FetchLimits& limits, const AddressRules& rules, EasyHandle easy)
    : request_{std::move(request)}, limits_{limits}, rules_{rules}, easy_{std::move(easy)} {
    set(CURLOPT_PRIVATE, this);
    set(CURLOPT_URL, request_.url.c_str());
    set(CURLOPT_NOSIGNAL, 1L);
    // A resolver that hangs is left behind: waiting for its thread would stop the whole loop.
    set(CURLOPT_QUICK_EXIT, 1L);
    set(CURLOPT_ERRORBUFFER, curl_says_.data());
    set(CURLOPT_USERAGENT, limits_.user_agent.c_str());
    set(CURLOPT_ACCEPT_ENCODING, "gzip, deflate, br");
    set(CURLOPT_CAPATH, static_cast<char*>(nullptr));
    set(CURLOPT_CAINFO, kCertificates);
    set_limits();
    set_destination();
    set_request_headers();
    set(CURLOPT_HEADERFUNCTION, &Transfer::on_header);
    set(CURLOPT_HEADERDATA, this);
    set(CURLOPT_WRITEFUNCTION, &Transfer::on_body);
    set(CURLOPT_WRITEDATA, this);
}

template <class Value>
void Transfer::set(CURLoption option, Value value) {
    // Unknown options cannot occur; what is left to fail is memory.
    if (curl_easy_setopt(easy_.get(), option, value) == CURLE_OUT_OF_MEMORY) throw std::bad_alloc{};
}

void Transfer::set_limits() {
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(limits_.whole.count()));
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits_.connect.count()));
    set(CURLOPT_LOW_SPEED_LIMIT, kLeastBytesPerSecond);
    // Refuses by Content-Length alone; what is not announced is counted in on_body.
    set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(limits_.body));
    set(CURLOPT_FOLLOWLOCATION, 1L);
    set(CURLOPT_MAXREDIRS, static_cast<long>(limits_.redirects));
}

void Transfer::set_destination() {
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    // Always set: an empty string keeps libcurl from reading http_proxy out of the environment.
    set(CURLOPT_PROXY, limits_.proxy.c_str());
    // With a proxy it is the proxy that connects, and its own address is the operator's choice.
    if (!limits_.proxy.empty()) return;
    set(CURLOPT_OPENSOCKETFUNCTION, &Transfer::on_open);
    set(CURLOPT_OPENSOCKETDATA, this);
}

void Transfer::set_request_headers() {
    const auto append = [&](const std::string& line) {
        curl_slist* longer = curl_slist_append(request_headers_.get(), line.c_str());
        if (longer == nullptr) throw std::bad_alloc{};
        if (!request_headers_) request_headers_.reset(longer);
    };
    append(kAccept);
    if (!request_.etag.empty() && is_sendable(request_.etag)) {
        append("If-None-Match: " + request_.etag);
    }
    if (!request_.last_modified.empty() && is_sendable(request_.last_modified)) {
        append("If-Modified-Since: " + request_.last_modified);
    }
    set(CURLOPT_HTTPHEADER, request_headers_.get());
}

std::size_t Transfer::on_header(char* bytes, std::size_t size, std::size_t count, void* self) {
    Transfer& transfer = *static_cast<Transfer*>(self);
    try {
        transfer.headers_.add({bytes, size * count});
    } catch (const std::bad_alloc&) {
        transfer.refusal_ = Refusal::memory;
        return 0;
    }
    // A server may think for as long as it is allowed; once it talks, half of that time at a drip is enough.
    // libcurl counts whole seconds, and 0 of them as no limit.
    curl_easy_setopt(
        transfer.easy(), CURLOPT_LOW_SPEED_TIME,
        static_cast<long>(std::chrono::floor<std::chrono::seconds>(transfer.limits_.whole / 2).count()));
    if (transfer.headers_.size() > transfer.limits_.headers) {
        transfer.refusal_ = Refusal::headers;
        return 0;
    }
    // RFC 9110 §8.6: two lengths are how one answer is passed off as two.
    if (transfer.headers_.has_two_lengths()) {
        transfer.refusal_ = Refusal::lengths;
        return 0;
    }
    // Two codings, one inside the other, are how a megabyte becomes a terabyte; no feed needs them.
    if (transfer.headers_.encodings() > 1) {
        transfer.refusal_ = Refusal::nested_encoding;
        return 0;
    }
    return size * count;
}

std::size_t Transfer::on_body(char* bytes, std::size_t size, std::size_t count, void* self) {
    Transfer& transfer = *static_cast<Transfer*>(self);
    const std::size_t more = size * count;
    transfer.body_size_ += more;
    if (transfer.body_size_ > transfer.limits_.body) {
        transfer.refusal_ = Refusal::body;
        return 0;
    }
    // The body of an error page is read, so that its connection can be kept, and dropped.
    if (transfer.headers_.status() != 200) return more;
    try {
        transfer.body_.append(bytes, more);
    } catch (const std::bad_alloc&) {
        transfer.refusal_ = Refusal::memory;
        return 0;
    }
    return more;
}

curl_socket_t Transfer::on_open(void* self, curlsocktype, curl_sockaddr* address) {
    Transfer& transfer = *static_cast<Transfer*>(self);
    std::string refusal = transfer.rules_.refusal(address->addr);
    if (!refusal.empty()) {
        transfer.forbidden_ = std::move(refusal);
        return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

bool Transfer::begin_again(CURLcode result) {
    const bool no_answer =
        headers_.size() == 0 && (result == CURLE_UNSUPPORTED_PROTOCOL || result == CURLE_WEIRD_SERVER_REPLY);
    long new_connections = 1;
    curl_easy_getinfo(easy_.get(), CURLINFO_NUM_CONNECTS, &new_connections);
    if (!no_answer || new_connections > 0 || second_try_) return false;
    second_try_ = true;
    curl_says_.fill('\0');
    set(CURLOPT_FRESH_CONNECT, 1L);
    return true;
}

FetchAnswer Transfer::answer(CURLcode result, Time now) {
    FetchAnswer answer;
    answer.status = headers_.status();
    answer.wishes = headers_.wishes(now);
    answer.moved_to = permanent_target();
    if (result != CURLE_OK) {
        answer.error = failure(result);
    } else {
        judge_status(answer);
        if (answer.status == 200) accept_document(answer, now);
    }
    answer.request = std::move(request_);
    return answer;
}

/// RFC 9110 §15, as far as it matters to somebody who asks for a feed.
void Transfer::judge_status(FetchAnswer& answer) {
    const bool conditional = !request_.etag.empty() || !request_.last_modified.empty();
    answer.error = status_sentence(answer.status);
    switch (answer.status) {
        case 304:
            if (!conditional) {
                answer.error += " although nothing was held back: a cache on the way is broken";
                return;
            }
            answer.end = PollEnd::not_modified;
            answer.error.clear();
            answer.etag = headers_.etag();
            answer.last_modified = headers_.last_modified();
            return;
        case 410:
            answer.end = PollEnd::gone;
            return;
        case 429:
            answer.end = PollEnd::refused;
            return;
        case 503:
            if (answer.wishes.retry_after) answer.end = PollEnd::refused;
            return;
        default:
            if (answer.status >= 300 && answer.status < 400) answer.error += " without a place to go to";
            return;
    }
}

void Transfer::accept_document(FetchAnswer& answer, Time now) {
    if (body_.empty()) {
        answer.error = "the answer is empty";
        return;
    }
    if (headers_.encodings() > 0 && !looks_whole(body_)) {
        answer.error = "the compressed answer ends in the middle of the document";
        return;
    }
    answer.end = PollEnd::fetched;
    answer.error.clear();
    answer.etag = headers_.etag();
    answer.last_modified = headers_.last_modified();
    answer.document = Document{.feed = request_.feed.id,
                               .url = effective_url(),
                               .content_location = headers_.content_location(),
                               .content_type = headers_.content_type(),
                               .bytes = std::move(body_),
                               .etag = headers_.etag(),
                               .last_modified = headers_.last_modified(),
                               .fetched_at = now,
                               .language = request_.feed.language,
                               .reader = request_.feed.reader,
                               .reader_settings = request_.feed.reader_settings};
}

/// Where the document was found, without a user's name and password: it goes into articles and logs.
std::string Transfer::effective_url() const {
    const char* url = nullptr;
    curl_easy_getinfo(easy_.get(), CURLINFO_EFFECTIVE_URL, &url);
    if (url == nullptr) return request_.url;
    const std::unique_ptr<CURLU, UrlDeleter> parts{curl_url()};
    if (!parts || curl_url_set(parts.get(), CURLUPART_URL, url, 0) != CURLUE_OK) return url;
    curl_url_set(parts.get(), CURLUPART_USER, nullptr, 0);
    curl_url_set(parts.get(), CURLUPART_PASSWORD, nullptr, 0);
    curl_url_set(parts.get(), CURLUPART_FRAGMENT, nullptr, 0);
    return text_of(parts.get()).value_or(url);
}

/// RFC 9110 §15.4.2, §15.4.9: the end of the permanent part of the chain; what a temporary answer says is not
/// to be remembered, nor what stands behind it.
std::string Transfer::permanent_target() const {
    const std::unique_ptr<CURLU, UrlDeleter> url{curl_url()};
    if (!url || curl_url_set(url.get(), CURLUPART_URL, request_.url.c_str(), 0) != CURLUE_OK) return {};
    bool moved = false;
    for (const ResponseHeaders::Redirect& redirect : headers_.redirects()) {
        if (redirect.status != 301 && redirect.status != 308) break;
        if (curl_url_set(url.get(), CURLUPART_URL, redirect.location.c_str(), CURLU_URLENCODE) != CURLUE_OK)
            return {};
        moved = true;
    }
    if (!moved) return {};
    curl_url_set(url.get(), CURLUPART_FRAGMENT, nullptr, 0);
    return text_of(url.get()).value_or(std::string{});
}

std::string Transfer::host() const {
    const char* url = nullptr;
    curl_easy_getinfo(easy_.get(), CURLINFO_EFFECTIVE_URL, &url);
    const std::unique_ptr<CURLU, UrlDeleter> parts{curl_url()};
    char* host = nullptr;
    if (url == nullptr || !parts || curl_url_set(parts.get(), CURLUPART_URL, url, 0) != CURLUE_OK ||
        curl_url_get(parts.get(), CURLUPART_HOST, &host, 0) != CURLUE_OK)
        return "the server";
    std::string text{host};
    curl_free(host);
    return text;
}

std::string Transfer::timeout() const {
    curl_off_t connected = 0;
    curl_off_t total = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_CONNECT_TIME_T, &connected);
    curl_easy_getinfo(easy_.get(), CURLINFO_TOTAL_TIME_T, &total);
    const bool whole = std::chrono::microseconds{total} >= limits_.whole;
    if (connected == 0 && !whole)
        return format("no connection to {} within {}", host(), duration(limits_.connect));
    if (!whole) return format("the server sent less than {} bytes a second", kLeastBytesPerSecond);
    if (headers_.size() == 0) return format("the server did not answer within {}", duration(limits_.whole));
    return format("the answer was not complete within {}", duration(limits_.whole));
}

/// One sentence on why there is no answer.
std::string Transfer::failure(CURLcode result) const {
    switch (refusal_) {
        case Refusal::none:
            break;
        case Refusal::body:
            return format("the answer is larger than {}", amount(limits_.body));
        case Refusal::headers:
            return format("the headers of the answer are larger than {}", amount(limits_.headers));
        case Refusal::lengths:
            return "the answer names two different lengths";
        case Refusal::nested_encoding:
            return "the answer is compressed more than once";
        case Refusal::memory:
            return "there is no memory for the answer";
    }
    if (!forbidden_.empty() && result == CURLE_COULDNT_CONNECT) return forbidden_;
    long reason = 0;
    switch (result) {
        case CURLE_COULDNT_RESOLVE_HOST:
            return format("the name {} is not known", host());
        case CURLE_COULDNT_RESOLVE_PROXY:
            return "the name of the proxy is not known (polling.proxy)";
        case CURLE_COULDNT_CONNECT:
            curl_easy_getinfo(easy_.get(), CURLINFO_OS_ERRNO, &reason);
            if (reason == 0) return format("no connection to {}", host());
            return format("no connection to {}: {}", host(),
                          std::generic_category().message(static_cast<int>(reason)));
        case CURLE_OPERATION_TIMEDOUT:
            return timeout();
        case CURLE_TOO_MANY_REDIRECTS:
            return format("more than {} redirects", limits_.redirects);
        case CURLE_FILESIZE_EXCEEDED:
            return format("the answer is larger than {}", amount(limits_.body));
        case CURLE_OUT_OF_MEMORY:
            // libcurl says so of a header line beyond 100 KB (POLLING.md §3).
            return format("the headers of the answer are larger than {}", amount(limits_.headers));
        case CURLE_UNSUPPORTED_PROTOCOL:
            if (!headers_.location().empty()) return "it redirects to an address that is not http or https";
            if (headers_.size() == 0 && curl_says_[0] == 'R') return "the answer is not HTTP";
            return "only http and https addresses can be asked";
        case CURLE_URL_MALFORMAT:
            return headers_.location().empty() ? "the address is not a URL"
                                               : "it redirects to something that is not a URL";
        case CURLE_GOT_NOTHING:
            return "the server closed the connection without an answer";
        case CURLE_PARTIAL_FILE:
            return "the connection ended in the middle of the answer";
        case CURLE_BAD_CONTENT_ENCODING:
            return "the answer is not compressed in the way it says";
        case CURLE_WEIRD_SERVER_REPLY:
            return "the answer is not HTTP";
        case CURLE_PEER_FAILED_VERIFICATION:
            return format("the certificate of {} is not valid: {}", host(), curl_says_.data());
        default:
            if (curl_says_[0] == '\0') return curl_easy_strerror(result);
            return format("{}: {}", curl_easy_strerror(result), curl_says_.data());
    }
}

EasyHandle Transfer::release() {
    curl_easy_reset(easy_.get());
    return std::move(easy_);
}

}  // namespace newswatch::fetch
