"""A web site for the daemon to poll: a real HTTP server at an address of its own in 127.0.0.0/8."""
import dataclasses
import datetime
import email.utils
import hashlib
import html
import http.server
import itertools
import threading

PATIENCE = 60  # seconds until a test gives up; a sanitizer build on a busy machine is slow


@dataclasses.dataclass(frozen=True)
class Item:
    """One article as a publisher writes it."""
    id: str
    title: str
    text: str = ""
    minutes_ago: float = 10

    @property
    def time(self):
        return datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(minutes=self.minutes_ago)


def rss(items, language="en", title="The Test Times"):
    entries = "".join(
        f"<item><guid isPermaLink='false'>{item.id}</guid><title>{html.escape(item.title)}</title>"
        f"<link>https://times.example/{item.id}</link><pubDate>{email.utils.format_datetime(item.time, usegmt=True)}</pubDate>"
        f"<description>{html.escape(item.text)}</description></item>" for item in items)
    return (f"<?xml version='1.0' encoding='UTF-8'?><rss version='2.0'><channel><title>{title}</title>"
            f"<link>https://times.example/</link><description>for tests</description><language>{language}</language>"
            f"{entries}</channel></rss>").encode()


def atom(items, language="en", title="The Atom Post"):
    entries = "".join(
        f"<entry><id>tag:post.example,2024:{item.id}</id><title>{html.escape(item.title)}</title>"
        f"<link href='https://post.example/{item.id}'/><published>{item.time.isoformat()}</published>"
        f"<updated>{item.time.isoformat()}</updated><summary>{html.escape(item.text)}</summary></entry>" for item in items)
    return (f"<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom' xml:lang='{language}'>"
            f"<id>tag:post.example,2024:feed</id><title>{title}</title><updated>2024-01-01T00:00:00Z</updated>"
            f"{entries}</feed>").encode()


class Origin:
    """Serves what the test publishes, with ETag and 304. Closed, it accepts requests and answers once it is open."""

    _addresses = itertools.count(1)

    def __init__(self):
        number = next(self._addresses)
        self._changed = threading.Condition()
        self._documents = {}  # path → (bytes, media type); guarded by _changed
        self._held = set()  # paths whose answers wait; guarded by _changed
        self._asked = []  # paths in order, as requests came; guarded by _changed
        self._redirects = {}  # path → (status, target); guarded by _changed
        self._answers = []  # (path, status) in order; guarded by _changed
        self._open = threading.Event()
        self._open.set()
        origin = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                origin._answer(self)

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer((f"127.0.{1 + number // 200}.{1 + number % 200}", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()

    def url(self, path):
        host, port = self._server.server_address[:2]
        return f"http://{host}:{port}{path}"

    def publish(self, path, document, media_type="application/xml"):
        with self._changed:
            self._documents[path] = (document, media_type)

    def redirect(self, path, target, status=301):
        with self._changed:
            self._redirects[path] = (status, target)

    def hold(self, path):
        """Requests for this path are accepted and not answered until `release`."""
        with self._changed:
            self._held.add(path)

    def release(self, path):
        with self._changed:
            self._held.discard(path)
            self._changed.notify_all()

    def wait_for_request(self, path):
        with self._changed:
            assert self._changed.wait_for(lambda: path in self._asked, PATIENCE), f"{self.url(path)} was not asked in {PATIENCE} s"

    def close_gate(self):
        self._open.clear()

    def open_gate(self):
        self._open.set()

    def answers(self, path):
        """The status of every answer so far."""
        with self._changed:
            return [status for asked, status in self._answers if asked == path]

    def wait_for_answers(self, path, count):
        with self._changed:
            enough = self._changed.wait_for(
                lambda: sum(asked == path for asked, _ in self._answers) >= count, PATIENCE)
        assert enough, f"{self.url(path)} was asked {len(self.answers(path))} times in {PATIENCE} s, expected {count}"

    def stop(self):
        self._open.set()
        with self._changed:
            self._held.clear()
            self._changed.notify_all()
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, request):
        self._open.wait(PATIENCE)
        with self._changed:
            self._asked.append(request.path)
            self._changed.notify_all()
            self._changed.wait_for(lambda: request.path not in self._held, PATIENCE)
            document, media_type = self._documents.get(request.path, (None, None))
            moved = self._redirects.get(request.path)
        if moved:
            status, body, headers = moved[0], b"", {"Location": moved[1]}
        elif document is None:
            status, body, headers = 404, b"not here", {}
        else:
            tag = '"' + hashlib.sha256(document).hexdigest()[:16] + '"'
            headers = {"ETag": tag, "Content-Type": media_type}
            known = request.headers.get("If-None-Match") == tag
            status, body = (304, b"") if known else (200, document)
        try:
            request.send_response(status)
            for name, value in headers.items():
                request.send_header(name, value)
            if status != 304:
                request.send_header("Content-Length", str(len(body)))
            request.end_headers()
            request.wfile.write(body)
        except ConnectionError:
            status = 0  # the daemon hung up
        with self._changed:
            self._answers.append((request.path, status))
            self._changed.notify_all()
