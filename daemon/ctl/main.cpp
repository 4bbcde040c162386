#include <csignal>

#include "ctl/command_line.h"

int main(int argument_count, char** arguments) {
    // A reader that closed the pipe ends the verb by its stream, cleanly.
    std::signal(SIGPIPE, SIG_IGN);
    newswatch::ctl::Console console = newswatch::ctl::standard_console();
    return newswatch::ctl::run({arguments + 1, arguments + argument_count}, console);
}
