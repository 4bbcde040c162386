#!/usr/bin/python3
"""Adds up what tests/run left in a folder and ends with one line: `N passed, N failed, N skipped`.

It reads every JUnit file (`*.xml`, of ctest and of pytest) and every `*.check`, whose one line is
`passed|failed|skipped<TAB>name<TAB>reason`. What failed and what was skipped is named above the last line.
Exit 0 where nothing failed and something passed, else 1.
"""
import pathlib
import sys
import xml.etree.ElementTree as xml


def outcome(case):
    """('passed' | 'failed' | 'skipped', reason) of one JUnit test case."""
    for child in case:
        if child.tag in ("failure", "error"):
            return "failed", child.get("message") or ""
        if child.tag == "skipped":
            return "skipped", skip_reason(case, child)
    if case.get("status") in ("fail", "notrun"):
        return "failed", case.get("status")
    if case.get("status") in ("disabled", "skipped"):
        return "skipped", case.get("status")
    return "passed", ""


def skip_reason(case, skipped):
    """GoogleTest says why on the line after the place; ctest keeps only its output."""
    lines = [line.strip() for line in (case.findtext("system-out") or "").splitlines()]
    for number, line in enumerate(lines):
        if line.endswith(": Skipped") and number + 1 < len(lines):
            return lines[number + 1]
    return skipped.get("message") or ""


def results(folder):
    for file in sorted(folder.glob("*.check")):
        state, name, reason = (file.read_text().rstrip("\n").split("\t") + ["", ""])[:3]
        yield state, name, reason
    for file in sorted(folder.glob("*.xml")):
        try:
            cases = list(xml.parse(file).iter("testcase"))
        except xml.ParseError as error:
            yield "failed", file.stem, f"its report cannot be read: {error}"
            continue
        for case in cases:
            state, reason = outcome(case)
            parts = [part for part in (case.get("classname"), case.get("name")) if part]
            yield state, f"{file.stem}: " + ".".join(dict.fromkeys(parts)), reason


def main():
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for state, name, reason in results(pathlib.Path(sys.argv[1])):
        counts[state] += 1
        if state != "passed":
            first = reason.strip().splitlines()[0] if reason.strip() else "no reason given"
            print(f"{state}: {name} ({first})")
    print("{passed} passed, {failed} failed, {skipped} skipped".format(**counts))
    return 0 if counts["failed"] == 0 and counts["passed"] > 0 else 1


sys.exit(main())
