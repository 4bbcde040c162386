#include <gtest/gtest.h>
#include <malloc.h>

#include <atomic>
#include <cstddef>

#include "../plugins/reading.h"

// A program of its own, for it counts every byte that anybody in it asks the C library for, ICU and pugixml
// included. Sanitizers bring an allocator that cannot be counted so.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define NEWSWATCH_COUNTS_MEMORY 0
#else
#define NEWSWATCH_COUNTS_MEMORY 1
#endif

namespace newswatch::parse {

namespace {

std::atomic<std::size_t> in_use{0};
std::atomic<std::size_t> peak{0};

#if NEWSWATCH_COUNTS_MEMORY
void* counted(void* block) {
    const std::size_t now = in_use += malloc_usable_size(block);
    std::size_t highest = peak;
    while (now > highest && !peak.compare_exchange_weak(highest, now)) {
    }
    return block;
}
#endif

/// A feed of 200 items and about 560 KB, the kind whose publisher sends whole articles.
std::string long_feed() {
    std::string feed =
        "<?xml version='1.0' encoding='UTF-8'?><rss version='2.0' "
        "xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>F</title>";
    for (int i = 0; i < 200; ++i) {
        const std::string number = std::to_string(i);
        std::string text;
        for (int sentence = 0; sentence < 20; ++sentence)
            text += "<p>Délégation " + number +
                    " met the <b>minister</b> &amp; talked of the ceasefire, <a href='https://a.example/" +
                    std::to_string(sentence) + "'>it said</a>.</p>\n";
        feed +=
            "<item><title>Talks " + number + "</title><link>https://news.example/" + number +
            "?utm_source=rss</link><guid isPermaLink='false'>id-" + number +
            "</guid><pubDate>Tue, 27 Jan 2026 09:05:00 +0100</pubDate><category>world</category>"
            "<description>Talks go on in &lt;i&gt;Geneva&lt;/i&gt;.</description><content:encoded><![CDATA[" +
            text + "]]></content:encoded></item>";
    }
    return feed + "</channel></rss>";
}

/// What a parse takes at its most beside the document itself, in documents.
double documents_taken_by(const std::string& bytes) {
    static_cast<void>(read(bytes));  // tables that are built once for all documents
    Document document;
    document.url = "https://news.example/feed.xml";
    document.bytes = bytes;
    const std::size_t before = in_use;
    peak = before;
    const auto parsed = parse(built_plugins(), document);
    EXPECT_TRUE(parsed);
    return static_cast<double>(peak - before) / static_cast<double>(bytes.size());
}

TEST(ParseMemory, a_long_feed_takes_less_than_five_times_its_size_beside_itself) {
    if (NEWSWATCH_COUNTS_MEMORY == 0) GTEST_SKIP() << "this build has a sanitizer's allocator";
    const std::string feed = long_feed();
    ASSERT_GT(feed.size(), 500'000U);
    ASSERT_LT(feed.size(), 620'000U);
    const double taken = documents_taken_by(feed);
    RecordProperty("documents", std::to_string(taken));
    EXPECT_LT(taken, 5.0);
}

TEST(ParseMemory, a_damaged_one_does_not_take_much_more) {
    if (NEWSWATCH_COUNTS_MEMORY == 0) GTEST_SKIP() << "this build has a sanitizer's allocator";
    std::string feed = long_feed();
    feed.insert(feed.find("Talks 0"), "Q&A ");
    const double taken = documents_taken_by(feed);
    RecordProperty("documents", std::to_string(taken));
    EXPECT_LT(taken, 5.0);
}

}  // namespace

}  // namespace newswatch::parse

#if NEWSWATCH_COUNTS_MEMORY
// The C library's own functions under the names that glibc keeps for this purpose.
extern "C" {
void* __libc_malloc(std::size_t size);                // NOLINT(bugprone-reserved-identifier)
void* __libc_calloc(std::size_t count, std::size_t);  // NOLINT(bugprone-reserved-identifier)
void* __libc_realloc(void* block, std::size_t size);  // NOLINT(bugprone-reserved-identifier)
void __libc_free(void* block);                        // NOLINT(bugprone-reserved-identifier)

void* malloc(std::size_t size) noexcept {
    return newswatch::parse::counted(__libc_malloc(size));
}
void* calloc(std::size_t count, std::size_t size) noexcept {
    return newswatch::parse::counted(__libc_calloc(count, size));
}
void* realloc(void* block, std::size_t size) noexcept {
    newswatch::parse::in_use -= malloc_usable_size(block);
    return newswatch::parse::counted(__libc_realloc(block, size));
}
void free(void* block) noexcept {
    newswatch::parse::in_use -= malloc_usable_size(block);
    __libc_free(block);
}
}
#endif
