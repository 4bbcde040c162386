"""Syria–Libya diplomacy with the shipped watchlist, on Arabic articles that appear at the second poll."""
import shutil

import pytest

from newswatch import SOURCE
from origin import Item, rss

WRITTEN_FOR_THIS_TEST = Item(
    "new", "دمشق وطرابلس تتفقان على استئناف العمل القنصلي",
    "أعلن السفير السوري المعين حديثاً أن بعثة بلاده ستستأنف إصدار التأشيرات لليبيين مطلع الشهر المقبل. "
    "وأضاف في تصريح من طرابلس أن وزيري الخارجية في سوريا وليبيا سيلتقيان قبل ذلك لتوقيع مذكرة تفاهم.")


def shared_article():
    """The article that the project was started for: title, a blank line or two, text. It is not ours to ship."""
    files = sorted((SOURCE.parent / "shared/seed").glob("*.txt"))
    if not files:
        pytest.skip("../shared/seed is not here; the article written for this test stands in")
    title, *text = files[0].read_text(encoding="utf-8").splitlines()
    return Item("seed", title, "\n".join(f"<p>{line}</p>" for line in text if line.strip() and line != title), minutes_ago=5)


def alert_at_the_second_poll(daemon, origin, listen, article):
    shutil.copy(SOURCE / "config/watchlists.d/syria-libya-diplomacy.yaml", daemon.folder / "watchlists.d")
    other = Item("other", "افتتاح معرض للكتاب", "يستمر المعرض عشرة أيام.")
    origin.publish("/ar", rss([other], "ar"))
    daemon.write_feeds(origin.url("/ar"))
    daemon.start()
    daemon.wait_for_first_polls()
    listener = listen(daemon.endpoint)
    origin.publish("/ar", rss([article, other], "ar"))
    daemon.poll()
    alerts = listener.alerts_until(daemon.head())
    assert [(alert.topic, alert.title) for alert in alerts] == [("alert/syria-libya-diplomacy/high/", article.title)]
    return alerts[0].event["data"]


def check_explanation(data, syria, libya, diplomacy):
    """The explanation names an Arabic word found for each of the three."""
    words = data["explanation"]
    for meaning, found in (("Syria", syria), ("Libya", libya), ("diplomacy", diplomacy)):
        assert any(word in words for word in found), f"no word for {meaning} in: {words}"


def test_a_newly_written_arabic_article_is_found_and_explained(daemon, origin, listen):
    data = alert_at_the_second_poll(daemon, origin, listen, WRITTEN_FOR_THIS_TEST)
    check_explanation(data, ["دمشق", "السوري", "سوريا"], ["طرابلس", "لليبيين", "ليبيا"],
                      ["السفير", "القنصلي", "بعثة", "الخارجية"])


def test_the_article_that_started_the_project_is_found_and_explained(daemon, origin, listen):
    data = alert_at_the_second_poll(daemon, origin, listen, shared_article())
    check_explanation(data, ["سوريا"], ["ليبيا"], ["وزير الخارجية", "مباحثات", "محادثات", "العلاقات الثنائية"])


def test_every_span_is_the_slice_of_its_field(daemon, origin, listen):
    data = alert_at_the_second_poll(daemon, origin, listen, WRITTEN_FOR_THIS_TEST)
    for match in data["matches"]:
        assert data["article"][match["field"]][match["start"]:match["end"]] == match["text"]
