"""Pages, sections of snippets and figures fit together, or the build names what does not."""

import pytest
from planted import refusal, write

from pipeline.sections import check_sources

SNIPPET = '''
    """Add.

    >>> # --8<-- [start:use]
    >>> print(add(1, 2))
    3
    >>> # --8<-- [end:use]
    """


    # --8<-- [start:add]
    def add(a, b):
        return a + b
        # --8<-- [end:add]
'''
PAGE = """
    # Add

    ``` { .python #add title="chapter/add.py" }
    --8<-- "chapter/add.py:add"
    ```

    ![A straight line that rises from 0 to 1.](figures/line.svg)

    ??? question "Fold"

        ``` { .pycon #use }
        --8<-- "chapter/add.py:use"
        ```

    --8<-- "results/table.md"
"""


@pytest.fixture
def source(tmp_path):
    """Write the sound sources, some of them changed: replace(page or snippet, old, new)."""
    texts = {"docs/page.md": PAGE, "snippets/chapter/add.py": SNIPPET}
    write(tmp_path, "docs/figures/line.svg", "<svg/>")
    write(tmp_path, "fragments/results/table.md", "| a |\n")

    def replace(name=None, old="", new=""):
        for path, text in texts.items():
            if path == name:
                assert old in text
                text = texts[path] = text.replace(old, new)
            write(tmp_path, path, text)
        return tmp_path / name if name else None

    replace()
    return replace


def check(folder):
    return check_sources(folder / "docs", folder / "snippets", folder / "fragments")


def test_sound_sources_pass(source, tmp_path):
    assert check(tmp_path) == 2


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        (
            "add.py:add",
            "add.py:sub",
            4,
            "SNIPPETS/chapter/add.py has no section sub; it has use, add",
        ),
        (
            'add.py:add"',
            'add.py"',
            4,
            "SNIPPETS/chapter/add.py has no section without a name; it has use, add",
        ),
        (
            'add.py:add"',
            'add.py:3:5"',
            4,
            "SNIPPETS/chapter/add.py has no section 3:5; it has use, add",
        ),
        (
            '"chapter/add.py:add',
            '"chapter/ad.py:add',
            4,
            "there is no SNIPPETS/chapter/ad.py; there is chapter/add.py, results/table.md",
        ),
        (
            '"results/table.md',
            '"results/tables.md',
            15,
            "there is no SNIPPETS/results/tables.md; there is chapter/add.py, results/table.md",
        ),
        (
            "py:use",
            "py:add",
            12,
            "chapter/add.py:add is shown already at PAGE:4; show it once and link to it",
        ),
        (
            'title="chapter/add.py"',
            'title="add.py"',
            3,
            "the title says add.py, the code is that of chapter/add.py; correct the title",
        ),
        (
            ".python #add",
            ".text #add",
            4,
            "chapter/add.py:add belongs into a block of its own language, ``` { .python #add }",
        ),
        (
            ".pycon #use",
            ".python #use",
            12,
            "chapter/add.py:use belongs into a block of its own language, ``` { .pycon #use }",
        ),
        (
            '    --8<-- "results/table.md"',
            '    ![A straight line that rises][line]\n    --8<-- "results/table.md"',
            15,
            "write a figure as ![what is to be seen](../figures/x.svg)",
        ),
        (
            "# Add",
            '# Add <img alt="" src="figures/line.svg">',
            1,
            "write a figure as ![what is to be seen](../figures/x.svg)",
        ),
        (
            "(figures/line.svg)",
            "(figures/lines.svg)",
            7,
            "the figure figures/lines.svg is missing; no example draws it with savefig",
        ),
        (
            "A straight line that rises from 0 to 1.",
            "A line.",
            7,
            "the alt text of figures/line.svg has 7 characters; say in words what is to be seen",
        ),
        (
            "A straight line that rises from 0 to 1.",
            "",
            7,
            "the alt text of figures/line.svg has 0 characters; say in words what is to be seen",
        ),
    ],
)
def test_fault_of_a_page_is_named(source, tmp_path, old, new, line, message):
    page = source("docs/page.md", old, new)
    message = message.replace("SNIPPETS", f"{tmp_path}/snippets").replace("PAGE", str(page))
    assert refusal(check, tmp_path) == f"{page}:{line}: {message}"


@pytest.mark.parametrize(
    "block",
    [
        "``` python\nx = 1\n```",
        "```py\nx = 1\n```",
        "``` { .python3 }\nx = 1\n```",
        "~~~ { .pycon }\n>>> x\n~~~",
        "> ``` python\n> x = 1\n> ```",
        "```\nloss 0.1\n```",
        "``` text\nloss 0.1\n```",
        "``` ipython\n%time x\n```",
    ],
)
def test_code_typed_into_a_page_is_refused(source, tmp_path, block):
    page = tmp_path / "docs/page.md"
    page.write_text(f"\n{block}\n\n{page.read_text()}")
    assert refusal(check, tmp_path) == (
        f"{page}:3: this code was typed into the page and never runs; "
        "move it into a section of a snippet and include that"
    )


def test_line_typed_below_an_include_is_refused(source, tmp_path):
    page = source("docs/page.md", 'add.py:add"', 'add.py:add"\n    x = 1')
    assert refusal(check, tmp_path).startswith(f"{page}:5: this code was typed into the page")


def test_command_for_the_reader_may_be_typed(source, tmp_path):
    source("docs/page.md", "# Add", "# Add\n\n    ``` bash\n    nox -s docs\n    ```\n")
    assert check(tmp_path) == 2


def test_section_outside_of_a_block_is_refused(source, tmp_path):
    fence = '    ``` { .python #add title="chapter/add.py" }\n'
    include = '    --8<-- "chapter/add.py:add"\n'
    page = source("docs/page.md", f"{fence}{include}    ```\n", include)
    assert refusal(check, tmp_path).startswith(
        f"{page}:3: chapter/add.py:add belongs into a block of its own language"
    )


def test_section_that_no_page_shows_is_named(source, tmp_path):
    source("docs/page.md", '        --8<-- "chapter/add.py:use"\n', "")
    assert refusal(check, tmp_path) == (
        f"{tmp_path}/snippets/chapter/add.py:3: no page shows section 'use'; show or remove it"
    )


def test_section_that_only_a_lab_uses_needs_no_page(source, tmp_path):
    source("docs/page.md", '        --8<-- "chapter/add.py:use"\n', "")
    folders = tmp_path / "docs", tmp_path / "snippets", tmp_path / "fragments"
    assert check_sources(*folders, {("chapter/add.py", "use"): "labs/x.md:3"}) == 1


def test_page_made_of_a_lab_is_left_to_the_check_of_labs(source, tmp_path):
    write(tmp_path, "docs/labs/x.md", "```python\nx = 1\n```\n")
    assert check(tmp_path) == 2


def test_section_that_only_a_comment_shows_is_named(source, tmp_path):
    source("docs/page.md", '    ``` { .python #add title="chapter/add.py" }\n', "    <!--\n")
    source("docs/page.md", 'add.py:add"\n    ```', 'add.py:add"\n    -->')
    assert refusal(check, tmp_path).endswith(":10: no page shows section 'add'; show or remove it")


def test_section_that_is_never_closed_is_named(source, tmp_path):
    path = source("snippets/chapter/add.py", "        # --8<-- [end:add]\n", "")
    assert refusal(check, tmp_path) == f"{path}:10: section 'add' is never closed; add [end:add]"


@pytest.mark.parametrize(
    ("old", "new", "language", "line", "shown"),
    [
        ("3\n", "3\n\n    and 1 + 1 is 3\n", "pycon", 7, "and 1 + 1 is 3"),
        (">>> print(add(1, 2))\n    3", "print(4)\n    4", "python", 4, "print(4)"),
    ],
)
def test_text_in_a_docstring_that_never_runs_is_refused(
    source, tmp_path, old, new, language, line, shown
):
    path = source("snippets/chapter/add.py", old, new)
    source("docs/page.md", ".pycon", f".{language}")
    assert refusal(check, tmp_path) == (
        f"{path}:{line}: {shown!r} is shown but never runs; "
        "put >>> before it, or keep it out of the section"
    )


def test_figure_that_is_drawn_and_not_shown_is_named(source, tmp_path):
    figure = write(tmp_path, "docs/figures/chapter/other.svg", "<svg/>")
    assert refusal(check, tmp_path) == (
        f"{figure}: no page shows this figure; show it or stop drawing it"
    )


def test_data_of_a_widget_is_included_or_named(source, tmp_path):
    data = write(tmp_path, "docs/figures/chapter/run.json", "[0.1]\n")
    assert refusal(check, tmp_path) == (
        f"{data}: no page includes this data; include it or stop writing it"
    )
    source("docs/page.md", '"results/table.md"', '"chapter/run.json"')
    assert check(tmp_path) == 2
