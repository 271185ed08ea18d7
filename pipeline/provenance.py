"""Say below each page what it was executed with, when it changed, and where to mend it.

And keep, between the article and the footer, the place of the reader's own mark that it was read.
"""

import datetime
import html
import os
import platform
import re
from importlib import metadata
from pathlib import Path

from pipeline import navigation
from pipeline.errors import BuildError

LIBRARIES = {"NumPy": "numpy", "PyTorch": "torch", "Matplotlib": "matplotlib"}
IMPORT = re.compile(r"^(?:(?:>>>|\.\.\.) +)? *(?:import|from) +(\w+)", re.M)
PLACE = '<div class="read-mark"></div>'
COUNT = '<p class="read-count"></p>'


def versions():
    """Return what runs the snippets in this environment, as {"Python": "3.11.9", …}."""
    try:
        found = {name: metadata.version(package) for name, package in LIBRARIES.items()}
    except metadata.PackageNotFoundError as error:
        raise BuildError(f"{error.name} is not installed, though snippets use it") from error
    return {"Python": platform.python_version(), **found}


def ran_for(files, ran):
    """Return what of ``ran`` the snippets among the files use; nothing for words alone."""
    snippets = [Path(file).read_text(encoding="utf-8") for file in files if file.suffix == ".py"]
    used = {module for text in snippets for module in IMPORT.findall(text)}
    names = ["Python", *(name for name, module in LIBRARIES.items() if module in used)]
    return {name: ran[name] for name in names} if snippets else {}


def skipped(past, environment=os.environ):
    """Return why a page has no edit link, commit or date, one reason a line."""
    reasons = [] if environment.get("EDIT_URL") else ["edit links: EDIT_URL is not set"]
    return reasons + [reason for reason in [past.unknown] if reason]


def lines(page, files, past, ran, edit=""):
    """Return the lines below a page; ``ran`` is what executed it, empty for words alone."""
    commit = ""
    if past.commit:
        commit = f" at commit <code>{past.commit}</code>"
        commit += " with changes not committed" if past.changed else ""
    made = "Built"
    if ran:
        *most, last = (f"{name} {html.escape(version)}" for name, version in ran.items())
        made = "Executed with " + " and ".join([*filter(None, [", ".join(most)]), last])
    facts = [f"{made}{commit}."] if ran or commit else []
    if day := past.last_change(files):
        date = datetime.date.fromisoformat(day)
        facts.append(f'Last change: <time datetime="{day}">{date.day} {date:%B %Y}</time>.')
    elif past.altered(files):
        facts.append("Last change: not committed yet.")
    links = [f'<a href="{Path(page.markdown).name}">This page as Markdown</a>']
    if edit:
        where = html.escape(f"{edit.rstrip('/')}/{files[0].as_posix()}")
        links.insert(0, f'<a href="{where}">Edit this page</a>')
    parts = [*([" ".join(facts)] if facts else []), " · ".join(links)]
    return f'<footer class="page-facts">{"".join(f"<p>{part}</p>" for part in parts)}</footer>'


def add_lines(site, docs, labs, snippets, past, environment=os.environ):
    """Add the lines, and the place of the mark, to every page of the navigation below ``site``.

    ``past`` is the history of their sources.
    """
    _, _, pages = navigation.read(site=site)
    ran, edit = versions(), environment.get("EDIT_URL", "")
    texts = {page: (Path(site) / page.html).read_text(encoding="utf-8") for page in pages}
    taught = [
        page.html for page, text in texts.items() if navigation.promise(navigation.article_of(text))
    ]
    for page, text in texts.items():
        files = page.files(docs, labs, snippets)
        place = PLACE if page.html in taught else ""
        below = lines(page, files, past, ran_for(files, ran), edit)
        text = text.replace("</article>", f"{below}</article>{place}", 1)
        text = text.replace(COUNT, COUNT.replace("></", f' data-pages="{" ".join(taught)}"></'))
        (Path(site) / page.html).write_text(text, encoding="utf-8")
