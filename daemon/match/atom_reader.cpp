#include "match/atom_reader.h"

#include <algorithm>
#include <limits>
#include <system_error>
#include <thread>

#include "text/fold.h"

namespace newswatch::match {
namespace {

constexpr std::size_t kWorthAThread = 2000;  // terms
constexpr std::size_t kMostThreads = 8;

text::TermWords exact_words(std::string_view term) {
    text::TermWords words = text::read_exact_term(term);
    for (text::TermWord& word : words) {
        word.written = text::exact_form(word.written);
        while (word.written.ends_with('.'))
            word.written.pop_back();
    }
    return words;
}

}  // namespace

std::vector<text::TermWords> read_atom(const AtomSource& source) {
    if (source.comparison == Comparison::folded) return text::read_term(source.term, *source.languages);
    std::vector<text::TermWords> spellings;
    if (text::TermWords words = exact_words(source.term); !words.empty()) {
        spellings.push_back(std::move(words));
    }
    return spellings;
}

std::vector<std::vector<text::TermWords>> read_atoms(const std::vector<AtomSource>& sources) {
    std::vector<std::vector<text::TermWords>> result(sources.size());
    const auto read = [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i)
            result[i] = read_atom(sources[i]);
    };
    const std::size_t threads =
        std::clamp<std::size_t>(sources.size() / kWorthAThread, 1,
                                std::min<std::size_t>(kMostThreads, std::thread::hardware_concurrency()));
    const std::size_t share = sources.size() / threads;
    std::size_t begin = 0;
    {
        std::vector<std::jthread> others;
        try {
            for (; others.size() + 1 < threads; begin += share)
                others.emplace_back(read, begin, begin + share);
        } catch (const std::system_error&) {
            // No more threads to be had: what they would have read is read here.
        }
        read(begin, sources.size());
    }
    return result;
}

std::size_t rarest_word(const text::TermWords& words) {
    std::size_t best = 0;
    for (std::size_t i = 0; i < words.size() && i <= std::numeric_limits<std::uint16_t>::max(); ++i) {
        if (words[i].run) break;
        if (!words[i].prefix && words[i].folded.size() > words[best].folded.size()) best = i;
    }
    return words[0].run ? 0 : best;
}

}  // namespace newswatch::match
