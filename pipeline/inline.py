"""A script as it stands in the pages: without what only its authors read."""

import re

COMMENT = re.compile(r"\s*/\*.*?\*/", re.DOTALL)
INDENT = re.compile(r"^\s+", re.MULTILINE)


def inline(path):
    """Return the script without its comments and indents."""
    return INDENT.sub("", COMMENT.sub("", path.read_text(encoding="utf-8"))).strip()
