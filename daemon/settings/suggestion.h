#pragma once

#include "text/suggestion.h"

namespace newswatch::settings {

using text::edit_distance;
using text::joined;
using text::nearest;

}  // namespace newswatch::settings
