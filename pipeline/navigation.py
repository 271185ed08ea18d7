"""The pages in reading order, as the navigation of ``mkdocs.yml`` names them."""

import re
from dataclasses import dataclass
from pathlib import Path

import lxml.html
import yaml

from pipeline.errors import BuildError
from pipeline.pages import GENERATED, includes

CONFIGURATION = "mkdocs.yml"
# The sentence below the title that says what a page or a lab is good for.
PROMISE = re.compile(r"After this (?:page|lab) (?:you can )?")


@dataclass(frozen=True)
class Page:
    """A page: its ``name``, as in ``one-neuron/by-hand``, title, chapter and place in there."""

    name: str
    title: str
    chapter: str = ""
    position: int = 1

    @property
    def html(self):
        """The page's file in the site."""
        return f"{self.name}.html"

    @property
    def markdown(self):
        """The page as Markdown, in the site."""
        return f"{self.name}.md"

    def source(self, docs, labs):
        """The file that somebody wrote."""
        folder, _, stem = self.name.partition("/")
        return Path(labs, f"{stem}.md") if folder == GENERATED else Path(docs, self.markdown)

    def files(self, docs, labs, snippets):
        """The source, and every snippet that it shows."""
        source = self.source(docs, labs)
        shown = (Path(snippets, file) for _, file, _ in includes(source))
        return [source, *sorted({file for file in shown if file.is_file()})]


class _Anything(yaml.SafeLoader):
    """Reads tags such as !ENV as nothing."""


_Anything.add_multi_constructor("", lambda loader, suffix, node: None)


def read(path=CONFIGURATION, site=None):
    """Return the name of the site, its description, and its pages in reading order.

    With the folder ``site``, only the pages that are in it: a preview goes on without one.
    """
    settings = yaml.load(Path(path).read_text(encoding="utf-8"), _Anything)
    pages = _pages(settings["nav"])
    if site:
        pages = [page for page in pages if (Path(site) / page.html).is_file()]
    return settings["site_name"], settings.get("site_description", ""), pages


def _pages(entries, chapter=""):
    pages = []
    for position, entry in enumerate(entries, start=1):
        title, what = next(iter(entry.items())) if isinstance(entry, dict) else ("", entry)
        if isinstance(what, list):
            pages += _pages(what, title)
        else:
            pages.append(Page(what.removesuffix(".md"), title, chapter, position))
    return pages


def chapters(pages):
    """Return the pages of each chapter, as {title: [page, …]}, those of no chapter left out."""
    found = {}
    for page in pages:
        if page.chapter:
            found.setdefault(page.chapter, []).append(page)
    return found


def front_matter(source):
    """Return the title and the description of a page, and the line of each, as a dict of pairs.

    Raises BuildError where the front matter is not YAML.
    """
    lines = Path(source).read_text(encoding="utf-8").split("\n")
    if lines[0] != "---" or "---" not in lines[1:]:
        return {}
    front = lines[1 : lines.index("---", 1)]
    try:
        known = yaml.safe_load("\n".join(front)) or {}
    except yaml.MarkedYAMLError as error:
        raise BuildError(
            f"{source}:{error.problem_mark.line + 2}: the front matter is not YAML: "
            f"{error.problem}; put a text that holds a colon in quotes"
        ) from None
    return {
        key: (str(known[key]), number)
        for number, line in enumerate(front, start=2)
        if (key := line.partition(":")[0]) in ("title", "description") and key in known
    }


def described(source):
    """Return the title and the description of a page; raise BuildError if one is missing."""
    front = front_matter(source)
    for key in ("title", "description"):
        if key not in front:
            raise BuildError(f"{source}:1: the page has no {key}; add it to the front matter")
    return front["title"][0], front["description"][0]


def promise(article):
    """Return what the reader will be able to do after the page, or nothing."""
    for paragraph in article.xpath("./p[em]")[:1]:
        words = " ".join(paragraph.text_content().split())
        if found := PROMISE.match(words):
            return words[found.end() :]
    return ""


def article_of(html):
    """Return the article of a page as an element; raise BuildError if there is none."""
    found = lxml.html.fromstring(html).xpath("//article")
    if not found:
        raise BuildError("a page without an <article>; does the theme still write one?")
    return found[0]
