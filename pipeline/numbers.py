"""Refuse a number in a sentence unless something executed on the same page contains it.

A number is checked when it has a decimal point, an exponent or a percent sign, or is 10 or more;
smaller whole numbers are words. It holds when the code, an output, a figure or a measured table
on its page has a number that rounds to it at the digits written; one with a minus sign needs a
negative one. A number quoted from elsewhere is written as a link to its source,
``[1.7 s](#source-a){ .cited }``. Comments and docstrings of the code shown are sentences as well.
"""

import ast
import doctest
import io
import re
import textwrap
import tokenize
from decimal import Decimal
from pathlib import Path

from pipeline.errors import BuildError
from pipeline.pages import images, includes, read_page, read_sections, sources

NUMBER = re.compile(
    r"(?<![\w.^])(?P<minus>[-−])?"
    r"(?P<value>\d{1,3}(?:[,_]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?(?:e[+-]?\d+)?|\.\d+)"
    r"(?P<percent>\s?%)?(?![\d_]|\.\d|(?:st|nd|rd|th)\b)"
)
# What a line may hold besides its sentence: cited numbers, link targets, attribute lists,
# comments, tags, footnote marks, subscripts, the number of a list item.
ASIDE = re.compile(
    r"\[[^\]]*\]\([^)]*\)\{[^}]*\.cited[^}]*\}|\]\([^)]*\)|\{:?\s*[.#][^}]*\}|<!--.*?-->"
    r"|</?[a-zA-Z][^>]*>|<https?:[^>]*>|\[\^[^\]]+\]|_\{[^}]*\}|^\s*\d+\.\s"
)
# Markup inside a number, as in 0.**47**.
INSIDE = re.compile(r"(?<=\d[.,])(?:\*+|_+|</?[a-zA-Z][^>]*>)+(?=\d)")


def _numbers(text):
    """Yield each number of ``text``, as written and as a value with its sign."""
    for match in NUMBER.finditer(text):
        value = Decimal(re.sub("[,_]", "", match["value"]))
        yield match, -value if match["minus"] else value


def _checked(match, value):
    return abs(value) >= 10 or match["percent"] or re.search(r"[.e]", match["value"])


def _holds(match, written, known):
    """Tell whether a known number is the written one, or rounds to it; words may state the sign."""
    digits = Decimal(1).scaleb(written.as_tuple().exponent)
    slack = digits / 2 if digits < 1 else 0
    for value in known:
        signed = value if match["minus"] else abs(value)
        if abs(signed - written) <= slack:
            return True
        if match["percent"] and abs(100 * signed - written) <= slack:
            return True
    return False


def _pieces(text):
    """Return the line, the code and the output of each example of a section; or all its code."""
    text = textwrap.dedent(text)
    if ">>> " not in text:
        return [(0, text, "")]
    examples = doctest.DocTestParser().get_examples(text)
    return [(example.lineno, example.source, example.want) for example in examples]


def literals(code):
    """Yield the numbers that the code itself contains; those in strings and comments do not run."""
    tree = ast.parse(code)
    unary = [node for node in ast.walk(tree) if isinstance(node, ast.UnaryOp)]
    negated = {node.operand for node in unary if isinstance(node.op, ast.USub)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            value = Decimal(repr(node.value))
            yield -value if node in negated else value


def executed_numbers(page, snippets, fragments):
    """Return the numbers in everything that ran for ``page``: code, outputs, figures, tables."""
    known = set()
    for _, file, name in includes(page):
        if name is None and file.endswith(".json"):
            continue  # the data of a widget: nobody sees it
        if name is None:
            pieces = [(0, "", (Path(fragments) / file).read_text(encoding="utf-8"))]
        else:
            pieces = _pieces(read_sections(Path(snippets) / file)[name][1])
        for _, code, printed in pieces:
            known.update(literals(code))
            known.update(values(printed))
    for _, _, src in images(page):
        figure = Path(page).parent / src
        if figure.suffix == ".svg" and figure.is_file():
            for text in figure_texts(figure.read_text(encoding="utf-8")):
                known.update(values(text))
    return known


def values(text):
    """Yield the value of each number of ``text``."""
    return (value for _, value in _numbers(text))


def figure_texts(svg):
    """Return the texts of a figure: Matplotlib writes each into a comment before its outlines."""
    return re.findall(r"<!-- (.*?) -->", svg)


def sentences(page):
    """Yield file, line and text of the lines of prose of ``page``, without what is no sentence."""
    for block in read_page(page):
        if block.kind in ("front", "prose"):
            for number, line in enumerate(block.lines, block.line):
                yield page, number, ASIDE.sub(" ", INSIDE.sub("", line))


def _remarks(page, snippets):
    """Yield file, line and text of the comments and docstrings in the code that ``page`` shows."""
    for _, file, name in includes(page):
        if name is None:
            continue
        path = Path(snippets) / file
        start, text = read_sections(path)[name]
        for first, code, _ in _pieces(text):
            yield from ((path, start + first + number, line) for number, line in remarks(code))


def remarks(code):
    """Yield line and text of each comment and docstring line in ``code``."""
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        docstring = token.type == tokenize.STRING and token.string.startswith('"""')
        if token.type == tokenize.COMMENT or docstring:
            yield from enumerate(token.string.split("\n"), token.start[0])


def unfounded_numbers(page, snippets, fragments):
    """Yield file, line and text of each checked number that nothing executed on ``page`` has."""
    known = executed_numbers(page, snippets, fragments)
    return unfounded([*sentences(page), *_remarks(page, snippets)], known)


def unfounded(texts, known):
    """Yield file, line and text of each checked number in ``texts`` that is not ``known``."""
    for path, number, text in texts:
        for match, value in _numbers(text):
            if _checked(match, value) and not _holds(match, value, known):
                yield path, number, match[0]


def check_numbers(docs, snippets, fragments):
    """Check the sentences of every page; return how many pages were read. Raises BuildError."""
    pages = sources(docs)
    refuse(found for page in pages for found in unfounded_numbers(page, snippets, fragments))
    return len(pages)


def refuse(found):
    """Raise BuildError with a line for each number found, if there is one."""
    lines = [
        f"{path}:{line}: nothing executed on this page contains {text}; show the output that does, "
        "correct the number, or cite its source"
        for path, line, text in found
    ]
    if lines:
        raise BuildError("\n".join(lines))
