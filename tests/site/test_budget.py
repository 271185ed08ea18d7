"""What a first visit to each page costs over the network."""

import gzip
from urllib.parse import urlsplit

from pipeline.links import pages

LIMIT_KIB = 200
TEXT = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".map"}


def compressed(name, body):
    """Bytes of a file on the wire: text as gzip -9, fonts and images as they are."""
    suffix = name[name.rfind(".") :]
    return len(gzip.compress(body, 9)) if suffix in TEXT else len(body)


def first_load(browser, url):
    """Bytes of each file that the page requests before it is idle, search index included."""
    with browser.new_context() as context:
        page = context.new_page()
        responses = []
        page.on("response", lambda response: responses.append(response))
        page.goto(url, wait_until="networkidle")
        files = {urlsplit(response.url).path.lstrip("/"): response for response in responses}
        return {
            name: compressed(name, response.body())
            for name, response in files.items()
            if response.ok and response.url.startswith("http")
        }


def report(loads, limit=LIMIT_KIB):
    """A table of the pages, heaviest first; under each above the limit, its files."""
    lines = []
    for page, files in sorted(loads.items(), key=lambda item: -sum(item[1].values())):
        total = sum(files.values()) / 1024
        lines.append(f"{total:7.1f} KiB  {page}  ({len(files)} files)")
        if total > limit:
            heaviest = sorted(files.items(), key=lambda item: -item[1])
            lines += [f"    {size / 1024:7.1f} KiB  {name}" for name, size in heaviest]
    return "\n".join(lines)


def too_heavy(loads, limit=LIMIT_KIB):
    """The pages above the limit."""
    return [page for page, files in loads.items() if sum(files.values()) > limit * 1024]


def test_first_load_stays_within_budget(browser, server, site):
    loads = {page: first_load(browser, server + page) for page in pages(site)}
    print(table := report(loads))
    assert not too_heavy(loads), f"more than {LIMIT_KIB} KiB\n{table}"


def test_heavy_page_is_found():
    loads = {"light.html": {"a.css": 1024}, "heavy.html": {"b.woff2": 3072, "a.css": 1024}}
    assert too_heavy(loads, limit=3) == ["heavy.html"]
    assert "3.0 KiB  b.woff2" in report(loads, limit=3)
    assert compressed("a.css", b"x" * 1000) < 100
    assert compressed("a.woff2", b"x" * 1000) == 1000
