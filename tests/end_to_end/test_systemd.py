"""The unit under a real systemd: starts, becomes ready, works inside its hardening, reloads, stops.

The installed tree is copied into a throw-away system by tests/systemd-sandbox, which skips where a machine cannot.
"""
import json
import shutil
import subprocess

import pytest

from newswatch import BUILD, SOURCE
from origin import Item, rss

INSTALLED = ("usr/bin/newswatchd", "usr/bin/newswatchctl", "usr/lib/newswatch", "usr/share/newswatch",
                   "usr/lib/systemd/system/newswatch.service")
INSIDE = r"""
python3 -m http.server --bind 127.0.0.2 8081 --directory /srv/feeds >/dev/null 2>&1 &
until (: </dev/tcp/127.0.0.2/8081) 2>/dev/null; do sleep 0.05; done
say() { printf '%s=%s\n' "$1" "$2"; }
main_pid() { systemctl show newswatch -p MainPID --value; }
another_than() { # PID: until the service runs as another process
    for _ in {1..300}; do
        now=$(main_pid)
        [ "$now" != 0 ] && [ "$now" != "$1" ] && systemctl -q is-active newswatch && return 0
        sleep 0.1
    done
    return 1
}
mkdir -p /run/systemd/system/newswatch.service.d
printf '[Service]\nWatchdogSec=3s\n' >/run/systemd/system/newswatch.service.d/impatient.conf
systemctl daemon-reload
systemctl start newswatch; say start $?
systemctl show newswatch -p ActiveState -p StatusText
for _ in {1..200}; do
    newswatchctl status --json >/tmp/status 2>/dev/null && grep -qE '"head": ?1\b' /tmp/status && break
    sleep 0.1
done
say status "$(tr -d '\n' </tmp/status)"
say user_id "$(stat -c %u "/proc/$(systemctl show newswatch -p MainPID --value)")"
systemctl reload newswatch; say reload $?
echo 'match: [' >/etc/newswatch/watchlists.d/broken.yaml
systemctl reload newswatch; say broken_reload $?
say after_broken_reload "$(systemctl is-active newswatch)"
rm /etc/newswatch/watchlists.d/broken.yaml
sleep 7  # twice the watchdog's time and more: a daemon that gets on is left alone
say restarts_while_it_gets_on "$(systemctl show newswatch -p NRestarts --value)"
stopped=$(main_pid)
kill -STOP "$stopped"
another_than "$stopped"; say back_after_sigstop $?
killed=$(main_pid)
begin=$(date +%s%N)
kill -KILL "$killed"
another_than "$killed"; say back_after_sigkill $?
say back_after_milliseconds $((($(date +%s%N) - begin) / 1000000))
newswatchctl status --json >/tmp/status
say status_after_sigkill "$(tr -d '\n' </tmp/status)"
begin=$(date +%s%N)
systemctl stop newswatch; say stop $?
say stop_milliseconds $((($(date +%s%N) - begin) / 1000000))
systemctl show newswatch -p Result -p ExecMainStatus
echo 'pooling: {}' >>/etc/newswatch/newswatch.yaml
systemctl start newswatch 2>/dev/null; say start_with_wrong_settings $?
say state_with_wrong_settings "$(systemctl is-active newswatch)"
journalctl -u newswatch -o cat --no-pager
"""


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    """What was seen inside, as NAME → value, and everything that was printed under "output"."""
    cache = (BUILD / "CMakeCache.txt").read_text()
    if "-fsanitize=" in cache:
        pytest.skip("a sanitizer build does not run under the unit's system call filter")
    folder = tmp_path_factory.mktemp("systemd")
    stage = folder / "stage"
    subprocess.run(["cmake", "--install", BUILD, "--prefix", stage / "usr"], check=True, capture_output=True)
    etc, feeds = folder / "etc", folder / "feeds"
    for name in (etc / "feeds.d", etc / "watchlists.d", feeds):
        name.mkdir(parents=True)
    (etc / "newswatch.yaml").write_text("polling:\n  allow_networks: [127.0.0.0/8]\n")
    (etc / "feeds.d/feeds.yaml").write_text("feeds:\n  - http://127.0.0.2:8081/rss.xml\n")
    (etc / "watchlists.d/storms.yaml").write_text("match:\n  any_of:\n    - storm*\n")
    (feeds / "rss.xml").write_bytes(rss([Item("1", "Storm ahead")]))
    copies = [f"--rootfs-copy={stage / name}:/{name}" for name in INSTALLED]
    copies += [f"--rootfs-copy={etc}:/etc/newswatch", f"--rootfs-copy={feeds}:/srv/feeds"]
    arguments = [word for copy in copies for word in copy.split("=", 1)]
    ran = subprocess.run([SOURCE / "tests/systemd-sandbox", "--quiet", *arguments, "--", "bash", "-c", INSIDE],
                         capture_output=True, text=True, timeout=300, check=False)
    shutil.rmtree(stage)
    if ran.returncode == 77:
        pytest.skip(ran.stdout.strip().splitlines()[-1])
    facts = dict(line.split("=", 1) for line in ran.stdout.splitlines() if "=" in line)
    return {**facts, "output": ran.stdout + ran.stderr}


def test_it_starts_and_becomes_ready(seen):
    assert (seen.get("start"), seen.get("ActiveState")) == ("0", "active"), seen["output"]


def test_its_status_text_says_what_it_watches(seen):
    assert "1 feed" in seen["StatusText"] and "1 watchlist" in seen["StatusText"], seen["output"]


def test_inside_its_hardening_it_polls_and_alerts(seen):
    assert json.loads(seen["status"])["head"] == 1, seen["output"]


def test_it_does_not_run_as_root(seen):
    assert int(seen["user_id"]) >= 1000, seen["output"]


def test_a_reload_of_good_files_succeeds(seen):
    assert seen["reload"] == "0", seen["output"]


def test_a_reload_of_a_broken_watchlist_fails_and_the_service_goes_on(seen):
    assert (seen["broken_reload"], seen["after_broken_reload"]) == ("1", "active"), seen["output"]


def test_while_every_thread_gets_on_the_watchdog_is_fed(seen):
    assert seen["restarts_while_it_gets_on"] == "0", seen["output"]


def test_a_daemon_that_hangs_is_started_again(seen):
    assert seen["back_after_sigstop"] == "0", seen["output"]


def test_a_daemon_that_was_killed_is_started_again(seen):
    assert seen["back_after_sigkill"] == "0", seen["output"]


def test_a_daemon_that_was_killed_has_lost_no_alert(seen):
    assert json.loads(seen["status_after_sigkill"])["head"] == 1, seen["output"]


def test_it_stops_within_ten_seconds(seen):
    assert seen["stop"] == "0" and int(seen["stop_milliseconds"]) < 10_000, seen["output"]


def test_a_stop_is_a_clean_end(seen):
    assert (seen["Result"], seen["ExecMainStatus"]) == ("success", "0"), seen["output"]


def test_wrong_settings_fail_the_start_and_are_not_tried_again(seen):
    assert (seen["start_with_wrong_settings"], seen["state_with_wrong_settings"]) == ("1", "failed"), seen["output"]
