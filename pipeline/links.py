"""Links, anchors, titles and names of the built pages, read from the files."""

import functools
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lxml.html

from pipeline.errors import BuildError


def pages(site):
    """Paths of the pages below site, the error page left out: its links are absolute."""
    found = (page.relative_to(site).as_posix() for page in sorted(Path(site).rglob("*.html")))
    return [page for page in found if page != "404.html"]


def parse(path):
    """The elements of one HTML file, read again when the file has changed."""
    return _parse(path, Path(path).stat().st_mtime_ns)


@functools.lru_cache(maxsize=256)
def _parse(path, changed):
    return lxml.html.fromstring(Path(path).read_bytes())


def targets(tree):
    """Every href and src of a page."""
    return [value for name in ("href", "src") for value in tree.xpath(f"//@{name}")]


def anchors(tree):
    """Everything that a fragment can point to."""
    return {*tree.xpath("//@id"), *tree.xpath("//a/@name")}


def fault_of_external(target):
    """What is wrong with a link that leaves the site, or None."""
    parts = urlsplit(target)
    if parts.scheme != "https":
        return "is not https"
    if "." not in (parts.hostname or "").strip(".") or any(map(str.isspace, target)):
        return "is no address"
    return None


def fault_of_internal(site, page, target):
    """What is wrong with a link from a page to a file or an anchor of the site, or None."""
    parts = urlsplit(target)
    file = (site / page).parent / unquote(parts.path) if parts.path else site / page
    if parts.path.startswith("/"):
        return "starts at the host, so that it breaks below a folder"
    if file.is_dir():
        return "points to a folder, which does not open without a server"
    if not file.is_file() or not file.resolve().is_relative_to(site.resolve()):
        return "points to no file of the site"
    fragment = unquote(parts.fragment)
    if fragment and file.suffix == ".html" and fragment not in anchors(parse(file)):
        return "points to no id of that page"
    return None


def link_faults(site, page):
    """One line for each link of the page that does not hold."""
    lines = []
    for target in dict.fromkeys(targets(parse(site / page))):
        if target.startswith("data:"):
            continue
        parts = urlsplit(target)
        outside = parts.scheme or parts.netloc
        fault = fault_of_external(target) if outside else fault_of_internal(site, page, target)
        if fault:
            lines.append(f"{page}: {target} {fault}")
    return lines


def page_faults(site, page):
    """One line for each name of the page that is missing or used twice."""
    tree = parse(site / page)
    lines = []
    if len(headings := tree.xpath("//h1")) != 1:
        lines.append(f"{page}: {len(headings)} level-1 headings, not one")
    for name, count in Counter(tree.xpath("//@id")).items():
        if count > 1:
            lines.append(f"{page}: the id {name} stands {count} times")
    return lines


def title_faults(site):
    """One line for each title that two pages share."""
    owners = {}
    for page in pages(site):
        title = parse(site / page).findtext(".//title", "").strip()
        owners.setdefault(title, []).append(page)
    return [f"the title {t!r} is that of {', '.join(p)}" for t, p in owners.items() if len(p) > 1]


def unreachable(site):
    """The pages that the navigation of the home page does not lead to."""
    links = parse(site / "index.html").xpath("//nav[contains(@class, 'md-nav--primary')]//a/@href")
    reached = {"index.html", *(urlsplit(link).path for link in links)}
    return [page for page in pages(site) if page not in reached]


def check_links(site, docs):
    """Raise BuildError with a line for each link that does not hold and each name used twice."""
    site = Path(site)
    faults = [line for page in pages(site) for line in link_faults(site, page)]
    faults += [line for page in pages(site) for line in page_faults(site, page)]
    faults += title_faults(site)
    if faults:
        raise BuildError("\n".join(_with_source(fault, docs) for fault in faults))


def _with_source(fault, docs):
    """Name the line of the Markdown instead of the built page, where the link stands there."""
    page, _, rest = fault.partition(": ")
    source = Path(docs) / page.replace(".html", ".md")
    target = rest.split(" ")[0].replace(".html", ".md")
    if source.is_file():
        for number, line in enumerate(source.read_text(encoding="utf-8").split("\n"), 1):
            if f"({target}" in line or f"={target!r}" in line:
                return f"{source}:{number}: {rest}"
    return f"{source}: {rest}"
