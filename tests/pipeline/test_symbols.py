"""Every declared symbol is marked wherever it stands, in equations, table and code."""

import html
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from equations.page import Page
from equations.scope import readings
from lxml import html as lxml_html
from planted import refusal, write

from pipeline import symbols, typeset

FRONT = r"""---
equations:
  sizes: {N: [5, 6], D: [3, 2], H: [4, 5]}
  indices: {n: N, d: D, h: H}
  symbols:
    X: (N, D) inputs
    W^{(1)}: (D, H) weights of the first layer
    W^{(2)}: (H, D) weights of the second layer
    \hat{y}: (N) predictions
    \delta^{(1)}: (N, H) error signals
    q: () only the checker needs it
    w: ()
  sections:
    inside:
      symbols:
        \hat{y}: (N) what this section calls so
---
"""
NAME = "chapter/page"
TABLE = """<table>
<thead>
<tr>
<th>symbol</th>
<th>meaning</th>
<th>shape</th>
</tr>
</thead>
<tbody>
"""


def marked(folder, body, front=FRONT):
    """The tree of a page with this body, its symbols marked."""
    write(folder, f"docs/{NAME}.md", front)
    page = write(folder, f"site/{NAME}.html", f"<html><body>{body}</body></html>")
    symbols.mark_symbols(folder / "site", folder / "docs")
    return lxml_html.fromstring(page.read_text(encoding="utf-8"))


def marks(tree):
    """Text and number of every mark of a tree."""
    return [(mark.text_content(), mark.get("data-s")) for mark in tree.xpath("//*[@data-s]")]


def names(code, kind="python"):
    """A block of code as the generator makes it, its names in spans."""
    code = html.escape(code, quote=False)
    code = re.sub(r"\.(?=[a-zA-Z])", '<span class="o">.</span>', code)
    code = re.sub(
        r"(?<![\w&<])([a-zA-Z_]\w*)(?![\w;]|=\")(?![^<]*>)", r'<span class="n">\1</span>', code
    )
    return f'<div id="x" class="language-{kind} highlight"><pre><code>{code}</code></pre></div>'


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        ("W^{(1)}", "1"),
        ("W^{(2)}", "2"),
        (r"W^{(2)\top}", "2"),
        ("w^{(1)}_{d h}", "1e"),
        ("w_{d h}^{(2)}", "2e"),
        ("x_{nd}", "0e"),
        (r"\hat{y}", "3"),
        (r"\hat{y}_n^2", "3e"),
        (r"\delta^{(1)}", "4"),
        ("w", None),
        ("W", None),
        ("W^{(3)}", None),
        ("y", None),
        ("d", None),
        ("N", None),
        (r"\sigma", None),
        (r"\partial", None),
    ],
)
def test_tex_is_the_symbol_that_the_page_declares(tmp_path, tex, expected):
    tree = marked(tmp_path, f'<mjx-mi data-s="X">X</mjx-mi><mjx-mi data-s="{tex}">·</mjx-mi>')
    assert marks(tree)[1:] == ([("·", expected)] if expected else [])


def test_meanings_and_shapes_stand_on_the_page(tmp_path):
    tree = marked(tmp_path, '<mjx-mi data-s="X">X</mjx-mi>')
    (data,) = tree.xpath("//script[@id='known-symbols']/text()")
    assert json.loads(data)[2:4] == [
        ["weights of the second layer", "(H, D)", "W2"],
        ["predictions", "(N,)", "y_hat"],
    ]
    assert tree.xpath("//script/@src") == [f"../{symbols.SCRIPT}"]
    assert tree.xpath("//link/@href") == [f"../{symbols.STYLE}"]


@pytest.mark.parametrize("front", ["", "---\ntitle: A page\n---\n"])
def test_page_without_symbols_stays_as_it_is(tmp_path, front):
    tree = marked(tmp_path, '<mjx-mi data-s="X">X</mjx-mi>', front)
    assert lxml_html.tostring(tree) == b"<html><body><mjx-mi>X</mjx-mi></body></html>"


def test_page_that_uses_none_of_its_symbols_loads_nothing(tmp_path):
    assert not marked(tmp_path, '<mjx-mi data-s="d">d</mjx-mi>').xpath("//script | //link")


def test_section_gives_a_letter_another_meaning_up_to_the_next_heading(tmp_path):
    y_hat = r'<mjx-mi data-s="\hat{y}">·</mjx-mi>'
    tree = marked(
        tmp_path,
        f'{y_hat}<h2 id="inside">In</h2>{y_hat}<h3 id="deeper">Deeper</h3>{y_hat}'
        f'<h2 id="after">After</h2>{y_hat}<!-- equation: section: inside -->{y_hat}',
    )
    assert [number for _, number in marks(tree)] == ["3", "6", "6", "3", "6"]


def row(tex, shape="N"):
    math = '<td><mjx-mi data-s="{0}">{0}</mjx-mi></td>'
    return f"<tr>{math.format(tex)}<td>words</td>{math.format(shape)}</tr>"


def test_rows_of_the_table_are_the_symbols_in_their_order(tmp_path):
    letters = ["X", "W^{(1)}", "W^{(2)}", r"\hat{y}", r"\delta^{(1)}", "q", r"\hat{y}"]
    uses = "".join(f'<mjx-mi data-s="{tex}">·</mjx-mi>' for tex in letters[:6])
    inside = rf'<h2 id="inside">In</h2><mjx-mi data-s="{letters[6]}">·</mjx-mi>'
    body = f"{uses}{TABLE}{''.join(map(row, letters))}</tbody></table>{inside}"
    tree = marked(tmp_path, body)
    cells = tree.xpath("//table[@data-symbols]//td//*[@data-s]/@data-s")
    assert cells == list("0123456")
    assert tree.xpath("//p[@class='symbol-hint']/following-sibling::table")


@pytest.mark.parametrize("rows", [1, 6, 8])
def test_table_with_other_rows_than_symbols_is_named(tmp_path, rows):
    body = f'<mjx-mi data-s="X">X</mjx-mi>{TABLE}{row("X") * rows}</tbody></table>'
    said = refusal(marked, tmp_path, body)
    assert f"{NAME}.md:1: the table of symbols has {rows} rows, and the front matter decl" in said


def test_symbol_of_a_table_that_no_equation_uses_is_named(tmp_path):
    body = f'<mjx-mi data-s="X">X</mjx-mi>{TABLE}{row("X") * 7}</tbody></table>'
    words = refusal(marked, tmp_path, body)
    assert f"{NAME}.md:11: q stands in the table of symbols, and no equation" in words
    assert f"{NAME}.md:7: W^{{(1)}} stands" in words
    assert ": X stands" not in words


USED = "".join(f'<mjx-mi data-s="{tex}">·</mjx-mi>' for tex in ("X", "W^{(1)}", r"\hat{y}"))


def code_marks(folder, *blocks):
    return marks(marked(folder, USED + "".join(blocks)))[3:]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("y_hat = X @ W1", [("y_hat", "3"), ("X", "0"), ("W1", "1")]),
        ("grad_W1 = W1.X", [("W1", "1")]),
        ("X = load()  # (N, D)", [("X", "0")]),
        ("for X in W1: pass", [("W1", "1")]),
        ("z = [W1 - X for W1 in X]", [("X", "0"), ("X", "0")]),
        ("ax.plot(X)", []),
        ("X = (", []),
    ],
)
def test_names_in_the_code_are_the_symbols(tmp_path, code, expected):
    assert code_marks(tmp_path, names(code)) == expected


def test_output_and_prompts_are_no_code(tmp_path):
    prompt, output = '<span class="gp">&gt;&gt;&gt; </span>', '<span class="go">if (X</span>'
    block = names("print(X)", "pycon").replace("<code>", f"<code>{prompt}")
    block = block.replace("</code>", f"\n{output}</code>")
    assert code_marks(tmp_path, block) == [("X", "0")]


def test_name_with_another_shape_is_no_symbol_in_that_block(tmp_path):
    right, wrong, use = "X = load()  # (N, D)", "X = more()  # (S, N, D)", "print(X)"
    blocks = map(names, (right, wrong, use))
    assert code_marks(tmp_path, *blocks) == [("X", "0"), ("X", "0")]


def test_name_that_has_another_shape_at_first_is_no_symbol_of_the_page(tmp_path):
    assert not code_marks(tmp_path, names("print(X)"), names("X = more()  # (S, N, D)"))


def test_word_in_code_type_is_the_symbol_of_that_name(tmp_path):
    assert code_marks(tmp_path, "<code>W1</code><code>W1.T</code>") == [("W1", "1")]


def rendered(tex, display=True):
    page, _ = typeset.render(frozenset([(tex, display)]))
    return lxml_html.fromstring(page[tex, display]["html"])


def test_marks_hold_the_whole_symbol_but_no_power_and_no_transpose_of_a_plain_letter():
    tree = rendered(
        r"X^\top \delta^{(1)} + W^2 - w^{(2)}_{dh} \hat{Y} W^{(1)\top} e^{-z} \mathbf{1}_N"
    )
    found = [(mark.tag, mark.get("data-s")) for mark in tree.xpath("//*[@data-s]")]
    assert found == [
        ("mjx-mi", "X"),
        ("mjx-mi", r"\top"),
        ("mjx-msup", r"\delta^{(1)}"),
        ("mjx-mi", "W"),
        ("mjx-msubsup", "w^{(2)}_{d h}"),
        ("mjx-texatom", r"\hat{Y}"),
        ("mjx-msup", r"W^{(1)\top}"),
        ("mjx-mi", "e"),
        ("mjx-mi", "z"),
        ("mjx-mi", "N"),
    ]


def test_symbol_that_no_equation_uses_is_named_where_it_is_declared(tmp_path):
    front = r"""---
equations:
  symbols:
    p_1, p_2: () places
    q: () unused
  sections:
    inside:
      symbols:
        q: () used, and another
---
"""
    rows = "<tr><td>…</td></tr>" * 4
    body = f'{TABLE}{rows}</table><i data-s="p_1"></i><h2 id="inside"></h2><i data-s="q"></i>'
    said = refusal(marked, tmp_path, body, front)
    source = tmp_path / "docs" / f"{NAME}.md"
    assert [line.partition(" stands")[0] for line in said.splitlines()] == [
        f"{source}:4: p_{{2}}",
        f"{source}:5: q",
    ]


def test_mathml_for_the_ear_has_no_marks():
    tree = rendered(r"\frac{\partial L}{\partial W^{(1)}} = X^\top \delta")
    assert tree.xpath("//mjx-math//*[@data-s]")
    assert not tree.xpath("//mjx-assistive-mml//*[@data-s]")


@pytest.fixture(scope="module")
def formulas():
    """Every formula of the pages that is read, as (page, TeX, display, its reading)."""
    found = []
    for path in sorted(Path("docs").rglob("*.md")):
        page = Page.load(path)
        for reading in readings(page) if page.front_matter else ():
            tex = typeset.LABEL.sub("", reading.formula.tex).strip()
            # A lone Greek letter is read as a sign; it is marked all the same.
            if reading.statements and reading.statements[0].sides[0].kind != "sign":
                found.append((path, tex, reading.formula.display, reading))
    return found


def test_marks_are_what_the_checker_computes_with(formulas):
    pages, _ = typeset.render(frozenset((tex, display) for _, tex, display, _ in formulas))
    faults = []
    for path, tex, display, reading in formulas:
        declared = reading.scope.declarations
        scope = symbols.Scope(declared, [symbols.entry(s) for s in declared.symbols.values()])
        read = Counter(
            (scope.numbers[node.words[0]], node.kind == "element")
            for statement in reading.statements
            for node in statement.walk()
            if node.kind in ("symbol", "element", "at") and node.words[0] in scope.numbers
        )
        texts = map(html.unescape, symbols.TEX.findall(pages[tex, display]["html"]))
        seen = Counter(found for text in texts if (found := scope.find(text))[0] is not None)
        if read != seen:
            faults.append(f"{path}:{reading.formula.line}: {tex}")
    assert len(formulas) > 500
    assert not faults, "\n".join(faults)
