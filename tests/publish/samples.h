#pragma once

#include <chrono>

#include "model/alert.h"

/// One alert with every field set, and its parts.
namespace newswatch::publish {

inline const Time kNoon =
    Time{std::chrono::sys_days{std::chrono::year{2026} / 3 / 14} + std::chrono::hours{12}};

inline Alert sample_alert() {
    Alert alert;
    alert.id = hash128({"alert"});
    alert.number = 42;
    alert.previous = 40;
    alert.stream = "6f1c2c1e-8a51-4a4e-9d0c-0b1f7f3a9b10";
    alert.time = kNoon + std::chrono::microseconds{123456};
    alert.watchlist = "syria-libya";
    alert.watchlist_name = "Syria–Libya diplomacy";
    alert.watchlist_rev = "r7";
    alert.priority = Priority::high;
    alert.feed = feed_id("https://gazette.example/feed");
    alert.feed_name = "The Gazette";
    alert.feed_url = "https://gazette.example/feed";
    alert.article_id = hash128({"article"});
    alert.article.url = "https://gazette.example/1";
    alert.article.title = "وزير الخارجية في دمشق";
    alert.article.summary = "A short summary.";
    alert.article.published = kNoon - std::chrono::hours{1};
    alert.article.language = "ar";
    alert.spans = {{.field = FieldName::title,
                    .index = 0,
                    .start = 5,
                    .end = 13,
                    .text = "الخارجية",
                    .term = "الخارجية",
                    .rule = "watchlists.d/syria-libya.yaml:12",
                    .meaning = ""},
                   {.field = FieldName::category,
                    .index = 2,
                    .start = 0,
                    .end = 5,
                    .text = "Syria",
                    .term = "region: SY",
                    .rule = "watchlists.d/syria-libya.yaml:9",
                    .meaning = "Syria"}};
    alert.explanation = "syria-libya fired because the title holds الخارجية.";
    return alert;
}

}  // namespace newswatch::publish
