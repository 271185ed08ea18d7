"""Give code blocks and figures of a built page a link to themselves, and figures one to their code.

Each of these links, and those of the headings, says where it leads: a list of the links of a page
is of no use to a screen reader if all have one name.

The code of a figure ends with the block whose ``savefig`` names its file, and begins with the first
of the blocks right above. In a lab, which shows a figure below the cell that draws it, it is the
last cell above.
"""

import html
import re
from pathlib import Path

from pipeline.errors import BuildError

BLOCK = re.compile(r'<div id="(?P<id>[\w-]+)" class="language-\w+[^"]*\bhighlight">')
CELL = re.compile(r'<div (?:id="(?P<id>[\w-]+)" )?class="language-python[^"]*\bhighlight">')
FIGURE = re.compile(r'<figure id="(?P<id>[\w-]+)">.*?(?=\s*</figcaption>)', re.DOTALL)
DRAWN = re.compile(r'\bsrc="(?P<src>[^"]*figures/(?:[^"]*/)?(?P<name>[^"/]+\.svg))"')
HEADING = re.compile(
    r'(?P<start><h[1-6] id="[^"]*">(?P<words>(?:(?!</h[1-6]>).)*)'
    r'<a class="headerlink" href="[^"]*" title="Link to this section)"',
    re.DOTALL,
)
TAG = re.compile(r"<[^>]*>")


def add_permalinks(site):
    """Add the links to all pages below ``site``; raise BuildError for a figure without its code."""
    for page in sorted(Path(site).rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        blocks = [(block.start(), block["id"]) for block in BLOCK.finditer(text)]
        linked = FIGURE.sub(
            lambda figure, page=page, text=text, blocks=blocks: (
                figure[0] + _code_link(figure, page, text, blocks) + _link(figure, "figure")
            ),
            text,
        )
        linked = BLOCK.sub(lambda block: block[0] + _link(block, "code"), linked)
        linked = HEADING.sub(_named, linked)
        if linked != text:
            page.write_text(linked, encoding="utf-8")


def _link(match, thing):
    style = {"code": "block-link", "figure": "headerlink"}[thing]
    title = f"Link to this {thing}: {match['id'].removeprefix('figure-')}"
    return f'<a class="{style}" href="#{match["id"]}" title="{title}">#</a>'


def _named(heading):
    """Return the beginning of a heading, its words in the title of its link."""
    words = TAG.sub("", heading["words"]).replace('"', "&quot;")
    return f'{heading["start"]}: {words}"'


def _code_link(figure, page, text, blocks):
    """Return the link to the block that draws the figure; nothing for what is not drawn here."""
    if not (drawn := DRAWN.search(figure[0])):
        return ""
    if "figures/labs/" in drawn["src"]:
        cells = [cell["id"] for cell in CELL.finditer(text, 0, figure.start())]
        code = [name for name in cells[-1:] if name]
        where = "draw it in a cell above and give the cell a name, as in ``` { .python #draw }"
    else:
        call = f'savefig("{drawn["name"]}")'
        calls = [at for at, (start, _) in enumerate(blocks) if call in _words(text, start)]
        code = [_first(text, blocks, at) for at in calls[:1]]
        where = f"show the section that ends in {call}, and give its block a name"
    if not code:
        raise BuildError(
            f"{page}: no block of the page shows how {drawn['name']} is drawn; {where}"
        )
    return f' <a class="figure-code" href="#{code[0]}">Its code</a>'


def _first(text, blocks, at):
    """Return the name of the first block that leads to that one, with nothing else between."""
    while at:
        (start, _), (after, _) = blocks[at - 1 : at + 1]
        between = text[text.index("</pre>", start) : after].split()
        if between != ["</pre></div>"] or "savefig(" in _words(text, start):
            break
        at -= 1
    return blocks[at][1]


def _words(text, start):
    """Return what a reader sees of the block that starts there."""
    return html.unescape(TAG.sub("", text[start : text.index("</pre>", start)]))
