"""No page asks any other host for anything: neither what it names nor what the browser requests."""

import re
from urllib.parse import urlsplit

from pipeline.links import parse
from tests.site.built import open_html

ABSOLUTE = r"(?:https?:)?//"
LOADED = {"stylesheet", "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch"}
LOADED |= {"icon", "manifest", "apple-touch-icon"}
IN_CSS = re.compile(rf"(?:@import|url\()\s*['\"]?\s*({ABSOLUTE}[^'\")\s]+)", re.I)
IN_SCRIPT = re.compile(
    rf"(?:fetch|import|importScripts|open|Worker|src\s*=)\s*\(?\s*['\"`]({ABSOLUTE}[^'\"`]+)"
)


def url_host(url):
    """Host and port of an address."""
    return urlsplit(url).netloc


def named_in_css(text):
    """The addresses of other hosts that a style sheet loads."""
    return IN_CSS.findall(text)


def named_in_html(tree):
    """The addresses of other hosts that a page loads, as far as its HTML says."""
    found = tree.xpath("//@src | //@srcset | //@poster | //object/@data")
    for link in tree.xpath("//link[@href]"):
        if LOADED & set(link.get("rel", "").lower().split()):
            found.append(link.get("href"))
    found = [address for address in found if re.match(ABSOLUTE, address.strip())]
    for text in tree.xpath("//style/text() | //@style"):
        found += named_in_css(text)
    for script in tree.xpath("//script[not(@src)]/text()"):
        found += IN_SCRIPT.findall(script)
    return found


def record(page, host):
    """Note what a page asks other hosts for, which is refused, and the errors it reports."""
    foreign, errors = [], []

    def refuse(route):
        foreign.append(route.request.url)
        route.abort()

    def listen(message):
        if message.type == "error":
            errors.append(message.text)

    page.route(lambda url: url_host(url) not in ("", host), refuse)
    page.on("console", listen)
    page.on("pageerror", lambda error: errors.append(str(error)))
    return foreign, errors


def test_files_name_no_foreign_host(site):
    named = [
        f"{file.relative_to(site)}: {address}"
        for file in sorted(site.rglob("*.html"))
        for address in named_in_html(parse(file))
    ]
    named += [
        f"{file.relative_to(site)}: {address}"
        for file in sorted(site.rglob("*.css"))
        for address in named_in_css(file.read_text(encoding="utf-8"))
    ]
    assert not named, "\n".join(named)


def test_page_requests_no_foreign_host(address, browser, server):
    with browser.new_context() as context:
        page = context.new_page()
        foreign, errors = record(page, url_host(server))
        page.goto(server + address, wait_until="networkidle")
        assert not foreign, f"{address} asks other hosts:\n" + "\n".join(foreign)
        assert not errors, f"{address} reports errors:\n" + "\n".join(errors)


def test_planted_requests_are_found(browser, tmp_path):
    html = """<title>x</title><link rel="preconnect" href="https://a.test">
        <link rel="canonical" href="https://fine.test"><a href="https://fine.test">fine</a>
        <img src="//b.test/x.png"><style>@import "https://c.test/x.css";</style>
        <p style="background: url(https://d.test/x.png)">x</p>
        <script>fetch("https://e.test/x"); undefinedFunction()</script>"""
    (tmp_path / "x.html").write_text(html)
    named = named_in_html(parse(tmp_path / "x.html"))
    assert sorted(url_host(address)[0] for address in named) == ["a", "b", "c", "d", "e"]
    with browser.new_context() as context:
        page = context.new_page()
        foreign, errors = record(page, "planted.test")
        open_html(page, html)
        assert {url_host(address)[0] for address in foreign} == {"b", "c", "d", "e"}
        assert any("undefinedFunction" in error for error in errors)
