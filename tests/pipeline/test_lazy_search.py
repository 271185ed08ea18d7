"""Pages hold the script that lets search load late, in the place of the theme's own."""

import pytest
from planted import write

from pipeline.errors import BuildError
from pipeline.lazy_search import FORM, SCRIPTED, load_search_late, script

SHIM = '<script src="../assets/javascripts/iframe-worker.js"></script>'
SEARCH = f'<div data-md-component="search">{FORM}</form></div>'
BUNDLE = '<script src="../assets/javascripts/bundle.0a1b2c.min.js"></script>'


def late(folder, html):
    page = write(folder, "chapter/page.html", html)
    load_search_late(folder)
    return page.read_text(encoding="utf-8")


def test_script_takes_the_place_of_the_theme_and_the_shim_is_gone(tmp_path):
    other = '<div data-md-component="{}"></div>'.format
    html = late(tmp_path, f"<head>{SHIM}</head>{other('toc')}{other('dialog')}{SEARCH}{BUNDLE}")
    bundle = 'data-script="assets/javascripts/bundle.0a1b2c.min.js"'
    search = SEARCH.replace(FORM, f"{FORM[:-1]} {bundle}>")
    assert (
        html == f"{SCRIPTED}</head><div></div>{other('dialog')}{search}<script>{script()}</script>"
    )


def test_script_carries_no_comments_and_no_indents():
    assert "/*" not in script() and "\n " not in script()
    assert script().startswith("(() => {") and script().endswith("})()")


def test_page_without_search_stays_as_it_is(tmp_path):
    assert late(tmp_path, SHIM) == SHIM


@pytest.mark.parametrize("html", [SEARCH, SEARCH.replace('name="search"', "") + BUNDLE])
def test_changed_theme_stops_the_build(tmp_path, html):
    with pytest.raises(BuildError, match=r"page\.html: the theme's search form or script"):
        late(tmp_path, html)
