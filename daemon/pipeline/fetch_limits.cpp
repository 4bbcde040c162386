#include "pipeline/fetch_limits.h"

#include "base/format.h"
#include "base/version.h"

namespace newswatch {

fetch::FetchLimits fetch_limits(const settings::Polling& polling) {
    fetch::FetchLimits limits;
    limits.allow_networks = polling.allow_networks;
    limits.allow_folders = polling.allow_folders;
    limits.proxy = polling.proxy;
    limits.user_agent = format("newswatch/{}", kVersion);
    if (!polling.contact.empty()) limits.user_agent += format(" (+{})", polling.contact);
    return limits;
}

}  // namespace newswatch
