/* The contract between newswatch and a parser plug-in: plain C, no library needed.
 *
 * A plug-in is a shared object that exports one function:
 *
 *     const struct nw_parser_plugin *newswatch_parser_plugin(void);
 *
 * newswatch loads it with dlopen, checks `abi_version` and `size`, and calls its functions from several
 * threads at once: they must not keep state between calls. A plug-in hands over raw values; newswatch decides
 * the encoding before, and afterwards resolves URLs, reads dates, turns HTML into plain text and enforces
 * limits.
 */
#ifndef NEWSWATCH_PARSER_PLUGIN_H
#define NEWSWATCH_PARSER_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Grows when a function or a meaning changes; fields are only ever added at the end of the structs. */
#define NW_PARSER_ABI_VERSION 1u

/* Bytes of valid UTF-8, borrowed for the call. Not terminated by zero. {NULL, 0} is "not there". */
struct nw_text {
    const char* data;
    size_t size;
};

/* How a value is to be read. */
enum nw_kind {
    NW_TEXT = 0,  /* plain text as it stands */
    NW_HTML = 1,  /* HTML, already unescaped once: tags are tags */
    NW_XHTML = 2, /* serialised XHTML */
    NW_URL = 3,   /* relative to `base` */
    NW_DATE = 4,  /* the publisher's own string */
    NW_NUMBER = 5
};

/* The place of a problem that is not in the document. */
#define NW_NOWHERE SIZE_MAX

/* Where a plug-in puts what it finds. Every function answers 0 to go on; any other answer means stop and
 * return it. `base` is the xml:base in force (may be relative, may be empty), `language` the xml:lang in
 * force (may be empty). */
struct nw_sink {
    size_t size; /* of this struct, for later additions */
    void* host;  /* first argument of every function */

    /* The format that was recognised, such as "rss-2.0"; `recovered` is not 0 where the document was
     * malformed. May be called again: the last call holds. */
    int (*format)(void* host, struct nw_text name, int recovered);

    /* One fact of the feed. Names: title link description language updated ttl_minutes image; expired with
     * the value "true" where the publisher says that nothing more will come. Unknown names are passed over.
     * The first value that is not empty holds. */
    int (*feed_field)(void* host, struct nw_text name, enum nw_kind kind, struct nw_text value,
                      struct nw_text base, struct nw_text language);

    int (*begin_article)(void* host);
    /* One value of the article. Names: id url title summary content published updated language category
     * image. `category` may come several times; of the others the first one that is not empty holds. */
    int (*field)(void* host, struct nw_text name, enum nw_kind kind, struct nw_text value,
                 struct nw_text base, struct nw_text language);
    /* An author; parts may be empty. */
    int (*person)(void* host, struct nw_text name, struct nw_text email, struct nw_text uri);
    /* An attached file; `length` is the publisher's string and may be empty. */
    int (*enclosure)(void* host, struct nw_text url, struct nw_text type, struct nw_text length,
                     struct nw_text base);
    int (*end_article)(void* host);

    /* Something was repaired or left out: a short code ("bare-ampersand") and where, in bytes of the
     * document. With NW_NOWHERE: a sentence about something else, such as the settings. Where `parse` answers
     * 1, the last problem is the reason that people are shown. */
    int (*problem)(void* host, struct nw_text code, size_t offset);
};

/* What is to be parsed. */
struct nw_document {
    size_t size; /* of this struct */
    struct nw_text
        text; /* valid UTF-8 without BOM; a declaration inside may name another encoding: ignore it */
    struct nw_text url;          /* where it was found */
    struct nw_text content_type; /* as sent, may be empty or wrong */
    struct nw_text settings;     /* a JSON object, `settings:` of the feed */
};

struct nw_parser_plugin {
    uint32_t abi_version; /* NW_PARSER_ABI_VERSION */
    uint32_t size;        /* sizeof(struct nw_parser_plugin) */
    const char* name;     /* "rss": what `reader:` of a feed names; [a-z0-9_]+ */

    /* How sure, 0 to 100, that this document is yours. Looks at the content, not only at the label; must be
     * cheap. */
    int (*probe)(const struct nw_document* document);

    /* Calls the sink: feed facts, then article by article in document order. Answers 0 where a feed was found
     * (even an empty or a broken one), 1 where this is no document of yours, or what the sink answered. */
    int (*parse)(const struct nw_document* document, const struct nw_sink* sink);
};

/* The one exported function. The answer lives as long as the shared object. */
typedef const struct nw_parser_plugin* (*nw_parser_plugin_entry)(void);
#define NW_PARSER_PLUGIN_SYMBOL "newswatch_parser_plugin"

#ifdef __cplusplus
}
#endif

#endif
