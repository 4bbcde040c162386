"""newswatchctl extract: a page -> its article, or why each block was kept."""
import json
import os
import pathlib
import subprocess

BUILD = pathlib.Path(os.environ.get("NEWSWATCH_BUILD", pathlib.Path(__file__).resolve().parents[2] / "build"))

PAGE = """<html lang="en"><head><meta charset="windows-1252"><title>Bridge opens - Harbour Times</title>
<meta property="og:site_name" content="Harbour Times"><meta property="article:published_time" content="2021-03-04T10:00:00Z">
<link rel="canonical" href="/bridge"></head><body><nav><a href="/">All the news</a></nav><article><h1>Bridge opens</h1>
<p>The ministers met on Monday in the caf\xe9 of the harbour town, and they agreed to open the bridge again.</p>
<p>Read also: <a href="/x">Another story of the town</a></p>
<p>A spokesman said that the works, which began two years ago, had cost less than was feared.</p></article></body></html>"""


def extract(folder, *options):
    page = folder / "page.html"
    page.write_bytes(PAGE.encode("windows-1252"))
    return subprocess.run([BUILD / "bin/newswatchctl", "extract", "--url", "https://news.example/bridge?from=feed", *options, page],
                          capture_output=True, text=True, timeout=20, check=False)


def test_a_page_gives_its_article(tmp_path):
    answer = extract(tmp_path)
    assert answer.returncode == 0, answer.stderr
    article = json.loads(answer.stdout)
    assert list(article) == ["title", "text", "authors", "published", "updated", "language", "site", "image", "url"]
    assert article["title"] == "Bridge opens"
    assert article["text"] == (
        "The ministers met on Monday in the caf\u00e9 of the harbour town, and they agreed to open the bridge again.\n"
        "A spokesman said that the works, which began two years ago, had cost less than was feared.")
    assert (article["published"], article["site"], article["url"]) == (
        "2021-03-04T10:00:00Z", "Harbour Times", "https://news.example/bridge")


def test_explain_says_what_was_kept_and_why(tmp_path):
    answer = extract(tmp_path, "--explain")
    assert answer.returncode == 0, answer.stderr
    lines = answer.stdout.splitlines()
    assert any(line.startswith("+ p [prose] The ministers") for line in lines)
    assert any(line.startswith("- p [begins with read also]") for line in lines)
