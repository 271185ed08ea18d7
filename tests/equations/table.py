"""The table of symbols that a page shows, made from its front matter or compared with it."""

import re

from .declarations import Declarations

HEAD = "| symbol | meaning | shape |"
ROW = re.compile(r"^[ \t]*\|\s*(\$[^$]+\$)\s*\|\s*(.*?)\s*\|\s*(.*?)\s*\|[ \t]*$", re.M)


def symbol_rows(page):
    """The row of every symbol of a page that has a meaning."""
    front = page.front_matter
    base = Declarations(front)
    sections = (front.get("sections") or {}).values()
    rows = []
    for declared in [base, *(base.changed(section) for section in sections)]:
        for name, symbol in declared.symbols.items():
            row = f"| ${name}$ | {symbol.meaning} | {symbol.shape_text()} |"
            if symbol.meaning and row not in rows:
                rows.append(row)
    return rows


def symbol_table(page):
    """The symbols of a page as a Markdown table: symbol, meaning, shape."""
    return "\n".join([HEAD, "|---|---|---|", *symbol_rows(page)])


def disagreements(page):
    """The rows of a table of symbols on the page that its front matter does not have."""
    if not page.front_matter or HEAD not in page.text:
        return []
    known = set(symbol_rows(page))
    start = page.text.index(HEAD)
    end = page.text.find("\n\n", start)
    return [
        f"{page.path}:{page.place(match.start())[0]}: the front matter declares no such row"
        for match in ROW.finditer(page.text, start, end if end > 0 else len(page.text))
        if "| {} | {} | {} |".format(*match.groups()) not in known
    ]
