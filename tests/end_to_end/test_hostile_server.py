"""Every path of tests/hostile_server.py, driven through the real daemon: what it makes of the answer, and how it behaved.

Each path stands on an address of its own, so that one that asks the whole host to wait (429) does not hold the others up."""
import asyncio
import importlib.util
import threading

import pytest

from newswatch import DAEMON, SOURCE
from origin import PATIENCE

# All of them at once, four of them 16 MiB that are then refused, one of 50,000 articles. A bound on growth, not the goal of 64 MB.
MOST_MEMORY = 384 << 20
CONTROL = {"/", "/_log", "/_reset", "/_stats"}

LOOPBACK = "is a loopback address"
SCHEME = "not http or https"
NOT_FIVE = "more than 5 redirects"
TOO_LARGE = "larger than 16 MiB"
HEADERS_TOO_LARGE = "the headers of the answer are larger than 64 KiB"

# Read as feeds. (Most of them hold the same articles, which are the same in every feed, so they are counted nowhere here.)
GOOD = {
    "/feed", "/feed/weak-etag", "/feed/etag-only", "/feed/unquoted-etag", "/feed/lm-only", "/feed/lm-odd", "/feed/lm-changes",
    "/feed/304-new-validator", "/feed/etag-dropped", "/feed/no-validators", "/feed/changing", "/feed/grow", "/feed/stale-304",
    "/fresh/max-age", "/fresh/max-age-huge", "/fresh/expires", "/fresh/expires-zero", "/fresh/no-store", "/fresh/ttl",
    "/fresh/sy", "/fresh/skip", "/fresh/hsts", "/fresh/websub", "/r/301", "/r/302", "/r/303", "/r/307", "/r/308",
    "/r/perm-then-temp", "/r/temp-then-perm", "/r/fragment", "/r/chain", "/r/to", "/slow/ttfb", "/enc/gzip", "/len/short",
    "/chunk/tiny", "/hdr/cookies", "/hdr/etag-long", "/proto/http10", "/proto/1xx", "/type/html-label", "/type/png-label",
    "/type/none", "/charset/lie", "/charset/header-wins", "/charset/utf16", "/charset/unknown", "/xml/cut", "/xml/nul",
    "/xml/xxe",
}
# path → what the daemon says of it
ILL = {
    "/feed/304-unasked": "HTTP 304 Not Modified although", "/status": "HTTP 500", "/404": "HTTP 404", "/410": "HTTP 410",
    "/429": "HTTP 429", "/429/date": "HTTP 429", "/429/bad": "HTTP 429", "/429/none": "HTTP 429", "/503": "HTTP 503",
    "/flaky": "HTTP 503", "/401": "HTTP 401", "/proto/status-odd": "HTTP 999",
    "/r/loop": NOT_FIVE, "/r/loop2": NOT_FIVE, "/r/self": NOT_FIVE, "/r/to-gone": "HTTP 410", "/r/to-html": "",
    "/r/empty": "without a place to go to", "/r/no-location": "without a place to go to", "/r/long": HEADERS_TOO_LARGE,
    "/r/to-loopback": LOOPBACK, "/r/to-localhost": LOOPBACK, "/r/to-ipv6-loopback": LOOPBACK, "/r/to-v4-mapped": LOOPBACK,
    "/r/to-decimal-ip": LOOPBACK, "/r/to-octal-ip": LOOPBACK, "/r/to-short-ip": LOOPBACK, "/r/to-userinfo": LOOPBACK,
    "/r/to-metadata": "is a link-local address", "/r/to-zero": "is an address of this machine",
    "/r/to-rfc1918": "is a private address", "/r/to-cgnat": "is a carrier's private address",
    "/r/to-file": SCHEME, "/r/to-ftp": SCHEME, "/r/to-gopher": SCHEME, "/r/to-data": SCHEME, "/r/to-dict": SCHEME,
    "/slow/connect-silent": "did not answer within 30 s", "/slow/headers": "", "/slow/drip": "",
    "/endless/body": TOO_LARGE, "/endless/chunked": TOO_LARGE, "/bomb/gzip": TOO_LARGE, "/bomb/deflate": TOO_LARGE,
    "/bomb/gzip2": "compressed more than once", "/enc/gzip-lie": "not compressed in the way it says",
    "/enc/gzip-cut": "ends in the middle of the document", "/enc/unknown": "not compressed in the way it says",
    "/len/long": "ended in the middle of the answer", "/len/negative": "", "/len/two": "two different lengths",
    "/len/huge": TOO_LARGE, "/len/zero": "the answer is empty", "/chunk/cut": "", "/chunk/bad": "", "/cut/reset-body": "",
    "/cut/reset-now": "", "/cut/close-now": "closed the connection without an answer", "/hdr/bomb": HEADERS_TOO_LARGE,
    "/hdr/long": HEADERS_TOO_LARGE, "/hdr/endless": HEADERS_TOO_LARGE, "/hdr/binary": "", "/proto/http09": "not HTTP",
    "/proto/garbage": "not HTTP", "/proto/1xx-endless": HEADERS_TOO_LARGE, "/type/page": "", "/type/binary": "",
}
# Whether these are read in part or refused is the business of the reader; the daemon must live on and say which.
EITHER = {"/xml/big", "/xml/huge-item", "/xml/deep", "/xml/laughs"}

UNCHANGED = {  # path → the header that must come back, byte for byte
    "/feed": ("If-None-Match", '"v1"'), "/feed/weak-etag": ("If-None-Match", 'W/"v1"'),
    "/feed/etag-only": ("If-None-Match", '"a;b%22 c"'), "/feed/lm-only": ("If-Modified-Since", "Mon, 21 Sep 2026 14:13:20 GMT"),
    "/feed/lm-odd": ("If-Modified-Since", "2026-09-21 12:13:20 +0000"),
}
BOUND = {"/fresh/max-age": 3600, "/fresh/max-age-huge": 3600, "/fresh/expires": 1800, "/429": 120, "/429/date": 120, "/503": 60}
ASKED_AGAIN = {*UNCHANGED, *BOUND, "/feed/lm-changes", "/feed/304-new-validator", "/feed/etag-dropped", "/feed/no-validators",
               "/feed/changing", "/hdr/cookies", "/hdr/etag-long", "/fresh/expires-zero", "/len/short"}


class HostileSites:
    """The server's own code, in a thread, with one address for each path."""

    def __init__(self):
        spec = importlib.util.spec_from_file_location("hostile_server", SOURCE / "tests/hostile_server.py")
        self.code = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self.code)
        self.paths = sorted(set(self.code.ROUTES) - CONTROL)
        self.site = self.code.Server(None)
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.urls = asyncio.run_coroutine_threadsafe(self._open(), self.loop).result(PATIENCE)

    async def _open(self):
        urls, self.servers = {}, []
        for number, path in enumerate(self.paths, start=1):
            server = await asyncio.start_server(self.site.client, f"127.0.2.{number}", 0, limit=1 << 18)
            self.servers.append(server)
            urls[path] = f"http://127.0.2.{number}:{server.sockets[0].getsockname()[1]}{path}"
        return urls

    def requests(self, path):
        """What was asked on the address of `path`, redirects included, in order; only what is answered to the end."""
        host = self.urls[path].split("/")[2]
        return [entry for entry in list(self.code.LOG) if entry["host"] == host]

    def close(self):
        async def stop():
            for server in self.servers:
                server.close()
            tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        asyncio.run_coroutine_threadsafe(stop(), self.loop).result(PATIENCE)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(PATIENCE)
        self.loop.close()


def most_memory(process):
    """The most that was ever resident, in bytes."""
    with open(f"/proc/{process.pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) << 10 for line in status if line.startswith("VmHWM:"))


def is_sanitized():
    """A sanitizer keeps what was freed, so its memory says nothing."""
    program = DAEMON.read_bytes()
    return any(library in program for library in (b"__asan_init", b"__tsan_init"))


def header(entry, name):
    return next((value for key, value in entry["headers"] if key.lower() == name.lower()), None)


@pytest.fixture
def sites():
    all_sites = HostileSites()
    yield all_sites
    all_sites.close()


def poll_again(daemon, sites, paths):
    before = {url: feed for url, feed in daemon.feeds().items() if url in {sites.urls[path] for path in paths}}
    status, answer = daemon.ask("POST", "/v1/poll", {"urls": list(before)})
    assert status == 200, answer
    daemon.wait_for_polls({url: feed for url, feed in before.items() if url not in answer["wait_seconds"]})
    return answer["wait_seconds"]


def wrong_results(sites, feeds):
    for path in sites.paths:
        feed = feeds[sites.urls[path]]
        if path in GOOD:
            if feed["health"] != "ok" or not feed["title"]:
                yield f"{path}: {feed['health']}, {feed['title']}, {feed['error']}"
        elif path in ILL:
            if feed["health"] != "ill" or not feed["error"] or ILL[path] not in feed["error"]:
                yield f"{path}: {feed['health']}, {feed['error']}"
        elif path in EITHER:
            if (feed["health"] == "ok") == bool(feed["error"]):
                yield f"{path}: {feed['health']}, {feed['error']}"
        else:
            yield f"{path}: no expectation is written down for it"


def bad_conduct(sites):
    for entry in list(sites.code.LOG):
        sent = {name.lower() for name, _ in entry["headers"]}
        if forbidden := sent & {"cookie", "referer", "authorization", "proxy-authorization"}:
            yield f"{entry['path']}: sent {forbidden}"
        if entry["method"] != "GET" or "#" in entry["path"] + entry["query"]:
            yield f"{entry['path']}: {entry['method']} {entry['query']}"
        if not (header(entry, "User-Agent") or "").startswith("newswatch/"):
            yield f"{entry['path']}: User-Agent {header(entry, 'User-Agent')}"
        if sum(len(name) + len(value) + 4 for name, value in entry["headers"]) > 8192:
            yield f"{entry['path']}: more than 8 KB of headers"
    for host, conduct in sites.site.stats.items():
        if conduct["max_concurrent"] > 1:
            yield f"{host}: {conduct['max_concurrent']} requests at a time"
    for path in sites.paths:
        requests = sites.requests(path)
        gaps = [later["mono"] - earlier["mono"] for earlier, later in zip(requests, requests[1:])]
        if path in BOUND and any(gap < BOUND[path] for gap in gaps):
            yield f"{path}: asked after {gaps} s, before the {BOUND[path]} s that its publisher asked for"
        if path in UNCHANGED:
            name, value = UNCHANGED[path]
            if [header(request, name) for request in requests] != [None, value, value]:
                yield f"{path}: sent {[header(request, name) for request in requests]}, not {value}"
            if [request["status"] for request in requests] != [200, 304, 304]:
                yield f"{path}: answered {[request['status'] for request in requests]}"
    if [request["status"] for request in sites.requests("/feed/304-new-validator")] != [200, 304, 304]:
        yield "/feed/304-new-validator: the newest validator was not sent"
    if [header(request, "If-None-Match") for request in sites.requests("/feed/etag-dropped")] != [None, '"old"', None]:
        yield "/feed/etag-dropped: the validator of an older answer was sent"


def test_every_path_of_the_hostile_server_comes_to_its_documented_end(daemon, sites):
    daemon.settings_file.write_text(daemon.settings_file.read_text().replace(
        "allow_networks: [127.0.0.0/8]", "allow_networks: [127.0.2.0/24]\n  budget: 200 per second"))
    daemon.write_feeds(*sites.urls.values())
    daemon.start()
    daemon.wait_for_first_polls()

    feeds = daemon.feeds()
    wrong = list(wrong_results(sites, feeds))
    assert not wrong, "\n".join(wrong)

    for _ in range(2):
        waits = poll_again(daemon, sites, ASKED_AGAIN)
        for path, seconds in BOUND.items():
            assert 0 < waits[sites.urls[path]] <= seconds, f"{path}: {waits}"
    again = daemon.feeds()
    for path in ("/feed/lm-changes", "/feed/no-validators"):
        url = sites.urls[path]
        assert again[url]["articles"] == feeds[url]["articles"], f"{path}: the same body brought news again"
    conduct = list(bad_conduct(sites))
    assert not conduct, "\n".join(conduct)
    if not is_sanitized():
        assert most_memory(daemon.process) <= MOST_MEMORY, f"{most_memory(daemon.process) >> 20} MiB"
