"""The archive of all articles, through newswatchctl: searched, and a watchlist tried on it."""
import contextlib
import json
import shutil
import sqlite3
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
    daemon.watch(origin, ITEMS, ferries=FERRIES)
    assert found(daemon, "ferry", "islands") == ["New ferry for the islands"]
    assert found(daemon, "東京") == ["東京都の港"]
    assert found(daemon, "port", "--without", "closed") == []
    daemon.write_watchlist("ferries.yaml", FERRIES.replace("[ferry]", "[port]"))
    tried = json.loads(ctl(daemon, "try", "ferries", "--last", "7d", "--json").stdout)["watchlists"][0]
    assert [article["title"] for article in tried["gained"]] == ["The port is closed"]
    assert [article["title"] for article in tried["lost"]] == ["New ferry for the islands"]
    lost = tried["lost"][0]
    assert "does not match ferries" in ctl(daemon, "why-not", lost["id"], "ferries").stdout


def test_a_backup_made_while_running_is_put_back_under_a_new_stream(daemon, origin, tmp_path):
    origin.publish("/rss", rss(ITEMS))
    daemon.write_feeds(origin.url("/rss"))
    daemon.write_watchlist("all.yaml", "id: all\nname: All\nmatch:\n  any_of: [ferry, port]\n")
    daemon.start()
    daemon.wait_for_first_polls()
    before = daemon.ask("GET", "/v1/status")[1]["stream"]
    backup = tmp_path / "monday.db"
    assert ctl(daemon, "backup", backup).returncode == 0
    assert backup.stat().st_mode & 0o777 == 0o600
    again = ctl(daemon, "backup", backup)
    assert again.returncode == 1 and "is there already" in again.stderr
    assert ctl(daemon, "backup", "--replace", backup).returncode == 0
    origin.publish("/rss", rss([*ITEMS, Item("a4", "A ferry after the backup")]))
    daemon.poll()
    assert daemon.stop() == 0
    archive = daemon.folder / "archive"
    shutil.copyfile(backup, archive / "newswatch.db")
    origin.publish("/rss", rss(ITEMS))
    daemon.start()
    assert daemon.ask("GET", "/v1/status")[1]["stream"] != before and "a new stream begins" in daemon.log()
    assert found(daemon, "ferry") == ["New ferry for the islands"]


def test_a_size_that_is_reached_takes_the_oldest_and_says_where_alerts_begin_now(daemon, origin):
    daemon.watch(origin, ITEMS, ferries=FERRIES)
    assert daemon.head() == 1
    assert daemon.stop() == 0
    with contextlib.closing(sqlite3.connect(daemon.folder / "archive/newswatch.db")) as journal, journal:
        two_days = 48 * 3600 * 1_000_000
        journal.execute("UPDATE article SET archived = archived - ?", (two_days,))
        journal.execute("UPDATE alert SET at = at - ?", (two_days,))
    text = daemon.settings_file.read_text(encoding="utf-8")
    daemon.settings_file.write_text(text.replace("archive:\n", "archive:\n  size: 1 KB\n"), encoding="utf-8")
    daemon.start()
    daemon.wait_until(lambda: "archive.size is reached" in daemon.log())
    status = daemon.ask("GET", "/v1/status")[1]
    assert (status["head"], status["first"]) == (1, 2)
    assert found(daemon, "ferry") == []
    assert daemon.complaints("the oldest first: 3 articles and 1 alert")
