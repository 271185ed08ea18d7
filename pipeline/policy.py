"""Name at the top of each page the files it needs, then forbid all that come from elsewhere.

The policy makes a promise of this site, that nothing comes from another host, one that the reader's
browser keeps. Pages hold styles, scripts and small pictures of their own. In a folder on disk not
every browser counts the files beside a page as its own, so they are allowed by their scheme.

It also shortens what a phone does before it shows a word. Chromium reads through all of a page that
has arrived, in search of files to fetch early, but stops at a policy: what follows might be
forbidden. So the files stand above it, and are fetched as early as before. (A preload of the usual
priority would count as one more stylesheet that the first words wait for.)
"""

import re
from pathlib import Path

from pipeline.errors import BuildError

POLICY = (
    '<meta http-equiv="Content-Security-Policy" content="'
    "default-src 'self' file: 'unsafe-inline'; img-src 'self' file: data:; "
    "font-src 'self' file: data:\">"
)
PRELOAD = '<link rel="preload" href="{}" as="style" fetchpriority="low">'
TOP = "</title>"
SHEET = re.compile(r'<link rel="stylesheet" href="([^"]+)">\n?')
SCRIPT = re.compile(r'<script (?:defer )?src="([^"]+)"(?: defer)?></script>\n?')


def promise(site):
    """Write files and policy into the head of each page of ``site``."""
    for page in sorted(Path(site).rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        if TOP not in text:
            raise BuildError(f"{page}: has no title, and so no place for what the page needs")
        page.write_text(promised(text), encoding="utf-8")


def promised(text):
    """A page with its files and the policy below its title."""
    head, end, body = text.partition("</head>")
    needs = [f'<link rel="stylesheet" href="{name}">' for name in SHEET.findall(head)]
    needs += [f'<script src="{name}" defer></script>' for name in SCRIPT.findall(text)]
    needs += [PRELOAD.format(name) for name in SHEET.findall(body)]
    head = SCRIPT.sub("", SHEET.sub("", head))
    head = head.replace(TOP, "\n".join([TOP, *needs, POLICY]), 1)
    return head + end + SCRIPT.sub("", body)
