"""The formulas of a Markdown page, where they stand, and what its author says about them."""

import bisect
import re

import yaml

FRONT_MATTER = re.compile(r"---\n(.*?\n)---[ \t]*\n", re.S)
FENCE = re.compile(
    r"^(?P<indent>[ \t]*)(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t]*(?P=fence)[`~]*[ \t]*$|\Z)",
    re.S | re.M,
)
INLINE_CODE = re.compile(r"(?<!`)(?P<ticks>`+)(?!`)(?:(?!\n\s*\n).)+?(?<!`)(?P=ticks)(?!`)", re.S)
COMMENT = re.compile(r"<!--.*?-->", re.S)
DIRECTIVE = re.compile(r"<!--\s*equation:\s*(?P<word>[a-z]+)\s*:?\s*(?P<rest>.*?)\s*-->", re.S)
HEADING = re.compile(
    r"^(?P<level>#{1,6})\s+(?P<title>.+?)\s*(?:\{[^}#]*#(?P<id>[\w-]+)[^}]*\})?\s*$", re.M
)
FORMULA = re.compile(
    r"(?<!\\)\$\$(?P<dollars>.+?)(?<!\\)\$\$"
    r"|(?<!\\)\\\[(?P<square>.+?)\\\]"
    r"|(?P<environment>\\begin\{(?P<name>align\*?|gather\*?|equation\*?)\}.+?\\end\{(?P=name)\})"
    r"|(?<![\\$])\$(?P<dollar>(?!\s)(?:\\.|[^\\$\n]|\n(?!\s*\n))+?(?<!\s))\$(?!\d)"
    r"|(?<!\\)\\\((?P<round>.+?)\\\)",
    re.S,
)
DIRECTIVES = (
    *("unchecked", "false", "setting", "total", "direct", "example", "with"),
    "section",
)


class PageError(Exception):
    """Something about a page that stops its formulas from being read, with its line."""

    def __init__(self, message, line=1):
        super().__init__(message)
        self.message = message
        self.line = line


class Formula:
    """One formula: its source, its place, its section and the directives above it."""

    def __init__(self, page, tex, start, display):
        self.page = page
        self.tex = tex
        self.start = start
        self.display = display
        self.directives = {}
        self.sections = ()
        self.line, self.column = page.place(start + len(tex) - len(tex.lstrip()))

    def place(self, offset):
        """The line and column, both from 1, of an offset into the source of the formula."""
        return self.page.place(self.start + (offset or 0))

    def within(self, tex):
        """The same formula with another source, at the same place."""
        other = Formula(self.page, tex, self.start, self.display)
        other.directives, other.sections = self.directives, self.sections
        return other


class Page:
    """A page: its path, its front matter (`equations`) and its formulas in order."""

    def __init__(self, path, text):
        self.path = path
        self.text = text
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self.front_matter = self.read_front_matter()
        self.formulas = list(self.find())

    @classmethod
    def load(cls, path):
        """The page in a file."""
        return cls(path, path.read_text(encoding="utf-8"))

    @property
    def displays(self):
        """The display equations, in order."""
        return [formula for formula in self.formulas if formula.display]

    def place(self, offset):
        """Line and column, from 1, of an offset into the text."""
        line = bisect.bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def read_front_matter(self):
        """What stands under `equations` in the front matter; {} if nothing does."""
        match = FRONT_MATTER.match(self.text)
        if match is None:
            return {}
        try:
            return (yaml.safe_load(match[1]) or {}).get("equations") or {}
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            raise PageError(
                f"the front matter is not YAML: {getattr(error, 'problem', error)}",
                mark.line + 2 if mark else 1,
            ) from None

    def find(self):
        """Every formula outside code and comments, with sections and directives noted."""
        text = self.text
        if match := FRONT_MATTER.match(text):
            text = blanked(text, match.span())
        for pattern in (FENCE, INLINE_CODE):
            for match in pattern.finditer(text):
                text = blanked(text, match.span())
        comments = list(COMMENT.finditer(text))
        for match in comments:
            text = blanked(text, match.span())
        directives = [found for match in comments if (found := self.directive(match))]
        marks = [
            (match.start(), len(match["level"]), match["id"] or slug(match["title"]))
            for match in HEADING.finditer(text)
        ]
        marks += [(start, 7, rest) for start, _, word, rest in directives if word == "section"]
        marks.sort()
        waiting = [directive for directive in directives if directive[2] != "section"]
        for match in FORMULA.finditer(text):
            kind = match.lastgroup if match.lastgroup != "name" else "environment"
            formula = Formula(
                self,
                self.text[slice(*match.span(kind))],
                match.start(kind),
                kind not in ("dollar", "round"),
            )
            formula.sections = open_sections(marks, match.start())
            self.attach(formula, match, waiting, text)
            yield formula
        if waiting:
            raise PageError("no equation follows this directive", self.place(waiting[0][0])[0])

    def directive(self, match):
        """Start, end, word and text of a comment `<!-- equation: … -->`; None for another."""
        if not re.match(r"<!--\s*equations?\b", match[0]):
            return None
        found = DIRECTIVE.fullmatch(match[0])
        line = self.place(match.start())[0]
        if found is None or found["word"] not in DIRECTIVES:
            raise PageError(f"unknown directive; known: {', '.join(DIRECTIVES)}", line)
        if found["word"] in ("unchecked", "false", "section") and not found["rest"]:
            raise PageError(f"write a reason or a name behind {found['word']}:", line)
        return match.start(), match.end(), found["word"], " ".join(found["rest"].split())

    def attach(self, formula, match, waiting, text):
        """Give a formula the directives directly above it, or, in a line, directly behind it."""
        for directive in list(waiting):
            start, end, word, rest = directive
            above = end <= match.start() and not text[end : match.start()].strip()
            behind = not formula.display and start == match.end()
            if (above and formula.display) or behind:
                formula.directives[word] = rest
                waiting.remove(directive)


def open_sections(marks, offset):
    """The ids of the headings that an offset stands under, the outermost first."""
    stack = []
    for start, level, name in marks:
        if start > offset:
            break
        while stack and stack[-1][0] >= level:
            stack.pop()
        stack.append((level, name))
    return tuple(name for _, name in stack)


def blanked(text, span):
    """The text with a span replaced by blanks, its line breaks kept."""
    start, end = span
    return text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]


def slug(title):
    """The id that Markdown's table of contents gives to a heading."""
    plain = re.sub(r"[^\w\s-]", "", title).strip().lower()
    return re.sub(r"[-\s]+", "-", plain)
