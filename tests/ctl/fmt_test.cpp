#include <gmock/gmock.h>

#include <fstream>
#include <iterator>

#include "run_verb.h"

namespace newswatch::ctl {
namespace {

using testing::HasSubstr;

std::string bytes_of(const std::string& file) {
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

using FmtVerb = VerbTest;

TEST_F(FmtVerb, says_what_would_change_and_leaves_the_file_alone) {
    const std::string file = write("watchlists.d/a.yaml", "match:\n\tany_of: [a]\n");
    const Outcome outcome = run_verb({"fmt", file});
    EXPECT_EQ(outcome.exit, 1);
    EXPECT_THAT(outcome.out, HasSubstr("a.yaml:2: the TAB at the start becomes spaces"));
    EXPECT_EQ(bytes_of(file), "match:\n\tany_of: [a]\n");
}

TEST_F(FmtVerb, with_fix_writes_the_file) {
    const std::string file = write("watchlists.d/a.yaml", "match:\n\tany_of: [a]\n");
    EXPECT_EQ(run_verb({"fmt", "--fix", file}).exit, 0);
    EXPECT_EQ(bytes_of(file), "match:\n  any_of: [a]\n");
    EXPECT_EQ(run_verb({"fmt", file}).exit, 0);
}

TEST_F(FmtVerb, an_arabic_file_in_a_windows_encoding_becomes_utf8) {
    const std::string file =
        write("watchlists.d/a.yaml", "name: \xE1\xED\xC8\xED\xC7\n");  // ليبيا in windows-1256
    EXPECT_EQ(run_verb({"fmt", "--from", "windows-1256", "--fix", file}).exit, 0);
    EXPECT_EQ(bytes_of(file), "name: ليبيا\n");
}

TEST_F(FmtVerb, a_file_that_is_not_utf8_is_refused_with_what_to_do) {
    const Outcome outcome =
        run_verb({"fmt", "--fix", write("watchlists.d/a.yaml", "name: \xE1\xED\xC8\xED\xC7\n")});
    EXPECT_EQ(outcome.exit, 1);
    EXPECT_THAT(outcome.out, HasSubstr("--from"));
}

TEST_F(FmtVerb, utf16_becomes_utf8) {
    const std::string file = write("watchlists.d/a.yaml", std::string{"\xFF\xFEi\0d\0:\0 \0a\0\n\0", 14});
    EXPECT_EQ(run_verb({"fmt", "--fix", file}).exit, 0);
    EXPECT_EQ(bytes_of(file), "id: a\n");
}

TEST_F(FmtVerb, a_file_that_is_not_there_is_named) {
    const Outcome outcome = run_verb({"fmt", "absent.yaml"});
    EXPECT_EQ(outcome.exit, 1);
    EXPECT_THAT(outcome.err, HasSubstr("absent.yaml"));
}

}  // namespace
}  // namespace newswatch::ctl
