#include "text/url.h"

#include <algorithm>
#include <array>
#include <vector>

namespace newswatch::text {

namespace {

constexpr std::size_t kNowhere = std::string_view::npos;
constexpr std::string_view kHex = "0123456789ABCDEF";

bool letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool digit(char c) {
    return c >= '0' && c <= '9';
}

std::string lower(std::string_view text) {
    std::string out{text};
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

/// RFC 3986 §3.1; the length of `http` in `http:…`, 0 where there is no scheme.
std::size_t scheme_length(std::string_view url) {
    if (url.empty() || !letter(url[0])) return 0;
    std::size_t size = 1;
    while (size < url.size() && (letter(url[size]) || digit(url[size]) || url[size] == '+' ||
                                 url[size] == '-' || url[size] == '.')) {
        ++size;
    }
    return size < url.size() && url[size] == ':' ? size : 0;
}

void split_authority(UrlParts& parts) {
    std::string_view host = parts.authority;
    if (const std::size_t at = host.rfind('@'); at != kNowhere) host.remove_prefix(at + 1);
    if (host.starts_with('[')) {  // RFC 3986 §3.2.2: an IPv6 literal
        const std::size_t close = std::min(host.find(']'), host.size());
        parts.host = host.substr(1, close - 1);
        const std::size_t colon = host.find(':', close);
        if (colon != kNowhere) parts.port = host.substr(colon + 1);
        return;
    }
    const std::size_t colon = host.rfind(':');
    parts.host = host.substr(0, colon);
    if (colon != kNowhere) parts.port = host.substr(colon + 1);
}

/// RFC 3986 §5.2.4, over segments.
std::string without_dot_segments(std::string_view path) {
    std::vector<std::string_view> kept;
    bool trailing_slash = false;
    const bool rooted = path.starts_with('/');
    std::size_t at = rooted ? 1 : 0;
    while (at <= path.size()) {
        const std::size_t end = std::min(path.find('/', at), path.size());
        const std::string_view segment = path.substr(at, end - at);
        const bool last = end == path.size();
        trailing_slash = last && (segment == "." || segment == "..");
        if (segment == "..") {
            if (!kept.empty()) kept.pop_back();
        } else if (segment != ".") {
            kept.push_back(segment);
        }
        at = end + 1;
    }
    std::string out;
    for (std::size_t i = 0; i < kept.size(); ++i) {
        if (i > 0 || rooted) out += '/';
        out.append(kept[i]);
    }
    if (trailing_slash) out += '/';
    return out;
}

/// RFC 3986 §5.2.3.
std::string merged(const UrlParts& base, std::string_view path) {
    if (base.has_authority && base.path.empty()) return std::string{"/"}.append(path);
    const std::size_t slash = base.path.rfind('/');
    return slash == kNowhere ? std::string{path}
                             : std::string{base.path.substr(0, slash + 1)} + std::string{path};
}

/// Characters that may not stand in a URL become percent-encoded; what is encoded stays as it is.
std::string encoded(std::string_view url) {
    constexpr std::string_view kForbidden = " \"<>\\^`{|}";
    std::string out;
    out.reserve(url.size());
    for (const char c : url) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte > 0x20 && byte < 0x7F && kForbidden.find(c) == kNowhere) {
            out += c;
        } else {
            out += '%';
            out += kHex[byte >> 4];
            out += kHex[byte & 15];
        }
    }
    return out;
}

/// As browsers do: blanks at both ends go, line ends and tabs inside too (WHATWG URL §4.4).
std::string cleaned(std::string_view url) {
    std::string out;
    out.reserve(url.size());
    for (const char c : url) {
        if (c != '\n' && c != '\r' && c != '\t') out += c;
    }
    const std::size_t from = out.find_first_not_of(' ');
    if (from == std::string::npos) return {};
    out.erase(out.find_last_not_of(' ') + 1);
    out.erase(0, from);
    return out;
}

struct Target {
    std::string scheme{};
    std::string authority{};
    std::string path{};
    std::string_view query{};
    std::string_view fragment{};
    bool has_authority{false};
    bool has_query{false};
    bool has_fragment{false};
};

/// RFC 3986 §5.2.2, line by line.
Target transformed(const UrlParts& reference, const UrlParts& base) {
    Target target;
    target.query = reference.query;
    target.has_query = reference.has_query;
    target.fragment = reference.fragment;
    target.has_fragment = reference.has_fragment;
    target.scheme = lower(reference.scheme.empty() ? base.scheme : reference.scheme);
    if (!reference.scheme.empty() || reference.has_authority) {
        target.authority = reference.authority;
        target.has_authority = reference.has_authority;
        // `mailto:` and `urn:` have no hierarchy, so nothing to remove.
        target.path = reference.has_authority || reference.path.starts_with('/')
                          ? without_dot_segments(reference.path)
                          : std::string{reference.path};
        return target;
    }
    target.authority = base.authority;
    target.has_authority = base.has_authority;
    if (reference.path.empty()) {
        target.path = base.path;
        if (!reference.has_query) {
            target.query = base.query;
            target.has_query = base.has_query;
        }
    } else if (reference.path.starts_with('/')) {
        target.path = without_dot_segments(reference.path);
    } else {
        target.path = without_dot_segments(merged(base, reference.path));
    }
    return target;
}

/// RFC 3986 §5.3, and §6.2.3: an empty path of http is `/`.
std::string recomposed(const Target& target) {
    std::string url = target.scheme;
    url.append(":");
    if (target.has_authority) url.append("//").append(target.authority);
    const bool web = target.scheme == "http" || target.scheme == "https";
    url.append(web && target.has_authority && target.path.empty() ? std::string{"/"} : encoded(target.path));
    if (target.has_query) url.append("?").append(encoded(target.query));
    if (target.has_fragment) url.append("#").append(encoded(target.fragment));
    return url;
}

/// Parameters that say how a reader came, not what is read.
bool tracks(std::string_view parameter) {
    constexpr std::array<std::string_view, 8> kPrefixes = {"utm_", "mc_",  "at_",  "pk_",
                                                           "ns_",  "hsa_", "mtm_", "matomo_"};
    constexpr std::array<std::string_view, 24> kNames = {
        "fbclid", "gclid",   "dclid",  "gbraid", "wbraid",  "msclkid", "yclid",
        "igshid", "igsh",    "twclid", "ttclid", "_ga",     "_gl",     "_hsenc",
        "_hsmi",  "mkt_tok", "ocid",   "cmpid",  "ref_src", "cmp",     "__twitter_impression",
        "xtor",   "ftag",    "smid"};
    const std::string name = lower(parameter.substr(0, parameter.find('=')));
    return std::find(kNames.begin(), kNames.end(), name) != kNames.end() ||
           std::any_of(kPrefixes.begin(), kPrefixes.end(),
                       [&](std::string_view prefix) { return name.starts_with(prefix); });
}

std::string canonical_query(std::string_view query) {
    std::vector<std::string_view> kept;
    for (std::size_t at = 0; at <= query.size();) {
        const std::size_t end = std::min(query.find('&', at), query.size());
        const std::string_view parameter = query.substr(at, end - at);
        if (!parameter.empty() && !tracks(parameter)) kept.push_back(parameter);
        at = end + 1;
    }
    std::stable_sort(kept.begin(), kept.end());
    std::string out;
    for (const std::string_view parameter : kept) {
        out += out.empty() ? '?' : '&';
        out.append(parameter);
    }
    return out;
}

}  // namespace

UrlParts split_url(std::string_view url) {
    UrlParts parts;
    if (const std::size_t size = scheme_length(url); size > 0) {
        parts.scheme = url.substr(0, size);
        url.remove_prefix(size + 1);
    }
    if (const std::size_t hash = url.find('#'); hash != kNowhere) {
        parts.has_fragment = true;
        parts.fragment = url.substr(hash + 1);
        url = url.substr(0, hash);
    }
    if (const std::size_t mark = url.find('?'); mark != kNowhere) {
        parts.has_query = true;
        parts.query = url.substr(mark + 1);
        url = url.substr(0, mark);
    }
    if (url.starts_with("//")) {
        parts.has_authority = true;
        const std::size_t slash = url.find('/', 2);
        parts.authority = url.substr(2, slash == kNowhere ? slash : slash - 2);
        url.remove_prefix(slash == kNowhere ? url.size() : slash);
        split_authority(parts);
    }
    parts.path = url;
    return parts;
}

std::string resolve_url(std::string_view reference, std::string_view base) {
    const std::string clean = cleaned(reference);
    const UrlParts parts = split_url(clean);
    const UrlParts base_parts = split_url(base);
    if (parts.scheme.empty() && base_parts.scheme.empty()) return {};
    return recomposed(transformed(parts, base_parts));
}

std::string canonical_url(std::string_view url) {
    const UrlParts parts = split_url(url);
    std::string scheme = lower(parts.scheme);
    if (!parts.has_authority) return std::string{url};
    const bool web = scheme == "http" || scheme == "https";
    std::string host = lower(parts.host);
    if (web && host.starts_with("www.")) host.erase(0, 4);
    if (web) scheme = "https";
    std::string out = scheme;
    out.append("://").append(host);
    if (!parts.port.empty() && parts.port != "80" && parts.port != "443") out.append(":").append(parts.port);
    std::string_view path = parts.path;
    while (path.ends_with('/'))
        path.remove_suffix(1);
    out.append(path);
    return out + canonical_query(parts.query);
}

}  // namespace newswatch::text
