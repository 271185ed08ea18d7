"""The built site as a static host serves it: compressed, and over connections that stay open."""

import gzip
import threading
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import unquote, urlsplit

COMPRESSED = {".css", ".html", ".js", ".json", ".md", ".svg", ".txt", ".webmanifest", ".xml"}
TYPES = {".ipynb": "application/json", ".md": "text/markdown", ".js": "text/javascript"}


def content_type(path):
    """The type of a file, with the character set where it is text."""
    kind = TYPES.get(path.suffix) or guess_type(path.name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if path.suffix in COMPRESSED else kind


def files(site):
    """What the server sends: the header fields and the body of every file, by its path."""
    found = {}
    for path in sorted(Path(site).rglob("*")):
        if path.is_file():
            body, fields = path.read_bytes(), {"Content-Type": content_type(path)}
            if path.suffix in COMPRESSED:
                body, fields["Content-Encoding"] = gzip.compress(body, mtime=0), "gzip"
            found[path.relative_to(site).as_posix()] = fields, body
    return found


@contextmanager
def served(site, folder=""):
    """The address of the site, with its final slash, as long as the block lasts.

    ``folder`` is where the site stands below the root of its host.
    """
    root = f"/{folder}/" if folder else "/"
    sent = {root + name: file for name, file in files(site).items()}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self):
            """Send a file, or the error page where there is none."""
            name = unquote(urlsplit(self.path).path)
            name = f"{name}index.html" if name.endswith("/") else name
            status = HTTPStatus.OK if name in sent else HTTPStatus.NOT_FOUND
            fields, body = sent.get(name) or sent.get(f"{root}404.html") or ({}, b"")
            self.send_response(status)
            for field, value in fields.items():
                self.send_header(field, value)
            self.send_header("Cache-Control", "max-age=600")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body)

        do_HEAD = do_GET

        def log_message(self, *_):
            """Keep quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{root}"
        server.shutdown()
