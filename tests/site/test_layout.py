"""Every page from 320 to 2560 px: nothing sticks out, jumps or is missing, and lines stay short.

Shapes do not depend on the scheme.
"""

import re
from pathlib import Path

import pytest

from pipeline.links import pages, parse
from tests.site.built import QuietHandler, SlowHandler, open_html, served, until

WIDTHS = {320: [360], 768: [], 1280: [2560]}  # of the window when the page opens, and then
SHIFT = 0.01
ALT = 20
LINE = 100  # letters of an alphabet; words take less room
PHONE = 360  # wide enough for every equation
RECORD_SHIFTS = """
window.shifts = [];
new PerformanceObserver(list => {
  for (const shift of list.getEntries())
    if (!shift.hadRecentInput)
      shifts.push([shift.value, shift.sources.map(s => describe(s.node)).join(", ")]);
}).observe({type: "layout-shift", buffered: true});
window.describe = node => {
  const element = node?.nodeType === 1 ? node : node?.parentElement;
  if (!element) return "?";
  const name = element.localName + (element.id ? "#" + element.id : "");
  const text = element.textContent.trim().replace(/\\s+/g, " ").slice(0, 40).toWellFormed();
  return `<${[name, ...element.classList].join(".")}> "${text}"`;
};
"""
# Far enough for images that load late and for headers that appear on the way.
SCROLL = """async () => {
  await document.fonts.ready;
  for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight / 2) {
    scrollTo(0, y);
    await new Promise(requestAnimationFrame);
  }
  await Promise.all([...document.images].map(image => image.decode().catch(() => null)));
  scrollTo(0, 0);
  await new Promise(resolve => setTimeout(resolve, 50));
}"""
SETTLE = """async () => {
  await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  await Promise.all([...document.images].map(image => image.decode().catch(() => null)));
}"""
FAULTS = """() => {
  const faults = [];
  const article = document.querySelector("article") ?? document.body;
  const scrolls = e => /auto|scroll/.test(getComputedStyle(e).overflowX);
  const reached = e => e.tabIndex >= 0 || e.querySelector("a[href], button, [tabindex='0']");
  const page = document.documentElement;
  const box = element => {
    while (element !== article && !scrolls(element)) element = element.parentElement;
    return element;
  };
  if (page.scrollWidth > innerWidth) {
    faults.push(`the page is ${page.scrollWidth} px wide`);
    for (const e of article.querySelectorAll("*"))
      if (e.getBoundingClientRect().right > innerWidth + 1 && box(e) === article)
        faults.push(`  sticks out: ${describe(e)}`);
  }
  for (const e of article.querySelectorAll("*"))
    if (scrolls(e) && e.scrollWidth > e.clientWidth + 1 && e.checkVisibility()) {
      if (!reached(e)) faults.push(`scrolls, but the keyboard does not reach it: ${describe(e)}`);
      if (!e.dataset.more || !e.ariaLabel?.includes("scrolls sideways"))
        faults.push(`scrolls, but does not say so: ${describe(e)}`);
    }
  const letters = document.createElement("span");
  letters.textContent = "abcdefghijklmnopqrstuvwxyz ".repeat(10).slice(0, 100);
  letters.style = "position: absolute; white-space: nowrap; visibility: hidden";
  for (const e of article.querySelectorAll(":scope > p")) {
    e.append(letters);
    const count = Math.round(e.clientWidth / letters.offsetWidth * 100);
    letters.remove();
    if (count > LINE) {
      faults.push(`a line holds ${count} letters: ${describe(e)}`);
      break;
    }
  }
  const { left, right } = article.getBoundingClientRect();
  if (left > innerWidth / 2 || right < innerWidth / 2)
    faults.push("the text stands beside the middle of the window");
  for (const e of article.querySelectorAll("mjx-container[display=true]"))
    if (box(e) === article)
      faults.push(`a display equation has no scroll box: ${describe(e)}`);
  for (const e of article.querySelectorAll(".equation-box"))
    if (innerWidth >= PHONE && e.scrollWidth > e.clientWidth + 1)
      faults.push(`an equation is ${e.scrollWidth - e.clientWidth} px too wide for a phone of `
        + `PHONE px, break it in two rows: ${describe(e.closest(".equation"))}`);
  for (const e of article.querySelectorAll("mjx-container:not([display=true])"))
    if (e.tabIndex >= 0)
      faults.push(`an equation within a sentence is a tab stop: ${describe(e)}`);
  const inside = (one, other) => one.left < other.right - 1 && other.left < one.right - 1
    && one.top < other.bottom - 1 && other.top < one.bottom - 1;
  for (const e of article.querySelectorAll(".highlight :is(.md-code__nav, .block-link)")) {
    const code = document.createRange(), over = e.getBoundingClientRect();
    code.selectNodeContents(e.closest(".highlight").querySelector("code"));
    if ([...code.getClientRects()].some(line => inside(over, line)))
      faults.push(`covers the code of its block: ${describe(e.closest(".highlight"))}`);
  }
  for (const image of document.images)
    if (image.checkVisibility() && !image.naturalWidth)
      faults.push(`an image is missing: ${image.getAttribute("src")}`);
  return faults;
}""".replace("LINE", str(LINE)).replace("PHONE", str(PHONE))
OPEN = "() => document.querySelectorAll('details').forEach(fold => fold.open = true)"


def layout_faults(page, *wider):
    """What is wrong with the page that the browser shows, folds open, also in a wider window.

    One line each.
    """
    page.evaluate(SCROLL)
    shifts = page.evaluate("shifts")
    # What is far from the window is cut off at its box, and would not be seen to stick out.
    page.add_style_tag(content="* { content-visibility: visible !important }")
    page.evaluate(OPEN)
    page.evaluate(SETTLE)
    faults = page.evaluate(FAULTS)
    if (total := sum(value for value, _ in shifts)) >= SHIFT:
        faults.append(f"the layout shifts by {total:.3f}: " + "; ".join(what for _, what in shifts))
    for width in wider:
        page.set_viewport_size({**page.viewport_size, "width": width})
        page.evaluate(SETTLE)
        faults += [f"{width} px: {fault}" for fault in page.evaluate(FAULTS)]
    return faults


def image_faults(tree):
    """The images of an article without size, or without words for who cannot see them."""
    faults = []
    for image in tree.xpath("//article//img"):
        name = image.get("src")
        if len(image.get("alt", "")) < ALT:
            faults.append(f"{name}: the alt text {image.get('alt')!r} does not say what is seen")
        if not (image.get("width", "").isdigit() and image.get("height", "").isdigit()):
            faults.append(f"{name}: width and height are missing")
    return faults


@pytest.fixture(scope="module", params=WIDTHS, ids=str)
def windows(browser, request):
    """Windows that open in one width and record shifts, and the widths that they then have."""
    with browser.new_context(viewport={"width": request.param, "height": 800}) as context:
        context.add_init_script(RECORD_SHIFTS)
        yield context, WIDTHS[request.param]


def test_page_keeps_its_shape(address, windows, server):
    context, wider = windows
    with context.new_page() as page:
        page.goto(server + address)
        faults = layout_faults(page, *wider)
    assert not faults, "\n".join([address, *faults])


class NoFonts(QuietHandler):
    """Serves the styles of the equations without their fonts."""

    def do_GET(self):
        if not self.path.endswith("/math.css"):
            return super().do_GET()
        styles = Path(self.translate_path(self.path)).read_text(encoding="utf-8")
        self.send_response(200)
        self.send_header("Content-Type", "text/css")
        self.end_headers()
        self.wfile.write(re.sub(r"@font-face\s*{[^}]*}", "", styles).encode())


HEIGHTS = """async () => {
  document.body.offsetHeight;  // asks for the fonts
  await document.fonts.ready;
  return [...document.querySelectorAll(".equation")].map(e => e.offsetHeight);
}"""


@pytest.mark.parametrize(
    ("style", "same"),
    [("", True), ("mjx-under mjx-c { vertical-align: -0.4em !important }", False)],
)
def test_equations_are_as_tall_before_their_fonts_are_read(style, same, browser, site):
    heights = []
    for handler in (QuietHandler, NoFonts):
        with served(site, handler) as address, browser.new_page() as page:
            page.goto(address + "hidden-layer/derivation.html")
            page.add_style_tag(content=f"* {{ content-visibility: visible !important }} {style}")
            heights.append(page.evaluate(HEIGHTS))
    assert len(heights[0]) > 20
    assert all(abs(one - other) <= 1 for one, other in zip(*heights)) == same


class ShownAtOnce(SlowHandler):
    HEAD = "<style>.md-typeset__scrollwrap { visibility: visible !important }</style>"


@pytest.mark.parametrize(("handler", "moves"), [(SlowHandler, False), (ShownAtOnce, True)])
def test_table_that_arrives_in_halves_does_not_move(handler, moves, browser, site):
    with (
        served(site, handler) as address,
        browser.new_context(viewport={"width": 480, "height": 800}) as context,
    ):
        context.add_init_script(RECORD_SHIFTS)
        page = context.new_page()
        page.goto(address + "reference/notation.html")
        page.reload()  # which is not shown by parts
        page.wait_for_timeout(100)
        total = sum(value for value, _ in page.evaluate("shifts"))
    assert (total >= SHIFT) == moves


def test_images_have_size_and_words(site):
    faults = [f"{page}: {f}" for page in pages(site) for f in image_faults(parse(site / page))]
    assert not faults, "\n".join(faults)


def test_planted_faults_are_found(browser, tmp_path):
    html = """<article>
        <p style="width: 900px" id="wide">wide</p>
        <pre style="overflow: auto; width: 50px" id="box">a line that scrolls</pre>
        <pre style="overflow: auto; width: 50px" tabindex="0" id="mute">a line that scrolls</pre>
        <p style="font-size: 2px">short letters</p>
        <mjx-container display="true" id="bare">x</mjx-container>
        <details><div class="equation" id="long"><div class="equation-box" style="overflow: auto"
        tabindex="0"><p style="width: 500px">a long equation</p></div></div></details>
        <mjx-container tabindex="0" id="stop">x</mjx-container>
        <div class="highlight" id="covered" style="position: relative"><pre><code>code</code></pre>
        <div class="md-code__nav" style="position: absolute; inset: 0">copy</div></div>
        <img src="gone.png" alt="A figure" width="9" height="9">
        <p id="late">text</p>
        <script>
        const painted = then => requestAnimationFrame(() => requestAnimationFrame(then))
        painted(() => setTimeout(() => late.style.marginTop = "200px", 100))
        </script></article>"""
    with browser.new_context(viewport={"width": 360, "height": 800}) as context:
        context.add_init_script(RECORD_SHIFTS)
        page = context.new_page()
        page.route("**/gone.png", lambda route: route.abort())
        open_html(page, html)
        until(page, "shifts.length > 0")
        faults = "\n".join(layout_faults(page))
        wider = "\n".join(layout_faults(page, 800, 950))
    assert "px wide\n  sticks out: <p#wide>" in faults
    assert "the keyboard does not reach it: <pre#box>" in faults
    assert faults.count("the keyboard does not reach it") == 1
    assert "does not say so: <pre#mute>" in faults
    assert "a line holds" in faults
    assert "no scroll box: <mjx-container#bare>" in faults
    assert "too wide for a phone of 360 px, break it in two rows: <div#long.equation>" in faults
    assert "a tab stop: <mjx-container#stop>" in faults
    assert "covers the code of its block: <div#covered" in faults
    assert "an image is missing: gone.png" in faults
    assert '<p#late> "text"' in faults
    assert "800 px: an equation is" not in wider
    assert "800 px: the page is 9" in wider and "950 px: the page is" not in wider
    (tmp_path / "x.html").write_text(html.replace('width="9"', ""))
    assert image_faults(parse(tmp_path / "x.html")) == [
        "gone.png: the alt text 'A figure' does not say what is seen",
        "gone.png: width and height are missing",
    ]


@pytest.mark.parametrize("width", [320, 360])
def test_name_of_the_site_is_whole_on_a_phone(width, browser, server):
    cut = """() => {
      const name = document.querySelector(".md-header__topic .md-ellipsis")
      const range = document.createRange()
      range.selectNodeContents(name)
      return range.getBoundingClientRect().width > name.getBoundingClientRect().width
    }"""
    with browser.new_context(viewport={"width": width, "height": 740}) as context:
        page = context.new_page()
        page.goto(server + "index.html")
        assert not page.evaluate(cut)
        page.add_style_tag(content=".md-header__title { font-size: 1.2rem !important }")
        assert page.evaluate(cut)
