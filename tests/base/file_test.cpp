#include "base/file.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/hash.h"

namespace newswatch {
namespace {

class Files : public testing::Test {
  protected:
    void SetUp() override { std::filesystem::create_directories(folder_); }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / ("newswatch-file-test-" + random_hex(12));
};

TEST_F(Files, what_was_written_is_read_back) {
    ASSERT_TRUE(write_file(folder_ / "a", std::string{"one\0two", 7}));
    const auto bytes = read_file(folder_ / "a", 100);
    ASSERT_TRUE(bytes);
    EXPECT_EQ(*bytes, (std::string{"one\0two", 7}));
}

TEST_F(Files, writing_replaces_the_whole_file_and_leaves_nothing_beside_it) {
    ASSERT_TRUE(write_file(folder_ / "a", "a long first version"));
    ASSERT_TRUE(write_file(folder_ / "a", "second"));
    EXPECT_EQ(*read_file(folder_ / "a", 100), "second");
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator{folder_}, {}), 1);
}

TEST_F(Files, a_file_over_the_limit_is_refused_with_its_path) {
    ASSERT_TRUE(write_file(folder_ / "big", std::string(101, 'x')));
    const auto bytes = read_file(folder_ / "big", 100);
    ASSERT_FALSE(bytes);
    EXPECT_NE(bytes.error().line().find("big"), std::string::npos);
    EXPECT_NE(bytes.error().line().find("100 bytes"), std::string::npos);
}

TEST_F(Files, a_file_that_is_not_there_is_named) {
    const auto bytes = read_file(folder_ / "absent", 100);
    ASSERT_FALSE(bytes);
    EXPECT_NE(bytes.error().line().find("absent: cannot read: No such file"), std::string::npos);
}

TEST_F(Files, a_folder_is_not_a_file) {
    const auto bytes = read_file(folder_, 100);
    ASSERT_FALSE(bytes);
    EXPECT_NE(bytes.error().what.find("folder"), std::string::npos);
}

TEST_F(Files, writing_into_a_folder_that_is_not_there_is_an_error_with_the_path) {
    const auto written = write_file(folder_ / "none" / "a", "x");
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().kind, ErrorKind::storage);
    EXPECT_NE(written.error().where.find("none/a"), std::string::npos);
}

}  // namespace
}  // namespace newswatch
