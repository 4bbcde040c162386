#include "store/schema.h"

#include <gmock/gmock.h>

#include "temporary_folder.h"

namespace newswatch::store {
namespace {

using testing::HasSubstr;

class Schema : public testing::Test {
  protected:
    TemporaryFolder folder_;
    Database database_{folder_.path() / "newswatch.db", Access::read_write};
};

TEST_F(Schema, a_new_file_gets_the_version_that_this_program_writes) {
    migrate(database_);
    EXPECT_EQ(database_.number("PRAGMA user_version"), schema_version());
    EXPECT_EQ(database_.number("PRAGMA application_id"), kApplicationId);
}

TEST_F(Schema, migrating_twice_changes_nothing) {
    migrate(database_);
    const std::int64_t before = database_.number("PRAGMA schema_version");
    migrate(database_);
    EXPECT_EQ(database_.number("PRAGMA schema_version"), before);
}

TEST_F(Schema, a_step_that_fails_leaves_the_file_as_it_was) {
    database_.run("CREATE TABLE alert(unexpected)");  // the first step trips over it in the middle
    EXPECT_THROW(migrate(database_), StorageFault);
    EXPECT_EQ(database_.number("PRAGMA user_version"), 0);
    EXPECT_EQ(database_.number("SELECT count(*) FROM sqlite_schema WHERE name = 'feed'"), 0);
}

TEST_F(Schema, a_newer_schema_is_refused_with_both_numbers) {
    migrate(database_);
    database_.run("PRAGMA user_version = 99");
    const auto checked = check_schema(database_);
    ASSERT_FALSE(checked);
    EXPECT_THAT(checked.error().line(), HasSubstr("newer newswatch (schema 99, this one knows " +
                                                  std::to_string(schema_version()) + ")"));
}

TEST_F(Schema, every_older_schema_is_brought_to_the_present_one_with_its_feeds) {
    migrate(database_, 1);
    database_.run(
        "INSERT INTO feed VALUES(1, x'00112233445566778899aabbccddeeff', 'http://a.example/', 'A', '', '', "
        "x'', 0, 0, 0, 0, '', "
        "7, 3600.0, 0, 0, 0)");
    migrate(database_);
    EXPECT_EQ(database_.number("PRAGMA user_version"), schema_version());
    EXPECT_EQ(database_.number("SELECT articles_seen FROM feed"), 7);
    EXPECT_EQ(database_.number("SELECT length(rhythm) FROM feed"), 0);
}

TEST_F(Schema, a_database_of_another_program_is_refused) {
    database_.run("CREATE TABLE bookmarks(url)");
    const auto checked = check_schema(database_);
    ASSERT_FALSE(checked);
    EXPECT_THAT(checked.error().line(), HasSubstr("another program"));
}

}  // namespace
}  // namespace newswatch::store
