"""SIGTERM finishes what was accepted; a crash loses nothing that was."""
from origin import Item, rss

STORMS = "id: storms\nmatch:\n  any_of:\n    - storm*\n"


def many(count):
    return [Item(f"s{n}", f"Storm number {n}", "Rain and wind. " * 40) for n in range(count)]


def stop_while_a_document_arrives(daemon, origin):
    """The daemon has asked and the answer is on its way when SIGTERM comes."""
    origin.publish("/rss", rss(many(150)))
    daemon.write_feeds(origin.url("/rss"))
    daemon.write_watchlist("storms.yaml", STORMS)
    daemon.start()
    origin.wait_for_answers("/rss", 1)
    return daemon.stop()


def test_a_stop_in_the_middle_ends_with_zero(daemon, origin):
    assert stop_while_a_document_arrives(daemon, origin) == 0


def test_a_stop_in_the_middle_loses_and_doubles_nothing(daemon, origin):
    stop_while_a_document_arrives(daemon, origin)
    daemon.start()
    daemon.poll()
    status = daemon.ask("GET", "/v1/status")[1]
    assert (status["articles"], status["alerts"], status["head"]) == (150, 150, 150)


def test_a_kill_in_the_middle_loses_and_doubles_nothing(daemon, origin):
    origin.publish("/rss", rss(many(150)))
    daemon.write_feeds(origin.url("/rss"))
    daemon.write_watchlist("storms.yaml", STORMS)
    daemon.start()
    origin.wait_for_answers("/rss", 1)
    daemon.kill()
    daemon.start()
    daemon.poll()
    status = daemon.ask("GET", "/v1/status")[1]
    assert (status["articles"], status["alerts"], status["head"]) == (150, 150, 150)


def test_systemd_hears_stopping(daemon):
    daemon.start()
    daemon.process.terminate()
    daemon.wait_for_notice("STOPPING=1")
    assert daemon.process.wait(60) == 0


def test_subscribers_hear_a_goodbye(daemon, listen):
    daemon.start()
    listener = listen(daemon.endpoint, (b"sys/",))
    assert daemon.stop() == 0
    assert listener.next_topic(b"sys/")[0] == b"sys/bye/"


def test_a_server_that_never_answers_does_not_hold_the_stop(daemon, origin):
    origin.publish("/rss", rss(many(1)))
    origin.close_gate()
    daemon.write_feeds(origin.url("/rss"))
    daemon.start()
    assert daemon.stop() == 0
