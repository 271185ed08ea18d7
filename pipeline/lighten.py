"""Bring the finished pages to the reader in fewer and smaller files.

The stylesheets that every page has become one, without the theme's rules that no page can use, and
so do the scripts that every page fetches; the figures lose what nobody sees; no script keeps a page
from being shown; a link that is a sign has a name and no tooltip. Our own rules stay as they are: a
rule that only a script brings to use looks unused. What the dark scheme changes is kept in a second
sheet, which the browser asks for where no script runs and the system is dark. All of it works on
what the generator wrote, and goes with the theme.
"""

import hashlib
import re
from pathlib import Path

from pipeline.errors import BuildError
from pipeline.node import ask

STYLES, SCRIPTS = "assets/stylesheets", "assets/javascripts"
HEAD = re.compile(r"<head>.*?</head>", re.DOTALL)
LINK = re.compile(
    rf'[ \t]*<link rel="stylesheet" href="(?P<to>[^"]*?){STYLES}/(?P<name>[^"/]+\.css)">\n?'
)
DEFERRED = re.compile(
    rf'<script src="(?P<to>[^"]*?){SCRIPTS}/(?P<name>[^"/]+\.js)" defer></script>\n?'
)
THEME = re.compile(r"\.[0-9a-f]{8}\.min\.css$")
ONE_SHEET = (
    f'<link rel="stylesheet" href="{{0}}{STYLES}/{{1}}">\n'
    f'<noscript><link rel="stylesheet" href="{{0}}{STYLES}/{{2}}"'
    ' media="(prefers-color-scheme: dark)"></noscript>'
)
ONE_SCRIPT = f'<script src="{{0}}{SCRIPTS}/{{1}}" defer></script>\n'
SCRIPT = re.compile(r'<script src="[^"]+"></script>')
SIGN = re.compile(r'<a class="(?:headerlink|block-link)"[^>]*>')
INDENT = re.compile(r"(<pre\b.*?</pre>|<script\b.*?</script>)|\n\s+", re.DOTALL)
TITLE = re.compile(r' title="([^"]*)"')


def lighten(site):
    """Lighten every page below ``site``, its styles and its figures."""
    site = Path(site)
    pages = sorted(site.rglob("*.html"))
    texts = {page: page.read_text(encoding="utf-8") for page in pages}
    names, deferred = shared(texts, LINK), shared(texts, DEFERRED)
    figures = sorted((site / "figures").rglob("*.svg"))
    sheets, scripts = _take(site / STYLES, names), _take(site / SCRIPTS, deferred)
    answer = ask(
        "lighten.mjs",
        {
            "theme": "\n".join(sheets[name] for name in names if THEME.search(name)),
            "own": "\n".join(sheets[name] for name in names if not THEME.search(name)),
            "pages": [str(page) for page in pages],
            "scripts": [str(path) for path in sorted((site / "assets").rglob("*.js"))],
            "figures": [str(path) for path in figures],
        },
        "purgecss",
    )
    for path, text in zip(figures, answer["figures"]):
        path.write_text(text, encoding="utf-8")
    merged = _write(site / STYLES / "all.css", answer["styles"])
    dark = _write(site / STYLES / "dark.css", answer["dark"])
    script = _write(site / SCRIPTS / "all.js", ";\n".join(scripts.values()))
    for page, text in texts.items():
        text = _replace(LINK, names, text, ONE_SHEET, merged, dark)
        text = _replace(DEFERRED, deferred, text, ONE_SCRIPT, script)
        text = SIGN.sub(_quiet, text)
        text = INDENT.sub(lambda found: found[1] or "\n", _scripts_last(text))
        page.write_text(text, encoding="utf-8")


def shared(texts, tag):
    """Return the names of the files that such a tag of every page asks for; ``texts`` by page.

    In order; raises BuildError if two pages have them in different order.
    """
    asked = [[found["name"] for found in tag.finditer(text)] for text in texts.values()]
    common = set(asked[0]).intersection(*asked)
    orders = {
        tuple(name for name in names if name in common): page for page, names in zip(texts, asked)
    }
    if len(orders) > 1:
        first, second = list(orders.values())[:2]
        raise BuildError(
            f"{first} and {second} have the same stylesheets or scripts in different order"
        )
    return list(*orders)


def _take(folder, names):
    """Return the texts of the files, by name, and remove the files and their maps."""
    texts = {name: (folder / name).read_text(encoding="utf-8") for name in names}
    for name in names:
        (folder / name).unlink()
        (folder / f"{name}.map").unlink(missing_ok=True)
    return texts


def _write(path, text):
    """Write the text beside ``path``, under a name that changes with it; return the name."""
    mark = hashlib.sha256(text.encode()).hexdigest()[:8]
    name = f"{path.stem}.{mark}{path.suffix}"
    path.with_name(name).write_text(text, encoding="utf-8")
    return name


def _replace(tag, names, text, new, *made):
    """Replace such tags that ask for ``names`` by a new one for what was made of them."""
    found = [each for each in tag.finditer(text) if each["name"] in names]
    for each in reversed(found):
        instead = new.format(each["to"], *made) if each is found[-1] else ""
        text = text[: each.start()] + instead + text[each.end() :]
    return text


def _head(text):
    return HEAD.search(text)[0]


def _quiet(link):
    """Turn the title of a link into its name; each title takes the theme's script a while."""
    return TITLE.sub(r' aria-label="\1"', link[0])


def _scripts_last(text):
    """Move what the head would fetch and run before the page is shown before the other scripts."""
    head = _head(text)
    blocking = SCRIPT.findall(head)
    if not blocking:
        return text
    body = text.replace(head, SCRIPT.sub("", head), 1)
    if not (first := SCRIPT.search(body)):
        raise BuildError(f"{blocking[0]} stands in the head, and no script at the end of the page")
    return body[: first.start()] + "\n".join(blocking) + "\n" + body[first.start() :]
