#include "settings/scan.h"

namespace newswatch::settings {

void scan_lines(Report& report) {
    static_cast<void>(report);
}

}  // namespace newswatch::settings
