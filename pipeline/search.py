"""Make the search index lighter and readable, and let it find what only code and glossary name.

What a reader looks for stands in the sentences; the code of every page would double the index. So
an entry keeps each name of its code once, in a field that is searched and not shown. Mathematics
is written as letters, and every word that a page defines is an entry by itself. The index also
takes along what `search.js` of the pages needs to turn a question into words of this site.
"""

import json
import re
import tomllib
from html import unescape
from keyword import kwlist
from pathlib import Path

from pipeline.letters import letters

WORDS = Path(__file__).with_name("search_words.toml")
JSON, SCRIPT = "search/search_index.json", "search/search_index.js"
# By itself the theme weighs a title a thousand times the text: one chance word in it wins.
FIELDS = {"title": {"boost": 6}, "text": {"boost": 1}, "code": {"boost": 0.5}}

CODE = re.compile(r"(?:\S+\.py\s*)?<pre\b[^>]*>(.*?)</pre>", re.DOTALL)
PROMPT = re.compile(r"^(?:>>>|\.\.\.) ?(.*)", re.MULTILINE)
REMARK = re.compile(r'""".*?"""|"[^"\n]*"|#[^\n]*', re.DOTALL)
DRAWING = re.compile(r".*\b(?:plt|fig|ax|axes)\b.*")
CAUGHT = re.compile(r"^\.\.\. except \w+Error", re.MULTILINE)
SHOWN = re.compile(r'"[^"\n]+"|^(?!>>>|\.\.\.).*', re.MULTILINE)
NAME = re.compile(r"(?<=\.)[a-z]\w{2,}|\b[^\W\d]\w{2,}(?=\()|\b[^\W\d]\w*[_A-Z\d]\w+")
WORD, TEXT = re.compile(r"\w+"), re.compile(r"[a-z]{3,}")

NOISE = re.compile(r"\\\[.*?\\\]|The code of (?:this|the) figure|<(p|ul|ol)>\s*</\1>", re.DOTALL)
INLINE = re.compile(r"\\\((.*?)\\\)", re.DOTALL)

TERM = re.compile(r'<p><strong id="([\w-]+)">(.*?)</strong>:')
TAG = re.compile(r"<[^>]+>")
PARAGRAPH = re.compile(r"(<p>.*?</p>|<[uo]l>.*?</[uo]l>)")
ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)
UNKEPT = re.compile(r"<(?!/?code>)[^>]+>")


def names(code):
    """Return what a block of code calls, its longer names, and the words of an error it shows."""
    code = unescape(TAG.sub("", code))
    if CAUGHT.search(code):
        return NAME.findall(code) + TEXT.findall(" ".join(SHOWN.findall(code)))
    if code.startswith(">>>"):
        code = "\n".join(PROMPT.findall(code))
    return NAME.findall(DRAWING.sub("", REMARK.sub("", code)))


def readable(text):
    """Return the text of an entry without blocks of code and displayed equations."""
    text = INLINE.sub(lambda math: letters(math[1]), CODE.sub(" ", text))
    return re.sub(r"\s+", " ", NOISE.sub(" ", text)).strip()


def shorten(entry):
    """Make title and text of an entry readable, and add the names that stand in its code alone."""
    code = dict.fromkeys(name for block in CODE.findall(entry["text"]) for name in names(block))
    entry["title"] = readable(entry["title"])
    entry["text"] = readable(entry["text"])
    known = set(WORD.findall(TAG.sub(" ", entry["text"]))) | {"print", *kwlist}
    if fresh := [name for name in code if name not in known]:
        entry["code"] = " ".join(fresh)


def part_rows(entry, page):
    """Make a paragraph of each row of the tables of ``page`` that stands in an entry's text.

    The theme reads all cells of a table as one line, outside of any paragraph.
    """
    pieces = PARAGRAPH.split(entry["text"])
    for row in ROW.findall(page):
        cells = [
            readable(UNKEPT.sub("", cell)).replace("&quot;", '"') for cell in CELL.findall(row)
        ]
        for place in range(0, len(pieces), 2) if any(cells) else ():
            pieces[place] = pieces[place].replace(" ".join(cells), f"<p>{' · '.join(cells)}</p>", 1)
    entry["text"] = "".join(pieces)


def terms(entry, page):
    """Take the paragraphs that define a word of ``page`` out of its entry; return them as entries.

    ``page`` is the HTML, in which each of these words has a place of its own.
    """
    found = []
    for place, title in TERM.findall(page):
        before, begin, after = entry["text"].partition(f"<p>{title}: ")
        if not begin:
            continue
        text, _, after = after.partition("</p>")
        entry["text"] = before + after
        text = f"<p>{text.removesuffix('Explained.').strip()}</p>"
        found.append({"location": f"{entry['location']}#{place}", "title": title, "text": text})
    return found


def words():
    """Return the idle words, and for the beginnings of others what they shall find as well."""
    table = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    alike = {start: others.split() for start, others in table["alike"].items()}
    return {"idle": table["idle"].split(), "alike": alike}


def lighten_index(site):
    """Rewrite the search index of ``site``, both the file and the script for use from a folder.

    The pages must be as the generator left them, with their equations not yet typeset.
    """
    path = Path(site) / JSON
    index = json.loads(path.read_text(encoding="utf-8"))
    if "alike" in index["config"]:
        return  # the preview keeps the index of its last whole build
    index["config"] |= {"fields": FIELDS, **words()}
    entries = []
    for entry in index["docs"]:
        page = (Path(site) / entry["location"].split("#")[0]).read_text(encoding="utf-8")
        shorten(entry)
        part_rows(entry, page)
        entries += [entry, *terms(entry, page)]
    index["docs"] = entries
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text, encoding="utf-8")
    (Path(site) / SCRIPT).write_text(f"var __index = {text}", encoding="utf-8")
