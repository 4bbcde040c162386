#include "text/url.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/ascii.h"
#include "base/percent.h"
#include "text/url_host.h"

namespace newswatch::text {

namespace {

constexpr std::size_t kNoPlace = std::string_view::npos;
constexpr std::size_t kLongestUrl = std::size_t{32} * 1024;

/// RFC 3986 §3.1; the length of `http` in `http:…`, 0 where there is no scheme.
std::size_t scheme_length(std::string_view url) {
    if (url.empty() || !ascii::is_letter(url[0])) return 0;
    std::size_t size = 1;
    while (size < url.size() && (ascii::is_letter(url[size]) || ascii::is_digit(url[size]) ||
                                 url[size] == '+' || url[size] == '-' || url[size] == '.')) {
        ++size;
    }
    return size < url.size() && url[size] == ':' ? size : 0;
}

void split_authority(UrlParts& parts) {
    std::string_view host = parts.authority;
    if (const std::size_t at = host.rfind('@'); at != kNoPlace) host.remove_prefix(at + 1);
    if (host.starts_with('[')) {  // RFC 3986 §3.2.2: an IPv6 literal
        const std::size_t close = std::min(host.find(']'), host.size());
        parts.host = host.substr(1, close - 1);
        parts.is_literal = true;
        const std::size_t colon = host.find(':', close);
        if (colon != kNoPlace) parts.port = host.substr(colon + 1);
        return;
    }
    const std::size_t colon = host.rfind(':');
    parts.host = host.substr(0, colon);
    if (colon != kNoPlace) parts.port = host.substr(colon + 1);
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
    return slash == kNoPlace ? std::string{path}
                             : std::string{base.path.substr(0, slash + 1)} + std::string{path};
}

constexpr bool may_stand(unsigned char byte) {
    constexpr std::string_view kForbidden = " \"<>\\^`{|}";
    return byte > 0x20 && byte < 0x7F && kForbidden.find(static_cast<char>(byte)) == kNoPlace;
}

/// Characters that may not stand in a URL become percent-encoded; what is encoded stays as it is.
std::string encoded(std::string_view url) {
    std::string out;
    out.reserve(url.size());
    for (const char c : url) {
        if (may_stand(static_cast<unsigned char>(c))) {
            out += c;
        } else {
            append_encoded(out, c);
        }
    }
    return out;
}

/// As browsers do: blanks and controls at both ends go, line ends and tabs inside too (WHATWG URL §4.4);
/// with a line end its indentation.
std::string cleaned(std::string_view url) {
    constexpr std::array<std::string_view, 4> kBlanks = {"\u00A0", "\u3000", "\u200B", "\uFEFF"};
    for (bool again = true; again;) {
        again = false;
        while (!url.empty() && static_cast<unsigned char>(url.front()) <= ' ')
            url.remove_prefix(1);
        while (!url.empty() && static_cast<unsigned char>(url.back()) <= ' ')
            url.remove_suffix(1);
        for (const std::string_view blank : kBlanks) {
            const bool before = url.starts_with(blank);
            if (before) url.remove_prefix(blank.size());
            const bool behind = url.ends_with(blank);
            if (behind) url.remove_suffix(blank.size());
            again = again || before || behind;
        }
    }
    std::string out;
    out.reserve(url.size());
    bool broken = false;  // the line ended, and what follows indents the next one
    for (const char c : url) {
        const bool line_end = c == '\n' || c == '\r';
        if (line_end) out.erase(out.find_last_not_of(' ') + 1);
        broken = line_end || (broken && c == ' ');
        if (!broken && c != '\t') out += c;
    }
    return out;
}

/// The host in ASCII, user and port as they are.
std::string ascii_authority(const std::string& authority) {
    if (std::all_of(authority.begin(), authority.end(),
                    [](char c) { return static_cast<unsigned char>(c) < 0x80 && c != '%'; })) {
        return encoded(authority);
    }
    const std::size_t at = authority.rfind('@');
    const std::size_t from = at == kNoPlace ? 0 : at + 1;
    const std::size_t end = std::min(authority.find(':', from), authority.size());
    const std::string host = ascii_host(std::string_view{authority}.substr(from, end - from));
    return encoded(authority.substr(0, from)) + encoded(host) + encoded(authority.substr(end));
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
    target.scheme = ascii::lower(reference.scheme.empty() ? base.scheme : reference.scheme);
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
    if (target.has_authority) url.append("//").append(ascii_authority(target.authority));
    const bool web = target.scheme == "http" || target.scheme == "https";
    url.append(web && target.has_authority && target.path.empty() ? std::string{"/"} : encoded(target.path));
    if (target.has_query) url.append("?").append(encoded(target.query));
    if (target.has_fragment) url.append("#").append(encoded(target.fragment));
    return url;
}

/// Whether `resolve_url` would change nothing: most addresses of feeds are written as they should be.
bool stays_as_it_is(std::string_view url) {
    constexpr auto kAllowed = [] {
        std::array<bool, 256> allowed{};
        for (std::size_t byte = 0; byte < allowed.size(); ++byte)
            allowed[byte] = may_stand(static_cast<unsigned char>(byte));
        return allowed;
    }();
    if (!url.starts_with("http")) return false;
    const std::size_t host = url.starts_with("https://") ? 8 : 7;
    if (!url.starts_with("https://") && !url.starts_with("http://")) return false;
    std::size_t at = host;
    while (at < url.size() &&
           (ascii::is_letter(url[at]) || ascii::is_digit(url[at]) || url[at] == '-' || url[at] == '.'))
        ++at;
    if (at == host || at == url.size() || url[at] != '/') return false;
    for (std::size_t i = at; i < url.size(); ++i) {
        if (!kAllowed[static_cast<unsigned char>(url[i])]) return false;
        if (url[i] == '.' && url[i - 1] == '/') return false;  // perhaps a dot segment
    }
    return true;
}

/// Schemes that browsers read in their own way (WHATWG URL, "special").
bool web_scheme(std::string_view scheme) {
    return scheme == "http" || scheme == "https" || scheme == "ftp";
}

/// Schemes that lead to no article: a script, or the thing itself.
bool leads_nowhere(std::string_view scheme) {
    constexpr std::array<std::string_view, 6> kSchemes = {"javascript", "data", "vbscript",
                                                          "about",      "blob", "cid"};
    return std::find(kSchemes.begin(), kSchemes.end(), scheme) != kSchemes.end();
}

/// `feed://e.org/a` and `feed:https://e.org/a` are web addresses with a wish for a programme.
void drop_wish(std::string& url) {
    for (const std::string_view wish : {"feed", "itpc", "pcast"}) {
        if (scheme_length(url) != wish.size() || ascii::lower(url.substr(0, wish.size())) != wish) continue;
        const std::string_view rest = std::string_view{url}.substr(wish.size() + 1);
        url = rest.starts_with("//") ? "http:" + std::string{rest} : std::string{rest};
        return;
    }
}

/// As browsers read a web address (WHATWG URL §4.4): backslashes are slashes, and the slashes before the
/// host need not be two.
void straighten(std::string& url, std::string_view base_scheme) {
    const std::size_t size = scheme_length(url);
    const std::string scheme = size == 0 ? std::string{base_scheme} : ascii::lower(url.substr(0, size));
    if (!web_scheme(scheme)) return;
    const std::size_t end = std::min(url.find_first_of("?#"), url.size());
    std::replace(url.begin(), url.begin() + static_cast<std::ptrdiff_t>(end), '\\', '/');
    if (size == 0) {
        // A host without its scheme; no site has such a folder.
        if (url.starts_with("www.") && url.find('.', 4) < url.find_first_of("/?#")) url.insert(0, "http://");
        return;
    }
    const std::size_t slashes = std::min(url.find_first_not_of('/', size + 1), url.size()) - size - 1;
    if (slashes == 2) return;
    if (slashes < 2 && scheme == base_scheme) {
        url.erase(0, size + 1);  // `http:page` beside a base of http is relative
    } else {
        url.replace(size + 1, slashes, "//");
    }
}

}  // namespace

UrlParts split_url(std::string_view url) {
    UrlParts parts;
    if (const std::size_t size = scheme_length(url); size > 0) {
        parts.scheme = url.substr(0, size);
        url.remove_prefix(size + 1);
    }
    if (const std::size_t hash = url.find('#'); hash != kNoPlace) {
        parts.has_fragment = true;
        parts.fragment = url.substr(hash + 1);
        url = url.substr(0, hash);
    }
    if (const std::size_t mark = url.find('?'); mark != kNoPlace) {
        parts.has_query = true;
        parts.query = url.substr(mark + 1);
        url = url.substr(0, mark);
    }
    if (url.starts_with("//")) {
        parts.has_authority = true;
        const std::size_t slash = url.find('/', 2);
        parts.authority = url.substr(2, slash == kNoPlace ? slash : slash - 2);
        url.remove_prefix(slash == kNoPlace ? url.size() : slash);
        split_authority(parts);
    }
    parts.path = url;
    return parts;
}

std::string resolve_url(std::string_view reference, std::string_view base) {
    if (reference.size() > kLongestUrl) return {};
    if (stays_as_it_is(reference)) return std::string{reference};
    const UrlParts base_parts = split_url(base);
    std::string clean = cleaned(reference);
    drop_wish(clean);
    straighten(clean, ascii::lower(base_parts.scheme));
    const UrlParts parts = split_url(clean);
    if (parts.scheme.empty() && base_parts.scheme.empty()) return {};
    if (leads_nowhere(ascii::lower(parts.scheme))) return {};
    return recomposed(transformed(parts, base_parts));
}

}  // namespace newswatch::text
