"""Preview the site: a change to a page, a snippet or a style is on screen in about a second.

``python -m pipeline.serve [port]``. A changed snippet is run again; a fault is printed, and the
preview goes on with the next change.
"""

import os
import sys
import tempfile
import time
from unittest import mock

import mkdocs.commands.build
from mkdocs.config import load_config
from mkdocs.livereload import LiveReloadServer
from nbclient.exceptions import CellExecutionError

from pipeline import build, notebooks, outputs
from pipeline.errors import BuildError

HOST, PORT = "127.0.0.1", 8000
WATCHED = ("docs", "labs", "snippets", "mkdocs.yml")


class Preview:
    """A folder that holds the site as it is now."""

    def __init__(self, site, counts):
        """Keep the site in the folder ``site``; ``counts`` are those of the run of all snippets."""
        self.counts = counts
        self.site = site
        self.ran = {path: path.stat().st_mtime_ns for path in build.SNIPPETS.rglob("*.py")}

    def refresh(self):
        """Run what changed among the snippets, build the pages again, and say what is not true."""
        begun = time.perf_counter()
        try:
            self.run_changed_snippets()
            marks, _, _ = build.check(*self.counts)
            self._generate()
            build.finish(self.site, marks)
        except (BuildError, CellExecutionError) as error:
            print(f"error: {error}", flush=True)
        else:
            print(f"built in {time.perf_counter() - begun:.1f} s", flush=True)

    def _generate(self):
        config = load_config("mkdocs.yml", site_dir=self.site)
        # A lab whose text and snippets are as before is not run again; the build runs each.
        config.plugins["mkdocs-jupyter"].config.update(cache=True, cache_dir="build/labs")
        with notebooks.kernel() as settings, mock.patch.dict(os.environ, settings):
            mkdocs.commands.build.build(config)

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
    with tempfile.TemporaryDirectory() as site:
        preview = Preview(site, counts)
        preview.refresh()
        server = LiveReloadServer(builder=preview.refresh, host=HOST, port=port, root=site)
        for path in WATCHED:
            server.watch(path)
        print(f"look at http://{HOST}:{port}/ (Ctrl-C ends it)", flush=True)
        try:
            server.serve()
        except KeyboardInterrupt:
            server.shutdown()


if __name__ == "__main__":
    main()
