"""Labs become notebooks that run by themselves; what cannot become one is named."""

import ast
import json
import os

import nbclient
import nbformat
import pytest
from planted import refusal, write

from pipeline import notebooks

SNIPPET = '''
    """Add.

    >>> # --8<-- [start:use]
    >>> total = add(1, 2)
    >>> print(total,
    ...       add(2, 2))
    3 4
    >>> # --8<-- [end:use]
    """


    # --8<-- [start:add]
    def add(a, b):
        return a + b
        # --8<-- [end:add]
'''
LAB = """
    ---
    title: X
    ---

    # X

    [Download this notebook](x.ipynb)

    From [the chapter](../chapter/add.md#use).

    ``` { .python #add }
    --8<-- "chapter/add.py:add"
    ```

    ``` { .python }
    --8<-- "chapter/add.py:use"
    more = 5
    ```

    <figure markdown id="figure-line">
    ![A line that rises.](../figures/labs/line.svg)
    <figcaption>It
    rises.</figcaption>
    </figure>

    <div class="answer">

    It is 1.

    </div>

    ``` { .python }
    first, second = 1, 2  # your answer
    def answer(x):
        return x + 1  # your answer
    ```
"""
LABS = notebooks.labs("labs")


@pytest.fixture
def lab(tmp_path):
    """Write the lab, one piece of it changed, and return its path."""
    write(tmp_path, "snippets/chapter/add.py", SNIPPET)

    def change(old="", new=""):
        assert old in LAB
        return write(tmp_path, "labs/x.md", LAB.replace(old, new))

    return change


def read(path):
    return notebooks.read_lab(path, path.parents[1] / "snippets")


def test_fences_are_cells_and_sections_their_code(lab):
    front, cells = read(lab())
    assert front == "title: X"
    assert [(cell.kind, cell.line, cell.id) for cell in cells] == [
        ("markdown", 4, ""),
        ("code", 12, "add"),
        ("code", 16, ""),
        ("markdown", 19, ""),
        ("code", 33, ""),
    ]
    assert cells[1].text == "def add(a, b):\n    return a + b"
    assert cells[2].text == "total = add(1, 2)\nprint(total,\n      add(2, 2))\nmore = 5"


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("add.py:add", "add.py:sub", 12, "chapter/add.py has no section sub; it has use, add"),
        ("add.py:add", "gone.py:add", 12, "chapter/gone.py has no section add; it has none"),
        ('add.py:add"', 'add.py"', 12, "chapter/add.py has no section None; it has use, add"),
        ("{ .python #add }", "bash", 12, "a lab has cells of Python and nothing else in a block"),
        ("    # X\n", '    --8<-- "chapter/add.py:add"\n', 5, "a lab has cells of Python"),
    ],
)
def test_fault_of_a_lab_is_named(lab, old, new, line, words):
    path = lab(old, new)
    said = refusal(read, path)
    assert said.startswith(f"{path}:{line}: ") and words in said


@pytest.mark.parametrize(
    "line",
    [
        "rates[0] = 5  # your answer",
        "x += 1  # your answer",
        "]  # your answer",
        "x = 5 # your answer",
        "x = 5  # Your answer",
        "x = 5  # your answer, in words",
    ],
)
def test_answer_that_the_download_would_give_away_is_refused(lab, line):
    path = lab("first, second = 1, 2  # your answer", line)
    said = refusal(read, path)
    assert said.startswith(f"{path}:33: the download would give this answer away; write it on one")


def test_answer_in_words_that_the_download_would_give_away_is_refused(lab, tmp_path):
    write(tmp_path, "docs/chapter/add.md", "---\ntitle: Adding\ndescription: x\n---\n")
    path = lab('<div class="answer">\n\n    It', '<div class="answer">\n    It')
    said = refusal(notebooks.notebook, read(path)[1], "", path, tmp_path / "docs")
    assert said.startswith(f"{path}:19: the download would give the answer in words away")


def test_figures_of_labs_are_counted(lab, tmp_path):
    lab()
    assert notebooks.count_figures(tmp_path / "labs") == 1
    lab(old="<figure", new="<div")
    assert notebooks.count_figures(tmp_path / "labs") == 0


def test_page_says_that_it_is_a_notebook(lab):
    text = notebooks.page(*read(lab()))
    assert text.startswith("---\ntitle: X\njupyter:\n  kernelspec:\n")
    assert "\n```python\ndef add(a, b):\n    return a + b\n```\n" in text
    caption = '<figure id="figure-line"><figcaption>It\nrises.</figcaption></figure>'
    assert caption in text and "line.svg" not in text
    assert "first, second = 1, 2  # your answer" in text


@pytest.mark.parametrize(
    ("address", "link", "source"),
    [
        ("", "From the chapter (the page *Adding* of Planted).", "From Planted."),
        (
            "https://a.test/b/",
            "From [the chapter](https://a.test/b/chapter/add.html#use).",
            "From [Planted](https://a.test/b/labs/x.html), https://a.test/b/labs/x.html.",
        ),
    ],
)
def test_download_stands_alone_and_asks(lab, tmp_path, monkeypatch, address, link, source):
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "mkdocs.yml", "site_name: Planted\nnav: [index.md]\n")
    write(tmp_path, "docs/chapter/add.md", "---\ntitle: Adding\ndescription: x\n---\n")
    path = lab()
    text = notebooks.notebook(read(path)[1], address, path, tmp_path / "docs")
    nbformat.validate(json.loads(text))
    sources = ["".join(cell["source"]) for cell in json.loads(text)["cells"]]
    assert sources[0] == f"# X\n\n{link}"
    assert sources[3] == "*It\nrises.*"
    assert sources[4] == (
        "first, second = None  # your answer\ndef answer(x):\n    return None  # your answer"
    )
    assert sources[5] == f"---\n\n{source} Text CC BY 4.0, code BSD-3-Clause."


@pytest.mark.parametrize("address", ["", "https://a.test/b/"])
@pytest.mark.parametrize(
    ("link", "source"), [("../chapter/typo.md", "docs/chapter/typo.md"), ("y.md", "labs/y.md")]
)
def test_link_of_a_lab_to_no_page_is_named(lab, tmp_path, address, link, source):
    path = lab("../chapter/add.md", link)
    arguments = tmp_path / "labs", tmp_path / "snippets", tmp_path / "docs", address
    said = refusal(notebooks.write_notebooks, *arguments)
    assert said == f"{path}:9: this links to {tmp_path / source}, which is not there; mend it"


def test_notebooks_are_written_once_and_stale_ones_go(lab, tmp_path):
    lab()
    write(tmp_path, "docs/chapter/add.md", "---\ntitle: Adding\ndescription: x\n---\n")
    stale = write(tmp_path, "docs/labs/gone.ipynb", "{}")
    arguments = tmp_path / "labs", tmp_path / "snippets", tmp_path / "docs"
    assert notebooks.write_notebooks(*arguments) == {
        ("chapter/add.py", "add"): f"{tmp_path}/labs/x.md:12",
        ("chapter/add.py", "use"): f"{tmp_path}/labs/x.md:16",
    }
    written = [tmp_path / "docs/labs/x.md", tmp_path / "docs/labs/x.ipynb"]
    assert sorted(stale.parent.iterdir()) == sorted(written)
    for path in written:
        os.utime(path, (1, 1))
    notebooks.write_notebooks(*arguments)
    assert [path.stat().st_mtime for path in written] == [1, 1]


def test_fault_of_the_page_is_named_in_the_lab(lab, tmp_path):
    write(tmp_path, "docs/chapter/add.md", "---\ntitle: Adding\ndescription: x\n---\n")
    path, made = lab(), tmp_path / "docs/labs/x.md"
    notebooks.write_notebooks(path.parent, tmp_path / "snippets", tmp_path / "docs")
    lines = made.read_text(encoding="utf-8").split("\n")
    written = path.read_text(encoding="utf-8").split("\n")
    for text in ("title: X", "# X", "more = 5", "It is 1.", "first, second = 1, 2  # your answer"):
        words = f"{made}:{lines.index(text) + 1}: false\nthen {made}"
        assert notebooks.as_written(words, path.parent, tmp_path / "docs") == (
            f"{path}:{written.index(text) + 1}: false\nthen {made}"
        )
    assert notebooks.as_written(f"{made}: x", path.parent, tmp_path / "docs") == f"{path}: x"
    write(tmp_path, "labs/x.md", "Other words\n")
    assert notebooks.as_written(f"{made}:1: x", path.parent, tmp_path / "docs") == f"{path}:1: x"
    other = "docs/page.md:3: false"
    assert notebooks.as_written(other, path.parent, tmp_path / "docs") == other


@pytest.mark.parametrize("path", LABS, ids=str)
def test_every_line_of_words_is_found_in_its_lab(path, tmp_path):
    front, cells = notebooks.read_lab(path, "snippets")
    made = notebooks.page(front, cells)
    page = write(tmp_path, f"labs/{path.name}", made)
    made = made.split("\n")
    written = path.read_text(encoding="utf-8").split("\n")
    own = {line for cell in cells if cell.kind == "markdown" for line in cell.text.split("\n")}
    places = [number for number, line in enumerate(made, 1) if len(line) > 9 and line in own]
    assert len(places) > 40
    for number in places:
        said = notebooks.as_written(f"{page}:{number}", "labs", tmp_path)
        assert written[int(said.removeprefix(f"{path}:")) - 1] == made[number - 1]


def test_cell_that_stopped_is_named(lab):
    path = lab()
    words = (
        "ERROR   -  Error reading page 'labs/x.md': An error occurred while executing:\n"
        "\x1b[36mCell\x1b[39m\x1b[32mIn[2]\x1b[39m, line 3\n"
        "\x1b[32m----> \x1b[39m\x1b[32m3\x1b[39m more = y\n\n"
        "\x1b[31mNameError\x1b[39m: name 'y' is not defined\n"
    )
    arguments = path.parent, path.parents[1] / "snippets"
    assert notebooks.stopped_cell(words, *arguments) == (
        f"{path}:16: cell 2 raises NameError: name 'y' is not defined in 'more = y'; "
        "mend it, nothing on a page may raise"
    )
    assert notebooks.stopped_cell("ERROR - no such page", *arguments) is None


def sources(path, answers=False):
    """The code cells of a lab: those of the download, or those with the answers."""
    cells = notebooks.read_lab(path, "snippets")[1]
    if answers:
        return [cell.text for cell in cells if cell.kind == "code"]
    book = json.loads(notebooks.notebook(cells, "", path, "docs"))
    return ["".join(c["source"]) for c in book["cells"] if c["cell_type"] == "code"]


def questions(path):
    """How many answers a lab asks for."""
    return path.read_text(encoding="utf-8").count("# your answer")


@pytest.mark.parametrize("path", LABS, ids=str)
def test_download_needs_numpy_and_matplotlib_only(path):
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse("\n".join(sources(path))))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module] if isinstance(node, ast.ImportFrom) else map(_name, node.names))
    }
    assert imported == {"numpy", "matplotlib"}


def _name(alias):
    return alias.name


@pytest.mark.parametrize("path", LABS, ids=str)
def test_download_runs_in_an_empty_folder(path, tmp_path, monkeypatch):
    text = notebooks.notebook(notebooks.read_lab(path, "snippets")[1], "", path, "docs")
    monkeypatch.delenv("PYTHONPATH", raising=False)
    book = nbformat.reads(text, as_version=4)
    with notebooks.kernel() as settings:
        for name in ("IPYTHONDIR", "JUPYTER_NO_CONFIG"):
            monkeypatch.setenv(name, settings[name])
        nbclient.NotebookClient(book, resources={"metadata": {"path": tmp_path}}).execute()
    outputs = [o for cell in book.cells if cell.cell_type == "code" for o in cell.outputs]
    assert {output.output_type for output in outputs} == {"stream", "display_data"}
    assert "stderr" not in {output.get("name") for output in outputs}
    printed = "".join(output.get("text", "") for output in outputs)
    assert printed.count(" in the place of None") == questions(path)
    assert "Right" not in printed and "Not yet" not in printed
    assert list(tmp_path.iterdir()) == []


def run(cells):
    """What the cells print, run as one program that draws nothing."""
    import matplotlib.pyplot as plt

    names, printed = {"__name__": "lab"}, []
    names["print"] = lambda *words: printed.append(" ".join(map(str, words)))
    for cell in cells:
        exec(cell.replace("plt.show()", "plt.close('all')"), names)
    plt.close("all")
    return "\n".join(printed)


SQUARES = "2 * (y_hat - y) * y_hat * (1 - y_hat)"
START = "np.array([20.0, 20.0]), 20.0"
WRONG = {  # wrong answers, and what their checks say
    "one-neuron": [
        {"5": ("0.5", "falling slowly"), SQUARES: ("2 * (y_hat - y)", "your formula says"),
         START: ("np.array([1.0, 1.0]), 0.0", "learns from here")},
        {"5": ("50", "It stays at 1"),
         SQUARES: ("(y_hat - y) * y_hat * (1 - y_hat)", "Only a factor of 2"),
         START: ("np.array([2000.0, 2000.0]), 2000.0", "neither of them")},
        {"5": ("-1", "Only a rate above 0"), SQUARES: ("-2 * (y_hat - y) * y_hat * (1 - y_hat)",
         "Only the sign"), START: ("np.array([-6.8, 3.1]), 2.6", "stuck on one")},
        {"5": ("0", "Only a rate above 0"), SQUARES: ("1.0", "One number for each row"),
         START: ("np.array([20.0, 20.0]), -10.0", "this start is right")},
    ],
    "hidden-layer": [
        {"9": ("10", "at a smaller one"), "1 - A**2": ("1 - A", "At 0 the slope is 1"),
         "6": ("0", "this one succeeds")},
        {"9": ("4", "Go wider"), "1 - A**2": ("1 - np.tanh(A) ** 2", "do not take tanh again"),
         "6": ("9", "Try the next seed")},
        {"9": ("2", "Go wider"), "1 - A**2": ("A**2 - 1", "The sign is wrong"),
         "6": ("1", "this one succeeds")},
        {"9": ("12", "at a smaller one"), "1 - A**2": ("1.0", "One slope for each element"),
         "6": ("2", "this one succeeds")},
    ],
}  # fmt: skip
NONSENSE = {
    "one-neuron": [{"5": "'fast'", START: "3"}, {"5": "None", START: "np.array([1.0]), 2.0"},
                   {"5": "[1]", START: "None"}],
    "hidden-layer": [{"9": "'wide'", "6": "10"}, {"9": "1", "6": "2.5"}, {"9": "None", "6": "-1"}],
}  # fmt: skip


def exchange(cells, answers):
    """The cells with other answers."""
    for right, other in answers.items():
        mark = "  # your answer"
        changed = [cell.replace(f" {right}{mark}", f" {other}{mark}") for cell in cells]
        assert changed != cells
        cells = changed
    return cells


def all_right(path, others=()):
    """Whether a lab calls every answer right, with others in the place of some of its own."""
    printed = run(exchange(sources(path, answers=True), dict(others)))
    return printed.count("Right:") == questions(path) and "Not yet" not in printed


@pytest.mark.parametrize("path", LABS, ids=str)
def test_answers_are_right(path):
    assert questions(path) and all_right(path)


def rows(table):
    """Each row of a table of answers, with its lab."""
    return [(path, place) for path in LABS for place in range(len(table.get(path.stem, ())))]


@pytest.mark.parametrize(("path", "place"), rows(WRONG))
def test_wrong_answers_are_told_what_to_do(path, place):
    wrong = WRONG[path.stem][place]
    answers = {right: answer for right, (answer, _) in wrong.items()}
    printed = run(exchange(sources(path, answers=True), answers))
    assert printed.count("Not yet") == len(wrong) == questions(path)
    assert "Right:" not in printed
    assert [words for _, words in wrong.values() if words not in printed] == []


@pytest.mark.parametrize(("path", "place"), rows(NONSENSE))
def test_nonsense_is_asked_again(path, place):
    nonsense = NONSENSE[path.stem][place]
    printed = run(exchange(sources(path, answers=True), nonsense))
    assert printed.count(" in the place of None") == len(nonsense)
    assert printed.count("Right:") == questions(path) - len(nonsense)


def test_every_start_that_learns_nothing_is_right():
    for start in ("np.array([-40.0, -40.0]), 20.0", "np.array([10, 10]), 10"):
        lab = next(path for path in LABS if path.stem == "one-neuron")
        assert all_right(lab, {START: start})


def test_second_seed_that_fails_is_right():
    lab = next(path for path in LABS if path.stem == "hidden-layer")
    assert all_right(lab, {"6": "5"})


def test_every_lab_has_its_wrong_answers():
    stems = {path.stem for path in LABS}
    assert stems == set(WRONG) == set(NONSENSE)
    assert all(WRONG.values()) and all(NONSENSE.values())
