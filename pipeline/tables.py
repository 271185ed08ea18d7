"""Name the rows of a table whose first heading is empty, and let a wide table scroll by itself.

Such a table, which Markdown has no words for, has the names of its rows in the first column; a
screen reader says them with each cell. An empty heading itself names nothing and becomes a cell.
Material's script would put each table into a box that scrolls; here it stands in one.
"""

import re
from pathlib import Path

TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)
EMPTY = re.compile(r"<th\b([^>]*)>\s*</th>")
CORNER = re.compile(r"<table>\s*<thead>\s*<tr>\s*<th\b[^>]*>\s*</th>")
BOX = '<div class="md-typeset__scrollwrap"><div class="md-typeset__table">{}</div></div>'
NAME = re.compile(r"(<tr>\s*)<td\b([^>]*)>(.*?)</td>", re.DOTALL)


def name_rows(site):
    """Mend the tables of all pages below ``site``."""
    for page in sorted(Path(site).rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        mended = TABLE.sub(_mended, text)
        if mended != text:
            page.write_text(mended, encoding="utf-8")


def _mended(found):
    head, end, body = found[0].partition("</thead>")
    if CORNER.match(head):
        body = NAME.sub(r'\1<th scope="row"\2>\3</th>', body)
    return BOX.format(EMPTY.sub(r"<td\1></td>", head) + end + body)
