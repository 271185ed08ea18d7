"""Links, titles and names of the built pages, read from the files without a browser."""

from collections import Counter
from urllib.parse import unquote, urlsplit

from tests.site.built import pages, parse


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


def test_links_hold(site):
    assert not [line for page in pages(site) for line in link_faults(site, page)]


def test_names_are_unique(site):
    assert not [line for page in pages(site) for line in page_faults(site, page)]
    assert not title_faults(site)


def test_navigation_reaches_every_page(site):
    assert not unreachable(site)


def test_planted_faults_are_found(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "index.html").write_text(
        "<title>Same</title><nav class='md-nav--primary'><a href='a.html'></a></nav>"
    )
    (tmp_path / "a.html").write_text(
        "<title>Same</title><h1 id=x></h1><h1 id=x></h1><a href='https://example.org/x'></a>"
        "<a href='http://example.org'></a><a href='https://nowhere'></a><a href='b.html'></a>"
        "<a href='index.html#x'></a><a href='folder/'></a><img src='/logo.svg'><a href='#x'></a>"
    )
    (tmp_path / "lost.html").write_text("<title>Lost</title><h1>Lost</h1>")
    assert link_faults(tmp_path, "a.html") == [
        "a.html: http://example.org is not https",
        "a.html: https://nowhere is no address",
        "a.html: b.html points to no file of the site",
        "a.html: index.html#x points to no id of that page",
        "a.html: folder/ points to a folder, which does not open without a server",
        "a.html: /logo.svg starts at the host, so that it breaks below a folder",
    ]
    assert page_faults(tmp_path, "a.html") == [
        "a.html: 2 level-1 headings, not one",
        "a.html: the id x stands 2 times",
    ]
    assert title_faults(tmp_path) == ["the title 'Same' is that of a.html, index.html"]
    assert unreachable(tmp_path) == ["lost.html"]
