"""Every page with the keyboard alone: each stop is seen, has a name and shows the focus."""

import pytest

from tests.site.built import open_html, until

DESK, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
MOST = 2000
PREPARE = """async () => {
  document.querySelectorAll("details").forEach(details => details.open = true);
  // A box that is not drawn itself is seen by its label.
  window.drawn = e => e.labels?.length && (getComputedStyle(e).opacity === "0" || !e.offsetWidth)
    ? [...e.labels].find(label => label.checkVisibility()) ?? e : e;
  window.look = e => {
    const parts = [drawn(e), e.closest(".tabbed-set")?.querySelector(".tabbed-labels")];
    return parts.filter(Boolean).map(part => {
      const s = getComputedStyle(part);
      return [s.outlineStyle === "none" ? "" : s.outlineWidth + s.outlineColor, s.boxShadow,
              s.backgroundColor, s.borderColor, s.textDecorationLine].join();
    }).join("; ");
  };
  window.say = e => `<${e.localName}${e.id && "#" + e.id}${e.className && "." + e.className}> ` +
    `"${e.textContent.trim().replace(/\\s+/g, " ").slice(0, 40).toWellFormed()}"`;
  window.named = e => [
    e.ariaLabel, e.title, e.textContent, e.value, e.querySelector("img")?.alt,
    ...[...e.labels ?? []].map(label => label.textContent),
    ...(e.getAttribute("aria-labelledby") ?? "").split(" ").filter(Boolean)
      .map(id => document.getElementById(id)?.textContent),
  ].some(text => text?.trim());
  const all = "a[href], button, summary, input, select, textarea, [tabindex]";
  window.expected = () => [...document.querySelectorAll(all)].filter(e =>
    e.tabIndex >= 0 && !e.disabled && !e.closest("[inert]") && !visited.has(e) &&
    !e.closest(".step-why") &&  // made anew for each part that has the focus
    (e.type !== "radio" || e.checked) && e.checkVisibility({ visibilityProperty: true }) &&
    drawn(e).offsetWidth && drawn(e).checkVisibility({ visibilityProperty: true })
  ).map(e => `is never reached: ${say(e)}`);
  window.visited = new Set();
  window.last = null;
  await document.fonts.ready;
}"""
# The stop that the last press has reached: what is wrong with it and with the one before. Behind
# the last one is the window itself, and then the first again.
STOP = """async () => {
  const e = document.activeElement, faults = [];
  if (last && look(last.element) === last.look)
    faults.push(`shows no focus: ${say(last.element)}`);
  if (visited.has(e)) return { over: true, faults };
  visited.add(e);
  if (e === document.body) {
    last = null;
    return { over: false, faults };
  }
  if (e.matches(".md-search__input")) await new Promise(resolve => setTimeout(resolve, 100));
  last = { element: e, look: look(e) };
  const part = drawn(e);
  const middle = () => {
    const { left, right, top, bottom } = part.getBoundingClientRect();
    return [Math.max(left, 0) / 2 + Math.min(right, innerWidth) / 2,
            Math.max(top, 0) / 2 + Math.min(bottom, innerHeight) / 2];
  };
  let top = document.elementFromPoint(...middle());
  // Where the stop is out of the window, what is laid out on the way to it has moved it, and the
  // browser puts it right in the next frame.
  for (let frames = 0; !top && frames < 2; frames++) {
    await new Promise(resolve => requestAnimationFrame(resolve));
    top = document.elementFromPoint(...middle());
  }
  const box = part.getBoundingClientRect();
  const shown = part.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  if (!shown || box.width < 2 || box.height < 2 || box.right <= 0 || box.left >= innerWidth)
    faults.push(`cannot be seen: ${say(e)}`);
  else if (!top || !(part.contains(top) || top.contains(part) || e.getClientRects().length > 1))
    faults.push(`is covered by ${top ? say(top) : "nothing"}: ${say(e)}`);
  if (!named(e)) faults.push(`has no name: ${say(e)}`);
  return { over: false, faults };
}"""


def walk(page, key="Tab"):
    """Press a key until the page is left; what is wrong with the stops, and how many there were."""
    page.evaluate(PREPARE)
    faults = []
    for count in range(MOST):
        page.keyboard.press(key)
        stop = page.evaluate(STOP)
        faults += stop["faults"]
        if stop["over"]:
            return [*faults, *page.evaluate("expected()")], count
    return [*faults, f"{MOST} stops and no end"], MOST


@pytest.fixture(scope="module")
def context(browser):
    """A window of a desk, without motion."""
    options = {"reduced_motion": "reduce", "permissions": ["clipboard-read", "clipboard-write"]}
    with browser.new_context(viewport=DESK, **options) as context:
        context.set_default_timeout(5000)
        yield context


@pytest.fixture
def page(context):
    with context.new_page() as page:
        yield page


def focused(page, selector):
    """Whether the focus is on what the selector finds."""
    return page.evaluate("selector => document.activeElement.matches(selector)", selector)


def test_every_stop_is_seen_and_named(address, page, server):
    page.goto(server + address, wait_until="load")
    faults, count = walk(page)
    assert not faults, "\n".join([address, *faults])
    assert count > 20


@pytest.mark.parametrize("name", ["index.html", "hidden-layer/derivation.html"])
def test_every_stop_on_a_phone(name, page, server):
    page.set_viewport_size(PHONE)
    page.goto(server + name, wait_until="load")
    faults, _ = walk(page)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("name", "size"), [("reference/downloads.html", DESK), ("one-neuron/derivation.html", PHONE)]
)
def test_every_stop_on_the_way_back(name, size, page, server):
    page.set_viewport_size(size)
    page.goto(server + name, wait_until="load")
    faults, count = walk(page, "Shift+Tab")
    assert not faults, "\n".join(faults)
    assert count > 20


@pytest.mark.parametrize("name", ["one-neuron/problem.html", "404.html"])
def test_first_stop_skips_to_the_text(name, page, server):
    page.goto(server + name)
    page.keyboard.press("Tab")
    assert focused(page, ".md-skip")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('article')")


def test_drawer_opens_holds_the_focus_and_closes(page, server):
    page.set_viewport_size(PHONE)
    page.goto(server + "one-neuron/problem.html")
    opener = page.get_by_role("button", name="Navigation", exact=True)
    assert opener.get_attribute("aria-expanded") == "false"
    opener.press("Enter")
    assert opener.get_attribute("aria-expanded") == "true"
    seen = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.add(
            page.evaluate(
                "document.activeElement.closest('.md-header, .md-sidebar, [role=main]')?.className"
            )
        )
    assert seen <= {"md-sidebar md-sidebar--primary", None}
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.ariaLabel") == "Navigation"
    assert opener.get_attribute("aria-expanded") == "false"


def test_search_is_typed_chosen_and_left(page, server):
    page.goto(server)
    page.keyboard.press("/")
    page.keyboard.type("sigmoid")
    page.locator(".md-search-result__link").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert focused(page, ".md-search-result__link")
    page.keyboard.press("Escape")
    page.wait_for_timeout(100)
    assert not page.locator("#__search").is_checked() and focused(page, ".md-search__input")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def find(page, words):
    """Open the search with its key, type, and wait for what it finds."""
    page.keyboard.press("/")
    page.keyboard.type(words)
    page.locator(".md-search-result__link").first.wait_for()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_tab_walks_through_the_results(size, page, server):
    page.set_viewport_size(size)
    page.goto(server)
    find(page, "gradient")
    page.keyboard.press("Tab")
    assert focused(page, ".md-search-result__link")
    page.keyboard.press("Tab")
    assert focused(page, ".md-search-result summary")
    page.keyboard.press("Space")
    page.locator(".md-search-result details[open]").wait_for()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    assert focused(page, ".md-search__input")
    page.keyboard.press("Shift+Tab")
    until(page, "!document.querySelector('#__search').checked")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_search_gives_the_focus_back(size, page, server):
    page.set_viewport_size(size)
    page.goto(server + "one-neuron/problem.html")
    page.locator("article .block-link").nth(1).focus()
    find(page, "sigmoid")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert focused(page, ".block-link")


@pytest.mark.parametrize(
    "size, opener", [(DESK, ".md-search__input"), (PHONE, "button[aria-label=Search]")]
)
def test_search_is_left_where_it_was_opened(size, opener, page, server):
    page.set_viewport_size(size)
    page.goto(server)
    page.locator(opener).press("Enter")
    until(page, "document.querySelector('#__search').checked")
    page.keyboard.press("Escape")
    assert focused(page, opener) and not page.locator("#__search").is_checked()
    page.keyboard.press("Enter")
    page.keyboard.type("sigmoid")
    page.locator(".md-search-result__link").first.wait_for()


@pytest.mark.parametrize(
    "size, opener", [(DESK, ".md-search__input"), (PHONE, "button[aria-label=Search]")]
)
def test_search_that_is_closed_while_it_loads_stays_closed(size, opener, page, server):
    page.set_viewport_size(size)
    asked = []
    page.route("**/bundle.*.js", lambda route: asked.append(route))
    page.goto(server)
    with page.expect_request("**/bundle.*.js"):
        page.locator(opener).press("Enter")
    page.keyboard.press("Escape")
    asked[0].continue_()
    until(page, "window.document$ && document.forms.search")
    assert focused(page, opener) and not page.locator("#__search").is_checked()


def test_scheme_is_switched(page, server):
    page.goto(server)
    before = page.locator("body").get_attribute("data-md-color-scheme")
    page.get_by_role("button", name="Switch to the dark scheme").press("Enter")
    assert page.locator("body").get_attribute("data-md-color-scheme") != before
    page.keyboard.press("Space")
    assert page.locator("body").get_attribute("data-md-color-scheme") == before


def test_code_is_copied_and_folds_open(page, server):
    page.goto(server + "one-neuron/by-hand.html")
    page.locator(".language-python .md-code__button").first.press("Enter")
    assert "import numpy" in page.evaluate("navigator.clipboard.readText()")
    fold = page.locator("article details:not([open]) > summary").first
    fold.press("Enter")
    assert page.locator("article details[open]").count() == 1


def test_wide_code_scrolls(page, server):
    page.set_viewport_size(PHONE)
    page.goto(server + "one-neuron/by-hand.html", wait_until="load")
    box = page.locator("pre > code[tabindex='0']").first
    assert box.get_attribute("aria-label") == "Code, scrolls sideways"
    assert box.get_attribute("data-more") == "right"
    box.press("End")
    for _ in range(60):
        page.keyboard.press("ArrowRight")
    until(page, "document.querySelector('pre > code[data-more=left]')")


def test_planted_faults_are_found(context):
    html = """<style>button { margin: 9px } .flat:focus { outline: none }</style>
        <main><button class="flat">flat</button><button id="mute"></button>
        <button style="opacity: 0">unseen</button>
        <button id="under">covered</button>
        <div style="position: fixed; inset: 0 auto auto 0; height: 400px; width: 100px"></div>
        <a href="#x" style="position: absolute; left: 200px">fine</a></main>"""
    with context.new_page() as page:
        open_html(page, html.replace('id="under"', 'style="position: fixed; top: 90px; left: 9px"'))
        faults, count = walk(page)
    text = "\n".join(faults)
    assert count == 6  # the window itself comes last
    assert "shows no focus: <button.flat>" in text
    assert "has no name: <button#mute>" in text
    assert 'cannot be seen: <button> "unseen"' in text
    assert 'is covered by <div> "": <button> "covered"' in text
    assert "fine" not in text
