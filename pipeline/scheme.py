"""Show a page in the reader's scheme from the first paint on.

Material for MkDocs 9.8 finds the system's scheme in its own script, long after the first words are
shown, so the dark scheme begins with a flash of light; it then restyles the whole page four times,
and takes the first visit for a choice. So the script in the header that only repeats what is stored
becomes `scheme.js`, which does all of it; Material's finds no switch. Drop this module with the
theme.
"""

import re
from pathlib import Path

from pipeline.errors import BuildError
from pipeline.inline import inline

SCRIPT = Path(__file__).with_suffix(".js")
FORM = '<form class="md-header__option"'
STORED = re.compile(r'<script>var palette=__md_get\("__palette"\).*?</script>', re.DOTALL)


def script():
    """Return the script as it stands in the pages."""
    return inline(SCRIPT)


def show_scheme_early(site):
    """Put the script into each page of ``site`` that has a switch.

    Raises BuildError where Material no longer looks as the script expects.
    """
    early = f"<script>{script()}</script>"
    for page in sorted(Path(site).rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        if FORM not in text:
            continue
        text, stored = STORED.subn(lambda _: early, text)
        if stored != 1:
            raise BuildError(f"{page}: the theme's switch has changed; adapt {__name__}")
        text = text.replace("</head>", '<meta name="theme-color" content="#0f4c5c"></head>', 1)
        page.write_text(text, encoding="utf-8")
