"""Pages are read as the generator reads them; what cannot be read is named with its line."""

import pytest
from planted import refusal, write

from pipeline.pages import images, includes, read_page, read_sections


def page(folder, text):
    return write(folder, "page.md", text)


def kinds(path):
    return [(b.kind, b.line, b.lines) for b in read_page(path) if any(b.lines) or b.kind == "code"]


def test_blocks_have_their_kind_and_first_line(tmp_path):
    path = page(
        tmp_path,
        """
        ---
        title: A page
        ---
        Words.

        $$
        a = b
        $$
        $$c = d$$
        ``` { .python #id title="x.py" }
        --8<-- "x.py:x"
        ```
        --8<-- "results/table.md"
        More.
        """,
    )
    assert kinds(path) == [
        ("front", 2, ["title: A page"]),
        ("prose", 4, ["Words.", ""]),
        ("display", 7, ["a = b"]),
        ("display", 9, ["$$c = d$$"]),
        ("code", 11, ['--8<-- "x.py:x"']),
        ("code", 13, ['--8<-- "results/table.md"']),
        ("prose", 14, ["More.", ""]),
    ]


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("```", "```"), ("````", "````"), ("~~~", "~~~"), ("    ```", "    ```"), ("> ```", "> ```")],
)
def test_every_fence_of_the_generator_is_code(tmp_path, opening, closing):
    path = page(tmp_path, f"Words.\n{opening} python\nx = 1\n``\n{closing}\nWords.\n")
    assert kinds(path)[1] == ("code", 3, ["x = 1", "``"])


@pytest.mark.parametrize(
    ("info", "language"),
    [
        ("python", "python"),
        ("{ .python .no-program #id }", "python"),
        ("{.pycon}", "pycon"),
        ('text title="x.py"', "text"),
        ("", ""),
        ('{ title="by_hand.py" }', ""),
        ('title="by_hand.py"', ""),
        ('{ #id title="by_hand.py" .pycon }', "pycon"),
    ],
)
def test_language_of_a_fence(tmp_path, info, language):
    block = read_page(page(tmp_path, f"``` {info}\nx\n```\n"))[1]
    assert block.language == language


def test_inline_code_of_three_ticks_is_prose(tmp_path):
    path = page(tmp_path, "```x``` and\n")
    assert kinds(path) == [("prose", 1, ["```x``` and", ""])]


def test_windows_line_ends_change_nothing(tmp_path):
    text = '---\ntitle: x\n---\nWords.\n```\n--8<-- "x.py:x"\n```\n'
    plain, windows = page(tmp_path, text), tmp_path / "windows.md"
    windows.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert kinds(windows) == kinds(plain)
    assert list(includes(windows)) == list(includes(plain)) == [(6, "x.py", "x")]


def test_what_is_commented_out_is_not_on_the_page(tmp_path):
    path = page(
        tmp_path,
        """
        Words.
        <!-- hidden
        --8<-- "x.py:x"
        ![hidden](x.svg)
        -->
        --8<-- "x.py:y"
        """,
    )
    assert list(includes(path)) == [(6, "x.py", "y")]
    assert list(images(path)) == []


@pytest.mark.parametrize("block", ["```\nx", "$$\na", "~~~\n```", "\\[\na"])
def test_open_block_is_named(tmp_path, block):
    path = page(tmp_path, f"Words.\n\n{block}\n")
    assert refusal(read_page, path) == f"{path}:3: this block is never closed; close it"


def test_open_front_matter_is_named(tmp_path):
    path = page(tmp_path, "---\ntitle: x\n")
    said = refusal(read_page, path)
    assert said == f"{path}:1: the front matter is never closed; close it with ---"


@pytest.mark.parametrize(
    "line",
    [
        "--8<-- one_neuron/by_hand.py",
        "--8<-- 'one_neuron/by_hand.py:predict'",
        '--8<-- "a.py:x" and more',
        '--8<-- ""',
        "--8<--",
        '-8<- "a.py:x"',
        '----8<---- "a.py:x"',
        '> --8<-- "a.py:x"',
    ],
)
def test_malformed_include_is_named(tmp_path, line):
    path = page(tmp_path, f"Words.\n\n{line}\n")
    assert refusal(list, includes(path)) == (
        f'{path}:3: write an include as --8<-- "one_neuron/by_hand.py:predict" on a line of its own'
    )


@pytest.mark.parametrize("indent", ["", "    ", "\t", "        "])
def test_include_may_be_indented(tmp_path, indent):
    path = page(tmp_path, f'??? note "x"\n\n{indent}--8<-- "a/b.py:c"\n')
    assert list(includes(path)) == [(3, "a/b.py", "c")]


@pytest.mark.parametrize("line", [';--8<-- "a.py:x"', '`--8<-- "a.py:x"` shows it', '- --8<-- "x"'])
def test_include_that_the_generator_leaves_alone_is_none(tmp_path, line):
    assert list(includes(page(tmp_path, f"{line}\n"))) == []


def test_images_have_line_words_and_file(tmp_path):
    path = page(
        tmp_path,
        """
        Look: ![A curve over
          the interval [0, 1].](../figures/a.svg){ width=1 } and ![B](b.svg "title")
        `![code](c.svg)`
        """,
    )
    assert list(images(path)) == [
        (1, "A curve over the interval [0, 1].", "../figures/a.svg"),
        (2, "B", "b.svg"),
    ]


def snippet(folder, text):
    return write(folder, "snippet.py", text)


def test_sections_may_nest(tmp_path):
    path = snippet(
        tmp_path,
        """
        # --8<-- [start:outer]
        a = 1
        # --8<-- [start:inner]
        b = 2
        # --8<-- [end:inner]
            # --8<-- [end:outer]
        """,
    )
    assert read_sections(path) == {"inner": (3, "b = 2"), "outer": (1, "a = 1\nb = 2")}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# --8<-- [start:x]\na\n", "1: section 'x' is never closed; add [end:x]"),
        (
            "a\n# --8<-- [end:x]\n",
            "2: section 'x' ends here but never started; add [start:x] or remove this",
        ),
        (
            "# --8<-- [start:x]\na\n# --8<-- [end:x]\n# --8<-- [start:x]\n",
            "4: section 'x' starts twice; rename one",
        ),
        (
            "# --8<-- [start:x]\n# --8<-- [start:x]\n",
            "2: section 'x' starts twice; rename one",
        ),
        ("# --8<-- [start:x]\n\n# --8<-- [end:x]\n", "1: section 'x' is empty; remove it"),
    ],
)
def test_section_without_proper_bounds_is_named(tmp_path, text, message):
    path = snippet(tmp_path, text)
    assert refusal(read_sections, path) == f"{path}:{message}"


@pytest.mark.parametrize(
    "marker",
    [
        "# --8<-- [start: x]",
        "# --8<-- [Start:x]",
        "# -8<- [start:x]",
        "# --8<-- [start:1st]",
        "# --8<-- [start x]",
        "a = 1  # --8<-- [start:x]",
        "... # --8<-- [start:x]",
        "# --8<-- [start:x] here",
    ],
)
def test_malformed_bound_of_a_section_is_named(tmp_path, marker):
    path = snippet(tmp_path, f"a\n{marker}\nb\n# --8<-- [end:x]\n")
    assert refusal(read_sections, path) == (
        f"{path}:2: write the bounds of a section as # --8<-- [start:predict] and "
        "# --8<-- [end:predict], in small letters, on a line of their own"
    )
