"""Mark every place of a built page where a symbol stands that its front matter declares.

``typeset.mjs`` leaves the TeX of whatever may be a symbol in ``data-s``. Here the reader of the
equations says which declared symbol it is, and the symbol's number takes the place of the TeX:
``data-s="3"``, or ``data-s="3e"`` for an entry of symbol 3. The names in the code get the same
numbers, unless a shape comment, which is asserted when the snippet runs, gives them another shape.
``point-at-a-symbol.js``, which only these pages load, marks what belongs together.
"""

import ast
import html
import json
import os
import re
import sys
from collections import Counter
from pathlib import Path

from pipeline.errors import BuildError

sys.path.insert(0, "tests")

from equations.declarations import Declarations
from equations.latex.statements import read
from equations.names import canonical, in_python
from equations.page import Page
from equations.trouble import Refusal

SCRIPT = "assets/javascripts/point-at-a-symbol.js"
STYLE = "assets/stylesheets/point-at-a-symbol.css"
HINT = (
    '<p class="symbol-hint">Point at a symbol, here or anywhere on the page, and all its places '
    "are marked. <span>From the keyboard: go to a meaning below or to the number of an equation, "
    "then use the arrow keys; Enter leads to the next place.</span></p>"
)

TEX = re.compile(r' data-s="([^"]*)"')
PART = re.compile(
    r'<h(?P<level>[1-6])[^>]*? id="(?P<id>[^"]+)"'
    r"|<!--\s*equation:\s*section:\s*(?P<section>.*?)\s*-->"
    r"|(?P<table><table>\s*<thead>\s*<tr>\s*<th>symbol</th>\s*<th>meaning</th>\s*<th>shape</th>.*?"
    r"</table>)"
    r'|(?P<block><div [^>]*class="language-(?:python|pycon) highlight">.*?</pre>)'
    r"|<pre\b.*?</pre>"
    r"|<code>(?P<word>\w+)</code>"
    r'| data-s="(?P<tex>[^"]*)"',
    re.DOTALL,
)
ROW = re.compile(r"<tr>\s*<td>.*?</tr>", re.DOTALL)
NAME = re.compile(r'(?<!<span class="o">\.</span>)<span class="n"(?=>(\w+)</span>)')
OUTPUT = re.compile(r'<span class="(?:gp|go|linenos)">.*?</span>\n?', re.DOTALL)
TAG = re.compile(r"<[^>]*>")
ASSIGNMENT = re.compile(r"^\W*(\w+) = .*?#.*?(\([^()]*\))$", re.MULTILINE)
DRAWS = re.compile(r"\b(?:ax|axes|plt)\.")
LOOPS = ast.For | ast.comprehension


def mark_symbols(site, docs):
    """Mark the symbols on every page below ``site``; raise BuildError with those never used."""
    faults = []
    for page in sorted(Path(site).rglob("*.html")):
        text = page.read_bytes().decode()
        source = Path(docs) / page.relative_to(site).with_suffix(".md")
        front = Page.load(source).front_matter if source.is_file() else {}
        if front.get("symbols"):
            marked, unused = mark(text, front, os.path.relpath(site, page.parent), source)
            faults += [fault(source, *symbol) for symbol in unused]
        else:
            marked = TEX.sub("", text)
        if marked != text:
            page.write_bytes(marked.encode())
    if faults:
        raise BuildError("\n".join(faults))


def fault(source, name, meaning):
    """The line that names a symbol of a table which no equation uses."""
    declared = (
        at
        for at, line in enumerate(source.read_text(encoding="utf-8").splitlines(), 1)
        if meaning in line and name in map(spelling, line.partition(":")[0].split(","))
    )
    return (
        f"{source}:{next(declared, 1)}: {name} stands in the table of symbols, and no equation of "
        "the page uses it; take it out of the front matter"
    )


def spelling(written):
    """The canonical spelling of a name; None for what is none."""
    try:
        return canonical(written)
    except ValueError:
        return None


def mark(text, front_matter, root, source):
    """The HTML of a page with its symbols marked, and what its table lists and it never uses."""
    marker = Marker(front_matter, text, source)
    text = PART.sub(marker.part, text)
    if not marker.used:
        return text, []
    root = root.replace(os.sep, "/")
    data = json.dumps([known[1:] for known in marker.known], ensure_ascii=False)
    data = data.replace("<", "\\u003c")
    end = (
        f'<link rel="stylesheet" href="{root}/{STYLE}">'
        f'<script type="application/json" id="known-symbols">{data}</script>'
        f'<script defer src="{root}/{SCRIPT}"></script>'
    )
    head, body, tail = text.rpartition("</body>")
    unused = [known[:2] for at, known in enumerate(marker.known) if not marker.used[at]]
    return f"{head}{end}{body}{tail}", unused if marker.table_shown else []


class Marker:
    """Numbers the symbols of a page, and marks them part by part, in the order of the page."""

    def __init__(self, front_matter, text, source):
        """Number the symbols; read from the text which shape the code gives each name first."""
        self.source = source
        self.base = Declarations(front_matter)
        self.sections = front_matter.get("sections") or {}
        self.known = []
        for declared in [self.base, *map(self.base.changed, self.sections.values())]:
            for symbol in declared.symbols.values():
                if symbol.meaning and entry(symbol) not in self.known:
                    self.known.append(entry(symbol))
        blocks = [part["block"] for part in PART.finditer(text) if part["block"]]
        said = [pair for block in blocks for pair in ASSIGNMENT.findall(code_of(block))]
        self.first_shapes = dict(reversed(said))
        self.open = []
        self.scopes = {}
        self.used = Counter()
        self.table_shown = False

    def part(self, match):
        """The part of a page that was found, with its symbols marked."""
        if match["level"]:
            self.enter(int(match["level"]), match["id"])
        elif match["section"]:
            self.enter(7, match["section"])
        elif match["table"]:
            self.table_shown = True
            rows = len(ROW.findall(match[0]))
            if rows != len(self.known):
                raise BuildError(
                    f"{self.source}:1: the table of symbols has {rows} rows, and the front matter "
                    f"declares {len(self.known)} with a meaning; include the table made from it"
                )
            numbers = iter(range(len(self.known)))
            table = ROW.sub(lambda row: self.row(row[0], next(numbers)), match[0])
            return HINT + table.replace("<table>", "<table data-symbols>", 1)
        elif match["block"]:
            return self.block(match[0])
        elif match["word"]:
            number = self.scope().names.get(match["word"])
            return match[0] if number is None else match[0].replace(">", f' data-s="{number}">', 1)
        elif match["tex"] is not None:
            return self.symbol(html.unescape(match["tex"]))
        return match[0]

    def enter(self, level, name):
        """Note that a section begins, which ends those of its level and below."""
        self.open = [(other, kept) for other, kept in self.open if other < level] + [(level, name)]

    def scope(self):
        """What the letters mean in the open sections."""
        names = tuple(name for _, name in self.open if name in self.sections)
        if names not in self.scopes:
            declared = self.base
            for name in names:
                declared = declared.changed(self.sections[name])
            self.scopes[names] = Scope(declared, self.known)
        return self.scopes[names]

    def symbol(self, tex):
        """The attribute of what may be a symbol, with its number; nothing if it is none."""
        number, is_entry = self.scope().find(tex)
        if number is None:
            return ""
        self.used[number] += 1
        return f' data-s="{number}{"e" * is_entry}"'

    @staticmethod
    def row(text, number):
        """A row of the table of symbols, its first formula marked as the symbol of that number."""
        first, *others = TEX.split(text)[::2]
        return f'{first} data-s="{number}"{"".join(others)}' if others else text

    def block(self, text):
        """A block of code with the names marked that are symbols."""
        code = code_of(text)
        if DRAWS.search(code):
            return text
        said = {*ASSIGNMENT.findall(code), *self.first_shapes.items()}
        others = loops(code)
        names = {
            name: number
            for name, number in self.scope().names.items()
            if name not in others
            and all(other != name or shape == self.known[number][2] for other, shape in said)
        }
        return NAME.sub(
            lambda name: name[0] + (f' data-s="{names[name[1]]}"' if name[1] in names else ""), text
        )


class Scope:
    """The numbers of the symbols that are declared in a section, by TeX and by name in the code."""

    def __init__(self, declared, known):
        """Find each declared symbol among the known ones."""
        self.declared = declared
        self.numbers = {
            name: known.index(entry(symbol))
            for name, symbol in declared.symbols.items()
            if symbol.meaning
        }
        self.names = {in_python(name): number for name, number in self.numbers.items()}
        self.found = {}

    def find(self, tex):
        """The number of the symbol in the TeX, or None, and whether it is an entry of it."""
        if tex not in self.found:
            try:
                nodes = [node for part in read(tex, self.declared) for node in part.walk()]
            except Refusal:
                nodes = []
            nodes = [node for node in nodes if node.kind in ("symbol", "element")]
            name = nodes[0].words[0] if len(nodes) == 1 else None
            self.found[tex] = self.numbers.get(name), bool(nodes) and nodes[0].kind == "element"
        return self.found[tex]


def entry(symbol):
    """What makes a symbol of a page: its name, meaning and shape, and its name in the code."""
    shape = symbol.shape_text().strip("$")
    return symbol.name, symbol.meaning, shape, in_python(symbol.name)


def code_of(block):
    """The code of a block of HTML, without prompts and outputs."""
    return html.unescape(TAG.sub("", OUTPUT.sub("", block[block.index("<pre") :])))


def loops(code):
    """The names that a loop of the code binds: there they are one thing of many, not the symbol.

    All names, as none is sure, if the code cannot be read.
    """
    try:
        nodes = list(ast.walk(ast.parse(code)))
    except SyntaxError:
        return set(re.findall(r"\w+", code))
    targets = [node.target for node in nodes if isinstance(node, LOOPS)]
    return {
        name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)
    }
