"""Write the program of each page, as its copy buttons give it, for download."""

import doctest
import shutil
import textwrap
from pathlib import Path

from pipeline import navigation
from pipeline.archive import pack
from pipeline.pages import read_include, read_page, read_sections, sources

FOLDER, ARCHIVE = "downloads", "all-programs.zip"
README = """\
The programs and notebooks of {name}.

    python -m pip install numpy matplotlib torch
    python one-neuron/by-hand.py

Each runs by itself and prints what its page shows; figures are written as SVG files beside it.
Only the pages on PyTorch and on GPUs need torch. The notebooks in labs/ open with Jupyter.
Code: BSD-3-Clause.
"""


def program(page, snippets):
    """Return the Python code of the Markdown file ``page`` in page order, or an empty text."""
    parts = []
    for block in read_page(page):
        if block.kind != "code" or block.language not in ("python", "pycon"):
            continue
        if ".no-program" in block.info:
            continue
        for number, line in enumerate(block.lines, block.line):
            file, name = read_include(page, number, line)
            text = textwrap.dedent(read_sections(Path(snippets) / file)[name][1])
            if block.language == "pycon":
                examples = doctest.DocTestParser().get_examples(text)
                text = "".join(example.source for example in examples)
            parts.append(text.strip("\n"))
    return "\n\n".join(parts) + "\n" if parts else ""


def programs(docs, snippets):
    """Return the program of every page that has one, as {"one-neuron/by-hand.py": text}."""
    texts = {
        page.relative_to(docs).with_suffix(".py").as_posix(): program(page, snippets)
        for page in sources(docs)
    }
    return {name: text for name, text in texts.items() if text}


def write_table(docs, snippets, fragments):
    """Write the table of all programs, in reading order, that the page of downloads includes."""
    rows = ["| page | program | lines |", "|---|---|---:|"]
    texts = programs(docs, snippets)
    for page in navigation.read()[2]:
        if text := texts.get(name := f"{page.name}.py"):
            title = f"{page.chapter}: {page.title}" if page.chapter else page.title
            rows.append(
                f'| [{title}](../{page.markdown}) | <a href="../{FOLDER}/{name}">{name}</a> '
                f"| {text.count(chr(10))} |"
            )
    target = Path(fragments) / "downloads.md"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join(rows) + "\n", encoding="utf-8")


def write_programs(docs, snippets, site):
    """Write all programs into the built site, and one archive of them and of the notebooks."""
    folder = Path(site) / FOLDER
    for notebook in sorted((Path(site) / "labs").glob("*.ipynb")):
        (folder / "labs").mkdir(parents=True, exist_ok=True)
        shutil.copyfile(notebook, folder / "labs" / notebook.name)
    readme = README.format(name=navigation.read()[0])
    for name, text in {**programs(docs, snippets), "README.txt": readme}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    pack(folder, folder / ARCHIVE)
