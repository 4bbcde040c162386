#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// JSON (RFC 8259) as it comes: read where it stands and without a tree, so that nothing in a document
/// decides about memory or about the depth of the stack.
namespace newswatch::json {

/// What is wrong with a document and where.
struct Defect {
    std::string_view code{};  ///< `raw-control-character`; empty where all is well
    std::size_t offset{0};
};

/// What stands at the reader's place.
enum class Value : std::uint8_t { nothing, object, array, string, scalar };

/// Walks forward over a document and takes what publishers' templates write in spite of the RFC: raw line
/// ends and bare quotes inside strings, commas too many or too few, comments, `'`, names without quotes,
/// brackets of the wrong kind, an end in the middle. The first of these is the `defect()`.
///
/// Linear in time; memory only for the string at hand; the stack is as deep as the caller's own loops.
class JsonReader {
  public:
    /// Begins at the byte `at` of `text`, which is valid UTF-8.
    explicit JsonReader(std::string_view text, std::size_t at = 0) : text_{text}, at_{at} {}

    [[nodiscard]] Value value();

    /// Calls `each(name)` for every member of the object that stands here; `each` reads the value or leaves
    /// it. What is no object is passed over.
    template <class Each>
    void members(Each each) {
        if (value() != Value::object) return skip();
        ++at_;
        more_members(each);
    }

    /// The members from here on, of an object whose beginning is past or missing.
    template <class Each>
    void more_members(Each each) {
        ++open_objects_;
        std::string name;
        for (bool first = true; next_member(name, first);) {
            const std::size_t before = at_;
            each(std::string_view{name});
            if (at_ == before) skip();
        }
    }

    /// Calls `each()` for every element of an array. One value where a list was meant is a list of one.
    template <class Each>
    void elements(Each each) {
        if (value() != Value::array) return each();
        ++at_;
        more_elements(each);
    }

    /// The elements from here on, of an array whose beginning is past.
    template <class Each>
    void more_elements(Each each) {
        ++open_arrays_;
        for (bool first = true; next_element(first);) {
            const std::size_t before = at_;
            each();
            if (at_ == before) skip();
        }
    }

    /// A string, or a number or truth value as it is written; empty for null, for a container (which is
    /// passed over), and for what the end of the document cuts off. `scratch` holds what does not stand in
    /// the document as it is meant.
    [[nodiscard]] std::string_view text(std::string& scratch);

    /// Passes over the value that stands here.
    void skip();

    [[nodiscard]] std::size_t offset() const { return at_; }
    /// Goes on at another byte, which its caller knows to be the better place.
    void go_to(std::size_t offset) { at_ = offset; }
    /// The document ended inside a value.
    [[nodiscard]] bool cut() const { return cut_; }
    [[nodiscard]] const Defect& defect() const { return defect_; }
    /// Brackets or quotes are not where they should be: what was read may belong to something else.
    [[nodiscard]] bool misshapen() const { return misshapen_; }
    /// Behind an object that is an element of an array: whether members follow, so that its bracket came too
    /// early. They are what stands next then.
    [[nodiscard]] bool goes_on_behind_bracket();
    /// Nothing but white space should follow; what does is noted.
    void expect_end();

  private:
    [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
    [[nodiscard]] std::size_t& open_of(char bracket) {
        return bracket == '{' || bracket == '}' ? open_objects_ : open_arrays_;
    }
    [[nodiscard]] bool next_member(std::string& name, bool& first);
    [[nodiscard]] bool next_element(bool& first);
    [[nodiscard]] bool reach_next(char close, bool& first);
    void skip_container();
    void blanks();
    void note(std::string_view code);
    void cut_here();

    [[nodiscard]] std::string_view quoted(std::string& scratch, bool is_name);
    [[nodiscard]] bool closes_string(std::size_t quote) const;
    [[nodiscard]] std::size_t after_blanks(std::size_t at) const;
    [[nodiscard]] bool name_stands_at(std::size_t at) const;
    [[nodiscard]] bool value_may_start_at(std::size_t at) const;
    void escape(std::string& out);
    [[nodiscard]] std::uint32_t code_unit();
    [[nodiscard]] std::string_view bare_word();

    std::string_view text_;
    std::size_t at_;
    std::size_t open_objects_{0};
    std::size_t open_arrays_{0};
    bool in_object_{false};
    bool cut_{false};
    bool misshapen_{false};
    Defect defect_{};
};

}  // namespace newswatch::json
