#pragma once

#include <string>
#include <string_view>

/// Addresses by RFC 3986. Pure; any thread may call.
namespace newswatch::text {

/// The parts of a URL as slices of it (RFC 3986 §3, appendix B).
struct UrlParts {
    std::string_view scheme{};     ///< as written; empty in a relative reference
    std::string_view authority{};  ///< user, host and port
    std::string_view host{};       ///< without brackets and port
    std::string_view port{};
    std::string_view path{};
    std::string_view query{};     ///< without `?`
    std::string_view fragment{};  ///< without `#`
    bool has_authority{false};
    bool is_literal{false};  ///< the host stands in brackets, as an address of IPv6 does
    bool has_query{false};
    bool has_fragment{false};
};
[[nodiscard]] UrlParts split_url(std::string_view url);

/// `reference` resolved against `base` (RFC 3986 §5.2) where browsers and publishers leave the RFC: blanks
/// around and line ends inside are dropped, backslashes are slashes, `feed:` is the web, a host in other
/// letters is in punycode, spaces and other forbidden characters are percent-encoded. The rest is as it was
/// written. An absolute reference needs no base. Empty where the result is not absolute, leads to no page
/// (`javascript:`, `data:`) or is longer than 32 KiB.
[[nodiscard]] std::string resolve_url(std::string_view reference, std::string_view base);

/// The form by which an address is known again: scheme and host in lower case, the host in punycode,
/// http = https, default port, user, `www.`, fragment, trailing `/` and tracking parameters (utm_*, fbclid,
/// gclid …) dropped, percent-encoding in one form, parameters sorted. A fragment that names a page (`#!…`,
/// `#/…`) stays. Not for fetching.
[[nodiscard]] std::string canonical_url(std::string_view url);

}  // namespace newswatch::text
