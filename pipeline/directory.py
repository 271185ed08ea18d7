"""Write the files by which programs find their way: sitemap.xml, robots.txt and llms.txt.

And make the page for an address that does not exist say where to go on; the theme gives it no link
past the navigation.
"""

import html
import re
from pathlib import Path

from pipeline import navigation, programs
from pipeline.errors import BuildError
from pipeline.markdown import WHOLE
from pipeline.pages import GENERATED

BODY = re.compile(r"<body\b[^>]*>")
ARTICLE = re.compile(r"(<article [^>]*>)(.*?)(</article>)", re.DOTALL)
SKIP = """
<div data-md-component="skip"><a href="#lost" class="md-skip">Skip to content</a></div>
"""
LOST = """
<h1 id="lost">There is no page at this address</h1>
<p>It may have been moved or renamed. Go to the <a href="{root}index.html">home page</a>, or begin a
chapter:</p>
<ul>{chapters}</ul>
"""


def write_sitemap(folder, site):
    """Write the sitemap of a published site; without an address there is none."""
    for name in ("sitemap.xml", "sitemap.xml.gz"):
        (Path(folder) / name).unlink(missing_ok=True)
    rules = "User-agent: *\nAllow: /\n"
    if site.address:
        entries = ""
        for page in site.pages:
            day = site.last_change(page)
            changed = f"<lastmod>{day}</lastmod>" if day else ""
            entries += f"<url><loc>{html.escape(site.url(page.html))}</loc>{changed}</url>\n"
        (Path(folder) / "sitemap.xml").write_text(
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</urlset>\n',
            encoding="utf-8",
        )
        rules += f"\nSitemap: {site.url('sitemap.xml')}\n"
    (Path(folder) / "robots.txt").write_text(rules, encoding="utf-8")


def write_llms(folder, site):
    """Write llms.txt: what the site is, and every page with its sentence, in reading order."""

    def entry(page):
        title, sentence = navigation.described(page.source(site.docs, site.labs))
        return f"- [{title}]({site.url(page.markdown) or page.markdown}): {sentence}"

    lines = [f"# {site.name}", "", f"> {site.description}", ""]
    lines += [
        "Each link leads to a page as Markdown: code and the output it printed, equations as "
        "LaTeX, figures in words. The same address with `.html` is the page itself. Text and "
        "figures: CC BY 4.0; code: BSD-3-Clause.",
        "",
    ]
    lines += ["## Start", "", *(entry(page) for page in site.pages if not page.chapter), ""]
    for chapter, pages in navigation.chapters(site.pages).items():
        lines += [f"## {chapter}", "", *map(entry, pages), ""]

    def download(title, file, words):
        return f"- [{title}]({site.url(file) or file}): {words}"

    lines += ["## Optional", "", download("All pages in one file", WHOLE, "in reading order")]
    for page in site.pages:
        if page.name.startswith(f"{GENERATED}/"):
            lines.append(download(page.title, f"{page.name}.ipynb", "the notebook, to run"))
    packed = f"{programs.FOLDER}/{programs.ARCHIVE}"
    lines += [download("All programs and notebooks", packed, "one program a page, as a zip"), ""]
    (Path(folder) / "llms.txt").write_text("\n".join(lines), encoding="utf-8")


def write_error_page(folder, site):
    """Say on the error page where to go on; its links start at the host, wherever it is shown."""
    path = Path(folder) / "404.html"
    text = path.read_text(encoding="utf-8")
    base = re.search(r'"base": ?"([^"]*)"', text)
    if not base:
        raise BuildError(f"{path}: the theme no longer says where the site begins; see {__file__}")
    root = f"{base[1].rstrip('/')}/"
    chapters = "".join(
        f'<li><a href="{root}{pages[0].html}">{html.escape(name)}</a></li>'
        for name, pages in navigation.chapters(site.pages).items()
    )
    words = LOST.format(root=root, chapters=chapters)
    text = ARTICLE.sub(lambda found: found[1] + words + found[3], text)
    path.write_text(BODY.sub(lambda found: found[0] + SKIP, text, count=1), encoding="utf-8")


def write_directory(folder, site):
    """Write all of them into the folder of the built site."""
    write_sitemap(folder, site)
    write_llms(folder, site)
    write_error_page(folder, site)
