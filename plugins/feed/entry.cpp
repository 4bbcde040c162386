#include "feed/entry.h"

#include <algorithm>
#include <utility>

#include "feed/words.h"

namespace newswatch::feed {

namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(Slot::count)> kSlotNames = {
    "id", "url", "title", "summary", "content", "published", "updated", "language", "image"};

// Twice what newswatch keeps: some may come to nothing there, and it cuts between two characters.
constexpr std::size_t kMostListed = 200;
constexpr std::size_t kLongestName = 8192;

constexpr std::size_t kNowhere = std::string_view::npos;

bool in_email(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view{".!#$%&'*+/=?^_`{|}~-"}.find(c) != kNowhere;
}

/// The first word with an `@` and a domain with a dot (RFC 5322 §3.4.1, without quoted forms); empty where
/// there is none.
std::string_view email_in(std::string_view line) {
    for (std::size_t at = line.find('@'); at != kNowhere; at = line.find('@', at + 1)) {
        std::size_t from = at;
        while (from > 0 && in_email(line[from - 1]))
            --from;
        std::size_t end = at + 1;
        while (end < line.size() && in_email(line[end]))
            ++end;
        while (end > at && line[end - 1] == '.')
            --end;
        const bool dot = line.substr(at, end - at).find('.', 2) != kNowhere;
        if (from < at && dot) return line.substr(from, end - from);
    }
    return {};
}

}  // namespace

void Output::format(std::string_view name, bool recovered) {
    if (!stopped()) keep(sink_.format(sink_.host, borrowed(name), recovered ? 1 : 0));
}

void Output::feed_field(std::string_view name, nw_kind kind, std::string_view value, std::string_view base,
                        std::string_view language) {
    if (stopped() || value.empty()) return;
    keep(sink_.feed_field(sink_.host, borrowed(name), kind, borrowed(value), borrowed(base),
                          borrowed(language)));
}

void Output::problem(std::string_view code, std::size_t offset) {
    if (!stopped()) keep(sink_.problem(sink_.host, borrowed(code), offset));
}

void Output::expect_no_settings(nw_text settings) {
    const std::string_view text = trimmed(view(settings));
    if (text.empty() || text.find_first_not_of("{} \t\r\n") == kNowhere) return;
    problem("`settings` of this feed are not used: its format has none", NW_NOWHERE);
}

void Entry::clear() {
    for (Candidate& candidate : slots_)
        candidate = {};
    categories_.clear();
    persons_.clear();
    files_.clear();
}

Entry::Candidate* Entry::better(Slot slot, int rank, std::string_view value) {
    Candidate& candidate = slots_[static_cast<std::size_t>(slot)];
    return value.empty() || rank >= candidate.rank ? nullptr : &candidate;
}

void Entry::offer(Slot slot, int rank, nw_kind kind, std::string_view value, std::string_view base,
                  std::string_view language) {
    if (Candidate* const candidate = better(slot, rank, value)) {
        *candidate = {.rank = rank,
                      .kind = kind,
                      .borrowed = value,
                      .own = {},
                      .base = std::string{base},
                      .language = language};
    }
}

void Entry::offer_own(Slot slot, int rank, nw_kind kind, std::string value, std::string_view base,
                      std::string_view language) {
    if (Candidate* const candidate = better(slot, rank, value)) {
        *candidate = {.rank = rank,
                      .kind = kind,
                      .borrowed = {},
                      .own = std::move(value),
                      .base = std::string{base},
                      .language = language};
    }
}

void Entry::category(std::string_view name, std::string_view language) {
    name = trimmed(name);
    const auto same = [&](const Category& category) { return same_word(category.name, name); };
    if (name.empty() || categories_.size() >= kMostListed ||
        std::any_of(categories_.begin(), categories_.end(), same)) {
        return;
    }
    categories_.push_back({std::string{name}, language});
}

void Entry::person(std::string_view name, std::string_view email, std::string_view uri, int rank) {
    // Every entry inherits the feed's authors.
    name = trimmed(name).substr(0, kLongestName);
    email = trimmed(email).substr(0, kLongestName);
    uri = trimmed(uri).substr(0, kLongestName);
    if (name.empty() && email.empty()) return;
    for (Someone& someone : persons_) {
        if (someone.name != name && (email.empty() || someone.email != email)) continue;
        if (someone.name.empty()) someone.name = name;
        if (someone.email.empty()) someone.email = email;
        if (someone.uri.empty()) someone.uri = uri;
        someone.rank = std::min(someone.rank, rank);
        return;
    }
    if (persons_.size() >= kMostListed) return;
    persons_.push_back({std::string{name}, std::string{email}, std::string{uri}, rank});
}

void Entry::person_line(std::string_view line, int rank) {
    line = trimmed(line);
    const std::string_view email = email_in(line);
    if (email.empty()) return person(line, {}, {}, rank);
    const auto at = static_cast<std::size_t>(email.data() - line.data());
    std::string_view before = line.substr(0, at);
    if (same_word(before.substr(before.size() - std::min<std::size_t>(before.size(), 7)), "mailto:"))
        before.remove_suffix(7);
    const std::string_view after = line.substr(at + email.size());
    // What stands beside the address is the name, without the brackets of either.
    constexpr std::string_view kAround = " \t\r\n,;:-()<>[]\"";
    const auto bare = [&](std::string_view text) {
        const std::size_t from = text.find_first_not_of(kAround);
        return from == kNowhere ? std::string_view{}
                                : text.substr(from, text.find_last_not_of(kAround) - from + 1);
    };
    const std::string_view name = bare(before).empty() ? bare(after) : bare(before);
    person(name, email, {}, rank);
}

void Entry::inherit_persons(const Entry& feed) {
    if (persons_.empty()) persons_ = feed.persons_;
}

bool Entry::known_again_without_its_end(bool others_have_ids, std::size_t others) const {
    if (!has(Slot::title)) return false;
    return others == 0 || has(Slot::id) || (has(Slot::url) && !others_have_ids);
}

void Entry::enclosure(std::string_view url, std::string_view type, std::string_view length,
                      std::string_view base) {
    url = trimmed(url);
    const auto same = [&](const File& file) { return file.url == url; };
    if (url.empty() || files_.size() >= kMostListed || std::any_of(files_.begin(), files_.end(), same))
        return;
    files_.push_back({std::string{url}, std::string{type}, std::string{length}, std::string{base}});
}

void Entry::send(Output& output) const {
    const nw_sink& sink = output.sink();
    const auto call = [&](auto function, auto... arguments) {
        if (!output.stopped()) output.keep(function(sink.host, arguments...));
    };
    call(sink.begin_article);
    for (std::size_t i = 0; i < slots_.size(); ++i) {
        const Candidate& found = slots_[i];
        if (found.value().empty()) continue;
        call(sink.field, borrowed(kSlotNames[i]), found.kind, borrowed(found.value()), borrowed(found.base),
             borrowed(found.language));
    }
    for (const Category& category : categories_) {
        call(sink.field, borrowed("category"), NW_HTML, borrowed(category.name), borrowed({}),
             borrowed(category.language));
    }
    const bool named = std::any_of(persons_.begin(), persons_.end(),
                                   [](const Someone& someone) { return someone.rank < kFallback; });
    for (const Someone& someone : persons_) {
        if (named && someone.rank >= kFallback) continue;
        call(sink.person, borrowed(someone.name), borrowed(someone.email), borrowed(someone.uri));
    }
    for (const File& file : files_) {
        call(sink.enclosure, borrowed(file.url), borrowed(file.type), borrowed(file.length),
             borrowed(file.base));
    }
    call(sink.end_article);
}

void Entry::send_as_feed(Output& output) const {
    constexpr std::array<std::string_view, static_cast<std::size_t>(Slot::count)> kFeedNames = {
        "", "link", "title", "description", "", "", "updated", "language", "image"};
    for (std::size_t i = 0; i < slots_.size(); ++i) {
        const Candidate& found = slots_[i];
        if (kFeedNames[i].empty()) continue;
        output.feed_field(kFeedNames[i], found.kind, found.value(), found.base, found.language);
    }
}

}  // namespace newswatch::feed
