"""What the theme's script would do on a page, and `page.js` does: places, ways, copies, marks."""

import pytest

from tests.site.built import until

PAGE = "one-neuron/derivation.html"
ACTIVE = ".md-sidebar--secondary .md-nav__link--active"
TITLE = ".md-header__title--active"
WIDGETS = ["one-neuron/be-the-optimiser", "hidden-layer/step-the-network"]
WIDGETS += ["hidden-layer/scrub-the-training"]


@pytest.fixture
def page(browser, server):
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.goto(server + PAGE)
        yield page


def scroll_to(page, name):
    """Bring the heading to the top of the window, where it passes the line under the header."""
    page.evaluate("name => document.getElementById(name).scrollIntoView()", name)
    page.wait_for_timeout(200)  # what comes into view is laid out, and moves the rest
    page.evaluate("name => document.getElementById(name).scrollIntoView()", name)


def wait_for_active(page, name):
    until(
        page,
        """([active, name]) => {
             const links = document.querySelectorAll(active)
             return links.length === (name ? 1 : 0) && (!name || links[0].hash === "#" + name)
           }""",
        arg=[ACTIVE, name],
    )


def test_table_of_contents_follows_the_reader(page):
    wait_for_active(page, "")
    scroll_to(page, "downhill")
    wait_for_active(page, "downhill")
    scroll_to(page, "three-links")
    wait_for_active(page, "three-links")
    page.keyboard.press("End")
    page.wait_for_timeout(300)
    page.keyboard.press("End")
    wait_for_active(page, "exercises")
    page.keyboard.press("Home")
    wait_for_active(page, "")


def test_header_names_the_page_once_its_title_has_gone(page):
    assert not page.locator(TITLE).count()
    scroll_to(page, "downhill")
    page.locator(TITLE).wait_for()
    page.evaluate("scrollTo(0, 0)")
    page.locator(TITLE).wait_for(state="detached")


@pytest.mark.parametrize("name", ["hidden-layer/with-pytorch.html", "reference/downloads.html"])
def test_no_entry_of_the_navigation_is_half_covered(page, server, name):
    page.goto(server + name)
    until(page, "document.querySelector('.md-sidebar__scrollwrap').scrollTop > 0")
    page.wait_for_timeout(100)
    faults = page.evaluate(
        """() => {
             const box = document.querySelector(".md-sidebar__scrollwrap")
             const under = box.querySelector(".md-nav__title").getBoundingClientRect().bottom
             const below = box.getBoundingClientRect().bottom
             return [...box.querySelectorAll(".md-nav__link")].filter(entry => {
               const { top, bottom } = entry.getBoundingClientRect()
               const now = entry.matches("a.md-nav__link--active")
               const cut = top < under - 1 && bottom > under + 1
               return cut || (now && (top < under || bottom > below))
             }).map(entry => entry.textContent.trim())
           }"""
    )
    assert not faults


def test_way_back_is_offered_to_who_scrolls_up(page):
    back = page.locator(".md-top")
    scroll_to(page, "downhill")
    assert not back.is_visible()
    page.mouse.move(600, 400)
    page.mouse.wheel(0, -300)
    back.click()
    until(page, "scrollY === 0")
    back.wait_for(state="hidden")


def test_way_back_is_not_offered_where_the_focus_leads(page):
    back = page.locator(".md-top")
    scroll_to(page, "exercises")
    page.evaluate("document.querySelector('#three-links .headerlink').focus()")
    page.wait_for_timeout(200)
    assert not back.is_visible()
    page.wait_for_timeout(400)
    page.mouse.move(600, 400)
    page.mouse.wheel(0, -100)
    back.wait_for()
    page.keyboard.press("Tab")
    back.wait_for(state="hidden")


def test_link_into_a_fold_opens_it(page):
    fold = "document.querySelector('article details')"
    page.evaluate(f"{fold}.lastElementChild.id = 'inside'")
    page.evaluate("location.hash = 'inside'")
    until(page, f"{fold}.open")


def test_paper_has_no_folds(page):
    folded = page.locator("article details:not([open])")
    before = folded.count()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert before and not folded.count()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert folded.count() == before


@pytest.mark.parametrize(("key", "name"), [("n", "one-neuron/be-the-optimiser"), (",", "problem")])
def test_keys_lead_to_the_neighbours(page, key, name):
    with page.expect_navigation():
        page.keyboard.press(key)
    assert name in page.url


def test_keys_that_are_typed_lead_nowhere(page):
    page.locator("input.md-search__input").click()
    page.keyboard.type("np")
    page.wait_for_timeout(200)
    assert page.url.endswith(PAGE)


def test_code_is_copied_without_a_clipboard(page):
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.evaluate("document.execCommand = () => (copied = document.activeElement.value)")
    page.locator(".language-pycon .md-code__button").first.click()
    page.get_by_text("Copied to clipboard").wait_for()
    assert ">>>" not in page.evaluate("copied") and page.evaluate("copied")
    assert page.evaluate("document.activeElement.matches('.md-code__button')")


REFUSED = """() => {
  window.tries = 0
  navigator.clipboard.writeText = async () => { tries++; throw new Error("denied") }
  document.execCommand = () => { tries++; return false }
}"""


def test_clipboard_that_is_refused_is_said_by_one_script(page):
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.evaluate(REFUSED)
    page.locator("input.md-search__input").focus()
    page.locator(".md-search-result__meta", has_text="Type to start").wait_for()
    page.keyboard.press("Escape")
    page.locator(".language-pycon .md-code__button").first.click()
    page.get_by_text("The browser does not let the page copy").wait_for()
    assert page.evaluate("tries") == 2 and not errors


@pytest.mark.parametrize("words", ["sigmoid+σ", "a-b", "(1/N)"])
def test_signs_among_the_sought_words_do_no_harm(words, page, server):
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{server}{PAGE}?h={words}")
    assert page.evaluate("CSS.highlights.has('sought')") and not errors


def test_address_that_cannot_be_read_does_no_harm(page, server):
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{server}index.html#%E0%A4%A")
    page.keyboard.press("n")
    page.wait_for_url("**/problem.html")
    assert not errors


def test_sought_words_are_marked(page, server):
    page.goto(f"{server}{PAGE}?h=slope*+%2B")
    assert page.evaluate("CSS.highlights.get('sought').size") > 10
    page.goto(f"{server}{PAGE}?h=qwrtz")
    assert page.evaluate("CSS.highlights.get('sought').size") == 0


@pytest.mark.parametrize("name", WIDGETS)
def test_nothing_can_be_pressed_before_its_script_has_come(name, browser, server):
    with browser.new_context() as context:
        page = context.new_page()
        page.route("**/*.js", lambda route: None)  # no answer
        page.goto(f"{server}{name}.html", wait_until="commit")
        page.wait_for_selector(".md-footer")
        controls = page.locator(".widget :is(button, input, select)")
        assert controls.count() >= 3
        assert controls.evaluate_all("controls => controls.every(control => control.disabled)")
        assert not page.locator(".md-code__button").filter(visible=True).count()
        page.unroute("**/*.js")
        page.goto(f"{server}{name}.html")
        assert page.locator(".widget button").first.is_enabled()
        assert page.locator(".md-code__button").first.is_visible()
