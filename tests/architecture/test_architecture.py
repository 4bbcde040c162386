"""The arrows of the design, read from the #include lines. The rules are the tables of arrows.py."""
import pathlib

import pytest

import arrows

PROJECT = pathlib.Path(__file__).resolve().parents[2]


def tree(folder, files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_no_folder_includes_one_that_it_may_not():
    assert arrows.violations(PROJECT) == []


def test_every_folder_of_the_daemon_has_its_rule():
    folders = {path.name for path in (PROJECT / "daemon").iterdir() if path.is_dir()}
    assert folders <= set(arrows.MAY_INCLUDE)


def test_the_permitted_arrows_make_no_circle():
    def reaches(start, goal, seen):
        return any(step == goal or (step not in seen and reaches(step, goal, seen | {step}))
                   for step in arrows.MAY_INCLUDE[start])

    assert [folder for folder in arrows.MAY_INCLUDE
            if reaches(folder, folder, frozenset())] == []


def test_the_drawing_in_the_docs_is_the_code():
    assert arrows.drawing(PROJECT) in (PROJECT / "docs/pipeline.md").read_text(encoding="utf-8"), \
        "put what tests/architecture/arrows.py prints into docs/pipeline.md"


@pytest.mark.parametrize("file, text, breach", [
    ("daemon/match/matcher.cpp", '#include "store/journal.h"\n', "daemon/match/matcher.cpp:1: match/ may not include store/"),
    ("daemon/base/log.cpp", '// why\n#include "model/feed.h"\n', "daemon/base/log.cpp:2: base/ may not include model/"),
    ("daemon/main.cpp", '#include "fetch/fetcher.h"\n', "daemon/main.cpp:1: main.cpp/ may not include fetch/"),
    ("daemon/match/matcher.cpp", "#include <unicode/uchar.h>\n", "daemon/match/matcher.cpp:1: <unicode/uchar.h> is seen in text only"),
    ("daemon/publish/wire.h", "#include <nlohmann/json.hpp>\n", "daemon/publish/wire.h:1: <nlohmann/json.hpp> stays out of headers"),
    ("daemon/base/file.cpp", "#  include <spdlog/spdlog.h>\n", "daemon/base/file.cpp:1: <spdlog/spdlog.h> is seen in base/log only"),
    ("daemon/store/journal.cpp", "#include <boost/any.hpp>\n", "daemon/store/journal.cpp:1: <boost/any.hpp> is of no library"),
    ("daemon/match/matcher.cpp", '#include "newswatch/parser_plugin.h"\n', "daemon/match/matcher.cpp:1: only parse/ and plug-ins see"),
    ("daemon/helpers/odds.cpp", '#include "base/error.h"\n', "daemon/helpers/odds.cpp:1: helpers/ is not in the table MAY_INCLUDE"),
    ("plugins/rss/rss.cpp", "#include <unicode/uchar.h>\n", "plugins/rss/rss.cpp:1: <unicode/uchar.h> is seen in text only"),
    ("plugins/atom/atom.cpp", '#include "rss/read.h"\n', "plugins/atom/atom.cpp:1: \"rss/read.h\" is neither of this plug-in"),
    ("plugins/rss/rss.cpp", '#include "base/error.h"\n', "plugins/rss/rss.cpp:1: a plug-in includes parser_plugin.h"),
])
def test_a_breach_is_named_with_its_line(tmp_path, file, text, breach):
    root = tree(tmp_path, {"daemon/base/error.h": "#pragma once\n", "plugins/rss/read.h": "#pragma once\n", file: text})
    found = arrows.violations(root)
    assert len(found) == 1 and found[0].startswith(breach), found


def test_what_is_permitted_is_no_breach(tmp_path):
    root = tree(tmp_path, {
        "daemon/base/error.h": "#pragma once\n#include <string>\n#include <tl/expected.hpp>\n",
        "daemon/match/matcher.cpp": '#include "match/matcher.h"\n#include "model/match.h"\n#include <re2/re2.h>\n#include <vector>\n',
        "daemon/parse/host.cpp": '#include <dlfcn.h>\n#include "newswatch/parser_plugin.h"\n',
        "plugins/rss/rss.cpp": '#include "rss/read.h"\n#include <newswatch/parser_plugin.h>\n#include <pugixml.hpp>\n',
        "plugins/rss/read.h": "#pragma once\n",
    })
    assert arrows.violations(root) == []
