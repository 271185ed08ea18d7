"""Make a notebook of each lab: one for the generator to run and show, one to download.

A lab is a Markdown file below ``labs/``. Its Python fences are cells; in one, a line
``--8<-- "one_neuron/by_hand.py:predict"`` stands for that section of a snippet, whose examples lose
their prompts and their output. What is marked ``# your answer`` is ``None`` in the download, where
the ``<div class="answer">`` above it is left out.
"""

import contextlib
import difflib
import doctest
import json
import os
import re
import tempfile
import textwrap
from dataclasses import dataclass
from pathlib import Path

from pipeline import navigation
from pipeline.errors import BuildError
from pipeline.outputs import STYLE
from pipeline.pages import GENERATED as FOLDER
from pipeline.pages import LIKE_INCLUDE, read_include, read_page, read_sections

ANSWER = re.compile(r"^(?P<name>\s*(?:\w+(?:, \w+)* =|return)) .+?(?P<mark>  # your answer)$", re.M)
MARK = re.compile(r"#\s*your answer", re.IGNORECASE)
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
FIGURE = re.compile(
    r'<figure markdown id="(?P<id>[\w-]+)">\n!\[(?P<alt>[^\n]*)\]\((?P<src>[^)\n]+)\)\n'
    r"<figcaption>(?P<caption>.*?)</figcaption>\n</figure>",
    re.DOTALL,
)
SOLUTION = re.compile(r'<div class="answer">\n\n(?P<words>.*?)\n\n</div>\n*', re.DOTALL)
DOWNLOAD = re.compile(r"^\[[^\]]*\]\([\w-]+\.ipynb\)\n\n?", re.M)
LINK = re.compile(r"(?<!!)\[(?P<words>[^\]]+)\]\((?P<page>[^):\s]+)\.md(?P<anchor>#[\w-]+)?\)")
SOURCE = "---\n\nFrom {site}. Text CC BY 4.0, code BSD-3-Clause."
# What IPython reads when it starts: figures as SVG of the size they ask for, always the same bytes.
PROFILE = """
import os
os.environ["SOURCE_DATE_EPOCH"] = "0"
c.InlineBackend.figure_formats = {"svg"}
c.InlineBackend.print_figure_kwargs = {"bbox_inches": None}
c.HistoryManager.enabled = False
"""
COLOUR = re.compile(r"\x1b\[[\d;]*m")
STOPPED = re.compile(r"page '(?P<page>[^']+\.md)'.*?In\s?\[(?P<cell>\d+)\]", re.DOTALL)


@dataclass
class Cell:
    """A piece of a lab: ``markdown``, or ``code`` as it runs; a code cell may have an id."""

    kind: str
    line: int
    text: str
    id: str = ""


def labs(folder):
    """The sources of all labs."""
    return sorted(Path(folder).glob("*.md"))


def count_figures(folder):
    """Return how many figures the labs show; a cell draws each."""
    return sum(len(FIGURE.findall(path.read_text(encoding="utf-8"))) for path in labs(folder))


def read_lab(path, snippets):
    """Return the front matter of a lab, as text, and its cells; raise BuildError at a bad fence."""
    path = Path(path)
    lines = path.read_text(encoding="utf-8").split("\n")
    blocks = read_page(path)
    front = "\n".join(blocks[0].lines) if blocks[0].kind == "front" else ""
    end = len(blocks[0].lines) + 2 if front else 0
    cells = []
    for block in blocks:
        if block.kind != "code":
            continue
        if block.language != "python":
            raise BuildError(
                f"{path}:{block.line}: a lab has cells of Python and nothing else in a block; "
                "open it with ``` { .python #name }"
            )
        cells += _words(lines[end : block.line - 2], end + 1)
        name = re.search(r"#([\w-]+)", re.sub(r'"[^"]*"', "", block.info))
        cells.append(_cell(path, block, name[1] if name else "", Path(snippets)))
        end = block.line + len(block.lines)
    return front, cells + _words(lines[end:], end + 1)


def _words(lines, line):
    text = "\n".join(lines).strip("\n")
    return [Cell("markdown", line, text)] if text else []


def _cell(path, block, name, snippets):
    """Return the code cell of a fence, its includes replaced by the sections they name."""
    cell = Cell("code", block.line, "", name)
    parts = []
    for number, line in enumerate(block.lines, block.line):
        if LIKE_INCLUDE.match(line):
            file, section = read_include(path, number, line)
            known = read_sections(snippets / file) if (snippets / file).is_file() else {}
            if section not in known:
                raise BuildError(
                    f"{path}:{number}: {snippets / file} has no section {section}; "
                    f"it has {', '.join(known) or 'none'}"
                )
            parts.append(_code(known[section][1]))
        else:
            parts.append(line)
        if any(MARK.search(part) and not ANSWER.match(part) for part in parts[-1].split("\n")):
            raise BuildError(
                f"{path}:{number}: the download would give this answer away; write it on one line, "
                "as name = …  # your answer or return …  # your answer, two spaces before the #"
            )
    text = "\n".join(parts).strip("\n")
    cell.text = re.sub(r"\n{4,}", "\n\n\n", text)
    return cell


def _code(text):
    """Return the code of a section, without the prompts and outputs of its examples."""
    text = textwrap.dedent(text).strip("\n")
    if ">>> " not in text:
        return text
    return "".join(part.source for part in doctest.DocTestParser().get_examples(text)).rstrip()


def write_notebooks(folder, snippets, docs, address=""):
    """Write both notebooks of every lab below ``docs``, where the site has the ``address``.

    Returns the sections that the labs use, as {(file, section): "path:line"}. Raises BuildError.
    """
    written, used = set(), {}
    for path in labs(folder):
        front, cells = read_lab(path, snippets)
        for block in read_page(path):
            for number, line in enumerate(block.lines, block.line):
                if block.kind == "code" and LIKE_INCLUDE.match(line):
                    used[read_include(path, number, line)] = f"{path}:{number}"
        for suffix, text in (
            (".md", page(front, cells)),
            (".ipynb", notebook(cells, address, path, docs)),
        ):
            target = Path(docs) / FOLDER / f"{path.stem}{suffix}"
            target.parent.mkdir(parents=True, exist_ok=True)
            if not target.is_file() or target.read_text(encoding="utf-8") != text:
                target.write_text(text, encoding="utf-8")
            written.add(target)
    for stale in set((Path(docs) / FOLDER).glob("*.*")) - written:
        stale.unlink()
    return used


def page(front, cells):
    """Return the lab as the generator reads it: a page that says it is a notebook."""
    kernel = "".join(f"    {key}: {value}\n" for key, value in KERNEL.items())
    text = f"---\n{front}\njupyter:\n  kernelspec:\n{kernel}---\n"
    for cell in cells:
        if cell.kind == "code":
            text += f"\n```python\n{cell.text}\n```\n"
        else:
            empty = r'<figure id="\g<id>"><figcaption>\g<caption></figcaption></figure>'
            text += f"\n{FIGURE.sub(empty, cell.text)}\n"
    return text


def notebook(cells, address, path, docs):
    """Return the lab as a notebook file, without outputs and answers; it says where it is from.

    A link leads to the ``address`` of the site; without one, words name the page below ``docs``.
    """
    name, _, _ = navigation.read()

    def link(found):
        page = os.path.normpath(f"{FOLDER}/{found['page']}")
        folder = Path(path).parent if page.startswith(f"{FOLDER}/") else Path(docs, page).parent
        source = folder / f"{Path(page).name}.md"
        if not source.is_file():
            lines = Path(path).read_text(encoding="utf-8").split("\n")
            line = next(n for n, text in enumerate(lines, 1) if f"]({found['page']}.md" in text)
            raise BuildError(f"{path}:{line}: this links to {source}, which is not there; mend it")
        if address:
            return f"[{found['words']}]({address}{page}.html{found['anchor'] or ''})"
        title, _ = navigation.described(source)
        return f"{found['words']} (the page *{title}* of {name})"

    own = f"{address}{FOLDER}/{Path(path).stem}.html"
    source = SOURCE.format(site=f"[{name}]({own}), {own}" if address else name)
    content = []
    for number, cell in enumerate([*cells, Cell("markdown", 0, source)], start=1):
        text = cell.text
        if cell.kind == "code":
            text = ANSWER.sub(r"\g<name> None\g<mark>", text)
        else:
            text = FIGURE.sub(r"*\g<caption>*", SOLUTION.sub("", DOWNLOAD.sub("", text)))
            if 'class="answer"' in text:
                raise BuildError(
                    f"{path}:{cell.line}: the download would give the answer in words away; write "
                    '<div class="answer"> and </div> on lines of their own, with an empty line '
                    "above and below the words"
                )
            text = LINK.sub(link, text).strip("\n")
        entry = {
            "cell_type": cell.kind,
            "id": f"cell-{number}",
            "metadata": {},
            "source": text.splitlines(keepends=True),
        }
        content.append(
            entry | ({"execution_count": None, "outputs": []} if cell.kind == "code" else {})
        )
    return (
        json.dumps(
            {
                "cells": content,
                "metadata": {"kernelspec": KERNEL, "language_info": {"name": "python"}},
                "nbformat": 4,
                "nbformat_minor": 5,
            },
            indent=1,
            ensure_ascii=False,
        )
        + "\n"
    )


def as_written(words, folder, docs):
    """Return what was said of the page made of a lab, below ``docs``, as said of the lab itself."""

    def place(found):
        name = f"{found['stem']}.md"
        made, written = Path(docs, FOLDER, name), Path(folder, name)
        if not (made.is_file() and written.is_file()):
            return found[0]
        texts = [path.read_text(encoding="utf-8").split("\n") for path in (made, written)]
        line = int(found["line"] or 1) - 1
        alike = difflib.SequenceMatcher(None, *texts, autojunk=False).get_matching_blocks()
        near = [block for block in [difflib.Match(0, 0, 0), *alike] if block.a <= line][-1]
        number = near.b + min(line - near.a, max(near.size - 1, 0)) + 1
        return f"{written}:{number}" if found["line"] else f"{written}"

    made = re.escape(Path(docs, FOLDER).as_posix())
    return re.sub(rf"(?m)^{made}/(?P<stem>[\w-]+)\.md(?::(?P<line>\d+))?", place, words)


@contextlib.contextmanager
def kernel():
    """The variables with which a notebook gives the same outputs and figures anywhere.

    No settings of whoever builds the site are read, and nothing is left in their home.
    """
    with tempfile.TemporaryDirectory() as folder:
        profile = Path(folder) / "profile_default"
        profile.mkdir()
        (profile / "ipython_kernel_config.py").write_text(PROFILE, encoding="utf-8")
        style = STYLE.read_text(encoding="utf-8") + "figure.facecolor: none\naxes.facecolor: none\n"
        (Path(folder) / "matplotlibrc").write_text(style, encoding="utf-8")
        yield {
            "IPYTHONDIR": folder,
            "JUPYTER_NO_CONFIG": "1",
            "JUPYTER_RUNTIME_DIR": folder,
            "MATPLOTLIBRC": os.path.join(folder, "matplotlibrc"),
        }


def stopped_cell(words, folder, snippets):
    """Name file, line and reason of the cell that stopped, from what the generator said, or None.

    An interrupted kernel and the like name no cell.
    """
    words = COLOUR.sub("", words)
    if not (found := STOPPED.search(words)):
        return None
    path = Path(folder) / Path(found["page"]).name
    code = [cell for cell in read_lab(path, snippets)[1] if cell.kind == "code"]
    cell = code[int(found["cell"]) - 1]
    reasons = re.findall(r"^\w[\w.]*(?:Error|Exception|Interrupt)(?:: .*)?$", words, re.MULTILINE)
    line = re.findall(r"^-+> \d+ (.*)$", words, re.MULTILINE)
    where = f" in {line[0].strip()!r}" if line else ""
    return (
        f"{path}:{cell.line}: cell {found['cell']} raises {reasons[0] if reasons else 'an error'}"
        f"{where}; mend it, nothing on a page may raise"
    )
