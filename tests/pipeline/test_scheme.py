"""A page shows the reader's scheme from the first paint on, and says when the theme has changed."""

from planted import refusal, write

from pipeline.scheme import FORM, script, show_scheme_early

BOX = (
    '<input type="radio" name="__palette" id="{name}" data-md-color-scheme="{scheme}"'
    ' data-md-color-media="(prefers-color-scheme: {media})"><label for="{other}" hidden>x</label>'
)
PAGE = f"""
<html><head><script>
const kept = {{}}
__md_get = (name) => kept[name] ?? null
__md_set = (name, value) => {{ kept[name] = value }}
</script></head><body data-md-color-scheme="default"><header class="md-header">{FORM}>
{BOX.format(name="light", scheme="default", media="light", other="dark")}
{BOX.format(name="dark", scheme="slate", media="dark", other="light")}
</form><script>var palette=__md_get("__palette");if(palette)never()</script></header>
</body></html>
"""


def early(folder, text=PAGE):
    page = write(folder, "page.html", text)
    show_scheme_early(folder)
    return page.read_text()


def test_script_takes_the_place_of_the_theme_s(tmp_path):
    text = early(tmp_path)
    assert f"</form><script>{script()}</script></header>" in text
    assert "never()" not in text
    assert "/*" not in script()


def test_change_of_the_theme_is_named(tmp_path):
    said = refusal(early, tmp_path, PAGE.replace("var palette", "x "))
    assert "has changed; adapt pipeline.scheme" in said


def test_page_without_a_switch_is_left_alone(tmp_path):
    assert early(tmp_path, "<html><head></head></html>") == "<html><head></head></html>"


STATE = """[document.body.dataset.mdColorScheme, document.documentElement.style.colorScheme,
  [...document.querySelectorAll("label")].findIndex(label => !label.hidden)]"""
LIGHT, DARK = ["default", "light", 0], ["slate", "dark", 1]


def expect(page, state):
    """Wait until the page is in the state; what the system says comes with the next frame."""
    page.wait_for_function(f"state => JSON.stringify({STATE}) === JSON.stringify(state)", arg=state)


def test_system_is_followed_until_the_reader_chooses(browser, tmp_path):
    with browser.new_context(color_scheme="dark") as context:
        page = context.new_page()
        page.set_content(early(tmp_path))
        expect(page, DARK)
        page.emulate_media(color_scheme="light")
        expect(page, LIGHT)
        page.locator("#dark").evaluate("box => box.click()")
        expect(page, DARK)
        page.emulate_media(color_scheme="dark")
        page.emulate_media(color_scheme="light")
        page.wait_for_timeout(100)
        expect(page, DARK)
        assert page.evaluate("kept.__palette.index") == 1
