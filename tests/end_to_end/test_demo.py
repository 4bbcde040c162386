"""What a newcomer sees: the demo on the bundled feeds, and the shipped configuration by itself."""
import json
import subprocess

import pytest

from newswatch import CTL, DAEMON, SOURCE
from origin import PATIENCE


def ctl(folder, *arguments):
    return subprocess.run([CTL, *arguments], cwd=folder, capture_output=True, text=True, timeout=3 * PATIENCE, check=False)


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    yield folder, ctl(folder, "demo", "--once")
    ctl(folder, "demo", "--clean")


def test_the_demo_ends_with_zero_once_its_alerts_have_come(demo):
    _, ran = demo
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_demo_shows_every_expected_alert(demo):
    _, ran = demo
    expected = json.loads((SOURCE / "config/demo/expected.json").read_text(encoding="utf-8"))
    missing = [alert["title"] for alert in expected if alert["title"] not in ran.stdout]
    assert missing == [], ran.stdout + ran.stderr


def test_the_demo_shows_what_almost_matched(demo):
    _, ran = demo
    assert "almost" in ran.stdout and "missing: Libya" in ran.stdout, ran.stdout


def test_the_demo_can_be_removed(tmp_path):
    ctl(tmp_path, "demo", "--once")
    assert (tmp_path / "demo").is_dir()
    cleaned = ctl(tmp_path, "demo", "--clean")
    assert cleaned.returncode == 0 and not (tmp_path / "demo").exists(), cleaned.stdout + cleaned.stderr


def test_the_shipped_watchlists_pass_their_own_tests(tmp_path):
    ran = ctl(tmp_path, "--config", SOURCE / "config/newswatch.yaml", "check")
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize("program", [DAEMON, CTL])
def test_a_program_says_its_version(program):
    ran = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert ran.returncode == 0 and ran.stdout.startswith(program.name + " "), ran.stdout + ran.stderr
