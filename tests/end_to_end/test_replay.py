"""Missed alerts, asked for over the replay socket of the real daemon."""
import contextlib
import sqlite3
import uuid

from origin import Item, rss

STORMS = "id: storms\nmatch:\n  any_of:\n    - storm*\nalert:\n  priority: high\n"
FLOODS = "id: floods\nmatch:\n  any_of:\n    - flood*\n"


def storms(count):
    return [Item(f"s{n}", f"Storm number {n}") for n in range(count)]


def published(daemon, origin, items):
    """A running daemon that has journalled an alert for each of the items."""
    daemon.watch(origin, items, storms=STORMS, floods=FLOODS)
    assert daemon.head() == len(items)
    return daemon.stream()


def numbers(alerts):
    return [alert.number for alert in alerts]


def test_what_was_published_while_nobody_listened_is_had_after_a_restart(daemon, origin, listen, dealer):
    stream = published(daemon, origin, storms(3))
    listener = listen(daemon.endpoint)
    origin.publish("/rss", rss(storms(5)))
    daemon.poll()
    live = listener.alerts_until(5)
    daemon.kill()
    daemon.start()
    client = dealer(daemon.replay_endpoint)
    client.ask(stream, 1)
    alerts, word, body = client.answer()
    assert (numbers(alerts), word) == ([1, 2, 3, 4, 5], "END")
    assert body == {"next": 6, "head": 5, "stream": stream}
    assert [alert.frames for alert in alerts[3:]] == [alert.frames for alert in live], "the same bytes as live"


def test_no_more_alerts_come_than_credit_was_given(daemon, origin, dealer):
    stream = published(daemon, origin, storms(6))
    client = dealer(daemon.replay_endpoint)
    client.ask(stream, 1, credit=2)
    alerts, word, body = client.answer()
    assert (numbers(alerts), word, body) == ([1, 2], "MORE", {"next": 3, "head": 6, "first": 1})
    client.give(3)
    alerts, word, body = client.answer()
    assert (numbers(alerts), word, body["next"]) == ([3, 4, 5], "MORE", 6)
    client.give(3)
    alerts, word, body = client.answer()
    assert (numbers(alerts), word, body["next"]) == ([6], "END", 7)


def test_a_part_and_a_prefix_are_what_comes(daemon, origin, dealer):
    items = [Item("f0", "Flood in the valley"), *storms(2), Item("f1", "Flood on the coast"), Item("s9", "Storm again")]
    stream = published(daemon, origin, items)
    client = dealer(daemon.replay_endpoint)
    client.ask(stream, 1)
    everything, _, _ = client.answer()
    floods = [alert.number for alert in everything if alert.topic == "alert/floods/normal/"]
    assert len(floods) == 2
    client.ask(stream, 1, prefix="alert/floods/")
    assert numbers(client.answer()[0]) == floods
    client.ask(stream, 2, until=4)
    alerts, _, body = client.answer()
    assert (numbers(alerts), body["next"]) == ([2, 3, 4], 5)
    client.ask(stream, 1, prefix="alert/%")
    assert client.answer()[:2] == ([], "END"), "a prefix is bytes, never a pattern"


def test_a_place_that_is_none_is_refused_with_where_the_stream_stands(daemon, origin, dealer):
    stream = published(daemon, origin, storms(2))
    client = dealer(daemon.replay_endpoint)
    client.ask(stream, 3)
    assert client.answer()[:2] == ([], "END"), "one above the head: nothing is missing"
    for begin in (0, -1, 1.5, 4, 2**64):
        client.ask(stream, begin)
        refused = client.error()
        assert (refused["code"], refused["stream"], refused["first"], refused["head"]) == ("out_of_range", stream, 1, 2)
    client.ask(str(uuid.uuid4()), 1)
    refused = client.error()
    assert (refused["code"], refused["stream"], refused["head"]) == ("stream_changed", stream, 2)


def test_what_is_no_request_is_refused_and_the_next_one_served(daemon, origin, dealer):
    stream = published(daemon, origin, storms(1))
    client = dealer(daemon.replay_endpoint)
    for frames in ([b"REPLAY", b"r1", b"{"], [b"REPLAY", b"r1", b"[]"], [b"HELLO", b"r1", b""], [b"REPLAY"], [b"CREDIT", b"r1", b"1"],
                   [b"REPLAY", b"x" * 33, b"{}"], [b"REPLAY", b"r1", b"{}", b"more"]):
        client.send(*frames)
        assert client.error()["code"] == "bad_request", frames
    client.ask(stream, 1)
    assert numbers(client.answer()[0]) == [1]


def test_a_request_beyond_four_kilobytes_costs_its_connection_alone(daemon, origin, dealer):
    stream = published(daemon, origin, storms(1))
    dealer(daemon.replay_endpoint).send(b"REPLAY", b"r1", b" " * 1_000_000)
    client = dealer(daemon.replay_endpoint)
    client.ask(stream, 1)
    assert numbers(client.answer()[0]) == [1]


def test_beyond_its_places_the_daemon_is_busy(daemon, origin, dealer):
    stream = published(daemon, origin, storms(3))
    others = [dealer(daemon.replay_endpoint) for _ in range(64)]
    for other in others:
        other.ask(stream, 1, credit=1)
        assert other.answer()[1] == "MORE"
    client = dealer(daemon.replay_endpoint)
    client.ask(stream, 1)
    refused = client.error()
    assert refused["code"] == "busy" and refused["retry_after_ms"] > 0
    others[0].give(10)
    assert others[0].answer()[1] == "END"
    client.ask(stream, 1)
    assert numbers(client.answer()[0]) == [1, 2, 3]


def test_what_is_not_kept_any_more_is_reported(daemon, origin, dealer):
    stream = published(daemon, origin, storms(4))
    daemon.stop()
    with contextlib.closing(sqlite3.connect(daemon.folder / "archive/newswatch.db")) as journal, journal:
        journal.execute("UPDATE alert SET at = 0 WHERE seq <= 2")  # decades old: retention takes them
    daemon.start()
    daemon.wait_until(lambda: daemon.ask("GET", "/v1/status")[1]["first"] == 3)
    client = dealer(daemon.replay_endpoint)
    client.ask(stream, 1)
    refused = client.error()
    assert (refused["code"], refused["first"]) == ("gone", 3)
    client.ask(stream, 3)
    assert numbers(client.answer()[0]) == [3, 4]


def test_a_replay_that_waits_does_not_hold_the_stop(daemon, origin, dealer):
    stream = published(daemon, origin, storms(3))
    client = dealer(daemon.replay_endpoint)
    client.ask(stream, 1, credit=1)
    assert client.answer()[1] == "MORE"
    assert daemon.stop() == 0


def test_an_address_in_use_is_named(daemon):
    daemon.start()
    other = daemon.settings_file.read_text(encoding="utf-8").replace("alerts.sock", "other.sock").replace(
        "folder: archive", "folder: second").replace("control.sock", "control2.sock")
    daemon.settings_file.write_text(other, encoding="utf-8")
    code, said = daemon.run_to_its_end()
    assert code != 0 and daemon.replay_endpoint in said
