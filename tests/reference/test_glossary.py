"""The glossary and the pages point at each other."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.navigation import described

GLOSSARY = Path("docs/reference/glossary.md")
TERM = re.compile(r"\*\*(?P<term>[^*]+)\*\*\{ #(?P<id>[\w-]+) \}: ")
EXPLAINED = re.compile(
    r"\nExplained in \[(?P<title>[^\]]+)\]\(\.\./(?P<page>[\w/-]+\.md)#(?P<anchor>[\w-]+)\)\.$"
)
SEE = re.compile(r"see \[[^\]]+\]\(#(?P<id>[\w-]+)\)\.$")


@dataclass
class Entry:
    """A word of the glossary: where it is explained, or the ``id`` of the word to see."""

    term: str
    id: str
    title: str = ""
    page: str = ""
    anchor: str = ""
    see: str = ""

    @property
    def source(self):
        return Path("" if self.page.startswith("labs/") else "docs", self.page)

    @property
    def section(self):
        """The text below the heading that the entry leads to, down to the next one."""
        text = re.sub(r"^```.*?^```", "", self.source.read_text("utf-8"), flags=re.M | re.S)
        for title, words in re.findall(r"^##+ (.*?)\n(.*?)(?=^##+ |\Z)", text, re.M | re.S):
            if re.sub(r"[\s-]+", "-", re.sub(r"[^\w\s-]", "", title).lower()) == self.anchor:
                return words
        return ""


def entries():
    """The entries, each a paragraph that begins with a word in bold."""
    found = []
    for paragraph in GLOSSARY.read_text(encoding="utf-8").strip().split("\n\n"):
        if term := TERM.match(paragraph):
            end = EXPLAINED.search(paragraph) or SEE.search(paragraph)
            assert end, f"{term['term']!r} ends neither with where it is explained nor with a word"
            named = end.groupdict()
            see = "" if "page" in named else named.pop("id")
            found.append(Entry(term["term"], term["id"], see=see, **named))
    return found


ENTRIES = entries()
EXPLAINED_ENTRIES = [entry for entry in ENTRIES if entry.page]


def test_every_bold_word_is_an_entry():
    text = GLOSSARY.read_text(encoding="utf-8")
    assert len(ENTRIES) == len(re.findall(r"^\*\*[^*]+\*\*\{", text, re.M)) > 0


@pytest.mark.parametrize("entry", EXPLAINED_ENTRIES, ids=lambda entry: entry.id)
def test_word_is_linked_in_the_section_that_explains_it(entry):
    assert entry.title == described(entry.source)[0]
    assert f"glossary.md#{entry.id})" in entry.section, (
        f"{entry.page}#{entry.anchor} explains {entry.term!r} without a link to the glossary"
    )


def test_word_to_see_is_there():
    known = {entry.id for entry in EXPLAINED_ENTRIES}
    assert {entry.see for entry in ENTRIES if not entry.page} <= known


def test_entries_are_in_alphabetical_order():
    terms = [entry.term.lower() for entry in ENTRIES]
    assert terms == sorted(terms)
