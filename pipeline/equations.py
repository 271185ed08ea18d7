"""Have every equation of the pages decided, and put the verdicts where the site shows them."""

import functools
import sys
import tempfile
import textwrap
from pathlib import Path

from pipeline.errors import BuildError

sys.path.insert(0, "tests")

from equations.check import check_file
from equations.declarations import DeclarationError
from equations.page import Page, PageError
from equations.report import report
from equations.table import symbol_table

# The equation that every build breaks, to show on the site that the check objects.
BROKEN = "one-neuron/derivation.md"
RIGHT = r"""\delta_n &= \frac{\partial L}{\partial z_n} \\
&= \operatorname{sign}(\hat{y}_n - y_n) \, \hat{y}_n (1 - \hat{y}_n)"""
WRONG = RIGHT.replace("= \\operatorname", "= -\\operatorname")
WIDTH = 72


@functools.cache
def _check_once(path, changed):
    return check_file(path)


def check_equations(docs):
    """Return the report on the equations below ``docs``; raise BuildError with what is false.

    Called again, it decides the pages that have changed in between.
    """
    result, findings = report([docs], lambda path: _check_once(path, path.stat().st_mtime_ns))
    if findings:
        raise BuildError("\n".join(findings))
    return result


def marks(result):
    """Return for each page how its displayed equations were decided, in page order."""
    return {
        page: [equation["mark"] for equation in equations]
        for page, equations in result["pages"].items()
    }


def write_symbols(docs, fragments):
    """Write the table of symbols of each page that declares them, as a Markdown fragment.

    Raises BuildError for a page whose front matter cannot be read.
    """
    for path in sorted(Path(docs).rglob("*.md")):
        try:
            page = Page.load(path)
            table = symbol_table(page) if page.front_matter else ""
        except PageError as error:
            raise BuildError(f"{path}:{error.line}: {error.message}") from None
        except DeclarationError as error:
            raise BuildError(f"{path}:1: front matter, equations: {error}") from None
        if table:
            write(Path(fragments) / "symbols" / path.relative_to(docs), table)


def write_broken(docs, fragments):
    """Break an equation of a copy, and write the line and the message for the page on checks.

    Raises BuildError if the equation is not there any more or if nothing objects.
    """
    text = (Path(docs) / BROKEN).read_text(encoding="utf-8")
    if RIGHT not in text:
        raise BuildError(f"{Path(docs) / BROKEN}: the equation that {__file__} breaks has changed")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "docs" / BROKEN
        write(copy, text.replace(RIGHT, WRONG, 1).rstrip("\n"))
        _, findings = report([copy])
        messages = [finding.removeprefix(f"{folder}/") for finding in findings]
    if not messages:
        raise BuildError(f"{Path(docs) / BROKEN}: a wrong sign was planted and nothing objected")
    write(Path(fragments) / "checks/broken-line.txt", WRONG)
    write(Path(fragments) / "checks/broken-message.txt", "\n".join(map(wrapped, messages)))


def wrapped(line):
    """Return a line in as many as fit the width of a page."""
    return textwrap.fill(line, WIDTH, break_long_words=False, break_on_hyphens=False)


def write(path, text):
    """Write a small text file, with its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "\n", encoding="utf-8")
