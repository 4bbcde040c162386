#include <arpa/inet.h>
#include <libpsl.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "base/ascii.h"
#include "schedule/poll_queue.h"

namespace newswatch::schedule {

namespace {

/// RFC 3986 §3.2: what stands between `//` and the path, without user and port. Brackets stay.
std::string host_of(std::string_view url) {
    const std::size_t start = url.find("://");
    if (start == std::string_view::npos) return {};
    std::string_view authority = url.substr(start + 3);
    authority = authority.substr(0, authority.find_first_of("/?#\\"));
    if (const std::size_t user = authority.rfind('@'); user != std::string_view::npos)
        authority.remove_prefix(user + 1);
    if (authority.starts_with('[')) {
        authority = authority.substr(0, authority.find(']') + 1);
    } else {
        authority = authority.substr(0, authority.find(':'));
    }
    std::string host = ascii::lower(authority);
    if (host.ends_with('.')) host.pop_back();  // the root label: the same host
    return host;
}

/// WHATWG URL §3.5, "ends in a number": such a host is an IPv4 address, whatever form it takes.
bool is_address(std::string_view host) {
    if (host.starts_with('[')) return true;
    const std::size_t dot = host.rfind('.');
    const std::string_view last = dot == std::string_view::npos ? host : host.substr(dot + 1);
    return !last.empty() &&
           (last.starts_with("0x") || std::all_of(last.begin(), last.end(), ascii::is_digit));
}

}  // namespace

std::string site_of(std::string_view url) {
    std::string host = host_of(url);
    if (host.empty()) return std::string{url};  // a file has no publisher to spare: each is a site of its own
    if (is_address(host)) return host;
    const char* domain = psl_registrable_domain(psl_builtin(), host.c_str());
    return domain != nullptr ? std::string{domain} : host;  // `localhost`, or a public suffix itself
}

}  // namespace newswatch::schedule
