#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/error.h"
#include "model/feed.h"
#include "model/watchlist.h"
#include "settings/finding.h"

/// newswatch.yaml, feeds.d, concepts.d and watchlists.d → checked structs. The only yaml-cpp.
namespace newswatch::settings {

struct Polling {
    double budget_per_second{20};                        ///< requests in all
    double page_budget_per_second{5};                    ///< of requests for pages, apart from it
    unsigned at_once{256};                               ///< transfers under way, 1..4096
    unsigned per_site{1};                                ///< of them on one web site
    std::string contact{};                               ///< shown to publishers
    std::vector<std::string> allow_networks{};           ///< CIDR; private networks that may be asked
    std::vector<std::filesystem::path> allow_folders{};  ///< for file:// feeds
    std::string proxy{};
    std::chrono::seconds shortest{
        std::chrono::minutes{5}};  ///< least interval of a feed that does not say `every:`
    std::chrono::seconds usual{std::chrono::minutes{15}};  ///< between two polls, on average over all feeds
    std::chrono::seconds longest{std::chrono::hours{4}};
};

struct Archive {
    std::filesystem::path folder{"/var/lib/newswatch"};
    std::chrono::hours keep_articles{std::chrono::hours{24} * 90};
    std::chrono::hours keep_alerts{std::chrono::hours{24} * 730};
    std::uint64_t size{20'000'000'000};
};

struct Alerts {
    std::chrono::seconds first_poll_window{std::chrono::hours{24}};
    unsigned burst{200};
};

struct Publish {
    std::vector<std::string> zeromq{"ipc:///run/newswatch/alerts.sock", "tcp://127.0.0.1:5556"};
    /// Of missed alerts. A file with `zeromq` of its own and no `replay` has none.
    std::vector<std::string> replay{"ipc:///run/newswatch/replay.sock", "tcp://127.0.0.1:5557"};
    bool insecure{false};
};

struct Control {
    std::filesystem::path socket{"/run/newswatch/control.sock"};
};

/// One struct per section; every default visible here. Relative paths count from the settings file.
struct Settings {
    std::filesystem::path file{};  ///< where it was read
    std::string language{"en"};
    std::string instance{"newswatch"};
    std::filesystem::path feeds{"feeds.d"};
    std::filesystem::path concepts{"concepts.d"};
    std::filesystem::path watchlists{"watchlists.d"};
    std::filesystem::path plugins{};  ///< empty: beside the program
    Polling polling{};
    Archive archive{};
    Alerts alerts{};
    Publish publish{};
    Control control{};
};

/// A decoded file with all its findings. `value` is meaningful where the findings hold no error.
template <class T>
struct Read {
    T value{};
    std::vector<Finding> findings{};
};

/// The settings file. One that is not there gives a finding F14.
[[nodiscard]] Read<Settings> read_settings(const std::filesystem::path& file);

/// What the checks of a watchlist need to know about regions: the code or group behind what was written,
/// empty where unknown.
using FindRegion = std::function<std::string(std::string_view written)>;
/// For people: `Libya` for `LY`.
using RegionName = std::function<std::string(std::string_view code)>;

/// Everything that `feeds:` of a watchlist may name: addresses, names and folders of the feeds. Asked for
/// once, where a watchlist has such a limit.
using FeedNames = std::function<std::vector<std::string>()>;

/// Names that rules may refer to, handed in so that settings includes no other stage.
struct RegionLookup {
    FindRegion find{};
    RegionName name{};
    FeedNames feeds{};  ///< empty: `feeds:` is not checked
};

/// Every feed of a folder (`*.yaml`, `*.yml`, `*.opml`, in order of name). A bad entry is a finding; the rest
/// is read. A feed listed twice: the first file by name wins, with a warning.
[[nodiscard]] Read<std::vector<Feed>> read_feeds(const std::filesystem::path& folder);

/// Concepts: the shipped folder first, then the local one, where a name replaces the shipped one.
/// A file with an error gives findings and none of its concepts. Without `regions` any name is a region.
[[nodiscard]] Read<std::vector<Concept>> read_concepts(const std::filesystem::path& shipped,
                                                       const std::filesystem::path& local,
                                                       const RegionLookup& regions = {});

/// Watchlists of a folder. A file with an error gives findings and no watchlist; the others are read.
[[nodiscard]] Read<std::vector<Watchlist>> read_watchlists(const std::filesystem::path& folder,
                                                           const std::vector<Concept>& concepts,
                                                           const RegionLookup& regions);

/// One file by itself. `bytes` as they are in the file; `shown_as` is the path in messages.
[[nodiscard]] Read<std::vector<Watchlist>> decode_watchlist_file(std::string_view bytes,
                                                                 const std::string& shown_as,
                                                                 const std::vector<Concept>& concepts,
                                                                 const RegionLookup& regions);

/// The value of `match:` in flow or block style, as in matching/vectors.tsv: used by tests and tools.
[[nodiscard]] Read<Rule> decode_rule(std::string_view yaml, const std::string& shown_as,
                                     const std::vector<Concept>& concepts, const RegionLookup& regions);

}  // namespace newswatch::settings
