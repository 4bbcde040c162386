#!/usr/bin/python3
"""End-to-end load run: real HTTP origin, real newswatchd, real ZeroMQ subscriber.

    tests/bench/end_to_end_load.py [--build DIR] [--feeds N] [--watchlists N] [--rounds N] [--rate R]

Each feed has an address of its own in 127.0.0.0/8. In every round one new article appears in every feed and the daemon is told to
poll all of them, at R requests a second. Measured for every alert: from the moment the origin has written the document
to the moment the subscriber holds the alert. The run ends by itself; it fails when an alert is missing or comes twice.
"""
import argparse
import asyncio
import http.client
import json
import os
import pathlib
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

import zmq

WORDS = ("market river bridge minister report winter storm council energy budget harvest railway museum school library "
         "garden airport hospital factory coast mountain village parliament statement visit agreement treaty summit envoy "
         "border customs tariff wheat cotton copper tourism festival election debate reform pension strike union court").split()


def words(count, seed):
    return " ".join(random.Random(seed).choices(WORDS, k=count))


class Origin:
    """Serves feed N at 127.1.x.y; remembers when each version of each feed left."""

    def __init__(self, feeds, watchlists):
        self.feeds, self.watchlists, self.round = feeds, watchlists, 0
        self.hosts = [f"127.1.{n // 250}.{n % 250 + 1}" for n in range(feeds)]
        self.number = {host: n for n, host in enumerate(self.hosts)}
        self.served, self.requests, self.not_modified = {}, 0, 0
        self.port, self.ready = None, threading.Event()
        self.background = [self.item(f"old-{i}", words(12, i), words(180, i)) for i in range(19)]
        self.thread = threading.Thread(target=lambda: asyncio.run(self.serve()), daemon=True)

    def item(self, guid, title, text):
        return (f"<item><guid isPermaLink='false'>{guid}</guid><title>{title}</title><link>http://press.example/{guid}</link>"
                f"<description>{text}</description></item>")

    def document(self, number):
        new = "".join(self.item(f"f{number}r{r}", f"marker{(number + r) % self.watchlists:06d} seen in feed {number} round {r}",
                                words(180, number + r)) for r in range(1, self.round + 1))
        return ("<?xml version='1.0' encoding='UTF-8'?><rss version='2.0'><channel><title>Feed %d</title>%s%s</channel></rss>"
                % (number, new, "".join(self.background))).encode()

    async def answer(self, reader, writer):
        number = self.number[writer.get_extra_info("sockname")[0]]
        try:
            while True:
                request = await reader.readuntil(b"\r\n\r\n")
                self.requests += 1
                etag = f'"{self.round}"'
                if f"If-None-Match: {etag}".encode().lower() in request.lower():
                    self.not_modified += 1
                    writer.write(b"HTTP/1.1 304 Not Modified\r\nETag: %s\r\n\r\n" % etag.encode())
                else:
                    body, version = self.document(number), self.round
                    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nETag: %s\r\nContent-Length: %d\r\n\r\n"
                                 % (etag.encode(), len(body)) + body)
                    self.served.setdefault((number, version), time.monotonic())
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def serve(self):
        with socket.socket() as probe:
            probe.bind((self.hosts[0], 0))
            self.port = probe.getsockname()[1]
        await asyncio.start_server(self.answer, self.hosts, self.port, limit=1 << 16)
        self.ready.set()
        await asyncio.Event().wait()


class Socket(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=30)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(str(self.path))


def ask(path, method, target, body=""):
    connection = Socket(path)
    connection.request(method, target, body)
    answer = json.loads(connection.getresponse().read())
    connection.close()
    return answer


def configure(folder, origin, arguments):
    (folder / "feeds.d").mkdir()
    (folder / "watchlists.d").mkdir()
    (folder / "concepts.d").mkdir()
    (folder / "feeds.d/load.yaml").write_text("feeds:\n" + "".join(f"  - http://{h}:{origin.port}/feed\n" for h in origin.hosts))
    for n in range(arguments.watchlists):
        (folder / f"watchlists.d/w{n:06d}.yaml").write_text(f"id: w{n:06d}\nmatch:\n  all_of:\n    - marker{n:06d}\n    - seen\n")
    (folder / "newswatch.yaml").write_text(
        f"polling:\n  budget: {arguments.rate} per second\n  allow_networks: [127.0.0.0/8]\n"
        f"archive:\n  folder: state\npublish:\n  zeromq: ['ipc://{folder}/a.sock']\ncontrol:\n  socket: c.sock\n")


def usage_of(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    cpu = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    resident = next(int(line.split()[1]) for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines()
                    if line.startswith("VmRSS"))
    return cpu, resident / 1024


def wait_until(condition, seconds, what):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            sys.exit(f"gave up after {seconds} s: {what}")
        time.sleep(0.05)


def receive_round(subscriber, expected, seconds):
    received, deadline = {}, time.monotonic() + seconds
    while len(received) < expected and time.monotonic() < deadline:
        if not subscriber.poll(200):
            continue
        topic, _, payload = subscriber.recv_multipart()
        if not topic.startswith(b"alert/"):
            continue
        now, title = time.monotonic(), json.loads(payload)["data"]["article"]["title"].split()
        key = (int(title[4]), int(title[6]))
        if key in received:
            sys.exit(f"alert {key} came twice")
        received[key] = now
    return received


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    root = pathlib.Path(__file__).resolve().parents[2]
    parser.add_argument("--build", type=pathlib.Path, default=root / "build-dev")
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--watchlists", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rate", type=int, default=200, help="requests a second")
    arguments = parser.parse_args()

    origin = Origin(arguments.feeds, arguments.watchlists)
    origin.thread.start()
    origin.ready.wait(10)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="nw-load-"))
    configure(folder, origin, arguments)
    log = open(folder / "log", "wb")
    daemon = subprocess.Popen([arguments.build / "bin/newswatchd", "--config", folder / "newswatch.yaml"], stderr=log)
    try:
        control = folder / "c.sock"
        wait_until(control.exists, 30, f"newswatchd did not start, see {folder}/log")
        subscriber = zmq.Context.instance().socket(zmq.SUB)
        subscriber.set(zmq.RCVHWM, 0)
        subscriber.subscribe(b"alert/")
        subscriber.subscribe(b"hb/")
        subscriber.connect(f"ipc://{folder}/a.sock")
        first = arguments.feeds / arguments.rate * 2 + 30
        wait_until(lambda: ask(control, "GET", "/v1/status")["feeds"]["ok"] == arguments.feeds, first, "the first polls")
        cpu_before, _ = usage_of(daemon.pid)
        requests_before, latencies = origin.requests, []
        for _ in range(arguments.rounds):
            origin.round += 1
            ask(control, "POST", "/v1/poll")
            received = receive_round(subscriber, arguments.feeds, first)
            if len(received) != arguments.feeds:
                sys.exit(f"round {origin.round}: {arguments.feeds - len(received)} of {arguments.feeds} alerts are missing")
            latencies += [at - origin.served[key] for key, at in received.items()]
        cpu, resident = usage_of(daemon.pid)
        polls = origin.requests - requests_before
        print(f"feeds {arguments.feeds}, watchlists {arguments.watchlists}, {arguments.rate} requests/s, {arguments.rounds} rounds")
        print(f"alerts received            {len(latencies)}, none missing, none twice")
        print(f"document sent → alert held  p50 {statistics.median(latencies) * 1e3:.1f} ms, p99 {percentile(latencies, 0.99) * 1e3:.1f} ms")
        print(f"daemon CPU a poll          {(cpu - cpu_before) / polls * 1e3:.2f} ms (a document of {len(origin.document(0)) // 1024} KB, one new article)")
        print(f"daemon resident memory     {resident:.0f} MB")
    finally:
        daemon.send_signal(signal.SIGTERM)
        daemon.wait(20)
        log.close()


if __name__ == "__main__":
    main()
