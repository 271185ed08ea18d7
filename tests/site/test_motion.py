"""With reduced motion nothing on a page moves: no transition, no animation, no smooth scroll."""

import pytest

from pipeline.links import pages
from tests.site.built import open_html

MOVES = """() => {
  const faults = [];
  const lasts = list => list.split(",").some(time => parseFloat(time) > 0);
  for (const e of document.querySelectorAll("*"))
    for (const part of [null, "::before", "::after"]) {
      const style = getComputedStyle(e, part);
      const name = `<${e.localName}.${[...e.classList].join(".")}>${part ?? ""}`;
      if (lasts(style.transitionDuration) && style.transitionProperty !== "none")
        faults.push(`${name} passes slowly from one look to the next`);
      if (lasts(style.animationDuration) && style.animationName !== "none")
        faults.push(`${name} is animated`);
      if (!part && style.scrollBehavior === "smooth") faults.push(`${name} scrolls smoothly`);
    }
  return [...new Set(faults)];
}"""


@pytest.fixture(scope="module")
def page(browser):
    with browser.new_context(reduced_motion="reduce") as context:
        yield context.new_page()


def test_nothing_moves(page, server, site):
    for address in pages(site):
        page.goto(server + address, wait_until="load")
        assert not (faults := page.evaluate(MOVES)), "\n".join([address, *faults])


def test_planted_faults_are_found(page):
    open_html(
        page,
        """<style>@keyframes k { to { opacity: 0 } } b { animation: 1s k } i { transition: 0s, 2s }
        u::before { content: ""; transition: color 1s } html { scroll-behavior: smooth }
        s { transition: none 0s } </style><b>b</b><i>i</i><u>u</u><s>s</s>""",
    )
    assert page.evaluate(MOVES) == [
        "<html.> scrolls smoothly",
        "<b.> is animated",
        "<i.> passes slowly from one look to the next",
        "<u.>::before passes slowly from one look to the next",
    ]
