"""The reader's own mark: kept in this browser, shown where it helps, absent where it cannot be."""

import gzip

import pytest

from pipeline.links import pages, parse
from tests.site.browser import ROOT
from tests.site.built import until

PAGE, OTHER = "one-neuron/problem.html", "one-neuron/derivation.html"
SCRIPT = ROOT / "docs/assets/javascripts/progress.js"
BOX = ".read-mark input"
TICKED = ".md-nav--primary a.is-read"
NO_STORAGE = """Object.defineProperty(window, "localStorage", {get() {
  throw new DOMException("denied", "SecurityError")
}})"""
FULL = "void (Storage.prototype.setItem = () => { throw new DOMException() })"
DAMAGED = "localStorage.setItem('backprop-by-hand.read', '{no list')"


@pytest.fixture
def context(browser):
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        context.set_default_timeout(5000)
        yield context


@pytest.fixture
def page(context):
    return context.new_page()


def errors_of(page):
    found = []
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def read_pages(page):
    return page.eval_on_selector_all(TICKED, "all => all.map(a => a.textContent.trim())")


def through_the_site(page, address):
    """Mark a page with the keyboard, and look at the navigation and the home page."""
    page.goto(address(PAGE))
    page.locator(BOX).focus()
    page.keyboard.press("Space")
    assert read_pages(page) == ["The problem"]
    page.goto(address(OTHER))
    assert read_pages(page) == ["The problem"] and not page.locator(BOX).is_checked()
    page.goto(address("index.html"))
    assert page.locator(".read-count").inner_text().startswith("1 of ")
    with page.expect_navigation():
        page.locator(".read-count a").click()
    assert page.url.endswith(OTHER)
    page.goto(address(PAGE))
    assert page.locator(BOX).is_checked()
    page.locator(BOX).uncheck()
    assert read_pages(page) == []
    page.goto(address("index.html"))
    assert page.locator(".read-count").inner_text() == ""


def test_mark_is_kept_on_a_server(page, server):
    through_the_site(page, lambda name: server + name)


def test_mark_is_kept_in_a_folder(page, site):
    through_the_site(page, lambda name: (site / name).as_uri())


def test_mark_shows_when_the_reader_goes_back(page, server):
    page.goto(f"{server}index.html")
    page.goto(f"{server}{PAGE}#exercises")
    page.locator(BOX).check()
    page.go_back()
    until(page, "document.querySelector('.read-count').textContent")
    assert read_pages(page) == ["The problem"]


def test_nothing_is_sent(page, server):
    page.goto(server + PAGE, wait_until="networkidle")
    sent = []
    page.on("request", lambda request: sent.append(request.url))
    page.locator(BOX).check()
    page.wait_for_timeout(200)
    assert sent == []


@pytest.mark.parametrize("script", [NO_STORAGE, FULL])
def test_without_storage_there_is_no_box(page, server, script):
    page.goto(server + PAGE)
    errors = errors_of(page)
    page.evaluate(script)
    page.eval_on_selector(".read-mark", "place => place.replaceChildren()")
    page.route("**/progress.js", lambda route: route.fulfill(path=SCRIPT))
    page.add_script_tag(url=f"{server}assets/javascripts/progress.js")
    assert page.locator(BOX).count() == 0 and not errors


def test_damaged_marks_are_begun_anew(page, server):
    page.goto(server + PAGE)
    page.evaluate(DAMAGED)
    errors = errors_of(page)
    page.reload()
    page.locator(BOX).check()
    assert read_pages(page) == ["The problem"] and not errors


def test_without_javascript_nothing_is_promised(browser, server):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(server + PAGE)
        assert page.locator(".read-mark").inner_text() == ""


def test_marks_move_nothing(page, server):
    page.goto(server + PAGE)
    heights = """async () => {
      document.body.offsetHeight;  // asks for the fonts
      await document.fonts.ready;
      return [document.body.scrollHeight, document.querySelector(".md-nav").offsetHeight];
    }"""
    whole = "* { content-visibility: visible !important }"  # else some heights are guessed
    page.add_style_tag(content=whole)
    before = page.evaluate(heights)
    page.locator(BOX).check()
    page.reload(wait_until="load")
    page.add_style_tag(content=whole)
    assert page.evaluate(heights) == before
    page.eval_on_selector(".read-mark", "place => place.replaceChildren()")
    assert page.evaluate(heights) == before


def test_every_page_that_teaches_can_be_marked(site):
    (counted,) = parse(site / "index.html").xpath("//*[@class='read-count']/@data-pages")
    marked = [page for page in pages(site) if parse(site / page).find_class("read-mark")]
    assert sorted(counted.split()) == sorted(marked) and len(marked) > 10


def test_script_is_small():
    assert len(gzip.compress(SCRIPT.read_bytes(), 9)) < 1024
