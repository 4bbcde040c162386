#pragma once

#include <newswatch/parser_plugin.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "xml/scope.h"

namespace newswatch::xml {

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
    void category(std::string_view name, std::string_view language);
    /// The same person said twice (`author` and `dc:creator`) is one.
    void person(std::string_view name, std::string_view email, std::string_view uri);
    /// `Jo Li`, `jo@example.org (Jo Li)`, `Jo Li <jo@example.org>`.
    void person_line(std::string_view line);
    void enclosure(std::string_view url, std::string_view type, std::string_view length,
                   std::string_view base);

    [[nodiscard]] bool has(Slot slot) const { return !at(slot).value().empty(); }
    [[nodiscard]] bool has_persons() const { return !persons_.empty(); }

    /// Hands everything over as one article.
    void send(Output& output) const;

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

}  // namespace newswatch::xml
