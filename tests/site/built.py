"""The built site as the tests see it: its pages, their HTML, and a server for the browser."""

import functools
import http.server
import threading
import time
from contextlib import contextmanager
from pathlib import Path


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves files without a line of log for each."""

    def log_message(self, *_):
        pass


class SlowHandler(QuietHandler):
    """Serves the notation in two halves, the second after the first has been shown."""

    ROW = 3  # of its first table, above the widest ones
    HEAD = ""

    def do_GET(self):
        if not self.path.endswith("/notation.html"):
            return super().do_GET()
        page = Path(self.translate_path(self.path)).read_text(encoding="utf-8")
        rows = page.replace("<head>", f"<head>{self.HEAD}", 1).split("<tr>")
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write("<tr>".join(rows[: self.ROW]).encode())
        self.wfile.flush()
        self.pause()
        self.wfile.write(("<tr>" + "<tr>".join(rows[self.ROW :])).encode())

    def pause(self):
        time.sleep(1)


@contextmanager
def served(site, handler=QuietHandler):
    """Address of a server for the folder, on this machine and as long as the block lasts."""
    handler = functools.partial(handler, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def open_html(page, html, address="http://planted.test/"):
    """Show a planted page: what the browser asks for at the address is the HTML."""
    page.route(address, lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(address, wait_until="load")


def until(page, condition, arg=None, patience=30):
    """Wait until a condition holds on the page, or fail after as many seconds.

    Playwright's own ``wait_for_function`` makes code of text within the page, which its policy
    (pipeline/policy.py) forbids.
    """
    end = time.monotonic() + patience
    while not page.evaluate(condition, arg):
        assert time.monotonic() < end, f"not so after {patience} s: {condition}"
        page.wait_for_timeout(20)
