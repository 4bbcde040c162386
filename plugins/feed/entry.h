#pragma once

#include <newswatch/parser_plugin.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace newswatch::feed {

/// Borrowed text of the ABI.
[[nodiscard]] inline std::string_view view(nw_text text) {
    return text.size == 0 ? std::string_view{} : std::string_view{text.data, text.size};
}
[[nodiscard]] inline nw_text borrowed(std::string_view text) {
    return {text.data(), text.size()};
}

/// Ranks of `Entry::offer`: the format's own field first, then what extensions say.
inline constexpr int kOwn = 10;
inline constexpr int kExtension = 20;
inline constexpr int kFallback = 30;
inline constexpr int kLastResort = 40;

/// The sink of the host, remembering the first answer that says stop.
class Output {
  public:
    explicit Output(const nw_sink& sink) : sink_{sink} {}

    [[nodiscard]] bool stopped() const { return answer_ != 0; }
    [[nodiscard]] int answer() const { return answer_; }

    void format(std::string_view name, bool recovered);
    void feed_field(std::string_view name, nw_kind kind, std::string_view value, std::string_view base = {},
                    std::string_view language = {});
    void problem(std::string_view code, std::size_t offset);
    /// Says so where the operator set something: the formats that newswatch brings have nothing to set.
    void expect_no_settings(nw_text settings);

    /// For `Entry::send`: keeps the first answer that is not 0.
    [[nodiscard]] const nw_sink& sink() const { return sink_; }
    void keep(int answer) { answer_ = answer_ != 0 ? answer_ : answer; }

  private:
    const nw_sink& sink_;
    int answer_{0};
};

enum class Slot : std::uint8_t {
    id,
    url,
    title,
    summary,
    content,
    published,
    updated,
    language,
    image,
    count
};

/// What was found for one article. A feed says the same thing in several vocabularies; every fact is offered
/// with a rank, and the lowest rank that is not empty holds.
class Entry {
  public:
    void clear();

    /// `value` must live until `send`; `base` is copied.
    void offer(Slot slot, int rank, nw_kind kind, std::string_view value, std::string_view base = {},
               std::string_view language = {});
    /// As `offer`, for a value that is not in the tree.
    void offer_own(Slot slot, int rank, nw_kind kind, std::string value, std::string_view base = {},
                   std::string_view language = {});
    /// Said twice, in whatever case, is said once.
    void category(std::string_view name, std::string_view language);
    /// The same person said twice (`author` and `dc:creator`) is one. Persons of rank kFallback and above
    /// count only where nobody else is named.
    void person(std::string_view name, std::string_view email, std::string_view uri, int rank = kOwn);
    /// `Jo Li`, `jo@example.org (Jo Li)`, `Jo Li <jo@example.org>`.
    void person_line(std::string_view line, int rank = kOwn);
    void enclosure(std::string_view url, std::string_view type, std::string_view length,
                   std::string_view base);

    [[nodiscard]] bool has(Slot slot) const { return !at(slot).value().empty(); }
    [[nodiscard]] bool has_persons() const { return !persons_.empty(); }
    /// Takes the persons of the feed where the article names none.
    void inherit_persons(const Entry& feed);

    /// Whether an article that was cut off with its document may be handed over: when it comes whole, it must
    /// be the same article. It has its title, and its own id, or an address where no other article of the
    /// feed
    /// (`others` of them came before) has an id. The only one of a document is better than nothing.
    [[nodiscard]] bool known_again_without_its_end(bool others_have_ids, std::size_t others) const;

    /// Hands everything over as one article.
    void send(Output& output) const;
    /// Hands it over as the facts of the feed itself: `url` is its `link`, `summary` its `description`.
    void send_as_feed(Output& output) const;

  private:
    struct Candidate {
        int rank{1000};
        nw_kind kind{NW_TEXT};
        std::string_view borrowed{};
        std::string own{};
        std::string base{};
        std::string_view language{};
        [[nodiscard]] std::string_view value() const {
            return own.empty() ? borrowed : std::string_view{own};
        }
    };
    struct Category {
        std::string name;
        std::string_view language;
    };
    struct Someone {
        std::string name, email, uri;
        int rank;
    };
    struct File {
        std::string url, type, length, base;
    };

    [[nodiscard]] const Candidate& at(Slot slot) const { return slots_[static_cast<std::size_t>(slot)]; }
    [[nodiscard]] Candidate* better(Slot slot, int rank, std::string_view value);

    std::array<Candidate, static_cast<std::size_t>(Slot::count)> slots_{};
    std::vector<Category> categories_{};
    std::vector<Someone> persons_{};
    std::vector<File> files_{};
};

}  // namespace newswatch::feed
