#include <algorithm>

#include "match/compiler.h"
#include "match/matcher.h"
#include "match/rule_tree.h"

namespace newswatch::match {
namespace {

constexpr std::size_t kMostParts = 6;

using Part = WatchlistSet::Part;

/// What stays of a part; null rules where nothing does.
Part kept(const Part& part, const WatchlistSet::Keep& keep, std::size_t& size) {
    const std::size_t count = part.rules->watchlists.size();
    auto retired = std::make_shared<std::vector<bool>>(count);
    std::size_t stays = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
        const bool here = part.has(i) && keep(part.rules->facts(i));
        (*retired)[i] = !here;
        stays += here ? 1U : 0U;
    }
    size += stays;
    if (stays == 0) return {};
    return {.rules = part.rules, .retired = stays == count ? nullptr : std::move(retired)};
}

}  // namespace

WatchlistSet::WatchlistSet() = default;
WatchlistSet::~WatchlistSet() = default;

std::shared_ptr<const WatchlistSet> WatchlistSet::compile(const std::vector<Watchlist>& watchlists,
                                                          const std::vector<Concept>& concepts,
                                                          std::shared_ptr<const Regions> regions) {
    std::shared_ptr<WatchlistSet> set{new WatchlistSet};
    set->parts_.push_back({.rules = compile_rules(watchlists, concepts, std::move(regions))});
    set->size_ = watchlists.size();
    return set;
}

std::shared_ptr<const WatchlistSet> WatchlistSet::with_changes(const WatchlistSet& old, const Keep& keep_old,
                                                               const WatchlistSet& fresh,
                                                               const Keep& keep_fresh) {
    std::shared_ptr<WatchlistSet> set{new WatchlistSet};
    const auto take = [&](const WatchlistSet& from, const Keep& keep) {
        for (const Part& part : from.parts_) {
            Part stays = kept(part, keep, set->size_);
            if (stays.rules != nullptr) set->parts_.push_back(std::move(stays));
        }
    };
    take(old, keep_old);
    take(fresh, keep_fresh);
    return set;
}

std::optional<WatchlistFacts> WatchlistSet::find(std::string_view id) const {
    for (const Part& part : parts_) {
        const std::optional<std::uint32_t> number = part.rules->find(id);
        if (number && part.has(*number)) return part.rules->facts(*number);
    }
    return std::nullopt;
}

WatchlistStatistics WatchlistSet::statistics(std::string_view id) const {
    for (const Part& part : parts_) {
        const std::optional<std::uint32_t> number = part.rules->find(id);
        if (!number || !part.has(*number)) continue;
        const std::uint32_t clause = part.rules->watchlists[*number].clause;
        return part.rules->counters.of(*number,
                                       clause == kNone ? std::nullopt : std::optional<std::size_t>{clause});
    }
    return {};
}

std::vector<WatchlistFacts> WatchlistSet::watchlists() const {
    std::vector<WatchlistFacts> all;
    all.reserve(size_);
    for (const Part& part : parts_) {
        for (const std::uint32_t number : part.rules->by_id) {
            if (part.has(number)) all.push_back(part.rules->facts(number));
        }
    }
    if (parts_.size() > 1) std::ranges::sort(all, {}, &WatchlistFacts::id);
    return all;
}

std::size_t WatchlistSet::memory() const {
    std::size_t bytes = 0;
    for (const Part& part : parts_)
        bytes += part.rules->memory() + (part.retired == nullptr ? 0 : part.retired->size() / 8);
    return bytes;
}

bool WatchlistSet::is_worn() const {
    std::size_t compiled = 0;
    for (const Part& part : parts_)
        compiled += part.rules->watchlists.size();
    return parts_.size() > kMostParts || compiled > 2 * size_ + kMostParts;
}

}  // namespace newswatch::match
