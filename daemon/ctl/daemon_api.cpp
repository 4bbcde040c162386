#include "ctl/daemon_api.h"

#include <nlohmann/json.hpp>
#include <ostream>

#include "base/format.h"
#include "base/percent.h"
#include "fetch/local_http.h"

namespace newswatch::ctl {

namespace {

using nlohmann::json;

const json* find(const json& object, std::string_view key) {
    if (!object.is_object()) return nullptr;
    const auto found = object.find(key);
    return found == object.end() ? nullptr : &*found;
}

Error refusal(const json& answer, long status, const settings::Settings& settings) {
    const json& error = part_of(answer, "error");
    std::string message = text_of(error, "message");
    if (message.empty()) message = format("newswatchd answered with HTTP status {}", status);
    return {ErrorKind::unavailable, std::move(message), settings.control.socket.native(),
            text_of(error, "help")};
}

}  // namespace

Result<json> ask(const settings::Settings& settings, std::string_view method, std::string_view target,
                 std::string_view body, long seconds) {
    const Result<fetch::LocalAnswer> answer =
        fetch::ask_over_socket(settings.control.socket, method, target, body, seconds);
    if (!answer) return tl::unexpected{answer.error()};
    json value = json::parse(answer->body, nullptr, false);
    if (answer->status != 200) return tl::unexpected{refusal(value, answer->status, settings)};
    if (!value.is_object()) {
        return fail(ErrorKind::bad_input, format("the answer to {} {} is no JSON object", method, target),
                    settings.control.socket.native(), "is it really newswatchd that listens there?");
    }
    return value;
}

Result<void> fetch_file(const settings::Settings& settings, std::string_view method, std::string_view target,
                        int into, long seconds) {
    const Result<fetch::LocalAnswer> answer =
        fetch::fetch_over_socket(settings.control.socket, method, target, into, seconds);
    if (!answer) return tl::unexpected{answer.error()};
    if (answer->status != 200)
        return tl::unexpected{refusal(json::parse(answer->body, nullptr, false), answer->status, settings)};
    return {};
}

std::optional<json> ask_daemon(Session& session, std::string_view method, std::string_view target,
                               std::string_view body, long seconds) {
    session.exit = Exit::refused;
    const std::optional<settings::Settings> settings = session.read_settings();
    if (!settings) return std::nullopt;
    Result<json> answer = ask(*settings, method, target, body, seconds);
    if (!answer) {
        session.console.complain(answer.error());
        return std::nullopt;
    }
    if (session.json) {
        session.console.out << answer->dump(-1, ' ', false, json::error_handler_t::replace) << '\n';
    }
    session.exit = Exit::fine;
    return std::move(*answer);
}

std::string with_query(std::string_view path,
                       const std::vector<std::pair<std::string_view, std::string>>& query) {
    std::string target{path};
    char between = '?';
    for (const auto& [name, value] : query) {
        if (value.empty()) continue;
        target += between;
        target.append(name).append("=").append(percent_encoded(value));
        between = '&';
    }
    return target;
}

std::string show_value(const json& object, std::string_view key) {
    const json* value = find(object, key);
    if (value == nullptr || value->is_null()) return "-";
    return value->is_string() ? value->get<std::string>() : value->dump();
}

std::uint64_t number_of(const json& object, std::string_view key) {
    const json* value = find(object, key);
    return value != nullptr && value->is_number_unsigned() ? value->get<std::uint64_t>() : 0;
}

std::string text_of(const json& object, std::string_view key) {
    const json* value = find(object, key);
    return value != nullptr && value->is_string() ? value->get<std::string>() : std::string{};
}

const json& part_of(const json& object, std::string_view key) {
    static const json nothing = json::object();
    const json* value = find(object, key);
    return value != nullptr && value->is_structured() ? *value : nothing;
}

}  // namespace newswatch::ctl
