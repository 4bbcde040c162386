#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace newswatch::fetch {

/// What a site lets automatic readers fetch (RFC 9309). Feeds are made to be asked for; pages are not, so
/// these are asked for only where the site does not object. Immutable; any thread may read it.
class Robots {
  public:
    /// Reads the groups for the product token `agent`, or else those for `*`. Takes anything: what is no rule
    /// is passed over, what stands behind the first 512 KiB or 10,000 rules too.
    [[nodiscard]] static Robots read(std::string_view bytes, std::string_view agent);
    /// A site without a robots.txt (RFC 9309 §2.3.1.3).
    [[nodiscard]] static Robots all() { return {}; }
    /// A site that cannot be asked at present (RFC 9309 §2.3.1.4).
    [[nodiscard]] static Robots none();

    /// The longest rule that fits decides, `allow` where two are as long (RFC 9309 §2.2.2). `target` is the
    /// path with the query, as in the request.
    [[nodiscard]] bool allow(std::string_view target) const;

  private:
    struct Rule {
        std::string path{};  ///< in one form of percent-encoding; `*` and a last `$` are wildcards
        bool allow{false};
    };
    std::vector<Rule> rules_{};
};

}  // namespace newswatch::fetch
