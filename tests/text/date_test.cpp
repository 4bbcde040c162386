#include "text/date.h"

#include <gtest/gtest.h>

#include <string>

namespace newswatch::text {

namespace {

std::string read(std::string_view text) {
    const auto time = read_date(text);
    return time ? rfc3339(*time) : "nothing";
}

TEST(Date, rfc_822_with_a_numeric_zone) {
    EXPECT_EQ(read("Tue, 27 Jan 2026 09:05:07 +0300"), "2026-01-27T06:05:07Z");
    EXPECT_EQ(read("27 Jan 2026 09:05 -0530"), "2026-01-27T14:35:00Z");
}

TEST(Date, named_zones_have_their_offset) {
    EXPECT_EQ(read("Tue, 27 Jan 2026 09:05:07 GMT"), "2026-01-27T09:05:07Z");
    EXPECT_EQ(read("Tue, 27 Jan 2026 09:05:07 EST"), "2026-01-27T14:05:07Z");
    EXPECT_EQ(read("Tue, 27 Jan 2026 09:05:07 PDT"), "2026-01-27T16:05:07Z");
    EXPECT_EQ(read("Tue, 27 Jan 2026 09:05:07 CEST"), "2026-01-27T07:05:07Z");
    EXPECT_EQ(read("Tue, 27 Jan 2026 09:05:07 MSK"), "2026-01-27T06:05:07Z");
    EXPECT_EQ(read("Tue, 27 Jan 2026 09:05:07 Z"), "2026-01-27T09:05:07Z");
}

TEST(Date, a_zone_that_nobody_knows_is_utc) {
    EXPECT_EQ(read("Tue, 27 Jan 2026 09:05:07 XYZ"), "2026-01-27T09:05:07Z");
    EXPECT_EQ(read("Fri, 11 Mar 2016 01:15:00 +3000"), "2016-03-11T01:15:00Z");
}

TEST(Date, the_abuses_of_rfc_822) {
    EXPECT_EQ(read("Tuesday, 27 January 2026 09:05:07 GMT"), "2026-01-27T09:05:07Z");
    EXPECT_EQ(read("Tue, 27 Jan 26 09:05:07 GMT"), "2026-01-27T09:05:07Z");
    EXPECT_EQ(read("Wed, 27 Jan 99 09:05 UT"), "1999-01-27T09:05:00Z");
    EXPECT_EQ(read("Tue 27 Jan 2026 9:5:7 GMT"), "2026-01-27T09:05:07Z");
    EXPECT_EQ(read("Tue,27 Jan 2026 09:05:07 GMT+0300"), "2026-01-27T06:05:07Z");
    EXPECT_EQ(read("  Tue,  27-Jan-2026   09:05:07 +03:00 (MSK)  "), "2026-01-27T06:05:07Z");
    EXPECT_EQ(read("Foo, 27 Jan 2026 09:05:07 GMT"), "2026-01-27T09:05:07Z");
    EXPECT_EQ(read("27 Jan 2026"), "2026-01-27T00:00:00Z");
    EXPECT_EQ(read("Jan 27, 2026 9:05 PM"), "2026-01-27T21:05:00Z");
    EXPECT_EQ(read("Jan 27th, 2026"), "2026-01-27T00:00:00Z");
    EXPECT_EQ(read("12 Sept 2026 12:30 am"), "2026-09-12T00:30:00Z");
}

TEST(Date, rfc_3339) {
    EXPECT_EQ(read("2026-01-27T09:05:07Z"), "2026-01-27T09:05:07Z");
    EXPECT_EQ(read("2026-01-27T09:05:07.25+03:00"), "2026-01-27T06:05:07Z");
    EXPECT_EQ(read("2026-01-27 09:05:07"), "2026-01-27T09:05:07Z");
    EXPECT_EQ(read("2026-01-27t09:05z"), "2026-01-27T09:05:00Z");
}

TEST(Date, fractions_are_kept_to_the_microsecond) {
    EXPECT_EQ(read_date("2026-01-27T09:05:07.2512345Z")->time_since_epoch().count() % 1'000'000, 251234);
}

TEST(Date, partial_iso_8601) {
    EXPECT_EQ(read("2026"), "2026-01-01T00:00:00Z");
    EXPECT_EQ(read("2026-02"), "2026-02-01T00:00:00Z");
    EXPECT_EQ(read("2026-02-03"), "2026-02-03T00:00:00Z");
    EXPECT_EQ(read("20260203"), "2026-02-03T00:00:00Z");
    EXPECT_EQ(read("20260203T090507Z"), "2026-02-03T09:05:07Z");
    EXPECT_EQ(read("2026-034"), "2026-02-03T00:00:00Z");
    EXPECT_EQ(read("2026-02-03T09:05+0100"), "2026-02-03T08:05:00Z");
    EXPECT_EQ(read("2026-02-03T24:00:00Z"), "2026-02-04T00:00:00Z");
}

TEST(Date, asctime) {
    EXPECT_EQ(read("Tue Jan 27 09:05:07 2026"), "2026-01-27T09:05:07Z");
    EXPECT_EQ(read("Tue Jan 27 09:05:07 EST 2026"), "2026-01-27T14:05:07Z");
}

TEST(Date, numbers_only) {
    EXPECT_EQ(read("31/01/2026 09:05"), "2026-01-31T09:05:00Z");
    EXPECT_EQ(read("1/31/2026 9:05:00 AM"), "2026-01-31T09:05:00Z");
    EXPECT_EQ(read("3/4/2026 9:05:00 PM"), "2026-03-04T21:05:00Z");
    EXPECT_EQ(read("03.04.2026 09:05"), "2026-04-03T09:05:00Z");
    EXPECT_EQ(read("2026/01/31 09:05"), "2026-01-31T09:05:00Z");
    EXPECT_EQ(read("2026-31-01"), "2026-01-31T00:00:00Z");
}

TEST(Date, months_in_the_languages_of_the_world) {
    EXPECT_EQ(read("27 janvier 2026 09:05"), "2026-01-27T09:05:00Z");
    EXPECT_EQ(read("27. Januar 2026"), "2026-01-27T00:00:00Z");
    EXPECT_EQ(read("27 de enero de 2026"), "2026-01-27T00:00:00Z");
    EXPECT_EQ(read("27 января 2026 09:05:07"), "2026-01-27T09:05:07Z");
    EXPECT_EQ(read("27 Ocak 2026"), "2026-01-27T00:00:00Z");
    EXPECT_EQ(read("27 يناير 2026"), "2026-01-27T00:00:00Z");
    EXPECT_EQ(read("27 كانون الثاني 2026"), "2026-01-27T00:00:00Z");
    EXPECT_EQ(read("27 ιανουαρίου 2026"), "2026-01-27T00:00:00Z");
    EXPECT_EQ(read("2026年1月27日 09:05"), "2026-01-27T09:05:00Z");
    EXPECT_EQ(read("2026년 1월 27일"), "2026-01-27T00:00:00Z");
}

TEST(Date, digits_of_other_scripts) {
    EXPECT_EQ(read("٢٧ يناير ٢٠٢٦"), "2026-01-27T00:00:00Z");
    EXPECT_EQ(read("۲۰۲۶-۰۱-۲۷"), "2026-01-27T00:00:00Z");
}

TEST(Date, persian_months) {
    EXPECT_EQ(read("۷ بهمن ۱۴۰۴"), "2026-01-27T00:00:00Z");
    EXPECT_EQ(read("1 فروردین 1403"), "2024-03-20T00:00:00Z");
}

TEST(Date, nonsense_is_nothing) {
    for (const std::string_view text :
         {"", " ", "yesterday", "now", "0", "-1", "31 Feb 2026", "2026-13-41", "32 Jan 2026",
          "Jan 2026 banana", "27 Jan 2026 25:61:00", "::::", "2026-02-30", "1234567890123", "12:30",
          "99/99/9999", "Tue, 27 2026"}) {
        EXPECT_EQ(read(text), "nothing") << text;
    }
}

TEST(Date, a_name_that_two_languages_use_for_two_months_is_nothing) {
    EXPECT_EQ(read("27 listopad 2026"), "nothing");  // October in Croatian, November in Polish
}

TEST(Date, a_long_text_is_no_date) {
    EXPECT_EQ(read(std::string(100'000, '1')), "nothing");
}

TEST(Date, years_before_1000_are_written_with_four_digits) {
    EXPECT_EQ(rfc3339(Time{} - std::chrono::days{600'000}), "0327-04-05T00:00:00Z");
}

}  // namespace

}  // namespace newswatch::text
