#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "base/percent.h"
#include "text/url.h"
#include "text/url_host.h"
#include "text/url_tracking.h"

namespace newswatch::text {

namespace {

/// RFC 3986 §6.2.2: what need not be encoded is not, and what is, in capitals.
std::string normal_percents(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        const bool encoded = byte == '%' && at + 2 < text.size() && ascii::hex_value(text[at + 1]) >= 0 &&
                             ascii::hex_value(text[at + 2]) >= 0;
        if (encoded) {
            const auto value =
                static_cast<char>(ascii::hex_value(text[at + 1]) * 16 + ascii::hex_value(text[at + 2]));
            at += 2;
            if (is_unreserved(value)) {
                out += value;
            } else {
                append_encoded(out, value);
            }
        } else if (byte <= 0x20 || byte >= 0x7F || byte == '%') {
            append_encoded(out, text[at]);
        } else {
            out += text[at];
        }
    }
    return out;
}

std::string canonical_query(std::string_view query) {
    std::vector<std::string> kept;
    for (std::size_t at = 0; at <= query.size();) {
        const std::size_t end = std::min(query.find('&', at), query.size());
        std::string_view parameter = query.substr(at, end - at);
        while (parameter.starts_with("amp;"))  // escaped once too often
            parameter.remove_prefix(4);
        std::string normal = normal_percents(parameter);
        if (!normal.empty() && !tracks(normal)) kept.push_back(std::move(normal));
        at = end + 1;
    }
    std::stable_sort(kept.begin(), kept.end());
    std::string out;
    for (const std::string& parameter : kept)
        out.append(1, out.empty() ? '?' : '&').append(parameter);
    return out;
}

/// Without the dots at the end and, on the web, `www.` in front.
std::string bare_name(std::string name, bool web) {
    while (name.ends_with('.'))
        name.pop_back();
    while (web && name.starts_with("www."))
        name.erase(0, 4);
    return name;
}

std::string canonical_host(const UrlParts& parts, bool web) {
    const auto literal = [](std::string_view host) { return "[" + ascii::lower(host) + "]"; };
    if (parts.is_literal) return literal(parts.host);
    // RFC 3986 §3.2.2: only an address of IPv6 holds colons.
    std::string name = bare_name(ascii::lower(parts.host.substr(0, parts.host.find(':'))), web);
    // Before and after: surplus dots are no name that could be converted, and a wide `ｗｗｗ．` becomes one.
    name = bare_name(ascii::lower(ascii_host(name)), web);
    // What stood before a bracket is gone: it would be read as a literal from now on.
    if (name.starts_with('[')) return literal(std::string_view{name}.substr(1, name.find(']') - 1));
    return name;
}

/// `#!/article/5` and `#/article/5` are pages of their own; other fragments are places in one.
bool names_a_page(std::string_view fragment) {
    return fragment.starts_with('!') || fragment.starts_with('/');
}

}  // namespace

std::string canonical_url(std::string_view url) {
    const UrlParts parts = split_url(url);
    if (!parts.has_authority) return std::string{url};
    const std::string scheme = ascii::lower(parts.scheme);
    const bool web = scheme == "http" || scheme == "https";
    std::string out = web ? "https" : scheme;
    out.append("://").append(canonical_host(parts, web));
    if (!parts.port.empty() && parts.port != "80" && parts.port != "443") out.append(":").append(parts.port);
    std::string_view path = parts.path;
    while (path.ends_with('/'))
        path.remove_suffix(1);
    out.append(normal_percents(path)).append(canonical_query(parts.query));
    if (names_a_page(parts.fragment)) out.append("#").append(normal_percents(parts.fragment));
    return out;
}

}  // namespace newswatch::text
