"""Mend what Material for MkDocs leaves wrong for readers without a mouse, a screen or a light one.

Seen in version 9.8.1 with axe-core 4.14 and with the keyboard alone. This is the whole list, so
that it can go with the theme; without a mend its test in ``tests/site`` fails again.

In the HTML, here:

- the search dialog and the box that opens the navigation have no name;
- how many results there are, and that something was copied, is not said to a screen reader;
- the page that is open is told by its colour alone;
- the box that opens the navigation stands before the link that skips it;
- ``tabindex=""`` on the headings of the navigation, which lead nowhere;
- the results of the search are a stop of their own, before the first of them;
- the navigation counts as part of the main text.

In ``docs/assets/stylesheets/theme.css``:

- on a phone the navigation can be reached but not seen while it is closed, and so can its closed
  parts: it becomes one list, out of reach while closed;
- the results of a closed search, and a button back to the top, can be reached but not seen;
- the title of the navigation covers the stop below it, the header what Shift and Tab lead to, and
  the button back to the top what is read;
- several stops show no focus, or one that the dark header swallows;
- code in the dark scheme, buttons, the copy icon and the footer have too little contrast;
- links of the navigation, and those to more results, are lower than 24 px;
- a narrow phone cuts off the name of the site;
- animations stay with reduced motion; only transitions stop.

In ``docs/assets/javascripts/theme.js``:

- the keyboard finds the switch of the schemes that is not shown;
- on a phone the navigation cannot be opened or closed from the keyboard, and does not take it;
- Tab closes the search instead of going to its results, Escape leaves the focus nowhere, and on a
  phone the search has no button.

Its script, which is slow to start and scrolls smoothly with reduced motion, is loaded with the
search; ``pipeline/lazy_search.py`` and ``page.js`` say what takes its place.

Copy buttons, each in a landmark without a name, are made in ``pipeline/copying.py``.

Links told apart by colour alone are underlined in ``site.css``, which stays.
"""

import re
from pathlib import Path

MENDS = [
    ('component="search" role="dialog">', 'component="search" role="dialog" aria-label="Search">'),
    (
        '<div class="md-search__scrollwrap" tabindex="0" data',
        '<div class="md-search__scrollwrap" data',
    ),
    ('<div class="md-search-result__meta">', '<div class="md-search-result__meta" role="status">'),
    (' id="__drawer" auto', ' id="__drawer" aria-label="Navigation" auto'),
    ('<div class="md-dialog" data', '<div class="md-dialog" role="status" data'),
    ('nav__link--active">', 'nav__link--active" aria-current="page">'),
    (' tabindex="">', ">"),
    ('<main class="md-main" data', '<div class="md-main" data'),
    (
        '<div class="md-content" data-md-component="content">',
        '<div class="md-content" role="main">',
    ),
    ("</main>", "</div>"),
]
FIRST = re.compile(r'(<body\b[^>]*>)(.*?)(<div data-md-component="skip">.*?</div>)', re.DOTALL)


def mend_theme(site):
    """Mend the theme's HTML on all pages below ``site``."""
    for page in sorted(Path(site).rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        mended = mend(text)
        if mended != text:
            page.write_text(mended, encoding="utf-8")


def mend(text):
    """Return the HTML of a page with the theme's flaws mended; mended once, it stays as it is."""
    for flaw, right in MENDS:
        text = text.replace(flaw, right)
    return FIRST.sub(r"\1\3\2", text, count=1)
