"""Let a page load the theme's script, the search index and its worker when search is used.

Material for MkDocs 9.8 brings all three to every page, more bytes than the page itself, and its
script keeps a phone busy for more than a tenth of a second. What a page needs of it besides the
search is done by `page.js`, and its components but the search go without the names by which it
would find them. `lazy_search.js` loads it when search is opened. Drop this module with the theme.
"""

import re
from pathlib import Path

from pipeline.errors import BuildError
from pipeline.inline import inline

SCRIPT = Path(__file__).with_suffix(".js")
FORM = '<form class="md-search__form" name="search">'
BUNDLE = re.compile(r'<script src="[^"]*(assets/javascripts/bundle\.[^"]*)"></script>')
SHIM = re.compile(r'\s*<script [^>]*src="[^"]*assets/javascripts/iframe-worker\.js"[^>]*></script>')
DONE_HERE = re.compile(
    r' data-md-component="(?:announce|content|header-title|header-topic|palette|sidebar|toc|top)"'
)
# As early as can be: the navigation has another form without scripts.
HEAD, SCRIPTED = (
    "<head>",
    '<head><script>document.documentElement.classList.replace("no-js","js")</script>',
)


def script():
    """Return the script as it stands in the pages."""
    return inline(SCRIPT)


def load_search_late(site):
    """Put the script in the place of Material's own on each page of ``site`` with a search form.

    Raises BuildError where Material no longer looks as the script expects.
    """
    late = f"<script>{script()}</script>"
    for page in sorted(Path(site).rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        if 'data-md-component="search"' not in text:
            continue
        bundles = BUNDLE.findall(text)
        if FORM not in text or len(bundles) != 1:
            raise BuildError(
                f"{page}: the theme's search form or script has changed; adapt {__name__}"
            )
        text = BUNDLE.sub(lambda _: late, DONE_HERE.sub("", SHIM.sub("", text)))
        text = text.replace(FORM, f'{FORM[:-1]} data-script="{bundles[0]}">')
        page.write_text(text.replace(HEAD, SCRIPTED, 1), encoding="utf-8")
