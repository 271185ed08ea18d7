"""What axe-core finds on each page: nothing, light and dark, on a desk and on a phone.

On the pages in the dark only the two rules about colour run, on a phone: what a desk has around
them is the same on all. On them in the light, and in both on two whole pages, the open menu, the
search and the error page, every rule runs, the experimental ones and those of the best practices
included, but for:

- ``color-contrast-enhanced`` (AAA) asks for 7:1, which no four colours can give on both schemes
  and stay apart from one another; 4.5:1 is asked;
- ``focus-order-semantics`` (experimental) asks that what scrolls be a landmark; a page would have
  dozens of them, so it is a group with a name;
- ``empty-table-header`` takes a heading that holds an equation for empty, since axe reads no
  MathML; such headings are left out, others are not.
"""

import re

import pytest

from pipeline.links import pages
from tests.site.browser import ROOT
from tests.site.built import open_html

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
SCHEMES = {False: "default", True: "slate"}  # the theme's names, by whether it is dark
UNFOLD = """async () => {
  document.querySelectorAll("details").forEach(details => details.open = true);
  await document.fonts.ready;
  await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}"""
RUN = """async ([scope, only]) => {
  const colours = ["color-contrast", "link-in-text-block"];
  const left = ["color-contrast-enhanced", "focus-order-semantics"];
  const { violations } = await axe.run(scope, {
    resultTypes: ["violations"],
    ...(only ? { runOnly: colours } : {}),
    rules: Object.fromEntries(axe.getRules().filter(rule => !only || colours.includes(rule.ruleId))
      .map(rule => [rule.ruleId, { enabled: !left.includes(rule.ruleId) }])),
  });
  const equation = node => document.querySelector(node.target[0])?.querySelector("math");
  return violations.flatMap(({ id, nodes }) => nodes
    .filter(node => id !== "empty-table-header" || !equation(node))
    .map(node => `${id}: ${node.target.join(" ")} ${node.html.slice(0, 160).toWellFormed()} ` +
                 node.failureSummary.split("\\n").slice(1).join("; ")));
}"""


def axe_faults(page, scope="html", colours=False):
    """What axe says of the page in the browser, or of a part of it, one line each."""
    page.evaluate(UNFOLD)
    lines = page.evaluate(RUN, [scope, colours])
    return [re.sub(r"\s+", " ", line) for line in lines]


@pytest.fixture(scope="module", params=["light", "dark"])
def visit(browser, request):
    """Open an address in one scheme, with axe on the page."""
    options = {"color_scheme": request.param, "reduced_motion": "reduce", "viewport": DESK}
    with browser.new_context(**options) as context:
        page = context.new_page()

        def open_page(address):
            page.set_viewport_size(DESK)
            page.goto(address)
            page.evaluate(AXE.read_text(encoding="utf-8"))
            return page, request.param == "dark"

        yield open_page


def test_axe_finds_nothing(address, visit, server):
    page, dark = visit(server + address)
    assert page.locator("body").get_attribute("data-md-color-scheme") == SCHEMES[dark]
    faults = [] if dark else axe_faults(page)
    page.set_viewport_size(PHONE)
    faults += axe_faults(page, colours=dark)
    assert not faults, "\n".join([address, *dict.fromkeys(faults)])


@pytest.mark.parametrize("name", ["index.html", "hidden-layer/derivation.html"])
def test_axe_finds_nothing_around_the_text(name, visit, server):
    page, _ = visit(server + name)
    faults = axe_faults(page)
    page.set_viewport_size(PHONE)
    page.get_by_role("button", name="Navigation", exact=True).press("Enter")
    faults += axe_faults(page, ".md-sidebar--primary")
    assert not faults, "\n".join(dict.fromkeys(faults))


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_in_the_search(size, visit, server):
    page, _ = visit(server)
    page.set_viewport_size(size)
    page.locator("[data-md-component=search-query]").focus()
    page.keyboard.type("gradient")
    page.locator(".md-search-result__item").first.wait_for()
    assert not (faults := axe_faults(page)), "\n".join(faults)


def test_error_page(visit, server):
    page, _ = visit(server + "404.html")
    assert not (faults := axe_faults(page)), "\n".join(faults)


def test_planted_faults_are_found(browser, site):
    html = """<html lang="en"><title>Planted</title><main><h1>Planted</h1>
        <img src="data:," width="9" height="9">
        <p style="color: #aaa; background: #fff">pale</p>
        <details><summary>More</summary><button style="padding: 20px"></button></details>
        <table><tr><th></th><th>loss</th></tr><tr><td>1</td><td>2</td></tr></table>
        <table><tr><th><math><mi>x</mi></math></th></tr><tr><td>1</td></tr></table></main>"""
    with browser.new_context(viewport=DESK) as context:
        page = context.new_page()
        open_html(page, html)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        faults = axe_faults(page)
        assert {line.partition(":")[0] for line in faults} == {
            "image-alt",
            "color-contrast",
            "button-name",
            "empty-table-header",
        }
        assert len(faults) == 4, "\n".join(faults)
        assert [line.partition(":")[0] for line in axe_faults(page, colours=True)] == [
            "color-contrast"
        ]
    assert len(pages(site)) > 1
