#!/usr/bin/python3
"""Prints newswatch alerts as they come: time, priority, watchlist, language, title.

    /usr/bin/python3 subscriber.py ENDPOINT [PREFIX] [--count N]

Needs pyzmq (apt install python3-zmq). Gaps are told on stderr.
"""
import argparse
import json
import struct
import sys
import unicodedata

import zmq

STEERING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # turn the direction of what follows


def complain(text):
    print(text, file=sys.stderr, flush=True)


def plain(text):
    """A title comes from strangers: it may not steer the terminal."""
    return "".join(" " if unicodedata.category(c) == "Cc" or c in STEERING else c for c in text or "")


def show(event):
    data = event["data"]
    priority = event["subject"].rsplit("/", 1)[1]
    article = data.get("article") or {"language": None, "title": f"{data.get('count')} alerts in one digest"}
    print(event["time"], priority, data["watchlist"]["id"], article["language"] or "-", plain(article["title"]),
          sep="\t", flush=True)


def main():
    arguments = argparse.ArgumentParser(description="Prints newswatch alerts as they come.")
    arguments.add_argument("endpoint", help="tcp://127.0.0.1:5556 or ipc:///run/newswatch/alerts.sock")
    arguments.add_argument("prefix", nargs="?", default="alert/", help="alert/, alert/WATCHLIST/ …")
    arguments.add_argument("--count", type=int, default=0, help="end after so many alerts")
    given = arguments.parse_args()
    if given.prefix and not given.prefix.endswith("/"):
        arguments.error("a prefix ends with a slash, or alert/wl-1 would meet alert/wl-10/ too")

    socket = zmq.Context.instance().socket(zmq.SUB)
    socket.set(zmq.SNDHWM, 0)  # subscriptions are messages: by default those beyond 1000 are dropped
    socket.subscribe(given.prefix)
    socket.subscribe("hb/")  # last: its first heartbeat proves the subscription above
    socket.connect(given.endpoint)
    everything = given.prefix in ("", "alert/")
    stream, reached, last, shown = None, 0, {}, 0  # reached: all numbers up to it came, or are not ours
    while True:
        if not socket.poll(5000):
            complain(f"no heartbeat for 5 s from {given.endpoint}: is newswatchd running?")
            continue
        topic, numbers, payload = socket.recv_multipart()
        topic = topic.decode()
        first, second = struct.unpack(">QQ", numbers)
        if topic.startswith("alert/"):  # first: its number, second: the number before with this topic
            if stream and second > max(reached, last.get(topic, 0)):
                complain(f"gap: alert {second} of {topic} was missed")
            last[topic] = first
            reached = first if everything else reached
            show(json.loads(payload))
            shown += 1
            if shown == given.count:
                return
        elif topic == "hb/":  # first: the last number sent, second: the first that is still kept
            said = json.loads(payload)["stream"]
            if stream not in (None, said):
                complain(f"a new stream began: {said}; alerts of the old one may have been missed")
                last.clear()
            elif stream and everything and first > reached:
                complain(f"gap: alerts {reached + 1} to {first} were missed")
            if stream != said or everything:
                stream, reached = said, first


if __name__ == "__main__":
    main()
