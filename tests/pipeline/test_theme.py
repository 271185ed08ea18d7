"""The theme's HTML is mended on every page, once."""

from planted import write

from pipeline.theme import MENDS, mend, mend_theme

PAGE = """<body dir="ltr">
    <input data-md-toggle="drawer" type="checkbox" id="__drawer" autocomplete="off">
    <div data-md-component="skip">
        <a href="#x" class="md-skip">Skip</a>
    </div>
    <div class="md-search" data-md-component="search" role="dialog"></div>
    <label for="__nav_2" tabindex="">One neuron</label>
"""


def test_every_mend_is_made():
    for flaw, right in MENDS:
        assert mend(f"<p>{flaw}</p>") == f"<p>{right}</p>"


def test_mended_twice_is_mended_once(tmp_path):
    page = write(tmp_path, "chapter/page.html", PAGE)
    mend_theme(tmp_path)
    once = page.read_text()
    mend_theme(tmp_path)
    assert page.read_text() == once != PAGE
    assert once.count("aria-label") == 2


def test_the_link_that_skips_comes_first():
    assert mend(PAGE).index("md-skip") < mend(PAGE).index("__drawer")


def test_page_of_another_theme_is_left_alone():
    html = '<body><header role="dialog"></header></body>'
    assert mend(html) == html
