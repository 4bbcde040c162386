#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include "base/format.h"
#include "base/paths.h"
#include "base/wording.h"
#include "ctl/verbs.h"
#include "rules/regions.h"
#include "settings/settings.h"
#include "text/region_names.h"

/// `concepts` and `regions`: the words that a watchlist may use after `concept:` and `region:`.
namespace newswatch::ctl {

namespace {

using nlohmann::ordered_json;

std::string name_in(const Concept& one, const std::string& language) {
    const auto name = one.names.find(language);
    return name == one.names.end() ? std::string{} : name->second;
}

void print_concept(const Concept& one, const Console& console) {
    std::string languages;
    std::size_t terms = 0;
    for (const auto& [language, list] : one.terms) {
        languages += (languages.empty() ? "" : " ") + language;
        terms += list.size();
    }
    console.out << format("{:16} {}  ({} in {}; {})\n", one.id, isolate(name_in(one, "")),
                          counted(terms, "term"), languages, one.place.file);
}

ordered_json to_json(const Concept& one) {
    ordered_json terms = ordered_json::object();
    for (const auto& [language, list] : one.terms) {
        for (const Rule& term : list)
            terms[language].push_back(term.text);
    }
    return {
        {"id", one.id}, {"name", name_in(one, "")}, {"file", one.place.file}, {"terms", std::move(terms)}};
}

/// The operator's concepts beside the shipped ones; without settings the shipped ones alone.
void list_concepts(Session& session) {
    std::filesystem::path local;
    if (std::filesystem::exists(session.config))
        local = settings::read_settings(session.config).value.concepts;
    const auto read = settings::read_concepts(share_folder() / "concepts", local);
    ordered_json list = ordered_json::array();
    for (const Concept& one : read.value) {
        if (session.json) {
            list.push_back(to_json(one));
        } else {
            print_concept(one, session.console);
        }
    }
    if (session.json) {
        session.console.out << ordered_json{{"concepts", std::move(list)}}.dump(
                                   -1, ' ', false, ordered_json::error_handler_t::replace)
                            << '\n';
    }
    for (const settings::Finding& finding : read.findings) {
        if (finding.severity != settings::Severity::error) continue;
        session.console.err << settings::render(finding) << '\n';
        session.exit = Exit::refused;
    }
}

void print_region(const std::string& code, Session& session, ordered_json& list) {
    const std::string english = text::region_display_name(code, "en");
    const std::string arabic = text::region_display_name(code, "ar");
    if (session.json) {
        list.push_back({{"code", code}, {"name", english}, {"name_ar", arabic}});
    } else {
        session.console.out << format("{:14} {}  {}\n", code, isolate(english), isolate(arabic));
    }
}

void list_regions(const std::vector<std::string>& asked, Session& session) {
    const Result<std::shared_ptr<const rules::RegionTables>> tables = rules::load_regions();
    if (!tables) {
        session.console.complain(tables.error());
        session.exit = Exit::refused;
        return;
    }
    const match::RegionForms& forms = (*tables)->forms;
    ordered_json list = ordered_json::array();
    for (const std::string& written : asked) {
        const std::string code = match::find_region(forms, written);
        if (code.empty()) {
            session.console.complain("no region is called " + written + " (newswatchctl regions lists all)");
            session.exit = Exit::refused;
        } else {
            print_region(code, session, list);
        }
    }
    if (asked.empty()) {
        for (const std::string& code : text::all_regions())
            print_region(code, session, list);
        for (const auto& [group, members] : forms.groups)
            print_region(group, session, list);
    }
    if (session.json) session.console.out << ordered_json{{"regions", std::move(list)}}.dump() << '\n';
}

}  // namespace

void add_concepts(CLI::App& program, Session& session) {
    CLI::App* verb = program.add_subcommand("concepts", "the shared words that a watchlist may name");
    verb->add_flag("--json", session.json, "with all their terms, as JSON");
    verb->callback([&session] { list_concepts(session); });
}

void add_regions(CLI::App& program, Session& session) {
    auto names = std::make_shared<std::vector<std::string>>();
    CLI::App* verb = program.add_subcommand("regions", "the countries and groups that a watchlist may name");
    verb->add_flag("--json", session.json, "as JSON");
    verb->add_option("names", *names, "what to look up: a code, or a name in any language")
        ->type_name("NAME");
    verb->callback([names, &session] { list_regions(*names, session); });
}

}  // namespace newswatch::ctl
