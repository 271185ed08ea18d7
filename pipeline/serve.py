"""Preview the site: a change to a page, a snippet or a style is on screen in about a second.

``python -m pipeline.serve [port]``. A changed snippet is run again; a fault is printed, and the
preview goes on with the next change.
"""

import sys
import tempfile
import time

import mkdocs.commands.build
from mkdocs.config import load_config
from mkdocs.livereload import LiveReloadServer

from pipeline import build, outputs
from pipeline.errors import BuildError

HOST, PORT = "127.0.0.1", 8000
WATCHED = ("docs", "snippets", "mkdocs.yml")


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
            mkdocs.commands.build.build(load_config("mkdocs.yml", site_dir=self.site))
            build.finish(self.site, marks)
        except BuildError as error:
            print(f"error: {error}", flush=True)
        else:
            print(f"built in {time.perf_counter() - begun:.1f} s", flush=True)

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
