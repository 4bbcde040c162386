#include "fetch/robots.h"

#include <algorithm>
#include <cstring>

#include "base/ascii.h"
#include "base/percent.h"

namespace newswatch::fetch {

namespace {

constexpr std::size_t kMostBytes = std::size_t{512} << 10;
constexpr std::size_t kMostRules = 10'000;
constexpr std::size_t kLongestPath = 2048;

/// RFC 9309 §2.2.2: octets outside ASCII are percent-encoded, and what need not be is not.
std::string in_one_form(std::string_view path) {
    std::string form;
    form.reserve(path.size());
    for (std::size_t i = 0; i < path.size(); ++i) {
        const auto byte = static_cast<unsigned char>(path[i]);
        if (byte == '%' && i + 2 < path.size() && ascii::hex_value(path[i + 1]) >= 0 &&
            ascii::hex_value(path[i + 2]) >= 0) {
            const auto meant =
                static_cast<char>(ascii::hex_value(path[i + 1]) * 16 + ascii::hex_value(path[i + 2]));
            if (is_unreserved(meant)) {
                form += meant;
            } else {
                append_encoded(form, meant);
            }
            i += 2;
        } else if (byte <= ' ' || byte >= 0x7F) {
            append_encoded(form, path[i]);
        } else {
            form += path[i];
        }
    }
    return form;
}

/// Whether `pattern` fits the beginning of `target`. Each part between two stars is looked for once, from
/// left to right: the first place leaves the most room for the rest.
bool fits(std::string_view pattern, std::string_view target) {
    const bool to_the_end = pattern.ends_with('$');
    if (to_the_end) pattern.remove_suffix(1);
    std::size_t star = pattern.find('*');
    const std::string_view head = pattern.substr(0, star);
    if (!target.starts_with(head)) return false;
    target.remove_prefix(head.size());
    if (star == std::string_view::npos) return !to_the_end || target.empty();
    while (true) {
        pattern.remove_prefix(star + 1);
        star = pattern.find('*');
        const std::string_view part = pattern.substr(0, star);
        if (star == std::string_view::npos && to_the_end) return target.ends_with(part);
        if (!part.empty()) {
            const void* found = ::memmem(target.data(), target.size(), part.data(), part.size());
            if (found == nullptr) return false;
            const auto place = static_cast<std::size_t>(static_cast<const char*>(found) - target.data());
            target.remove_prefix(place + part.size());
        }
        if (star == std::string_view::npos) return true;
    }
}

/// The product token at the start of a `user-agent` line: `newswatch/1.0` names newswatch.
std::string_view product_of(std::string_view value) {
    if (value.starts_with('*')) return value.substr(0, 1);
    const auto* end = std::find_if(value.begin(), value.end(), [](char c) {
        const char small = ascii::lower(c);
        return !((small >= 'a' && small <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-');
    });
    return value.substr(0, static_cast<std::size_t>(end - value.begin()));
}

}  // namespace

Robots Robots::none() {
    Robots robots;
    robots.rules_.push_back({.path = "/", .allow = false});
    return robots;
}

Robots Robots::read(std::string_view bytes, std::string_view agent) {
    bytes = bytes.substr(0, kMostBytes);
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    Robots mine;
    Robots anybodys;
    bool named = false;     // there is a group for `agent`
    bool in_names = false;  // the lines before were user-agent lines, of one group
    bool for_me = false;
    bool for_anybody = false;
    while (!bytes.empty()) {
        const std::size_t end = bytes.find_first_of("\r\n");
        std::string_view line = bytes.substr(0, end);
        bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
        line = line.substr(0, line.find('#'));
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos) continue;
        const std::string_view key = ascii::trimmed(line.substr(0, colon));
        const std::string_view value = ascii::trimmed(line.substr(colon + 1));
        if (ascii::same_word(key, "user-agent")) {
            if (!in_names) for_me = for_anybody = false;
            in_names = true;
            const std::string_view product = product_of(value);
            for_me = for_me || ascii::same_word(product, agent);
            for_anybody = for_anybody || product == "*";
            named = named || for_me;
            continue;
        }
        const bool allow = ascii::same_word(key, "allow");
        if (!allow && !ascii::same_word(key, "disallow")) continue;  // a sitemap line ends no group
        in_names = false;
        if (value.empty() || value.size() > kLongestPath) continue;
        for (Robots* robots : {for_me ? &mine : nullptr, for_anybody ? &anybodys : nullptr}) {
            if (robots != nullptr && robots->rules_.size() < kMostRules)
                robots->rules_.push_back({.path = in_one_form(value), .allow = allow});
        }
    }
    return named ? mine : anybodys;
}

bool Robots::allow(std::string_view target) const {
    const std::string path = in_one_form(target.empty() ? "/" : target);
    if (path == "/robots.txt") return true;
    const Rule* longest = nullptr;
    for (const Rule& rule : rules_) {
        const bool longer = longest == nullptr || rule.path.size() > longest->path.size() ||
                            (rule.path.size() == longest->path.size() && rule.allow);
        if (longer && fits(rule.path, path)) longest = &rule;
    }
    return longest == nullptr || longest->allow;
}

}  // namespace newswatch::fetch
