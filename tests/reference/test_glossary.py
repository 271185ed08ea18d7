"""The glossary and the pages point at each other."""

import re
from pathlib import Path

GLOSSARY = Path("docs/reference/glossary.md")
ENTRY = re.compile(
    r"^\*\*(?P<term>[^*]+)\*\*\{ #(?P<id>[\w-]+) \}.*?\]\(\.\./(?P<page>[\w/-]+\.md)", re.M | re.S
)


def entries():
    return list(ENTRY.finditer(GLOSSARY.read_text(encoding="utf-8")))


def test_every_entry_says_where_it_is_explained():
    text = GLOSSARY.read_text(encoding="utf-8")
    assert len(entries()) == len(re.findall(r"^\*\*[^*]+\*\*\{", text, re.M)) > 0


def test_every_word_is_linked_where_it_is_explained():
    lonely = [
        f"{entry['page']} explains {entry['term']!r} without a link to the glossary"
        for entry in entries()
        if f"glossary.md#{entry['id']})" not in (Path("docs") / entry["page"]).read_text("utf-8")
    ]
    assert not lonely, "\n".join(lonely)


def test_entries_are_in_alphabetical_order():
    terms = [entry["term"].lower() for entry in entries()]
    assert terms == sorted(terms)
