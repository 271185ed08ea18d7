"""Write at the head of each page where it comes from; only its print shows that line."""

import html
import re
from pathlib import Path

from pipeline import navigation

ARTICLE = re.compile(r'<article class="md-content__inner[^>]*>')


def name_prints(site, address):
    """Name the site and the address on every page below ``site``; without one, the file."""
    name, _, _ = navigation.read()
    for page in sorted(Path(site).rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        place = html.escape(address + page.relative_to(site).as_posix())
        line = f'<p class="handout" aria-hidden="true">{html.escape(name)} · {place}</p>'
        text = ARTICLE.sub(lambda found, line=line: found[0] + line, text, count=1)
        page.write_text(text, encoding="utf-8")
