#pragma once

#include <cstdint>
#include <string>

#include "match/rule_tree.h"

/// Parts of a rule in plain words.
namespace newswatch::match {

/// What a node asks for: `Libya`, `ceasefire or truce`, `diplomacy`.
[[nodiscard]] std::string wanted(const CompiledRules& rules, std::uint32_t node);

/// `all within 15 words`, `all within one sentence`.
[[nodiscard]] std::string closeness(const Within& within);

}  // namespace newswatch::match
