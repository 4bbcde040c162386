#include "settings/text_file.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "base/file.h"
#include "base/format.h"
#include "settings/code_points.h"
#include "settings/encoding_guess.h"
#include "settings/scan.h"
#include "settings/unreadable.h"

namespace newswatch::settings {

namespace {

namespace fs = std::filesystem;

Finding about_file(Severity severity, std::string code, std::string headline, const std::string& shown_as) {
    Finding finding;
    finding.severity = severity;
    finding.code = std::move(code);
    finding.headline = std::move(headline);
    finding.place.file = shown_as;
    return finding;
}

/// UTF-16 with a byte order mark → UTF-8. An unpaired surrogate becomes U+FFFD.
std::string from_utf16(std::string_view bytes, bool big_endian) {
    const auto unit = [&](std::size_t at) {
        const auto first = static_cast<unsigned char>(bytes[at]);
        const auto second = static_cast<unsigned char>(bytes[at + 1]);
        return static_cast<char32_t>(big_endian ? (first << 8U) | second : (second << 8U) | first);
    };
    std::string utf8;
    for (std::size_t at = 2; at + 1 < bytes.size(); at += 2) {
        char32_t value = unit(at);
        if (value >= 0xD800 && value < 0xDC00 && at + 3 < bytes.size()) {
            const char32_t low = unit(at + 2);
            if (low >= 0xDC00 && low < 0xE000) {
                value = 0x10000 + ((value - 0xD800) << 10U) + (low - 0xDC00);
                at += 2;
            }
        }
        append_code_point(utf8, value >= 0xD800 && value < 0xE000 ? 0xFFFD : value);
    }
    return utf8;
}

std::string shown_folder(const fs::path& folder) {
    const fs::path normal = folder.lexically_normal();
    const fs::path name = normal.has_filename() ? normal.filename() : normal.parent_path().filename();
    return name.empty() || name == "." ? std::string{} : name.string() + "/";
}

/// Why a file of a folder is left alone; empty where it is read.
std::string reason_to_skip(const std::string& name, const std::vector<std::string>& extensions) {
    if (name.starts_with('.')) return "its name begins with a dot";
    if (name.starts_with('#')) return "its name begins with #";
    if (name.ends_with('~') || name.ends_with(".bak") || name.ends_with(".dpkg-old") ||
        name.ends_with(".dpkg-new") || name.ends_with(".dpkg-dist")) {
        return "it is a backup";
    }
    const std::string extension = fs::path{name}.extension().string();
    if (std::find(extensions.begin(), extensions.end(), extension) == extensions.end()) {
        return newswatch::format("its name does not end in {}", extensions.front());
    }
    return {};
}

}  // namespace

std::optional<std::string> read_bytes(const fs::path& path, const std::string& shown_as, std::size_t limit,
                                      std::vector<Finding>& findings) {
    Result<std::string> bytes = read_file(path, limit);
    if (bytes) return std::move(*bytes);
    findings.push_back(describe_unreadable(path, shown_as, bytes.error()));
    return std::nullopt;
}

std::optional<Source> decode_text(std::string_view bytes, const std::string& shown_as,
                                  std::vector<Finding>& findings) {
    constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
        std::string text = from_utf16(bytes, bytes.starts_with("\xFE"));
        const bool windows_lines = text.find("\r\n") != std::string::npos;
        Finding finding = about_file(Severity::note, "F16",
                                     newswatch::format("{} is UTF-16{}; read correctly", shown_as,
                                                       windows_lines ? " with Windows line ends" : ""),
                                     shown_as);
        finding.help.push_back(newswatch::format(
            "help: UTF-8 is the usual form:  newswatchctl fmt --fix {}\n(a UTF-8 BOM or CRLF line ends alone "
            "are accepted without any message)",
            shown_as));
        findings.push_back(std::move(finding));
        return Source{shown_as, std::move(text)};
    }
    if (bytes.starts_with(kUtf8Mark)) bytes.remove_prefix(kUtf8Mark.size());
    const std::size_t valid = valid_utf8_prefix(bytes);
    if (valid == bytes.size()) return Source{shown_as, std::string{bytes}};
    findings.push_back(describe_not_utf8(bytes, valid, shown_as));
    return std::nullopt;
}

std::optional<TreeNode> checked_tree(Report& report) {
    const CleanText text{report};
    scan_lines(text, report);
    if (report.has_errors()) return std::nullopt;
    return parse_tree(text, report);
}

std::vector<FolderFile> files_of(const fs::path& folder, const std::vector<std::string>& extensions,
                                 Severity if_missing, std::vector<Finding>& findings) {
    std::vector<FolderFile> files;
    std::error_code error;
    fs::directory_iterator entries{folder, error};
    const std::string prefix = shown_folder(folder);
    if (error) {
        findings.push_back(
            about_file(if_missing, "F44",
                       newswatch::format("cannot read the folder {}: {}", folder.string(), error.message()),
                       folder.string()));
        return files;
    }
    for (const fs::directory_iterator end; entries != end; entries.increment(error)) {
        if (error) break;
        const std::string name = entries->path().filename().string();
        if (entries->is_directory(error)) continue;
        if (const std::string reason = reason_to_skip(name, extensions); !reason.empty()) {
            findings.push_back(about_file(Severity::note, "F41",
                                          newswatch::format("{}{} is skipped: {}", prefix, name, reason),
                                          prefix + name));
            continue;
        }
        files.push_back({entries->path(), prefix + name});
    }
    std::sort(files.begin(), files.end(),
              [](const FolderFile& left, const FolderFile& right) { return left.shown_as < right.shown_as; });
    return files;
}

void append(std::vector<Finding>& findings, std::vector<Finding> more) {
    std::move(more.begin(), more.end(), std::back_inserter(findings));
}

}  // namespace newswatch::settings
