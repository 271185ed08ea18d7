import re

import pytest

from pipeline.copying import add_copy_buttons
from pipeline.errors import BuildError

BLOCK = (
    '<div id="{}" class="language-python highlight"><span class="filename">a.py</span>'
    '<pre><span></span><code><span id="__span-{}-1">{}\n</span></code></pre></div>'
)
SHORT, LONG = 'x = <span class="mi">1</span> &lt; 2', "y = " + " + ".join("abcdefghi")


def made(folder, text):
    (folder / "page.html").write_text(text)
    add_copy_buttons(folder)
    return (folder / "page.html").read_text()


def test_each_block_has_its_own_button_before_the_code(tmp_path):
    page = made(tmp_path, BLOCK.format("a", "a", SHORT) + BLOCK.format("b", "b", SHORT))
    for number in "01":
        assert re.search(
            rf'<pre><span></span><div class="md-code__nav"><button [^>]*'
            rf'data-clipboard-target="#__copied_{number}".*?<code id="__copied_{number}"',
            page,
        )
    assert page.count('aria-label="Copy to clipboard"') == 2


def test_only_a_block_with_a_long_line_is_a_stop(tmp_path):
    page = made(tmp_path, BLOCK.format("a", "a", SHORT) + BLOCK.format("b", "b", LONG))
    assert page.count("tabindex") == 1
    assert page.index("tabindex") > page.index("__copied_1")


def test_output_of_a_lab_has_no_button(tmp_path):
    page = made(tmp_path, BLOCK.format("a", "a", LONG).replace("highlight", "highlight no-copy"))
    assert "<button" not in page and 'tabindex="0"' in page


def test_lines_lose_their_ids_and_keep_their_words(tmp_path):
    page = made(tmp_path, BLOCK.format("a", "a", SHORT))
    assert "__span" not in page and SHORT in page


def test_block_that_looks_unlike_stops_the_build(tmp_path):
    with pytest.raises(BuildError, match=r"page\.html: a code block looks unlike"):
        made(tmp_path, BLOCK.format("a", "a", SHORT).replace("<code>", '<code class="c">'))
