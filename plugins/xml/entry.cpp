#include "xml/entry.h"

#include <algorithm>
#include <utility>

#include "xml/tree.h"

namespace newswatch::xml {

namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(Slot::count)> kSlotNames = {
    "id", "url", "title", "summary", "content", "published", "updated", "language", "image"};

constexpr std::size_t kNowhere = std::string_view::npos;

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
    const auto same = [&](const Category& category) { return category.name == name; };
    if (name.empty() || std::any_of(categories_.begin(), categories_.end(), same)) return;
    categories_.push_back({std::string{name}, language});
}

void Entry::person(std::string_view name, std::string_view email, std::string_view uri) {
    name = trimmed(name);
    email = trimmed(email);
    if (name.empty() && email.empty()) return;
    for (Someone& someone : persons_) {
        if (someone.name != name && (email.empty() || someone.email != email)) continue;
        if (someone.name.empty()) someone.name = name;
        if (someone.email.empty()) someone.email = email;
        if (someone.uri.empty()) someone.uri = trimmed(uri);
        return;
    }
    persons_.push_back({std::string{name}, std::string{email}, std::string{trimmed(uri)}});
}

void Entry::person_line(std::string_view line) {
    line = trimmed(line);
    const bool angle = line.ends_with('>');
    const std::size_t open = line.rfind(angle ? '<' : '(');
    if ((angle || line.ends_with(')')) && open != kNowhere) {
        const std::string_view outside = trimmed(line.substr(0, open));
        const std::string_view inside = trimmed(line.substr(open + 1, line.size() - open - 2));
        const std::string_view mail = angle ? inside : outside;
        // `Jo Li (staff)` is a name and no address.
        if (mail.find('@') != kNowhere) return person(angle ? outside : inside, mail, {});
    }
    if (line.find('@') != kNowhere && line.find(' ') == kNowhere) {
        person({}, line.starts_with("mailto:") ? line.substr(7) : line, {});
    } else {
        person(line, {}, {});
    }
}

void Entry::enclosure(std::string_view url, std::string_view type, std::string_view length,
                      std::string_view base) {
    url = trimmed(url);
    const auto same = [&](const File& file) { return file.url == url; };
    if (url.empty() || std::any_of(files_.begin(), files_.end(), same)) return;
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
    for (const Someone& someone : persons_) {
        call(sink.person, borrowed(someone.name), borrowed(someone.email), borrowed(someone.uri));
    }
    for (const File& file : files_) {
        call(sink.enclosure, borrowed(file.url), borrowed(file.type), borrowed(file.length),
             borrowed(file.base));
    }
    call(sink.end_article);
}

}  // namespace newswatch::xml
