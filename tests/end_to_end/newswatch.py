"""The real daemon, its control socket and a ZeroMQ subscriber, as a test drives them. Nothing here sleeps: the daemon says
when it is ready (sd_notify), heartbeats say what was published, the control API says what was polled."""
import http.client
import json
import os
import pathlib
import re
import select
import signal
import socket
import struct
import subprocess
import time

import zmq

from origin import PATIENCE, rss

SOURCE = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("NEWSWATCH_BUILD", SOURCE / "build-dev")).resolve()
DAEMON = BUILD / "bin/newswatchd"
CTL = BUILD / "bin/newswatchctl"
SANITIZER_REPORT = re.compile(r"ERROR: \w+Sanitizer|WARNING: ThreadSanitizer|: runtime error: ")


class LocalConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=PATIENCE)
        self._path = str(path)

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


class Daemon:
    """newswatchd over a settings file in `folder`; its sockets lie in `run`, whose path is short enough for them."""

    def __init__(self, folder, run):
        self.folder, self.run = pathlib.Path(folder), pathlib.Path(run)
        self.settings_file = self.folder / "newswatch.yaml"
        self.control_socket = self.run / "control.sock"
        self.endpoint = f"ipc://{self.run}/alerts.sock"
        self.replay_endpoint = f"ipc://{self.run}/replay.sock"
        self.log_file = self.folder / "newswatchd.log"
        self.process = None
        self._starts = 0
        for name in ("feeds.d", "watchlists.d", "concepts.d"):
            (self.folder / name).mkdir(exist_ok=True)
        self.write_settings()

    def write_settings(self, *, plugins=None, archive="archive", zeromq=None, more=""):
        self.settings_file.write_text(
            "instance: test\n"
            + (f"plugins: {plugins}\n" if plugins else "")
            + "polling:\n  allow_networks: [127.0.0.0/8]\n"
            f"archive:\n  folder: {archive}\n"
            f"publish:\n  zeromq: ['{zeromq or self.endpoint}']\n"
            f"  replay: ['{self.replay_endpoint}']\n"
            f"control:\n  socket: {self.control_socket}\n" + more, encoding="utf-8")

    def write_feeds(self, *urls):
        (self.folder / "feeds.d/feeds.yaml").write_text("feeds:\n" + "".join(f"  - {url}\n" for url in urls), encoding="utf-8")

    def write_watchlist(self, name, text):
        (self.folder / "watchlists.d" / name).write_text(text, encoding="utf-8")

    def start(self):
        self._starts += 1
        notices = self.run / f"notify{self._starts}.sock"
        self._notices = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._notices.bind(str(notices))
        self._said = []
        with open(self.log_file, "ab") as log:
            self.process = subprocess.Popen([DAEMON, "--config", self.settings_file, "--verbose"], stderr=log, stdout=log,
                                            env={**os.environ, "NOTIFY_SOCKET": str(notices)})
        self.wait_for_notice("READY=1")
        return self

    def run_to_its_end(self, *arguments):
        """For a daemon that cannot start: its exit code and what it said."""
        ended = subprocess.run([DAEMON, "--config", self.settings_file, *arguments], capture_output=True, text=True,
                               timeout=PATIENCE, check=False)
        return ended.returncode, ended.stdout + ended.stderr

    def wait_for_notice(self, line):
        """Until the daemon tells systemd `line`; everything it said before is in `said`."""
        end = time.monotonic() + PATIENCE
        exited = os.pidfd_open(self.process.pid)
        try:
            while True:
                readable, _, _ = select.select([self._notices, exited], [], [], max(0, end - time.monotonic()))
                assert readable, f"newswatchd did not say {line} in {PATIENCE} s:\n{self.log()}"
                assert self._notices in readable, f"newswatchd ended:\n{self.log()}"
                lines = self._notices.recv(4096).decode().splitlines()
                self._said += lines
                if line in lines:
                    return lines
        finally:
            os.close(exited)

    def reload(self):
        self.process.send_signal(signal.SIGHUP)
        self.wait_for_notice("RELOADING=1")
        return self.wait_for_notice("READY=1")

    def stop(self):
        """SIGTERM; the exit code."""
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(PATIENCE)
        self._notices.close()
        report = SANITIZER_REPORT.search(self.log())
        assert not report, self.log()
        return code

    def kill(self):
        self.process.kill()
        self.process.wait(PATIENCE)
        self._notices.close()

    def runs(self):
        return self.process is not None and self.process.poll() is None

    def log(self):
        return self.log_file.read_text(encoding="utf-8", errors="replace") if self.log_file.exists() else ""

    def complaints(self, about):
        """The lines of the log that warn or complain about something."""
        return [line for line in self.log().splitlines() if about in line and re.search(r" (warning|error) ", line)]

    def ask(self, method, path, body=None):
        connection = LocalConnection(self.control_socket)
        try:
            connection.request(method, path, body=json.dumps(body) if body is not None else None)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()

    def feeds(self):
        return {feed["url"]: feed for feed in self.ask("GET", "/v1/feeds")[1]["feeds"]}

    def stream(self):
        return self.ask("GET", "/v1/status")[1]["stream"]

    def head(self):
        return self.ask("GET", "/v1/status")[1]["head"]

    def wait_until(self, holds):
        """Until the control API shows that `holds()`."""
        end = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < end, f"it did not come to that in {PATIENCE} s\n{self.log()}"
            select.select([], [], [], 0.02)

    def wait_for_polls(self, before):
        """Until every feed's state differs from `before`: its poll is over and what it brought is journalled."""
        facts = ("last_poll", "next_poll", "articles", "failures", "health")
        end = time.monotonic() + PATIENCE
        while True:
            now = self.feeds()
            if all(url in now and any(now[url][fact] != feed[fact] for fact in facts) for url, feed in before.items()):
                return now
            assert time.monotonic() < end, f"not every feed was polled in {PATIENCE} s: {now}\n{self.log()}"
            select.select([], [], [], 0.02)

    def poll(self):
        """Polls every feed once; it is over and journalled when this returns."""
        before = self.feeds()
        status, answer = self.ask("POST", "/v1/poll")
        assert status == 200, answer
        return self.wait_for_polls(before)

    def watch(self, origin, items, **watchlists):
        """Starts on one feed with these items and waits for its first poll."""
        origin.publish("/rss", rss(items))
        self.write_feeds(origin.url("/rss"))
        for name, text in watchlists.items():
            self.write_watchlist(f"{name}.yaml", text)
        self.start()
        self.wait_for_first_polls()

    def wait_for_first_polls(self):
        end = time.monotonic() + PATIENCE
        while any(feed["health"] == "new" for feed in self.feeds().values()):
            assert time.monotonic() < end, f"not every feed was polled in {PATIENCE} s\n{self.log()}"
            select.select([], [], [], 0.02)


class Alert:
    """One message of the topic `alert/`, its frames taken apart."""

    def __init__(self, frames):
        self.frames = frames
        self.topic = frames[0].decode("ascii")
        self.number, self.previous = struct.unpack(">QQ", frames[1])
        self.event = json.loads(frames[2])
        self.title = self.event["data"]["article"]["title"]

    def __repr__(self):
        return f"<{self.number} {self.topic} {self.title}>"


class Listener:
    """A plain SUB socket, as WIRE.md asks: prefixes first, `hb/` last, and the first heartbeat proves that all are there."""

    def __init__(self, endpoint, prefixes=(b"alert/",)):
        self._context = zmq.Context()
        self._socket = self._context.socket(zmq.SUB)
        self._socket.setsockopt(zmq.RCVHWM, 0)
        for prefix in (*prefixes, b"hb/"):
            self._socket.setsockopt(zmq.SUBSCRIBE, prefix)
        self._socket.connect(endpoint)
        self.heartbeat()

    def _receive(self):
        assert self._socket.poll(PATIENCE * 1000), f"nothing was heard for {PATIENCE} s, not even a heartbeat"
        return self._socket.recv_multipart()

    def heartbeat(self):
        """The frames of the next heartbeat; alerts before it are dropped."""
        while True:
            frames = self._receive()
            if frames[0] == b"hb/":
                return frames

    def alerts_until(self, head):
        """Every alert up to and with the number `head`, known to be all by a heartbeat that says so."""
        alerts = []
        while True:
            frames = self._receive()
            if frames[0] != b"hb/":
                alerts.append(Alert(frames))
            elif struct.unpack(">QQ", frames[1])[0] >= head:
                return alerts

    def next_topic(self, prefix):
        """The frames of the next message whose topic begins so."""
        while True:
            frames = self._receive()
            if frames[0].startswith(prefix):
                return frames

    def next_alert(self):
        return Alert(self.next_topic(b"alert/"))

    def close(self):
        self._context.destroy(linger=0)


class Dealer:
    """Asks for missed alerts, word by word as WIRE.md has it."""

    def __init__(self, endpoint):
        self._context = zmq.Context()
        self._socket = self._context.socket(zmq.DEALER)
        self._socket.connect(endpoint)

    def send(self, *frames):
        self._socket.send_multipart(frames)

    def ask(self, stream, begin, *, prefix="alert/", credit=256, **more):
        self.send(b"REPLAY", b"r1", json.dumps({"stream": stream, "from": begin, "prefix": prefix, "credit": credit, **more}).encode())

    def give(self, credit):
        self.send(b"CREDIT", b"r1", str(credit).encode())

    def receive(self):
        assert self._socket.poll(PATIENCE * 1000), f"no answer for {PATIENCE} s"
        return self._socket.recv_multipart()

    def answer(self):
        """The alerts that come, and what ends or interrupts them: its word and its body."""
        alerts = []
        while True:
            word, request, *rest = self.receive()
            if word != b"ALERT":
                return alerts, word.decode(), json.loads(rest[0])
            assert request == b"r1"
            alerts.append(Alert(rest))

    def error(self):
        """The body of the answer, which must be a refusal."""
        alerts, word, body = self.answer()
        assert (alerts, word) == ([], "ERROR")
        return body

    def close(self):
        self._context.destroy(linger=0)
