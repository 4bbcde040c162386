"""Bad input gets one clear line that names the place and what to do; the daemon goes on where it can."""
import os
import re
import shutil
import socket

import pytest

from newswatch import BUILD
from origin import Item, rss

EX_UNAVAILABLE, EX_CANTCREAT, EX_IOERR, EX_CONFIG = 69, 73, 74, 78


def watch_beside_a_good_feed(daemon, origin, url):
    """Starts a daemon on a good feed and `url`; the good one must have been read."""
    origin.publish("/good", rss([Item("g", "All is well")]))
    daemon.write_feeds(url, origin.url("/good"))
    daemon.start()
    daemon.wait_for_first_polls()
    assert daemon.feeds()[origin.url("/good")]["health"] == "ok"


def the_complaint(daemon, about):
    complaints = daemon.complaints(about)
    assert len(complaints) == 1, daemon.log()
    return complaints[0]


def test_a_feed_that_is_no_feed_is_named(daemon, origin, second_origin):
    second_origin.publish("/page", b"<html><head><title>Welcome</title></head><body>hello</body></html>", "text/html")
    watch_beside_a_good_feed(daemon, origin, second_origin.url("/page"))
    assert "feed" in the_complaint(daemon, second_origin.url("/page")).split(second_origin.url("/page"), 1)[1]
    assert daemon.feeds()[second_origin.url("/page")]["health"] == "ill"


def test_a_feed_that_breaks_off_in_the_middle_still_gives_its_articles(daemon, origin, listen):
    whole = rss([Item("1", "First storm"), Item("2", "Second storm")])
    origin.publish("/cut", whole[:whole.rindex(b"<pubDate>")])
    daemon.write_feeds(origin.url("/cut"))
    daemon.start()
    daemon.wait_for_first_polls()
    assert daemon.ask("GET", "/v1/status")[1]["articles"] >= 1


def test_a_dead_server_is_named(daemon, origin):
    with socket.socket() as probe:  # a port where nobody listens
        probe.bind(("127.0.3.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.3.1:{port}/feed"
    watch_beside_a_good_feed(daemon, origin, url)
    assert "refused" in the_complaint(daemon, url).lower() or "connect" in the_complaint(daemon, url).lower()


def test_an_address_that_is_not_there_is_named(daemon, origin, second_origin):
    watch_beside_a_good_feed(daemon, origin, second_origin.url("/gone"))
    assert "404" in the_complaint(daemon, second_origin.url("/gone"))


def test_an_address_in_a_private_network_is_refused_by_default(daemon, origin):
    origin.publish("/good", rss([Item("g", "All is well")]))
    daemon.settings_file.write_text(daemon.settings_file.read_text().replace("allow_networks: [127.0.0.0/8]", "allow_networks: []"))
    daemon.write_feeds(origin.url("/good"))
    daemon.start()
    daemon.wait_for_first_polls()
    assert "allow_networks" in the_complaint(daemon, origin.url("/good"))
    assert origin.answers("/good") == []


def test_an_unreadable_plugin_is_named_and_the_others_go_on(daemon, origin):
    plugins = daemon.folder / "plugins"
    shutil.copytree(BUILD / "lib/newswatch/plugins", plugins)
    (plugins / "broken.so").write_text("this is no shared object")
    daemon.write_settings(plugins=plugins)
    origin.publish("/good", rss([Item("g", "All is well")]))
    daemon.write_feeds(origin.url("/good"))
    daemon.start()
    daemon.wait_for_first_polls()
    the_complaint(daemon, str(plugins / "broken.so"))
    assert daemon.feeds()[origin.url("/good")]["health"] == "ok"


def test_a_folder_without_plugins_ends_the_daemon(daemon):
    empty = daemon.folder / "plugins"
    empty.mkdir()
    daemon.write_settings(plugins=empty)
    code, said = daemon.run_to_its_end()
    assert code == EX_UNAVAILABLE and str(empty) in said, said


def test_a_database_folder_that_cannot_be_made_ends_the_daemon(daemon):
    (daemon.folder / "file").write_text("in the way")
    daemon.write_settings(archive="file/archive")
    code, said = daemon.run_to_its_end()
    assert code in (EX_CANTCREAT, EX_IOERR) and "file/archive" in said, said
    assert len(said.strip().splitlines()) == 1, said


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_database_folder_without_permission_ends_the_daemon(daemon):
    folder = daemon.folder / "archive"
    folder.mkdir(mode=0o500)
    code, said = daemon.run_to_its_end()
    assert code in (EX_CANTCREAT, EX_IOERR) and str(folder) in said, said


def test_a_database_that_is_none_is_put_aside_and_a_new_stream_begins(daemon):
    (daemon.folder / "archive").mkdir()
    (daemon.folder / "archive/newswatch.db").write_bytes(b"this was never a database\n" * 100)
    daemon.start()
    assert "new stream" in the_complaint(daemon, "newswatch.db")
    assert len(list((daemon.folder / "archive").glob("newswatch.db.damaged-*"))) == 1


def test_an_unknown_key_ends_the_daemon_and_names_its_place(daemon):
    daemon.write_settings(more="pooling:\n  budget: 20 per second\n")
    code, said = daemon.run_to_its_end()
    assert code == EX_CONFIG, said
    assert re.search(r"newswatch\.yaml:\d+:1", said) and "pooling" in said and "polling" in said, said


def test_check_finds_the_unknown_key_too(daemon):
    daemon.write_settings(more="pooling:\n  budget: 20 per second\n")
    code, said = daemon.run_to_its_end("--check")
    assert code == EX_CONFIG and "pooling" in said, said


def test_check_of_good_settings_ends_well_and_starts_nothing(daemon):
    code, said = daemon.run_to_its_end("--check")
    assert (code, said) == (0, "")
    assert not (daemon.folder / "archive").exists()


def test_settings_that_are_not_there_end_the_daemon(daemon):
    daemon.settings_file.unlink()
    code, said = daemon.run_to_its_end()
    assert code == EX_CONFIG and str(daemon.settings_file) in said, said


def test_a_port_in_use_ends_the_daemon(daemon):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        endpoint = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        daemon.write_settings(zeromq=endpoint)
        code, said = daemon.run_to_its_end()
    assert code == EX_UNAVAILABLE and endpoint in said and "use" in said, said
    assert len(said.strip().splitlines()) == 1, said


def test_a_second_daemon_over_the_same_archive_ends(daemon):
    daemon.start()
    code, said = daemon.run_to_its_end()
    assert code in (EX_UNAVAILABLE, EX_CANTCREAT, EX_IOERR) and "archive" in said, said
    assert daemon.ask("GET", "/v1/status")[0] == 200


def test_a_wrong_feeds_file_is_named_and_the_good_feeds_are_polled(daemon, origin):
    origin.publish("/good", rss([Item("g", "All is well")]))
    daemon.write_feeds(origin.url("/good"))
    (daemon.folder / "feeds.d/wrong.yaml").write_text("feeds:\n  - htp://times.example/rss\n")
    daemon.start()
    daemon.wait_for_first_polls()
    assert re.search(r"wrong\.yaml:2:\d+", the_complaint(daemon, "wrong.yaml"))


def test_an_unknown_path_of_the_control_api_is_refused_with_words(daemon):
    daemon.start()
    status, answer = daemon.ask("GET", "/v1/nothing")
    assert status == 404 and answer["error"]["message"]


def test_a_poll_of_an_unknown_feed_is_refused_with_help(daemon):
    daemon.start()
    status, answer = daemon.ask("POST", "/v1/poll", {"urls": ["https://unknown.example/"]})
    assert status == 404 and answer["error"]["help"]
