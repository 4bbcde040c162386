#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include <gtest/gtest.h>

#include "sentences.h"
#include "text/fold.h"

/// Grammar as a check of config/regions: who has one form of a word has all forms of its paradigm.
namespace newswatch::match {
namespace {

/// Every demonym of `language` that ends in `citation` must exist with each of `endings` in its place.
struct Paradigm {
    std::string language{};
    std::string citation{};
    std::vector<std::string> endings{};
};

// Forms that mean something else first: the English language, a lobby.
const std::set<std::string> kLeftOut{"αγγλικά", "לובי"};

std::string key(const std::string& language, const std::string& form) {
    return language + '\t' + text::fold(form);
}

class RegionParadigms : public testing::TestWithParam<Paradigm> {};

TEST_P(RegionParadigms, have_all_their_forms) {
    const Paradigm& paradigm = GetParam();
    std::unordered_map<std::string, std::string> regions;
    for (const RegionForm& form : shipped_regions().forms)
        regions.emplace(key(form.language, form.form), form.region);
    unsigned checked = 0;
    for (const RegionForm& form : shipped_regions().forms) {
        const bool is_of_it = form.language == paradigm.language && form.kind == FormKind::demonym &&
                              form.form.ends_with(paradigm.citation) &&
                              form.form.find_first_of(" -") == std::string::npos;
        const std::string stem = form.form.substr(0, form.form.size() - paradigm.citation.size());
        if (!is_of_it || text::count_code_points(stem) < 2) continue;
        ++checked;
        for (const std::string& ending : paradigm.endings) {
            if (kLeftOut.contains(stem + ending)) continue;
            const auto found = regions.find(key(form.language, stem + ending));
            EXPECT_TRUE(found != regions.end() && found->second == form.region)
                << form.region << ' ' << form.language << ": " << form.form << " without " << stem << ending;
        }
    }
    EXPECT_GT(checked, 0U);
}

INSTANTIATE_TEST_SUITE_P(
    Grammar, RegionParadigms,
    testing::Values(
        Paradigm{"ru",
                 "ский",
                 {"ского", "скому", "ским", "ском", "ская", "ской", "скую", "ское", "ские", "ских", "скими",
                  "ско"}},
        Paradigm{
            "ru", "анец", {"анца", "анцу", "анцем", "анце", "анцы", "анцев", "анцам", "анцами", "анцах"}},
        Paradigm{"uk",
                 "ський",
                 {"ського", "ському", "ським", "ська", "ської", "ській", "ську", "ською", "ське", "ські",
                  "ських", "ськими", "сько"}},
        Paradigm{
            "uk", "анець", {"анця", "анцю", "анцем", "анцеві", "анці", "анців", "анцям", "анцями", "анцях"}},
        Paradigm{"de", "isch", {"ische", "ischer", "ischen", "ischem", "isches"}},
        Paradigm{"de", "erin", {"er", "ern", "erinnen"}},
        Paradigm{"el", "ικός", {"ικού", "ικό", "ική", "ικής", "ικοί", "ικών", "ικούς", "ικές", "ικά"}},
        Paradigm{"ar", "ية", {"ي", "يون", "يين", "يات", "يان", "يتان", "يتين"}},
        Paradigm{"fr", "ien", {"ienne", "iens", "iennes"}}, Paradigm{"fr", "ais", {"aise", "aises"}},
        Paradigm{"fr", "ain", {"aine", "ains", "aines"}}, Paradigm{"es", "ano", {"ana", "anos", "anas"}},
        Paradigm{"es", "és", {"esa", "eses", "esas"}}, Paradigm{"es", "í", {"íes"}},
        Paradigm{"it", "ano", {"ana", "ani", "ane"}}, Paradigm{"it", "ese", {"esi"}},
        Paradigm{
            "tr", "lı", {"lının", "lıya", "lılar", "lıların", "lılara", "lıları", "lılardan", "lılarla"}},
        Paradigm{
            "tr", "li", {"linin", "liye", "liler", "lilerin", "lilere", "lileri", "lilerden", "lilerle"}},
        Paradigm{"ur", "ی", {"یوں"}}, Paradigm{"hi", "ी", {"ियों"}}, Paradigm{"he", "ית", {"י", "יות"}},
        Paradigm{"ko", "인", {"인들"}}),
    [](const auto& paradigm) { return paradigm.param.language + std::to_string(paradigm.index); });

}  // namespace
}  // namespace newswatch::match
