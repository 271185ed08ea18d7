"""The site with JavaScript switched off: text and equations show, details and links open."""

import re

import pytest

from pipeline.links import pages
from tests.site.built import open_html

NEXT = ".md-footer__link--next"
EQUATIONS = "mjx-container"
HINTS = ".symbol-hint, .widget-words"  # speak of what a script does
TOUCHED = f".widget, {HINTS}"
LEAVE_OUT = """selector => {
  document.querySelectorAll(selector).forEach(part => part.remove());
  const style = document.createElement("style");
  style.textContent = "* { content-visibility: visible !important }";
  document.head.append(style);
}"""
NAVIGATION = ".md-sidebar--primary a.md-nav__link[href]:not([href^='#'])"


@pytest.fixture
def page(browser):
    viewport = {"width": 1280, "height": 900}
    with browser.new_context(java_script_enabled=False, viewport=viewport) as context:
        context.set_default_timeout(5000)
        yield context.new_page()


def unfold(page):
    """Open every details element as a reader does, and return the ones that stay shut."""
    closed = page.locator("article details:not([open], .widget details)")
    for _ in range(closed.count()):
        if closed.count():
            closed.first.locator("> summary").click()
    return [summary.inner_text() for summary in closed.locator("> summary").all()]


def words(page):
    """The words of the article that can be seen; what can be touched needs JavaScript."""
    page.evaluate(LEAVE_OUT, TOUCHED)
    return re.findall(r"\S+", page.locator("article").inner_text())


def unseen(page, selector):
    """How many of the elements take no room or are hidden, those in tabs not chosen left out."""
    return page.eval_on_selector_all(
        selector,
        """elements => elements.filter(e => !e.closest(".tabbed-block") && !e.checkVisibility(
             {visibilityProperty: true, opacityProperty: true})).length""",
    )


def test_page_reads_the_same(address, page, browser, server):
    page.goto(server + address)
    assert not unfold(page), f"{address}: these details do not open"
    assert page.locator("h1").is_visible()
    assert not unseen(page, EQUATIONS), f"{address}: equations are not to be seen"
    assert not page.locator(HINTS).filter(visible=True).count()
    with browser.new_context(viewport=page.viewport_size) as context:
        scripted = context.new_page()
        scripted.goto(server + address)
        unfold(scripted)
        assert words(page) == words(scripted)


@pytest.mark.parametrize("width", [360, 1280])
def test_widget_only_says_what_it_needs(width, page, server, site):
    page.set_viewport_size({"width": width, "height": 900})
    found = 0
    for address in pages(site):
        page.goto(server + address)
        for widget in page.locator(".widget").all():
            found += 1
            assert "JavaScript" in widget.inner_text()
            parts = widget.locator("> :not(noscript)").filter(visible=True)
            assert not parts.count(), f"{address}: {parts.first.inner_text()}"
    assert found == 3


def test_navigation_is_reachable(page, server, site):
    page.goto(server)
    assert page.locator(NAVIGATION).count() >= len(pages(site))
    assert not unseen(page, NAVIGATION)
    with page.expect_navigation():
        page.locator(NEXT).click()
    assert page.locator("h1").is_visible()


def test_navigation_of_a_phone_opens_from_the_keyboard(page, server):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(server)
    link = page.locator(NAVIGATION).nth(1)
    assert not link.is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    link.wait_for(state="visible")


def test_planted_faults_are_found(page):
    open_html(
        page,
        "<article><p>seen</p><p style='display: none'>hidden</p>"
        "<mjx-container style='visibility: hidden'>x</mjx-container>"
        "<details><summary>opens</summary>inside</details>"
        "<noscript>without</noscript></article>",
    )
    assert unseen(page, EQUATIONS) == 1
    assert not unfold(page)
    assert words(page) == ["seen", "opens", "inside", "without"]
