"""A newswatch subscriber that misses nothing and takes nothing twice: one file, to copy beside your program.

    from newswatch_client import Alert, Subscriber

    subscriber = Subscriber("tcp://127.0.0.1:5556", "tcp://127.0.0.1:5557", place=load_place())
    for event in subscriber:
        if isinstance(event, Alert):
            with database:                    # one transaction: what you do with it, and how far you have come
                handle(event)                 # an event.id that you have already is dropped
                save_place(subscriber.place)  # a small dictionary; JSON will do
        else:
            print("missed for good:", event.reason)  # a Hole

Without a place it begins with what is published from now on. The rules are those of docs/alert_wire.md, Tracking.
Needs pyzmq (apt install python3-zmq). One thread.
"""
import collections
import dataclasses
import json
import os.path
import random
import struct
import time
import uuid

import zmq

SILENCE = 5  # seconds without a heartbeat until it connects anew
ANSWER = 2  # seconds for the next word of a replay
CREDIT = 256
MOST_ASIDE = 64 << 20  # bytes of live alerts that wait for a replay; those beyond are asked for after it


@dataclasses.dataclass(frozen=True)
class Alert:
    number: int
    previous: int  # the number before it with the same topic
    topic: str
    payload: bytes  # the CloudEvent: JSON

    @property
    def event(self):
        return json.loads(self.payload)

    @property
    def id(self):
        return self.event["id"]


@dataclasses.dataclass(frozen=True)
class Hole:
    """Alerts that cannot be had any more."""
    reason: str


class Subscriber:
    """Yields Alert and Hole."""

    def __init__(self, publish, replay, prefixes=("alert/",), place=None):
        if any(prefix and not prefix.endswith("/") for prefix in prefixes):
            raise ValueError("a prefix ends with a slash, or alert/wl-1 would meet alert/wl-10/ too")
        self._publish, self._replay, self._prefixes = publish, replay, tuple(prefixes)
        self._context = zmq.Context()
        self._live = self._dealer = None
        place = place or {"stream": None, "through": 0, "last": {}}
        self._stream, self._through, self._last = place["stream"], place["through"], dict(place["last"])
        self._missing = None  # [from, until] of the replay that is needed
        self._request = None  # its id, once it was asked for
        self._aside, self._aside_bytes, self._dropped = [], 0, 0
        self._ready = collections.deque()  # (event, the place after it)
        self._handed = place
        self._boot, self._next_check = None, 0.0
        self._patience = self._again = 0.0
        self._pause = 0.1
        self._connect()

    @property
    def place(self):
        """Where it stands after the last event that it gave you."""
        return self._handed if self._ready else self._here()

    def __iter__(self):
        while True:
            yield self.receive()

    def receive(self, timeout=None):
        """The next Alert or Hole; None where there is none within `timeout` seconds."""
        end = None if timeout is None else time.monotonic() + timeout
        while not self._ready:
            wait = 1.0 if end is None else min(1.0, end - time.monotonic())
            if wait < 0:
                return None
            self._turn(wait)
        event, self._handed = self._ready.popleft()
        return event

    def close(self):
        self._context.destroy(linger=0)

    # --- the sockets

    def _connect(self):
        if self._live:
            self._live.close(linger=0)
        self._live = self._context.socket(zmq.SUB)
        self._live.set(zmq.SNDHWM, 0)  # subscriptions are messages: by default those beyond 1000 are dropped
        for prefix in self._prefixes:
            self._live.subscribe(prefix)
        self._live.subscribe("hb/")  # last: its first heartbeat proves those above
        self._live.connect(self._publish)
        self._proven, self._heard = False, time.monotonic()

    def _turn(self, wait):
        now = time.monotonic()
        if now - self._heard > SILENCE:
            self._connect()
        if self._missing and now >= self._again:
            self._ask_if_needed(now)
            wait = min(wait, max(0.0, self._patience - now))
        elif self._missing:
            wait = min(wait, self._again - now)
        poller = zmq.Poller()
        poller.register(self._live, zmq.POLLIN)
        if self._request:
            poller.register(self._dealer, zmq.POLLIN)
        heard = dict(poller.poll(int(wait * 1000) + 1))
        if self._live in heard:
            self._hear(self._live.recv_multipart())
        if self._request and self._dealer in heard:
            self._answer(self._dealer.recv_multipart())

    def _ask_if_needed(self, now):
        if self._request and now >= self._patience:  # no answer: a new socket, a new id, after a pause
            self._dealer.close(linger=0)
            self._dealer = self._request = None
            self._wait_before_asking(0)
        if self._request or now < self._again:
            return
        if not self._dealer:
            self._dealer = self._context.socket(zmq.DEALER)
            self._dealer.connect(self._replay)
        self._request = uuid.uuid4().hex.encode()
        prefix = os.path.commonprefix(self._prefixes)
        self._dealer.send_multipart([b"REPLAY", self._request, json.dumps({
            "stream": self._stream, "from": self._missing[0], "until": self._missing[1],
            "prefix": prefix[:prefix.rfind("/") + 1], "credit": CREDIT}).encode()])
        self._patience = now + ANSWER

    def _wait_before_asking(self, at_least):
        """With jitter, so that many clients of a daemon that comes back do not ask in one moment."""
        self._again = time.monotonic() + at_least + self._pause * random.uniform(0.5, 1.5)
        self._pause = min(2 * self._pause, 5.0)

    # --- live messages

    def _hear(self, frames):
        topic, numbers, payload = frames
        topic = topic.decode("ascii")
        first, second = struct.unpack(">QQ", numbers)
        if topic == "hb/":
            self._heard = time.monotonic()
            self._heartbeat(first, second, json.loads(payload))
        elif topic.startswith("alert/"):
            self._alert(Alert(first, second, topic, payload))

    def _alert(self, alert):
        waits = self._stream is None or not self._proven or self._missing
        if not waits and alert.number <= self._known(alert.topic):
            return
        if not waits and alert.previous <= self._known(alert.topic):
            self._apply(alert)
            return
        if self._aside_bytes < MOST_ASIDE:
            self._aside.append(alert)
            self._aside_bytes += len(alert.payload) + 200
        else:
            self._dropped = max(self._dropped, alert.number)
        if not waits:
            self._want(alert.number)

    def _heartbeat(self, head, first, said):
        if self._stream is None:
            self._stream, self._through = said["stream"], head
        elif self._stream != said["stream"]:
            self._new_stream(said["stream"], first)
        anew = not self._proven or said["boot"] != self._boot  # what went by before it is not known
        self._proven, self._boot = True, said["boot"]
        if self._missing:
            return
        if head > self._through and (anew or time.monotonic() >= self._next_check):
            self._next_check = time.monotonic() + random.uniform(10, 30)
            self._want(head)
        elif anew:
            self._settle()

    def _new_stream(self, stream, first):
        """Its alerts may be ones that you have, under other numbers: the ids tell."""
        self._stream, self._through, self._last = stream, first - 1, {}
        self._missing = self._request = None
        self._aside, self._aside_bytes, self._dropped = [], 0, 0
        self._next_check = 0.0
        self._put(Hole(f"the daemon began another stream, {stream}; what of the old one had not come is lost"))

    # --- replays

    def _answer(self, frames):
        word, request, *rest = frames
        if request != self._request:
            return
        self._patience = time.monotonic() + ANSWER
        if word == b"ALERT":
            topic, (number, previous) = rest[0].decode("ascii"), struct.unpack(">QQ", rest[1])
            if number > self._known(topic) and topic.startswith(self._prefixes):
                self._apply(Alert(number, previous, topic, rest[2]))
            return
        body = json.loads(rest[0])
        if word == b"MORE":
            self._pause = 0.1
            self._replayed_below(body["next"])
            if self._request:
                self._dealer.send_multipart([b"CREDIT", request, str(CREDIT).encode()])
        elif word == b"END":
            self._pause = 0.1
            self._request = None
            self._replayed_below(body["next"])
            if self._missing and self._missing[0] <= body["next"]:
                self._settle()
        else:
            self._request = None
            self._refused(body)

    def _refused(self, body):
        code, (begin, until) = body["code"], self._missing
        if code in ("busy", "internal"):
            self._wait_before_asking(body.get("retry_after_ms", 0) / 1000)
        elif code == "stream_changed":
            self._new_stream(body["stream"], body["first"])
            if body["head"] > self._through:
                self._want(body["head"])
        elif code == "gone" and body["first"] > begin:
            end = min(body["first"] - 1, until)
            self._put(Hole(f"the alerts {begin} to {end} are kept no longer"))
            self._replayed_below(end + 1)
        elif code == "out_of_range":
            self._put(Hole(f"the daemon's numbers end at {body['head']}, and we had come to {self._through}"))
            self._through, self._last = body["head"], {}
            self._settle()
        else:  # forbidden, no_replay, bad_request: asking again would not help
            self._put(Hole(f"the daemon refuses to send the alerts {begin} to {until}: {code}"))
            self._replayed_below(until + 1)

    def _replayed_below(self, following):
        self._stand_at(min(following - 1, self._missing[1]))
        self._missing[0] = self._through + 1
        if self._missing[0] > self._missing[1]:
            self._settle()

    # --- what both have in common

    def _here(self):
        return {"stream": self._stream, "through": self._through, "last": dict(self._last)}

    def _known(self, topic):
        return max(self._through, self._last.get(topic, 0))

    def _stand_at(self, through):
        self._through = max(self._through, through)
        self._last = {topic: number for topic, number in self._last.items() if number > self._through}

    def _want(self, until):
        self._missing = [self._through + 1, until]

    def _settle(self):
        """Nothing is missing up to `through`: what waited has its turn, and may find the next gap."""
        self._missing = self._request = None
        if self._dropped > self._through:
            until, self._dropped = self._dropped, 0
            self._want(until)
            return
        aside, self._aside, self._aside_bytes = self._aside, [], 0
        for alert in aside:
            self._alert(alert)

    def _apply(self, alert):
        self._last[alert.topic] = alert.number
        self._put(alert)

    def _put(self, event):
        self._ready.append((event, self._here()))
