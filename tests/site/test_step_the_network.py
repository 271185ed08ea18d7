"""Step the network: its arithmetic is that of NumPy, and what it shows is what it has computed."""

import json
import re
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from hidden_layer import step_the_network as snippet

from tests.site.built import until
from tests.site.test_layout import RECORD_SHIFTS

PAGE = "hidden-layer/step-the-network.html"
SCRIPT = "**/step-the-network.js"
NAMES = "W1", "b1", "W2", "b2"
SHAPES = (2, 3), (3,), (3, 1), (1,)
PLACES = [(name, *at) for name, shape in zip(NAMES, SHAPES) for at in np.ndindex(shape)]
TOLERANCE = 1e-12
# Everything the pure functions answer, for one set of parameters and rows.
ASK = """([X, Y, parameters, eta, steps, epsilon]) => {
  const net = stepTheNetwork
  const values = net.forward(X, Y, parameters)
  const slopes = net.backward(X, Y, values, parameters)
  const stepped = net.update(parameters, slopes, eta)
  const trained = net.train(X, Y, parameters, eta, steps)
  const nudges = net.places(parameters).map((at) => {
    const { up, down, measured } = net.nudge(X, Y, parameters, at, epsilon)
    return [up, down, measured]
  })
  return { ...values, ...slopes, stepped, trained: trained.parameters, nudges }
}"""
SHOWN = """() => {
  const text = (element) => element?.textContent.replace(/[()]/g, "") ?? ""
  const drawn = (key) => document.querySelector(`#step-drawing g[data-part="${key}"]`)
  const parts = {}
  for (const row of document.querySelectorAll(".step-tables tr[data-part]")) {
    const key = row.dataset.part
    const input = row.querySelector("input")
    const cells = [...row.querySelectorAll("td")].map(text)
    if (!drawn(key)) continue
    const [up, down] = [...drawn(key).querySelectorAll("text")].slice(-2).map(text)
    parts[key] = input ? [up, down, input.value, cells[1]] : [up, down, ...cells]
  }
  return parts
}"""


class Widget:
    """The page in a browser window, with the few things that the tests do to it."""

    def __init__(self, page, server):
        self.page, self.server, self.errors = page, server, []
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def open(self, query=""):
        self.page.goto(self.server + PAGE + query)
        return self

    def press(self, *names):
        for name in names:
            self.page.get_by_role("button", name=name, exact=True).click()
        return self.said

    @property
    def said(self):
        return self.page.locator("#step-said").inner_text()

    @property
    def query(self):
        return {name: text for name, (text,) in parse_qs(urlsplit(self.page.url).query).items()}

    def code(self, name):
        return self.page.locator(f"#{name} code").text_content()

    def edit(self, field, text):
        self.page.locator(field).fill(text)
        self.page.locator(field).press("Enter")
        return self.said

    def table(self):
        summary = self.page.locator("#step-widget summary")
        if not summary.evaluate("summary => summary.parentNode.open"):
            summary.click()

    def lit(self):
        return self.page.evaluate(
            """() => [...document.querySelectorAll(".widget-lit")].map((lit) =>
              lit.id.startsWith("eq-") ? lit.id : lit.textContent.trim().split(" = ")[0])"""
        )


@pytest.fixture
def widget(browser, server):
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        context.add_init_script(RECORD_SHIFTS)
        widget = Widget(context.new_page(), server)
        yield widget
        assert widget.errors == []


def cases():
    """Random parameters, the rows one by one and together, both tasks."""
    random = np.random.default_rng(0)
    for rows in ([0], [1], [2], [3], [0, 1, 2, 3]):
        for Y in snippet.targets.values():
            parameters = [2 * random.normal(size=shape) for shape in SHAPES]
            yield snippet.inputs[rows], Y[rows], parameters


def answers(X, Y, parameters, eta, steps, epsilon):
    """What the snippet computes of all that the browser is asked."""
    Z1, A1, Z2, Y_hat, L = snippet.forward(X, Y, *parameters)
    signals, slopes = snippet.backward(X, Y, A1, Y_hat, parameters[2])
    found = {"Z1": Z1, "A1": A1, "Z2": Z2, "Y_hat": Y_hat, "L": L}
    found |= zip(("grad_Y_hat", "delta2", "grad_A1", "delta1"), signals)
    found |= {f"grad_{name}": slope for name, slope in zip(NAMES, slopes)}
    for key, arrays in (
        ("stepped", snippet.update(*parameters, slopes, eta)),
        ("trained", snippet.train(X, Y, parameters, eta, steps)),
    ):
        found |= {f"{key} {name}": array for name, array in zip(NAMES, arrays)}
    found["nudges"] = [
        snippet.nudge(X, Y, parameters, NAMES.index(name), tuple(at), epsilon)
        for name, *at in PLACES
    ]
    return found


def differences(page, eta=1.5, steps=100, epsilon=1e-2):
    """The names of what browser and snippet compute differently, in any of the cases."""
    wrong = set()
    for X, Y, parameters in cases():
        given = {name: array.tolist() for name, array in zip(NAMES, parameters)}
        arguments = [X.tolist(), Y.tolist(), given, eta, steps, epsilon]
        theirs = page.evaluate(ASK, arguments)
        for key in ("stepped", "trained"):
            arrays = theirs.pop(key)
            theirs |= {f"{key} {name}": array for name, array in arrays.items()}
        ours = answers(X, Y, [p.copy() for p in parameters], eta, steps, epsilon)
        assert theirs.keys() == ours.keys()
        for name, value in ours.items():
            there = np.array(theirs[name], dtype=float)
            if not np.allclose(there, value, rtol=TOLERANCE, atol=TOLERANCE):
                wrong.add(name)
    return wrong


@pytest.mark.parametrize("steps", [1, 100])
def test_the_arithmetic_is_that_of_the_snippet(widget, steps):
    assert differences(widget.open().page, steps=steps) == set()


@pytest.mark.parametrize(
    ("right", "wrong", "found"),
    [
        ("g * a * (1 - a)", "g * a * (1 + a)", "delta2"),
        ("(2 / X.length) * (p - y)", "2 * (p - y)", "grad_Y_hat"),
        ("times(turned(X), delta1)", "times(turned(X), grad_A1)", "grad_W1"),
        ("times(delta2, turned(W2))", "times(grad_Y_hat, turned(W2))", "grad_A1"),
        ("w - eta * slope", "w + eta * slope", "stepped b2"),
        ("(up - down) / (2 * epsilon)", "(up - down) / epsilon", "nudges"),
    ],
)
def test_a_planted_fault_in_the_script_is_found(widget, site, right, wrong, found):
    text = (site / "assets/javascripts/step-the-network.js").read_text(encoding="utf-8")
    assert text.count(right) == 1
    body = text.replace(right, wrong)
    widget.page.route(
        SCRIPT, lambda route: route.fulfill(body=body, content_type="text/javascript")
    )
    assert found in differences(widget.open().page)


def test_the_digits_that_agree_are_counted_as_in_the_snippet(widget):
    pairs = [(0, 0), (0.5, 0.5), (1, -1), (0, 3), (1.001, 1), (-2.00002, -2), (1e-9, 1.1e-9)]
    ours = [snippet.digits(*pair) for pair in pairs]
    assert widget.open().page.evaluate("p => p.map((q) => stepTheNetwork.digits(...q))", pairs) == (
        ours
    )


def test_the_presses_do_what_the_page_prints(widget):
    assert widget.open().press("Forward") == "Forward: loss 0.1695."
    assert widget.press("Backward") == ("Backward: 13 slopes, the steepest along b2[0], −0.1995.")
    assert widget.press("Update").startswith("Update: a step")
    assert widget.press("Forward") == "Forward: loss 0.0820."
    assert widget.press("Reset") == "Reset: the weights of the ledger; data, row and rate stay."
    assert urlsplit(widget.page.url).query == ""


def test_the_presses_say_the_numbers_that_the_page_prints(widget):
    slope = re.search(r"^grad_b2 +-(\S+)$", widget.open().code("press_backward"), re.M)[1]
    losses = re.search(r"^loss (\S+) → (\S+)$", widget.code("press_update"), re.M)
    said = []
    for press in ("forward", "backward", "update", "forward"):
        widget.page.locator(f"[data-press={press}]").click()
        said.append(widget.said)
    assert f"loss {losses[1]}." in said[0] and f"b2[0], −{slope}." in said[1]
    assert f"loss {losses[2]}." in said[3]


@pytest.mark.parametrize("data", ["OR", "XOR"])
def test_a_hundred_steps_do_what_the_page_prints(widget, data):
    printed = widget.open(f"?data={data}&row=all").code("press_100").split(f"\n{data}\n")[1]
    losses = re.findall(r"^ +\d+ steps  loss (\S+)", printed, re.M)[:11]
    said = [
        f"100 steps: mean loss {before} → {after}, after {100 * count:,} in all."
        for count, (before, after) in enumerate(pairwise(losses), start=1)
    ]
    assert len(said) == 10 and [widget.press("100 steps") for _ in said] == said


def test_reset_keeps_data_row_and_rate(widget):
    widget.open("?data=OR&row=all&eta=2").press("100 steps", "Reset")
    assert widget.query == {"data": "OR", "row": "all", "eta": "2"}
    assert widget.page.locator("#step-steps").inner_text() == "0"
    assert widget.press("Forward") == "Forward: mean loss 0.1890."


def test_all_answers_are_shown_with_all_four_rows(widget):
    widget.open("?row=all")
    answers = widget.page.locator("#step-answers")
    assert answers.inner_text() == "Answers –"
    widget.press("Forward")
    assert answers.inner_text() == "Answers 0.407 0.460 0.588 0.640"
    now = widget.page.locator(".step .widget-now")
    assert now.inner_text().startswith("Step 0\nMean loss 0.2590\n")
    drawn = widget.page.locator("#step-drawing g[data-part='L']").text_content()
    assert drawn.split() == ["mean", "loss", "0.2590"]
    widget.open("?stage=forward")
    assert not answers.is_visible()
    assert now.inner_text() == "Step 0\nLoss 0.1695"


def test_presses_out_of_order_are_explained_and_change_nothing(widget):
    widget.open()
    before = widget.page.evaluate(SHOWN)
    assert widget.press("Backward").startswith("Backward: run Forward first")
    assert widget.press("Update").startswith("Update: run Forward and Backward first")
    assert widget.page.evaluate(SHOWN) == before
    widget.press("Forward", "Backward")
    assert widget.press("Backward").startswith("Backward: done already")
    widget.press("Update")
    assert widget.press("Update").startswith("Update: run Forward and Backward first")
    assert widget.press("Backward").startswith("Backward: run Forward first")
    assert widget.query == {"stage": "update", "steps": "1"}


def test_the_press_that_comes_next_is_marked(widget):
    widget.open()
    for name in ("Forward", "Backward", "Update", "Forward"):
        marked = widget.page.locator("#step-widget .widget-primary")
        assert marked.all_inner_texts() == [name]
        widget.press(name)


@pytest.mark.parametrize("query", ["", "?stage=forward", "?stage=backward&row=all&show=01"])
def test_the_table_has_the_numbers_of_the_drawing(widget, query):
    widget.open(query)
    for names in ((), ("Forward", "Backward"), ("Update",), ("100 steps", "Backward")):
        widget.press(*names)
        for key, (up, down, value, slope) in (
            (key, [*cells, ""][:4]) for key, cells in widget.page.evaluate(SHOWN).items()
        ):
            if "." in key:
                assert up == value
            else:
                assert up == value.replace("–", "")
            if key != "L":
                assert down == slope.replace("–", "")


def test_slopes_are_shown_after_backward_only(widget):
    slopes = "#step-drawing .step-gradient"
    for names, count in (((), 0), (("Forward",), 0), (("Backward",), 17), (("Forward",), 0)):
        if not names:
            widget.open()
        widget.press(*names)
        shown = [text for text in widget.page.locator(slopes).all_text_contents() if text]
        assert len(shown) == count


def equations(names):
    """The anchors of the equations that have these names on their left."""
    return [f"eq-{name.lower().replace('_', '-')}" for name in names]


def test_a_press_lights_its_equations_and_lines(widget):
    names = {
        "Forward": ["Z1", "A1", "Z2", "Y_hat", "L"],
        "Backward": [
            *("grad_Y_hat", "delta2", "grad_W2", "grad_b2"),
            *("grad_A1", "delta1", "grad_W1", "grad_b1"),
        ],
        "Update": ["W1", "b1", "W2", "b2"],
    }
    names["100 steps"] = [line for lines in names.values() for line in lines]
    widget.open()
    for press, lines in names.items():
        widget.press(press)
        assert sorted(widget.lit()) == sorted([*equations(lines), *lines])


@pytest.mark.parametrize(
    ("part", "lines"),
    [
        ("W1.0.0", ["grad_W1"]),
        ("b1.2", ["grad_b1"]),
        ("W2.1.0", ["grad_W2"]),
        ("b2.0", ["grad_b2"]),
        ("a1", ["A1", "grad_A1"]),
        ("y", ["Y_hat", "grad_Y_hat"]),
        ("z0", ["Z1", "delta1"]),
        ("z", ["Z2", "delta2"]),
        ("L", ["L"]),
        ("x0", []),
    ],
)
def test_what_is_pointed_at_or_focused_lights_what_computes_it(widget, part, lines):
    widget.open("?stage=backward")
    widget.table()
    row = widget.page.locator(f".step-tables tr[data-part='{part}']")
    figure = widget.page.locator(f"#step-drawing g[data-part='{part}']")
    found = [lambda: row.locator("input, button").focus(), row.hover]
    if figure.count():
        found += [figure.hover, figure.focus]
    for point in found:
        widget.page.mouse.move(1, 1)
        point()
        assert sorted(widget.lit()) == sorted([*equations(lines), *lines])
        marked = widget.page.locator("#step-drawing .step-pointed").count()
        assert marked == figure.count() + ("." in part)
        why = widget.page.locator("#step-why")
        assert why.locator("mjx-container").count() == len(lines)
        assert why.locator(".step-hint").is_visible() == (len(lines) < 2)
        assert [text.split(" = ")[0] for text in why.locator(".highlight").all_inner_texts()] == (
            lines
        )


def test_pointing_at_the_line_of_an_edge_marks_it(widget):
    widget.open("?stage=backward")
    near = widget.page.locator(".step-near[data-part='W1.0.1']")
    x, y = near.evaluate(
        """(near) => {
          const { x, y } = near.getPointAtLength(20).matrixTransform(near.getScreenCTM())
          return [x, y]
        }"""
    )
    widget.page.mouse.move(x, y)
    marked = widget.page.locator("#step-drawing g.step-pointed")
    assert marked.get_attribute("data-part") == "W1.0.1"
    assert widget.page.locator("#step-why").inner_text().startswith("W1[0, 1]")


@pytest.mark.parametrize(
    ("query", "part", "numbers"),
    [
        ("", "W1.0.0", "1 · 0.5 + 0 · 1 + 0 = 0.5000"),
        ("", "W2.0.0", "Press Forward."),
        ("?stage=backward", "y", "σ(0.3568) ≈ 0.5883"),
        ("?stage=backward", "L", "(0.5883 − 1)² ≈ 0.1695"),
        ("?row=00&stage=backward", "W1.0.0", "0 · 0.0981 = 0"),
        ("?stage=update", "W1.0.0", "0.5 − 1 · (−0.0937) ≈ 0.5937"),
        ("?stage=backward&w=0,0,0,0,0,0,0,0,0,0,0,0,16", "y", "2 · (0.999999887 − 1) ≈ −2.3e−7"),
    ],
)
def test_a_calculation_says_whether_it_is_rounded(widget, query, part, numbers):
    widget.open(query).page.locator(f"#step-drawing g[data-part='{part}']").hover()
    assert numbers in widget.page.locator(".step-numbers").all_inner_texts()


def test_the_box_leads_to_the_equation(widget):
    widget.open("?at=W2.1.0&stage=backward").page.locator("#step-why a").click()
    assert urlsplit(widget.page.url).fragment == "eq-grad-w2"
    assert widget.query == {"at": "W2.1.0", "stage": "backward"}


def test_the_way_back_from_an_equation_keeps_what_was_done(widget):
    widget.open("?stage=backward").page.locator("#step-why a").click()
    widget.press("Update")
    widget.page.go_back()
    until(widget.page, "location.search === '?stage=update&steps=1'")


def test_only_the_parts_with_slopes_speak_of_them(widget):
    widget.open()
    for part, said in (("x0", False), ("L", False), ("a1", True), ("W1.0.0", True)):
        figure = widget.page.locator(f"#step-drawing g[data-part='{part}']")
        assert ("slope" in figure.get_attribute("aria-label")) == said


@pytest.mark.parametrize(
    ("number", "text"),
    [
        *((0, "0"), (100, "100"), (1e-10, "1e−10"), (1e-20, "1e−20"), (-2.5e-30, "−2.5e−30")),
        *((3.63408454948777e-10, "3.63408454948777e−10"), (0.25, "0.25"), (1e20, "1e20")),
    ],
)
def test_a_long_number_keeps_its_exponent(widget, number, text):
    assert widget.open().page.evaluate("x => stepTheNetwork.long(x)", number) == text


def test_no_id_is_there_twice_after_explaining(widget):
    widget.open("?stage=backward")
    twice = widget.page.evaluate(
        """() => {
          const ids = [...document.querySelectorAll("[id]")].map((element) => element.id)
          return ids.filter((id, n) => ids.indexOf(id) !== n)
        }"""
    )
    assert twice == []


def test_everything_works_from_the_keyboard(widget):
    page = widget.open().page
    page.locator("#step-data").focus()
    page.keyboard.press("ArrowDown")
    assert widget.query["data"] == "OR"
    page.keyboard.press("Tab")
    page.keyboard.type("5")
    page.keyboard.press("Tab")
    assert widget.query["eta"] in ("5", "51", "15")
    page.keyboard.press("End")
    assert widget.query["row"] == "all"
    page.keyboard.press("Tab")
    page.keyboard.press("Home")
    assert widget.query["show"] == "00"
    for _ in ("Forward", "Backward", "Update"):
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    assert widget.query["stage"] == "update"
    for _ in ("100 steps", "Reset", "Copy link", "drawing"):
        page.keyboard.press("Tab")
    focused = "document.activeElement.dataset.part"
    assert page.evaluate(focused) == "x0"
    for key, part in (("End", "L"), ("ArrowRight", "x0"), ("ArrowLeft", "L"), ("Home", "x0")):
        page.keyboard.press(key)
        assert page.evaluate(focused) == part
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    assert page.evaluate(focused) == "W1.0.1"
    page.keyboard.press("Enter")
    assert widget.query["at"] == "W1.0.1"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#step-why') !== null")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    assert widget.query["at"] == "W1.0.2"
    page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type("-0.25")
    page.keyboard.press("Tab")
    assert page.locator("#step-value").input_value() == "−0.25"
    page.keyboard.press("Home")
    assert widget.query["eps"] == "0.1"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    assert widget.query["w"].startswith("7,")


@pytest.mark.parametrize("names", [(), ("Forward", "Backward"), ("Update",), ("100 steps",)])
def test_reload_keeps_everything(widget, names):
    widget.open("?row=all&data=OR&show=11&eta=0.3&at=b1.2&eps=0.001&stage=backward")
    widget.edit("#step-value", "0.1234567890123456")
    widget.press("Forward", "Backward", *names[-1:])
    shown, address = widget.page.evaluate(SHOWN), widget.page.url
    why = widget.page.locator("#step-why").inner_text()
    widget.page.reload()
    assert widget.page.evaluate(SHOWN) == shown
    assert widget.page.url == address
    assert widget.page.locator("#step-why").inner_text() == why


def test_an_address_is_read_back_to_the_last_bit(widget):
    random = np.random.default_rng(1)
    values = random.normal(size=(40, 13)) * 10.0 ** random.integers(-300, 300, size=(40, 13))
    values[0, :5] = 0, -1.0, 5e-324, 1.7976931348623157e308, 0.1 + 0.2
    back = widget.open().page.evaluate(
        """(lists) => {
          const net = stepTheNetwork
          const given = JSON.parse(document.getElementById("step-the-network-data").textContent)
          const start = { data: "XOR", row: "10", show: "10", eta: 1, at: ["W1", 0, 0], eps: 1e-5,
            parameters: given.parameters, stage: "start", steps: 0 }
          const places = net.places(given.parameters)
          return lists.map((list) => {
            let parameters = given.parameters
            places.forEach((at, i) => (parameters = net.changed(parameters, at, list[i])))
            const state = { ...start, parameters, eta: Math.abs(list[12]),
              data: "OR", row: "all", stage: "backward", steps: 12345 }
            const search = net.address(state, start, "?h=x")
            const read = net.fromAddress(search, start, ["00", "01", "10", "11"])
            return JSON.stringify(read) === JSON.stringify(state)
              ? places.map((at) => net.read(read.parameters, at)) : null
          })
        }""",
        values.tolist(),
    )
    np.testing.assert_array_equal(np.array(back, dtype=float), values)


def test_the_words_of_a_search_stay_in_the_address(widget):
    widget.open("?h=slope&stage=forward").press("Backward")
    assert widget.query.get("stage") == "backward"
    assert widget.query["h"] == "slope"


def test_a_foreign_part_of_the_address_stays_as_it_is(widget):
    search = widget.open().page.evaluate(
        """() => {
          const net = stepTheNetwork
          const { parameters } = JSON.parse(
            document.getElementById("step-the-network-data").textContent)
          const start = { data: "XOR", row: "10", show: "10", eta: 1, at: ["W1", 0, 0], eps: 1e-5,
            parameters, stage: "start", steps: 0 }
          return net.address({ ...start, stage: "forward" }, start, "?h=x&q=1")
        }"""
    )
    assert search == "?h=x&q=1&stage=forward"


@pytest.mark.parametrize(
    "query",
    [
        *("data=AND", "row=12", "eta=fast", "eta=-1", "eta=1e999", "eps=0", "at=W3.0.0"),
        *("eps=0.5", "eps=1e-300"),
        *("stage=sideways", "steps=-1", "steps=1.5", "w=1,2,3", "w=" + ",".join(["NaN"] * 13)),
        *("w=" + ",".join(["1e999"] * 13), "eta=", "w=" + ",".join(["0x10"] * 13)),
    ],
)
def test_an_address_that_cannot_be_read_is_named_and_the_start_shown(widget, query):
    good = widget.open().page.evaluate(SHOWN)
    widget.open(f"?{query}")
    assert widget.said == (
        f"The address says {query[: query.index('=') + 41]}, which cannot be read. "
        "This is the start instead."
    )
    assert widget.page.evaluate(SHOWN) == good
    widget.press("Forward")
    assert widget.query == {"stage": "forward"}


@pytest.mark.parametrize("text", ["", "1e999", "-", "1,000", "1,5,0"])
def test_what_is_no_number_is_refused_and_nothing_changes(widget, text):
    widget.open("?stage=backward")
    widget.table()
    before = widget.page.evaluate(SHOWN)
    weight = "W1[0, 0] must be a number, such as −0.25; it keeps 0.5."
    for field, said, kept in (
        ("[id='step-W1.0.0']", weight, "0.5"),
        ("#step-value", weight, "0.5"),
        ("#step-eta", "η must be 0 or more, such as 0.5; it keeps 1.", "1"),
    ):
        widget.page.locator(field).focus()
        widget.page.keyboard.press("Control+a")
        widget.page.keyboard.press("Delete")
        widget.page.keyboard.type(text)
        widget.page.keyboard.press("Tab")
        assert widget.said == said
        assert widget.page.locator(field).input_value() == kept
    assert widget.page.evaluate(SHOWN) == before


def test_what_is_said_of_a_field_is_in_sight(widget):
    page, note = widget.open().page, widget.page.locator(".step-note")
    field = page.locator("#step-value")
    field.evaluate("field => scrollBy(0, field.getBoundingClientRect().top - 200)")
    for text, said, invalid in (("abc", "must be a number", "true"), ("0.25", "is 0.25 now", None)):
        field.fill(text)
        assert not note.count() and field.get_attribute("aria-invalid") is None
        field.press("Enter")
        assert said in note.text_content() and note.text_content() == widget.said
        assert field.get_attribute("aria-invalid") == invalid
    field.blur()
    assert not note.count()


@pytest.mark.parametrize("field", ["#step-value", "#step-eta"])
def test_a_comma_for_decimals_is_read(widget, field):
    assert " is 0.25 now" in widget.open().edit(field, "0,25")


def test_a_field_is_rounded_until_it_is_used_and_keeps_the_exact_number(widget):
    widget.open("?row=all").press("100 steps", "Backward")
    address, field = widget.page.url, widget.page.locator("#step-value")
    assert field.input_value() == widget.page.locator("#step-drawing").evaluate(
        "drawing => drawing.querySelector('g[data-part=\"W1.0.0\"] .step-parameter').textContent"
    )
    field.focus()
    assert len(field.input_value()) > 12
    widget.page.keyboard.press("Enter")
    widget.page.keyboard.press("Tab")
    assert len(field.input_value()) == 6
    assert widget.page.url == address


def test_a_new_rate_says_that_the_used_slopes_are_gone(widget):
    widget.open("?stage=update")
    assert widget.edit("#step-eta", "2") == (
        "η is 2 now. The slopes that Update has used are gone."
    )


def test_the_row_that_was_trained_on_is_shown_first(widget):
    widget.open("?row=00").page.locator("#step-row").select_option("all")
    assert widget.page.locator("#step-show").input_value() == "00"


def test_an_edit_takes_back_what_rested_on_it(widget):
    widget.open("?stage=backward")
    assert widget.edit("#step-value", "0.75").startswith("W1[0, 0] is 0.75 now;")
    values = ".step-node .step-forward, .step-gradient"
    assert "".join(widget.page.locator(values).all_text_contents()) == ""
    assert "stage" not in widget.query


def test_numbers_too_large_for_a_float_are_explained(widget):
    widget.open("?eta=1e308&w=0,0,0,0,0,0,0,0,0,1e3,1e3,1e3,-1500&stage=backward")
    before = widget.page.evaluate(SHOWN)
    assert widget.press("Update").startswith("The numbers have left what a float can hold")
    assert widget.page.evaluate(SHOWN) == before
    assert widget.press("100 steps").startswith(
        "The numbers have left what a float can hold after 0 steps"
    )
    assert "NaN" not in widget.page.locator("#step-widget").inner_text()


def test_saturated_units_are_explained(widget):
    widget.open("?row=all&eta=1000").press("100 steps")
    said = widget.press("Backward")
    assert said.startswith("Backward: every slope is 0: Update would change nothing.")
    assert "saturated" in said


@pytest.mark.parametrize("query", ["row=all&w=" + "0," * 12 + "0", "w=" + "0," * 12 + "2000"])
def test_slopes_of_0_alone_are_not_called_saturation(widget, query):
    assert widget.open(f"?{query}&stage=forward").press("Backward") == (
        "Backward: every slope is 0: Update would change nothing."
    )


def test_the_nudge_meets_the_slope(widget):
    widget.open("?stage=backward&eps=0.001")
    text = {name: widget.page.locator(f"#step-{name}").inner_text() for name in ("digits", "sweep")}
    assert text["digits"] == "7"
    counts = [int(count) for count in text["sweep"].split()[2:]]
    assert counts[:4] == [3, 5, 7, 9]
    assert widget.page.locator(".step-size").all_inner_texts() == ["−3", "7"]
    assert max(counts) > counts[-1]
    up = float(widget.page.locator("#step-up").inner_text())
    ours = snippet.nudge(
        *(snippet.inputs[[2]], snippet.targets["XOR"][[2]], snippet.start, 0, (0, 0), 1e-3)
    )
    assert up == pytest.approx(ours[0], abs=1e-14)
    widget.press("Update")
    assert widget.page.locator("#step-slope").inner_text() == "Run Forward, then Backward"


def test_a_measurement_that_is_the_slope_is_called_exact(widget):
    widget.open("?row=00&stage=backward")
    assert widget.page.locator("#step-digits").inner_text() == "exact"


def test_the_experiments_of_the_page_can_be_opened(widget):
    links = (
        widget.open()
        .page.locator("article a[href^='?']")
        .evaluate_all("links => links.map((link) => link.getAttribute('href'))")
    )
    assert len(links) >= 5
    for link in links:
        widget.open(link)
        assert "cannot be read" not in widget.said
        assert widget.page.evaluate("scrollY") > 0


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_shifts(browser, server, width):
    size = {"width": width, "height": 800}
    with browser.new_context(viewport=size) as context:
        context.add_init_script(RECORD_SHIFTS)
        widget = Widget(context.new_page(), server).open("?stage=backward#step-widget")
        page = widget.page
        place = "document.querySelector('.step-nudge').getBoundingClientRect().top + scrollY"
        top = page.evaluate(place)
        for part in ("W1.0.0", "W2.2.0", "b2.0", "x0", "L"):
            page.locator(f"#step-drawing g[data-part='{part}']").hover()
            assert page.evaluate(place) == top
        for name in ("Update", "Forward", "Backward", "100 steps", "Reset"):
            widget.press(name)
            assert page.evaluate(place) == top
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert sum(value for value, _ in page.evaluate("shifts")) < 0.01
        assert widget.errors == []


def test_it_works_from_a_folder(browser, site):
    with browser.new_context() as context:
        widget = Widget(context.new_page(), f"{site.as_uri()}/").open("?row=all")
        assert widget.press("100 steps").startswith("100 steps: mean loss 0.2590 → 0.2327")
        assert widget.query["stage"] == "forward"
        widget.page.reload()
        assert widget.said.startswith("As the address says.")
        assert widget.errors == []


def test_the_start_is_the_data_of_the_snippet_and_no_search_finds_it(site):
    index = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))
    texts = [entry["text"] for entry in index["docs"] if entry["location"].startswith(PAGE[:-5])]
    assert texts
    assert not any(
        "step_the_network.json" in text or "0.0, 0.0" in text or "Copy link" in text
        for text in texts
    )
    script = (site / "assets/javascripts/step-the-network.js").read_text(encoding="utf-8")
    page = (site / PAGE).read_text(encoding="utf-8")
    assert '"W1": [[0.5, -1.0, 1.5]' in page
    assert "1.5" not in script
