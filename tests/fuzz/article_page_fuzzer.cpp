#include "feed_fuzzer.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    newswatch::parse::fuzz_reader("article_page", data, size);
    return 0;
}
