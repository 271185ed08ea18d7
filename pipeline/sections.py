"""Check, before the generator runs, that pages, snippet sections and figures fit together."""

import re
from pathlib import Path

from pipeline.errors import BuildError
from pipeline.pages import IMAGE, includes, read_page, read_sections

SHORTEST_ALT = 30


def check_sources(docs, snippets, fragments):
    """Raise BuildError for an unknown, unclosed or unused section, or a figure missing, unused or mute.

    ``fragments`` is the folder of Markdown made from result files. Returns the number of sections.
    """
    docs, snippets = Path(docs), Path(snippets)
    sections = {path: read_sections(path) for path in sorted(snippets.rglob("*.py"))}
    used = {}
    for page in sorted(docs.rglob("*.md")):
        for line, file, name in includes(page):
            if (Path(fragments) / file).is_file() and name is None:
                continue
            known = sections.get(snippets / file)
            if known is None:
                raise BuildError(
                    f"{page}:{line}: there is no {snippets / file}; {_near(file, snippets)}"
                )
            if name not in known:
                raise BuildError(
                    f"{page}:{line}: {snippets / file} has no section {name!r}; "
                    f"it has {', '.join(known) or 'none'}"
                )
            if (file, name) in used:
                raise BuildError(
                    f"{page}:{line}: {file}:{name} is shown already at {used[file, name]}"
                )
            used[file, name] = f"{page}:{line}"
    for path, known in sections.items():
        for name, (line, _) in known.items():
            if (str(path.relative_to(snippets)), name) not in used:
                raise BuildError(
                    f"{path}:{line}: no page shows section {name!r}; show or remove it"
                )
    _check_figures(docs)
    for page in sorted(docs.rglob("*.md")):
        _check_typed_code(page)
    return len(used)


def _near(file, snippets):
    names = sorted(str(path.relative_to(snippets)) for path in snippets.rglob("*.py"))
    return f"the snippets are {', '.join(names)}"


def _check_typed_code(page):
    for block in read_page(page):
        if block.kind == "code" and re.search(r"\bpy(thon|con)\b", block.info):
            for number, line in enumerate(block.lines, block.line):
                if not line.lstrip().startswith("--8<--"):
                    raise BuildError(
                        f"{page}:{number}: this code was typed into the page and never runs; "
                        "move it into a section of a snippet and include that"
                    )


def _check_figures(docs):
    shown = set()
    for page in sorted(docs.rglob("*.md")):
        for block in read_page(page):
            if block.kind != "prose":
                continue
            for number, line in enumerate(block.lines, block.line):
                for image in IMAGE.finditer(line):
                    figure = (page.parent / image["src"]).resolve()
                    if not figure.is_file():
                        raise BuildError(
                            f"{page}:{number}: the figure {image['src']} is missing; "
                            "no example draws it with savefig"
                        )
                    if len(image["alt"]) < SHORTEST_ALT:
                        raise BuildError(
                            f"{page}:{number}: the alt text of {image['src']} has "
                            f"{len(image['alt'])} characters; say in words what is to be seen"
                        )
                    shown.add(figure)
    for figure in sorted((docs / "figures").rglob("*.svg")):
        if figure.resolve() not in shown:
            raise BuildError(f"{figure}: no page shows this figure; show it or stop drawing it")
