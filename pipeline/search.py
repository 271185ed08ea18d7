"""Make the search index lighter and readable: no code blocks, no TeX delimiters.

What a reader looks for stands in the sentences; the code of every page would double the index,
and a result would show its commands for mathematics as they are typed.
"""

import json
import re
from pathlib import Path

BLOCK = re.compile(r"<pre\b.*?</pre>|\\\[.*?\\\]", re.DOTALL)
INLINE = re.compile(r"\\\((.*?)\\\)", re.DOTALL)
COMMAND = re.compile(r"\\(?:frac|partial|hat|top|odot|mathbf|text|operatorname)\b|[\\{}^_$]")
JSON, SCRIPT = "search/search_index.json", "search/search_index.js"


def readable(text):
    """Return the text of an entry without its blocks, and inline mathematics as plain letters."""
    text = BLOCK.sub(" ", text)
    return INLINE.sub(lambda math: COMMAND.sub("", math[1]).strip(), text)


def lighten_index(site):
    """Rewrite the search index of ``site``, both the file and the script for use from a folder."""
    path = Path(site) / JSON
    index = json.loads(path.read_text(encoding="utf-8"))
    for entry in index["docs"]:
        entry["text"] = readable(entry["text"])
        entry["title"] = readable(entry["title"])
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text, encoding="utf-8")
    (Path(site) / SCRIPT).write_text(f"var __index = {text}", encoding="utf-8")
