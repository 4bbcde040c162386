"""From a feed on the wire to an alert at a subscriber."""
import json
import re
import struct
import uuid

import pytest

from origin import Item, atom, rss

STORMS = """\
id: storms
name: Storms at the coast
match:
  all_of:
    - storm*
    - harbour
alert:
  priority: high
"""
FERRIES = """\
id: ferries
name: Ferries
match:
  any_of:
    - ferry
    - ferries
"""
RSS_ITEMS = [
    Item("a1", "Storm closes the harbour", "All ships stay in port until Friday."),
    Item("a2", "Storm over the mountains", "Hikers were led to safety."),
    Item("a3", "New ferry for the islands", "It carries three hundred people."),
    Item("a4", "Storm keeps the harbour ferry in port", "Passengers wait."),
]
ATOM_ITEMS = [
    Item("b1", "Harbour lights fail in stormy night", "Engineers were called."),
    Item("b2", "Orchestra plays at dawn", "Nine hundred people listened."),
]
EXPECTED = sorted([
    ("alert/storms/high/", "Storm closes the harbour"),
    ("alert/storms/high/", "Storm keeps the harbour ferry in port"),
    ("alert/storms/high/", "Harbour lights fail in stormy night"),
    ("alert/ferries/normal/", "New ferry for the islands"),
    ("alert/ferries/normal/", "Storm keeps the harbour ferry in port"),
])


@pytest.fixture
def watched(daemon, origin, second_origin, listen):
    """An RSS and an Atom feed that answer once a subscriber listens, so that it hears the first alerts too."""
    origin.publish("/rss", rss(RSS_ITEMS))
    second_origin.publish("/atom", atom(ATOM_ITEMS))
    daemon.write_feeds(origin.url("/rss"), second_origin.url("/atom"))
    daemon.write_watchlist("storms.yaml", STORMS)
    daemon.write_watchlist("ferries.yaml", FERRIES)
    origin.close_gate()
    second_origin.close_gate()
    daemon.start()
    listener = listen(daemon.endpoint)
    origin.open_gate()
    second_origin.open_gate()
    daemon.wait_for_first_polls()
    return daemon, listener


def topics_and_titles(alerts):
    return sorted((alert.topic, alert.title) for alert in alerts)


def test_a_subscriber_receives_exactly_the_expected_alerts(watched):
    daemon, listener = watched
    assert topics_and_titles(listener.alerts_until(daemon.head())) == EXPECTED


def test_a_subscriber_of_one_watchlist_receives_no_other(daemon, origin, listen):
    origin.publish("/rss", rss(RSS_ITEMS))
    daemon.write_feeds(origin.url("/rss"))
    daemon.write_watchlist("storms.yaml", STORMS)
    daemon.write_watchlist("ferries.yaml", FERRIES)
    origin.close_gate()
    daemon.start()
    listener = listen(daemon.endpoint, (b"alert/ferries/",))
    origin.open_gate()
    daemon.wait_for_first_polls()
    assert {alert.topic for alert in listener.alerts_until(daemon.head())} == {"alert/ferries/normal/"}


def test_numbers_run_without_holes_and_name_the_one_before_of_the_topic(watched):
    daemon, listener = watched
    alerts = listener.alerts_until(daemon.head())
    assert [alert.number for alert in alerts] == list(range(1, len(EXPECTED) + 1))
    last = {}
    for alert in alerts:
        assert alert.previous == last.get(alert.topic, 0)
        last[alert.topic] = alert.number


def test_the_payload_is_the_cloud_event_of_the_protocol(watched):
    daemon, listener = watched
    alert = next(a for a in listener.alerts_until(daemon.head()) if a.title == "Storm closes the harbour")
    event = alert.event
    assert len(alert.frames) == 3 and len(alert.frames[1]) == 16
    assert event["specversion"] == "1.0"
    assert event["source"] == "/newswatch/test"
    assert event["type"] == "org.newswatch.alert.v1"
    assert event["subject"] == "storms/high"
    assert event["datacontenttype"] == "application/json"
    assert re.fullmatch("[a-zA-Z2-7]{26}", event["id"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", event["time"])
    assert event["sequence"] == f"{alert.number:020d}"
    assert uuid.UUID(event["nwstream"])
    data = event["data"]
    assert data["watchlist"]["id"] == "storms" and data["watchlist"]["name"] == "Storms at the coast"
    assert data["article"]["url"] == "https://times.example/a1"
    assert data["article"]["summary"] == "All ships stay in port until Friday."
    assert data["duplicate_of"] is None


def test_an_alert_says_which_words_met_which_line(watched):
    daemon, listener = watched
    alert = next(a for a in listener.alerts_until(daemon.head()) if a.title == "Storm closes the harbour")
    matches = alert.event["data"]["matches"]
    assert {(m["term"], m["field"], m["start"], m["end"], m["text"]) for m in matches} == {
        ("storm*", "title", 0, 5, "Storm"), ("harbour", "title", 17, 24, "harbour")}
    assert all(re.search(r"storms\.yaml:[56]$", m["rule"]) for m in matches)
    assert "Storm" in alert.event["data"]["explanation"] and "harbour" in alert.event["data"]["explanation"]


def test_a_heartbeat_says_how_far_the_stream_is(watched):
    daemon, listener = watched
    listener.alerts_until(daemon.head())
    topic, numbers, body = listener.heartbeat()
    beat = json.loads(body)
    assert struct.unpack(">QQ", numbers) == (len(EXPECTED), 1)
    assert (beat["head"], beat["first"]) == (len(EXPECTED), 1)
    assert {"stream", "boot", "config_rev", "time"} <= set(beat)


def test_repeated_polls_bring_nothing_twice(watched, origin):
    daemon, listener = watched
    daemon.poll()
    daemon.poll()
    assert topics_and_titles(listener.alerts_until(daemon.head())) == EXPECTED


def test_an_unchanged_feed_is_asked_with_its_etag(watched, origin):
    daemon, _ = watched
    daemon.poll()
    assert origin.answers("/rss") == [200, 304]


def test_a_new_item_is_alerted_at_the_next_poll(watched, origin):
    daemon, listener = watched
    listener.alerts_until(daemon.head())
    origin.publish("/rss", rss([Item("a5", "Storm damages harbour wall", "Nobody was hurt."), *RSS_ITEMS]))
    daemon.poll()
    assert topics_and_titles(listener.alerts_until(daemon.head())) == [("alert/storms/high/", "Storm damages harbour wall")]


def test_rewritten_ids_over_old_articles_bring_nothing(watched, origin):
    daemon, listener = watched
    listener.alerts_until(daemon.head())
    body = rss(RSS_ITEMS).replace(b"<guid isPermaLink='false'>", b"<guid isPermaLink='false'>new-")
    origin.publish("/rss", body)
    daemon.poll()
    assert listener.alerts_until(daemon.head()) == []


def test_a_restart_brings_nothing_twice_and_numbers_go_on(watched, origin, listen):
    daemon, listener = watched
    listener.alerts_until(daemon.head())
    assert daemon.stop() == 0
    origin.publish("/rss", rss([Item("a6", "Ferry returns", "Service resumes."), *RSS_ITEMS]))
    daemon.start()
    listener = listen(daemon.endpoint)
    daemon.poll()
    alerts = listener.alerts_until(daemon.head())
    assert [(a.number, a.topic, a.title) for a in alerts] == [(len(EXPECTED) + 1, "alert/ferries/normal/", "Ferry returns")]


def test_the_id_of_an_alert_is_the_same_in_another_archive(watched, origin, listen):
    daemon, listener = watched
    first = {(a.topic, a.title): a.event["id"] for a in listener.alerts_until(daemon.head())}
    assert daemon.stop() == 0
    daemon.write_settings(archive="other-archive")
    origin.close_gate()
    daemon.start()
    listener = listen(daemon.endpoint)
    origin.open_gate()
    daemon.wait_for_first_polls()
    again = {(a.topic, a.title): a.event["id"] for a in listener.alerts_until(daemon.head())}
    assert again.items() <= first.items() and again


def test_a_new_feeds_old_articles_are_archived_without_an_alert(daemon, origin, listen):
    origin.publish("/rss", rss([Item("o1", "Storm closes the harbour", minutes_ago=3 * 24 * 60)]))
    daemon.write_feeds(origin.url("/rss"))
    daemon.write_watchlist("storms.yaml", STORMS)
    daemon.start()
    daemon.wait_for_first_polls()
    status = daemon.ask("GET", "/v1/status")[1]
    assert (status["articles"], status["head"]) == (1, 0)
