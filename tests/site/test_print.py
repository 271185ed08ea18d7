"""Each page as a handout on A4: the whole text and nothing to press, light, nothing cut off."""

import re

import pytest

from pipeline.links import pages, parse
from tests.site.built import open_html

# What the margins leave of A4, at 96 pixels an inch.
A4 = {"width": 673, "height": 986}
HIDDEN = (
    ".md-header, .md-footer, .md-sidebar, .md-top, .md-search, .md-skip, .md-code__nav, "
    ".block-link, .headerlink, .figure-code, .widget-bar, .read-mark, "
    "article button:not(.step-tables *)"  # those are the names of the rows
)
WHOLE = "figure, .equation, .highlight, tr"
FAULTS = """([hidden, whole]) => {
  const faults = [];
  const say = e => `<${[e.localName, ...e.classList].join(".")}> ` +
    `"${e.textContent.trim().replace(/\\s+/g, " ").slice(0, 40).toWellFormed()}"`;
  const seen = e => e.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const article = document.querySelector("article");
  for (const e of document.querySelectorAll(hidden))
    if (seen(e) && e.offsetHeight > 1) faults.push(`is printed: ${say(e)}`);
  for (const e of article.querySelectorAll("details > *"))
    if (!e.matches(hidden) && !e.matches("script, style, .widget-bar") && !seen(e))
      faults.push(`stays folded: ${say(e)}`);
  for (const e of article.querySelectorAll("*")) {
    const box = e.getBoundingClientRect();
    const inside = e.closest("mjx-assistive-mml, .widget-said, svg");
    if (!inside && box.width && seen(e) && box.right > innerWidth + 1)
      faults.push(`is cut off at ${Math.round(box.right)} px: ${say(e)}`);
    if (!inside && e.clientWidth && e.scrollWidth > e.clientWidth + 1 &&
        /auto|scroll|hidden/.test(getComputedStyle(e).overflowX))
      faults.push(`is ${e.scrollWidth} px wide in a box of ${e.clientWidth}: ${say(e)}`);
  }
  for (const e of article.querySelectorAll(whole))
    if (getComputedStyle(e).breakInside !== "avoid") faults.push(`may be torn: ${say(e)}`);
  const light = colour => colour.match(/[\\d.]+/g).slice(0, 3).reduce((a, b) => a + +b, 0) / 765;
  const ink = getComputedStyle(article.querySelector("p:not(.handout)") ?? article).color;
  if (light(ink) > 0.5) faults.push(`the ink is ${ink}`);
  for (const image of article.querySelectorAll("figure img"))
    if (getComputedStyle(image).filter !== "none") faults.push(`is inverted: ${image.src}`);
  if (!seen(article.querySelector("h1"))) faults.push("the title is missing");
  const from = article.querySelector(".handout");
  if (!from || !seen(from)) faults.push("does not say where it comes from");
  return faults;
}"""


def print_faults(page):
    """What is wrong with the print of the page in the browser, one line each."""
    page.emulate_media(media="print")
    return page.evaluate(FAULTS, [HIDDEN, WHOLE])


@pytest.fixture(scope="module")
def context(browser):
    """A sheet of paper for a reader who has chosen the dark scheme."""
    with browser.new_context(viewport=A4, color_scheme="dark") as context:
        yield context


def test_print_is_a_handout(address, context, server):
    with context.new_page() as page:
        page.goto(server + address, wait_until="load")
        faults = print_faults(page)
    assert not faults, "\n".join([address, *faults])


def test_whatever_is_hidden_is_on_some_page(site):
    classes = {
        name
        for page in pages(site)
        for names in parse(site / page).xpath("//@class")
        for name in names.split()
    }
    assert set(re.findall(r"\.([\w-]+)", HIDDEN)) <= classes


def test_planted_faults_are_found(context):
    html = """<body style="margin: 0"><article style="color: #eee">
        <h1 style="display: none">A</h1><p>pale</p><button>press</button>
        <details><summary>More</summary><p style="display: none" id="x">folded</p></details>
        <pre style="width: 900px">wide</pre>
        <div style="overflow: hidden; width: 90px"><b style="white-space: pre">nowhere to go to</b>
        </div><figure style="break-inside: auto"><img style="filter: invert(1)" src="a.svg">
        </figure></article>"""
    with context.new_page() as page:
        open_html(page, html)
        faults = "\n".join(print_faults(page))
    for fault in (
        'is printed: <button> "press"',
        'stays folded: <p> "folded"',
        'is cut off at 900 px: <pre> "wide"',
        "px wide in a box of 90: <div>",
        "may be torn: <figure>",
        "the ink is rgb(238, 238, 238)",
        "is inverted: http://planted.test/a.svg",
        "the title is missing",
        "does not say where it comes from",
    ):
        assert fault in faults
