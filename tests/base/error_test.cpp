#include "base/error.h"

#include <gtest/gtest.h>
#include <sysexits.h>

namespace newswatch {
namespace {

TEST(ErrorLine, names_the_place_the_trouble_and_the_help) {
    const Error error{
        .what = "port in use", .where = "tcp://127.0.0.1:5556", .help = "stop the other daemon"};
    EXPECT_EQ(error.line(), "tcp://127.0.0.1:5556: port in use (stop the other daemon)");
}

TEST(ErrorLine, leaves_out_what_is_empty) {
    EXPECT_EQ((Error{.what = "port in use"}).line(), "port in use");
}

TEST(ExitCode, follows_sysexits) {
    EXPECT_EQ(exit_code(ErrorKind::configuration), EX_CONFIG);
    EXPECT_EQ(exit_code(ErrorKind::storage), EX_IOERR);
    EXPECT_EQ(exit_code(ErrorKind::unavailable), EX_UNAVAILABLE);
}

}  // namespace
}  // namespace newswatch
