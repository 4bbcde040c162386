"""Editing files while the daemon runs: SIGHUP takes what is good and keeps the last good version of the rest."""
import re

from origin import Item, rss

STORMS = "id: storms\nmatch:\n  any_of:\n    - storm*\n"
FLOODS = "id: storms\nmatch:\n  any_of:\n    - flood*\n"
# The colon is missing on line 3.
BROKEN = "id: storms\nmatch:\n  any_of\n    - flood*\n"


def start(daemon, origin, listen):
    origin.publish("/rss", rss([Item("first", "Nothing of note")]))
    daemon.write_feeds(origin.url("/rss"))
    daemon.write_watchlist("storms.yaml", STORMS)
    daemon.start()
    daemon.wait_for_first_polls()
    return listen(daemon.endpoint)


def publish_weather(daemon, origin):
    origin.publish("/rss", rss([Item("s", "A storm is coming"), Item("f", "A flood is coming"), Item("first", "Nothing of note")]))
    daemon.poll()


def test_a_changed_watchlist_decides_after_sighup(daemon, origin, listen):
    listener = start(daemon, origin, listen)
    daemon.write_watchlist("storms.yaml", FLOODS)
    daemon.reload()
    publish_weather(daemon, origin)
    assert [alert.title for alert in listener.alerts_until(daemon.head())] == ["A flood is coming"]


def test_without_sighup_the_old_one_decides(daemon, origin, listen):
    listener = start(daemon, origin, listen)
    daemon.write_watchlist("storms.yaml", FLOODS)
    publish_weather(daemon, origin)
    assert [alert.title for alert in listener.alerts_until(daemon.head())] == ["A storm is coming"]


def test_a_broken_watchlist_keeps_its_last_good_version(daemon, origin, listen):
    listener = start(daemon, origin, listen)
    daemon.write_watchlist("storms.yaml", BROKEN)
    daemon.reload()
    publish_weather(daemon, origin)
    assert [alert.title for alert in listener.alerts_until(daemon.head())] == ["A storm is coming"]


def test_a_broken_watchlist_is_named_with_line_and_column(daemon, origin, listen):
    start(daemon, origin, listen)
    daemon.write_watchlist("storms.yaml", BROKEN)
    daemon.reload()
    assert [line for line in daemon.complaints("storms.yaml") if re.search(r"watchlists\.d/storms\.yaml:[34]:\d+: error", line)]


def test_a_broken_watchlist_does_not_stop_the_others(daemon, origin, listen):
    listener = start(daemon, origin, listen)
    daemon.write_watchlist("storms.yaml", BROKEN)
    daemon.write_watchlist("floods.yaml", FLOODS.replace("id: storms", "id: floods"))
    daemon.reload()
    publish_weather(daemon, origin)
    assert sorted(alert.topic for alert in listener.alerts_until(daemon.head())) == ["alert/floods/normal/", "alert/storms/normal/"]


def test_a_reload_over_the_control_socket_names_the_refused_file(daemon, origin, listen):
    start(daemon, origin, listen)
    daemon.write_watchlist("storms.yaml", BROKEN)
    status, answer = daemon.ask("POST", "/v1/reload")
    assert status == 200
    assert [(finding["file"].rsplit("/", 1)[-1], finding["line"] in (3, 4)) for finding in answer["refused"]] == [("storms.yaml", True)]


def test_a_watchlist_that_was_removed_alerts_no_more(daemon, origin, listen):
    listener = start(daemon, origin, listen)
    (daemon.folder / "watchlists.d/storms.yaml").unlink()
    daemon.reload()
    publish_weather(daemon, origin)
    assert listener.alerts_until(daemon.head()) == []


def test_a_feed_that_was_added_is_polled(daemon, origin, second_origin, listen):
    listener = start(daemon, origin, listen)
    second_origin.publish("/new", rss([Item("n", "A storm elsewhere")]))
    daemon.write_feeds(origin.url("/rss"), second_origin.url("/new"))
    daemon.reload()
    assert listener.next_alert().title == "A storm elsewhere"
