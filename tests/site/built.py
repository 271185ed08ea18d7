"""The built site as the tests see it: its pages, their HTML, and a server for the browser."""

import functools
import http.server
import threading
from contextlib import contextmanager


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves files without a line of log for each."""

    def log_message(self, *_):
        pass


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
