#include "base/log.h"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/sinks/systemd_sink.h>
#include <spdlog/spdlog.h>

#include <cstdlib>
#include <memory>

namespace newswatch::log {

namespace {

spdlog::level::level_enum to_spdlog(Level level) {
    switch (level) {
        case Level::debug:
            return spdlog::level::debug;
        case Level::info:
            return spdlog::level::info;
        case Level::warning:
            return spdlog::level::warn;
        case Level::error:
            return spdlog::level::err;
    }
    return spdlog::level::info;
}

}  // namespace

void start(Level lowest) {
    // systemd sets JOURNAL_STREAM for a service whose stderr is the journal (systemd.exec(5)).
    const bool under_systemd =
        std::getenv("JOURNAL_STREAM") != nullptr && std::getenv("NOTIFY_SOCKET") != nullptr;
    std::shared_ptr<spdlog::logger> logger;
    if (under_systemd) {
        logger = std::make_shared<spdlog::logger>("newswatchd",
                                                  std::make_shared<spdlog::sinks::systemd_sink_mt>());
        logger->set_pattern("%v");
    } else {
        logger = std::make_shared<spdlog::logger>("newswatchd",
                                                  std::make_shared<spdlog::sinks::stderr_color_sink_mt>());
        logger->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %^%l%$ %v");
    }
    logger->set_level(to_spdlog(lowest));
    logger->flush_on(spdlog::level::debug);
    spdlog::set_default_logger(std::move(logger));
}

void write(Level level, std::string_view folder, std::string_view text) {
    spdlog::log(to_spdlog(level), "{}: {}", folder, text);
}

}  // namespace newswatch::log
