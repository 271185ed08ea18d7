"""Let a page load the search index and the search worker when search is used, not before.

Material for MkDocs 9.8 fetches both on every page, about as many bytes as the page itself, and
the shim that only a folder on disk needs stands in the head of each. It has no setting for this.
So every page gets a short script before Material's own, `lazy_search.js`, which hides the search
form from Material's start and hands it a stand-in for the worker. Drop this module with the theme.
"""

import re
from pathlib import Path

from pipeline.errors import BuildError
from pipeline.inline import inline

SCRIPT = Path(__file__).with_suffix(".js")
FORM = '<form class="md-search__form" name="search">'
BUNDLE = re.compile(r'<script [^>]*src="[^"]*assets/javascripts/bundle\.')
SHIM = re.compile(r'\s*<script [^>]*src="[^"]*assets/javascripts/iframe-worker\.js"[^>]*></script>')


def script():
    """Return the script as it stands in the pages."""
    return inline(SCRIPT)


def load_search_late(site):
    """Put the script before Material's own in each page of ``site`` that has a search form.

    Raises BuildError where Material no longer looks as the script expects.
    """
    inline = f"<script>{script()}</script>"
    for page in sorted(Path(site).rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        if 'data-md-component="search"' not in text:
            continue
        late, found = BUNDLE.subn(lambda start: inline + start[0], SHIM.sub("", text))
        if FORM not in text or found != 1:
            raise BuildError(
                f"{page}: the theme's search form or script has changed; adapt {__name__}"
            )
        page.write_text(late, encoding="utf-8")
