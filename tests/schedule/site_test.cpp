#include <gtest/gtest.h>

#include "schedule/poll_queue.h"

namespace newswatch::schedule {
namespace {

TEST(Site, is_the_registrable_domain) {
    EXPECT_EQ(site_of("https://feeds.bbci.co.uk/news/rss.xml"), "bbci.co.uk");
    EXPECT_EQ(site_of("http://WWW.Example.COM:8080/"), "example.com");
    EXPECT_EQ(site_of("https://user:secret@a.b.example.org?x"), "example.org");
    EXPECT_EQ(site_of("https://example.com./feed"), "example.com");
}

TEST(Site, two_blogs_under_one_public_suffix_are_two_sites) {
    EXPECT_NE(site_of("https://one.blogspot.com/feed"), site_of("https://two.blogspot.com/feed"));
}

TEST(Site, an_address_is_a_site_of_its_own) {
    EXPECT_EQ(site_of("http://127.0.0.2:8000/feed"), "127.0.0.2");
    EXPECT_NE(site_of("http://127.0.0.2/"), site_of("http://127.0.0.3/"));
    EXPECT_EQ(site_of("http://[2001:db8::1]:80/x"), "[2001:db8::1]");
    EXPECT_EQ(site_of("http://2130706433/"), "2130706433");
    EXPECT_EQ(site_of("http://1.2.0x7f/"), "1.2.0x7f");
}

TEST(Site, a_host_of_one_label_is_a_site_of_its_own) {
    EXPECT_EQ(site_of("http://localhost/feed"), "localhost");
    EXPECT_EQ(site_of("http://intranet:8080"), "intranet");
}

TEST(Site, each_file_is_a_site_of_its_own) {
    EXPECT_NE(site_of("file:///srv/a.xml"), site_of("file:///srv/b.xml"));
}

TEST(Site, what_is_no_url_is_a_site_of_its_own) {
    for (const char* odd : {"", "://", "http://", "http://@", "http://[::1", "nonsense"})
        EXPECT_EQ(site_of(odd), odd);
}

}  // namespace
}  // namespace newswatch::schedule
