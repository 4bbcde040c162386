#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "model/poll_outcome.h"

namespace newswatch::fetch {

/// The headers of one answer that matter to us, read line by line. Pure.
///
/// A status line begins a new answer (after a redirect or 1xx) and forgets the fields of the one before;
/// `size` counts them all.
class ResponseHeaders {
  public:
    /// One line as it came, with or without its line end.
    void add(std::string_view line);

    /// Bytes of all answers of this transfer.
    [[nodiscard]] std::size_t size() const { return size_; }
    /// The status of the present answer; 0 where the status line cannot be read.
    [[nodiscard]] long status() const { return status_; }

    /// Opaque, byte for byte. Empty where there is none, or one that must not be sent back: with control
    /// characters or beyond `kLongestValidator`.
    [[nodiscard]] const std::string& etag() const { return fields_.etag; }
    [[nodiscard]] const std::string& last_modified() const { return fields_.last_modified; }
    [[nodiscard]] const std::string& content_type() const { return fields_.content_type; }
    [[nodiscard]] const std::string& content_location() const { return fields_.content_location; }
    [[nodiscard]] const std::string& location() const { return fields_.location; }
    struct Redirect {
        long status{0};
        std::string location{};
    };
    /// The answers before the present one that sent us on, in order.
    [[nodiscard]] const std::vector<Redirect>& redirects() const { return redirects_; }
    /// How many codings lie on the body, `identity` not counted.
    [[nodiscard]] unsigned encodings() const { return fields_.encodings; }

    /// Whether Content-Length stands there twice and differs (RFC 9110 §8.6).
    [[nodiscard]] bool has_two_lengths() const { return fields_.two_lengths; }

    /// Retry-After, and the lifetime by Cache-Control or Expires less the answer's Age. Dates count from the
    /// answer's own Date, so that a wrong clock on either side does no harm; from `now` where it has none.
    [[nodiscard]] PublisherWishes wishes(Time now) const;

  private:
    void read_cache_control(std::string_view value);

    struct Fields {
        std::string etag{};
        std::string last_modified{};
        std::string content_type{};
        std::string content_location{};
        std::string location{};
        std::string retry_after{};
        std::string expires{};
        std::string date{};
        std::string content_length{};
        unsigned encodings{0};
        std::optional<std::chrono::seconds> max_age{};
        std::chrono::seconds age{0};
        bool must_ask{false};  // no-cache, no-store: whatever else is said
        bool two_lengths{false};
    };
    Fields fields_{};
    std::vector<Redirect> redirects_{};
    std::size_t size_{0};
    long status_{0};
};

/// A longer ETag or Last-Modified is not kept: requests stay below the 8 KB that servers take.
inline constexpr std::size_t kLongestValidator = 2048;

/// Whether `value` may stand in a request header: not too long, no control characters.
[[nodiscard]] bool is_sendable(std::string_view value);

/// RFC 9110 §10.2.3: seconds or an HTTP-date. Nothing where it is neither, or past. At most ten years.
[[nodiscard]] std::optional<std::chrono::seconds> read_retry_after(std::string_view value, Time now);

/// An HTTP-date in any of its three forms (RFC 9110 §5.6.7).
[[nodiscard]] std::optional<Time> read_http_date(std::string_view value);

/// `Sun, 06 Nov 1994 08:49:37 GMT`.
[[nodiscard]] std::string http_date(Time time);

}  // namespace newswatch::fetch
