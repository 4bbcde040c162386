"""`full_text:` through the real daemon: the headline alerts at once, the page behind the link is asked as well, and no
article alerts twice."""
import html

import pytest

from origin import Item, rss

TALKS = "id: talks\nname: Talks\nmatch:\n  all_of:\n    - Syria\n    - Libya\n"
HARBOUR = "id: harbour\nname: Harbour\nmatch:\n  any_of: [harbour]\n"
PARAGRAPH = ("The envoys of both governments met for three hours on Monday and agreed to meet again before the end of the month, "
             "officials who took part in the conversation said after it had ended. ")


def page(title, text, head=""):
    """A page as a newspaper has it: navigation, the article, a footer."""
    body = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in text)
    return (f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>{html.escape(title)} - The Times</title>{head}"
            "</head><body><header><nav><ul><li><a href='/'>Home</a></li><li><a href='/world'>World</a></li></ul></nav></header>"
            f"<main><article><h1>{html.escape(title)}</h1>{body}</article></main>"
            "<footer><a href='/about'>About us</a> <a href='/contact'>Contact</a></footer></body></html>").encode()


def feed_of(origin, *items):
    return rss(items).replace(b"https://times.example/", origin.url("/").encode())


class Newsroom:
    """One feed with `full_text`, two watchlists, one listener."""

    def __init__(self, daemon, listen, origin):
        self.daemon, self.origin, self._listen = daemon, origin, listen
        self.listener = None

    def start(self, full_text="auto"):
        self.origin.publish("/rss", feed_of(self.origin, Item("old", "Rain in the hills", minutes_ago=60 * 24 * 30)))
        (self.daemon.folder / "feeds.d/feeds.yaml").write_text(
            f"feeds:\n  - url: {self.origin.url('/rss')}\n    full_text: {full_text}\n", encoding="utf-8")
        self.daemon.write_watchlist("talks.yaml", TALKS)
        self.daemon.write_watchlist("harbour.yaml", HARBOUR)
        self.daemon.start()
        self.listener = self._listen(self.daemon.endpoint)
        self.daemon.wait_for_first_polls()
        return self

    def publish(self, *items):
        self.origin.publish("/rss", feed_of(self.origin, *items))
        self.daemon.poll()

    def page_is_settled(self):
        """Every wish for a page is settled and journalled."""
        self.daemon.wait_until(lambda: self.daemon.ask("GET", "/v1/status")[1]["queues"]["pages"] == 0)

    def heard(self):
        return [(alert.event["data"]["watchlist"]["id"], alert.title) for alert in self.listener.alerts_until(self.daemon.head())]


@pytest.fixture
def newsroom(daemon, listen, origin):
    return Newsroom(daemon, listen, origin)


def test_a_teaser_alerts_when_its_page_meets_a_watchlist(newsroom, origin):
    newsroom.start()
    origin.publish("/a1", page("Envoys meet", [PARAGRAPH * 3, "Syria and Libya will open embassies again. " + PARAGRAPH * 2]), "text/html")
    newsroom.publish(Item("a1", "Envoys meet", "They met on Monday."))
    newsroom.page_is_settled()
    assert newsroom.heard() == [("talks", "Envoys meet")]


def test_the_match_is_shown_in_the_text_of_the_page(newsroom, origin):
    newsroom.start()
    origin.publish("/a1", page("Envoys meet", [PARAGRAPH * 3, "Syria and Libya will open embassies again. " + PARAGRAPH * 2]), "text/html")
    newsroom.publish(Item("a1", "Envoys meet", "They met on Monday."))
    newsroom.page_is_settled()
    alert, = newsroom.listener.alerts_until(newsroom.daemon.head())
    assert {span["field"] for span in alert.event["data"]["matches"]} == {"content"}


def test_a_headline_that_meets_a_watchlist_alerts_before_its_page_is_there_and_only_once(newsroom, origin):
    newsroom.start()
    origin.publish("/a1", page("Storm closes the harbour", ["The harbour is closed. " + PARAGRAPH * 4,
                                                            "Ships from Syria and Libya wait outside. " + PARAGRAPH]), "text/html")
    newsroom.publish(Item("a1", "Storm closes the harbour", "All ships stay in port."))
    newsroom.page_is_settled()
    assert newsroom.heard() == [("harbour", "Storm closes the harbour"), ("talks", "Storm closes the harbour")]


def test_each_page_is_asked_once(newsroom, origin):
    newsroom.start()
    origin.publish("/a1", page("Envoys meet", [PARAGRAPH * 5]), "text/html")
    newsroom.publish(Item("a1", "Envoys meet", "They met on Monday."))
    newsroom.page_is_settled()
    newsroom.publish(Item("a1", "Envoys meet again", "They met on Tuesday."))
    newsroom.page_is_settled()
    assert origin.answers("/a1") == [200]


def test_a_whole_article_needs_no_page(newsroom, origin):
    newsroom.start("auto")
    newsroom.publish(Item("a1", "Envoys meet", PARAGRAPH * 6))
    newsroom.page_is_settled()
    assert origin.answers("/a1") == []


def test_always_asks_for_the_page_of_a_whole_article_too(newsroom, origin):
    newsroom.start("always")
    newsroom.publish(Item("a1", "Envoys meet", PARAGRAPH * 6))
    newsroom.page_is_settled()
    assert origin.answers("/a1") == [404]


def test_never_asks_for_no_page(newsroom, origin):
    newsroom.start("never")
    newsroom.publish(Item("a1", "Envoys meet", "They met on Monday."))
    newsroom.page_is_settled()
    assert origin.answers("/a1") == []


def test_a_page_that_robots_txt_forbids_is_not_asked(newsroom, origin):
    origin.publish("/robots.txt", b"User-agent: *\nDisallow: /a1\n", "text/plain")
    origin.publish("/a1", page("Envoys meet", ["Syria and Libya. " + PARAGRAPH * 5]), "text/html")
    newsroom.start()
    newsroom.publish(Item("a1", "Envoys meet", "They met on Monday."))
    newsroom.page_is_settled()
    assert origin.answers("/a1") == []
    assert newsroom.heard() == []


def test_the_front_page_in_place_of_an_article_brings_no_alert(newsroom, origin):
    newsroom.start()
    origin.publish("/home", page("News of the day", ["Syria and Libya are in the news, and the weather is fine. " * 12]), "text/html")
    origin.redirect("/a1", origin.url("/home"), 302)
    newsroom.publish(Item("a1", "Museum shows old maps", "An exhibition."))
    newsroom.page_is_settled()
    assert newsroom.heard() == []


def test_a_page_that_was_wished_for_before_a_crash_is_read_after_it(newsroom, origin, daemon):
    newsroom.start()
    origin.publish("/a1", page("Envoys meet", ["Syria and Libya. " + PARAGRAPH * 5]), "text/html")
    origin.hold("/robots.txt")
    newsroom.publish(Item("a1", "Envoys meet", "They met on Monday."))
    origin.wait_for_request("/robots.txt")
    daemon.kill()
    origin.release("/robots.txt")
    daemon.start()
    newsroom.listener = newsroom._listen(daemon.endpoint)
    newsroom.page_is_settled()
    assert daemon.head() == 1
