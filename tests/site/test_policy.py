"""The browser itself refuses what comes from another host, and is told first what a page needs."""

import re

import pytest

from pipeline.links import pages
from pipeline.policy import POLICY, promised
from tests.site.built import until

ELSEWHERE = "http://elsewhere.test/"
ASKS = {
    "script": f"Object.assign(document.createElement('script'), {{src: '{ELSEWHERE}x.js'}})",
    "picture": f"Object.assign(new Image(), {{src: '{ELSEWHERE}x.png'}})",
    "frame": f"Object.assign(document.createElement('iframe'), {{src: '{ELSEWHERE}'}})",
    "style": f"Object.assign(document.createElement('link'), "
    f"{{rel: 'stylesheet', href: '{ELSEWHERE}x.css'}})",
}


@pytest.mark.parametrize("kind", ASKS)
@pytest.mark.parametrize("held", [True, False])
def test_nothing_from_elsewhere_is_asked_for(kind, held, browser, server):
    asked = []
    page = browser.new_page()
    page.route(f"{ELSEWHERE}**", lambda route: (asked.append(route.request.url), route.abort()))
    if not held:
        page.route(
            "**/index.html",
            lambda route: route.fulfill(body=route.fetch().text().replace(POLICY, "")),
        )
    page.goto(f"{server}index.html")
    page.evaluate(
        """() => {
             window.refused = 0
             addEventListener("securitypolicyviolation", () => refused++)
           }"""
    )
    page.evaluate(f"() => {{ document.body.append({ASKS[kind]}) }}")
    if held:
        until(page, "refused")
    else:
        page.wait_for_timeout(200)
    page.close()
    assert (asked == []) == held


def test_files_are_named_above_the_policy(site):
    needs = re.compile(r'(<script\b[^>]* src=[^>]*>|<link rel="(?:stylesheet|preload)"[^>]*>)')
    for page in (*pages(site), "404.html"):
        text = (site / page).read_text(encoding="utf-8")
        assert text.count(POLICY) == 1, page
        above, _, below = text.partition(POLICY)
        named = re.findall(r'(?:src|href)="([^"]+)"', "".join(needs.findall(above)))
        late = re.findall(r'(?:src|href)="([^"]+)"', "".join(needs.findall(below)))
        assert [name for name in late if name not in named and "/dark." not in name] == [], page
        assert len(named) == len(set(named)) >= 2, page


def test_scripts_are_fetched_beside_the_styles(browser, server):
    with browser.new_page() as page:
        page.route("**/all.*.css", lambda route: None)  # no answer
        with page.expect_request("**/step-the-network.js"), page.expect_request("**/widget.css"):
            page.goto(f"{server}hidden-layer/step-the-network.html", wait_until="commit")


def test_files_keep_their_order():
    text = promised(
        '<head><title>A page</title>\n<link rel="stylesheet" href="a.css">\n'
        '<noscript><link rel="stylesheet" href="d.css" media="print"></noscript>'
        '<link rel="stylesheet" href="b.css"></head><body>text<link rel="stylesheet" href="c.css">'
        '<script src="a.js" defer></script>\n<script defer src="b.js"></script></body>'
    )
    assert text == "\n".join(
        [
            "<head><title>A page</title>",
            '<link rel="stylesheet" href="a.css">',
            '<link rel="stylesheet" href="b.css">',
            '<script src="a.js" defer></script>',
            '<script src="b.js" defer></script>',
            '<link rel="preload" href="c.css" as="style" fetchpriority="low">',
            POLICY,
            '<noscript><link rel="stylesheet" href="d.css" media="print"></noscript></head>'
            '<body>text<link rel="stylesheet" href="c.css"></body>',
        ]
    )
