#pragma once

#include <bitset>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "match/key_index.h"
#include "match/matcher.h"
#include "match/occurrence.h"
#include "match/packed_terms.h"
#include "text/term.h"

namespace newswatch::match {

/// The regions, compiled: every form under its keys (WATCHLISTS.md §5). Immutable; any thread may read it.
class Regions {
  public:
    explicit Regions(const RegionForms& forms);

    /// The numbers of what a rule names: a region, or a group with all its members.
    [[nodiscard]] std::vector<std::uint16_t> numbers_of(std::string_view region_or_group) const;
    /// How many regions have a number.
    [[nodiscard]] std::size_t count() const { return codes_.size(); }
    [[nodiscard]] const std::string& code(std::uint16_t region) const { return codes_[region]; }
    /// For people, in English.
    [[nodiscard]] const std::string& name(std::uint16_t region) const { return names_[region]; }

    /// Every region that the article speaks of, each place once, by field and position. Of names that lie in
    /// one another the longest counts.
    [[nodiscard]] std::vector<Occurrence> find(const Analysed& article) const;

  private:
    static constexpr std::size_t kMostLanguages = 128;
    using Languages = std::bitset<kMostLanguages>;

    struct Form {
        std::uint32_t term{0};            ///< into terms_
        std::uint16_t region{kNoRegion};  ///< kNoRegion: FormKind::other
        FormKind kind{FormKind::name};
        bool needs_capital{false};
        Languages languages{};  ///< in texts of these it counts
    };
    struct Search;

    void add(const RegionForm& form);
    void add_words(const text::TermWords& words, const RegionForm& form);
    [[nodiscard]] std::string_view first_word(const Form& form) const {
        return terms_.text(terms_.words(form.term).front());
    }
    std::uint16_t number(const std::string& code);
    std::size_t language_bit(std::string_view code);
    [[nodiscard]] Languages languages_of(const Analysed& article) const;

    std::vector<std::string> codes_{};
    std::vector<std::string> names_{};
    std::unordered_map<std::string, std::uint16_t> numbers_{};
    std::map<std::string, std::vector<std::string>, std::less<>> groups_{};
    std::map<std::string, std::size_t, std::less<>> language_bits_{};
    PackedTerms terms_{};
    std::vector<Form> forms_{};
    std::unordered_map<std::string, std::uint32_t> known_forms_{};  ///< while compiling only
    KeyIndex forms_by_key_{};
    KeyIndex german_names_{};  ///< by the key of the folded name: beginnings of compounds
};

}  // namespace newswatch::match
