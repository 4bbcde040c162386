#!/usr/bin/python3
"""Who may include whom: reads every #include line of daemon/ and plugins/ and names what breaks the rules.

Run by itself it prints the arrows as they are, or what breaks them:  tests/architecture/arrows.py
"""
import pathlib
import re
import sys

EVERY_FOLDER = frozenset(
    "base model text settings schedule fetch parse analyse match store publish control client service rules pipeline ctl".split())
STAGE = frozenset({"base", "model", "text"})

# A folder of daemon/ → the folders whose headers it may include, besides its own. A stage never includes another
# stage: what two of them share is a word of the field and belongs in model/.
MAY_INCLUDE = {
    "base": frozenset(),
    "model": frozenset({"base"}),
    "text": frozenset({"base"}),
    "settings": STAGE,
    "schedule": STAGE,
    "fetch": STAGE,
    "parse": STAGE,
    "analyse": STAGE,
    "match": STAGE,
    "store": STAGE,
    "publish": STAGE,
    "control": STAGE,
    "client": STAGE,
    "service": STAGE,
    # Loads concepts and watchlists and tries their inline tests, which needs the way from a text to a match.
    "rules": STAGE | {"settings", "analyse", "match"},
    "pipeline": EVERY_FOLDER - {"pipeline", "ctl"},
    "ctl": EVERY_FOLDER - {"ctl"},
    "main.cpp": frozenset({"base", "pipeline", "settings", "service"}),
}

# A library, by how its headers begin → the folders that see it (DESIGN.md §8). Replacing one means rewriting these.
SEEN_IN = {
    "curl/": {"fetch"},
    "pugixml": {"plugins", "settings"},
    "gumbo.h": {"plugins"},
    "unicode/": {"text"},
    "iconv.h": {"text"},
    "libstemmer": {"text"},
    "cld2/": {"text"},
    "yaml-cpp/": {"settings"},
    "sqlite3": {"store"},
    "zmq": {"publish", "client"},
    "microhttpd": {"control", "ctl"},
    "systemd/": {"service", "base"},
    "spdlog/": {"base"},
    "fmt/": {"base"},
    "sodium": {"base"},
    "libpsl": {"schedule", "fetch"},
    "idn2": {"schedule", "fetch"},
    "re2/": {"match"},
    "tl/expected": EVERY_FOLDER,
    "nlohmann/": EVERY_FOLDER | {"main.cpp"},
    "CLI/": EVERY_FOLDER | {"main.cpp"},
}
# One file of base/ each, so that the rest of it does not depend on them either.
ONLY_IN_FILES = {
    "spdlog/": re.compile(r"base/log"),
    "systemd/": re.compile(r"base/log|service/"),
}
# Slow to compile: headers hand on strings.
NOT_IN_HEADERS = ("nlohmann/json.hpp", "CLI/")
# The only header of plugins/ that daemon/ knows, and only here.
PLUGIN_ABI = "newswatch/parser_plugin.h"
SEES_PLUGIN_ABI = {"parse"}
# What the plug-ins share; otherwise none includes another's folder.
SHARED_BY_PLUGINS = {"feed", "xml", "json"}
# Reads dates, addresses and folded words out of pages to choose among them, which the host cannot do for it. The
# others hand everything to the host as it stands.
SEE_TEXT = {"article_page"}

SYSTEM = re.compile(
    r"(sys|netinet|arpa|net|linux)/|(unistd|fcntl|poll|pthread|signal|sysexits|dlfcn|netdb|syslog|termios|spawn|ftw|glob"
    r"|\w*mmintrin|arm_neon|getopt|strings|stdint|stddef|string|stdlib|stdio|errno|time|math|limits|locale|sched|dirent|pwd|grp)\.h$")
INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)')


def include_lines(file):
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if found := INCLUDE.match(line):
            yield number, found.group(1), found.group(2)


def sources(folder):
    return sorted(path for path in folder.rglob("*") if path.suffix in (".h", ".cpp", ".c", ".inc"))


def check_library(folder, relative, header):
    """What is wrong with <header> in a file of `folder`; None where nothing is."""
    if header == PLUGIN_ABI:
        return None if folder in SEES_PLUGIN_ABI | {"plugins"} else f"only parse/ and plug-ins see <{PLUGIN_ABI}>"
    if "." not in header.rsplit("/", 1)[-1] and "/" not in header or SYSTEM.match(header):
        return None
    for prefix, folders in SEEN_IN.items():
        if header.startswith(prefix):
            if folder not in folders:
                return f"<{header}> is seen in {', '.join(sorted(folders))} only"
            if prefix in ONLY_IN_FILES and not ONLY_IN_FILES[prefix].search(relative):
                return f"<{header}> is seen in {ONLY_IN_FILES[prefix].pattern} only"
            if header.startswith(NOT_IN_HEADERS) and relative.endswith(".h"):
                return f"<{header}> stays out of headers"
            return None
    return f"<{header}> is of no library in the table SEEN_IN: say there which folder sees it"


def daemon_arrows(root):
    """(folder, target, file, line) of every #include "target/…" in daemon/; a header without a folder is the own one."""
    for file in sources(root / "daemon"):
        relative = file.relative_to(root / "daemon")
        folder = relative.parts[0]
        for number, own, _ in include_lines(file):
            if own and own != PLUGIN_ABI:
                yield folder, own.split("/")[0] if "/" in own else folder, file, number


def violations(root):
    """Every breach as `file:line: what is wrong`, in order."""
    found = []

    def report(file, number, trouble):
        found.append(f"{file.relative_to(root)}:{number}: {trouble}")

    for folder, target, file, number in daemon_arrows(root):
        if folder not in MAY_INCLUDE:
            report(file, number, f"{folder}/ is not in the table MAY_INCLUDE: say there what it may include")
        elif target != folder and target not in MAY_INCLUDE[folder]:
            report(file, number, f"{folder}/ may not include {target}/")
    for file in sources(root / "daemon"):
        relative = str(file.relative_to(root / "daemon"))
        for number, own, library in include_lines(file):
            header = library or (own if own == PLUGIN_ABI else None)
            if header and (trouble := check_library(relative.split("/")[0], relative, header)):
                report(file, number, trouble)
    for file in sources(root / "plugins"):
        relative = file.relative_to(root / "plugins")
        for number, own, library in include_lines(file):
            if library or own == PLUGIN_ABI:
                if trouble := check_library("plugins", str(relative), library or own):
                    report(file, number, trouble)
            elif own.startswith("text/") and relative.parts[0] in SEE_TEXT:
                continue
            elif (root / "daemon" / own).exists():
                report(file, number, "a plug-in includes parser_plugin.h and nothing of daemon/")
            elif not (file.parent / own).exists() and own.split("/")[0] not in SHARED_BY_PLUGINS | {relative.parts[0]}:
                report(file, number, f'"{own}" is neither of this plug-in nor shared by plug-ins')
    return sorted(found)


def drawing(root):
    """One line a folder, in the order of the data: `match → base model text`."""
    order = ["main.cpp", "pipeline", "rules", "settings", "schedule", "fetch", "parse", "analyse", "match", "store", "publish",
             "control", "client", "service", "ctl", "text", "model", "base"]
    arrows = {}
    for folder, target, _, _ in daemon_arrows(root):
        arrows.setdefault(folder, set()).update({target} - {folder})
    return "\n".join(f"{folder:<9} → {' '.join(name for name in order if name in arrows[folder])}".rstrip()
                     for folder in order if folder in arrows)


if __name__ == "__main__":
    project = pathlib.Path(__file__).resolve().parents[2]
    breaches = violations(project)
    print("\n".join(breaches) if breaches else drawing(project))
    sys.exit(1 if breaches else 0)
