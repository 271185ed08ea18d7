"""Figures have a caption that leads to their code, and words that can be read on a phone."""

import re

import pytest

from pipeline.links import pages, parse
from tests.site.built import open_html

LAB = "figures/labs/"
LAB_CALLS = ["draw(", "plt.show("]
LINKS = """() => [...document.querySelectorAll("article figure")].map(figure => {
  const source = figure.querySelector("img")?.getAttribute("src") ?? "";
  const link = figure.querySelector("figcaption a.figure-code");
  const block = link && document.getElementById(link.hash.slice(1));
  const blocks = [];
  for (let next = block; next?.matches(".highlight"); next = next.nextElementSibling) {
    blocks.push(next.textContent);
    if (next.textContent.includes("savefig(")) break;
  }
  const above = block?.previousElementSibling;
  return { source, said: figure.querySelector("figcaption")?.textContent.trim() ?? "",
           code: blocks.join(""),
           above: above?.matches("details > .highlight") ? above.textContent : "" };
})"""
SHORTEST = 40
PHONE = {"width": 360, "height": 740}
SMALLEST = 9  # px on a phone; indices are smaller, as in print
# As Matplotlib writes a word, and as it is minified.
WORDS = re.compile(r"(?:scale\((?=(0?\.\d+) -\1\))|matrix\((?=(0?\.\d+) 0 0 -\2\b))(0?\.\d+)")
POINTS = re.compile(r'<svg[^>]*?\sviewBox="0 0 ([\d.]+) ')


def figure_faults(page):
    """What is missing at the figures of the page in the browser, one line each."""
    faults = []
    for figure in page.evaluate(LINKS):
        name = figure["source"].rpartition("/")[2]
        above = figure["above"]
        calls = LAB_CALLS if LAB in figure["source"] else [f'savefig("{name}")']
        if len(figure["said"]) < SHORTEST:
            faults.append(f"{name}: the caption does not say what to see: {figure['said']!r}")
        if not any(call in figure["code"] for call in calls):
            faults.append(f"{name}: its caption leads to no block with {' or '.join(calls)}")
        if above and "savefig(" not in above:
            faults.append(f"{name}: its caption leads past the beginning of its code")
    return faults


def smallest_words(svg, width):
    """Height in pixels of the smallest words of a drawing that is shown so wide."""
    sizes = [100 * float(scale) for *_, scale in WORDS.findall(svg)]
    return min(sizes, default=SMALLEST) * width / float(POINTS.search(svg)[1])


@pytest.fixture
def page(browser):
    with browser.new_context(reduced_motion="reduce") as context:
        yield context.new_page()


def test_caption_leads_to_the_code(page, server, site):
    faults = []
    for address in pages(site):
        if parse(site / address).xpath("//article//figure"):
            page.goto(server + address, wait_until="domcontentloaded")
            faults += [f"{address}: {fault}" for fault in figure_faults(page)]
    assert not faults, "\n".join(faults)


def test_words_can_be_read_on_a_phone(page, server, site):
    page.set_viewport_size(PHONE)
    faults = []
    for address in pages(site):
        if not parse(site / address).xpath("//article//figure"):
            continue
        page.goto(server + address, wait_until="domcontentloaded")
        for source, width in page.eval_on_selector_all(
            "article figure img", "all => all.map(i => [i.getAttribute('src'), i.width])"
        ):
            svg = (site / address).parent.joinpath(source).read_text(encoding="utf-8")
            if (size := smallest_words(svg, width)) < SMALLEST:
                faults.append(f"{address}: {source} has words of {size:.1f} px")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("script", [True, False])
def test_link_opens_the_fold(script, browser, server):
    with browser.new_context(java_script_enabled=script) as context:
        page = context.new_page()
        page.goto(server + "one-neuron/problem.html")
        block = page.locator("#draw_boundary")
        assert not block.is_visible()
        page.locator("#figure-boundary .figure-code").click()
        block.wait_for(state="visible", timeout=5000)


def test_planted_faults_are_found(page):
    caption = "<figcaption>A caption that says at some length what is to be seen. {0}</figcaption>"
    link = '<a class="figure-code" href="#b">Its code</a>'
    figure = '<figure><img src="figures/{0}.svg">{1}</figure>'
    html = (
        '<article><div id="b" class="highlight"><pre>fig.savefig("a.svg")</pre></div>'
        + figure.format("a", caption.format(link))
        + figure.format("c", caption.format(link))
        + figure.format("a", caption.format(""))
        + figure.format("a", f"<figcaption>{link}</figcaption>")
        + figure.format("d", caption.format(link.replace("#b", "#d")))
        + '<details><div class="highlight"><pre>def draw_d():</pre></div>'
        + '<div id="d" class="highlight"><pre>draw_d().savefig("d.svg")</pre></div></details>'
    )
    svg = '<svg viewBox="0 0 400 9"><g transform="scale(0.2 -0.2)"/>'
    svg += '<path transform="matrix(.11 0 0 -.11 1 2)"/>'
    assert round(smallest_words(svg, 300), 2) == 8.25
    open_html(page, html)
    assert figure_faults(page) == [
        'c.svg: its caption leads to no block with savefig("c.svg")',
        'a.svg: its caption leads to no block with savefig("a.svg")',
        "a.svg: the caption does not say what to see: 'Its code'",
        "d.svg: its caption leads past the beginning of its code",
    ]
