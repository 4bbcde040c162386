"""From the address of a web page to its feeds: newswatchctl feeds check, and what the daemon says of such an address."""
import datetime
import json
import subprocess

import pytest

import newswatch
from origin import PATIENCE, Item, atom, rss

ITEMS = [Item("1", "Storm closes the harbour", minutes_ago=90), Item("2", "Ferry returns", minutes_ago=30)]
JSON_FEED = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "News as JSON", "language": "en",
                        "items": [{"id": "1", "url": "https://times.example/1", "content_text": "Storm"}]}).encode()


def page(head="", body=""):
    return f"<!DOCTYPE html><html><head><title>News</title>{head}</head><body>{body}</body></html>".encode()


@pytest.fixture
def check(daemon):
    """check(URL, …) → exit code, output, complaints; with the settings of a daemon that does not run."""
    def run(*arguments):
        ended = subprocess.run([newswatch.CTL, "--config", daemon.settings_file, "feeds", "check", *arguments],
                               capture_output=True, text=True, timeout=PATIENCE, check=False)
        return ended.returncode, ended.stdout, ended.stderr
    return run


def found(check, url):
    code, out, _ = check("--json", url)
    answer = json.loads(out)
    return code, answer, [feed["url"] for feed in answer["feeds"]]


def test_the_feeds_that_a_page_announces_are_told_with_what_is_in_them(check, origin):
    origin.publish("/", page("<link rel='alternate' type='application/rss+xml' title='All news' href='/rss'>"
                             "<link rel=alternate type='application/atom+xml' href='atom'>"), "text/html")
    origin.publish("/rss", rss(ITEMS, language="de"))
    origin.publish("/atom", atom(ITEMS))
    code, answer, urls = found(check, origin.url("/"))
    assert code == 0 and answer["page"] is True
    assert urls == [origin.url("/rss"), origin.url("/atom")]
    first = answer["feeds"][0]
    assert (first["format"], first["language"], first["articles"]) == ("rss-2.0", "de", 2)
    assert first["title"] == "The Test Times" and first["announced"] is True
    age = datetime.datetime.now(datetime.timezone.utc) - datetime.datetime.fromisoformat(first["newest"].replace("Z", "+00:00"))
    assert datetime.timedelta(minutes=29) < age < datetime.timedelta(minutes=40)


def test_for_people_it_is_a_table(check, origin):
    origin.publish("/", page("<link rel='alternate' type='application/rss+xml' href='/rss'>"), "text/html")
    origin.publish("/rss", rss(ITEMS))
    code, out, err = check(origin.url("/"))
    assert code == 0 and err == ""
    assert "is a web page; 1 feed found" in out
    assert "rss-2.0" in out and "2 articles" in out and "the newest 30 min ago" in out and origin.url("/rss") in out


def test_a_feed_is_that_feed_even_where_it_is_served_as_a_web_page(check, origin):
    origin.publish("/news", rss(ITEMS), "text/html; charset=utf-8")
    code, answer, urls = found(check, origin.url("/news"))
    assert (code, answer["page"], urls) == (0, False, [origin.url("/news")])


def test_relative_addresses_count_from_the_base_of_the_page(check, origin):
    origin.publish("/a/", page("<base href='/b/'><link rel='alternate' type='text/xml' href='rss'>"), "text/html")
    origin.publish("/b/rss", rss(ITEMS))
    assert found(check, origin.url("/a/"))[2] == [origin.url("/b/rss")]


def test_the_feed_scheme_is_understood(check, origin):
    origin.publish("/", page(body=f"<a href='{origin.url('/rss').replace('http:', 'feed:')}'>Subscribe</a>"), "text/html")
    origin.publish("/rss", rss(ITEMS))
    assert found(check, origin.url("/"))[2] == [origin.url("/rss")]


def test_links_that_look_like_feeds_are_read_to_be_sure(check, origin):
    origin.publish("/", page(body="<a href='/world/feed/'>World</a> <a href='/about'>About</a> <a href='/rss'>RSS help</a>"),
                   "text/html")
    origin.publish("/world/feed/", rss(ITEMS))
    origin.publish("/rss", page(body="RSS means…"), "text/html")
    code, answer, urls = found(check, origin.url("/"))
    assert code == 0 and urls == [origin.url("/world/feed/")]
    assert answer["feeds"][0]["announced"] is False
    assert answer["others"] == [{"url": origin.url("/rss"), "reason": "it is a web page"}]
    assert origin.answers("/about") == []


def test_one_document_at_two_addresses_counts_once(check, origin):
    origin.publish("/", page("<link rel='alternate' type='application/rss+xml' href='/rss'>"
                             "<link rel='alternate' type='application/rss+xml' href='/feed'>"), "text/html")
    document = rss(ITEMS)
    origin.publish("/rss", document)
    origin.publish("/feed", document)
    assert len(found(check, origin.url("/"))[2]) == 1


def test_a_page_without_feeds_ends_with_1_and_says_so(check, origin):
    origin.publish("/", page(body="<a href='/about'>About</a>"), "text/html")
    code, out, err = check(origin.url("/"))
    assert code == 1 and "neither announces a feed nor links to one" in err
    origin.wait_for_answers("/", 1)
    assert origin.answers("/") == [200]


def test_an_address_that_cannot_be_asked_ends_with_1_and_one_line(check, origin):
    code, _, err = check(origin.url("/missing"))
    assert code == 1 and "404" in err and err.count("\n") == 1


def test_a_private_address_is_not_asked(daemon, check, origin):
    daemon.settings_file.write_text("instance: test\n", encoding="utf-8")
    code, _, err = check(origin.url("/"))
    assert code == 1 and "allow_networks" in err
    assert origin.answers("/") == []


@pytest.mark.parametrize("arguments", [(), ("mailto:editor@times.example",), ("",)])
def test_what_is_no_address_is_a_wrong_usage(check, arguments):
    assert check(*arguments)[0] == 2


def test_the_number_of_requests_is_bounded(check, origin):
    links = "".join(f"<a href='/{n}/feed'>{n}</a>" for n in range(60))
    origin.publish("/", page(body=links), "text/html")
    assert check(origin.url("/"))[0] == 1
    origin.wait_for_answers("/9/feed", 1)
    assert sum(len(origin.answers(f"/{n}/feed")) for n in range(60)) == 10


def test_the_daemon_names_the_feeds_that_a_page_announces(daemon, origin):
    origin.publish("/", page("<link rel='alternate' type='application/rss+xml' href='/rss'>"
                             "<link rel='alternate' type='application/feed+json' href='/feed.json'>"), "text/html")
    daemon.write_feeds(origin.url("/"))
    daemon.start()
    daemon.wait_for_first_polls()
    error = daemon.feeds()[origin.url("/")]["error"]
    assert "web page" in error and origin.url("/rss") in error and origin.url("/feed.json") in error
    assert origin.answers("/rss") == []  # it tells, and asks nobody it was not told to ask
