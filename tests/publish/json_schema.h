#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace newswatch::publish {

/// Where `value` breaks `schema`, one line each; empty where it holds.
///
/// The part of JSON Schema 2020-12 that config/schema/ uses. A keyword outside it is a finding of its own, so
/// that the schema cannot come to say something that no test looks at.
[[nodiscard]] std::vector<std::string> violations(const nlohmann::json& schema, const nlohmann::json& value);

}  // namespace newswatch::publish
