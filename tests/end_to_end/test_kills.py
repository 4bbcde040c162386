"""SIGKILL at random moments under load: tracking subscribers lose nothing and hear nothing twice.

NEWSWATCH_KILLS=200 for the long form."""
import json
import os
import random
import select
import sys
import threading

from newswatch import SOURCE
from origin import PATIENCE, Item, rss

sys.path.insert(0, str(SOURCE / "docs/clients"))
import newswatch_client  # noqa: E402

KILLS = int(os.environ.get("NEWSWATCH_KILLS", "5"))
STORMS = "id: storms\nmatch:\n  any_of:\n    - storm*\nalert:\n  priority: high\n"
FLOODS = "id: floods\nmatch:\n  any_of:\n    - flood*\n"
AT_ONCE = 20


class Reader(threading.Thread):
    """A program that keeps what it got together with its place, and forgets everything else now and then."""

    def __init__(self, daemon, stream, prefixes, restarts):
        super().__init__()
        self._addresses, self.prefixes, self._restarts = (daemon.endpoint, daemon.replay_endpoint), prefixes, restarts
        self.place = {"stream": stream, "through": 0, "last": {}}
        self.got, self.holes, self.wanted = [], [], None
        self._random = random.Random(str(prefixes))

    def _connect(self):
        return newswatch_client.Subscriber(*self._addresses, prefixes=self.prefixes, place=json.loads(json.dumps(self.place)))

    def run(self):
        subscriber = self._connect()
        quiet = 0
        while self.wanted is None or len(self.got) < self.wanted and quiet < 10 * PATIENCE or quiet < 3:
            event = subscriber.receive(0.1)
            quiet = quiet + 1 if event is None else 0
            if isinstance(event, newswatch_client.Alert):
                self.got.append((event.number, event.id, event.topic))
                self.place = subscriber.place
            elif event:
                self.holes.append(event.reason)
            if self._restarts and self._random.random() < 0.02:
                subscriber.close()
                subscriber = self._connect()
        subscriber.close()


def test_whenever_the_daemon_is_killed_nothing_is_lost_or_doubled(daemon, origin, dealer):
    daemon.watch(origin, [], storms=STORMS, floods=FLOODS)
    stream = daemon.stream()
    readers = [Reader(daemon, stream, prefixes, restarts) for prefixes, restarts in (
        (["alert/"], False), (["alert/"], True), (["alert/storms/"], True), (["alert/floods/"], False),
        (["alert/floods/normal/", "alert/storms/high/"], True))]
    for reader in readers:
        reader.start()

    items, moments = [], random.Random(KILLS)
    for kill in range(KILLS):
        items = [Item(f"k{kill}-{n}", f"{'Storm' if n % 2 else 'Flood'} {n} of day {kill}") for n in range(AT_ONCE)] + items[:AT_ONCE]
        origin.publish("/rss", rss(items))
        daemon.ask("POST", "/v1/poll")
        select.select([], [], [], moments.uniform(0, 0.1))  # at any moment of poll, commit and publishing
        daemon.kill()
        daemon.start()
        daemon.poll()

    client = dealer(daemon.replay_endpoint)
    journal, word = [], "MORE"
    client.ask(stream, 1)
    while word == "MORE":
        alerts, word, _ = client.answer()
        journal += [(alert.number, alert.event["id"], alert.topic) for alert in alerts]
        if word == "MORE":
            client.give(256)
    assert [number for number, _, _ in journal] == list(range(1, KILLS * AT_ONCE + 1)), "contiguous, an alert for each article"
    assert len({name for _, name, _ in journal}) == len(journal)
    expected = [[alert for alert in journal if alert[2].startswith(tuple(reader.prefixes))] for reader in readers]
    for reader, ours in zip(readers, expected):
        reader.wanted = len(ours)
    for reader, ours in zip(readers, expected):
        reader.join()
        assert (reader.holes, sorted(reader.got)) == ([], ours), "each once"
        for topic in ("alert/storms/high/", "alert/floods/normal/"):
            order = [number for number, _, its_topic in reader.got if its_topic == topic]
            assert order == sorted(order), "in order for each topic"
