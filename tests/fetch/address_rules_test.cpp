#include "fetch/address_rules.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

#include <cstring>

namespace newswatch::fetch {
namespace {

std::string refusal(const AddressRules& rules, const std::string& text) {
    sockaddr_storage storage{};
    sockaddr_in v4{};
    sockaddr_in6 v6{};
    v4.sin_family = AF_INET;
    v6.sin6_family = AF_INET6;
    if (::inet_pton(AF_INET, text.c_str(), &v4.sin_addr) == 1) {
        std::memcpy(&storage, &v4, sizeof v4);
    } else {
        EXPECT_EQ(::inet_pton(AF_INET6, text.c_str(), &v6.sin6_addr), 1) << text;
        std::memcpy(&storage, &v6, sizeof v6);
    }
    return rules.refusal(reinterpret_cast<const sockaddr&>(storage));
}

TEST(AddressRules, the_public_internet_may_be_asked) {
    const AddressRules rules{{}};
    for (const char* address : {"8.8.8.8", "93.184.216.34", "172.15.0.1", "172.32.0.1", "100.63.255.255",
                                "100.128.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"})
        EXPECT_EQ(refusal(rules, address), "") << address;
}

TEST(AddressRules, this_machine_and_private_networks_may_not) {
    const AddressRules rules{{}};
    for (const char* address :
         {"127.0.0.1", "127.255.255.255", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255",
          "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.127.255.255", "224.0.0.1", "255.255.255.255",
          "198.18.0.1", "::", "::1", "fe80::1", "fc00::1", "fd12::1", "ff02::1"})
        EXPECT_NE(refusal(rules, address), "") << address;
}

TEST(AddressRules, an_address_inside_another_is_judged_as_itself) {
    const AddressRules rules{{}};
    for (const char* address : {"::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1",
                                "2002:7f00:1::", "2002:a9fe:a9fe::", "64:ff9b:1::1"})
        EXPECT_NE(refusal(rules, address), "") << address;
}

TEST(AddressRules, the_refusal_names_the_address_and_the_setting) {
    EXPECT_EQ(
        refusal(AddressRules{{}}, "10.1.2.3"),
        "10.1.2.3 is a private address, which feeds may not lead to (polling.allow_networks: [10.1.2.3/32] "
        "would allow it)");
    EXPECT_EQ(
        refusal(AddressRules{{}}, "fd00::5"),
        "fd00::5 is a private address, which feeds may not lead to (polling.allow_networks: [fd00::5/128] "
        "would allow it)");
}

TEST(AddressRules, an_allowed_network_may_be_asked_and_its_neighbour_not) {
    const AddressRules rules{{"10.1.0.0/16", "127.0.0.2", "fd00:1::/33"}};
    EXPECT_EQ(refusal(rules, "10.1.255.255"), "");
    EXPECT_NE(refusal(rules, "10.2.0.0"), "");
    EXPECT_EQ(refusal(rules, "127.0.0.2"), "");
    EXPECT_EQ(refusal(rules, "::ffff:127.0.0.2"), "");
    EXPECT_NE(refusal(rules, "127.0.0.1"), "");
    EXPECT_EQ(refusal(rules, "fd00:1:0:1::"), "");
    EXPECT_NE(refusal(rules, "fd00:1:8000::"), "");
}

TEST(AddressRules, an_allowed_ipv6_network_allows_no_ipv4) {
    EXPECT_EQ(refusal(AddressRules{{"fd00::/8"}}, "10.0.0.1").empty(), false);
    EXPECT_EQ(refusal(AddressRules{{"0.0.0.0/0"}}, "fd00::1").empty(), false);
}

TEST(AddressRules, a_network_that_cannot_be_read_says_how_to_write_it) {
    for (const char* text :
         {"", "10.0.0.0/33", "10.0.0/8", "fd00::/129", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8x", "local"}) {
        const Result<Network> network = read_network(text);
        ASSERT_FALSE(network) << text;
        EXPECT_EQ(network.error().where, "polling.allow_networks");
        EXPECT_NE(network.error().help.find("10.1.0.0/16"), std::string::npos);
    }
}

}  // namespace
}  // namespace newswatch::fetch
