"""A parser plug-in of somebody else: built outside the source tree against what is installed, dropped in and used."""
import datetime
import json
import shutil
import subprocess

import pytest

from newswatch import BUILD, SOURCE
from origin import PATIENCE

EXAMPLE = SOURCE / "docs/examples/headlines"


def run(*command, check=True):
    ended = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=10 * PATIENCE, check=False)
    assert not check or ended.returncode == 0, ended.stdout + ended.stderr
    return ended


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A prefix with newswatchctl, its plug-ins and, built against the installed header, the example's."""
    prefix = tmp_path_factory.mktemp("prefix")
    run("cmake", "--install", BUILD, "--prefix", prefix, "--component", "parser_plugin_development")
    (prefix / "bin").mkdir()
    shutil.copy2(BUILD / "bin/newswatchctl", prefix / "bin")
    shutil.copytree(BUILD / "lib/newswatch/plugins", prefix / "lib/newswatch/plugins")
    build = tmp_path_factory.mktemp("build")
    run("cmake", "-S", EXAMPLE, "-B", build, f"-DCMAKE_PREFIX_PATH={prefix}")
    run("cmake", "--build", build)
    run("cmake", "--install", build)
    return prefix


def parse(prefix, document, *options, check=True):
    ended = run(prefix / "bin/newswatchctl", "parse", *options, document, check=check)
    return json.loads(ended.stdout) if ended.returncode == 0 else ended


def test_the_package_puts_the_plug_in_where_newswatch_looks(installed):
    assert (installed / "lib/newswatch/plugins/headlines.so").exists()


def test_its_format_is_known_by_its_content(installed):
    read = parse(installed, EXAMPLE / "sample.txt")
    assert read["format"] == "headlines" and not read["recovered"]
    assert read["feed"]["title"] == "Harbour office"
    assert [article["title"] for article in read["articles"]] == ["The ferry sails again", "Storm warning for the coast"]
    assert read["articles"][0]["published"] == "2026-01-27T06:30:00Z"
    assert read["articles"][0]["url"] == "https://harbour.example/ferry"


def test_settings_reach_it(installed, tmp_path):
    document = tmp_path / "bars.txt"
    document.write_text("#headlines Bars\n2026-01-27|https://a.example/1|One; two\n", encoding="utf-8")
    read = parse(installed, document, "--settings", '{"separator": "|"}')
    assert read["articles"][0]["title"] == "One; two"


def test_an_unknown_setting_is_named(installed):
    ended = parse(installed, EXAMPLE / "sample.txt", "--settings", '{"seperator": "|"}', check=False)
    assert ended.returncode == 1
    assert "unknown setting `seperator`: headlines knows `separator`" in ended.stderr


def test_an_unknown_reader_is_answered_with_those_there_are(installed):
    ended = parse(installed, EXAMPLE / "sample.txt", "--reader", "headline", check=False)
    assert ended.returncode == 1
    assert '"headline"' in ended.stderr and "atom, headlines, json_feed, rss, sitemap" in ended.stderr


def test_a_named_reader_goes_before_the_content(installed):
    ended = parse(installed, EXAMPLE / "sample.txt", "--reader", "rss", check=False)
    assert ended.returncode == 1 and 'the plug-in "rss" finds no feed' in ended.stderr


def test_a_feed_of_the_daemon_names_its_reader_and_its_settings(installed, daemon, origin, listen):
    now = datetime.datetime.now(datetime.timezone.utc).isoformat()
    bars = f"#headlines Bars\n{now}|https://a.example/1|Storm at noon; ships wait\n".encode()
    for path in ("/bars.txt", "/mistyped.txt", "/unknown.txt"):
        origin.publish(path, bars, "text/plain")
    feeds = {"/bars.txt": "    reader: headlines\n    settings: {separator: '|'}\n", "/mistyped.txt": "    reader: headline\n",
             "/unknown.txt": "    reader: headlines\n    settings: {seperator: '|'}\n"}
    (daemon.folder / "feeds.d/feeds.yaml").write_text(
        "feeds:\n" + "".join(f"  - url: {origin.url(path)}\n{more}" for path, more in feeds.items()), encoding="utf-8")
    daemon.write_watchlist("storms.yaml", "id: storms\nname: Storms\nmatch:\n  any_of: [storm]\n")
    daemon.write_settings(plugins=installed / "lib/newswatch/plugins")
    origin.close_gate()
    daemon.start()
    listener = listen(daemon.endpoint)
    origin.open_gate()
    daemon.wait_for_first_polls()
    assert [alert.title for alert in listener.alerts_until(daemon.head())] == ["Storm at noon; ships wait"]
    polled = {path: daemon.feeds()[origin.url(path)] for path in feeds}
    assert polled["/bars.txt"]["health"] == "ok" and polled["/bars.txt"]["title"] == "Bars"
    assert 'did you mean "headlines"?' in polled["/mistyped.txt"]["error"]
    assert "unknown setting `seperator`" in polled["/unknown.txt"]["error"]
