"""The archive of all articles, through newswatchctl: searched, and a watchlist tried on it."""
import json
import subprocess

from newswatch import CTL
from origin import PATIENCE, Item, rss

FERRIES = "id: ferries\nname: Ferries\nmatch:\n  any_of: [ferry]\n"
ITEMS = [Item("a1", "New ferry for the islands"), Item("a2", "東京都の港"), Item("a3", "The port is closed")]


def ctl(daemon, *arguments):
    return subprocess.run([CTL, "--config", daemon.settings_file, *arguments], capture_output=True, text=True,
                          timeout=PATIENCE, check=False)


def found(daemon, *words):
    """The titles, once every archived article is searched."""
    while True:
        said = ctl(daemon, "search", "--json", *words)
        assert said.returncode == 0, said.stderr
        answer = json.loads(said.stdout)
        if answer["not_indexed"] == 0:
            return [article["title"] for article in answer["articles"]]


def test_articles_are_searched_and_a_watchlist_is_tried_on_them(daemon, origin):
    origin.publish("/rss", rss(ITEMS))
    daemon.write_feeds(origin.url("/rss"))
    daemon.write_watchlist("ferries.yaml", FERRIES)
    daemon.start()
    daemon.wait_for_first_polls()
    assert found(daemon, "ferry", "islands") == ["New ferry for the islands"]
    assert found(daemon, "東京") == ["東京都の港"]
    assert found(daemon, "port", "--without", "closed") == []
    daemon.write_watchlist("ferries.yaml", FERRIES.replace("[ferry]", "[port]"))
    tried = json.loads(ctl(daemon, "try", "ferries", "--last", "7d", "--json").stdout)["watchlists"][0]
    assert [article["title"] for article in tried["gained"]] == ["The port is closed"]
    assert [article["title"] for article in tried["lost"]] == ["New ferry for the islands"]
    lost = tried["lost"][0]
    assert "does not match ferries" in ctl(daemon, "why-not", lost["id"], "ferries").stdout
