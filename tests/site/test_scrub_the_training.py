"""The slider through recorded runs: its arithmetic is the snippet's, and everyone can move it."""

import json
import re
from contextlib import contextmanager

import numpy as np
import pytest
from hidden_layer import scrub_the_training as scrub

from pipeline.links import parse
from tests.site.built import until

ADDRESS = "hidden-layer/scrub-the-training.html"
SCRIPT = "**/scrub-the-training.js"
NAMES = ("W1", "b1", "W2", "b2")
NUMBERS = {"solves": 182, "stays": 2}
FRAME, SLOWER = 50, 4
ALL = """runs => Object.fromEntries(Object.entries(runs).map(([name, run]) => [name,
  run.step.map((_, k) => {
    const theta = scrubTheTraining.at(run, k)
    const { A1, yHat } = scrubTheTraining.forward(X, theta)
    const points = scrubTheTraining.grid(9, -0.5, 1.5)
    return { A1, yHat, loss: scrubTheTraining.loss(X, y, theta),
      parting: scrubTheTraining.parting(A1), plane: scrubTheTraining.forward(points, theta).yHat }
  })]))""".replace("runs =>", "({ X, y, runs }) =>")
FOCUSED = """element => element.matches(":focus-visible")
  && parseFloat(getComputedStyle(element).outlineWidth) >= 2"""
FAULTS = [
    ("Math.exp(-z)", "Math.exp(z)"),
    ("sum += row[d]", "sum -= row[d]"),
    ("W[d][h]", "W[h][d]"),
    ("sigmoid(sum + bias)", "sigmoid(sum)"),
    ("layer(A1, W2, b2).map", "layer(X, W2, b2).map"),
    ("- y[n][0]) ** 2", "- y[n][0]) * 2"),
    ("** 2, 0) / y.length", "** 2, 0)"),
    ("a[h] > 0.5) &&", "a[h] > 0.5) ||"),
    ("high - Math.floor", "low + Math.floor"),
]


@pytest.fixture(scope="module")
def data(site):
    """What the page hands to the script."""
    return json.loads(parse(site / ADDRESS).get_element_by_id("scrub-data").text)


@contextmanager
def opened(browser, url, script=None, **context):
    """The page, and the errors it has met so far; with a script in the place of its own."""
    with browser.new_context(**context) as window:
        page = window.new_page()
        page.set_default_timeout(5000)
        errors = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: said.type == "error" and errors.append(said.text))
        if script:
            kind = "text/javascript"
            page.route(SCRIPT, lambda route: route.fulfill(body=script, content_type=kind))
        page.goto(url)
        yield page, errors


@pytest.fixture
def page(browser, server):
    """The page, which must not meet an error."""
    with opened(browser, server + ADDRESS) as (page, errors):
        yield page
    assert errors == []


def shown(page):
    """Run, step and loss that the widget shows."""
    text = page.locator(".scrub-moment").text_content()
    step, loss = re.fullmatch(r"Step ([\d,]+) Loss ([\d.]+)", text).groups()
    return page.locator(".scrub-run").input_value(), int(step.replace(",", "")), loss


def rested(page, run, step):
    """Wait until the address holds the state."""
    until(page, f"location.search === '?run={run}&step={step}'")


def disagreement(page, data):
    """What the script computes in another way than the snippet at a stop, or an empty text."""
    computed = page.evaluate(ALL, data)
    rows = np.linspace(-0.5, 1.5, 9)
    points = np.array([[x1, x2] for x2 in rows[::-1] for x1 in rows])
    for name, run in data["runs"].items():
        for k, frame in enumerate(computed[name]):
            theta = [np.array(run[part][k]) for part in NAMES]
            A1, y_hat = scrub.forward(scrub.X, *theta)
            expected = {
                "A1": A1,
                "yHat": y_hat[:, 0],
                "loss": scrub.loss(scrub.X, scrub.y, *theta),
                "parting": scrub.parting(A1),
                "plane": scrub.forward(points, *theta)[1][:, 0],
            }
            for what, value in expected.items():
                got = np.array(frame[what], dtype=float)
                if not np.allclose(got, value, rtol=0, atol=1e-12):
                    return f"{name}, stop {k}: {what}"
    return ""


def test_the_file_is_what_the_snippet_records(data):
    assert data["X"] == scrub.X.tolist() and data["y"] == scrub.y.tolist()
    for name, number in NUMBERS.items():
        path = scrub.train(scrub.X, scrub.y, scrub.start(number), eta=5, steps=3000)
        again = scrub.record(path, also=(0, 100, 815, 1000, 1450, 1470, 3000))
        for part, values in again.items():
            assert np.allclose(np.array(data["runs"][name][part]), values, rtol=0, atol=1.01e-4)
        assert data["runs"][name]["step"] == again["step"]


def test_script_computes_what_the_snippet_computes(page, data):
    assert disagreement(page, data) == ""


@pytest.mark.parametrize(("right", "wrong"), FAULTS)
def test_a_wrong_formula_in_the_script_is_caught(right, wrong, browser, server, site, data):
    source = (site / "assets/javascripts/scrub-the-training.js").read_text(encoding="utf-8")
    assert source.count(right) == 1
    with opened(browser, server + ADDRESS, source.replace(right, wrong)) as (page, _):
        assert disagreement(page, data)


def test_boundary_is_where_the_answer_is_one_half(page, data):
    side = 33
    found = page.evaluate(
        """({ runs }) => Object.values(runs).map((run) => run.step.map((_, k) => {
          const { forward, at, grid, contour } = scrubTheTraining
          return contour(forward(grid(33, -0.5, 1.5), at(run, k)).yHat, 33)
        }))""",
        data,
    )
    drawn = 0
    for run, stops in zip(data["runs"].values(), found, strict=True):
        for k, pieces in enumerate(stops):
            theta = [np.array(run[part][k]) for part in NAMES]
            ends = np.array(pieces).reshape(-1, 2) * 2 / (side - 1)
            points = np.stack([ends[:, 0] - 0.5, 1.5 - ends[:, 1]], axis=1)
            answers = scrub.forward(points, *theta)[1]
            # Within a mesh the answer is taken as a straight line.
            assert np.abs(answers - 0.5).max(initial=0) < 0.03
            plane = scrub.forward(scrub.plane(side), *theta)[1].reshape(side, side) > 0.5
            crossed = np.diff(plane, axis=0).sum() + np.diff(plane, axis=1).sum()
            assert len(pieces) >= crossed / 2 - 1
            assert bool(pieces) == bool(crossed)
            drawn += len(pieces)
    assert drawn > 1000


def test_lines_are_where_a_neuron_says_one_half(page):
    random = np.random.default_rng(0)
    neurons = random.normal(size=(200, 3)) * [1, 1, 2]
    ends = page.evaluate(
        "all => all.map(([w1, w2, b]) => scrubTheTraining.line([w1, w2], b, -0.5, 1.5))",
        neurons.tolist(),
    )
    corners = np.array([[-0.5, -0.5], [-0.5, 1.5], [1.5, -0.5], [1.5, 1.5]])
    outside = 0
    for (*w, b), pair in zip(neurons, ends, strict=True):
        signs = corners @ w + b > 0
        assert bool(pair) == (signs.any() and not signs.all())
        outside += not pair
        if pair:
            assert np.abs(np.array(pair) @ w + b).max() < 1e-12
            assert np.abs(np.array(pair) - 0.5).max() <= 1
    assert 20 < outside < 180


def test_every_stop_shows_its_numbers(page, data):
    for name, run in data["runs"].items():
        page.locator(".scrub-run").select_option(name)
        texts = page.evaluate(
            """stops => Array.from({ length: stops }, (_, k) => {
              const slider = document.querySelector(".scrub-stop")
              slider.value = k
              slider.dispatchEvent(new Event("input"))
              const texts = (what) => [...document.querySelectorAll(what)].map((e) => e.textContent)
              return { value: slider.getAttribute("aria-valuetext"),
                moment: texts(".scrub-moment")[0], cells: texts(".scrub-tables td"),
                spots: texts(".scrub-space .scrub-label"),
                words: texts(".scrub-words")[0], labels: texts(".scrub-plane .scrub-label") }
            })""",
            len(run["step"]),
        )
        for k, (step, text) in enumerate(zip(run["step"], texts, strict=True)):
            theta = [np.array(run[part][k]) for part in NAMES]
            A1, y_hat = scrub.forward(scrub.X, *theta)
            value = scrub.loss(scrub.X, scrub.y, *theta)
            assert text["moment"] == f"Step {step:,} Loss {value:.4f}"
            assert text["value"] == f"Step {step:,}, loss {value:.4f}"
            cells = text["cells"]
            for n, row in enumerate(scrub.X):
                numbers = [f"{number:.3f}" for number in (*A1[n], y_hat[n, 0])]
                inputs = f"({row[0]:.0f}, {row[1]:.0f})"
                assert cells[5 * n : 5 * n + 5] == [inputs, f"{scrub.y[n, 0]:.0f}", *numbers]
            names = [name for spot in text["spots"] if spot for name in spot.split(" · ")]
            assert sorted(names) == ["0,0", "0,1", "1,0", "1,1"]
            assert text["labels"] == [f"{answer:.2f}" for answer in y_hat[:, 0]]
            W1, b1, W2, b2 = theta
            order = (*W1[:, 0], b1[0], *W1[:, 1], b1[1], *W2[:, 0], b2[0])
            assert cells[21::2] == [f"{w:.4f}".replace("-", "−") for w in order]
            right = ((y_hat > 0.5) == (scrub.y > 0.5)).sum()
            assert f"{right} of 4 answers" in text["words"]
            who = {0: "Neither", 1: "Neuron 1 alone", 2: "Neuron 2 alone", 3: "Both"}
            assert text["words"].startswith(who[scrub.parting(A1) @ [1, 2]])


def test_everything_works_from_the_keyboard(page, data):
    steps = data["runs"]["solves"]["step"]
    page.locator(".scrub-run").focus()
    page.keyboard.press("Tab")
    assert page.locator(".scrub-play").evaluate(FOCUSED)
    page.keyboard.press("Tab")
    assert page.locator(".scrub-stop").evaluate(FOCUSED)
    for key, stop in (("ArrowRight", 1), ("ArrowUp", 2), ("ArrowLeft", 1), ("End", 91)):
        page.keyboard.press(key)
        assert shown(page)[1] == steps[stop], key
    page.keyboard.press("PageDown")
    assert 0 < steps.index(shown(page)[1]) < 90
    page.keyboard.press("Home")
    assert shown(page)[:2] == ("solves", 0)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    until(page, "document.querySelector('.scrub-stop').value > 2")
    assert page.locator(".scrub-play").text_content() == "Pause"
    page.keyboard.press("Space")
    assert page.locator(".scrub-play").text_content() == "Play"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowDown")
    assert shown(page)[0] == "stays"


def test_playing_ends_at_the_end_and_begins_anew(page):
    page.goto(page.url + "?run=solves&step=2259")
    page.locator(".scrub-play").click()
    until(page, "document.querySelector('.scrub-play').textContent === 'Play'")
    assert shown(page)[1] == 3000
    page.locator(".scrub-play").click()
    until(page, "document.querySelector('.scrub-stop').value > 0")
    assert 0 < shown(page)[1] < 1000


def test_playing_stops_when_the_page_is_hidden(page):
    page.locator(".scrub-play").click()
    page.evaluate(
        """() => {
          Object.defineProperty(document, "hidden", { value: true })
          document.dispatchEvent(new Event("visibilitychange"))
        }"""
    )
    assert page.locator(".scrub-play").text_content() == "Play"


def test_less_motion_is_a_still_picture_a_second(browser, server):
    with opened(browser, server + ADDRESS, reduced_motion="reduce") as (page, errors):
        begun = page.evaluate("performance.now()")
        page.locator(".scrub-play").click()
        until(page, "document.querySelector('.scrub-stop').value > 0")
        assert page.evaluate("performance.now()") - begun > 900
        assert int(page.locator(".scrub-stop").input_value()) % 8 == 0
    assert errors == []


def test_state_survives_a_reload(page):
    page.locator(".scrub-run").select_option("stays")
    page.locator(".scrub-stop").focus()
    page.keyboard.press("End")
    rested(page, "stays", 3000)
    assert "Step 3,000" in page.locator(".scrub-said").text_content()
    page.reload()
    assert shown(page)[:2] == ("stays", 3000)


def test_another_run_stays_at_the_same_step(page):
    page.goto(page.url + "?run=solves&step=1000")
    page.locator(".scrub-run").select_option("stays")
    assert shown(page)[:2] == ("stays", 1000)


@pytest.mark.parametrize(
    ("search", "words"),
    [
        ("?run=other&step=5", "No run “other”"),
        ("?run=solves&step=abc", "No step “abc”"),
        ("?run=solves&step=-3", "No step “-3”"),
        ("?run=solves&step=3001", "“3001” from 0 to 3,000"),
        ("?step=1.5", "No step “1.5”"),
        ("?run=toString", "No run “toString”"),
        ("?run=<b>&step=0", "No run “<b>”"),
    ],
)
def test_a_malformed_address_is_answered(search, words, browser, server):
    with opened(browser, server + ADDRESS + search) as (page, errors):
        assert words in page.locator(".scrub-words").text_content()
        assert shown(page)[:2] == ("solves", 0)
        page.locator(".scrub-stop").press("ArrowRight")
        assert "answers are on the right" in page.locator(".scrub-words").text_content()
    assert errors == []


def test_a_step_that_is_not_kept_is_told_from_its_nearest(browser, server):
    with opened(browser, server + ADDRESS + "?run=solves&step=500") as (page, errors):
        words = page.locator(".scrub-words").text_content()
        assert words == "Step 500 is not in the record; the nearest is 476."
        assert shown(page)[:2] == ("solves", 476)
    assert errors == []


@pytest.mark.parametrize("search", ["?run=nonsense&step=0", "?run=solves&step=2001"])
def test_what_is_said_of_an_address_needs_no_more_lines(search, browser, server):
    heights = []
    for asked in ("", search):
        size = {"width": 360, "height": 740}
        with opened(browser, server + ADDRESS + asked, viewport=size) as (page, _):
            heights.append(page.locator(".scrub-words").evaluate("words => words.offsetHeight"))
    assert heights[0] == heights[1]


@pytest.mark.parametrize("search", ["", "?q=search", "?run=solves", "?step=0"])
def test_an_address_without_state_is_none_to_complain_of(search, browser, server):
    with opened(browser, server + ADDRESS + search) as (page, errors):
        assert shown(page)[:2] == ("solves", 0)
        assert "answers are on the right" in page.locator(".scrub-words").text_content()
    assert errors == []


def test_links_of_the_page_lead_to_stops_of_the_record(page, data):
    links = page.locator('a[href^="?run="]')
    assert links.count() >= 5
    page.evaluate("window.loaded = true")
    for link in links.all():
        name, step = re.fullmatch(r"\?run=(\w+)&step=(\d+)", link.get_attribute("href")).groups()
        assert int(step) in data["runs"][name]["step"]
        link.click()
        assert shown(page)[:2] == (name, int(step))
        assert page.evaluate("location.search") == link.get_attribute("href")
    assert page.evaluate("window.loaded")


def test_the_way_back_leads_to_the_link_and_what_was_shown(page):
    page.locator(".scrub-run").select_option("stays")
    rested(page, "stays", 0)
    page.locator('a[href$="step=815"]').click()
    assert shown(page)[:2] == ("solves", 815)
    page.go_back()
    rested(page, "stays", 0)
    assert shown(page)[:2] == ("stays", 0)
    assert page.evaluate("document.activeElement.matches('a[href$=\"step=815\"]')")
    assert page.locator(".scrub-said").text_content().startswith("Step 0,")


def test_a_place_on_the_page_leaves_a_playing_run_alone(page):
    page.locator(".scrub-play").click()
    page.evaluate("location.hash = 'the-program'")
    page.wait_for_timeout(300)
    assert page.locator(".scrub-play").text_content() == "Pause"


def test_address_keeps_what_belongs_to_others(page):
    page.goto(page.url + "?q=words")
    page.locator(".scrub-stop").press("End")
    until(page, "location.search === '?q=words&run=solves&step=3000'")


def test_names_of_rows_are_placed_anew_in_another_width(browser, server):
    size = {"width": 1280, "height": 800}
    place = (
        "() => [...document.querySelectorAll('.scrub-space .scrub-label')].map(e => e.textContent)"
    )
    with opened(browser, server + ADDRESS, viewport=size) as (page, errors):
        wide = page.evaluate(place)
        page.set_viewport_size({"width": 360, "height": 740})
        until(page, f"wide => String(({place})()) !== String(wide)", arg=wide)
        narrow = page.evaluate(place)
        page.reload()
        assert page.evaluate(place) == narrow
    assert errors == []


COVERED = """() => [...document.querySelectorAll(".scrub-space .scrub-label")]
  .filter((label) => label.textContent).flatMap((label) => {
    const box = label.getBoundingClientRect()
    return [...document.querySelectorAll(".scrub-space .scrub-mark")].filter((mark) => {
      const other = mark.getBoundingClientRect()
      const x = Math.min(box.right, other.right) - Math.max(box.left, other.left)
      return x > 1 && Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top) > 2
    }).map(() => label.textContent)
  })"""


def test_names_of_rows_cover_no_mark(browser, server):
    with opened(browser, server + ADDRESS, viewport={"width": 360, "height": 740}) as (page, _):
        assert page.evaluate(COVERED) == []
        page.add_style_tag(content=".scrub-space .scrub-label { margin-top: -14px }")
        assert page.evaluate(COVERED)


DRAWN = """() => [...document.querySelectorAll(".scrub-boundary")].every(
  (path) => path.getTotalLength())"""
CROSSED = """() => [...document.querySelectorAll(".scrub-squares .scrub-box")].flatMap((square) => {
  const { left, top, width } = square.getBoundingClientRect()
  const path = square.querySelector(".scrub-boundary")
  const line = Array.from({ length: 400 }, (_, i) =>
    path.getPointAtLength(i / 399 * path.getTotalLength()))
  const inside = (box, x, y) => x > box.left && x < box.right && y > box.top && y < box.bottom
  const labels = [...square.querySelectorAll(".scrub-label")].filter((label) =>
    line.some(({ x, y }) => inside(label.getBoundingClientRect(),
      left + x * width / 100, top + y * width / 100)))
  const badges = [...square.querySelectorAll(".scrub-badge:not([hidden])")].filter((badge) =>
    [...square.querySelectorAll(".scrub-tick")].some((tick) => {
      const box = tick.getBoundingClientRect()
      return inside(badge.getBoundingClientRect(), box.x + box.width / 2, box.y + box.height / 2)
    }))
  return [...labels, ...badges].map((element) => element.textContent)
})"""


@pytest.mark.parametrize(
    ("step", "right", "wrong", "covered"),
    [
        (815, "+ clear(box)", "", ["0,1 · 1,0 · 1,1"]),
        (815, "return tries.find(", "return tries[0] ?? tries.find(", ["1"]),
        (1459, "crossed(14) &&", "false &&", ["0.46"]),
    ],
)
def test_boundary_and_ticks_stay_uncovered(step, right, wrong, covered, browser, server, site):
    url, size = f"{server}{ADDRESS}?run=solves&step={step}", {"width": 360, "height": 740}
    source = (site / "assets/javascripts/scrub-the-training.js").read_text(encoding="utf-8")
    assert source.count(right) == 1
    for script, found in ((source, []), (source.replace(right, wrong), covered)):
        with opened(browser, url, script, viewport=size) as (page, errors):
            until(page, DRAWN)
            until(page, f"found => String(({CROSSED})()) === String(found)", arg=found)
        assert errors == []


@pytest.mark.parametrize("modifier", ["Control", "Shift"])
def test_a_link_for_another_tab_moves_nothing(modifier, page):
    # The last to hear of the click says whether it was left to the browser, and ends it there.
    page.evaluate("""addEventListener("click", event => {
      window.left = !event.defaultPrevented
      event.preventDefault()
    })""")
    page.locator('a[href^="?run=stays"]').click(modifiers=[modifier])
    assert page.evaluate("left")
    assert shown(page)[:2] == ("solves", 0)


SEEN = """part => {
  const { left, top, width, height } = part.getBoundingClientRect()
  const places = [0.2, 0.8].map((y) => [left + width / 2, top + y * height])
  return places.every(([x, y]) => part.contains(document.elementFromPoint(x, y)))
}"""


@pytest.mark.parametrize("size", [(360, 740), (1280, 900), (1366, 650), (1920, 1080)])
def test_a_link_leaves_slider_and_squares_in_sight(size, browser, server):
    viewport = dict(zip(("width", "height"), size, strict=True))
    with opened(browser, server + ADDRESS, viewport=viewport) as (page, _):
        for link in page.locator('a[href^="?run="]').all():
            link.click()
            # In the middle of each, nothing lies above it: no header, no controls, no button.
            for part in (".scrub-stop", ".scrub-plane", ".scrub-space"):
                assert page.locator(part).evaluate(SEEN), part
        page.evaluate("scrollBy({ top: 300, behavior: 'instant' })")
        assert page.locator(".scrub-stop").evaluate(
            "slider => slider.getBoundingClientRect().top >= 48"
        )


def test_only_a_finger_that_moves_sideways_moves_the_moment(browser, server):
    size = {"width": 360, "height": 740}
    with opened(browser, server + ADDRESS, viewport=size, has_touch=True) as (page, errors):
        box = page.locator(".scrub-loss")
        box.scroll_into_view_if_needed()
        place = box.bounding_box()
        x, y = place["x"] + place["width"] / 3, place["y"] + place["height"] / 2
        session = page.context.new_cdp_session(page)

        def swipe(*places):
            for kind, points in [("Start", places[:1]), *(("Move", [p]) for p in places[1:])]:
                points = [{"x": x, "y": y} for x, y in points]
                session.send(
                    "Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points}
                )
            session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
            page.wait_for_timeout(100)

        swipe((x, y), (x, y - 10), (x + 2, y - 40), (x + 2, y - 120))
        assert shown(page)[1] == 0
        page.wait_for_timeout(1000)
        box.scroll_into_view_if_needed()
        place = box.bounding_box()
        y = place["y"] + place["height"] / 2
        swipe((x, y))
        assert abs(shown(page)[1] - 1000) < 60
        swipe((x, y), (x + 10, y), (x + 30, y + 2), (place["x"] + place["width"] - 1, y + 3))
        assert shown(page)[1] == 3000
        page.mouse.click(x, y, button="right")
        assert shown(page)[1] == 3000
    assert errors == []


LAPS = """() => {
  const boxes = [...document.querySelectorAll(".scrub-space > span")]
    .filter((part) => part.textContent).map((part) => part.getBoundingClientRect())
  const frame = document.querySelector(".scrub-space").getBoundingClientRect()
  const inside = boxes.every((a) => a.left >= frame.left && a.right <= frame.right
    && a.top >= frame.top && a.bottom <= frame.bottom)
  return inside && boxes.every((a, i) => boxes.every((b, j) => i <= j
    || a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top))
}"""


@pytest.mark.parametrize("width", [360, 1280])
def test_names_of_rows_stay_apart_and_in_the_frame(width, browser, server, data):
    size = {"width": width, "height": 800}
    with opened(browser, server + ADDRESS, viewport=size) as (page, _):
        lapping = {
            (name, step)
            for name, run in data["runs"].items()
            for step in run["step"]
            if not page.evaluate(
                f"""([name, k]) => {{
                  const choice = document.querySelector(".scrub-run")
                  const slider = document.querySelector(".scrub-stop")
                  if (choice.value !== name) {{
                    choice.value = name
                    choice.dispatchEvent(new Event("change"))
                  }}
                  slider.value = k
                  slider.dispatchEvent(new Event("input"))
                  return ({LAPS})()
                }}""",
                [name, run["step"].index(step)],
            )
        }
    assert lapping == set()


def test_curve_can_be_clicked_and_dragged(page):
    box = page.locator(".scrub-loss")
    box.scroll_into_view_if_needed()
    place = box.bounding_box()
    middle = place["y"] + place["height"] / 2
    page.mouse.move(place["x"] + place["width"] / 3, middle)
    page.mouse.down()
    assert abs(shown(page)[1] - 1000) < 60
    page.mouse.move(place["x"] + place["width"] + 50, middle)
    assert shown(page)[1] == 3000
    page.mouse.up()
    page.mouse.move(place["x"], middle)
    assert shown(page)[1] == 3000


def test_scheme_redraws_the_shading(page):
    color = """() => [...document.querySelector(".scrub-plane canvas").getContext("2d")
      .getImageData(20, 10, 1, 1).data]"""
    page.evaluate("() => new Promise(requestAnimationFrame)")
    before = page.evaluate(color)
    page.evaluate("document.body.setAttribute('data-md-color-scheme', 'slate')")
    page.evaluate("() => new Promise(done => setTimeout(() => requestAnimationFrame(done)))")
    after = page.evaluate(color)
    assert before[3] == after[3] > 50
    assert before[:3] != after[:3]


def test_works_from_a_folder(browser, site):
    with opened(browser, (site / ADDRESS).as_uri() + "?run=stays&step=1000") as (page, errors):
        assert shown(page)[:2] == ("stays", 1000)
        page.locator(".scrub-stop").press("End")
        rested(page, "stays", 3000)
        page.reload()
        assert shown(page)[:2] == ("stays", 3000)
    assert errors == []


def test_a_frame_is_drawn_in_time_on_a_phone(page):
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    times = page.evaluate(
        """async () => {
          const slider = document.querySelector(".scrub-stop")
          const frame = () => new Promise(requestAnimationFrame).then(() => performance.now())
          const times = []
          for (let k = 0; k < 92; k += 1) {
            const begun = performance.now()
            slider.value = k
            const before = frame()
            slider.dispatchEvent(new Event("input"))
            const handled = performance.now()
            const after = frame()
            times.push(handled - begun + await after - await before)
          }
          return times
        }"""
    )
    # The median: the machine of the tests may be busy with something else.
    assert np.median(times) < FRAME, times


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_no_stop_changes_the_height(width, browser, server):
    size = {"width": width, "height": 800}
    with opened(browser, server + ADDRESS, viewport=size) as (page, errors):
        heights = page.evaluate(
            """() => {
              const slider = document.querySelector(".scrub-stop")
              return Array.from({ length: 92 }, (_, k) => {
                slider.value = k
                slider.dispatchEvent(new Event("input"))
                return document.getElementById("scrub").offsetHeight
              })
            }"""
        )
        assert len(set(heights)) == 1
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert errors == []
