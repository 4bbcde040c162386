#include "fetch/address_rules.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <optional>

#include "base/format.h"
#include "base/log.h"

namespace newswatch::fetch {

namespace {

using Bytes = std::array<std::uint8_t, 16>;

constexpr std::array<std::uint8_t, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

Bytes mapped(const std::uint8_t* four) {
    Bytes bytes{};
    std::copy(kMapped.begin(), kMapped.end(), bytes.begin());
    std::copy_n(four, 4, bytes.begin() + 12);
    return bytes;
}

bool is_v4(const Bytes& bytes) {
    return std::equal(kMapped.begin(), kMapped.end(), bytes.begin());
}

std::string shown(const Bytes& bytes) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (is_v4(bytes)) {
        ::inet_ntop(AF_INET, bytes.data() + 12, text.data(), text.size());
    } else {
        ::inet_ntop(AF_INET6, bytes.data(), text.data(), text.size());
    }
    return text.data();
}

struct Forbidden {
    const char* network;
    const char* kind;
};

/// RFC 6890 and the IANA special-purpose registries: whatever is not the public internet.
constexpr Forbidden kForbidden[] = {
    {"0.0.0.0/8", "an address of this machine"},
    {"10.0.0.0/8", "a private address"},
    {"100.64.0.0/10", "a carrier's private address"},
    {"127.0.0.0/8", "a loopback address"},
    {"169.254.0.0/16", "a link-local address"},
    {"172.16.0.0/12", "a private address"},
    {"192.0.0.0/24", "a reserved address"},
    {"192.168.0.0/16", "a private address"},
    {"198.18.0.0/15", "a test network's address"},
    {"224.0.0.0/4", "a multicast address"},
    {"240.0.0.0/4", "a reserved address"},
    {"::/128", "an address of this machine"},
    {"::1/128", "a loopback address"},
    {"64:ff9b:1::/48", "a translator's private address"},
    {"100::/64", "a discard address"},
    {"2001::/32", "a tunnel's address"},
    {"fc00::/7", "a private address"},
    {"fe80::/10", "a link-local address"},
    {"fec0::/10", "a private address"},
    {"ff00::/8", "a multicast address"},
};

struct ForbiddenNetwork {
    Network network;
    const char* kind;
};

const std::vector<ForbiddenNetwork>& forbidden_networks() {
    static const std::vector<ForbiddenNetwork> networks = [] {
        std::vector<ForbiddenNetwork> all;
        for (const Forbidden& row : kForbidden)
            all.push_back({read_network(row.network).value(), row.kind});
        return all;
    }();
    return networks;
}

/// The IPv4 address that lies inside an IPv6 one, so that it is judged as itself: NAT64 (RFC 6052), 6to4
/// (RFC 3056) and IPv4-compatible (RFC 4291 §2.5.5.1) forms.
std::optional<Bytes> embedded(const Bytes& bytes) {
    const auto starts = [&](std::initializer_list<std::uint8_t> prefix) {
        return std::equal(prefix.begin(), prefix.end(), bytes.begin());
    };
    if (starts({0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0})) return mapped(bytes.data() + 12);
    if (starts({0x20, 0x02})) return mapped(bytes.data() + 2);
    const bool compatible = starts({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
    const bool is_one_or_none = bytes[12] == 0 && bytes[13] == 0 && bytes[14] == 0 && bytes[15] <= 1;
    if (compatible && !is_one_or_none) return mapped(bytes.data() + 12);
    return std::nullopt;
}

const char* forbidden_kind(const Bytes& bytes) {
    for (const ForbiddenNetwork& row : forbidden_networks()) {
        if (row.network.holds(bytes)) return row.kind;
    }
    return nullptr;
}

}  // namespace

bool Network::holds(const Bytes& other) const {
    const unsigned whole = prefix / 8;
    if (!std::equal(address.begin(), address.begin() + whole, other.begin())) return false;
    if (prefix % 8 == 0) return true;
    const auto mask = static_cast<std::uint8_t>(0xff << (8 - prefix % 8));
    return (address[whole] & mask) == (other[whole] & mask);
}

Result<Network> read_network(std::string_view text) {
    const auto unreadable = [&] {
        return fail(ErrorKind::configuration, format("\"{}\" is not a network", text),
                    "polling.allow_networks", "write it as 10.1.0.0/16 or fd00::/8");
    };
    const std::size_t slash = text.find('/');
    const std::string address{text.substr(0, slash)};
    Network network;
    unsigned most = 128;
    std::array<std::uint8_t, 4> four{};
    if (::inet_pton(AF_INET, address.c_str(), four.data()) == 1) {
        network.address = mapped(four.data());
        most = 32;
    } else if (::inet_pton(AF_INET6, address.c_str(), network.address.data()) != 1) {
        return unreadable();
    }
    unsigned prefix = most;
    if (slash != std::string_view::npos) {
        const std::string_view number = text.substr(slash + 1);
        const char* end = number.data() + number.size();
        const auto [read, trouble] = std::from_chars(number.data(), end, prefix);
        if (trouble != std::errc{} || read != end || prefix > most) return unreadable();
    }
    network.prefix = prefix + (128 - most);
    return network;
}

AddressRules::AddressRules(const std::vector<std::string>& allow_networks) {
    for (const std::string& text : allow_networks) {
        if (const Result<Network> network = read_network(text)) {
            allowed_.push_back(*network);
        } else {
            log::error("fetch", "{}", network.error().line());
        }
    }
}

std::string AddressRules::refusal(const sockaddr& address) const {
    Bytes bytes{};
    if (address.sa_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, &address, sizeof v4);
        std::array<std::uint8_t, 4> four{};
        std::memcpy(four.data(), &v4.sin_addr, four.size());
        bytes = mapped(four.data());
    } else if (address.sa_family == AF_INET6) {
        sockaddr_in6 v6{};
        std::memcpy(&v6, &address, sizeof v6);
        std::memcpy(bytes.data(), &v6.sin6_addr, bytes.size());
    } else {
        return "only IPv4 and IPv6 addresses are asked";
    }
    const Bytes judged = embedded(bytes).value_or(bytes);
    const char* kind = forbidden_kind(judged);
    if (kind == nullptr) return {};
    for (const Network& network : allowed_) {
        if (network.holds(judged) || network.holds(bytes)) return {};
    }
    return format("{} is {}, which feeds may not lead to (polling.allow_networks: [{}/{}] would allow it)",
                  shown(judged), kind, shown(judged), is_v4(judged) ? 32 : 128);
}

}  // namespace newswatch::fetch
