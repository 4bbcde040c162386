#include "settings/source.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/format.h"
#include "settings/code_points.h"

namespace newswatch::settings {

namespace {

// YAML.md §5. More than a screen of findings is not read; the first ones are usually the cause of the rest.
constexpr std::size_t kMostFindings = 20;

}  // namespace

Source::Source(std::string name, std::string text) : name_{std::move(name)}, text_{std::move(text)} {
    starts_.push_back(0);
    for (std::size_t at = text_.find('\n'); at != std::string::npos; at = text_.find('\n', at + 1)) {
        if (at + 1 < text_.size()) starts_.push_back(at + 1);
    }
}

std::string_view Source::line(unsigned number) const {
    if (number == 0 || number > starts_.size()) return {};
    const std::size_t begin = starts_[number - 1];
    const std::size_t end = std::min(text_.find('\n', begin), text_.size());
    std::string_view line{text_.data() + begin, end - begin};
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

Mark Source::mark_at(std::size_t offset) const {
    const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
    const std::size_t begin = *std::prev(after);
    const std::string_view before = std::string_view{text_}.substr(begin, offset - begin);
    return {static_cast<unsigned>(after - starts_.begin()),
            static_cast<unsigned>(code_point_count(before) + 1)};
}

Finding& Report::add(Severity severity, std::string code, std::string headline, Mark mark,
                     std::size_t length) {
    if (severity == Severity::error) ++error_count_;
    Finding finding;
    finding.severity = severity;
    finding.code = std::move(code);
    finding.headline = std::move(headline);
    finding.place = source_.place(mark);
    finding.length = static_cast<unsigned>(std::max<std::size_t>(length, 1));
    finding.excerpt = std::string{source_.line(mark.line)};
    findings_.push_back(std::move(finding));
    return findings_.back();
}

Finding& Report::error(std::string code, std::string headline, Mark mark, std::size_t length) {
    return add(Severity::error, std::move(code), std::move(headline), mark, length);
}

Finding& Report::warning(std::string code, std::string headline, Mark mark, std::size_t length) {
    return add(Severity::warning, std::move(code), std::move(headline), mark, length);
}

Finding& Report::note(std::string code, std::string headline, Mark mark, std::size_t length) {
    return add(Severity::note, std::move(code), std::move(headline), mark, length);
}

std::vector<Finding> Report::take() {
    std::stable_sort(findings_.begin(), findings_.end(), [](const Finding& left, const Finding& right) {
        return std::pair{left.place.line, left.place.column} <
               std::pair{right.place.line, right.place.column};
    });
    if (findings_.size() > kMostFindings) {
        // Errors stay before anything else: they decide whether the file is used.
        std::stable_sort(findings_.begin(), findings_.end(), [](const Finding& left, const Finding& right) {
            return left.severity > right.severity;
        });
        const std::size_t left_out = findings_.size() - kMostFindings;
        findings_.resize(kMostFindings);
        note("F45", newswatch::format("{} more findings in {} are not shown", left_out, source_.name()), {});
    }
    error_count_ = 0;
    return std::exchange(findings_, {});
}

}  // namespace newswatch::settings
