"""Pointing at a symbol marks its other places and says what it means."""

import re

import pytest

from pipeline.links import pages
from tests.site.built import until

PAGE = "hidden-layer/derivation.html"
CARD, LIT, HERE, SAID = ".symbol-card", ".symbol-lit", ".symbol-here", ".symbol-said"
# What happens depends on the window, not on the scheme; the contrast is looked at in both.
VIEWS = [(1280, "light"), (360, "dark")]
WAIT = 700
# Of an element: the ratio of its text's contrast with what lies below it.
CONTRAST = """element => {
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const backs = [];
  for (let e = element; e; e = e.parentElement) backs.unshift(getComputedStyle(e).backgroundColor);
  const painted = colours => {
    canvas.fillStyle = "#fff";
    for (const colour of ["#fff", ...colours]) {
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
    }
    const light = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map(value => {
      value /= 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2] + 0.05;
  };
  const back = painted(backs), front = painted([...backs, getComputedStyle(element).color]);
  return Math.max(back, front) / Math.min(back, front);
}"""

# The equations and blocks of code below the card, that of the symbol left out.
COVERED = """() => {
  const card = document.querySelector(".symbol-card").getBoundingClientRect();
  const here = document.querySelector(".symbol-here");
  return [...document.querySelectorAll("article .equation-box > mjx-container, article pre")]
    .filter(box => !box.contains(here)).map(box => box.getBoundingClientRect())
    .filter(box => box.left < card.right && box.right > card.left
      && box.top < card.bottom && box.bottom > card.top).length;
}"""

RESTING = """() => {
  const {screenX, screenY, clientX, clientY} = moved;
  const event = new PointerEvent("pointermove", {screenX, screenY, bubbles: true});
  document.elementFromPoint(clientX, clientY).dispatchEvent(event);
}"""


@pytest.fixture(params=VIEWS, ids=str)
def page(browser, server, request):
    """The derivation of a hidden layer in one window and scheme; phones have a finger."""
    width, scheme = request.param
    size = {"width": width, "height": 800}
    with browser.new_context(viewport=size, color_scheme=scheme, has_touch=width < 500) as context:
        context.set_default_timeout(5000)
        page = context.new_page()
        faults = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(server + PAGE)
        page.wait_for_selector("article.symbols")
        yield page
        assert not faults


def middle(page, mark):
    """The middle of a mark, once it stands in the middle of the window."""
    mark.evaluate("mark => mark.scrollIntoView({block: 'center', inline: 'center'})")
    page.wait_for_timeout(150)
    box = mark.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def point(page, selector):
    """Move the pointer onto the first match, as a hand does; return what is pointed at."""
    mark = page.locator(selector).first
    x, y = middle(page, mark)
    page.mouse.move(x - 3, y - 60)
    page.mouse.move(x, y, steps=4)
    until(page, "mark => mark.matches('.symbol-here')", arg=mark.element_handle())
    return mark


def places(page):
    """Every place that is marked: equation, table, code or text, with its symbol's number."""
    return page.eval_on_selector_all(
        LIT,
        """marks => marks.map(mark => [
             mark.closest("code") ? "code" : mark.closest("table") ? "table" :
             mark.closest(".equation") ? "equation" : "text", parseInt(mark.dataset.s)])""",
    )


def number(page, name):
    """The number of the symbol with this name in the code."""
    known = page.evaluate("JSON.parse(document.getElementById('known-symbols').textContent)")
    return [code for _, _, code in known].index(name)


def test_pointing_marks_equations_table_and_code_and_says_what_it_is(page):
    weights = number(page, "W1")
    point(page, f"#eq-forward-1 [data-s='{weights}']")
    found = places(page)
    assert {number for _, number in found} == {weights}
    assert {place for place, _ in found} == {"equation", "table", "code", "text"}
    assert page.locator(f"pre {LIT}").all_inner_texts()[:2] == ["W1", "W1"]
    assert len(found) == page.locator(f"[data-s='{weights}'], [data-s='{weights}e']").count()
    words = page.locator(CARD).inner_text()
    assert "weights of the hidden layer" in words
    assert "shape (D, H)" in words
    assert "W1 in code" in words
    seen = page.eval_on_selector_all(LIT, "all => all.filter(e => e.checkVisibility()).length")
    assert re.search(rf"place \d+ of {seen}$", words)


def test_entry_is_said_to_be_one(page):
    point(page, f"#eq-one-weight [data-s='{number(page, 'W2')}e']")
    assert "an entry of" in page.locator(CARD).inner_text()
    assert page.locator(f"{CARD} mjx-math").count() == 2


def test_code_marks_the_equations(page):
    point(page, f"pre [data-s='{number(page, 'delta2')}']")
    assert page.locator(f"#eq-delta-2 {LIT}").count() == 1
    assert "error signals of the output layer" in page.locator(CARD).inner_text()


def test_card_stays_in_the_window_beside_what_is_read(page):
    for selector in (".equation [data-s]", "pre [data-s]", "td [data-s]", "p [data-s]"):
        for mark in page.locator(f"article {selector}").all()[:40:8]:
            middle(page, mark)
            mark.evaluate("mark => mark.dispatchEvent(new MouseEvent('click', {bubbles: true}))")
            box, card = mark.bounding_box(), page.locator(CARD).bounding_box()
            size = page.viewport_size
            assert card["x"] >= 0 and card["x"] + card["width"] <= size["width"]
            assert card["y"] >= 0 and card["y"] + card["height"] <= size["height"]
            below, above = box["y"] + box["height"], card["y"] + card["height"]
            beside = card["x"] >= box["x"] + box["width"]
            assert above <= box["y"] or card["y"] >= below or beside
            page.keyboard.press("Escape")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_card_covers_no_other_equation_where_there_is_room(page):
    # Above this one stands another, below it there are words.
    point(page, "#eq-delta-1 [data-s]")
    assert page.evaluate(COVERED) == 0


def test_one_count_in_the_card_and_in_what_is_said(page):
    page.locator(".symbol-row").first.focus()
    for _ in range(3):
        counted = re.search(r"place \d+ of \d+", page.locator(CARD).inner_text())[0]
        assert counted in page.locator(SAID).inner_text()
        page.keyboard.press("Enter")


def test_nothing_moves_when_the_card_appears(page):
    mark = page.locator("#eq-delta-1 [data-s]").first
    middle(page, mark)
    before = page.evaluate("document.documentElement.scrollHeight")
    box = mark.bounding_box()
    mark.evaluate("mark => mark.dispatchEvent(new MouseEvent('click', {bubbles: true}))")
    assert page.locator(CARD).is_visible()
    assert mark.bounding_box() == box
    assert page.evaluate("document.documentElement.scrollHeight") == before


def test_escape_ends_it(page):
    point(page, "#eq-delta-1 [data-s]")
    page.keyboard.press("Escape")
    assert not page.locator(LIT).count()
    assert page.locator(CARD).is_hidden()


def test_pointer_may_go_over_to_the_card_and_leaving_both_ends_it(page):
    point(page, "#eq-delta-1 [data-s]")
    card = page.locator(CARD).bounding_box()
    page.mouse.move(card["x"] + 9, card["y"] + 9, steps=6)
    page.wait_for_timeout(WAIT)
    assert page.locator(CARD).is_visible()
    page.mouse.move(3, card["y"] + 300)
    page.wait_for_timeout(WAIT)
    assert page.locator(CARD).is_hidden()


def test_scrolling_beneath_a_resting_pointer_opens_nothing(page):
    x, y = middle(page, page.locator("#eq-delta-1 [data-s]").first)
    page.evaluate("addEventListener('pointermove', event => window.moved = event)")
    page.mouse.move(x, y - 160)
    page.wait_for_timeout(WAIT)
    page.keyboard.press("Escape")
    page.mouse.wheel(0, 160)
    page.wait_for_timeout(WAIT)
    over = page.evaluate(f"document.elementFromPoint({x}, {y - 160}).closest('[data-s]') !== null")
    assert over
    # What browsers send when the page has moved and the pointer has not.
    page.evaluate(RESTING)
    page.wait_for_timeout(WAIT)
    assert not page.locator(LIT).count()


def test_press_holds_the_marks_until_the_next(page):
    point(page, "#eq-delta-1 [data-s]").click()
    page.mouse.move(3, 300)
    page.wait_for_timeout(WAIT)
    assert page.locator(LIT).count()
    page.mouse.click(3, 300)
    assert not page.locator(LIT).count()


def test_table_is_one_stop_and_arrows_walk_its_rows(page):
    rows = page.locator(".symbol-row")
    assert rows.evaluate_all("rows => rows.filter(row => row.tabIndex === 0).length") == 1
    assert set(rows.evaluate_all("rows => rows.map(row => row.role)")) == {"button"}
    rows.first.focus()
    assert (
        page.locator(SAID).inner_text().startswith("X: inputs, one row for each example, shape (N,")
    )
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "weights of the hidden layer"
    assert {found for _, found in places(page)} == {number(page, "W1")}
    assert rows.evaluate_all("rows => rows.filter(row => row.tabIndex === 0).length") == 1
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate(
        "document.activeElement === [...document.querySelectorAll('.symbol-row')].at(-1)"
    )


def test_enter_leads_from_place_to_place_and_back(page):
    page.locator(".symbol-row").first.focus()
    table = page.evaluate("scrollY")
    page.keyboard.press("Enter")
    said = page.locator(SAID).inner_text()
    assert re.fullmatch(r"place \d+ of \d+, (equation \d+|code|text)", said, re.IGNORECASE)
    box = page.locator(HERE).bounding_box()
    assert 0 <= box["y"] <= 800
    page.keyboard.press("Shift+Enter")
    assert page.locator(f"td {HERE}").count() == 1
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert abs(page.evaluate("scrollY") - table) < 800
    assert page.evaluate("document.activeElement.matches('.symbol-row')")


def test_arrows_on_the_number_of_an_equation_walk_its_symbols(page):
    equation = page.locator("#eq-delta-1")
    equation.locator(".equation-number").focus()
    seen = []
    for _ in range(equation.locator("[data-s]").count()):
        page.keyboard.press("ArrowRight")
        seen.append(page.locator(HERE).text_content())
    assert seen == equation.locator("[data-s]").all_text_contents()
    assert page.locator(SAID).inner_text().startswith("Z 1: pre-activations of the hidden layer")
    page.keyboard.press("ArrowLeft")
    assert page.locator(HERE).text_content() == seen[-2]
    page.keyboard.press("Tab")
    assert not page.locator(LIT).count()


def test_enter_on_the_number_of_an_equation_still_links(page):
    page.locator("#eq-delta-1 .equation-number").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#eq-delta-1")


def test_no_symbol_is_a_stop_of_its_own(page):
    assert not page.locator("[data-s][tabindex]").count()


def test_words_can_be_read_on_what_is_marked_and_on_the_card(page):
    for selector in ("#eq-delta-1 [data-s]", "pre [data-s]"):
        point(page, selector)
        for read in (HERE, CARD, ".symbol-facts", f"{LIT}:not({HERE})"):
            assert page.locator(read).first.evaluate(CONTRAST) >= 4.5, read


def test_finger_shows_on_a_tap_and_hides_on_the_next(page):
    if page.viewport_size["width"] > 500:
        pytest.skip("no finger here")
    mark = page.locator("#eq-delta-1 [data-s]").first
    x, y = middle(page, mark)
    page.touchscreen.tap(x, y)
    assert page.locator(LIT).count() > 1
    assert page.locator(CARD).is_visible()
    page.touchscreen.tap(10, 780)
    assert not page.locator(LIT).count()


def test_only_pages_with_marks_load_the_script(site):
    for name in pages(site):
        text = (site / name).read_text(encoding="utf-8")
        assert (" data-s=" in text) == ("point-at-a-symbol.js" in text), name
        assert not re.search(r' data-s="(?!\d+e?")', text), name


def test_script_starts_on_every_page_that_loads_it(address, browser, server, site):
    if " data-s=" not in (site / address).read_text(encoding="utf-8"):
        return
    with browser.new_page() as page:
        page.goto(server + address)
        page.wait_for_selector("article.symbols", state="attached", timeout=5000)


def test_without_a_script_nothing_can_be_pressed(browser, server):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(server + PAGE)
        mark = page.locator("article [data-s]").first
        assert mark.evaluate("mark => getComputedStyle(mark).cursor") in ("auto", "text")
        assert not page.locator(".symbol-row, .symbol-card, .symbol-hint:visible").count()
