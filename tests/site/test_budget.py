"""What a first visit to each page costs over the network, as measured in a real browser."""

import gzip
import random
from base64 import b64encode
from urllib.parse import urlsplit

import pytest

from pipeline.links import pages
from tests.site import built

TEXT = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".map"}
KINDS = {".html": "pages", ".css": "styles", ".js": "scripts", ".svg": "pictures"}
# KiB and files that a page may ask for before it is idle, search and interactive parts included.
LIMITS = {
    "all": (90, 10),
    "pages": (45, 1),
    "styles": (42, 5),
    "scripts": (21, 3),
    "pictures": (10, 4),
}


def suffix(name):
    """The suffix of a file; a folder is its page."""
    end = name.rsplit("/", 1)[-1]
    return f".{end.rsplit('.', 1)[-1]}" if "." in end else ".html"


def compressed(name, body):
    """Bytes of a file on the wire: text as gzip -9, fonts and images as they are."""
    return len(gzip.compress(body, 9)) if suffix(name) in TEXT else len(body)


def first_load(browser, url):
    """The files that the page requests before it is idle, also those that are not there."""
    with browser.new_context() as context:
        page = context.new_page()
        responses = []
        page.on("response", lambda response: responses.append(response))
        page.goto(url, wait_until="networkidle")
        return [
            (name, compressed(name, response.body()))
            for response in responses
            if response.url.startswith("http")
            for name in [urlsplit(response.url).path.lstrip("/")]
        ]


def kinds(files):
    """KiB and number of the files of each kind, and of all."""
    found = {kind: [0, 0] for kind in (*LIMITS, "others")}
    for name, size in files:
        for kind in ("all", KINDS.get(suffix(name), "others")):
            found[kind][0] += size / 1024
            found[kind][1] += 1
    return found


def faults(page, files):
    """A line for each limit that the page exceeds, and for each file that it asks for twice."""
    lines = []
    for kind, (kib, number) in kinds(files).items():
        limit_kib, limit_number = LIMITS.get(kind, (0, 0))
        if kib > limit_kib:
            lines.append(f"{page}: {kind}: {kib:.1f} KiB, more than {limit_kib}")
        if number > limit_number:
            lines.append(f"{page}: {kind}: {number} files, more than {limit_number}")
    names = [name for name, _ in files]
    twice = dict.fromkeys(name for name in names if names.count(name) > 1)
    return lines + [f"{page}: {name} is fetched twice" for name in twice]


def report(loads):
    """A table of the pages, heaviest first: KiB and number of files of each kind."""
    rows = {page: kinds(files) for page, files in loads.items()}
    names = [*LIMITS, "others"]
    lines = ["".join(f"{name:>14}" for name in names) + "  page"]
    for page, row in sorted(rows.items(), key=lambda item: -item[1]["all"][0]):
        cells = (f"{row[name][0]:.1f} ({row[name][1]})" for name in names)
        lines.append("".join(f"{cell:>14}" for cell in cells) + f"  {page}")
    return "\n".join(lines)


def test_first_load_stays_within_budget(browser, server, site):
    loads = {page: first_load(browser, server + page) for page in [*pages(site), "404.html"]}
    print(table := report(loads))
    found = [fault for page, files in loads.items() for fault in faults(page, files)]
    assert not found, "\n".join([*found, table])


HEAVY = b64encode(random.Random(1).randbytes(200_000))
PLANTED = {
    "a page that is too long": (f"<p>{HEAVY.decode()}</p>", {}, "pages: "),
    "pictures that are too heavy": (
        '<img src="a.svg">',
        {"a.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><!--' + HEAVY + b"--></svg>"},
        "all: ",
    ),
    "a stylesheet too many": (
        "".join(f'<link rel="stylesheet" href="{name}.css">' for name in "abcdef"),
        {f"{name}.css": b"a{}" for name in "abcdef"},
        "styles: 6 files, more than 5",
    ),
    "a script that is too heavy": (
        '<script src="a.js"></script>',
        {"a.js": b"//" + HEAVY},
        "scripts: ",
    ),
    "scripts too many": (
        "".join(f'<script src="{name}.js"></script>' for name in "abcd"),
        {f"{name}.js": b"0" for name in "abcd"},
        "scripts: 4 files, more than 3",
    ),
    "a font": (
        "<style>@font-face{font-family:f;src:url(f.woff2)}p{font-family:f}</style><p>a</p>",
        {"f.woff2": b"x"},
        "others: 1 files, more than 0",
    ),
    "an index fetched unasked": (
        '<script>fetch("search_index.json")</script>',
        {"search_index.json": b"{}"},
        "others: 1 files, more than 0",
    ),
    "a file fetched twice": (
        '<script>fetch("a.css?1"); fetch("a.css?2")</script>',
        {"a.css": b"a{}"},
        "a.css is fetched twice",
    ),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_planted_weight_is_found(browser, tmp_path, fault):
    html, files, said = PLANTED[fault]
    (tmp_path / "page.html").write_text(f'<link rel="icon" href="data:,">{html}', encoding="utf-8")
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    with built.served(tmp_path) as address:
        found = faults("page.html", first_load(browser, address + "page.html"))
    assert any(said in line for line in found), found


def test_table_names_the_heaviest_first():
    light, heavy = [("a.css", 1024)], [("b.js", 3072), ("a.css", 1024)]
    table = report({"light.html": light, "heavy.html": heavy})
    assert [line.split()[-1] for line in table.splitlines()[1:]] == ["heavy.html", "light.html"]
    assert "4.0 (2)" in table
    assert compressed("a.css", b"x" * 1000) < 100
    assert compressed("a.woff2", b"x" * 1000) == 1000
