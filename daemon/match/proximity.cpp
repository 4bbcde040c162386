#include "match/proximity.h"

#include <algorithm>

namespace newswatch::match {
namespace {

constexpr unsigned kMostTries = 20'000;

class WindowSearch {
  public:
    WindowSearch(const Analysed& article, const std::vector<std::vector<Occurrence>>& elements,
                 const Within& within)
        : article_{article}, elements_{elements}, within_{within}, result_(elements.size()) {}

    std::vector<std::vector<Occurrence>> run() {
        // Every occurrence is tried as the one that stands first.
        const std::size_t leaders = within_.ordered ? 1 : elements_.size();
        for (std::size_t leader = 0; leader < leaders; ++leader) {
            for (const Occurrence& first : elements_[leader]) {
                chosen_.assign(elements_.size(), Occurrence{});
                chosen_[leader] = first;
                leader_ = leader;
                if (complete(0)) keep();
            }
        }
        for (std::vector<Occurrence>& occurrences : result_)
            sort_unique(occurrences);
        return std::move(result_);
    }

  private:
    bool complete(std::size_t element) {
        if (element == elements_.size()) return true;
        if (element == leader_) return complete(element + 1);
        const Occurrence& first = chosen_[leader_];
        const std::vector<Occurrence>& all = elements_[element];
        auto candidate = std::ranges::lower_bound(all, first, before);
        for (; candidate != all.end() && candidate->field == first.field; ++candidate) {
            if (++tries_ > kMostTries) return false;
            if (too_far(first, *candidate)) break;
            if (!close(first, *candidate) || !fits(element, *candidate)) continue;
            chosen_[element] = *candidate;
            if (complete(element + 1)) return true;
        }
        return false;
    }

    /// Nothing that begins here or later can be close.
    [[nodiscard]] bool too_far(const Occurrence& first, const Occurrence& candidate) const {
        const std::vector<AnalysedWord>& words = article_.fields[first.field].words;
        switch (within_.unit) {
            case Within::Unit::words:
                return candidate.first - first.first > within_.words;
            case Within::Unit::sentence:
                return words[candidate.first].sentence != words[first.first].sentence;
            case Within::Unit::paragraph:
                return words[candidate.first].paragraph != words[first.first].paragraph;
        }
        return true;
    }

    [[nodiscard]] bool close(const Occurrence& first, const Occurrence& candidate) const {
        const std::vector<AnalysedWord>& words = article_.fields[first.field].words;
        switch (within_.unit) {
            case Within::Unit::words:
                return std::max(first.last, candidate.last) - first.first <= within_.words;
            case Within::Unit::sentence:
                return words[candidate.last].sentence == words[first.first].sentence;
            case Within::Unit::paragraph:
                return words[candidate.last].paragraph == words[first.first].paragraph;
        }
        return false;
    }

    [[nodiscard]] bool fits(std::size_t element, const Occurrence& candidate) const {
        for (std::size_t other = 0; other < elements_.size(); ++other) {
            if (other >= element && other != leader_) continue;
            if (other == element) continue;
            const Occurrence& taken = chosen_[other];
            if (taken.first <= candidate.last && candidate.first <= taken.last) return false;
            if (within_.ordered && other < element && candidate.first < taken.first) return false;
        }
        return true;
    }

    void keep() {
        for (std::size_t i = 0; i < chosen_.size(); ++i)
            result_[i].push_back(chosen_[i]);
    }

    static bool before(const Occurrence& a, const Occurrence& b) {
        return a.field != b.field ? a.field < b.field : a.first < b.first;
    }

    static void sort_unique(std::vector<Occurrence>& occurrences) {
        std::ranges::sort(occurrences, [](const Occurrence& a, const Occurrence& b) {
            return before(a, b) || (!before(b, a) && a.last < b.last);
        });
        occurrences.erase(std::unique(occurrences.begin(), occurrences.end()), occurrences.end());
    }

    const Analysed& article_;
    const std::vector<std::vector<Occurrence>>& elements_;
    const Within& within_;
    std::vector<std::vector<Occurrence>> result_;
    std::vector<Occurrence> chosen_{};
    std::size_t leader_{0};
    unsigned tries_{0};
};

}  // namespace

std::vector<std::vector<Occurrence>> close_together(const Analysed& article,
                                                    const std::vector<std::vector<Occurrence>>& elements,
                                                    const Within& within) {
    return WindowSearch{article, elements, within}.run();
}

}  // namespace newswatch::match
