"""Give each page what a search engine, a shared link and a teacher's catalogue read of it.

That is a title which says its chapter, a card, structured data (schema.org) and its Markdown form.
Absolute addresses need SITE_URL, and are left out without it.
"""

import html
import json
import re
from pathlib import Path

from pipeline import cards, navigation
from pipeline.errors import BuildError
from pipeline.notebooks import labs as sources_of_labs
from pipeline.pages import sources

SHORTEST, LONGEST = 50, 160
TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
CANONICAL = re.compile(r'\s*<link rel="canonical"[^>]*>')
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
CODE_LICENCE = "https://opensource.org/license/bsd-3-clause"
KINDS = {"Labs": "Lab", "Reference": "Reference"}
# What helps a reader who cannot see the page, and what shows that it is there.
ACCESSIBLE = {
    "alternativeText": ".//img[normalize-space(@alt)]",
    "MathML": ".//math",
    "structuralNavigation": ".//h2",
}
NEEDS = "knows derivatives and reads short Python programs"


def check_descriptions(docs, labs):
    """Raise BuildError for each page without a title or a description of its own, of fair length.

    Returns the number of pages.
    """
    known, faults = {}, []
    for source in [*sources(docs), *sources_of_labs(labs)]:
        front = navigation.front_matter(source)
        if "title" not in front:
            faults.append(f"{source}:1: the page has no title; add one to the front matter")
        text, line = front.get("description", ("", 1))
        if not text:
            faults.append(f"{source}:{line}: the page has no description; say in one what is on it")
        elif not SHORTEST <= len(text) <= LONGEST:
            faults.append(
                f"{source}:{line}: the description has {len(text)} characters; a search result "
                f"shows one of {SHORTEST} to {LONGEST}"
            )
        elif text in known:
            faults.append(
                f"{source}:{line}: {known[text]} has the same description; tell them apart"
            )
        known.setdefault(text, f"{source}:{line}")
    if faults:
        raise BuildError("\n".join(faults))
    return len(known)


def skipped(address):
    """Return why a page names no address of its own."""
    if address:
        return []
    return ["canonical links, addresses of cards, sitemap.xml: SITE_URL is not set"]


class Site:
    """What every page's metadata has in common."""

    def __init__(self, docs, labs, snippets, past, address=""):
        """Read the navigation; ``past`` is the history, ``address`` where the site is, if any."""
        self.name, self.description, self.pages = navigation.read()
        self.address = address
        self.docs, self.labs, self.snippets = docs, labs, snippets
        self.past = past

    def url(self, file):
        """The address of a file of the site, or None."""
        return self.address + ("" if file == "index.html" else file) if self.address else None

    def title(self, page):
        """The title of a page, which no other page has."""
        if not page.chapter:
            title, sentence = navigation.described(page.source(self.docs, self.labs))
            return f"{title} · {sentence.partition(',')[0]}"
        return f"{page.title} · {page.chapter} · {self.name}"

    def last_change(self, page):
        """The day of the page's last change, or None."""
        return self.past.last_change(page.files(self.docs, self.labs, self.snippets)) or None


def _whole(site):
    """The site as a learning resource, without its parts."""
    return {
        "@type": "LearningResource",
        "name": site.name,
        "description": site.description,
        "url": site.url("index.html"),
    }


def structured(site, page, article):
    """Return the structured data of a page as a dict; what is not known is left out."""
    title, description = navigation.described(page.source(site.docs, site.labs))
    about = {
        "@type": "LearningResource",
        "name": title,
        "description": description,
        "url": site.url(page.html),
        "image": site.url(cards.card_of(page)),
        "inLanguage": "en",
        "learningResourceType": _kinds(page, article),
        "educationalLevel": "Beginner",
        "competencyRequired": NEEDS,
        "teaches": navigation.promise(article) or None,
        "accessibilityFeature": [name for name, there in ACCESSIBLE.items() if article.xpath(there)]
        or None,
        "isAccessibleForFree": True,
        "license": [LICENCE, CODE_LICENCE],
        "author": {"@type": "Organization", "name": f"The authors of {site.name}"},
        "dateModified": site.last_change(page),
        "encoding": {
            "@type": "MediaObject",
            "encodingFormat": "text/markdown",
            "contentUrl": site.url(page.markdown) or Path(page.markdown).name,
        },
    }
    if page.chapter:
        chapter = {"@type": "LearningResource", "name": page.chapter, "isPartOf": _whole(site)}
        about |= {"position": page.position, "isPartOf": chapter}
    else:
        about["hasPart"] = [
            {
                "@type": "LearningResource",
                "name": name,
                "position": position,
                "hasPart": [_part(site, part) for part in parts],
            }
            for position, (name, parts) in enumerate(navigation.chapters(site.pages).items(), 1)
        ]
    graph = [about, _trail(site, page)] if page.chapter else [about]
    return _known({"@context": "https://schema.org", "@graph": graph})


def _kinds(page, article):
    kinds = [KINDS.get(page.chapter, "Tutorial")]
    return [*kinds, "Simulation"] if article.find_class("widget") else kinds


def _part(site, page):
    title, _ = navigation.described(page.source(site.docs, site.labs))
    return {
        "@type": "LearningResource",
        "name": title,
        "position": page.position,
        "url": site.url(page.html),
    }


def _trail(site, page):
    """The way from the home page to a page; a chapter has no page of its own."""
    first = navigation.chapters(site.pages)[page.chapter][0]
    steps = (site.name, "index.html"), (page.chapter, first.html), (page.title, page.html)
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": site.url(file)}
            for position, (name, file) in enumerate(steps, 1)
        ],
    }


def _known(value):
    """Return a value of JSON without its members that are None."""
    if isinstance(value, dict):
        return {key: _known(part) for key, part in value.items() if part is not None}
    return [_known(part) for part in value] if isinstance(value, list) else value


def head(site, page, article):
    """Return the lines for the <head> of a page."""
    title, description = navigation.described(page.source(site.docs, site.labs))
    shared = {
        "og:type": "website" if page.name == "index" else "article",
        "og:site_name": site.name,
        "og:locale": "en",
        "og:title": site.title(page),
        "og:description": description,
        "og:url": site.url(page.html),
    }
    if site.address:
        shared |= {
            "og:image": site.url(cards.card_of(page)),
            "og:image:type": "image/png",
            "og:image:width": cards.WIDTH,
            "og:image:height": cards.HEIGHT,
            "og:image:alt": f"{title}: {description}",
        }
    named = {"twitter:card": "summary_large_image"} if site.address else {}
    lines = [f'<link rel="canonical" href="{site.url(page.html)}">'] if site.address else []
    lines += [_meta("property", key, text) for key, text in shared.items() if text is not None]
    lines += [_meta("name", key, text) for key, text in named.items()]
    # The space: the theme takes what is "alternate" and no more for a translation, and fetches it.
    lines.append(
        f'<link rel="alternate " type="text/markdown" href="{Path(page.markdown).name}"'
        ' title="This page as Markdown">'
    )
    data = json.dumps(structured(site, page, article), ensure_ascii=False, separators=(",", ":"))
    data = data.replace("<", "\\u003c")
    lines.append(f'<script type="application/ld+json">{data}</script>')
    return "\n".join(lines)


def _meta(kind, key, text):
    return f'<meta {kind}="{key}" content="{html.escape(str(text))}">'


def add_metadata(folder, site):
    """Complete the <head> of every page of the navigation below ``folder``."""
    for page in site.pages:
        path = Path(folder) / page.html
        text = path.read_text(encoding="utf-8")
        added = head(site, page, navigation.article_of(text))
        title = f"<title>{html.escape(site.title(page))}</title>"
        text = TITLE.sub(lambda _, title=title: title, CANONICAL.sub("", text), count=1)
        path.write_text(text.replace("</head>", f"{added}\n</head>", 1), encoding="utf-8")
    return len(site.pages)
