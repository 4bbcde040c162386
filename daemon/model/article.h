#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/hash.h"
#include "model/feed.h"

namespace newswatch {

struct Person {
    std::string name{};
    std::string email{};
    std::string uri{};
};

struct Enclosure {
    std::string url{};
    std::string type{};
    std::optional<std::uint64_t> length{};
};

/// One entry of a document, normalised (DESIGN.md §4). Text is plain, UTF-8, NFC; URLs are absolute; times
/// UTC.
struct Article {
    std::string own_id{};  ///< the publisher's: guid, atom:id; empty where there is none
    std::string url{};
    std::string title{};
    std::string summary{};
    std::string content{};
    std::vector<Person> authors{};
    std::optional<Time> published{};
    std::optional<Time> updated{};
    std::string published_raw{};  ///< the publisher's own string
    std::string updated_raw{};
    std::string language{};  ///< BCP 47, the entry's own or else the feed's; may be empty
    std::vector<std::string> categories{};
    std::vector<Enclosure> enclosures{};
    std::string image{};
};

/// The three hashes by which an article is known again (DESIGN.md §4).
struct ArticleKeys {
    Hash128 id{};           ///< feed + own id, else canonical URL, else title and content: the article's id
    Hash128 fingerprint{};  ///< normalised title + URL without tracking + content: "new ids over old content"
    Hash128 revision{};     ///< normalised text; a known id with another revision is a changed article
    Hash128 across_feeds{};  ///< canonical URL + text: the same in every feed; empty where there is no URL
};

/// What a document says of its feed.
struct FeedFacts {
    std::string title{};
    std::string link{};
    std::string language{};
    std::string description{};
    std::optional<Time> updated{};
    std::optional<unsigned> ttl_minutes{};
};

}  // namespace newswatch
