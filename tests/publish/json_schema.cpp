#include "json_schema.h"

#include <regex.h>

#include <algorithm>

namespace newswatch::publish {

namespace {

using nlohmann::json;

bool has_type(const json& value, const std::string& type) {
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "string") return value.is_string();
    if (type == "integer") return value.is_number_integer();
    if (type == "boolean") return value.is_boolean();
    return type == "null" && value.is_null();
}

/// POSIX extended syntax, which is all that the patterns of config/schema/ need.
bool matches(const std::string& pattern, const std::string& text) {
    regex_t compiled{};
    if (::regcomp(&compiled, pattern.c_str(), REG_EXTENDED | REG_NOSUB) != 0) return false;
    const bool found = ::regexec(&compiled, text.c_str(), 0, nullptr, 0) == 0;
    ::regfree(&compiled);
    return found;
}

class Validation {
  public:
    explicit Validation(const json& root) : root_{root} {}

    void check(const json& schema, const json& value, const std::string& at) {
        for (const auto& [keyword, rule] : schema.items())
            check_keyword(keyword, rule, value, at);
    }
    [[nodiscard]] std::vector<std::string> found() && { return std::move(found_); }

  private:
    void check_keyword(const std::string& keyword, const json& rule, const json& value,
                       const std::string& at) {
        if (keyword == "$ref") {
            check(root_.at(json::json_pointer{rule.get<std::string>().substr(1)}), value, at);
        } else if (keyword == "type") {
            const json types = rule.is_array() ? rule : json::array({rule});
            expect(std::any_of(types.begin(), types.end(),
                               [&](const json& type) { return has_type(value, type); }),
                   at, "is not of type " + rule.dump());
        } else if (keyword == "const") {
            expect(value == rule, at, "is not " + rule.dump());
        } else if (keyword == "enum") {
            expect(std::find(rule.begin(), rule.end(), value) != rule.end(), at, "is none of " + rule.dump());
        } else if (keyword == "pattern") {
            expect(!value.is_string() || matches(rule.get<std::string>(), value.get<std::string>()), at,
                   "does not match " + rule.dump());
        } else if (keyword == "minimum") {
            expect(!value.is_number() || value >= rule, at, "is below " + rule.dump());
        } else if (keyword == "required") {
            for (const json& name : rule)
                expect(value.contains(name.get<std::string>()), at, "lacks " + name.dump());
        } else if (keyword == "properties") {
            for (const auto& [name, inner] : rule.items()) {
                if (value.contains(name)) check(inner, value[name], at + "/" + name);
            }
        } else if (keyword == "items") {
            for (std::size_t i = 0; value.is_array() && i < value.size(); ++i)
                check(rule, value[i], at + "/" + std::to_string(i));
        } else if (keyword == "oneOf") {
            check_one_of(rule, value, at);
        } else {
            static const std::vector<std::string> silent{"$schema", "$id", "$defs", "title", "description"};
            expect(std::find(silent.begin(), silent.end(), keyword) != silent.end(), at,
                   "unknown keyword " + keyword);
        }
    }

    void check_one_of(const json& choices, const json& value, const std::string& at) {
        int fitting = 0;
        std::vector<std::string> reasons;
        for (const json& choice : choices) {
            Validation one{root_};
            one.check(choice, value, at);
            if (one.found_.empty()) ++fitting;
            reasons.insert(reasons.end(), one.found_.begin(), one.found_.end());
        }
        expect(fitting == 1, at, "fits " + std::to_string(fitting) + " choices instead of one");
        if (fitting == 0) found_.insert(found_.end(), reasons.begin(), reasons.end());
    }

    void expect(bool holds, const std::string& at, const std::string& trouble) {
        if (!holds) found_.push_back((at.empty() ? "/" : at) + " " + trouble);
    }

    const json& root_;
    std::vector<std::string> found_{};
};

}  // namespace

std::vector<std::string> violations(const json& schema, const json& value) {
    Validation validation{schema};
    validation.check(schema, value, "");
    return std::move(validation).found();
}

}  // namespace newswatch::publish
