"""A subscriber that misses nothing, though messages get lost on the way and the daemon is killed: the Python module of
docs/clients, and `newswatchctl`."""
import importlib.util
import json
import struct
import subprocess
import threading

import pytest
import zmq

from newswatch import CTL, SOURCE
from origin import PATIENCE, Item, rss

STORMS = "id: storms\nmatch:\n  any_of:\n    - storm*\nalert:\n  priority: high\n"
FLOODS = "id: floods\nmatch:\n  any_of:\n    - flood*\n"


def load_module():
    spec = importlib.util.spec_from_file_location("newswatch_client", SOURCE / "docs/clients/newswatch_client.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


client = load_module()


class LossyWay:
    """Between the daemon's publish socket and a subscriber: alerts whose number is `lost` do not arrive."""

    def __init__(self, publish, endpoint, lost):
        self.endpoint = endpoint
        self._context = zmq.Context()
        self._in, self._out = self._context.socket(zmq.SUB), self._context.socket(zmq.PUB)
        self._stop_in, self._stop_out = self._context.socket(zmq.PAIR), self._context.socket(zmq.PAIR)
        self._stop_in.bind("inproc://stop")
        self._stop_out.connect("inproc://stop")
        self._in.subscribe("")
        self._in.connect(publish)
        self._out.bind(endpoint)
        self._thread = threading.Thread(target=self._forward, args=(lost,))
        self._thread.start()

    def _forward(self, lost):
        poller = zmq.Poller()
        poller.register(self._in, zmq.POLLIN)
        poller.register(self._stop_in, zmq.POLLIN)
        while self._stop_in not in dict(poller.poll()):
            frames = self._in.recv_multipart()
            if not frames[0].startswith(b"alert/") or not lost(struct.unpack(">QQ", frames[1])[0]):
                self._out.send_multipart(frames)

    def close(self):
        self._stop_out.send(b"")
        self._thread.join()
        self._context.destroy(linger=0)


@pytest.fixture
def lossy(daemon):
    """lossy(lost) → the endpoint of a way on which those numbers are lost."""
    ways = []

    def lay(lost):
        ways.append(LossyWay(daemon.endpoint, f"ipc://{daemon.run}/lossy{len(ways)}.sock", lost))
        return ways[-1].endpoint

    yield lay
    for way in ways:
        way.close()


class News:
    """A feed that grows, and the daemon that watches it."""

    def __init__(self, daemon, origin):
        self.daemon, self.origin, self.items = daemon, origin, []
        daemon.watch(origin, [], storms=STORMS, floods=FLOODS)

    def bring(self, *titles):
        self.items = [Item(f"n{len(self.items) + i}", title) for i, title in enumerate(titles)] + self.items
        self.origin.publish("/rss", rss(self.items))
        self.daemon.poll()

    def restart_killed(self):
        self.daemon.kill()
        self.daemon.start()


@pytest.fixture
def subscribe(daemon):
    subscribers = []

    def connect(publish=None, **more):
        subscribers.append(client.Subscriber(publish or daemon.endpoint, daemon.replay_endpoint, **more))
        return subscribers[-1]

    yield connect
    for one in subscribers:
        one.close()


def begun(subscriber):
    """Once it has heard its first heartbeat."""
    while subscriber.place["stream"] is None:
        assert subscriber.receive(0.05) is None
    return subscriber


def received(subscriber, count):
    events = [subscriber.receive(PATIENCE) for _ in range(count)]
    assert all(isinstance(event, client.Alert) for event in events), events
    return events


def numbers(events):
    return [event.number for event in events]


def test_what_got_lost_on_the_way_comes_by_replay_in_its_place(daemon, origin, lossy, subscribe):
    news = News(daemon, origin)
    subscriber = begun(subscribe(lossy(lambda number: number in (2, 3))))
    news.bring(*(f"Storm number {n}" for n in range(5)))
    assert numbers(received(subscriber, 5)) == [1, 2, 3, 4, 5]
    assert subscriber.receive(0.2) is None, "nothing comes twice"


def test_a_lost_end_is_noticed_by_the_heartbeat_after_a_restart(daemon, origin, lossy, subscribe):
    news = News(daemon, origin)
    subscriber = begun(subscribe(lossy(lambda number: number > 1)))
    news.bring("Storm in the north", "Storm in the south")
    news.restart_killed()
    assert numbers(received(subscriber, 2)) == [1, 2]


def test_who_was_away_while_the_daemon_was_killed_goes_on_where_it_was(daemon, origin, subscribe):
    news = News(daemon, origin)
    first = begun(subscribe())
    news.bring("Storm one", "Storm two")
    received(first, 1)
    place = json.loads(json.dumps(first.place))
    first.close()
    news.bring("Storm three")
    news.restart_killed()
    second = subscribe(place=place)
    rest = received(second, 2)
    news.bring("Storm four")
    assert numbers(rest + received(second, 1)) == [2, 3, 4]


def test_prefixes_bring_their_own_alerts_alone(daemon, origin, lossy, subscribe):
    news = News(daemon, origin)
    subscriber = begun(subscribe(lossy(lambda number: number in (2, 3)), prefixes=("alert/storms/", "hb/")))
    news.bring("Storm one", "Flood two", "Storm three", "Flood four", "Storm five")
    assert numbers(received(subscriber, 3)) == [1, 3, 5]


def test_another_stream_is_a_hole_and_its_alerts_follow(daemon, origin, subscribe):
    news = News(daemon, origin)
    news.bring("Storm one")
    subscriber = subscribe(place={"stream": "another", "through": 70, "last": {}})
    assert isinstance(subscriber.receive(PATIENCE), client.Hole)
    assert numbers(received(subscriber, 1)) == [1]

def run_ctl(daemon, *arguments):
    return subprocess.run([CTL, "--config", daemon.settings_file, *arguments], capture_output=True, text=True, timeout=PATIENCE,
                          check=False)


def test_tail_has_what_got_lost_on_the_way(daemon, origin, lossy):
    news = News(daemon, origin)
    tail = subprocess.Popen([CTL, "tail", "--json", "--count", "4", "--replay", daemon.replay_endpoint,
                             "--endpoint", lossy(lambda number: number % 2 == 0)],
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    end = threading.Timer(PATIENCE, tail.kill)
    end.start()
    while tail.poll() is None:  # it begins at whichever of them it is there
        news.bring(f"Storm number {len(news.items)}")
    end.cancel()
    printed, complained = tail.communicate()
    assert (tail.returncode, complained) == (0, "")
    sequence = [int(json.loads(line)["sequence"]) for line in printed.splitlines()]
    assert sequence == list(range(sequence[0], sequence[0] + 4))


def test_replay_prints_alerts_again(daemon, origin):
    news = News(daemon, origin)
    news.bring("Storm one", "Flood two", "Storm three")
    everything = run_ctl(daemon, "replay", "--from", "1", "--json")
    assert [int(json.loads(line)["sequence"]) for line in everything.stdout.splitlines()] == [1, 2, 3]
    part = run_ctl(daemon, "replay", "--from", "2", "--until", "2", "--json")
    assert part.stdout == everything.stdout.splitlines(keepends=True)[1]
    floods = run_ctl(daemon, "replay", "--from", "1", "--prefix", "floods", "--json")
    assert [json.loads(line)["subject"] for line in floods.stdout.splitlines()] == ["floods/normal"]
    beyond = run_ctl(daemon, "replay", "--from", "9")
    assert beyond.returncode == 1 and "whose alerts are 1 to 3" in beyond.stderr
