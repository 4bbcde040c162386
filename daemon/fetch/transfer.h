#pragma once

#include <curl/curl.h>

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "fetch/address_rules.h"
#include "fetch/curl_multi.h"
#include "fetch/fetcher.h"
#include "fetch/response_headers.h"

namespace newswatch::fetch {

/// One HTTP request under way: its options, what has come so far, and what it means in the end.
///
/// Lives on the loop thread. libcurl holds its address, so it never moves.
class Transfer {
  public:
    /// Borrows `limits` and `rules` for as long as it lives.
    Transfer(PollRequest request, const FetchLimits& limits, const AddressRules& rules, EasyHandle easy);
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;

    [[nodiscard]] CURL* easy() const { return easy_.get(); }
    /// Whether it is worth a second try on a new connection, made ready for it: once, where what stood on a
    /// kept connection was no answer. A server that sends more than it announced leaves the rest there.
    [[nodiscard]] bool begin_again(CURLcode result);
    /// What the transfer ended with. Moves request and body out; call once.
    [[nodiscard]] FetchAnswer answer(CURLcode result, Time now);
    /// The request, of a transfer that is ended without an answer.
    [[nodiscard]] PollRequest take_request() { return std::move(request_); }
    /// The handle, without any trace of this transfer but its TLS sessions.
    [[nodiscard]] EasyHandle release();

  private:
    /// Why we ended the transfer ourselves.
    enum class Refusal : std::uint8_t { none, body, headers, lengths, nested_encoding, memory };

    static std::size_t on_header(char* bytes, std::size_t size, std::size_t count, void* self);
    static std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* self);
    static curl_socket_t on_open(void* self, curlsocktype purpose, curl_sockaddr* address);

    template <class Value>
    void set(CURLoption option, Value value);
    void set_limits();
    void set_destination();
    void set_request_headers();

    [[nodiscard]] std::string failure(CURLcode result) const;
    [[nodiscard]] std::string timeout() const;
    [[nodiscard]] std::string host() const;
    [[nodiscard]] std::string effective_url() const;
    [[nodiscard]] std::string permanent_target() const;
    void judge_status(FetchAnswer& answer);
    void accept_document(FetchAnswer& answer, Time now);

    struct ListDeleter {
        void operator()(curl_slist* list) const { curl_slist_free_all(list); }
    };

    PollRequest request_;
    const FetchLimits& limits_;
    const AddressRules& rules_;
    EasyHandle easy_;
    std::unique_ptr<curl_slist, ListDeleter> request_headers_{};
    ResponseHeaders headers_{};
    std::string body_{};
    std::size_t body_size_{0};  // of all answers, kept or not
    std::string forbidden_{};   // the sentence on an address that we may not connect to
    Refusal refusal_{Refusal::none};
    bool second_try_{false};
    std::array<char, CURL_ERROR_SIZE> curl_says_{};
};

}  // namespace newswatch::fetch
