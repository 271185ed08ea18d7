"""Bring the finished pages to the reader in fewer and smaller files.

The stylesheets that every page has become one, without the theme's rules that no page can use; the
figures lose what nobody sees; no script keeps a page from being shown; a link that is a sign has a
name and no tooltip. Our own rules stay as they are: a rule that only a script brings to use
looks unused. What the dark scheme changes is kept in a second sheet, which the browser asks for
where no script runs and the system is dark. All of it works on what the generator wrote, and goes
with the theme.
"""

import hashlib
import re
from pathlib import Path

from pipeline.errors import BuildError
from pipeline.node import ask

STYLES = "assets/stylesheets"
HEAD = re.compile(r"<head>.*?</head>", re.DOTALL)
LINK = re.compile(
    rf'[ \t]*<link rel="stylesheet" href="(?P<to>[^"]*?){STYLES}/(?P<name>[^"/]+\.css)">\n?'
)
THEME = re.compile(r"\.[0-9a-f]{8}\.min\.css$")
UNSCRIPTED = (
    '<noscript><link rel="stylesheet" href="{}" media="(prefers-color-scheme: dark)"></noscript>'
)
SCRIPT = re.compile(r'<script src="[^"]+"></script>')
SIGN = re.compile(r'<a class="(?:headerlink|block-link)"[^>]*>')
INDENT = re.compile(r"(<pre\b.*?</pre>|<script\b.*?</script>)|\n\s+", re.DOTALL)
TITLE = re.compile(r' title="([^"]*)"')


def lighten(site):
    """Lighten every page below ``site``, its styles and its figures."""
    site = Path(site)
    pages = sorted(site.rglob("*.html"))
    texts = {page: page.read_text(encoding="utf-8") for page in pages}
    names = shared(texts)
    figures = sorted((site / "figures").rglob("*.svg"))
    folder = site / STYLES
    sheets = {name: (folder / name).read_text(encoding="utf-8") for name in names}
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
    made = {kind: answer[kind].encode() for kind in ("styles", "dark")}
    merged, dark = (
        f"{stem}.{hashlib.sha256(made[kind]).hexdigest()[:8]}.css"
        for stem, kind in (("all", "styles"), ("dark", "dark"))
    )
    for page, text in texts.items():
        text = SIGN.sub(_quiet, _with_one_sheet(text, names, merged, dark))
        text = INDENT.sub(lambda found: found[1] or "\n", _scripts_last(text))
        page.write_text(text, encoding="utf-8")
    for name in names:
        (folder / name).unlink()
        (folder / f"{name}.map").unlink(missing_ok=True)
    (folder / merged).write_bytes(made["styles"])
    (folder / dark).write_bytes(made["dark"])


def shared(texts):
    """Return the names of the stylesheets in the head of every page, in order; ``texts`` by page.

    Raises BuildError if two pages have them in different order.
    """
    heads = [[link["name"] for link in LINK.finditer(_head(text))] for text in texts.values()]
    common = set(heads[0]).intersection(*heads)
    orders = {
        tuple(name for name in head if name in common): page for page, head in zip(texts, heads)
    }
    if len(orders) > 1:
        first, second = list(orders.values())[:2]
        raise BuildError(f"{first} and {second} have the same stylesheets in different order")
    return list(*orders)


def _head(text):
    return HEAD.search(text)[0]


def _with_one_sheet(text, names, merged, dark):
    """Replace the links to the sheets ``names`` by two, in the place of the last."""
    head = _head(text)
    links = [link for link in LINK.finditer(head) if link["name"] in names]
    for link in reversed(links):
        folder = f"{link['to']}{STYLES}"
        two = f'<link rel="stylesheet" href="{folder}/{merged}">\n'
        two += UNSCRIPTED.format(f"{folder}/{dark}")
        head = head[: link.start()] + (two if link is links[-1] else "") + head[link.end() :]
    return text.replace(_head(text), head, 1)


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
