"""Every example is run and compared with what is written; what cannot be compared is refused."""

import os

import pytest
from planted import refusal, write

from pipeline import outputs

GOOD = '''
    """Add.

    >>> print(add(1, 2))
    3
    >>> print(add("a", "b"))
    ab
    """


    def add(a, b):
        return a + b
'''


def example(folder, *lines):
    """A snippet whose docstring has the lines as examples, the first of them on line 3."""
    return write(folder, "snippet.py", "\n".join(['r"""Show.', "", *lines, '"""', ""]))


def refused(path):
    return refusal(outputs.run_snippet, path, path.parent / "figures")


def rewritten(path):
    outputs.run_snippet(path, path.parent / "figures", rewrite=True)
    return path.read_text(encoding="utf-8")


def test_outputs_that_are_true_are_counted(tmp_path):
    path = write(tmp_path, "snippet.py", GOOD)
    assert outputs.run_snippet(path, tmp_path / "figures") == (2, [])


def test_wrong_output_is_shown_beside_what_was_printed(tmp_path):
    path = write(tmp_path, "snippet.py", GOOD.replace("    ab", "    ba"))
    assert refused(path).split("\n") == [
        f"{path}:5: the output is not the one written here",
        '  runs    | print(add("a", "b"))',
        "  written | ba",
        "  printed | ab",
        "  If the change is meant, run nox -s outputs and review the diff.",
    ]


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("print(0.12345678)", "0.12345679"),
        ("print(True)", "1"),
        ("print('a  b')", "a b"),
        ("print([1, 2, 3])", "[1, ..., 3]"),
        (r"print('5\n6')", "5"),
        ("number = 5", "5"),
        ("print(5)", ""),
    ],
)
def test_output_is_compared_exactly(tmp_path, code, written):
    path = example(tmp_path, f">>> {code}", written)
    assert refused(path).startswith(f"{path}:3: the output is not the one written here\n")


def test_value_that_only_a_prompt_shows_is_refused(tmp_path):
    path = example(tmp_path, ">>> 1 + 2", "3")
    assert refused(path).split("\n") == [
        f"{path}:3: only a prompt shows the value of this line; print it",
        "  runs    | 1 + 2",
        "",
    ]


@pytest.mark.parametrize("option", ["+SKIP", "+ELLIPSIS", "+NORMALIZE_WHITESPACE", "-ELLIPSIS"])
def test_doctest_options_are_refused(tmp_path, option):
    path = example(tmp_path, f">>> print(1)  # doctest: {option}", "1")
    assert refused(path).split("\n") == [
        f"{path}:3: the option keeps this output from being compared; remove it",
        f"  runs    | print(1)  # doctest: {option}",
        "",
    ]


def test_expected_exception_is_refused(tmp_path):
    path = example(
        tmp_path, ">>> 1 / 0", "Traceback (most recent call last):", "ZeroDivisionError: x"
    )
    assert refused(path).startswith(
        f"{path}:3: the expected exception keeps this output from being compared; remove it\n"
    )


def test_raising_example_is_named(tmp_path):
    path = example(tmp_path, ">>> for n in (1, 0):", "...     print(1 / n)", "1.0")
    assert refused(path).split("\n") == [
        f"{path}:3: the example raises ZeroDivisionError: division by zero",
        "  runs    | for n in (1, 0):",
        "          |     print(1 / n)",
        "  Mend the snippet; nothing on a page may raise.",
    ]


@pytest.mark.parametrize("comment", ["", "  # (N,)"])
def test_example_with_a_syntax_error_is_named(tmp_path, comment):
    path = example(tmp_path, f">>> print(1{comment}", "1")
    assert refused(path).startswith(
        f"{path}:3: the example raises SyntaxError: '(' was never closed\n"
    )


def test_example_that_leaves_the_program_is_named(tmp_path):
    path = example(tmp_path, ">>> raise SystemExit(0)")
    assert refused(path).startswith(f"{path}:3: the example raises SystemExit: 0\n")


def test_warning_that_a_reader_would_see_is_refused(tmp_path):
    path = example(tmp_path, ">>> import numpy as np", ">>> print(np.log(np.zeros(1)))", "[-inf]")
    assert refused(path).startswith(
        f"{path}:4: the example raises RuntimeWarning: divide by zero encountered in log\n"
    )


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([">>> print(1)", "1", ">>>print(2)", "2"], "lacks blank after >>>"),
        ([">>> if True:", "...     print(1)", " 1"], "the output is not the one written"),
        (["   >>> print(1)", "   1", "  >>> print(2)", " 2"], "inconsistent leading whitespace"),
    ],
)
def test_example_that_cannot_be_read_is_named(tmp_path, lines, message):
    path = example(tmp_path, *lines)
    first, text = refused(path).removeprefix(f"{path}:").split(":", 1)
    assert message in text
    assert 3 <= int(first) <= 6


@pytest.mark.parametrize(
    ("code", "line", "message"),
    [
        ("import nothing_of_this_name", 4, "ModuleNotFoundError: No module named"),
        ("def f(:", 4, "SyntaxError: "),
        ("values = [1,\n2][5]", 4, "IndexError: list index out of range"),
        ("def f():\n    return {}['key']\n\n\nf()", 5, "KeyError: 'key'"),
        ("return 1", 4, "SyntaxError: 'return' outside function"),
        ("import sys\nsys.exit(0)", 5, "SystemExit: 0"),
    ],
)
def test_module_that_raises_is_named(tmp_path, code, line, message):
    path = write(tmp_path, "snippet.py", f'"""Show."""\n\n\n{code}\n')
    said = refused(path)
    assert said.startswith(f"{path}:{line}: the module raises {message}")
    assert said.endswith("\n  Mend the snippet; nothing on a page may raise.")


def test_module_that_prints_is_refused(tmp_path):
    path = example(tmp_path, ">>> print(1)", "1")
    path.write_text(path.read_text() + "print('hello')\n")
    assert refused(path).split("\n") == [
        f"{path}:1: the module prints outside of its examples; print in an example",
        "  printed | hello",
        "",
    ]


def test_snippet_without_an_example_is_refused(tmp_path):
    path = write(tmp_path, "snippet.py", '"""Nothing runs."""\n\nx = 1\n')
    assert refused(path) == f"{path}:1: no example runs this snippet; add one to its docstring"


def test_function_that_no_example_calls_is_refused(tmp_path):
    path = write(
        tmp_path, "snippet.py", GOOD + "\n\n    def subtract(a, b):\n        return a - b\n"
    )
    assert refused(path) == f"{path}:14: no example calls subtract; add one"


def test_functions_see_what_examples_set(tmp_path):
    path = write(
        tmp_path,
        "snippet.py",
        '''
        """Show.

        >>> x = 2
        >>> print(double())
        4
        """

        x = 1


        def double():
            return 2 * x
        ''',
    )
    assert outputs.run_snippet(path, tmp_path / "figures") == (1, [])


def test_rewriting_writes_what_is_printed(tmp_path):
    path = write(
        tmp_path,
        "snippet.py",
        r'''
        r"""Show.

        >>> for n in range(2):
        ...     print(n)
        old
        >>> print("a\n\n  \nb")
        >>> x = np.ones(3)  # (N,)
        >>> print(x)
        [1. 2.]
        and more
        >>> x += 1
        one line too many
        """

        import numpy as np


        def twice(x):
            """Twice x.

                >>> print(twice(2))
                5
            """
            return 2 * x
        ''',
    )
    expected = (
        path.read_text()
        .replace("old\n", "0\n1\n")
        .replace('b")\n', 'b")\na\n<BLANKLINE>\n<BLANKLINE>\nb\n')
        .replace("[1. 2.]\nand more\n", "[1. 1. 1.]\n")
        .replace("one line too many\n", "")
        .replace("        5\n", "        4\n")
    )
    assert rewritten(path) == expected
    assert outputs.run_snippet(path, tmp_path / "figures") == (4, [])


def test_rewriting_again_leaves_the_file_alone(tmp_path):
    path = write(tmp_path, "snippet.py", GOOD.replace("    3\n", "    4\n"))
    assert rewritten(path) == write(tmp_path, "good.py", GOOD).read_text()
    os.utime(path, (0, 0))
    assert outputs.run_snippet(path, tmp_path / "figures", rewrite=True) == (0, [])
    assert path.stat().st_mtime == 0


def test_rewriting_does_not_hide_an_exception(tmp_path):
    path = example(tmp_path, ">>> print(1 / 0)", "old")
    before = path.read_text()
    said = refusal(outputs.run_snippet, path, tmp_path / "figures", rewrite=True)
    assert "ZeroDivisionError" in said
    assert path.read_text() == before


def drawing(folder, height, name="curve.svg"):
    return example(
        folder,
        ">>> import matplotlib.pyplot as plt",
        ">>> fig, ax = plt.subplots()",
        f">>> line = ax.plot([0, {height}])",
        f'>>> fig.savefig("{name}")',
    )


def test_figure_is_kept_in_the_folder_of_figures(tmp_path):
    assert outputs.run_snippet(drawing(tmp_path, 1), tmp_path / "figures") == (0, ["curve.svg"])
    assert [path.name for path in tmp_path.rglob("*.svg")] == ["curve.svg"]
    assert (tmp_path / "figures/curve.svg").read_text().startswith("<?xml")


def test_same_figure_is_not_written_again(tmp_path):
    figure = tmp_path / "figures/curve.svg"
    outputs.run_snippet(drawing(tmp_path, 1), tmp_path / "figures")
    os.utime(figure, (0, 0))
    outputs.run_snippet(drawing(tmp_path, 1), tmp_path / "figures")
    assert figure.stat().st_mtime == 0
    outputs.run_snippet(drawing(tmp_path, 2), tmp_path / "figures")
    assert figure.stat().st_mtime > 0


def test_figure_that_cannot_be_drawn_fails_the_build(tmp_path):
    path = drawing(tmp_path, "[]")
    assert refused(path).startswith(f"{path}:5: the example raises ValueError: ")


def test_whole_folder_is_run_and_stale_figures_are_removed(tmp_path, capsys):
    drawing(tmp_path / "snippets/chapter", 1)
    write(tmp_path, "snippets/top.py", GOOD)
    figures = tmp_path / "figures"
    for stale in ("old.svg", "chapter/old.svg", "chapter/old.png"):
        write(figures, stale, "<svg/>")
    assert outputs.run_all(tmp_path / "snippets", figures) == (2, 1)
    assert [path for path in figures.rglob("*.*")] == [figures / "chapter/curve.svg"]
    assert "chapter/snippet.py: 0 outputs verified, 1 figures" in capsys.readouterr().out


def test_data_for_a_widget_is_kept_beside_the_figures_and_is_none(tmp_path, capsys):
    example(
        tmp_path / "snippets/chapter",
        ">>> from pathlib import Path",
        '>>> written = Path("run.json").write_text("[0.1]")',
        '>>> written = Path("run.txt").write_text("not kept")',
    )
    figures = tmp_path / "figures"
    write(figures, "chapter/old.json", "[]")
    assert outputs.run_all(tmp_path / "snippets", figures) == (0, 0)
    assert [path for path in figures.rglob("*.*")] == [figures / "chapter/run.json"]
    assert (figures / "chapter/run.json").read_text() == "[0.1]"
    assert "chapter/snippet.py: 0 outputs verified, 0 figures" in capsys.readouterr().out


def test_two_snippets_cannot_draw_the_same_figure(tmp_path):
    first = drawing(tmp_path / "snippets", 1).rename(tmp_path / "snippets/a.py")
    second = drawing(tmp_path / "snippets", 2).rename(tmp_path / "snippets/b.py")
    said = refusal(outputs.run_all, tmp_path / "snippets", tmp_path / "figures")
    assert said == f"{second}:1: curve.svg is drawn by {first} as well; rename one"


def test_many_snippets_are_run_in_processes_and_the_first_fault_ends_it(tmp_path, capsys):
    for number in range(8):
        write(tmp_path, f"snippets/a{number}.py", GOOD)
    assert outputs.run_all(tmp_path / "snippets", tmp_path / "figures") == (16, 0)
    assert capsys.readouterr().out.count(" 2 outputs verified") == 8
    for number in (5, 3):
        wrong = write(tmp_path, f"snippets/a{number}.py", GOOD.replace("2", "3"))
    said = refusal(outputs.run_all, tmp_path / "snippets", tmp_path / "figures")
    assert said.startswith(f"{wrong}:") and "a2.py" in capsys.readouterr().out


def test_snippets_find_no_accelerator(tmp_path):
    path = example(
        tmp_path,
        ">>> import os, torch",
        '>>> print([os.environ["CUDA_VISIBLE_DEVICES"]], torch.backends.mps.is_available())',
        "[''] False",
    )
    assert outputs.run_snippet(path, tmp_path / "figures") == (1, [])


def test_figure_holds_no_date(tmp_path):
    outputs.run_snippet(drawing(tmp_path, 1), tmp_path / "figures")
    assert "<dc:date>1970-01-01T" in (tmp_path / "figures/curve.svg").read_text()
