#include <gmock/gmock.h>

#include <fstream>

#include "json_schema.h"
#include "publish/wire.h"
#include "samples.h"

// The schema that is shipped says what the encoder writes, and no less.

namespace newswatch::publish {
namespace {

using nlohmann::json;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

class AlertSchema : public testing::Test {
  protected:
    const json schema_ = json::parse(std::ifstream{NEWSWATCH_SOURCE_DIR "/config/schema/alert-v1.json"});

    [[nodiscard]] std::vector<std::string> of(const Alert& alert) const {
        return violations(schema_, json::parse(encode_payload(alert, "desk")));
    }
};

TEST_F(AlertSchema, an_alert_an_update_and_a_digest_fit) {
    Alert alert = sample_alert();
    EXPECT_THAT(of(alert), IsEmpty());
    alert.kind = AlertKind::updated;
    alert.related = hash128({"first"});
    EXPECT_THAT(of(alert), IsEmpty());
    alert.kind = AlertKind::digest;
    alert.listed = {hash128({"a"})};
    alert.listed_titles = {"first"};
    EXPECT_THAT(of(alert), IsEmpty());
}

TEST_F(AlertSchema, an_alert_fits_with_nothing_known_and_with_everything_too_long) {
    Alert alert = sample_alert();
    alert.article = {};
    alert.spans.clear();
    EXPECT_THAT(of(alert), IsEmpty());
    alert.article.title = alert.article.summary = alert.explanation = std::string(300'000, '\x80');
    EXPECT_THAT(of(alert), IsEmpty());
}

TEST_F(AlertSchema, every_field_that_a_rule_may_look_at_has_a_name_in_it) {
    Alert alert = sample_alert();
    for (const FieldName field : {FieldName::title, FieldName::summary, FieldName::content, FieldName::author,
                                  FieldName::link, FieldName::category}) {
        alert.spans[0].field = field;
        EXPECT_THAT(of(alert), IsEmpty()) << name_of(field);
    }
}

TEST_F(AlertSchema, each_attribute_is_asked_for) {
    const json good = json::parse(encode_payload(sample_alert(), "desk"));
    for (const auto& [name, value] : good.items()) {
        json bad = good;
        bad.erase(name);
        EXPECT_THAT(violations(schema_, bad), Contains(HasSubstr("lacks \"" + name + '"')));
    }
}

TEST_F(AlertSchema, a_number_in_place_of_a_sequence_and_a_digest_without_ids_are_refused) {
    json bad = json::parse(encode_payload(sample_alert(), "desk"));
    bad["sequence"] = 42;
    EXPECT_THAT(violations(schema_, bad), Contains(HasSubstr("/sequence")));
    bad = json::parse(encode_payload(sample_alert(), "desk"));
    bad["type"] = "org.newswatch.alert.digest.v1";
    EXPECT_THAT(violations(schema_, bad), Contains(HasSubstr("lacks \"alerts\"")));
}

}  // namespace
}  // namespace newswatch::publish
