"""Make the site: run the snippets, check the pages, generate, typeset, pack.

``python -m pipeline.build`` leaves it in ``site/`` and stops at the first thing that is not true.
"""

import os
import subprocess
import sys
import time
import zipfile
from contextlib import contextmanager
from pathlib import Path

from pipeline import links, measure, numbers, outputs, results, sections
from pipeline.errors import BuildError
from pipeline.images import size_images
from pipeline.permalinks import add_permalinks
from pipeline.typeset import typeset

DOCS, SNIPPETS, SITE = Path("docs"), Path("snippets"), Path("site")
FIGURES, FRAGMENTS = DOCS / "figures", Path("build/fragments")
ARCHIVE = "backprop-by-hand.zip"


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
    git = subprocess.run(["git", "log", "-1", "--format=%ct"], capture_output=True, text=True)
    return git.stdout.strip() or "0"


def generate(site):
    """Run MkDocs, strictly; raise BuildError with its own words if it complains."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)]
    environment = {
        **os.environ,
        "SOURCE_DATE_EPOCH": commit_time(),
        "DISABLE_MKDOCS_2_WARNING": "true",
    }
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise BuildError(f"mkdocs build --strict refuses the pages\n{done.stderr.strip()}")


def pack(site, archive):
    """Write every file of ``site`` into a zip that is the same for the same files."""
    files = sorted(path for path in Path(site).rglob("*") if path.is_file())
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for path in files:
            entry = zipfile.ZipInfo(str(Path("backprop-by-hand") / path.relative_to(site)))
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, path.read_bytes())


def check():
    """Check that pages, snippets, figures, measured tables and numbers agree.

    Returns the counts and the reasons for what is left open; raises BuildError.
    """
    skipped = results.write_fragments(DOCS / "results", FRAGMENTS, measure.fingerprint())
    counts = {
        "pages": numbers.check_numbers(DOCS, SNIPPETS, FRAGMENTS),
        "code sections": sections.check_sources(DOCS, SNIPPETS, FRAGMENTS),
    }
    return counts, skipped


def finish(site):
    """Typeset the generated pages, complete figures and links, pack; return the equations."""
    equations = typeset(site, DOCS)
    size_images(site)
    add_permalinks(site)
    pack(site, Path(site) / ARCHIVE)
    links.check_links(site, DOCS)
    return equations


def build(site=SITE):
    """Build everything into ``site``; return the counts of what was made, and what is left open."""
    with step("running the snippets"):
        verified, figures = outputs.run_all(SNIPPETS, FIGURES)
    with step("checking sections, figures and numbers"):
        counts, skipped = check()
    copy_search_shim()
    with step("generating the pages"):
        generate(site)
    with step("typesetting the equations, packing, following the links"):
        equations = finish(site)
    counts |= {
        "outputs verified": verified,
        "figures drawn": figures,
        "equations typeset": sum(len(page) for page in equations.values()),
    }
    return counts, skipped


def main():
    """Build into site/ and print what was made and how to look at it."""
    try:
        counts, skipped = build()
    except BuildError as error:
        sys.exit(f"\nerror: {error}")
    print("\n" + ", ".join(f"{count} {name}" for name, count in counts.items()))
    print(
        f"skipped: {'; '.join(skipped) or 'nothing'}\n"
        f"look at it: open {SITE}/index.html in a browser, or run nox -s serve"
    )


if __name__ == "__main__":
    main()
