"""Preview the site: a change to a page, a snippet or a style is on screen in about a second.

``python -m pipeline.serve [port]``. A changed snippet is run again; a fault is printed, and the
preview goes on with the next change.
"""

import os
import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path
from unittest import mock

import mkdocs.commands.build
from mkdocs.config import load_config
from mkdocs.livereload import LiveReloadServer
from nbclient.exceptions import CellExecutionError

from pipeline import build, equations, history, notebooks, outputs
from pipeline.errors import BuildError

HOST, PORT = "127.0.0.1", 8000
WATCHED = ("docs", "labs", "snippets", "mkdocs.yml")


class Preview:
    """A folder that holds the site as it is now."""

    def __init__(self, site, counts):
        """Keep the site in the folder ``site``; ``counts`` are those of the run of all snippets."""
        self.counts = counts
        self.site = Path(site)
        self.generated = self.site.with_name(f"{self.site.name}-generated")
        self.ran = {path: path.stat().st_mtime_ns for path in build.SNIPPETS.rglob("*.py")}
        self.shared = None
        self.busy = threading.Lock()

    def refresh(self):
        """Run changed snippets, build the changed pages, and say what is not true.

        What the pages do not wait for is checked when they are on screen; since a check and a build
        write the same files, a change waits until the check before is over.
        """
        with self.busy:
            begun = time.perf_counter()
            try:
                self.run_changed_snippets()
                shared = self._shared_sources()
                whole = shared != self.shared
                self.show(whole)
                self.shared = shared
                print(f"built in {time.perf_counter() - begun:.1f} s", flush=True)
            except (BuildError, CellExecutionError) as error:
                print(f"error: {build.said(error)}", flush=True)
                return
        if not whole:
            threading.Thread(target=self.check, daemon=True).start()

    def show(self, whole):
        """Put the changed pages into the folder, or all of them, with their equations typeset."""
        if whole:
            marks, _, _ = build.check(*self.counts)
        else:
            equations.write_symbols(build.DOCS, build.FRAGMENTS)
            marks = equations.marks(equations.check_equations(build.DOCS))
        self._generate(whole)
        # A build of some pages knows only their words: the search keeps the last whole index.
        left_out = None if whole else shutil.ignore_patterns("search")
        shutil.copytree(self.generated, self.site, ignore=left_out, dirs_exist_ok=True)
        build.complete(self.site, marks, history.read())

    def check(self):
        """Check everything that the pages on screen do not wait for, and print what is not true."""
        with self.busy:
            try:
                build.check(*self.counts)
            except BuildError as error:
                print(f"error: {build.said(error)}", flush=True)

    def _shared_sources(self):
        """The state of what may change any page: all but the pages themselves."""
        paths = [Path("mkdocs.yml"), *build.SNIPPETS.rglob("*.py"), *build.LABS.rglob("*.md")]
        return {path: path.stat().st_mtime_ns for path in paths}

    def _generate(self, whole):
        config = load_config("mkdocs.yml", site_dir=str(self.generated))
        labs = config.plugins["mkdocs-jupyter"]
        # A lab whose text and snippets are as before is not run again; the build runs each.
        labs.config.update(cache=True, cache_dir="build/labs")
        if not whole:
            labs.should_include = lambda file: False
        with notebooks.kernel() as settings, mock.patch.dict(os.environ, settings):
            mkdocs.commands.build.build(config, dirty=not whole)

    def run_changed_snippets(self):
        """Run the snippets whose files have changed since they ran last."""
        for path in sorted(build.SNIPPETS.rglob("*.py")):
            changed = path.stat().st_mtime_ns
            if self.ran.get(path) != changed:
                chapter = path.parent.relative_to(build.SNIPPETS)
                outputs.run_snippet(path, (build.FIGURES / chapter).absolute())
                self.ran[path] = changed


def main():
    """Run every snippet once, then serve until interrupted."""
    port = int(sys.argv[1]) if sys.argv[1:] else PORT
    counts = 0, 0
    try:
        counts = outputs.run_all(build.SNIPPETS, build.FIGURES)
    except BuildError as error:
        print(f"error: {error}", flush=True)
    build.copy_search_shim()
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        preview = Preview(site, counts)
        preview.refresh()
        server = LiveReloadServer(builder=preview.refresh, host=HOST, port=port, root=str(site))
        for path in WATCHED:
            server.watch(path)
        print(f"look at http://{HOST}:{port}/ (Ctrl-C ends it)", flush=True)
        try:
            server.serve()
        except KeyboardInterrupt:
            server.shutdown()


if __name__ == "__main__":
    main()
