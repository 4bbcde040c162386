#include <fcntl.h>
#include <gmock/gmock.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

#include "base/file.h"
#include "base/format.h"
#include "temporary_folder.h"
#include "xpub_server.h"

// The examples of docs/clients do what their readers will copy.

namespace newswatch::client {
namespace {

using testing::HasSubstr;

/// A program under way; killed with its owner.
class Program {
  public:
    explicit Program(std::vector<std::string> words) {
        std::vector<char*> arguments;
        for (std::string& word : words)
            arguments.push_back(word.data());
        arguments.push_back(nullptr);
        posix_spawn_file_actions_t actions;
        ::posix_spawn_file_actions_init(&actions);
        for (const int fd : {STDOUT_FILENO, STDERR_FILENO}) {
            ::posix_spawn_file_actions_addopen(&actions, fd, file_of(fd).c_str(),
                                               O_WRONLY | O_CREAT | O_TRUNC, 0600);
        }
        if (::posix_spawnp(&process_, arguments[0], &actions, nullptr, arguments.data(), environ) != 0)
            process_ = -1;
        ::posix_spawn_file_actions_destroy(&actions);
    }
    ~Program() {
        if (process_ > 0) {
            ::kill(process_, SIGKILL);
            ::waitpid(process_, nullptr, 0);
        }
    }
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    /// Waits for its end; 127 where it could not be started.
    [[nodiscard]] int exit_code() {
        if (process_ < 0) return 127;
        int status = 0;
        ::waitpid(process_, &status, 0);
        process_ = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
    }
    [[nodiscard]] std::string said(int fd) const { return read_file(file_of(fd), 1 << 20).value_or(""); }

  private:
    [[nodiscard]] std::string file_of(int fd) const { return folder_.path() / std::to_string(fd); }

    TemporaryFolder folder_;
    pid_t process_{-1};
};

std::string numbers(unsigned char first, unsigned char second) {
    std::string bytes(16, '\0');
    bytes[7] = static_cast<char>(first);
    bytes[15] = static_cast<char>(second);
    return bytes;
}

std::string heartbeat(const std::string& stream) {
    return newswatch::format(R"({{"stream":"{}"}})", stream);
}

std::string alert(const std::string& title, const std::string& language) {
    return newswatch::format(R"({{"time":"2026-03-14T12:00:00Z","subject":"levant/high","data":{{)"
                             R"("watchlist":{{"id":"levant"}},"article":{{"title":"{}","language":{}}}}}}})",
                             title, language);
}

/// How an example is run, and how to see whether what it needs is there.
struct Example {
    std::string name{};
    std::vector<std::string> command{};
    std::vector<std::string> needs{};
    std::string hint{};
};

class ExampleClient : public testing::TestWithParam<Example> {
  protected:
    XpubServer server_;

    void SetUp() override {
        if (GetParam().needs.empty()) return;
        if (Program{GetParam().needs}.exit_code() != 0) GTEST_SKIP() << "not there: " << GetParam().hint;
    }
    [[nodiscard]] std::vector<std::string> command(const std::vector<std::string>& arguments) const {
        std::vector<std::string> words = GetParam().command;
        words.insert(words.end(), arguments.begin(), arguments.end());
        return words;
    }
};

TEST_P(ExampleClient, it_prints_a_line_an_alert_and_tells_every_gap) {
    Program client{command({server_.endpoint(), "alert/", "--count", "3"})};
    ASSERT_EQ(server_.subscription(), "alert/");
    ASSERT_EQ(server_.subscription(), "hb/") << "subscribed last";
    server_.send({"hb/", numbers(3, 1), heartbeat("one")});
    server_.send({"alert/levant/high/", numbers(4, 2), alert("عنوان\\u001b[2J", "\"ar\"")});
    server_.send({"alert/levant/high/", numbers(6, 5), alert("second", "null")});
    server_.send({"hb/", numbers(6, 1), heartbeat("one")});
    server_.send({"hb/", numbers(8, 1), heartbeat("one")});
    server_.send({"hb/", numbers(1, 1), heartbeat("two")});
    server_.send({"alert/levant/high/", numbers(2, 1), alert("third", "\"en\"")});
    EXPECT_EQ(client.exit_code(), 0) << client.said(STDERR_FILENO);
    EXPECT_EQ(client.said(STDOUT_FILENO),
              "2026-03-14T12:00:00Z\thigh\tlevant\tar\tعنوان [2J\n"
              "2026-03-14T12:00:00Z\thigh\tlevant\t-\tsecond\n"
              "2026-03-14T12:00:00Z\thigh\tlevant\ten\tthird\n");
    EXPECT_EQ(client.said(STDERR_FILENO),
              "gap: alert 5 of alert/levant/high/ was missed\n"
              "gap: alerts 7 to 8 were missed\n"
              "a new stream began: two; alerts of the old one may have been missed\n");
}

TEST_P(ExampleClient, with_a_narrow_prefix_the_numbers_of_others_are_no_gap) {
    Program client{command({server_.endpoint(), "alert/levant/", "--count", "2"})};
    ASSERT_EQ(server_.subscription(), "alert/levant/");
    ASSERT_EQ(server_.subscription(), "hb/");
    server_.send({"hb/", numbers(3, 1), heartbeat("one")});
    server_.send({"alert/levant/high/", numbers(9, 2), alert("first", "\"en\"")});
    server_.send({"hb/", numbers(20, 1), heartbeat("one")});
    server_.send({"alert/levant/high/", numbers(30, 9), alert("second", "\"en\"")});
    EXPECT_EQ(client.exit_code(), 0);
    EXPECT_EQ(client.said(STDERR_FILENO), "");
}

TEST_P(ExampleClient, a_prefix_without_its_slash_is_wrong_usage) {
    Program client{command({server_.endpoint(), "alert/wl-1"})};
    EXPECT_EQ(client.exit_code(), 2);
    EXPECT_THAT(client.said(STDERR_FILENO), testing::Not(testing::IsEmpty()));
}

const std::string kClients = NEWSWATCH_SOURCE_DIR "/docs/clients/";

INSTANTIATE_TEST_SUITE_P(
    Docs, ExampleClient,
    testing::Values(Example{.name = "python",
                            .command = {"/usr/bin/python3", kClients + "subscriber.py"},
                            .needs = {"/usr/bin/python3", "-c", "import zmq"},
                            .hint = "pyzmq (apt install python3-zmq)"},
                    Example{.name = "node",
                            .command = {"node", kClients + "subscriber.js"},
                            .needs = {"node", "-e", "require('zeromq').Subscriber"},
                            .hint = "node with its package zeromq (npm install zeromq; NODE_PATH)"},
                    Example{.name = "cpp",
                            .command = {NEWSWATCH_BINARY_DIR "/bin/example_subscriber"},
                            .needs = {},
                            .hint = {}}),
    [](const auto& example) { return example.param.name; });

}  // namespace
}  // namespace newswatch::client
