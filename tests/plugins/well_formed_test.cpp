#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "reading.h"

namespace newswatch::parse {

namespace {

/// A whole document in which one thing is as XML 1.0 forbids or allows it; its article is read all the same.
struct Case {
    const char* rule;
    std::string document;
};
void PrintTo(const Case& one, std::ostream* out) {
    *out << one.rule;
}

std::string in_root(std::string_view attributes, std::string_view item) {
    return "<rss version='2.0' " + std::string{attributes} + "><channel><item><title>T</title>" +
           std::string{item} + "</item></channel></rss>";
}
std::string in_item(std::string_view item) {
    return in_root({}, item);
}

class Fault : public testing::TestWithParam<Case> {};

TEST_P(Fault, is_called_a_repair_and_loses_nothing) {
    EXPECT_EQ(titles(GetParam().document), "!T|") << GetParam().document;
}

INSTANTIATE_TEST_SUITE_P(
    WellFormed, Fault,
    testing::Values(
        Case{"2.5 two dashes in a comment", in_item("<!-- a -- b -->")},
        Case{"2.5 three dashes end a comment", in_item("<!-- a --->")},
        Case{"2.6 a declaration inside", in_item("<?xml version='1.0'?>")},
        Case{"2.6 a target in other case is reserved", in_item("<?XML version='1.0'?>")},
        Case{"2.6 an instruction without target", in_item("<? echo ?>")},
        Case{"2.8 a declaration without version", "<?xml encoding='utf-8'?>" + in_item("")},
        Case{"2.8 a declaration in wrong order", "<?xml encoding='utf-8' version='1.0'?>" + in_item("")},
        Case{"2.8 a declaration without quotes", "<?xml version=1.0?>" + in_item("")},
        Case{"2.8 a declaration without blanks", "<?xml version='1.0'encoding='utf-8'?>" + in_item("")},
        Case{"2.8 a declaration with more in it", "<?xml version='1.0' charset='utf-8'?>" + in_item("")},
        Case{"2.8 a declaration that ends like a tag", "<?xml version='1.0'>" + in_item("")},
        Case{"2.8 a type behind the root", in_item("") + "<!DOCTYPE rss>"},
        Case{"2.8 a type inside", in_item("<!DOCTYPE rss>")},
        Case{"2.9 standalone is yes or no", "<?xml version='1.0' standalone='1'?>" + in_item("")},
        Case{"2.7 CDATA behind the root", in_item("") + "<![CDATA[ ]]>"},
        Case{"2.8 text before a comment behind the root", in_item("") + "x<!-- c -->"},
        Case{"2.8 text between declaration and root", "<?xml version='1.0'?>.\n" + in_item("")},
        Case{"3.1 an attribute twice", in_item("<enclosure url='http://a.b/' type='a/b' type='a/b'/>")},
        Case{"3.1 a less-than sign in an attribute", in_item("<enclosure url='http://a.b/' type='a<b'/>")},
        Case{"3.1 no blank between attributes", in_item("<enclosure url='http://a.b/'type='a/b'/>")},
        Case{"3.1 attributes of an end tag", in_item("<guid>g</guid x='y'>")},
        Case{"4.3.3 an encoding that is no name", "<?xml version='1.0' encoding=''?>" + in_item("")},
        Case{"names 5 an undeclared prefix of an element", in_item("<zz:a/>")},
        Case{"names 5 an undeclared prefix of an attribute", in_item("<guid zz:a='b'>g</guid>")},
        Case{"names 5 an undeclared prefix in a field's mark-up",
             in_item("<description><o:p>a</o:p></description>")},
        Case{"names 6.1 a prefix that was declared for another element",
             in_item("<a xmlns:zz='urn:a'/><zz:b/>")},
        Case{"a root without end of its tag",
             "<rss version='2.0' <channel><item><title>T</title></item>"
             "</channel></rss>"},
        Case{"signs in the root's tag",
             "<rss\"version='2.0'><channel><item><title>T</title></item>"
             "</channel></rss>"},
        Case{"an item without end of its tag",
             "<rss version='2.0'><channel><item <title>T</title></item>"
             "</channel></rss>"}));

class Allowed : public testing::TestWithParam<Case> {};

TEST_P(Allowed, is_no_repair) {
    EXPECT_EQ(titles(GetParam().document), "T|") << GetParam().document;
}

INSTANTIATE_TEST_SUITE_P(
    WellFormed, Allowed,
    testing::Values(
        Case{"2.5 an empty comment", in_item("<!---->")},
        Case{"2.5 tags and dashes in a comment", in_item("<!-- <a - b> & ]]> -->")},
        Case{"2.6 an instruction", in_item("<?php echo '<a>' ?>")},
        Case{"2.6 a style sheet before the root",
             "<?xml version='1.0'?>\n<?xml-stylesheet href='a'?>" + in_item("")},
        Case{"2.7 CDATA may hold all", in_item("<description><![CDATA[<a -- & <b]]></description>")},
        Case{"2.8 a declaration with all",
             "<?xml version = \"1.0\" encoding='UTF-8' standalone=\"yes\" ?>\n" + in_item("")},
        Case{"2.8 a version to come", "<?xml version='1.1'?>" + in_item("")},
        Case{"2.8 a type with a subset",
             "<!DOCTYPE rss PUBLIC '-//>//' \"a.dtd\" [<!-- ' ]> --><!ELEMENT rss ANY>]>" + in_item("")},
        Case{"2.8 comments and instructions around the root",
             "<!-- a -->\n<?b c?>" + in_item("") + "\n<!-- d --> <?e?>\n"},
        Case{"3.1 quotes of the other kind in an attribute", in_item("<a b='\"' c=\"'\" d='>'/>")},
        Case{"3.1 blanks in tags", in_item("<a\n b = 'c'\t/><d ></d >")},
        Case{"names 3 the prefix xml", in_item("<guid xml:lang='de'>g</guid>")},
        Case{"names 5 a prefix declared on the element itself", in_item("<zz:a zz:b='c' xmlns:zz='urn:a'/>")},
        Case{"names 5 a prefix declared above", in_root("xmlns:zz='urn:a'", "<zz:a><zz:b/></zz:a><zz:c/>")}));

TEST(WellFormed, an_element_too_deep_is_a_repair_and_its_text_stays) {
    std::string deep = "x";
    for (int i = 0; i < 300; ++i)
        deep = "<b>" + deep + "</b>";
    const auto parsed = must_read(in_item("<description>" + deep + "</description>"));
    EXPECT_TRUE(parsed.recovered);
    ASSERT_EQ(parsed.articles.size(), 1U);
    EXPECT_EQ(parsed.articles[0].summary, "x");
}

}  // namespace

}  // namespace newswatch::parse
