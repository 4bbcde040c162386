#pragma once

#include <algorithm>
#include <initializer_list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "analyse/analyser.h"
#include "match/matcher.h"
#include "match/region_table.h"
#include "model/article.h"
#include "model/watchlist.h"

/// Rules and articles written as short as in a watchlist.
namespace newswatch::match {

inline Rule leaf(RuleKind kind, std::string text) {
    Rule rule;
    rule.kind = kind;
    rule.text = std::move(text);
    rule.place = {.file = "rule.yaml", .line = 1};
    return rule;
}
inline Rule term(std::string text) {
    return leaf(RuleKind::term, std::move(text));
}
inline Rule exact(std::string text) {
    return leaf(RuleKind::exact, std::move(text));
}
inline Rule regex(std::string text) {
    return leaf(RuleKind::regex, std::move(text));
}
inline Rule concept_named(std::string id) {
    return leaf(RuleKind::concept_, std::move(id));
}
inline Rule region(std::vector<std::string> codes) {
    Rule rule = leaf(RuleKind::region, codes.front());
    rule.regions = std::move(codes);
    return rule;
}

inline Rule node(RuleKind kind, std::vector<Rule> children) {
    Rule rule = leaf(kind, {});
    rule.children = std::move(children);
    return rule;
}
inline Rule all_of(std::vector<Rule> children) {
    return node(RuleKind::all_of, std::move(children));
}
inline Rule any_of(std::vector<Rule> children) {
    return node(RuleKind::any_of, std::move(children));
}
inline Rule none_of(std::vector<Rule> children) {
    return node(RuleKind::none_of, std::move(children));
}

inline Rule within(Rule rule, Within within) {
    rule.within = within;
    return rule;
}
inline Within words(unsigned count, bool ordered = false) {
    return {.unit = Within::Unit::words, .words = count, .ordered = ordered};
}
inline Within sentence(bool ordered = false) {
    return {.unit = Within::Unit::sentence, .words = 0, .ordered = ordered};
}
inline Within paragraph() {
    return {.unit = Within::Unit::paragraph, .words = 0, .ordered = false};
}
inline Rule at_least(unsigned count, Rule rule) {
    rule.at_least = count;
    return rule;
}
inline Rule in(FieldSet fields, Rule rule) {
    rule.in = fields;
    return rule;
}
inline Rule except(std::vector<std::string> phrases, Rule rule) {
    rule.except = std::move(phrases);
    return rule;
}
inline Rule in_languages(std::vector<std::string> languages, Rule rule) {
    rule.languages = std::move(languages);
    return rule;
}

inline Watchlist watchlist(Rule rule, std::string id = "w") {
    Watchlist result;
    result.id = std::move(id);
    result.match = std::move(rule);
    return result;
}

inline Article article(std::string title, std::string content = {}, std::string language = "en") {
    Article result;
    result.title = std::move(title);
    result.content = std::move(content);
    result.language = std::move(language);
    return result;
}

/// A few forms, made by hand: the tables are tested elsewhere.
inline RegionForms few_regions() {
    RegionForms forms;
    const auto add = [&](const char* region, const char* language, FormKind kind, const char* form) {
        forms.forms.push_back({.region = region, .language = language, .kind = kind, .form = form});
    };
    add("SY", "en", FormKind::name, "Syria");
    add("SY", "en", FormKind::demonym, "Syrian");
    add("SY", "en", FormKind::capital, "Damascus");
    add("SY", "ar", FormKind::name, "سوريا");
    add("SY", "ar", FormKind::demonym, "سوري");
    add("LY", "en", FormKind::name, "Libya");
    add("LY", "fr", FormKind::name, "Libye");
    add("LY", "de", FormKind::name, "Libyen");
    add("LY", "en", FormKind::capital, "Tripoli");
    add("LB", "en", FormKind::name, "Lebanon");
    add("LB", "en", FormKind::name, "Tripoli Lebanon");
    add("IQ", "ar", FormKind::name, "العراق");
    add("NE", "en", FormKind::name, "Niger");
    add("NE", "de", FormKind::name, "Niger");
    add("NG", "de", FormKind::name, "Nigeria");
    add("GN", "en", FormKind::name, "Guinea");
    add("PG", "en", FormKind::name, "Papua New Guinea");
    add("FR", "en", FormKind::demonym, "French");
    add("PF", "en", FormKind::name, "French Polynesia");
    add("US", "en", FormKind::acronym, "US");
    add("US", "tr", FormKind::acronym, "ABD");
    add("", "en", FormKind::other, "Damascus steel");
    add("OM", "tr", FormKind::name, "Umman");
    add("JP", "ja", FormKind::name, "日本");
    add("EG", "fr", FormKind::name, "Égypte");
    forms.groups.push_back({"levant", {"SY", "LB"}});
    return forms;
}

inline std::shared_ptr<const WatchlistSet> compile(std::vector<Watchlist> watchlists,
                                                   const std::vector<Concept>& concepts = {}) {
    return WatchlistSet::compile(std::move(watchlists), concepts, compile_regions(few_regions()));
}

inline bool holds(const Rule& rule, const Article& article, const std::vector<Concept>& concepts = {}) {
    const auto set = compile({watchlist(rule)}, concepts);
    return !match(*set, analyse::analyse(article)).empty();
}

inline std::vector<Span> spans(const Rule& rule, const Article& article,
                               const std::vector<Concept>& concepts = {}) {
    const auto set = compile({watchlist(rule)}, concepts);
    const std::vector<Match> matches = match(*set, analyse::analyse(article));
    return matches.empty() ? std::vector<Span>{} : matches.front().spans;
}

}  // namespace newswatch::match
