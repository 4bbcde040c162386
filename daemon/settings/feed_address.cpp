#include "settings/feed_address.h"

#include <algorithm>
#include <vector>

#include "base/ascii.h"
#include "base/format.h"
#include "settings/code_points.h"
#include "settings/suggestion.h"

namespace newswatch::settings {

namespace {

constexpr std::size_t kLongest = 8192;  // RFC 9110 §4.1 asks servers for 8000 at least

/// `https` of `https://…`, also of the slips `https:/…` and `https//…`; empty where there is no scheme.
std::string_view scheme_of(std::string_view address, std::size_t& size) {
    for (const std::string_view sign : {"://", ":/", "//"}) {
        const std::size_t at = address.find(sign);
        if (at == std::string_view::npos) continue;
        const std::string_view scheme = address.substr(0, at);
        const bool is_word = !scheme.empty() && std::all_of(scheme.begin(), scheme.end(), [](char letter) {
            return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                   (letter >= '0' && letter <= '9') || letter == '+' || letter == '-';
        });
        if (!is_word) continue;
        size = at + sign.size();
        return scheme;
    }
    size = 0;
    return {};
}

void report_scheme(const Word& written, std::string_view sign, Report& report) {
    Finding& finding = report.error("U24", newswatch::format("`{}` is not a kind of web address", sign),
                                    written.mark, code_point_count(sign));
    const bool is_http = edit_distance(sign, "http://") <= 2 || edit_distance(sign, "https://") <= 2 ||
                         ascii::lower(sign).starts_with("feed");
    finding.label = is_http ? "did you mean `https://`?" : "newswatch reads http, https and file";
    std::string_view rest = written.text;
    rest.remove_prefix(std::min(sign.size(), rest.size()));
    finding.help.push_back(newswatch::format("help: an address without https:// is fine too:  - {}", rest));
}

bool report_not_an_address(const Word& written, std::string label, Report& report) {
    Finding& finding = report.error("U24", newswatch::format("`{}` is not a web address", written.text),
                                    written.mark, written.width);
    finding.label = std::move(label);
    finding.help.emplace_back("help: copy it from the browser, for example  - https://agency.example/rss");
    return false;
}

/// Host and what follows it, after `http://`.
bool check_web(std::string_view rest, const Word& written, Report& report) {
    const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
    if (authority.find('@') != std::string_view::npos) {
        Finding& finding =
            report.error("U42", "a name or password stands in this address", written.mark, written.width);
        finding.label = "never written into a file of feeds";
        finding.help.emplace_back(
            "help: write the address without it; `credentials: NAME` will name an entry of "
            "polling.credentials");
        return false;
    }
    const bool has_name = authority.find('.') != std::string_view::npos || authority.starts_with('[') ||
                          ascii::lower(authority).starts_with("localhost");
    if (authority.empty() || authority.starts_with(':'))
        return report_not_an_address(written, "no site is named", report);
    if (!has_name) return report_not_an_address(written, "a site has a dot in its name", report);
    return true;
}

/// What comes along when an address is copied: brackets around it, a comma behind it, `url:` glued to it.
/// True after a finding.
bool report_decorated(const Word& written, Report& report) {
    const std::string_view text = written.text;
    std::string_view bare = text;
    if (bare.starts_with('<') && bare.ends_with('>')) bare = bare.substr(1, bare.size() - 2);
    while (bare.ends_with(',') || bare.ends_with(';'))
        bare.remove_suffix(1);
    if (bare.starts_with("url:")) bare.remove_prefix(4);
    if (bare.size() != text.size() && bare.find_first_of(" ,<>") == std::string_view::npos) {
        report_not_an_address(written, newswatch::format("write only the address: {}", bare), report);
        return true;
    }
    if (text.find_first_of("/ ") == std::string_view::npos && text.find('@') != std::string_view::npos) {
        report_not_an_address(written, "this is a mail address; a feed has the address of a web page",
                              report);
        return true;
    }
    return false;
}

std::string percent_encoded(std::string_view address) {
    static constexpr std::string_view kDigits = "0123456789ABCDEF";
    // The host keeps its letters: IDNA (RFC 5891) is the fetcher's business.
    const std::size_t authority = address.find("://") + 3;
    const std::size_t path = std::min(address.find_first_of("/?#", authority), address.size());
    std::string encoded{address.substr(0, path)};
    for (const char letter : address.substr(path)) {
        const auto byte = static_cast<unsigned char>(letter);
        // RFC 3986 §2: these have no place in a URI.
        if (byte < 0x80 && std::string_view{"<>\"{}|\\^`"}.find(letter) == std::string_view::npos) {
            encoded.push_back(letter);
            continue;
        }
        encoded.push_back('%');
        encoded.push_back(kDigits[byte >> 4U]);
        encoded.push_back(kDigits[byte & 0xFU]);
    }
    return encoded;
}

}  // namespace

std::string feed_address(const Word& written, Report& report) {
    const std::string_view text = written.text;
    if (report_decorated(written, report)) return {};
    if (text.size() > kLongest) {
        report_not_an_address({std::string{text.substr(0, 40)} + "…", written.mark, written.width},
                              newswatch::format("longer than {} bytes", kLongest), report);
        return {};
    }
    if (std::any_of(text.begin(), text.end(), [](char letter) {
            return static_cast<unsigned char>(letter) <= ' ' || letter == '\x7F';
        })) {
        report_not_an_address(written, "an address has no spaces in it", report);
        return {};
    }
    std::size_t sign = 0;
    const std::string scheme = ascii::lower(scheme_of(text, sign));
    const bool is_whole = text.substr(0, sign).ends_with("://");
    const bool is_web = scheme == "http" || scheme == "https";
    if (!scheme.empty() && !(is_whole && (is_web || scheme == "file"))) {
        report_scheme(written, text.substr(0, sign), report);
        return {};
    }
    if (scheme == "file") {
        if (text.substr(sign).starts_with('/')) return percent_encoded(scheme + std::string{text.substr(4)});
        report_not_an_address(written, "a file is named by its whole path: file:///srv/feeds/a.xml", report);
        return {};
    }
    const std::string_view rest = text.substr(sign);
    if (!check_web(rest, written, report)) return {};
    return percent_encoded(newswatch::format("{}://{}", is_web ? scheme : "https", rest));
}

}  // namespace newswatch::settings
