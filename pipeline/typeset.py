"""The equations of the built site, typeset in place by MathJax."""

import functools
import html
import os
import re
import sys
from collections import Counter, namedtuple
from pathlib import Path

from pipeline.errors import BuildError
from pipeline.fonts import FONTS, with_fonts
from pipeline.node import ask

STYLESHEET = "assets/stylesheets/math.css"

# What pymdownx.arithmatex leaves on a page with `generic: true`.
ARITHMATEX = re.compile(
    r'<(span|div) class="arithmatex">\s*(\\\(|\\\[)(.*?)(?:\\\)|\\\])\s*</\1>', re.DOTALL
)
TYPESET = '<mjx-container class="MathJax"'
LABEL = re.compile(r"\s*\\label\{([^{}]*)\}")
REFERENCE = re.compile(r"\\eqref\{([^{}]*)\}")
REFUSED = {
    r"\\(?:tag|notag|nonumber)\b": "every display gets its number by itself; leave it out",
    r"\\(?:eq)?ref\b": r"a reference stands alone in a sentence, as $\eqref{NAME}$",
    r"\\(?:(?:re|provide)?newcommand|newenvironment|def|gdef|let)\b": "write it without a macro",
}
CODE = re.compile(r"<(pre|code|script|style)\b.*?</\1>", re.DOTALL)
LEFT = re.compile(r"\\\([^<>]*?\\\)|\\\[[^<>]*?\\\]")

Page = namedtuple("Page", "path text equations displays")
"""A built page: file, HTML, every (TeX, is display, labels), and the displays as Equations."""

# What a reader must see without pointing at anything.
SHOWN = ("not machine-checked", "false on purpose")
# What a tick would praise for nothing.
UNTICKED = (*SHOWN, "names a quantity")

Equation = namedtuple("Equation", "number id tex")
"""A display equation: its number and id on the page, its TeX without the label."""


def typeset(site, docs, marks=None):
    """Typeset every equation under `site`; its displays as {"path.md": [Equation, …]}.

    `marks` holds, by the same path, how each display of a page was checked, in page order; a text
    that begins as in `SHOWN` is shown, the others stand behind a tick.
    Raises BuildError with a line for each equation that cannot be typeset, labelled or referred
    to, if a page is typeset already, and if Node.js, MathJax or a glyph is missing.
    """
    site, docs, marks = Path(site), Path(docs), marks or {}
    pages = {}
    for path in sorted(site.rglob("*.html")):
        text = path.read_bytes().decode()
        if equations := [read(match) for match in ARITHMATEX.finditer(text)]:
            name = path.relative_to(site).with_suffix(".md").as_posix()
            pages[name] = Page(path, text, equations, numbered(equations))
        elif TYPESET in text:
            raise BuildError(f"{path}: typeset already; generate the site again, then typeset it")
    if not pages:
        return {}

    distinct = {
        (tex, shown)
        for page in pages.values()
        for tex, shown, _ in page.equations
        if shown or not REFERENCE.fullmatch(tex)
    }
    rendered, stylesheet = render(frozenset(distinct))

    faults = [
        fault
        for name, page in pages.items()
        for fault in page_faults(docs / name, page, rendered, marks.get(name))
    ]
    if faults:
        raise BuildError("\n".join(faults))

    results = {}
    for name, page in pages.items():
        parts = blocks(page, rendered, marks.get(name))
        text = ARITHMATEX.sub(lambda _, parts=parts: next(parts), page.text)
        if left := LEFT.search(CODE.sub("", text)):
            raise BuildError(
                f"{docs / name}: {left[0]} stays TeX; if it is in a heading, "
                'name that for the contents: { data-toc-label="…" }'
            )
        href = os.path.relpath(site / STYLESHEET, page.path.parent).replace(os.sep, "/")
        link = f'<link rel="stylesheet" href="{href}">'
        results[page.path] = text.replace("</head>", f"{link}</head>", 1)
    results[site / STYLESHEET] = stylesheet
    for path, text in results.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return {name: page.displays for name, page in pages.items()}


def read(match):
    """TeX without labels, whether it is a display, and the labels, of one arithmatex element."""
    tex = html.unescape(match[3])
    return LABEL.sub("", tex).strip(), match[2] == r"\[", LABEL.findall(tex)


def numbered(equations):
    """The displays among the equations of a page, in page order."""
    displays = [(tex, labels) for tex, shown, labels in equations if shown]
    return [
        Equation(number, f"eq-{labels[0] if labels else number}", tex)
        for number, (tex, labels) in enumerate(displays, start=1)
    ]


def page_faults(path, page, rendered, notes):
    """A line for each fault of the equations of a page, with file and line."""
    faults = []
    ids = Counter(equation.id for equation in page.displays)
    for (tex, shown, labels), where in zip(page.equations, locate(path, page.equations)):
        if (tex, shown) not in rendered:
            name = REFERENCE.fullmatch(tex)[1]
            if f"eq-{name}" not in ids:
                faults.append(f"{where}: no equation is labelled {name}; correct the reference")
            continue
        for pattern, advice in REFUSED.items():
            if refused := re.search(pattern, tex):
                faults.append(f"{where}: {refused[0]} in an equation: {advice}")
        if "error" in rendered[tex, shown]:
            reason = rendered[tex, shown]["error"]
            line = " ".join(tex.split())
            faults.append(f"{where}: equation cannot be typeset: {reason}; correct the TeX: {line}")
        if len(labels) > shown:
            faults.append(f"{where}: a display has one label, an equation in a sentence none")
        for label in labels:
            if not re.fullmatch(r"[a-z][\w-]*", label):
                faults.append(f"{where}: label {label}: use small letters, digits and hyphens")
            elif ids[f"eq-{label}"] > 1:
                faults.append(f"{where}: label {label} is used twice on this page; rename one")
    if notes is not None and len(notes) != len(page.displays):
        faults.append(f"{path}: {len(notes)} marks for {len(page.displays)} display equations")
    return faults


def locate(path, equations):
    """Where each equation of a page begins in its Markdown, as file:line.

    Spaces, indents and labels are passed over; an equation from another file gives the page alone.
    """
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    chars = [
        (char, number)
        for number, line in enumerate(lines, start=1)
        for char in LABEL.sub("", re.sub(r"^[\s>]+", "", line))
        if not char.isspace()
    ]
    text = "".join(char for char, _ in chars)
    position = 0
    for tex, _, _ in equations:
        body = re.escape("".join(tex.split()))
        # An environment may stand without delimiters.
        pattern = re.compile(
            rf"(?<=[$(\[]){body}(?=[$\\])" + rf"|{body}" * tex.startswith(r"\begin")
        )
        if found := pattern.search(text, position) or pattern.search(text):
            position = found.end()
            yield f"{path}:{chars[found.start()][1]}"
        else:
            yield str(path)


def blocks(page, rendered, notes):
    """The HTML of each equation of a page, in page order."""
    numbers = {equation.id: equation.number for equation in page.displays}
    displays, notes = iter(page.displays), iter(notes or [])
    for tex, shown, _ in page.equations:
        if shown:
            yield display(rendered[tex, shown]["html"], next(displays), next(notes, ""))
        elif reference := REFERENCE.fullmatch(tex):
            target = f"eq-{reference[1]}"
            yield f'<a href="#{target}">({numbers[target]})</a>'
        else:
            yield rendered[tex, shown]["html"]


def display(math, equation, note):
    """A display that can be linked to, scrolls in its own box and says how it was checked."""
    tick = title = check = ""
    if note:
        shown = note.startswith(SHOWN)
        kind = "equation-check equation-unchecked" if shown else "equation-check"
        note = html.escape(note)
        check = f'<div class="{kind}" id="{equation.id}-check">{note}</div>'
        title = f' title="{note}" aria-describedby="{equation.id}-check"'
        if not note.startswith(UNTICKED):
            tick = '<span class="equation-tick" aria-hidden="true">✓</span>'
    return (
        f'<div class="equation" id="{equation.id}"><div class="equation-box">{math}'
        f'<a class="equation-number" href="#{equation.id}"'
        f' aria-label="Equation {equation.number}"{title}>{tick}({equation.number})</a></div>'
        f"{check}</div>"
    )


@functools.lru_cache(maxsize=2)
def render(equations):
    """MathJax's {equation: {"html"} or {"error"}} and the one stylesheet for all of them.

    Raises BuildError if Node.js or MathJax is missing or stops.
    """
    if not FONTS.is_dir():
        raise BuildError("MathJax is missing from node_modules; run nox -s docs, or npm install")
    equations = sorted(equations)
    answer = ask("typeset.mjs", {"equations": equations}, "mathjax")
    return dict(zip(equations, answer["equations"])), with_fonts(answer["css"], answer["glyphs"])


if __name__ == "__main__":
    try:
        made = typeset(sys.argv[1] if len(sys.argv) > 1 else "site", "docs")
    except BuildError as error:
        sys.exit(str(error))
    print(f"{sum(map(len, made.values()))} displays on {len(made)} pages with equations")
