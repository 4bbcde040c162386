"""What is new, what is an edit and what is neither: DESIGN.md §4 through the real daemon."""
import email.utils
import json

import pytest

from origin import Item, rss

STORMS = "id: storms\nname: Storms\nmatch:\n  any_of: [storm*]\n"
STORMS_WITH_UPDATES = STORMS + "alert:\n  updates: yes\n"
STORM = Item("s1", "Storm closes the harbour", "All ships stay in port.")
RAIN = Item("r1", "Rain in the hills", "Take a coat.")


def feed(*entries):
    """An RSS document from entries as a publisher may write them: id, title, link, text."""
    now = email.utils.formatdate(usegmt=True)
    items = "".join(f"<item>{f'<guid isPermaLink=$false$>{guid}</guid>'.replace('$', chr(39)) if guid else ''}<title>{title}</title>"
                    f"<link>{link}</link><description>{text}</description><pubDate>{now}</pubDate></item>"
                    for guid, title, link, text in entries)
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>Times</title>{items}</channel></rss>".encode()


class Watch:
    """One daemon, one watchlist, one listener; `hear` polls and gives what was alerted since."""

    def __init__(self, daemon, listen):
        self.daemon, self._listen = daemon, listen
        self.listener = None

    def start(self, *urls, watchlist=STORMS, settings=None):
        if settings:
            self.daemon.write_settings(more=settings)
        self.daemon.write_feeds(*urls)
        self.daemon.write_watchlist("storms.yaml", watchlist)
        self.daemon.start()
        self.listener = self._listen(self.daemon.endpoint)
        self.daemon.wait_for_first_polls()
        self.listener.alerts_until(self.daemon.head())
        return self

    def restart(self):
        assert self.daemon.stop() == 0
        self.daemon.start()
        self.listener = self._listen(self.daemon.endpoint)

    def hear(self):
        self.daemon.poll()
        return self.listener.alerts_until(self.daemon.head())

    def articles(self):
        return self.daemon.ask("GET", "/v1/status")[1]["articles"]


@pytest.fixture
def watch(daemon, listen):
    return Watch(daemon, listen)


def titles(alerts):
    return [alert.title for alert in alerts]


def test_two_entries_with_one_url_and_two_ids_are_two_articles(watch, origin):
    origin.publish("/rss", feed(("0", "Rain", "https://times.example/0", "")))
    watch.start(origin.url("/rss"))
    origin.publish("/rss", feed(("1", "Storm in the north", "https://times.example/live", "Trees fall."),
                                ("2", "Storm in the south", "https://times.example/live", "Roofs fly.")))
    assert sorted(titles(watch.hear())) == ["Storm in the north", "Storm in the south"]


def test_an_article_of_another_feed_with_the_same_address_and_text_is_no_second_alert(watch, origin, second_origin):
    entry = ("1", "Storm closes the harbour", "https://times.example/1", "All ships stay in port.")
    origin.publish("/rss", feed(("0", "Rain", "https://times.example/0", "")))
    second_origin.publish("/rss", feed(("9", "Snow", "https://times.example/9", "")))
    watch.start(origin.url("/rss"), second_origin.url("/rss"))
    origin.publish("/rss", feed(entry))
    assert titles(watch.hear()) == ["Storm closes the harbour"]
    second_origin.publish("/rss", feed(("x", entry[1], "http://www.times.example/1?utm_source=rss", entry[3])))
    assert watch.hear() == []
    assert watch.articles() == 3


def test_an_edit_that_both_feeds_make_is_no_alert_either(watch, origin, second_origin):
    entry = ("1", "Storm closes the harbour", "https://times.example/1", "All ships stay in port.")
    edited = (entry[0], "Storm closes the whole harbour", *entry[2:])
    origin.publish("/rss", feed(("0", "Rain", "https://times.example/0", "")))
    second_origin.publish("/rss", feed(("9", "Snow", "https://times.example/9", "")))
    watch.start(origin.url("/rss"), second_origin.url("/rss"))
    origin.publish("/rss", feed(entry))
    watch.hear()
    second_origin.publish("/rss", feed(entry))
    watch.hear()
    second_origin.publish("/rss", feed(edited))  # first in the feed that was second
    assert watch.hear() == []
    origin.publish("/rss", feed(edited))
    assert watch.hear() == []


def test_new_ids_over_old_articles_are_not_new_nor_is_a_later_edit(watch, origin):
    origin.publish("/rss", rss([STORM, RAIN]))
    watch.start(origin.url("/rss"))
    origin.publish("/rss", rss([STORM, RAIN]).replace(b"'>s1<", b"'>rewritten-1<").replace(b"'>r1<", b"'>rewritten-2<"))
    assert watch.hear() == []
    assert watch.articles() == 2
    origin.publish("/rss", rss([STORM, RAIN]).replace(b"'>s1<", b"'>rewritten-1<").replace(b"'>r1<", b"'>rewritten-2<")
                   .replace(b"closes the harbour", b"closes the harbour again"))
    assert watch.hear() == []
    assert watch.articles() == 3


def test_https_tracking_and_order_make_nothing_new(watch, origin):
    entries = [("", "Storm closes the harbour", "http://times.example/a?id=7", "Ships wait."),
               ("", "Rain", "http://times.example/b", "Take a coat.")]
    origin.publish("/rss", feed(*entries))
    watch.start(origin.url("/rss"))
    moved = [("", title, link.replace("http:", "https:") + ("&amp;" if "?" in link else "?") + "utm_source=rss&amp;fbclid=x", text)
             for _, title, link, text in reversed(entries)]
    origin.publish("/rss", feed(*moved))
    assert watch.hear() == []
    assert watch.articles() == 2


def test_an_edited_title_alerts_where_it_newly_matches(watch, origin):
    origin.publish("/rss", rss([RAIN]))
    watch.start(origin.url("/rss"))
    origin.publish("/rss", rss([Item("r1", "Rain becomes a storm", "Take a coat.")]))
    alerts = watch.hear()
    assert titles(alerts) == ["Rain becomes a storm"]
    assert alerts[0].event["type"] == "org.newswatch.alert.v1"
    origin.publish("/rss", rss([Item("r1", "Rain becomes a great storm", "Take a coat.")]))
    assert watch.hear() == []


def test_updates_are_alerted_where_the_watchlist_asks_for_them(watch, origin):
    origin.publish("/rss", rss([RAIN]))
    watch.start(origin.url("/rss"), watchlist=STORMS_WITH_UPDATES)
    origin.publish("/rss", rss([STORM, RAIN]))
    first = watch.hear()
    origin.publish("/rss", rss([Item("s1", "Storm closes two harbours", "All ships stay in port."), RAIN]))
    second = watch.hear()
    assert [alert.event["type"] for alert in second] == ["org.newswatch.alert.updated.v1"]
    assert second[0].event["relatedid"] == first[0].event["id"]
    assert second[0].event["id"] != first[0].event["id"]
    watch.restart()
    assert watch.hear() == []


def test_an_old_article_of_the_first_poll_does_not_alert_because_it_was_edited(watch, origin):
    old = Item("s1", "Storm closes the harbour", "All ships stay in port.", minutes_ago=3 * 24 * 60)
    origin.publish("/rss", rss([old]))
    watch.start(origin.url("/rss"))
    origin.publish("/rss", rss([Item("s1", "Storm closes the harbour (corrected)", old.text, old.minutes_ago)]))
    assert watch.hear() == []
    assert watch.articles() == 2


def test_the_window_of_the_first_poll_is_a_setting(watch, origin):
    origin.publish("/rss", rss([Item("s1", "Storm of the day before", minutes_ago=36 * 60),
                                Item("s2", "Storm of last week", minutes_ago=7 * 24 * 60)]))
    watch.start(origin.url("/rss"), settings="alerts:\n  first_poll_window: 48 h\n")
    assert watch.daemon.head() == 1
    assert watch.articles() == 2


def test_a_watchlist_never_alerts_on_what_was_archived_before_it_was_written(watch, origin):
    origin.publish("/rss", rss([STORM, RAIN]))
    watch.start(origin.url("/rss"), watchlist="id: snow\nname: Snow\nmatch:\n  any_of: [snow]\n")
    watch.daemon.write_watchlist("storms.yaml", STORMS)
    watch.daemon.reload()
    # Another document: the old article edited, and a new one.
    origin.publish("/rss", rss([Item("s2", "Storm at sea"), Item("s1", "Storm closes the harbour for good", STORM.text), RAIN]))
    assert titles(watch.hear()) == ["Storm at sea"]


def test_hundreds_at_once_are_one_digest_that_lists_them(watch, origin):
    origin.publish("/rss", rss([RAIN]))
    watch.start(origin.url("/rss"), settings="alerts:\n  burst: 5\n")
    origin.publish("/rss", rss([Item(f"s{n}", f"Storm number {n}") for n in range(300)]))
    watch.daemon.poll()
    assert watch.daemon.head() == 1
    frames = watch.listener.next_topic(b"alert/")
    assert frames[0] == b"alert/storms/normal/"
    event = json.loads(frames[2])
    assert event["type"] == "org.newswatch.alert.digest.v1"
    assert event["data"]["count"] == len(event["data"]["alerts"]) == 300
    assert "Storm number 299" in event["data"]["titles"]
    assert watch.articles() == 301
    assert watch.daemon.complaints("alerts.burst")
    watch.daemon.poll()
    assert watch.daemon.head() == 1


def test_a_feed_that_moved_keeps_its_articles(watch, origin):
    origin.publish("/rss", rss([STORM]))
    watch.start(origin.url("/rss"))
    origin.publish("/new", rss([STORM, RAIN]))
    origin.redirect("/rss", origin.url("/new"))
    assert watch.hear() == []
    assert watch.articles() == 2
    origin.publish("/new", rss([Item("s1", "Storm closes the harbour again", STORM.text), RAIN]))
    assert watch.hear() == []


def test_an_address_that_is_written_anew_in_the_file_brings_nothing_again(watch, origin):
    origin.publish("/rss", rss([RAIN]))
    watch.start(origin.url("/rss"))
    origin.publish("/rss", rss([STORM, RAIN]))
    assert titles(watch.hear()) == [STORM.title]
    origin.publish("/new", rss([STORM, RAIN]))
    watch.daemon.write_feeds(origin.url("/new"))
    watch.daemon.reload()
    watch.daemon.wait_for_first_polls()
    assert list(watch.daemon.feeds()) == [origin.url("/new")]
    assert watch.hear() == [] and watch.articles() == 2
