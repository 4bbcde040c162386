#include "text/url_tracking.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.h"

namespace newswatch::text {

namespace {

// Campaign parameters of whole families: Google, Matomo, AT Internet, comScore, HubSpot, Mailchimp,
// Webtrends.
constexpr std::array<std::string_view, 16> kPrefixes = {"utm_",  "mtm_", "matomo_", "pk_", "piwik_", "at_",
                                                        "ns_",   "hsa_", "_hs",     "mc_", "wt_",    "wt.mc",
                                                        "bsft_", "oly_", "vero_",   "ga_"};

constexpr std::array<std::string_view, 66> kNames = {
    // Click identifiers of advertisers and networks.
    "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "gad_source", "gad_campaignid", "srsltid",
    "msclkid", "yclid", "ysclid", "_openstat", "twclid", "ttclid", "igshid", "igsh", "li_fat_id", "epik",
    "mibextid", "sscid", "irclickid", "irgwc", "ef_id", "s_kwcid", "tblci", "dicbo", "rdt_cid", "sccid",
    "__s", "_kx", "_branch_match_id", "rb_clickid", "wickedid", "ml_subscriber", "ml_subscriber_hash",
    // Analytics.
    "_ga", "_gl", "__hstc", "__hssc", "__hsfp", "hsctatracking", "mkt_tok", "adobe_mc", "guccounter",
    "guce_referrer", "guce_referrer_sig", "ref_src", "ref_url", "__twitter_impression", "xtor",
    // Publishers' own campaigns.
    "cmp", "cmpid", "ocid", "ncid", "icid", "ito", "ftag", "smid", "mbid", "tpcc", "emc", "s_cid", "taid",
    "wt_mc", "rss"};

// What is a campaign only with such a value: `ref=rss` is one, `ref=4711` is an article.
constexpr std::array<std::string_view, 9> kSourceNames = {"ref",     "source",   "src",  "from",  "via",
                                                          "partner", "referrer", "feed", "medium"};
constexpr std::array<std::string_view, 17> kSources = {
    "rss",      "rss2",    "rssfeed",  "rss_feed", "rss-feed", "feed",       "feeds", "atom",  "newsfeed",
    "facebook", "twitter", "telegram", "whatsapp", "linkedin", "newsletter", "email", "social"};

bool is_one_of(std::string_view wanted, const auto& names) {
    return std::find(names.begin(), names.end(), wanted) != names.end();
}

}  // namespace

bool tracks(std::string_view parameter) {
    const std::size_t equals = std::min(parameter.find('='), parameter.size());
    const std::string name = ascii::lower(parameter.substr(0, equals));
    if (is_one_of(name, kNames)) return true;
    if (std::any_of(kPrefixes.begin(), kPrefixes.end(),
                    [&](std::string_view prefix) { return name.starts_with(prefix); })) {
        return true;
    }
    if (equals == parameter.size() || !is_one_of(name, kSourceNames)) return false;
    return is_one_of(ascii::lower(parameter.substr(equals + 1)), kSources);
}

}  // namespace newswatch::text
