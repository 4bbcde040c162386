#include <grp.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "regions.h"
#include "settings/settings.h"
#include "temporary_folder.h"

namespace newswatch::settings {
namespace {

namespace fs = std::filesystem;

/// One mistake of the collection in `mistakes/` and a part of the help that must be there.
struct Mistake {
    int number;
    std::string help;
};

/// What an `.expected` file says.
struct Expected {
    std::string severity{};
    std::string code{};
    std::string file{};
    unsigned line{0};
    unsigned column{0};
};

std::string text_of(const fs::path& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

/// `error[Y01]: …` → severity and code.
bool is_headline(const std::string& line, Expected& into) {
    const std::size_t open = line.find('[');
    const std::size_t close = line.find("]: ");
    if (open == std::string::npos || close == std::string::npos || open > close) return false;
    into = {line.substr(0, open), line.substr(open + 1, close - open - 1), {}, 0, 0};
    return into.severity == "error" || into.severity == "warning" || into.severity == "note";
}

/// `--> FILE:LINE:COLUMN`, or `= at: …` where there is no excerpt.
void read_place(const std::string& line, Expected& into) {
    const std::size_t begin = line.find_first_not_of(' ');
    if (begin == std::string::npos || into.line != 0) return;
    std::istringstream words{line.substr(begin)};
    std::string sign;
    std::string place;
    words >> sign >> place;
    if (sign == "=" && place == "at:") {
        words >> place;
    } else if (sign != "-->") {
        return;
    }
    const std::size_t file_end = place.find(':');
    const std::size_t line_end = place.find(':', file_end + 1);
    into.file = place.substr(0, file_end);
    into.line = static_cast<unsigned>(std::stoul(place.substr(file_end + 1)));
    into.column = static_cast<unsigned>(std::stoul(place.substr(line_end + 1)));
}

std::vector<Expected> expected_of(const std::string& text) {
    std::vector<Expected> all;
    std::istringstream lines{text};
    for (std::string line; std::getline(lines, line);) {
        Expected headline;
        if (is_headline(line, headline)) {
            all.push_back(headline);
        } else if (!all.empty()) {
            read_place(line, all.back());
        }
    }
    // A note on a whole file names it in its headline.
    const std::size_t folder = text.find("watchlists.d/");
    for (Expected& one : all) {
        if (one.file.empty() && folder != std::string::npos)
            one.file = text.substr(folder, text.find(' ', folder) - folder);
    }
    return all;
}

std::vector<Concept> shipped_concepts() {
    Concept diplomacy;
    diplomacy.id = "diplomacy";
    Concept sport;
    sport.id = "sport";
    return {diplomacy, sport};
}

/// Everything that is said of a folder laid out like /etc/newswatch.
std::vector<Finding> findings_of(const fs::path& folder, const std::string& file) {
    if (file == "newswatch.yaml") return read_settings(folder / file).findings;
    if (file.starts_with("feeds.d")) return read_feeds(folder / "feeds.d").findings;
    return read_watchlists(folder / "watchlists.d", shipped_concepts(), test_regions()).findings;
}

class Mistakes : public ::testing::TestWithParam<Mistake> {};

TEST_P(Mistakes, gets_the_place_and_the_help_it_needs) {
    const fs::path samples = fs::path{NEWSWATCH_SOURCE_DIR} / "tests" / "settings" / "mistakes";
    const std::string number = (GetParam().number < 10 ? "0" : "") + std::to_string(GetParam().number);
    const std::vector<Expected> expected = expected_of(text_of(samples / (number + ".expected")));
    ASSERT_FALSE(expected.empty());
    const TemporaryFolder folder;
    if (GetParam().number == 13)
        folder.write("watchlists.d/syria.yaml", "id: syria-libya\nmatch: {all_of: [{region: SY}]}\n");
    folder.write(expected.front().file, text_of(samples / (number + ".yaml")));

    const std::vector<Finding> findings = findings_of(folder.path(), expected.front().file);
    std::string rendered;
    for (const Finding& finding : findings)
        rendered += render(finding) + "\n";
    for (const Expected& one : expected) {
        const bool is_there = std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
            return finding.code == one.code && name_of(finding.severity) == one.severity &&
                   (one.line == 0 ||
                    (finding.place.line == one.line && finding.place.column == one.column)) &&
                   finding.place.file.ends_with(one.file);
        });
        EXPECT_TRUE(is_there) << "expected " << one.severity << " " << one.code << " at " << one.file << ":"
                              << one.line << ":" << one.column << "\n"
                              << rendered;
    }
    EXPECT_NE(rendered.find(GetParam().help), std::string::npos)
        << "expected «" << GetParam().help << "» in\n"
        << rendered;
    // No finding that stems from another; 02, 04, 16, 17, 27 and 36 are no errors at all. 16 lacks `match`.
    if (GetParam().number != 16) {
        EXPECT_EQ(findings.size(), expected.size()) << rendered;
    }
}

/// The findings as somebody without the powers of root meets them, rendered by a process of its own.
std::string rendered_for_nobody(const fs::path& folder) {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) return "no pipe";
    const pid_t child = ::fork();
    if (child == 0) {
        constexpr uid_t kNobody = 65534;
        if (::getuid() == 0 &&
            (::setgroups(0, nullptr) != 0 || ::setgid(kNobody) != 0 || ::setuid(kNobody) != 0))
            ::_exit(1);
        std::string text;
        for (const Finding& finding : findings_of(folder, "watchlists.d/syria.yaml"))
            text += render(finding);
        ::_exit(::write(ends[1], text.data(), text.size()) == static_cast<ssize_t>(text.size()) ? 0 : 1);
    }
    ::close(ends[1]);
    std::string text;
    std::array<char, 4096> part{};
    for (ssize_t got = 0; (got = ::read(ends[0], part.data(), part.size())) > 0;)
        text.append(part.data(), static_cast<std::size_t>(got));
    ::close(ends[0]);
    ::waitpid(child, nullptr, 0);
    return text;
}

TEST(UnreadableFile, mistake_14_names_owner_mode_reader_and_the_commands_that_help) {
    const TemporaryFolder folder;
    folder.write("watchlists.d/syria.yaml", "id: x\n");
    fs::permissions(folder.path(), fs::perms::all);
    fs::permissions(folder.path() / "watchlists.d/syria.yaml", fs::perms::none);
    const std::string rendered = rendered_for_nobody(folder.path());
    EXPECT_TRUE(rendered.starts_with("error[F14]: cannot read watchlists.d/syria.yaml: permission denied\n"))
        << rendered;
    for (const char* part : {"file: owner ", "mode ---------- (0)", "reader: newswatch runs as user `",
                             "help: sudo chgrp ", "sudo chmod 640 "}) {
        EXPECT_NE(rendered.find(part), std::string::npos) << part << " in\n" << rendered;
    }
}

// 25 and 26 need a web server and 40 the matcher: tests/ctl has them.
INSTANTIATE_TEST_SUITE_P(
    Collected, Mistakes,
    ::testing::Values(
        Mistake{1, "2 lines have TABs (3 and 4)"}, Mistake{2, "never as \"no/false\""},
        Mistake{3, "name: \"Syria: embassy reopens\""}, Mistake{4, "read as: foreign minister"},
        Mistake{5, "first time"}, Mistake{6, "did you mean `any_of`? (underscore, not hyphen)"},
        Mistake{7, "did you mean `GB` (United Kingdom)?"}, Mistake{8, "all_of:           any_of:"},
        Mistake{9, "indented by 4 spaces"}, Mistake{10, "all_of: [everything]"}, Mistake{11, "- libya*"},
        Mistake{12, "at least 3 letters"}, Mistake{13, "id: syria-libya-2"},
        Mistake{15, "Windows-1256 (Arabic); read that way, line 2 says: name: «ليبيا»"},
        Mistake{16, "is UTF-16 with Windows line ends; read correctly"}, Mistake{17, "‹U+200F›region: LY"},
        Mistake{18, "abc ‹U+202E›def"}, Mistake{19, "at «،»: read as ONE term: ليبيا، سوريا"},
        Mistake{20, "-4 is below 1"}, Mistake{21, "every: 10 min"},
        Mistake{22, "did you mean `min` (minutes)?"}, Mistake{23, "the shortest is 1 min"},
        Mistake{24, "- agency.example/rss"}, Mistake{27, "first listed here"},
        Mistake{28, "remove one space before `none_of`"}, Mistake{29, "write `region: SY`"},
        Mistake{30, "repairs lines 4 and 5"}, Mistake{31, "name: \"Syria and Libya\""},
        Mistake{32, "- \"@spokesperson\""}, Mistake{33, "- \"#libya\""}, Mistake{34, "name:⍽Libya desk"},
        Mistake{35, "did you mean `diplomacy`?"}, Mistake{36, "- regex: \"liby(a|en)\""},
        Mistake{37, "everything below would be ignored"}, Mistake{38, "- embassies"}, Mistake{39, "concept"}),
    [](const auto& tested) { return "mistake_" + std::to_string(tested.param.number); });

}  // namespace
}  // namespace newswatch::settings
