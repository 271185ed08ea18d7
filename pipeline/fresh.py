"""Know whether ``site/`` holds already what the sources give, which the tests need not build again.

What was built from what is kept as two checksums; a change of a source, of the commit, or of a file
in ``site/`` makes them differ.
"""

import hashlib
import json
import sys
from pathlib import Path

from pipeline.history import MADE_OF, git

RECORD = Path("build/built.json")


def is_built(site, settings):
    """Whether ``site`` is what the last build made of the sources and settings as they are now."""
    return RECORD.is_file() and json.loads(RECORD.read_text()) == _state(site, settings)


def keep(site, settings):
    """Keep what ``site`` was built from; nothing where git does not know it."""
    state = _state(site, settings)
    if state["sources"]:
        RECORD.write_text(json.dumps(state))


def _state(site, settings):
    files = [path for path in site.rglob("*") if path.is_file()]
    return {"sources": _sources(settings), "site": _checksum(files)}


def _sources(settings):
    commit = git("rev-parse", "HEAD")
    if not commit:
        return ""
    listed = git("ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *MADE_OF)
    paths = {Path(name) for name in listed.split("\0") if name}
    return _checksum(filter(Path.is_file, paths), commit, sys.version, *settings)


def _checksum(paths, *words):
    checksum = hashlib.sha256("\0".join(words).encode())
    for path in sorted(paths):
        checksum.update(f"\0{path.as_posix()}\0{path.stat().st_size}\0".encode())
        checksum.update(path.read_bytes())
    return checksum.hexdigest()
