#include "settings/message_catalogue.h"

#include <algorithm>
#include <cstdlib>

#include "base/ascii.h"
#include "base/file.h"
#include "base/format.h"
#include "base/paths.h"

namespace newswatch::settings {

namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 20;

bool is_code(std::string_view text) {
    return text.size() == 3 && ascii::is_upper(text[0]) && ascii::is_digit(text[1]) &&
           ascii::is_digit(text[2]);
}

void trim_end(std::string& text) {
    while (!text.empty() && text.back() == '\n')
        text.pop_back();
}

/// `fr_TN.UTF-8` → `fr`.
std::string language_in(const char* locale) {
    if (locale == nullptr) return {};
    const std::string_view text{locale};
    return std::string{text.substr(0, text.find_first_of("_.@"))};
}

}  // namespace

MessageCatalogue MessageCatalogue::parse(std::string_view text) {
    MessageCatalogue catalogue;
    MessagePage* page = nullptr;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        const std::size_t close = line.find("] ");
        if (line.starts_with('[') && close != std::string_view::npos) {
            const std::string name{line.substr(1, close - 1)};
            const std::string title{line.substr(close + 2)};
            if (is_code(name)) {
                page = &(catalogue.pages_[name] = MessagePage{.code = name, .title = title});
                continue;
            }
            if (page == nullptr) {
                catalogue.words_[name] = title;
                continue;
            }
        }
        if (page == nullptr) continue;
        if (line.starts_with("--- ")) {
            page->examples.push_back({std::string{line.substr(4)}, {}});
            continue;
        }
        std::string& into = page->examples.empty() ? page->text : page->examples.back().text;
        into.append(line).push_back('\n');
    }
    for (auto& [code, one] : catalogue.pages_) {
        trim_end(one.text);
        for (MessagePage::Example& example : one.examples) {
            trim_end(example.text);
            example.text.push_back('\n');
        }
    }
    return catalogue;
}

Result<MessageCatalogue> MessageCatalogue::load(std::string_view language) {
    Result<std::string> text =
        read_file(share_folder() / "explain" / (std::string{language} + ".txt"), kMostBytes);
    if (!text) return tl::unexpected{std::move(text.error())};
    return parse(*text);
}

const MessagePage* MessageCatalogue::find(std::string_view code) const {
    const auto found = pages_.find(code);
    return found == pages_.end() ? nullptr : &found->second;
}

std::string_view MessageCatalogue::word(std::string_view english) const {
    const auto found = words_.find(english);
    return found == words_.end() ? english : std::string_view{found->second};
}

const std::vector<std::string>& message_languages() {
    static const std::vector<std::string> kLanguages{"en", "ar", "fr"};
    return kLanguages;
}

std::string language_of_environment() {
    for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const std::string language = language_in(std::getenv(variable));
        if (language.empty()) continue;
        const auto& known = message_languages();
        return std::find(known.begin(), known.end(), language) != known.end() ? language : "en";
    }
    return "en";
}

std::string render_in(const Finding& finding, const MessageCatalogue& catalogue) {
    const MessagePage* page = catalogue.find(finding.code);
    if (page == nullptr) return render(finding);
    Finding shown = finding;
    shown.help.clear();
    shown.help.push_back(newswatch::format("{}: {}", catalogue.word("help"), page->text));
    shown.help.push_back("en: " + finding.headline);
    shown.help.insert(shown.help.end(), finding.help.begin(), finding.help.end());
    shown.headline = page->title;
    std::string text = render(shown);
    const std::string_view severity = name_of(finding.severity);
    return text.replace(0, severity.size(), catalogue.word(severity));
}

}  // namespace newswatch::settings
