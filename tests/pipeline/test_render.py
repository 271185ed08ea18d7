"""Parts far down a page have a height to go by; those on screen at once have none."""

import re

from planted import write

from pipeline import render
from pipeline.render import reckon_heights

ROW = '<mjx-mtr style="height: 2em;">'
EQUATION = '<div class="equation" id="eq-1"><mjx-math>{}</mjx-math></div>'
CODE = '<div id="train" class="language-python highlight"><pre>a\nb\n</pre></div>'
BEGINNING = "<p>" + "word " * 2200 + "</p>\n"


def reckoned(folder, body, beginning=BEGINNING):
    page = write(folder, "page.html", f"<nav><p>x</p></nav><article>{beginning}{body}</article>")
    reckon_heights(folder)
    return page.read_text().removeprefix(f"<nav><p>x</p></nav><article>{beginning}")


def heights(folder, body):
    return re.findall(r'style="(--[^"]*)"', reckoned(folder, body))


def test_words_are_reckoned_for_a_phone_and_a_desk(tmp_path):
    spoken = "<mjx-assistive-mml><math>y</math></mjx-assistive-mml>"
    assert heights(tmp_path, f"<p>{'a' * 86}{spoken * 9}</p>") == ["--tall:3.2em;--wide:1.6em"]
    assert heights(tmp_path, "<p>short</p>") == ["--tall:1.6em;--wide:1.6em"]


def test_less_is_laid_out_at_once_on_a_phone(tmp_path):
    text = reckoned(tmp_path, "<p>b</p>", beginning="<p>" + "word " * 600 + "</p>\n")
    assert text == '<p style="--tall:1.6em">b</p></article>'


def test_code_and_equations_are_reckoned_by_their_lines(tmp_path):
    assert heights(tmp_path, CODE) == ["--tall:3.68em;--wide:3.68em"]
    assert heights(tmp_path, EQUATION.format("x")) == ["--tall:2.45em;--wide:2.45em"]
    assert heights(tmp_path, EQUATION.format("<mjx-mfrac>")) == ["--tall:3.6em;--wide:3.6em"]
    assert heights(tmp_path, EQUATION.format(ROW * 2)) == ["--tall:5.58em;--wide:5.58em"]


def test_beginning_figures_and_tables_are_left_alone(tmp_path):
    assert reckoned(tmp_path, "<p>a</p>", beginning="") == "<p>a</p></article>"
    body = "<figure><p>a</p></figure><table><tr><td><p>b</p></td></tr></table>"
    assert reckoned(tmp_path, body) == f"{body}</article>"


def test_script_that_shows_the_page_by_parts_stands_in_the_head(tmp_path):
    page = write(tmp_path, "page.html", "<head></head><article><p>a</p></article>")
    reckon_heights(tmp_path)
    assert page.read_text() == (
        f"<head><script>{render.script()}</script></head><article><p>a</p></article>"
    )


def test_nothing_else_changes(tmp_path):
    body = f'<h2 id="a">A</h2>\n<p>b</p>\n{CODE}\n<p class="c">d</p>'
    text = reckoned(tmp_path, body)
    assert re.sub(r' style="--tall[^"]*"', "", text) == f"{body}</article>"
    assert text.count("style=") == 2
