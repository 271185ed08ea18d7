"""Refuse a number in a sentence unless something executed on the same page contains it.

A number is checked when it has a decimal point, an exponent or a percent sign, or is 10 or more;
smaller whole numbers are words. It holds when the code, an output or a measured table on its page
has a number that rounds to it at the digits written. A figure quoted from elsewhere is written
as a link to its source, ``[1.7 s](#source-a){ .cited }``.
"""

import re
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from pathlib import Path

from pipeline.errors import BuildError
from pipeline.pages import includes, read_page, read_sections

NUMBER = re.compile(
    r"(?<![\w.^])(?P<value>\d{1,3}(?:[,_]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?(?:e[+-]?\d+)?|\.\d+)"
    r"(?P<percent>\s?%)?(?![\w])(?!\.\d)"
)
# What a sentence may hold besides its words: cited figures, link targets, attribute lists,
# comments, tags, footnote marks.
ASIDE = re.compile(
    r"\[[^\]]*\]\([^)]*\)\{[^}]*\.cited[^}]*\}|\]\([^)]*\)|\{[^}]*\}|<!--.*?-->|<[^>]+>|\[\^[^\]]+\]"
)


def _decimal(text):
    return Decimal(re.sub("[,_]", "", text))


def _holds(match, known):
    written = _decimal(match["value"])
    digits = Decimal(1).scaleb(written.as_tuple().exponent)
    scale = 100 if match["percent"] else 1
    for value in known:
        for scaled in {value, value * scale}:
            if scaled == written:
                return True
            if digits < 1 and any(
                scaled.quantize(digits, mode) == written
                for mode in (ROUND_HALF_EVEN, ROUND_HALF_UP)
            ):
                return True
    return False


def executed_numbers(page, snippets, fragments):
    """Return the set of numbers in everything that ran for ``page``: code, outputs, measured tables."""
    texts = []
    for _, file, name in includes(page):
        if name is None:
            texts.append((Path(fragments) / file).read_text(encoding="utf-8"))
        else:
            texts.append(read_sections(Path(snippets) / file)[name][1])
    return {_decimal(match["value"]) for text in texts for match in NUMBER.finditer(text)}


def unfounded_numbers(page, known):
    """Yield line and text of each checked number in the sentences of ``page`` that is not ``known``."""
    for block in read_page(page):
        if block.kind != "prose":
            continue
        for number, line in enumerate(block.lines, block.line):
            for match in NUMBER.finditer(ASIDE.sub(" ", line)):
                value = _decimal(match["value"])
                small = value < 10 and not re.search(r"[.e]", match["value"])
                if small and not match["percent"]:
                    continue
                if not _holds(match, known):
                    yield number, match[0]


def check_numbers(docs, snippets, fragments):
    """Check the sentences of every page; return how many pages were read. Raises BuildError."""
    pages = sorted(Path(docs).rglob("*.md"))
    found = [
        f"{page}:{line}: nothing executed on this page contains {text}; show the output that does, "
        "correct the number, or cite its source"
        for page in pages
        for line, text in unfounded_numbers(page, executed_numbers(page, snippets, fragments))
    ]
    if found:
        raise BuildError("\n".join(found))
    return len(pages)
