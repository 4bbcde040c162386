"""The subscribers of docs/clients and `newswatchctl tail` against the real daemon: what their readers will copy."""
import json
import os
import shutil
import subprocess
import threading

import pytest

from newswatch import BUILD, CTL, SOURCE
from origin import PATIENCE, Item, rss

CLIENTS = SOURCE / "docs/clients"
STORMS = "id: storms\nmatch:\n  any_of:\n    - storm*\nalert:\n  priority: high\n"


def heard_by(command, daemon, origin, environment=None):
    """The lines that `command` prints. A new storm appears at each poll until the client has heard as many as it wants:
    so it does not matter at which of them it is there."""
    origin.publish("/rss", rss([]))
    daemon.write_feeds(origin.url("/rss"))
    daemon.write_watchlist("storms.yaml", STORMS)
    daemon.start()
    daemon.wait_for_first_polls()
    client = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    end = threading.Timer(PATIENCE, client.kill)
    end.start()
    storms = []
    while client.poll() is None:
        storms.insert(0, Item(f"s{len(storms)}", f"Storm number {len(storms)}"))
        origin.publish("/rss", rss(storms))
        daemon.poll()
    end.cancel()
    printed, complained = client.communicate()
    assert client.returncode == 0, complained
    return printed.splitlines()


def check_lines(lines):
    """Two lines of time, priority, watchlist, language and title, with tabs between them; one storm after the other."""
    facts = [line.split("\t") for line in lines]
    assert [(priority, watchlist, language) for _, priority, watchlist, language, _ in facts] == [("high", "storms", "en")] * 2
    first, second = (int(title.removeprefix("Storm number ")) for *_, title in facts)
    assert second == first + 1


def test_the_python_subscriber(daemon, origin):
    check_lines(heard_by(["/usr/bin/python3", CLIENTS / "subscriber.py", daemon.endpoint, "--count", "2"], daemon, origin))


def test_the_cpp_subscriber(daemon, origin):
    program = BUILD / "bin/example_subscriber"
    if not program.exists():
        pytest.skip(f"{program} was not built: configure with NEWSWATCH_TESTS=ON")
    check_lines(heard_by([program, daemon.endpoint, "--count", "2"], daemon, origin))


@pytest.fixture(scope="session")
def node_modules(tmp_path_factory):
    """An environment in which node finds its package zeromq, in a folder of this run."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("node and npm are not here")
    folder = tmp_path_factory.mktemp("node")
    fetched = subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--fetch-retries=0", "--fetch-timeout=10000",
                              "--prefix", folder, "zeromq"], capture_output=True, timeout=60, check=False)
    modules = {**os.environ, "NODE_PATH": str(folder / "node_modules")}
    loads = ["node", "-e", "require('zeromq').Subscriber"]
    if fetched.returncode or subprocess.run(loads, capture_output=True, env=modules, check=False).returncode:
        pytest.skip("node's package zeromq cannot be had here (npm install zeromq)")
    return modules


def test_the_node_subscriber(daemon, origin, node_modules):
    client = ["node", CLIENTS / "subscriber.js", daemon.endpoint, "--count", "2"]
    check_lines(heard_by(client, daemon, origin, environment=node_modules))
