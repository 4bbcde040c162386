"""The last line of tests/run can be trusted."""
import pathlib
import subprocess

import pytest

TALLY = pathlib.Path(__file__).resolve().parents[1] / "tally.py"
CTEST = """<testsuite><testcase name="a.passes" classname="a.passes" status="run"/>
<testcase name="a.fails" classname="a.fails" status="fail"><failure message=""/></testcase>
<testcase name="a.skips" classname="a.skips" status="notrun"><skipped message="SKIP_REGULAR_EXPRESSION_MATCHED"/>
<system-out>here_test.cpp:5: Skipped
the file is not there
</system-out></testcase></testsuite>"""
PYTEST = """<testsuites><testsuite><testcase classname="t" name="passes"/>
<testcase classname="t" name="breaks"><error message="no fixture"/></testcase>
<testcase classname="t" name="skips"><skipped message="needs root"/></testcase></testsuite></testsuites>"""


def tally(folder, **files):
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text)
    ran = subprocess.run(["/usr/bin/python3", TALLY, folder], capture_output=True, text=True, check=False)
    return ran.returncode, ran.stdout.splitlines()


def test_everything_is_added_up(tmp_path):
    code, lines = tally(tmp_path, unit_xml=CTEST, end_xml=PYTEST, format_check="passed\tformat\t\n")
    assert (code, lines[-1]) == (1, "3 passed, 2 failed, 2 skipped")


@pytest.mark.parametrize("line", ["failed: unit: a.fails (no reason given)", "skipped: unit: a.skips (the file is not there)",
                                  "failed: end: t.breaks (no fixture)", "skipped: end: t.skips (needs root)"])
def test_what_failed_or_was_skipped_is_named_with_its_reason(tmp_path, line):
    assert line in tally(tmp_path, unit_xml=CTEST, end_xml=PYTEST)[1]


def test_without_a_failure_the_exit_code_is_zero(tmp_path):
    assert tally(tmp_path, format_check="passed\tformat\t\n", tidy_check="skipped\ttidy\tno time\n") == (
        0, ["skipped: tidy (no time)", "1 passed, 0 failed, 1 skipped"])


def test_nothing_at_all_is_no_success(tmp_path):
    assert tally(tmp_path) == (1, ["0 passed, 0 failed, 0 skipped"])


def test_a_report_that_was_cut_short_is_a_failure(tmp_path):
    code, lines = tally(tmp_path, unit_xml=CTEST[:60])
    assert (code, lines[-1]) == (1, "0 passed, 1 failed, 0 skipped")
