#include "rules/lint.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "base/format.h"
#include "match/matcher.h"
#include "rules/quoted_files.h"
#include "text/fold.h"
#include "text/language.h"
#include "text/language_signs.h"
#include "text/script.h"
#include "text/term.h"

namespace newswatch::rules {

namespace {

using settings::Finding;
using settings::Severity;

/// Everything that a rule says, so that two rules that say the same are the same text.
void write(const Rule& rule, std::string& into) {
    into += format("({}|{}|{}|", static_cast<int>(rule.kind), rule.at_least, rule.text);
    for (const std::string& region : rule.regions)
        into += region + ",";
    for (const std::string& language : rule.languages)
        into += "l" + language + ",";
    for (const std::string& phrase : rule.except)
        into += "x" + phrase + ",";
    if (rule.within) {
        into += format("w{}/{}/{}", static_cast<int>(rule.within->unit), rule.within->words,
                       rule.within->ordered);
    }
    if (rule.in) {
        for (const bool field : {rule.in->title, rule.in->lead, rule.in->summary, rule.in->content,
                                 rule.in->author, rule.in->link, rule.in->category})
            into += field ? '1' : '0';
    }
    for (const auto& [language, terms] : rule.by_language) {
        into += "t" + language;
        for (const Rule& term : terms)
            write(term, into);
    }
    for (const Rule& child : rule.children)
        write(child, into);
    into += ')';
}

std::string whole_text(const Watchlist& watchlist) {
    std::string text;
    for (const std::string& language : watchlist.languages)
        text += language + ",";
    text += '|';
    for (const std::string& feed : watchlist.feeds)
        text += feed + ",";
    write(watchlist.match, text);
    return text;
}

bool share_one(const std::vector<std::string>& left, const std::vector<std::string>& right) {
    return left.empty() || right.empty() || std::ranges::any_of(left, [&](const std::string& language) {
               return std::ranges::find(right, language) != right.end();
           });
}

/// Wherever `inner` is looked for, `outer` holds it: its words stand in a row among those of `outer`.
bool lies_in(const Rule& inner, const Rule& outer) {
    const text::TermWords small = text::read_exact_term(inner.text);
    const text::TermWords large = text::read_exact_term(outer.text);
    if (small.empty() || small.size() > large.size()) return false;
    // `*` is no part of a word, so the words say nothing of it.
    const bool opens = inner.text.ends_with('*');
    if (outer.text.ends_with('*') && !opens) return false;
    for (std::size_t at = 0; at + small.size() <= large.size(); ++at) {
        bool all = true;
        for (std::size_t i = 0; i < small.size(); ++i) {
            const bool last = i + 1 == small.size();
            const std::string& wanted = small[i].folded;
            const std::string& word = large[at + i].folded;
            if (small[i].run || large[at + i].run) return false;  // ends of words are the text's there
            all = all && (opens && last ? word.starts_with(wanted) : word == wanted);
        }
        if (all) return true;
    }
    return false;
}

/// In alphabets three letters open thousands of words; Arabic or Hebrew ones are a root, Han ones a phrase.
bool fits_thousands_of_words(const Rule& rule) {
    constexpr std::size_t kFew = 3;
    const text::TermWords words = text::read_exact_term(rule.text);
    return rule.text.ends_with('*') && words.size() == 1 && text::has_case(words.front().script) &&
           text::count_code_points(words.front().folded) <= kFew;
}

/// The languages among `wanted` (all, where it is empty) in which a term of one word is one of the words that
/// hold any text together: `die` is meant in English and found in every German article.
std::string languages_full_of(const Rule& rule, const std::vector<std::string>& wanted) {
    std::string codes;
    // Written in capitals it is an acronym, and yet the word is found: capitals do not count in a term.
    const std::string word = text::fold_keeping_accents(rule.text);
    for (const text::Language language : text::languages_of_small_word(word)) {
        const std::string code = text::code_of(language);
        if (!wanted.empty() && std::ranges::find(wanted, code) == wanted.end()) continue;
        codes += (codes.empty() ? "" : ", ") + code;
    }
    return codes;
}

class WatchlistLint {
  public:
    WatchlistLint(const Watchlist& watchlist, std::vector<Finding>& findings)
        : watchlist_{watchlist}, findings_{findings} {}

    void run() { walk(watchlist_.match, watchlist_.languages); }

  private:
    void warn(std::string code, std::string headline, const Place& place, std::size_t length,
              std::string label, std::string help) {
        findings_.push_back({.severity = Severity::warning,
                             .code = std::move(code),
                             .headline = std::move(headline),
                             .place = place,
                             .length = static_cast<unsigned>(std::max<std::size_t>(length, 1)),
                             .label = std::move(label),
                             .help = {std::move(help)}});
    }

    void walk(const Rule& rule, const std::vector<std::string>& languages) {
        if (!share_one(rule.languages, languages)) {
            warn("W56", "this block can never match", rule.place, 1,
                 "its `languages` are none of those around it", "help: write the languages once, at the top");
            return;
        }
        const std::vector<std::string>& here = rule.languages.empty() ? languages : rule.languages;
        if (rule.kind == RuleKind::term || rule.kind == RuleKind::exact) check_words(rule);
        if (rule.kind == RuleKind::term) check_frequency(rule, here);
        if (rule.kind == RuleKind::regex) check_regex(rule);
        for (const auto& [language, terms] : rule.by_language) {
            if (language != "*" && !share_one({language}, here)) {
                warn("W56", format("the words listed for `{}` can never match", language),
                     terms.empty() ? rule.place : terms.front().place, 1,
                     "the watchlist is not for articles in that language",
                     "help: add the language to `languages`, or delete the list");
            }
            const std::vector<std::string> only{language};
            for (const Rule& term : terms)
                walk(term, language == "*" ? here : only);
        }
        if (rule.kind == RuleKind::all_of) check_exclusions(rule);
        for (const Rule& child : rule.children)
            walk(child, here);
    }

    void check_words(const Rule& rule) {
        if (rule.text.empty() || !text::read_exact_term(rule.text).empty()) return;
        warn("W57", format("`{}` has no word in it, so it can never match", rule.text), rule.place,
             text::count_code_points(rule.text), "only letters and digits make a word",
             "help: write the word that stands beside the sign, or delete the line");
    }

    void check_frequency(const Rule& rule, const std::vector<std::string>& languages) {
        const std::size_t length = text::count_code_points(rule.text);
        if (fits_thousands_of_words(rule)) {
            warn("W61", format("`{}` is so short that it fits thousands of words", rule.text), rule.place,
                 length, "three letters begin too many words",
                 "help: write more letters before the `*`, or the words themselves");
            return;
        }
        const std::string full = languages_full_of(rule, languages);
        if (full.empty()) return;
        warn("W62", format("`{}` is one of the commonest words of a language ({})", rule.text, full),
             rule.place, length, "nearly every article in that language holds it",
             "help: list it for the language you mean (`terms: {en: [...]}`), write `exact:` where capitals "
             "tell "
             "it apart, or make it a phrase");
    }

    void check_regex(const Rule& rule) {
        const std::string error = match::regex_error(rule.text);
        if (error.empty()) return;
        warn("W58", format("this regular expression can never match: {}", error), rule.place,
             text::count_code_points(rule.text), {},
             "help: plain words are enough for most; the syntax is that of RE2");
    }

    /// An all_of with a none_of in it: what is found only together with something left out.
    void check_exclusions(const Rule& all) {
        std::vector<const Rule*> left_out;
        for (const Rule& child : all.children) {
            if (child.kind != RuleKind::none_of || child.in || !child.languages.empty()) continue;
            for (const Rule& excluded : child.children) {
                const bool plain = excluded.kind == RuleKind::term && excluded.at_least <= 1 &&
                                   excluded.except.empty() && !excluded.in && excluded.languages.empty();
                if (plain) left_out.push_back(&excluded);
            }
        }
        if (left_out.empty()) return;
        for (const Rule& child : all.children) {
            if (child.kind != RuleKind::none_of) check_against(child, left_out, !all.in && !child.in);
        }
    }

    /// `same_fields`: what stands above looks where the exclusions look.
    void check_against(const Rule& rule, const std::vector<const Rule*>& left_out, bool same_fields) {
        if (!same_fields || rule.in || rule.kind == RuleKind::none_of) return;
        if (rule.kind == RuleKind::term) {
            for (const Rule* excluded : left_out) {
                if (!lies_in(*excluded, rule)) continue;
                warn("W59", format("`{}` can never count", rule.text), rule.place,
                     text::count_code_points(rule.text),
                     format("`none_of` leaves out `{}` (line {})", excluded->text, excluded->place.line),
                     "help: `except` on the other term leaves out single places instead of whole articles");
                return;
            }
        }
        for (const Rule& child : rule.children)
            check_against(child, left_out, same_fields);
    }

    const Watchlist& watchlist_;
    std::vector<Finding>& findings_;
};

void find_alike(const std::vector<Watchlist>& watchlists, std::vector<Finding>& findings) {
    std::map<std::string, const Watchlist*> known;
    for (const Watchlist& watchlist : watchlists) {
        const auto [first, is_new] = known.try_emplace(whole_text(watchlist), &watchlist);
        if (is_new) continue;
        const Watchlist& other = *first->second;
        findings.push_back(
            {.severity = Severity::warning,
             .code = "W60",
             .headline = format("{} asks for the same as {}", watchlist.id, other.id),
             .place = watchlist.place,
             .length = static_cast<unsigned>(std::max<std::size_t>(1, watchlist.id.size())),
             .label = "every article alerts twice",
             .help = {format("first: {}:{}:{}", other.place.file, other.place.line, other.place.column),
                      "help: delete one of them; a subscriber may listen to several"}});
    }
}

}  // namespace

std::vector<Finding> lint(const std::vector<Watchlist>& watchlists, const std::filesystem::path& base) {
    std::vector<Finding> findings;
    for (const Watchlist& watchlist : watchlists)
        WatchlistLint{watchlist, findings}.run();
    find_alike(watchlists, findings);
    QuotedFiles files{base};
    for (Finding& finding : findings)
        finding.excerpt = files.line(finding.place);
    return findings;
}

}  // namespace newswatch::rules
