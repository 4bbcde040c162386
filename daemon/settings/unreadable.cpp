#include "settings/unreadable.h"

#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <string_view>
#include <vector>

#include "base/ascii.h"
#include "base/format.h"

namespace newswatch::settings {

namespace {

constexpr std::size_t kNameBuffer = 4096;  // an entry of passwd or group

std::string user_name(uid_t id) {
    std::vector<char> buffer(kNameBuffer);
    passwd entry{};
    passwd* found = nullptr;
    if (::getpwuid_r(id, &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr)
        return found->pw_name;
    return std::to_string(id);
}

std::string group_name(gid_t id) {
    std::vector<char> buffer(kNameBuffer);
    group entry{};
    group* found = nullptr;
    if (::getgrgid_r(id, &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr)
        return found->gr_name;
    return std::to_string(id);
}

/// `-rw------- (600)`
std::string mode_text(mode_t mode) {
    static constexpr std::string_view kLetters = "rwxrwxrwx";
    std::string text{"-"};
    for (std::size_t bit = 0; bit < kLetters.size(); ++bit) {
        const bool set = ((mode >> (kLetters.size() - 1 - bit)) & 1U) != 0;
        text.push_back(set ? kLetters[bit] : '-');
    }
    return newswatch::format("{} ({:o})", text, mode & 0777U);
}

}  // namespace

Finding describe_unreadable(const std::filesystem::path& path, const std::string& shown_as,
                            const Error& error) {
    Finding finding;
    finding.place.file = shown_as;
    std::string reason = error.what;
    constexpr std::string_view kPrefix = "cannot read: ";
    if (!reason.starts_with(kPrefix)) {
        finding.code = reason.find("larger") != std::string::npos ? "F42" : "F14";
        finding.headline = shown_as + " " + reason;
        return finding;
    }
    reason.erase(0, kPrefix.size());
    if (!reason.empty()) reason.front() = ascii::lower(reason.front());
    finding.code = "F14";
    finding.headline = newswatch::format("cannot read {}: {}", shown_as, reason);
    struct stat about {};
    const std::string reader = user_name(::geteuid());
    if (::stat(path.c_str(), &about) == 0) {
        finding.help.push_back(newswatch::format("file: owner {}, group {}, mode {}", user_name(about.st_uid),
                                                 group_name(about.st_gid), mode_text(about.st_mode)));
        finding.help.push_back(newswatch::format("reader: newswatch runs as user `{}`", reader));
        std::error_code ignored;  // a path that cannot be made absolute is shown as it is
        const std::filesystem::path absolute = std::filesystem::absolute(path, ignored);
        const std::string full = ignored ? path.string() : absolute.string();
        finding.help.push_back(newswatch::format("help: sudo chgrp {} {}\nsudo chmod 640 {}",
                                                 group_name(::getegid()), full, full));
    } else {
        finding.help.push_back(newswatch::format("reader: newswatch runs as user `{}`", reader));
    }
    return finding;
}

}  // namespace newswatch::settings
