#include "settings/finding.h"

#include <gtest/gtest.h>

namespace newswatch::settings {
namespace {

Finding a_finding() {
    Finding finding;
    finding.code = "W06";
    finding.headline = "unknown setting `any-of` in `match`";
    finding.place = {"watchlists.d/syria.yaml", 3, 3};
    finding.length = 6;
    finding.excerpt = "  any-of:";
    finding.label = "did you mean `any_of`?";
    finding.help = {"known: all_of, any_of", "help: write\nany_of:"};
    return finding;
}

TEST(Render, shows_place_excerpt_caret_and_help) {
    EXPECT_EQ(render(a_finding()),
              "error[W06]: unknown setting `any-of` in `match`\n"
              " --> watchlists.d/syria.yaml:3:3\n"
              "  |\n"
              "3 |   any-of:\n"
              "  |   ^^^^^^ did you mean `any_of`?\n"
              "  |\n"
              "  = known: all_of, any_of\n"
              "  = help: write\n"
              "          any_of:\n");
}

TEST(Render, a_line_from_right_to_left_quotes_the_piece) {
    Finding finding = a_finding();
    finding.excerpt = "  any_of: [ليبيا، سوريا]";
    finding.place.column = 17;
    finding.length = 1;
    finding.help.clear();
    EXPECT_NE(render(finding).find("  | at «،»: did you mean `any_of`?\n"), std::string::npos);
}

TEST(Render, what_cannot_be_seen_is_shown) {
    Finding finding = a_finding();
    finding.excerpt = "\tname:\u00A0a\u200Eb";
    finding.place.column = 9;
    finding.length = 1;
    finding.label.clear();
    EXPECT_NE(render(finding).find("3 | ⇥name:⍽a‹U+200E›b\n  |         ^^^^^^^^\n"), std::string::npos)
        << render(finding);
}

TEST(Render, wide_letters_move_the_caret_by_two) {
    Finding finding = a_finding();
    finding.excerpt = "- 大使館: x";
    finding.place.column = 6;
    finding.length = 1;
    finding.label.clear();
    EXPECT_NE(render(finding).find("3 | - 大使館: x\n  |         ^\n"), std::string::npos) << render(finding);
}

TEST(Render, a_second_place_is_shown_below_the_first) {
    Finding finding = a_finding();
    finding.related.push_back({{"watchlists.d/syria.yaml", 12, 3}, 2, "  x: y", "first time"});
    EXPECT_EQ(render(finding).substr(0, 200).find("  --> watchlists.d/syria.yaml:3:3\n   |\n 3 |"), 48U)
        << render(finding);
    EXPECT_NE(
        render(finding).find("  ::: watchlists.d/syria.yaml:12:3\n   |\n12 |   x: y\n   |   ^^ first time\n"),
        std::string::npos)
        << render(finding);
}

TEST(Render, one_line_for_logs_and_editors) {
    EXPECT_EQ(render_line(a_finding()),
              "watchlists.d/syria.yaml:3:3: error: unknown setting `any-of` in `match` [W06]");
    Finding whole = a_finding();
    whole.severity = Severity::note;
    whole.place = {"a.yaml", 0, 0};
    EXPECT_EQ(render_line(whole), "a.yaml: note: unknown setting `any-of` in `match` [W06]");
}

}  // namespace
}  // namespace newswatch::settings
