"""A screen reader meets each equation once, as mathematics, where it stands in the text.

The browser is told that a screen reader listens: without one, it leaves what is far from the
screen out of what it hands over.
"""

import re

import pytest

from pipeline.links import pages, parse
from tests.site import browser as browsers
from tests.site.built import open_html

EQUATION = "mjx-container"
LETTER = re.compile("[\U0001d400-\U0001d7ff]|\u210e")


def spoken(page):
    """What the browser hands to a screen reader, in order: role, text and the roles around it."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    known = {node["nodeId"]: node for node in nodes}
    result, waiting = [], [(nodes[0], ())]
    while waiting:
        node, around = waiting.pop()
        role = "" if node.get("ignored") else node["role"]["value"]
        if role != "InlineTextBox":
            result.append((role, node.get("name", {}).get("value", ""), around))
            children = [known[name] for name in node.get("childIds", []) if name in known]
            waiting += [(child, (*around, role)) for child in reversed(children)]
    return result


def equation_faults(page):
    """What a screen reader would miss or hear twice of the equations of the page, a line each."""
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    nodes = spoken(page)
    shown = page.locator(EQUATION).evaluate_all(
        "all => all.filter(e => e.checkVisibility()).length"
    )
    said = sum(role == "MathMLMath" for role, *_ in nodes)
    faults = []
    if shown != said:
        faults.append(f"{shown} equations are seen, {said} are read as mathematics")
    for role, text, around in nodes:
        if role == "StaticText" and LETTER.search(text) and "MathMLMath" not in around:
            faults.append(f"a drawn letter is read as text: {text}")
    return faults


@pytest.fixture(scope="module")
def listened(browser):
    """A browser that believes a screen reader is there."""
    options = browsers.chromium()
    options["args"] = [*options["args"], "--force-renderer-accessibility=screen-reader"]
    running = browser.browser_type.launch(**options)
    yield running
    running.close()


@pytest.fixture
def page(listened):
    with listened.new_context() as context:
        yield context.new_page()


def test_each_equation_is_read_once(page, server, site):
    faults = []
    for address in pages(site):
        if parse(site / address).xpath(f"//{EQUATION}"):
            page.goto(server + address, wait_until="load")
            faults += [f"{address}: {fault}" for fault in equation_faults(page)]
    assert not faults, "\n".join(faults)


def test_equation_is_read_before_its_number(page, server):
    page.goto(server + "hidden-layer/derivation.html", wait_until="load")
    order = [
        (role, text)
        for role, text, _ in spoken(page)
        if role == "MathMLMath" or text.startswith(("Here it is by index", "Equation 1"))
    ]
    start = next(i for i, (_, text) in enumerate(order) if text.startswith("Equation"))
    assert order[start - 1][0] == "MathMLMath"
    assert order[start][0] == "link"


def test_planted_faults_are_found(page):
    drawn = "<mjx-math{0}><mjx-c>\U0001d465</mjx-c></mjx-math>"
    said = "<mjx-assistive-mml><math><mi>\U0001d465</mi></math></mjx-assistive-mml>"
    hidden = drawn.format(" aria-hidden='true'")
    equation = "<meta charset='utf-8'><mjx-container>{0}</mjx-container>"
    open_html(page, equation.format(hidden + said))
    assert equation_faults(page) == []
    open_html(page, equation.format(drawn.format("") + said) + equation.format(hidden))
    assert equation_faults(page) == [
        "2 equations are seen, 1 are read as mathematics",
        "a drawn letter is read as text: \U0001d465",
    ]
