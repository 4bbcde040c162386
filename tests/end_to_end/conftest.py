import os
import shutil
import tempfile

import pytest

import newswatch
from origin import Origin


# For programs of a ThreadSanitizer build; the others do not read it.
os.environ.setdefault("TSAN_OPTIONS", f"suppressions={newswatch.SOURCE / 'tests/tsan.supp'}")


def pytest_collection_modifyitems(config, items):
    if not newswatch.DAEMON.exists():
        raise pytest.UsageError(f"{newswatch.DAEMON} is not there: build first, or name the build with NEWSWATCH_BUILD")


@pytest.fixture
def origin():
    site = Origin()
    yield site
    site.stop()


@pytest.fixture
def second_origin():
    site = Origin()
    yield site
    site.stop()


@pytest.fixture
def daemon(tmp_path):
    """A daemon that is not started yet. It must end cleanly, whatever the test did."""
    run = tempfile.mkdtemp(prefix="newswatch-", dir="/tmp")  # a socket's path has at most 107 bytes
    process = newswatch.Daemon(tmp_path, run)
    yield process
    try:
        if process.runs():
            assert process.stop() == 0, process.log()
        else:
            assert not newswatch.SANITIZER_REPORT.search(process.log()), process.log()
    finally:
        if process.runs():
            process.kill()
        shutil.rmtree(run)


@pytest.fixture
def dealer():
    """dealer(endpoint) → a Dealer that is closed after the test."""
    dealers = []

    def connect(endpoint):
        dealers.append(newswatch.Dealer(endpoint))
        return dealers[-1]

    yield connect
    for one in dealers:
        one.close()


@pytest.fixture
def listen():
    """listen(endpoint, …) → a Listener that is closed after the test."""
    listeners = []

    def connect(*arguments):
        listeners.append(newswatch.Listener(*arguments))
        return listeners[-1]

    yield connect
    for listener in listeners:
        listener.close()
