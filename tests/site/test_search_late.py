"""The search loads nothing before it is used, and then finds, with a server and from a folder."""

import re

import pytest

from pipeline.lazy_search import script

PARTS = (
    "search_index",
    "workers/search",
    "javascripts/search",
    "javascripts/bundle",
    "iframe-worker",
)
RESULTS = ".md-search-result__item"
HOW = ("server", "folder")
OPENED = ("index.html", "labs/one-neuron.html")


@pytest.fixture
def page(browser):
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        context.set_default_timeout(30_000)
        yield context.new_page()


@pytest.fixture
def start(request, server, site):
    """Address of the site's folder in each of the two ways to open it."""
    return {"server": server, "folder": site.as_uri() + "/"}


def parts_requested(page):
    """Note the parts of the search that the page asks for, and the errors of its scripts."""
    found = []
    page.on("request", lambda request: found.extend(p for p in PARTS if p in request.url))
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def settle(page):
    """Wait until the scripts of the page have done what they do without the reader."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)


# What loads them is the same in all pages, and the budget of test_budget.py has no room for them.
@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("opened", OPENED)
def test_nothing_is_loaded_before_search_is_used(how, opened, page, start):
    found = parts_requested(page)
    page.goto(start[how] + opened)
    settle(page)
    assert not found


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("opened", OPENED)
def test_typing_finds(how, opened, page, start):
    found = parts_requested(page)
    page.goto(start[how] + opened)
    page.locator("input.md-search__input").click()
    page.keyboard.type("learning rate")
    page.locator(RESULTS).first.wait_for()
    assert sorted(found) == sorted(PARTS if how == "folder" else PARTS[:-1])


@pytest.mark.parametrize("how", HOW)
def test_a_key_opens_the_search_and_keeps_what_is_typed_meanwhile(how, page, start):
    page.goto(start[how] + "index.html")
    settle(page)
    page.keyboard.press("/")
    page.keyboard.type("transpose")
    page.locator(RESULTS).first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**h=transpose*")
    assert page.evaluate("CSS.highlights.get('sought').size")
    page.keyboard.press("/")
    page.keyboard.type("sigmoid")
    page.locator(RESULTS).first.wait_for()


def test_theme_is_fetched_beside_the_rest(page, server):
    page.goto(f"{server}index.html")
    page.route("**/javascripts/search.js", lambda route: None)  # no answer
    with page.expect_request("**/javascripts/bundle*"):
        page.locator("input.md-search__input").focus()


SLOW = """() => {
  const post = Worker.prototype.postMessage
  Worker.prototype.postMessage = function (message) {
    setTimeout(() => post.call(this, message), 400)
  }
}"""


@pytest.mark.parametrize("ready", [True, False])
def test_enter_follows_what_is_typed_though_the_answer_is_late(ready, page, server):
    page.goto(f"{server}index.html")
    page.evaluate(SLOW)
    page.keyboard.press("/")
    page.keyboard.type("bia")
    if ready:
        page.locator(RESULTS).first.wait_for()
    page.keyboard.type("s")
    page.keyboard.press("Enter")
    page.wait_for_url("**h=bias*")


def test_a_key_after_enter_takes_it_back(page, server):
    page.goto(f"{server}index.html")
    page.evaluate(SLOW)
    page.keyboard.press("/")
    page.keyboard.type("bia")
    page.locator(RESULTS).first.wait_for()
    page.keyboard.type("s")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(800)
    assert page.url.endswith("index.html")


@pytest.mark.parametrize("how", HOW)
def test_a_link_to_a_search_finds(how, page, start):
    page.goto(start[how] + "index.html?q=broadcasting")
    page.locator(RESULTS).first.wait_for()


def test_failure_is_said_and_tried_again(page, server):
    page.goto(server + "index.html")
    page.route("**/search_index.json", lambda route: route.abort())
    field = page.locator("input.md-search__input")
    field.click()
    page.get_by_text("The search could not be loaded").wait_for()
    page.unroute("**/search_index.json")
    field.press("Escape")
    field.click()
    page.keyboard.type("gradient")
    page.locator(RESULTS).first.wait_for()


def test_page_that_loads_the_theme_at_once_is_found(page, server, site):
    lazy = (site / "index.html").read_text(encoding="utf-8")
    bundle = re.search(r'data-script="([^"]*)"', lazy)[1]
    eager = lazy.replace(f"<script>{script()}</script>", f'<script src="{bundle}"></script>')
    page.route(f"{server}index.html", lambda route: route.fulfill(body=eager))
    found = parts_requested(page)
    page.goto(f"{server}index.html")
    settle(page)
    assert {"search_index", "workers/search", "javascripts/bundle"} <= set(found)
