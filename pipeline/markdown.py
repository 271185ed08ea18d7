"""Write each page as clean Markdown beside its HTML, for whoever reads with a program.

It is made of the generated page, so that it holds what was executed: code, outputs, figures,
equations as LaTeX. Whatever the page is written with, nothing but plain Markdown comes out.
"""

import functools
import json
import os
import re
from pathlib import Path

from pipeline import navigation
from pipeline.typeset import LABEL, REFERENCE, SHOWN

DROPPED = {"script", "style", "link", "noscript", "template", "input"}
TOUCHED = {"button", "canvas", "form", "iframe", "object", "output", "select", "svg", "textarea"}
INLINE = {
    *("a", "abbr", "b", "br", "code", "del", "em", "i", "img", "ins", "kbd", "label", "mark", "q"),
    *("s", "small", "span", "strong", "sub", "sup", "time", "u", "var"),
}
AROUND = {"em": "*", "i": "*", "strong": "**", "b": "**", "del": "~~", "s": "~~"}
ALIGNMENT = {"right": "---:", "center": ":---:", "left": ":---"}
SPECIAL = re.compile(r"([\\`*$]|(?<!\w)_|_(?!\w)|<(?=[\w/!])|\](?=[(\[{])|\{(?=\s*[.#:]))")
# Around the place that a link leads to, until it is known from where.
OPEN, CLOSE = "\ue000", "\ue001"
LINK = re.compile(rf"{OPEN}([^{CLOSE}]*){CLOSE}(#[^)\s]*)?")
WHOLE = "llms-full.txt"
LICENCE = "text and figures CC BY 4.0, code BSD-3-Clause"
FIRST = re.compile(r"^(?=[-+>#]|\d+[.)]\s|={3,}|:{1,3}\s)")


class Converter:
    """Turns the article of one page into Markdown; ``link`` says where a link leads."""

    def __init__(self, link, notes=()):
        """Begin a page; ``notes`` say how its displayed equations were decided."""
        self.link = link
        self.notes = iter(notes)
        self.number, self.numbers = 0, {}
        self.file = ""

    def convert(self, article):
        """Return the article as Markdown."""
        displays = article.xpath(".//div[@class='arithmatex']")
        for number, display in enumerate(displays, start=1):
            for label in LABEL.findall(display.text_content()):
                self.numbers[label] = number
        return "\n\n".join(self.blocks(article)) + "\n"

    def blocks(self, element):
        """Return the blocks inside an element, each as Markdown without a blank line around it."""
        found, line = [], []

        def flush():
            if text := self.tidy("".join(line)):
                found.append(text)
            line.clear()

        line.append(self.text(element.text))
        for child in element:
            if isinstance(child.tag, str) and child.tag not in DROPPED:
                if self.is_inline(child):
                    line.append(self.inline(child))
                else:
                    flush()
                    parts = self.block(child)
                    found += parts if parts != found[-1:] or parts != self.interactive() else []
            line.append(self.text(child.tail))
        flush()
        return found

    def is_inline(self, element):
        """Whether an element stands in a line of text."""
        return element.tag in INLINE and "widget" not in element.get("class", "").split()

    def block(self, element):
        """Return the blocks that one element becomes."""
        tag, kind = element.tag, element.get("class", "").split()
        if "widget" in kind or tag in TOUCHED:
            return self.interactive()
        if "highlight" in kind or tag == "pre":
            return [self.code(element)]
        if "arithmatex" in kind:
            return self.display(element)
        if "tabbed-set" in kind:
            labels = element.xpath("./div[contains(@class, 'tabbed-labels')]/label")
            tabs = element.xpath(".//div[contains(@class, 'tabbed-block')]")
            return [
                part
                for label, tab in zip(labels, tabs)
                for part in [f"**{self.words(label)}**", *self.blocks(tab)]
            ]
        if "admonition" in kind:
            title, *_ = element.find_class("admonition-title")
            title.getparent().remove(title)
            return [_indent("\n\n".join([f"**{self.words(title)}**", *self.blocks(element)]), "> ")]
        if re.fullmatch("h[1-6]", tag):
            return ["#" * int(tag[1]) + " " + self.words(element)]
        known = {
            "blockquote": self.quote,
            "details": self.fold,
            "dl": self.definitions,
            "figure": self.figure,
            "hr": lambda _: ["---"],
            "ol": self.list,
            "table": self.table,
            "ul": self.list,
        }
        return known.get(tag, self.blocks)(element)

    def interactive(self):
        """Return what stands for parts to touch, once for several in a row."""
        return [f"*(An interactive part: see [the page itself]({self.link('', as_page=True)}).)*"]

    def code(self, element):
        """Return a block of code, its title in a line above where it is not that of the last."""
        language = re.search(r"language-(\w+)", element.get("class", ""))
        pre = element if element.tag == "pre" else element.find(".//pre")
        code = pre.text_content().strip("\n")
        ticks = "`" * max([2, *map(len, re.findall("`+", code))])
        block = f"{ticks}`{language[1] if language else ''}\n{code}\n{ticks}`"
        titles = [title.text_content() for title in element.find_class("filename")]
        file = next((title for title in titles if "." in title), self.file)
        changed, self.file = file != self.file, file
        return f"`{file}`:\n\n{block}" if changed else block

    def display(self, element):
        """Return a displayed equation with its number, and what the page says of its truth."""
        self.number += 1
        tex = element.text_content().strip().removeprefix(r"\[").removesuffix(r"\]")
        tex = LABEL.sub("", tex).strip()
        note = next(self.notes, "")
        said = [f"*({self.escape(note)})*"] if note.startswith(SHOWN) else []
        return [f"$$\n{tex}\n\\tag{{{self.number}}}\n$$", *said]

    def quote(self, element):
        """Return a quotation."""
        return [_indent("\n\n".join(self.blocks(element)), "> ")]

    def fold(self, element):
        """Return a fold, which Markdown has no sign for."""
        summary = element.find("summary")
        words = " ".join(summary.text_content().split())
        tail, element.text = summary.tail, ""
        element.remove(summary)
        element.text = tail
        inside = "\n\n".join(self.blocks(element))
        words = words.replace("&", "&amp;").replace("<", "&lt;")
        return [f"<details>\n<summary>{words}</summary>\n\n{inside}\n\n</details>"]

    def definitions(self, element):
        """Return a list of terms and what they mean."""
        lines = []
        for child in element:
            if child.tag == "dt":
                lines.append(f"- **{self.words(child)}**:")
            else:
                lines[-1] += " " + _indent("\n\n".join(self.blocks(child)), "  ").lstrip()
        return ["\n".join(lines)]

    def figure(self, element):
        """Return an image and its caption."""
        caption = element.find("figcaption")
        images = [self.inline(image) for image in element.iter("img")]
        return images + ([f"*Figure:* {self.words(caption)}"] if caption is not None else [])

    def list(self, element):
        """Return a list; its items may hold blocks."""
        items = []
        for number, item in enumerate(element.findall("li"), int(element.get("start", "1"))):
            mark = f"{number}. " if element.tag == "ol" else "- "
            inside = self.blocks(item)
            tight = "\n" if all(child.tag != "p" for child in item) else "\n\n"
            items.append(mark + _indent(tight.join(inside), " " * len(mark)).lstrip())
        loose = element.xpath("./li/p")
        return [("\n\n" if loose else "\n").join(items)]

    def table(self, element):
        """Return a table."""
        rows = [[self.cell(cell) for cell in row.iter("th", "td")] for row in element.iter("tr")]
        heads = next(element.iter("tr")).iter("th", "td")
        sides = (re.search(r"text-align:\s*(\w+)", head.get("style", "")) for head in heads)
        rule = [ALIGNMENT.get(side[1] if side else "", "---") for side in sides]
        lines = (f"| {' | '.join(row)} |" for row in [rows[0], rule, *rows[1:]])
        return ["\n".join(lines)]

    def cell(self, element):
        """Return what stands in a cell of a table, where a bar would end it."""
        text = re.sub(
            r"\$[^$]+\$", lambda math: math[0].replace("|", r"\vert "), self.words(element)
        )
        return re.sub(r"(?<!\\)\|", r"\\|", text).replace("\n", " ")

    def words(self, element):
        """Return the text inside an element in one line."""
        parts = [self.text(element.text)]
        for child in element:
            if isinstance(child.tag, str) and child.tag not in DROPPED:
                parts.append(self.inline(child))
            parts.append(self.text(child.tail))
        return " ".join("".join(parts).split())

    def inline(self, element):
        """Return an element in a line of text."""
        tag, kind = element.tag, element.get("class", "").split()
        if "headerlink" in kind or "block-link" in kind or tag in TOUCHED:
            return ""
        if "arithmatex" in kind:
            tex = element.text_content().strip().removeprefix(r"\(").removesuffix(r"\)").strip()
            if reference := REFERENCE.fullmatch(tex):
                return f"({self.numbers.get(reference[1], '?')})"
            return f"${' '.join(tex.split())}$"
        if tag in ("code", "kbd"):
            text = " ".join(element.text_content().split())
            ticks = "`" * (1 + max([0, *map(len, re.findall("`+", text))]))
            space = " " if text.startswith("`") or text.endswith("`") else ""
            return f"{ticks}{space}{text}{space}{ticks}"
        if tag == "br":
            return "  \n"
        if tag == "img":
            alt = re.sub(r"([\[\]])", r"\\\1", element.get("alt", ""))
            return f"![{alt}]({self.link(element.get('src', ''))})"
        text = self.text(element.text) + "".join(
            (self.inline(child) if isinstance(child.tag, str) and child.tag not in DROPPED else "")
            + self.text(child.tail)
            for child in element
        )
        if tag == "a" and element.get("href"):
            return f"[{' '.join(text.split())}]({self.link(element.get('href'))})"
        mark = AROUND.get(tag, "")
        before, inside, after = re.fullmatch(r"(\s*)(.*?)(\s*)", text, re.DOTALL).groups()
        return f"{before}{mark}{inside}{mark}{after}" if inside else text

    def text(self, text):
        """Return plain text, spaces as in HTML."""
        return self.escape(re.sub(r"\s+", " ", text or ""))

    def escape(self, text):
        """Return text in which nothing is a sign of Markdown."""
        return SPECIAL.sub(r"\\\1", text)

    def tidy(self, text):
        """Return a paragraph that Markdown takes for one."""
        lines = [line.strip() for line in text.strip().split("  \n")]
        return FIRST.sub(r"\\", "  \n".join(lines)) if text.strip() else ""


def _indent(text, prefix):
    lines = text.split("\n")
    return "\n".join((prefix + line).rstrip() if line or ">" in prefix else "" for line in lines)


@functools.lru_cache(maxsize=256)  # a preview converts only the page that has changed
def page_as_markdown(html, page, known, notes=()):
    """Return the article of a generated page, not typeset yet, as Markdown.

    ``page`` is its file, ``known`` the files of all pages. Every link stands between brackets,
    counted from the root of the site, for ``placed`` to resolve.
    """
    folder = os.path.dirname(page)

    def link(target, as_page=False):
        if re.match(r"[a-z]+:|//", target, re.IGNORECASE):
            return target
        if target.startswith("?"):  # a state of the page, which its Markdown has not
            return f"{OPEN}{page}{CLOSE}{target}"
        path, sign, anchor = target.partition("#")
        place = os.path.normpath(os.path.join(folder, path)) if path else page
        if place in known and not as_page:
            place = place.removesuffix(".html") + ".md"
        return f"{OPEN}{place}{CLOSE}{sign}{anchor}"

    return Converter(link, notes).convert(navigation.article_of(html))


def placed(text, page=""):
    """Return Markdown whose links lead from ``page``, or from the root of the site."""

    def place(found):
        if found[2] and found[1] == page:
            return found[2]
        return os.path.relpath(found[1], os.path.dirname(page) or ".") + (found[2] or "")

    return LINK.sub(place, text)


def write_pages(site, docs, labs, marks, address):
    """Write every page of the navigation as Markdown below ``site``, and all of them in one file.

    ``marks`` says how the equations of each page were decided, ``address`` where the site is
    published. Returns the number of pages.
    """
    site = Path(site)
    name, _, pages = navigation.read(site=site)
    known = frozenset(page.html for page in pages)
    whole = [f"# {name}: all pages"]
    for page in pages:
        html = (site / page.html).read_text(encoding="utf-8")
        text = page_as_markdown(html, page.html, known, tuple(marks.get(page.markdown, ())))
        title, description = map(_quoted, navigation.described(page.source(docs, labs)))
        front = f"title: {title}\ndescription: {description}\nlicense: {LICENCE}\n"
        if address:
            front += f"url: {address}{page.html.removesuffix('index.html')}\n"
        own = placed(text, page.markdown)
        (site / page.markdown).write_text(f"---\n{front}---\n\n{own}", encoding="utf-8")
        whole.append(placed(text).rstrip("\n"))
    (site / WHOLE).write_text("\n\n---\n\n".join(whole) + "\n", encoding="utf-8")
    return len(pages)


def _quoted(text):
    """Return a text as YAML reads it back, whatever it holds: JSON is YAML."""
    return json.dumps(text, ensure_ascii=False)
