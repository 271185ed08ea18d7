"""Give each code block of the built pages its copy button, and its place among the stops of Tab.

Material makes a button when a script has measured its block; with many blocks that keeps a phone
busy, and if it waits until a block is on screen, the keyboard goes past. So the button stands in
the page, Material's own script copies (it asks for no more than `data-clipboard-target`), and its
feature `content.code.copy` is off. A block whose lines may be wider than a phone is a stop from
the start; `scroll.js` takes back those that fit. The lines lose their ids, which nothing links to.
"""

import html
import re
from itertools import count
from pathlib import Path

from pipeline.errors import BuildError

BLOCK = re.compile(r'<div [^>]*class="(?:[^"]* )?highlight[ "]')
PRE = re.compile(r"<pre>(?:<span></span>)?<code>(?P<code>.*?)</code></pre>", re.DOTALL)
LINE_ID = re.compile(r'<span id="__span-[^"]*">')
TAG = re.compile(r"<[^>]*>")
NARROW = 32  # letters of code that fit on the narrowest phone, 320 px
BUTTON = (
    '<div class="md-code__nav"><button class="md-code__button" type="button" '
    'aria-label="Copy to clipboard" data-clipboard-target="#__copied_{}" '
    'data-md-type="copy"></button></div>'
)
WIDE = ' tabindex="0" role="group" aria-label="Code, scrolls sideways"'


def add_copy_buttons(site):
    """Add the buttons to all pages below ``site``; raise BuildError for a block unlike the rest."""
    for page in sorted(Path(site).rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        numbers = count()
        done = PRE.sub(lambda pre, numbers=numbers: _with_button(pre, next(numbers)), text)
        if next(numbers) != len(BLOCK.findall(text)):
            raise BuildError(f"{page}: a code block looks unlike the others; adapt {__name__}")
        if done != text:
            page.write_text(done, encoding="utf-8")


def _with_button(pre, number):
    """Return the code of a block with its button in front; of an output, without one."""
    lines = html.unescape(TAG.sub("", pre["code"])).split("\n")
    wide = WIDE if max(map(len, lines)) > NARROW else ""
    box = pre.string[pre.string.rfind("<div ", 0, pre.start()) : pre.start()]
    button = "" if "no-copy" in box else BUTTON.format(number)
    code = LINE_ID.sub("<span>", pre["code"])
    return f'<pre><span></span>{button}<code id="__copied_{number}"{wide}>{code}</code></pre>'
