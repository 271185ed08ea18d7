"""A phone shows the beginning of a page first, then some parts a frame; who acts gets the rest."""

import threading

import pytest
from playwright.sync_api import Page

from tests.site.built import SlowHandler, served, until

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
PAGE = "hidden-layer/derivation.html"
# Frames come when the test asks for them.
HOLD = """
window.frames_ = [];
window.requestAnimationFrame = frame => frames_.push(frame);
window.nextFrame = () => frames_.splice(0).forEach(frame => frame(performance.now()));
window.counts = () => {
  const parts = [...document.querySelectorAll(
    ".md-content__inner > *, .widget > *, .md-footer")];
  const hidden = e => getComputedStyle(e).contentVisibility === "hidden";
  return [parts.filter(part => !hidden(part)).length, parts.length];
};
"""


def at_once(page, address):
    """Open a page without the scroll that conftest.py adds."""
    Page.goto.__wrapped__(page, address)


@pytest.fixture
def held(browser, server):
    """Open a page of the site on a phone, its frames held back; give the browser's page."""
    with browser.new_context(viewport=PHONE) as context:
        context.add_init_script(HOLD)
        page = context.new_page()

        def open_page(address=PAGE):
            at_once(page, server + address)
            return page

        yield open_page


def counts(page):
    """How many parts of the page are shown, and how many there are."""
    return page.evaluate("counts()")


def test_beginning_is_shown_first_then_more_with_each_frame(held):
    page = held()
    seen, everything = counts(page)
    assert seen == 3 and everything > 50
    assert page.locator("h1").is_visible() and not page.locator(".md-footer").is_visible()
    page.evaluate("nextFrame()")
    assert counts(page)[0] == seen  # that frame has the beginning
    while seen < everything:
        page.evaluate("nextFrame()")
        before, (seen, _) = seen, counts(page)
        assert seen > before
    assert page.locator(".md-footer").is_visible()


def test_script_that_does_not_come_keeps_nothing_from_the_reader(browser, server):
    with browser.new_context(viewport=PHONE) as context:
        page = context.new_page()
        asked = []
        page.route("**/*.js", lambda route: asked.append(route))  # no answer
        Page.goto.__wrapped__(page, server + PAGE, wait_until="commit")
        page.wait_for_selector("html:not(.by-parts)")
        assert page.locator(".md-footer").is_visible()
        assert asked and page.evaluate("document.readyState") == "interactive"


def test_what_has_arrived_is_shown_though_more_is_to_come(browser, site):
    more = threading.Event()

    class Halves(SlowHandler):
        def pause(self):
            more.wait(30)

    with served(site, Halves) as address, browser.new_context(viewport=PHONE) as context:
        page = context.new_page()
        Page.goto.__wrapped__(page, address + "reference/notation.html", wait_until="commit")
        page.wait_for_selector("h1 ~ h2")
        assert page.evaluate("document.readyState") == "loading"
        more.set()
        page.wait_for_selector("html:not(.by-parts)")
        assert page.locator(".md-footer").is_visible()


@pytest.mark.parametrize("act", ["scroll", "type", "tap"])
def test_who_acts_gets_the_rest_at_once(act, held):
    page = held()
    if act == "scroll":
        page.mouse.wheel(0, 40)
        until(page, "scrollY > 0")
    elif act == "type":
        page.keyboard.press("Tab")
    else:
        page.mouse.click(180, 300)
    page.wait_for_selector("html:not(.by-parts)")
    seen, everything = counts(page)
    assert seen == everything


@pytest.mark.parametrize("place", ["#exercises", "#:~:text=Exercises"])
def test_who_comes_to_a_section_or_to_words_is_not_made_to_wait(place, held):
    page = held(PAGE + place)
    assert page.locator(".md-footer").is_visible()


def test_who_comes_back_is_not_made_to_wait(held):
    page = held()
    assert not page.locator(".md-footer").is_visible()
    page.reload()
    assert page.locator(".md-footer").is_visible()


def test_all_of_it_is_printed(held):
    page = held()
    page.emulate_media(media="print")
    seen, everything = counts(page)
    assert seen == everything


def test_desk_has_the_whole_page_at_once(held, server):
    page = held("index.html")
    page.set_viewport_size(DESK)
    at_once(page, server + PAGE)
    assert page.locator(".md-footer").is_visible()
