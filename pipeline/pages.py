"""Read the Markdown of a page: what is code, mathematics and prose, and on which line."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import BuildError

INCLUDE = re.compile(r'^\s*--8<--\s+"(?P<file>[^":]+)(?::(?P<section>[^"]+))?"\s*$')
LIKE_INCLUDE = re.compile(r"^[>\s]*-+8<-+")
FENCE = re.compile(r"^[>\s]*(?P<ticks>`{3,}|~{3,})\s*(?P<info>[^`]*)$")
DISPLAY = re.compile(r"^\s*(\$\$.*\$\$|\\\[.*\\\])\s*$")
COMMENT = re.compile(r"^[ \t]*<!--.*?-->", re.MULTILINE | re.DOTALL)
MARKER = re.compile(r"\s*(>>> )?# --8<-- \[(?P<edge>start|end):(?P<name>[a-z][a-z0-9_]*)\]")
# An alt text may hold brackets in pairs, as in ![The interval [0, 1].](x.svg).
IMAGE = re.compile(r"(?<!`)!\[(?P<alt>(?:[^\[\]]|\[[^\[\]]*\])*)\]\((?P<src>[^)\s]+)[^)]*\)")


# Below the pages: written by pipeline/notebooks.py, which checks the sources of these.
GENERATED = "labs"


def sources(docs):
    """Return the Markdown files below ``docs`` that somebody wrote."""
    pages = sorted(Path(docs).rglob("*.md"))
    return [page for page in pages if page.relative_to(docs).parts[0] != GENERATED]


@dataclass
class Block:
    """Lines of one kind: ``front`` matter, ``prose``, ``code`` (a fence) or ``display``."""

    kind: str
    line: int
    info: str = ""
    lines: list = field(default_factory=list)

    @property
    def language(self):
        """The language of a fence, as in ``python`` or ``{ #id .python }``; empty without one."""
        info = re.sub('="[^"]*"', "=", self.info)
        name = re.search(r"\.([\w+-]+)" if info.startswith("{") else r"^([\w+-]+)(?!\S)", info)
        return name[1] if name else ""


def read_page(path):
    """Return the blocks of the Markdown file ``path``, in order; what is commented out is empty."""
    lines, first = _lines(path), 0
    blocks = []
    if lines[0] == "---":
        if "---" not in lines[1:]:
            raise BuildError(f"{path}:1: the front matter is never closed; close it with ---")
        first = lines.index("---", 1) + 1
        blocks.append(Block("front", 2, lines=lines[1 : first - 1]))
    blocks.append(Block("prose", first + 1))
    closing = None
    for number, line in enumerate(lines[first:], first + 1):
        if closing:
            if re.match(closing, line):
                closing = None
                blocks.append(Block("prose", number + 1))
            else:
                blocks[-1].lines.append(line)
        elif fence := FENCE.match(line):
            closing = rf"^[>\s]*{fence['ticks']}\s*$"
            blocks.append(Block("code", number + 1, fence["info"]))
        elif line.strip() in ("$$", r"\["):
            closing = r"^\s*(\$\$|\\\])\s*$"
            blocks.append(Block("display", number + 1))
        elif LIKE_INCLUDE.match(line) or DISPLAY.match(line):
            kind = "code" if LIKE_INCLUDE.match(line) else "display"
            blocks += [Block(kind, number, lines=[line]), Block("prose", number + 1)]
        else:
            blocks[-1].lines.append(line)
    if closing:
        raise BuildError(f"{path}:{blocks[-1].line - 1}: this block is never closed; close it")
    return blocks


def _lines(path):
    text = Path(path).read_text(encoding="utf-8-sig")
    return COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text).split("\n")


def read_include(path, number, line):
    """Return file and section of an include line; the section is None for a whole file."""
    match = INCLUDE.match(line)
    if not match:
        raise BuildError(
            f"{path}:{number}: write an include as "
            '--8<-- "one_neuron/by_hand.py:predict" on a line of its own'
        )
    return match["file"], match["section"]


def includes(path):
    """Yield line, file and section of each ``--8<--`` line of the page ``path``."""
    for number, line in enumerate(_lines(path), 1):
        if LIKE_INCLUDE.match(line):
            yield number, *read_include(path, number, line)


def images(path):
    """Yield line, alt text and file of each image on the page ``path``."""
    for block in read_page(path):
        if block.kind == "prose":
            text = "\n".join(block.lines)
            for image in IMAGE.finditer(text):
                line = block.line + text.count("\n", 0, image.start())
                yield line, " ".join(image["alt"].split()), image["src"]


def read_sections(path):
    """Return the sections of the snippet ``path`` as a dict from name to (line, text).

    Raises BuildError where a section is opened twice, never closed, empty, or closed without
    being open.
    """
    sections, opened = {}, {}
    for number, line in enumerate(Path(path).read_text(encoding="utf-8").split("\n"), 1):
        if "8<-" not in line:
            for text in opened.values():
                text[1].append(line)
            continue
        marker = MARKER.fullmatch(line)
        if not marker:
            raise BuildError(
                f"{path}:{number}: write the bounds of a section as # --8<-- [start:predict] and "
                "# --8<-- [end:predict], in small letters, on a line of their own"
            )
        name = marker["name"]
        if marker["edge"] == "start":
            if name in opened or name in sections:
                raise BuildError(f"{path}:{number}: section {name!r} starts twice; rename one")
            opened[name] = (number, [])
        elif name not in opened:
            raise BuildError(
                f"{path}:{number}: section {name!r} ends here but never started; "
                f"add [start:{name}] or remove this"
            )
        else:
            start, text = opened.pop(name)
            if not any(map(str.strip, text)):
                raise BuildError(f"{path}:{start}: section {name!r} is empty; remove it")
            sections[name] = (start, "\n".join(text))
    for name, (number, _) in opened.items():
        raise BuildError(f"{path}:{number}: section {name!r} is never closed; add [end:{name}]")
    return sections
