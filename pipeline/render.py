"""Tell the browser how tall the parts of a page are, so that it lays out what is on screen first.

A page with two hundred equations takes a phone a second to lay out, most of it for what the reader
does not see yet. With a height to go by, the browser leaves that for later, as `render.css` asks it
to, and the page keeps its length. The heights are near enough: what a reader comes near is laid out
and then keeps its true one. The beginning of a page, which is on screen at once, is left alone; on
a desk that is more than on a phone, which is slower. There, even that is not laid out in one frame,
but part by part: `render.js`.
"""

import math
import re
from pathlib import Path

from pipeline.inline import inline

SCRIPT = Path(__file__).with_suffix(".js")
ARTICLE = re.compile(r"<article\b.*?</article>", re.DOTALL)
PART = re.compile(
    r"(?P<tag><p)>(?P<words>.*?)</p>"
    r'|(?P<tag2><div class="equation" id="[^"]*")>(?P<math>.*?)</mjx-math>'
    r'|(?P<tag3><div (?:id="[^"]*" )?class="language-[^"]*highlight[^"]*")>(?P<code>.*?)</pre>'
    r"|(?P<other><figure\b.*?</figure>|<table\b.*?</table>|<h[123]\b.*?</h[123]>)",
    re.DOTALL,
)
SPOKEN = re.compile(r"<mjx-assistive-mml\b.*?</mjx-assistive-mml>|<[^>]+>", re.DOTALL)
ROW = re.compile(r'<mjx-mtr style="height: ([\d.]+)em')
NARROW, WIDE = 44, 86  # letters a line, on a phone and on a desk
# In em, as far as the windows of readers reach: what is above is laid out at once.
FIRST_NARROW, FIRST_WIDE = 90, 120
LINE, CODE_LINE, MARGIN = 1.6, 1.19, 1
FIGURE, TABLE_ROW, HEADING = 20, 2.5, 4


def script():
    """Return the script as it stands in the pages."""
    return inline(SCRIPT)


def reckon_heights(site):
    """Write the heights into all pages below ``site``, and the script that goes by them."""
    for page in sorted(Path(site).rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        reckoned = ARTICLE.sub(_reckoned, text, count=1)
        reckoned = reckoned.replace("</head>", f"<script>{script()}</script></head>", 1)
        if reckoned != text:
            page.write_text(reckoned, encoding="utf-8")


def _reckoned(article):
    """Add the heights to an article, from where no window reaches at once."""
    above = [0, 0]

    def add(part):
        heights = _heights(part)
        later = above[0] > FIRST_NARROW
        later_on_a_desk = later and above[1] > FIRST_WIDE
        for place, height in enumerate(heights):
            above[place] += height + MARGIN
        tag = part["tag"] or part["tag2"] or part["tag3"]
        if not later or not tag:
            return part[0]
        narrow, wide = (f"{height:.4g}em" for height in heights)
        style = f"--tall:{narrow}" + (f";--wide:{wide}" if later_on_a_desk else "")
        return f'{tag} style="{style}"{part[0][len(tag) :]}'

    return PART.sub(add, article[0])


def _heights(part):
    """Return the height of a part of a page on a phone and on a desk, in em."""
    if part["words"] is not None:
        letters = len(SPOKEN.sub("", part["words"]))
        return [max(1, math.ceil(letters / width)) * LINE for width in (NARROW, WIDE)]
    if part["code"] is not None:
        title = 1.48 if "filename" in part["code"] else 0
        return [CODE_LINE * part["code"].count("\n") + 1.3 + title] * 2
    if part["math"] is not None:
        rows = sum(map(float, ROW.findall(part["math"])))
        return [1.12 * rows + 1.1 if rows else 3.6 if "<mjx-mfrac" in part["math"] else 2.45] * 2
    if part["other"].startswith("<figure"):
        return [FIGURE / 2, FIGURE]
    rows = part["other"].count("<tr")
    return [TABLE_ROW * rows or HEADING] * 2
