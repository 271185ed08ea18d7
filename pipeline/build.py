"""Make the site: run the snippets, check the pages, generate, typeset, pack.

``python -m pipeline.build`` leaves it in ``site/`` and stops at the first thing that is not true;
with ``--unless-built`` it does nothing where these very sources have been built.
"""

import os
import re
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

from pipeline import (
    equations,
    fresh,
    history,
    labs,
    links,
    markdown,
    measure,
    metadata,
    notebooks,
    numbers,
    outputs,
    programs,
    provenance,
    results,
    sections,
)
from pipeline.archive import pack
from pipeline.cards import draw_cards
from pipeline.copying import add_copy_buttons
from pipeline.directory import write_directory
from pipeline.errors import BuildError
from pipeline.handout import name_prints
from pipeline.images import size_images
from pipeline.lazy_search import load_search_late
from pipeline.lighten import lighten
from pipeline.permalinks import add_permalinks
from pipeline.policy import promise
from pipeline.render import reckon_heights
from pipeline.scheme import show_scheme_early
from pipeline.search import lighten_index
from pipeline.symbols import mark_symbols
from pipeline.tables import name_rows
from pipeline.theme import mend_theme
from pipeline.typeset import typeset

DOCS, SNIPPETS, LABS, SITE = Path("docs"), Path("snippets"), Path("labs"), Path("site")
FIGURES, FRAGMENTS = DOCS / "figures", Path("build/fragments")
ARCHIVE = "backprop-by-hand.zip"
UNLESS_BUILT = "--unless-built"
COMPLAINT = re.compile(r"WARNING|ERROR|\s+- |\w*(Error|Exception)\b")


def published_at(environment):
    """Return the address of the site with a slash at its end, or nothing where none is set."""
    address = environment.get("SITE_URL", "").strip().rstrip("/")
    return f"{address}/" if address else ""


ADDRESS = published_at(os.environ)


@contextmanager
def step(title):
    """Say what is being made, and how long it took."""
    print(f"{title} …", flush=True)
    begun = time.perf_counter()
    yield
    print(f"  {time.perf_counter() - begun:.1f} s", flush=True)


def copy_search_shim():
    """Put the script that lets search run from a folder on disk among the page's assets."""
    outputs.keep(
        Path("node_modules/iframe-worker/shim/index.js"),
        DOCS / "assets/javascripts/iframe-worker.js",
    )


def commit_time():
    """Return the second of the last commit, so that two builds of it agree; 0 outside git."""
    return history.git("log", "-1", "--format=%ct").strip() or "0"


def generate(site):
    """Run MkDocs, strictly; raise BuildError with its own words if it complains."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)]
    environment = {
        **os.environ,
        "SOURCE_DATE_EPOCH": commit_time(),
        "DISABLE_MKDOCS_2_WARNING": "true",
    }
    with notebooks.kernel() as settings:
        done = subprocess.run(command, env=environment | settings, capture_output=True, text=True)
    if done.returncode:
        if stopped := notebooks.stopped_cell(done.stderr, LABS, SNIPPETS):
            raise BuildError(stopped)
        complaints = [line for line in done.stderr.splitlines() if COMPLAINT.match(line)]
        words = "\n".join(complaints) or done.stderr.strip()
        raise BuildError(f"mkdocs build --strict refuses the pages\n{words}")


def check(verified, figures):
    """Decide the equations; compare pages, snippets, figures, tables and numbers with each other.

    ``verified`` outputs and ``figures`` are the counts of the run before. Returns the marks of the
    equations, all counts, and the reasons for what is left open. Raises BuildError.
    """
    used = notebooks.write_notebooks(LABS, SNIPPETS, DOCS, ADDRESS)
    skipped = results.write_fragments(DOCS / "results", FRAGMENTS, measure.fingerprint())
    equations.write_symbols(DOCS, FRAGMENTS)
    equations.write_broken(DOCS, FRAGMENTS)
    report = equations.check_equations(DOCS)
    kinds = Counter(report["totals"]["kinds"])
    named, false = kinds["name"], kinds["false on purpose"]
    counts = {
        "pages": len(list(DOCS.rglob("*.md"))),
        "outputs compared": verified,
        "figures drawn": figures + notebooks.count_figures(LABS),
        "equations decided": report["totals"]["checked"] - named - false,
        "equations shown because they are false": false,
        "equations that only name something": named,
        "equations not machine-checked": report["totals"]["unchecked"],
    }
    write_counts(counts, FRAGMENTS)
    programs.write_table(DOCS, SNIPPETS, FRAGMENTS)
    sections.check_sources(DOCS, SNIPPETS, FRAGMENTS, used)
    metadata.check_descriptions(DOCS, LABS)
    numbers.check_numbers(DOCS, SNIPPETS, FRAGMENTS)
    return equations.marks(report), counts, skipped


def write_counts(counts, fragments):
    """Write the counts of this build as the table that the page on checks includes."""
    rows = "\n".join(f"| {name} | {count} |" for name, count in counts.items())
    equations.write(fragments / "checks/counts.md", f"| what | count |\n|---|---:|\n{rows}")


def complete(site, marks, past):
    """Typeset the generated pages, and complete their labs, figures, links and search.

    ``marks`` are those of the equations, ``past`` is the history of the sources.
    """
    labs.finish_labs(site, LABS, SNIPPETS)
    markdown.write_pages(site, DOCS, LABS, marks, ADDRESS)
    lighten_index(site)
    typeset(site, DOCS, marks)
    size_images(site)
    add_permalinks(site)
    add_copy_buttons(site)
    provenance.add_lines(site, DOCS, LABS, SNIPPETS, past)
    mark_symbols(site, DOCS)
    name_rows(site)
    mend_theme(site)
    load_search_late(site)
    name_prints(site, ADDRESS)
    reckon_heights(site)
    show_scheme_early(site)


def finish(site, marks, past):
    """Complete the generated pages, add the downloads, and follow every link."""
    complete(site, marks, past)
    draw_cards(site, DOCS, LABS)
    about = metadata.Site(DOCS, LABS, SNIPPETS, past, ADDRESS)
    metadata.add_metadata(site, about)
    write_directory(site, about)
    lighten(site)
    promise(site)
    programs.write_programs(DOCS, SNIPPETS, site)
    pack(site, Path(site) / ARCHIVE)
    links.check_links(site, DOCS)


def said(error):
    """Return the words of an error; what is wrong in a lab is named where somebody wrote it."""
    return notebooks.as_written(str(error), LABS, DOCS)


def build(site=SITE):
    """Build everything into ``site``; return the counts of what was made, and what is left open."""
    with step("running the snippets"):
        verified, figures = outputs.run_all(SNIPPETS, FIGURES)
    with step("checking equations, sections, figures and numbers"):
        marks, counts, skipped = check(verified, figures)
    copy_search_shim()
    past = history.read()
    with step("generating the pages"):
        generate(site)
    with step("typesetting the equations, packing, following the links"):
        finish(site, marks, past)
    return counts, [*skipped, *metadata.skipped(ADDRESS), *provenance.skipped(past)]


def main(arguments=()):
    """Build into site/ and print what was made and how to look at it."""
    settings = [ADDRESS, os.environ.get("EDIT_URL", "")]
    if UNLESS_BUILT in arguments and fresh.is_built(SITE, settings):
        print(f"{SITE}/ is built from these very sources already")
        return
    try:
        counts, skipped = build()
    except BuildError as error:
        sys.exit(f"\nerror: {said(error)}")
    fresh.keep(SITE, settings)
    print("\n" + ", ".join(f"{count} {name}" for name, count in counts.items()))
    print(
        f"skipped: {'; '.join(skipped) or 'nothing'}\n"
        f"look at it: open {SITE}/index.html in a browser, or run nox -s serve"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
