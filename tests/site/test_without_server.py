"""The site opened from a folder, without a server: styles, links and search work."""

import pytest

from pipeline.links import pages, parse

NEXT, PREVIOUS = ".md-footer__link--next", ".md-footer__link--prev"


@pytest.fixture
def page(browser):
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        context.set_default_timeout(10_000)
        yield context.new_page()


def failures(page):
    """Note the files that the page asks for in vain, and the errors of its scripts."""
    found = []
    page.on("requestfailed", lambda request: found.append(f"not found: {request.url}"))
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def follow(page, selector):
    """Click a link and wait for the page behind it."""
    with page.expect_navigation():
        page.locator(selector).first.click()


def search(page, words):
    """Type the words into the search box and follow the first result."""
    page.locator("input.md-search__input").click()
    page.keyboard.type(words)
    follow(page, "a.md-search-result__link")


def test_page_opens_from_a_folder(address, page, site):
    found = failures(page)
    page.goto((site / address).as_uri(), wait_until="load")
    page.wait_for_timeout(200)
    assert not found, "\n".join(found)


def test_next_and_previous_lead_through_the_site(page, site):
    page.goto((site / "index.html").as_uri())
    way = [page.title()]
    while page.locator(NEXT).count():
        follow(page, NEXT)
        way.append(page.title())
        assert len(way) <= len(pages(site)), f"the way goes round: {way}"
    assert len(way) == len(pages(site)), f"the way leaves pages out: {way}"
    for expected in way[-2::-1]:
        follow(page, PREVIOUS)
        assert page.title() == expected


def test_search_finds_a_page(page, site):
    *_, last = parse(site / "index.html").xpath(
        "//nav[contains(@class,'md-nav--primary')]//a/@href"
    )
    page.goto((site / last).as_uri())
    sought = page.title()
    page.goto((site / "index.html").as_uri())
    search(page, sought.partition(" · ")[0])
    assert page.url.startswith((site / last).as_uri())
    assert page.title() == sought


def test_planted_faults_are_found(page, tmp_path):
    (tmp_path / "x.html").write_text(
        "<h1>X</h1><link rel=stylesheet href=gone.css><script>undefinedFunction()</script>"
    )
    found = failures(page)
    page.goto((tmp_path / "x.html").as_uri())
    assert any("gone.css" in line for line in found)
    assert any("undefinedFunction" in line for line in found)
