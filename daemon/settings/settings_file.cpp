#include <arpa/inet.h>

#include <array>
#include <string>
#include <utility>

#include "base/format.h"
#include "settings/code_points.h"
#include "settings/mapping_reader.h"
#include "settings/settings.h"
#include "settings/suggestion.h"
#include "settings/text_file.h"
#include "settings/values.h"
#include "settings/wrong_folder.h"

namespace newswatch::settings {

namespace {

using std::chrono::days;
using std::chrono::duration_cast;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class SettingsDecoder {
  public:
    SettingsDecoder(Settings& settings, Report& report) : settings_{settings}, report_{report} {}

    void decode(const TreeNode& root) {
        MappingReader keys{root, {}, report_};
        language(keys.take("language"));
        text(keys.take("instance"), settings_.instance);
        path(keys.take("feeds"), settings_.feeds);
        path(keys.take("concepts"), settings_.concepts);
        path(keys.take("watchlists"), settings_.watchlists);
        path(keys.take("plugins"), settings_.plugins);
        if (const TreeEntry* section = keys.take("polling")) polling(*section);
        if (const TreeEntry* section = keys.take("archive")) archive(*section);
        if (const TreeEntry* section = keys.take("alerts")) alerts(*section);
        if (const TreeEntry* section = keys.take("publish")) publish(*section);
        reload(keys.take("reload"));
        if (const TreeEntry* section = keys.take("control")) control(*section);
        keys.finish();
    }

  private:
    void polling(const TreeEntry& section) {
        Polling& polling = settings_.polling;
        MappingReader keys{section.value, "polling", report_};
        if (const TreeEntry* budget = keys.take("budget"))
            polling.budget_per_second = rate_of(*budget, report_).value_or(polling.budget_per_second);
        if (const TreeEntry* budget = keys.take("page_budget")) {
            polling.page_budget_per_second =
                rate_of(*budget, report_).value_or(polling.page_budget_per_second);
        }
        number(keys.take("at_once"), {1, 4096, "256"}, polling.at_once);
        number(keys.take("per_site"), {1, 64, "1"}, polling.per_site);
        text(keys.take("contact"), polling.contact);
        if (const TreeEntry* networks = keys.take("allow_networks")) allow_networks(*networks);
        if (const TreeEntry* folders = keys.take("allow_folders")) {
            for (const Word& word : words_of(*folders, report_))
                polling.allow_folders.emplace_back(word.text);
        }
        text(keys.take("proxy"), polling.proxy);
        const DurationRange interval{minutes{1}, days{30}};
        duration(keys.take("shortest"), interval, polling.shortest);
        const TreeEntry* usual = keys.take("usual");
        duration(usual, interval, polling.usual);
        const TreeEntry* longest = keys.take("longest");
        duration(longest, interval, polling.longest);
        keys.take_for_later("credentials");
        keys.take_for_later("websub_callback");
        keys.finish();
        check_order(section, usual, longest);
    }

    void check_order(const TreeEntry& section, const TreeEntry* usual, const TreeEntry* longest) {
        const Polling& polling = settings_.polling;
        if (polling.shortest <= polling.usual && polling.usual <= polling.longest) return;
        const TreeEntry& shown = usual != nullptr ? *usual : longest != nullptr ? *longest : section;
        report_
            .error("S23", "`shortest`, `usual` and `longest` must be in that order", shown.key_mark,
                   shown.key_width())
            .help.push_back(newswatch::format(
                "help: now they are {} s, {} s and {} s, with the defaults for what is not written",
                polling.shortest.count(), polling.usual.count(), polling.longest.count()));
    }

    void allow_networks(const TreeEntry& entry) {
        for (const Word& word : words_of(entry, report_)) {
            if (is_network(word.text)) {
                settings_.polling.allow_networks.push_back(word.text);
                continue;
            }
            report_.error("S47", newswatch::format("`{}` is not a network", word.text), word.mark, word.width)
                .help.emplace_back("help: write it as 10.1.0.0/16 or fd00::/8");
        }
    }

    void archive(const TreeEntry& section) {
        Archive& archive = settings_.archive;
        MappingReader keys{section.value, "archive", report_};
        path(keys.take("folder"), archive.folder);
        const DurationRange kept{days{1}, days{365} * 100};
        whole_hours(keys.take("keep_articles"), kept, archive.keep_articles);
        whole_hours(keys.take("keep_alerts"), kept, archive.keep_alerts);
        if (const TreeEntry* size = keys.take("size"))
            archive.size = size_of(*size, report_).value_or(archive.size);
        keys.finish();
    }

    void alerts(const TreeEntry& section) {
        MappingReader keys{section.value, "alerts", report_};
        duration(keys.take("first_poll_window"), {minutes{0}, days{3650}},
                 settings_.alerts.first_poll_window);
        number(keys.take("burst"), {1, 1'000'000, "200"}, settings_.alerts.burst);
        keys.finish();
    }

    void publish(const TreeEntry& section) {
        MappingReader keys{section.value, "publish", report_};
        const TreeEntry* replay = keys.take("replay");
        if (const TreeEntry* zeromq = keys.take("zeromq")) {
            endpoints(*zeromq, settings_.publish.zeromq);
            // Two daemons on one machine name their addresses; neither must take the usual ones unasked.
            if (replay == nullptr) settings_.publish.replay.clear();
        }
        if (replay != nullptr) endpoints(*replay, settings_.publish.replay);
        keys.take_for_later("keys");
        if (const TreeEntry* insecure = keys.take("insecure"))
            settings_.publish.insecure = yes_or_no(*insecure, report_).value_or(false);
        keys.finish();
    }

    void endpoints(const TreeEntry& entry, std::vector<std::string>& into) {
        into.clear();
        for (const Word& word : words_of(entry, report_)) {
            if (word.text.starts_with("ipc://") || word.text.starts_with("tcp://")) {
                into.push_back(word.text);
                continue;
            }
            report_
                .error("U24", newswatch::format("`{}` is not a ZeroMQ address", word.text), word.mark,
                       word.width)
                .help.emplace_back("help: write  ipc:///run/newswatch/alerts.sock  or  tcp://127.0.0.1:5556");
        }
    }

    void control(const TreeEntry& section) {
        MappingReader keys{section.value, "control", report_};
        path(keys.take("socket"), settings_.control.socket);
        keys.take_for_later("http");
        keys.finish();
    }

    void language(const TreeEntry* entry) {
        text(entry, settings_.language);
        if (entry == nullptr || settings_.language == "en") return;
        if (settings_.language == "ar" || settings_.language == "fr") {
            report_.warning("S45", "messages are in English in this version", entry->value.mark,
                            entry->value.width());
            return;
        }
        report_
            .error("S44", newswatch::format("there are no messages in `{}`", settings_.language),
                   entry->value.mark, entry->value.width())
            .help.emplace_back("known: en, ar, fr");
    }

    void reload(const TreeEntry* entry) {
        std::string when;
        text(entry, when);
        if (entry == nullptr || when.empty() || when == "on request") return;
        if (when == "on change") {
            report_
                .warning("S45", "`reload: on change` is not used yet by this version", entry->value.mark,
                         entry->value.width())
                .help.emplace_back("help: after a change run  newswatchctl reload");
            return;
        }
        report_
            .error("S44", newswatch::format("`{}` is not a time to reload", when), entry->value.mark,
                   entry->value.width())
            .help.emplace_back("known: on request, on change");
    }

    void text(const TreeEntry* entry, std::string& into) {
        if (entry == nullptr) return;
        std::string written = text_of(*entry, report_);
        if (!written.empty()) into = std::move(written);
    }

    void path(const TreeEntry* entry, std::filesystem::path& into) {
        std::string written;
        text(entry, written);
        if (!written.empty()) into = written;
    }

    void number(const TreeEntry* entry, const NumberRange& range, unsigned& into) {
        if (entry == nullptr) return;
        if (const auto value = number_of(*entry, range, report_)) into = static_cast<unsigned>(*value);
    }

    void duration(const TreeEntry* entry, const DurationRange& range, seconds& into) {
        if (entry == nullptr) return;
        if (const auto value = duration_of(*entry, range, report_)) into = *value;
    }

    void whole_hours(const TreeEntry* entry, const DurationRange& range, hours& into) {
        seconds value{into};
        duration(entry, range, value);
        into = duration_cast<hours>(value);
    }

    static bool is_network(std::string_view text);

    Settings& settings_;
    Report& report_;
};

bool SettingsDecoder::is_network(std::string_view text) {
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) return false;
    const std::string_view address = text.substr(0, slash);
    const auto bits = whole_number(text.substr(slash + 1));
    const bool is_six = address.find(':') != std::string_view::npos;
    constexpr std::uint64_t kBitsOfFour = 32;
    constexpr std::uint64_t kBitsOfSix = 128;
    if (!bits || *bits > (is_six ? kBitsOfSix : kBitsOfFour)) return false;
    std::array<unsigned char, 16> bytes{};
    return ::inet_pton(is_six ? AF_INET6 : AF_INET, std::string{address}.c_str(), bytes.data()) == 1;
}

void resolve(std::filesystem::path& path, const std::filesystem::path& base) {
    if (!path.empty() && path.is_relative()) path = (base / path).lexically_normal();
}

}  // namespace

Read<Settings> read_settings(const std::filesystem::path& file) {
    Read<Settings> read;
    Settings& settings = read.value;
    settings.file = file;
    if (const auto bytes = read_bytes(file, file.string(), kMostBytes, read.findings)) {
        if (const std::optional<Source> source = decode_text(*bytes, file.string(), read.findings)) {
            Report report{*source};
            const std::optional<TreeNode> root = checked_tree(report);
            if (root && !report_wrong_folder(*root, FileKind::settings, report))
                SettingsDecoder{settings, report}.decode(*root);
            append(read.findings, report.take());
        }
    }
    const std::filesystem::path base = file.parent_path();
    resolve(settings.feeds, base);
    resolve(settings.concepts, base);
    resolve(settings.watchlists, base);
    resolve(settings.plugins, base);
    resolve(settings.archive.folder, base);
    resolve(settings.control.socket, base);
    for (std::filesystem::path& folder : settings.polling.allow_folders)
        resolve(folder, base);
    return read;
}

}  // namespace newswatch::settings
