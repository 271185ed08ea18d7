import json

import pytest
from planted import write

from pipeline.letters import letters
from pipeline.search import JSON, SCRIPT, lighten_index, names, readable, words


def lightened(folder, *entries, **pages):
    """The entries of an index after its lightening, with the HTML of its pages."""
    index = {"config": {"separator": " "}, "docs": list(entries)}
    write(folder, JSON, json.dumps(index))
    for entry in entries:
        stem = entry["location"].split(".")[0]
        write(folder, f"{stem}.html", pages.get(stem, ""))
    lighten_index(folder)
    return json.loads((folder / JSON).read_text(encoding="utf-8"))["docs"]


def entry(text, location="page.html", title="T"):
    return {"location": location, "title": title, "text": text}


def test_code_and_displays_are_left_out_and_words_stay():
    text = "<p>Call <code>zero_grad</code>:</p> a/b.py<pre>secret()</pre> \\[ x = 1 \\] end"
    assert readable(text) == "<p>Call <code>zero_grad</code>:</p> end"


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"\frac{1}{N}", "1/N"),
        (r"\frac{\partial L}{\partial w_1}", "∂L/∂w₁"),
        (r"\frac{|\hat{y}_n - y_n|}{\hat{y}_n - y_n}", "(|ŷₙ - yₙ|)/(ŷₙ - yₙ)"),
        (r"\delta^{(2)}_{nk}", "δ⁽²⁾ₙₖ"),
        (r"W^{(2)\top}", "W⁽²⁾⊤"),
        (r"x_{nd}", "x<sub>nd</sub>"),
        (r"e^{-z_n}", "e<sup>-zₙ</sup>"),
        (r"\mathbf{1}_N^\top \delta", "1<sub>N</sub>⊤ δ"),
        (r"\log(\hat{y})", "log(ŷ)"),
    ],
)
def test_inline_mathematics_becomes_letters(tex, text):
    assert letters(tex) == text
    assert readable(rf"the slope \({tex}\) of") == f"the slope {text} of"


def test_names_of_code_are_those_that_it_calls():
    code = (
        "import torch\n"
        "def fit(eta):\n"
        '    """Words of a sentence()."""\n'
        "    optimizer.zero_grad()  # remark()\n"
        '    print("said()")\n'
        "    ax.set_xlabel(eta)\n"
        "    return torch.nn.MSELoss(y_hat)\n"
    )
    assert names(code) == ["fit", "zero_grad", "print", "MSELoss", "y_hat"]


def test_names_of_a_session_leave_out_its_output():
    assert names("&gt;&gt;&gt; total = add(1, 2)\n&gt;&gt;&gt; total\nfloat64(3)\n") == ["add"]


def test_words_of_an_error_are_kept():
    code = ">>> try:\n...     backward()\n... except RuntimeError as error:\n...     print(error)\n"
    assert {"backward", "graph", "time"} <= set(names(code + "the graph a second time\n"))


def test_entry_keeps_each_name_of_its_code_once_unless_its_text_has_it(tmp_path):
    text = "<p>Call <code>step()</code>.</p><pre>a.step()\nb.zero_grad()\nc.zero_grad()</pre>"
    [one] = lightened(tmp_path, entry(text))
    assert one["code"] == "zero_grad"


def test_word_that_a_page_defines_is_an_entry(tmp_path):
    page = '<p><strong id="kink">kink</strong>: a corner. <a href="x">Explained</a>.</p>'
    text = "<p>kink: a corner. Explained.</p> <p>Other.</p>"
    whole, kink = lightened(tmp_path, entry(text, "page.html"), page=page)
    assert whole["text"].strip() == "<p>Other.</p>"
    assert kink == entry("<p>a corner.</p>", "page.html#kink", "kink")


def test_row_of_a_table_becomes_a_paragraph(tmp_path):
    page = '<tr>\n<th>line</th><td><span class="arithmatex">\\(z_1\\)</span></td></tr>'
    [one] = lightened(tmp_path, entry("<p>line z₁</p> line \\(z_1\\) <p>end</p>"), page=page)
    assert one["text"] == "<p>line z₁</p> <p>line · z₁</p> <p>end</p>"


def test_row_without_words_becomes_nothing(tmp_path):
    page = '<tr><th><img src="a.svg"></th></tr><tr><td></td><td> </td></tr>'
    [one] = lightened(tmp_path, entry("before <p>words</p> after"), page=page)
    assert one["text"] == "before <p>words</p> after"


def test_both_forms_of_the_index_say_the_same_and_a_second_run_changes_nothing(tmp_path):
    lightened(tmp_path, entry(r"\(z\) <pre>x.grad()</pre>"))
    text = (tmp_path / JSON).read_text(encoding="utf-8")
    assert json.loads(text)["docs"][0] == entry("z") | {"code": "grad"}
    assert (tmp_path / SCRIPT).read_text(encoding="utf-8") == f"var __index = {text}"
    lighten_index(tmp_path)
    assert (tmp_path / JSON).read_text(encoding="utf-8") == text


def test_no_word_is_idle_and_has_others_in_its_place():
    table = words()
    assert not set(table["idle"]) & set(table["alike"])
    assert all(table["alike"].values())
