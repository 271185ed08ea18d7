"""No rule of our own is lost on the way to the reader, and the dark scheme needs no script."""

import re

import pytest

from tests.site.browser import ROOT

SHEETS = ("site", "theme", "copy", "equations", "render")
RULES = """sheets => {
  const said = (rules, place) => [...rules].flatMap(rule => rule.cssRules && !rule.selectorText
    ? said(rule.cssRules, `${place}${rule.cssText.split("{")[0]}`) : [`${place}${rule.cssText}`])
  return sheets.map(text => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(text)
    return said(sheet.cssRules, "")
  })
}"""
# A page of each template, and one with styles of its own.
NAMES = ["index.html", "labs/one-neuron.html", "404.html", "hidden-layer/step-the-network.html"]
COLOURS = """[document.body, document.querySelector(".md-header"), document.querySelector("h1")]
  .flatMap(e => [getComputedStyle(e).backgroundColor, getComputedStyle(e).color])"""


def lost(page, own, built):
    """The rules of the sheets ``own`` that ``built`` has not, in a browser's words."""
    *sheets, whole = page.evaluate(RULES, [*own, built])
    return [rule for rules in sheets for rule in rules if rule not in whole]


def test_no_rule_of_ours_is_lost(browser, site):
    folder = ROOT / "docs/assets/stylesheets"
    own = [(folder / f"{name}.css").read_text(encoding="utf-8") for name in SHEETS]
    (whole,) = (site / "assets/stylesheets").glob("all.*.css")
    built = whole.read_text(encoding="utf-8")
    with browser.new_page() as page:
        assert not lost(page, own, built)
        planted = re.sub(r"\.md-typeset \[data-more\]\{[^}]*\}", "", built)
        assert planted != built
        assert [rule.split(" {")[0] for rule in lost(page, own, planted)] == [
            ".md-typeset [data-more]",
            "@media print .md-typeset [data-more]",
        ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", NAMES)
def test_scheme_of_the_system_shows_without_a_script(name, browser, scheme, server):
    found = []
    for scripts in (True, False):
        options = {"color_scheme": scheme, "java_script_enabled": scripts}
        with browser.new_context(**options) as context:
            page = context.new_page()
            page.goto(server + name)
            found.append(page.evaluate(COLOURS))
    assert found[0] == found[1]
