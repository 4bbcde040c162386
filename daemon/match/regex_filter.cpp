#include "match/regex_filter.h"

#include <re2/filtered_re2.h>
#include <re2/re2.h>

#include <algorithm>
#include <bitset>
#include <map>

#include "base/ascii.h"
#include "match/matcher.h"
#include "text/fold.h"

namespace newswatch::match {
namespace {

constexpr std::int64_t kRegexMemory = 8 << 20;
constexpr int kShortestLiteral = 3;  // bytes
constexpr std::size_t kGram = 3;     // bytes by which a literal is looked for
constexpr std::size_t kGrams = 1U << 16U;

re2::RE2::Options options() {
    re2::RE2::Options options;
    options.set_case_sensitive(false);
    options.set_log_errors(false);
    options.set_max_mem(kRegexMemory);
    return options;
}

/// A byte that stands for itself however the case is written. `k` and `s` do not: K (the Kelvin sign) and ſ
/// are theirs too. Of other scripts those without case: Hebrew, Arabic, Indic, Thai, Han, kana, Hangul; by
/// the first byte of their UTF-8 (U+05C0–U+0FFF, U+3000–U+9FFF, U+B000–U+CFFF), with the bytes behind it.
bool is_caseless_lead(unsigned char byte) {
    return (byte >= 0xD7 && byte <= 0xDF) || byte == 0xE0 || (byte >= 0xE3 && byte <= 0xE9) ||
           (byte >= 0xEB && byte <= 0xEC);
}
bool is_steady_ascii(char letter) {
    return static_cast<unsigned char>(letter) < 0x80 && letter != 'k' && letter != 's';
}

/// The longest piece of a literal that must be there byte for byte once ASCII is in small letters.
std::string_view steady_piece(std::string_view literal) {
    std::string_view best;
    std::size_t begin = 0;
    std::size_t at = 0;
    const auto end_piece = [&] {
        if (at - begin > best.size()) best = literal.substr(begin, at - begin);
    };
    while (at < literal.size()) {
        const auto byte = static_cast<unsigned char>(literal[at]);
        std::size_t length = 1;
        while (at + length < literal.size() &&
               (static_cast<unsigned char>(literal[at + length]) & 0xC0U) == 0x80U)
            ++length;
        if (byte < 0x80 ? is_steady_ascii(literal[at]) : is_caseless_lead(byte)) {
            at += length;
            continue;
        }
        end_piece();
        at += length;
        begin = at;
    }
    end_piece();
    return best;
}

std::size_t gram_at(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) {
        return std::size_t{static_cast<unsigned char>(ascii::lower(text[at + i]))};
    };
    return (byte(0) * 0x9E37U + byte(1) * 0x85EBU + byte(2) * 0xC2B3U) % kGrams;
}

bool begins_with(std::string_view text, std::string_view small_letters) {
    return text.size() >= small_letters.size() &&
           std::equal(small_letters.begin(), small_letters.end(), text.begin(),
                      [](char wanted, char letter) { return wanted == ascii::lower(letter); });
}

}  // namespace

struct RegexFilter::Parts {
    re2::FilteredRE2 filtered{kShortestLiteral};
    std::map<std::string, std::uint32_t, std::less<>> numbers{};
    std::vector<int> in_filter{};            // by number; -1: refused
    std::vector<std::uint32_t> by_filter{};  // back
    std::vector<std::string> errors{};
    std::vector<int> anywhere{};  // literals that cannot be looked for: taken as found
    std::vector<std::pair<std::string, int>> pieces{};
    std::multimap<std::size_t, std::size_t> pieces_by_gram{};
    std::bitset<kGrams> grams{};
    bool never_filtered{true};  // no regex has literals

    void note_literals(const std::vector<std::string>& literals) {
        for (std::size_t i = 0; i < literals.size(); ++i) {
            const std::string_view piece = steady_piece(literals[i]);
            if (piece.size() < kGram) {
                anywhere.push_back(static_cast<int>(i));
                continue;
            }
            pieces_by_gram.emplace(gram_at(piece, 0), pieces.size());
            grams.set(gram_at(piece, 0));
            pieces.emplace_back(piece, static_cast<int>(i));
        }
        never_filtered = literals.empty();
    }

    void find_pieces(std::string_view text, std::vector<int>& found) const {
        for (std::size_t at = 0; at + kGram <= text.size(); ++at) {
            const std::size_t gram = gram_at(text, at);
            if (!grams[gram]) continue;
            const auto [first, last] = pieces_by_gram.equal_range(gram);
            for (auto piece = first; piece != last; ++piece) {
                const auto& [letters, literal] = pieces[piece->second];
                if (begins_with(text.substr(at), letters)) found.push_back(literal);
            }
        }
    }
};

std::string regex_error(std::string_view regex) {
    const std::string text = text::nfc(regex);
    const re2::RE2 tried{text, options()};
    return tried.ok() ? std::string{} : tried.error();
}

RegexFilter::RegexFilter() = default;
RegexFilter::~RegexFilter() = default;
RegexFilter::RegexFilter(RegexFilter&&) noexcept = default;
RegexFilter& RegexFilter::operator=(RegexFilter&&) noexcept = default;

std::uint32_t RegexFilter::add(std::string_view text) {
    if (parts_ == nullptr) parts_ = std::make_unique<Parts>();
    const auto number = static_cast<std::uint32_t>(parts_->in_filter.size());
    const auto [known, is_new] = parts_->numbers.try_emplace(std::string{text}, number);
    if (!is_new) return known->second;
    int in_filter = -1;
    std::string error;
    if (const re2::RE2 tried{re2::StringPiece{text.data(), text.size()}, options()}; !tried.ok()) {
        error = tried.error();
    } else if (parts_->filtered.Add(re2::StringPiece{text.data(), text.size()}, options(), &in_filter) !=
               re2::RE2::NoError) {
        in_filter = -1;
    }
    parts_->in_filter.push_back(in_filter);
    parts_->errors.push_back(std::move(error));
    if (in_filter >= 0) parts_->by_filter.push_back(number);
    return number;
}

void RegexFilter::seal() {
    if (parts_ == nullptr || parts_->by_filter.empty()) return;
    std::vector<std::string> literals;
    parts_->filtered.Compile(&literals);
    parts_->note_literals(literals);
    parts_->numbers.clear();
}

const re2::RE2* RegexFilter::regex(std::uint32_t number) const {
    const int in_filter = parts_->in_filter[number];
    return in_filter < 0 ? nullptr : &parts_->filtered.GetRE2(in_filter);
}

std::string RegexFilter::error_of(std::uint32_t number) const {
    return parts_->errors[number];
}

std::size_t RegexFilter::size() const {
    return parts_ == nullptr ? 0 : parts_->in_filter.size();
}

std::vector<std::uint32_t> RegexFilter::possible(std::span<const std::string_view> texts) const {
    if (parts_ == nullptr) return {};
    if (parts_->never_filtered) return parts_->by_filter;
    std::vector<int> found = parts_->anywhere;
    for (const std::string_view text : texts)
        parts_->find_pieces(text, found);
    std::ranges::sort(found);
    found.erase(std::unique(found.begin(), found.end()), found.end());
    std::vector<int> potential;
    parts_->filtered.AllPotentials(found, &potential);
    std::vector<std::uint32_t> numbers;
    numbers.reserve(potential.size());
    for (const int in_filter : potential)
        numbers.push_back(parts_->by_filter[static_cast<std::size_t>(in_filter)]);
    std::ranges::sort(numbers);
    return numbers;
}

}  // namespace newswatch::match
