#include "settings/tree.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <exception>
#include <sstream>
#include <unordered_map>
#include <utility>

#include "base/format.h"
#include "settings/code_points.h"

namespace newswatch::settings {

namespace {

// Nothing in our files needs half of this; yaml-cpp's own guard gives no place.
constexpr std::size_t kDeepest = 16;

Mark in_text(const YAML::Mark& mark) {
    // yaml-cpp counts from 0, columns in code points (YAML.md §4).
    return {static_cast<unsigned>(std::max(mark.line, 0) + 1),
            static_cast<unsigned>(std::max(mark.column, 0) + 1)};
}

/// Ends the parse after a finding that leaves no tree.
struct Stop : std::exception {};

class TreeBuilder final : public YAML::EventHandler {
  public:
    TreeBuilder(const CleanText& text, Report& report) : text_{text}, report_{report} {}

    [[nodiscard]] TreeNode take() { return std::move(root_); }

    void OnDocumentStart(const YAML::Mark& /*mark*/) override {}
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        refuse_anchor(mark, anchor);
        TreeNode node;
        node.mark = place_of(mark);
        // Everything is text: a plain `null` or `~` is a word, only nothing at all is empty.
        const std::string_view line = report_.source().line(node.mark.line);
        const std::string_view rest = line.substr(byte_of_column(line, node.mark.column));
        for (const std::string_view word : {"null", "Null", "NULL", "~"}) {
            if (!rest.starts_with(word)) continue;
            node.kind = TreeNode::Kind::scalar;
            node.value = std::string{word};
        }
        add(std::move(node));
    }

    void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override { refuse_anchor(mark, 1); }

    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        refuse_anchor(mark, anchor);
        refuse_tag(mark, tag);
        TreeNode node;
        node.kind = TreeNode::Kind::scalar;
        node.value = value;
        node.quoted = tag == "!";
        node.mark = place_of(mark);
        add(std::move(node));
    }

    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value style) override {
        open(TreeNode::Kind::sequence, mark, tag, anchor, style);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value style) override {
        open(TreeNode::Kind::mapping, mark, tag, anchor, style);
    }
    void OnMapEnd() override { close(); }

  private:
    /// A collection that is still open, with the key that waits for its value.
    struct Open {
        TreeNode node{};
        std::optional<TreeNode> key{};
        std::unordered_map<std::string, std::size_t> index{};  // key → entry: a file may hold 100,000 keys
    };

    void open(TreeNode::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
              YAML::EmitterStyle::value style) {
        refuse_anchor(mark, anchor);
        refuse_tag(mark, tag);
        if (stack_.size() >= kDeepest) {
            report_
                .error("Y41", newswatch::format("more than {} levels inside each other", kDeepest),
                       place_of(mark))
                .help.emplace_back("help: no setting of newswatch needs more than a few levels");
            throw Stop{};
        }
        Open opened;
        opened.node.kind = kind;
        opened.node.mark = place_of(mark);
        opened.node.in_flow =
            style == YAML::EmitterStyle::Flow || (!stack_.empty() && stack_.back().node.in_flow);
        stack_.push_back(std::move(opened));
    }

    void close() {
        TreeNode done = std::move(stack_.back().node);
        stack_.pop_back();
        add(std::move(done));
    }

    void add(TreeNode node) {
        if (stack_.empty()) {
            root_ = std::move(node);
            return;
        }
        Open& parent = stack_.back();
        node.in_flow = node.in_flow || parent.node.in_flow;
        if (parent.node.is_sequence()) {
            parent.node.items.push_back(std::move(node));
        } else if (!parent.key) {
            refuse_odd_key(node);
            parent.key = std::move(node);
        } else {
            const TreeNode key = std::move(*parent.key);
            parent.key.reset();
            add_entry(parent, key, std::move(node));
        }
    }

    void add_entry(Open& parent, const TreeNode& key, TreeNode value) {
        std::string name{trimmed(key.value)};
        std::vector<TreeEntry>& entries = parent.node.entries;
        const auto [place, is_new] = parent.index.emplace(name, entries.size());
        if (!is_new) {
            report_key_twice(entries[place->second], key.mark, name);
            return;
        }
        entries.push_back({std::move(name), key.mark, std::move(value)});
    }

    void report_key_twice(const TreeEntry& first, Mark second, const std::string& name) {
        Finding& finding =
            report_.error("Y05", newswatch::format("`{}` is written twice in the same block", name), second,
                          code_point_count(name));
        finding.label = "second time";
        finding.related.push_back({report_.source().place(first.key_mark),
                                   static_cast<unsigned>(code_point_count(name)),
                                   std::string{report_.source().line(first.key_mark.line)}, "first time"});
        finding.help.emplace_back("why: only one of the two would count, and you could not see which");
        finding.help.push_back(
            first.value.is_sequence() || first.value.is_mapping()
                ? newswatch::format("help: move what stands below under the first `{}` and delete line {}",
                                    name, second.line)
                : newswatch::format("help: keep one of the lines {} and {}, delete the other",
                                    first.key_mark.line, second.line));
    }

    void refuse_odd_key(const TreeNode& key) {
        if (key.is_scalar()) return;
        report_.error("Y38", "this line is not a setting", key.mark).label = "expected `name: value`";
        throw Stop{};
    }

    void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
        if (anchor == 0) return;
        Finding& finding = report_.error("Y39", "YAML anchors (&name, *name) are not used in newswatch files",
                                         place_of(mark));
        finding.help.emplace_back("help: put shared words into a concept:  newswatchctl concepts");
        throw Stop{};
    }

    void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
        if (tag.empty() || tag == "?" || tag == "!") return;
        Finding& finding = report_.error("Y32", "a text cannot start with `!`", place_of(mark));
        finding.label = "special sign in YAML; the word after it would be lost";
        finding.help.emplace_back("help: put the text in quotes:  \"!…\"");
        throw Stop{};
    }

    [[nodiscard]] Mark place_of(const YAML::Mark& mark) const { return text_.original(in_text(mark)); }

    const CleanText& text_;
    Report& report_;
    std::vector<Open> stack_;
    TreeNode root_;
};

void report_syntax(const CleanText& text, Report& report, const YAML::Exception& error) {
    Mark mark = text.original(in_text(error.mark));
    if (error.mark.is_null()) mark = {1, 1};
    Finding& finding = report.error("Y40", "this is not YAML: " + error.msg, mark);
    finding.help.emplace_back(
        "help: look at this line and the one above it: a quote or bracket that is not closed, a missing "
        "space after `:` or `-`, or text that needs quotes");
}

void report_second_document(Report& report) {
    report
        .error("Y37", "this file holds a second document; only the first would be read",
               {static_cast<unsigned>(report.source().line_count()), 1})
        .help.emplace_back("help: move the lines below `---` into a file of their own");
}

}  // namespace

std::size_t TreeNode::width() const {
    if (kind != Kind::scalar) return 1;
    return code_point_count(value) + (quoted ? 2 : 0);
}

const TreeEntry* TreeNode::find(std::string_view key) const {
    const auto found = std::find_if(entries.begin(), entries.end(),
                                    [key](const TreeEntry& entry) { return entry.key == key; });
    return found == entries.end() ? nullptr : &*found;
}

std::size_t TreeEntry::key_width() const {
    return code_point_count(key);
}

std::optional<TreeNode> parse_tree(const CleanText& text, Report& report) {
    std::istringstream input{text.text()};
    TreeBuilder builder{text, report};
    try {
        YAML::Parser parser{input};
        if (!parser.HandleNextDocument(builder)) return TreeNode{};
        TreeNode root = builder.take();
        TreeBuilder rest{text, report};
        if (parser.HandleNextDocument(rest)) {
            report_second_document(report);
            return std::nullopt;
        }
        return root;
    } catch (const Stop&) {
        return std::nullopt;  // reported where it was found
    } catch (const YAML::Exception& error) {
        report_syntax(text, report, error);
        return std::nullopt;
    }
}

}  // namespace newswatch::settings
