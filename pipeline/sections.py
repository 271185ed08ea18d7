"""Check, before the generator runs, that pages, snippet sections and figures fit together."""

import ast
import doctest
import re
import textwrap
from pathlib import Path

from pipeline.errors import BuildError
from pipeline.pages import (
    LIKE_INCLUDE,
    images,
    includes,
    read_include,
    read_page,
    read_sections,
    sources,
)

SHORTEST_ALT = 30
FIGURES = "figures"
# Commands and settings that a reader uses elsewhere; any other block on a page has to run.
TYPED = {"bash", "console", "powershell", "toml", "yaml", "json"}


def check_sources(docs, snippets, fragments, labs=()):
    """Raise BuildError for a section unknown, unclosed or unused, or a figure missing or mute.

    ``fragments`` is the folder of Markdown made from result files, ``labs`` holds the sections that
    labs use, on top of what pages show. Returns the number of sections.
    """
    docs, snippets, fragments = Path(docs), Path(snippets), Path(fragments)
    pages = sources(docs)
    sections = {path: read_sections(path) for path in sorted(snippets.rglob("*.py"))}
    used, read = {}, set()
    for page in pages:
        for line, file, name in includes(page):
            if (fragments / file).is_file() and name is None:
                continue
            if (data := docs / FIGURES / file).is_file() and name is None:
                read.add(data)
                continue
            known = sections.get(snippets / file)
            if known is None:
                raise BuildError(
                    f"{page}:{line}: there is no {snippets / file}; "
                    f"there is {', '.join(_names(snippets, '*.py') + _names(fragments, '*.md'))}"
                )
            if name not in known:
                raise BuildError(
                    f"{page}:{line}: {snippets / file} has no section {name or 'without a name'}; "
                    f"it has {', '.join(known) or 'none'}"
                )
            if (file, name) in used:
                raise BuildError(
                    f"{page}:{line}: {file}:{name} is shown already at {used[file, name]}; "
                    "show it once and link to it"
                )
            used[file, name] = f"{page}:{line}"
        _check_blocks(page, snippets, sections)
    for path, known in sections.items():
        for name, (line, _) in known.items():
            if (path.relative_to(snippets).as_posix(), name) not in {*used, *labs}:
                raise BuildError(
                    f"{path}:{line}: no page shows section {name!r}; show or remove it"
                )
        _check_runs(path, known)
    _check_figures(docs, pages)
    for data in sorted(set((docs / FIGURES).rglob("*.json")) - read):
        raise BuildError(f"{data}: no page includes this data; include it or stop writing it")
    return len(used)


def _names(folder, pattern):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob(pattern))


def _check_blocks(page, snippets, sections):
    """Refuse code that was typed into the page, and a block that says a falsehood of its code."""
    for block in read_page(page):
        if block.kind != "code":
            continue
        for number, line in enumerate(block.lines, block.line):
            if not LIKE_INCLUDE.match(line):
                if block.language not in TYPED:
                    raise BuildError(
                        f"{page}:{number}: this code was typed into the page and never runs; "
                        "move it into a section of a snippet and include that"
                    )
                continue
            file, name = read_include(page, number, line)
            if name is None:
                continue
            _, text = sections[snippets / file][name]
            language = "pycon" if ">>> " in text else "python"
            if block.language != language:
                raise BuildError(
                    f"{page}:{number}: {file}:{name} belongs into a block of its own language, "
                    f"``` {{ .{language} #{name} }}"
                )
            title = re.search(r'title="([^"]*)"', block.info)
            if title and title[1] != file:
                raise BuildError(
                    f"{page}:{block.line - 1}: the title says {title[1]}, the code is that of "
                    f"{file}; correct the title"
                )


def _check_runs(path, known):
    """Refuse a section inside a docstring that shows anything but examples and their output."""
    strings = [
        range(node.lineno, node.end_lineno + 1)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    for start, text in known.values():
        if not any(start in string for string in strings):
            continue
        line = start + 1
        for part in doctest.DocTestParser().parse(textwrap.dedent(text)):
            if isinstance(part, doctest.Example):
                line = start + 1 + part.lineno + part.source.count("\n") + part.want.count("\n")
            elif part.strip():
                line += len(part) - len(part.lstrip("\n"))
                raise BuildError(
                    f"{path}:{line}: {part.strip().splitlines()[0]!r} is shown but never runs; "
                    "put >>> before it, or keep it out of the section"
                )


def _check_figures(docs, pages):
    shown = set()
    for page in pages:
        _check_images(page)
        for number, alt, src in images(page):
            figure = (page.parent / src).resolve()
            if not figure.is_file():
                raise BuildError(
                    f"{page}:{number}: the figure {src} is missing; "
                    "no example draws it with savefig"
                )
            if len(alt) < SHORTEST_ALT:
                raise BuildError(
                    f"{page}:{number}: the alt text of {src} has {len(alt)} characters; "
                    "say in words what is to be seen"
                )
            shown.add(figure)
    for figure in sorted((docs / FIGURES).rglob("*.svg")):
        if figure.resolve() not in shown:
            raise BuildError(f"{figure}: no page shows this figure; show it or stop drawing it")


def _check_images(page):
    """Refuse a figure that is written in another way than the checks can read."""
    readable = {line for line, _, _ in images(page)}
    for block in read_page(page):
        if block.kind != "prose":
            continue
        for number, line in enumerate(block.lines, block.line):
            prose = re.sub(r"`[^`]*`", "", line)
            if ("![" in prose and number not in readable) or re.search("<img[^>]*figures/", prose):
                raise BuildError(
                    f"{page}:{number}: write a figure as ![what is to be seen](../figures/x.svg)"
                )
