import json

from pipeline.search import JSON, SCRIPT, lighten_index, readable


def test_code_and_displays_are_left_out_and_words_stay():
    text = "<p>Call <code>zero_grad</code>:</p><pre><code>secret()</code></pre> \\[ x = 1 \\] end"
    assert readable(text).split() == ["<p>Call", "<code>zero_grad</code>:</p>", "end"]


def test_inline_mathematics_becomes_letters():
    assert readable(r"the slope \(\frac{\partial L}{\partial w_1}\) of \(\delta\)") == (
        "the slope L w1 of delta"
    )


def test_both_forms_of_the_index_say_the_same(tmp_path):
    (tmp_path / "search").mkdir()
    index = {"config": {}, "docs": [{"location": "a", "title": "T", "text": r"\(z\) <pre>x</pre>"}]}
    (tmp_path / JSON).write_text(json.dumps(index), encoding="utf-8")
    lighten_index(tmp_path)
    text = (tmp_path / JSON).read_text(encoding="utf-8")
    assert json.loads(text)["docs"][0]["text"].strip() == "z"
    assert (tmp_path / SCRIPT).read_text(encoding="utf-8") == f"var __index = {text}"
