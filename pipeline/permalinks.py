"""Give every code block and every figure of a built page a link to itself."""

import re
from pathlib import Path

BLOCK = re.compile(r'<div id="(?P<id>[\w-]+)" class="language-\w+ highlight">')
FIGURE = re.compile(r'<figure id="(?P<id>[\w-]+)">.*?(?=\s*</figcaption>)', re.DOTALL)


def add_permalinks(site):
    """Add the links to all pages below ``site``."""
    for page in sorted(Path(site).rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        linked = BLOCK.sub(lambda block: _linked(block, "block-link", "code"), text)
        linked = FIGURE.sub(lambda figure: _linked(figure, "headerlink", "figure"), linked)
        if linked != text:
            page.write_text(linked, encoding="utf-8")


def _linked(match, style, thing):
    return f'{match[0]}<a class="{style}" href="#{match["id"]}" title="Link to this {thing}">#</a>'
