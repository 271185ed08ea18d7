"""Build the same mkdocs.yml with MkDocs' successors, into build/properdocs and build/zensical.

The snippets must have run (nox -s docs), since the pages need their figures. Zensical knows no
mkdocs-jupyter: there the labs are pages without outputs, and their notebooks can be downloaded.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from pipeline import build, labs, notebooks
from pipeline.errors import BuildError
from pipeline.typeset import typeset

COMMANDS = {
    "properdocs": ["properdocs", "build", "--strict", "-f", "mkdocs.yml"],
    "zensical": ["zensical", "build", "--strict", "-f", "mkdocs.yml"],
}


def generate(name):
    """Build and typeset with the generator ``name``; return the number of pages."""
    with notebooks.kernel() as settings:
        environment = os.environ | settings
        done = subprocess.run(COMMANDS[name], env=environment, capture_output=True, text=True)
    if done.returncode:
        raise BuildError(f"{name} refuses the pages\n{done.stdout}{done.stderr}")
    target = Path("build") / name
    shutil.rmtree(target, ignore_errors=True)
    shutil.move(build.SITE, target)
    labs.finish_labs(target, build.LABS, build.SNIPPETS)
    typeset(target, build.DOCS)
    return len(list(target.rglob("*.html")))


def main():
    """Build with the generators named on the command line, or with all."""
    names = sys.argv[1:] or list(COMMANDS)
    if unknown := set(names) - set(COMMANDS):
        sys.exit(f"unknown generator {', '.join(unknown)}; known are {', '.join(COMMANDS)}")
    try:
        build.build()
        for name in names:
            print(f"{name}: {generate(name)} pages in build/{name}, equations typeset", flush=True)
    except BuildError as error:
        sys.exit(f"error: {error}")


if __name__ == "__main__":
    main()
