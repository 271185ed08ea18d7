r"""Split LaTeX into tokens that know where they stand.

Sizes of brackets (`\left`, `\bigl`) and thin spaces carry no meaning and are dropped.
"""

import re

from ..trouble import Refusal

PATTERN = re.compile(
    r"(?P<blank>\s+|%[^\n]*)"
    r"|\\(?P<env>begin|end)\s*\{(?P<name>[a-zA-Z]+\*?)\}"
    r"|\\(?P<words>text|textrm|textbf|textit|mbox|label|tag)\s*\{(?P<content>[^{}]*)\}"
    r"|(?P<number>\d+(?:\{,\}\d{3})*(?:\.\d+)?)"
    r"|(?P<newline>\\\\(?:\[[^\]]*\])?)"
    r"|(?P<command>\\(?:[a-zA-Z]+|.))"
    r"|(?P<letter>[a-zA-Z])"
    r"|(?P<mark>[-+*/=<>()\[\]{}|,.;:!'^_&~])",
)
SIZES = r"\left \right \middle \big \Big \bigg \Bigg \bigl \bigr \Bigl \Bigr \biggl \biggr"
SPACES = r"\, \; \: \! \displaystyle \textstyle \nonumber \notag \limits \nolimits \hfill"
SILENT = {*SIZES.split(), *SPACES.split(), "\\ "}
SPELLINGS = {
    r"\le": r"\leq",
    r"\ge": r"\geq",
    r"\ne": r"\neq",
    r"\gets": r"\leftarrow",
    r"\dfrac": r"\frac",
    r"\tfrac": r"\frac",
    r"\ln": r"\log",
    r"\lt": "<",
    r"\gt": ">",
    r"\lvert": "|",
    r"\rvert": "|",
    r"\vert": "|",
    r"\|": r"\Vert",
    r"\lVert": r"\Vert",
    r"\rVert": r"\Vert",
    r"\ldots": r"\dots",
    r"\cdots": r"\dots",
    r"\lbrace": r"\{",
    r"\rbrace": r"\}",
    r"\implies": r"\Rightarrow",
    r"\Longrightarrow": r"\Rightarrow",
    r"\Leftrightarrow": r"\iff",
    r"\Longleftrightarrow": r"\iff",
    r"\qquad": r"\quad",
    r"\intercal": r"\top",
    r"\varepsilon": r"\epsilon",
    r"\operatorname*": r"\operatorname",
}


class Token:
    """One token: its kind, its text, and the span source[start:end]."""

    __slots__ = ("end", "kind", "start", "text")

    def __init__(self, kind, text, start, end):
        self.kind = kind
        self.text = text
        self.start = start
        self.end = end

    def __repr__(self):
        return f"{self.kind}:{self.text}"


def tokens(source):
    """The tokens of source, ended by one of kind "end of equation"; Refusal where none fits."""
    found = []
    position = 0
    while position < len(source):
        match = PATTERN.match(source, position)
        if match is None:
            raise Refusal(f"cannot read the character {source[position]!r}", position)
        start, position = match.span()
        kind = match.lastgroup
        if kind == "blank" or match["words"] in ("label", "tag"):
            continue
        if kind == "name":
            found.append(Token(match["env"], match["name"], start, position))
        elif kind == "content":
            found.append(Token("words", match["content"], start, position))
        elif kind == "number":
            found.append(Token(kind, match[kind].replace("{,}", ""), start, position))
        elif kind == "command":
            if match[kind] in SILENT:
                continue
            text = SPELLINGS.get(match[kind], match[kind])
            found.append(Token(kind if text[0] == "\\" else "mark", text, start, position))
        elif match[0] != "~":
            found.append(Token(kind, match[0], start, position))
    found.append(Token("end of equation", "", len(source), len(source)))
    return found
