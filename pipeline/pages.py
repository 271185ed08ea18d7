"""Read the Markdown of a page: what is code, what is mathematics, what is prose, and on which line."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import BuildError

INCLUDE = re.compile(r'^\s*--8<--\s+"(?P<file>[^":]+)(?::(?P<section>[^"]+))?"\s*$')
FENCE = re.compile(r"^\s*(?P<ticks>`{3,})\s*(?P<info>.*)$")
MARKER = re.compile(r"--8<-- \[(?P<edge>start|end):(?P<name>[^\]]*)\]")
IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<src>[^)\s]+)[^)]*\)")


@dataclass
class Block:
    """Lines of one kind: ``prose``, ``code`` (a fence with its info string) or ``display`` mathematics."""

    kind: str
    line: int
    info: str = ""
    lines: list = field(default_factory=list)


def read_page(path):
    """Return the blocks of the Markdown file ``path``, in order, without its front matter."""
    lines = Path(path).read_text(encoding="utf-8").split("\n")
    number = 0
    if lines[0] == "---":
        number = lines.index("---", 1) + 1
    blocks = [Block("prose", number + 1)]
    closing = None
    for number, line in enumerate(lines[number:], number + 1):
        if closing:
            if re.match(closing, line):
                closing = None
                blocks.append(Block("prose", number + 1))
            else:
                blocks[-1].lines.append(line)
        elif fence := FENCE.match(line):
            closing = rf"^\s*{fence['ticks']}\s*$"
            blocks.append(Block("code", number + 1, fence["info"]))
        elif line.strip() in ("$$", r"\["):
            closing = r"^\s*(\$\$|\\\])\s*$"
            blocks.append(Block("display", number + 1))
        elif re.match(r"^\s*(\$\$.*\$\$|\\\[.*\\\]|--8<--.*)\s*$", line):
            kind = "code" if "--8<--" in line else "display"
            blocks += [Block(kind, number, lines=[line]), Block("prose", number + 1)]
        else:
            blocks[-1].lines.append(line)
    if closing:
        raise BuildError(f"{path}:{blocks[-1].line - 1}: this block is never closed; close it")
    return blocks


def includes(path):
    """Yield line, file and section of each ``--8<--`` line of the page ``path``."""
    for number, line in enumerate(Path(path).read_text(encoding="utf-8").split("\n"), 1):
        if not line.lstrip().startswith("--8<--"):
            continue
        match = INCLUDE.match(line)
        if not match:
            raise BuildError(
                f"{path}:{number}: write an include as "
                '--8<-- "one_neuron/by_hand.py:predict" on a line of its own'
            )
        yield number, match["file"], match["section"]


def read_sections(path):
    """Return the sections of the snippet ``path`` as a dict from name to (line, text).

    Raises BuildError where a section is opened twice, never closed, or closed without being open.
    """
    sections, opened = {}, {}
    for number, line in enumerate(Path(path).read_text(encoding="utf-8").split("\n"), 1):
        marker = MARKER.search(line)
        if not marker:
            for text in opened.values():
                text[1].append(line)
            continue
        name = marker["name"]
        if marker["edge"] == "start":
            if name in opened or name in sections:
                raise BuildError(f"{path}:{number}: section {name!r} starts twice; rename one")
            opened[name] = (number, [])
        elif name in opened:
            start, text = opened.pop(name)
            sections[name] = (start, "\n".join(text))
        else:
            raise BuildError(f"{path}:{number}: section {name!r} ends here but never started")
    for name, (number, _) in opened.items():
        raise BuildError(f"{path}:{number}: section {name!r} is never closed; add [end:{name}]")
    return sections
