"""Give the pages that mkdocs-jupyter made of the labs the look and the weight of the site.

Of each page it keeps the cells and what they printed or drew, and nothing else: no style block, no
loader of MathJax or Mermaid. Then the numbers in its sentences are compared with what its cells
printed, since no lab has run before.
"""

import base64
import html
import json
import os
import re
from pathlib import Path

import lxml.html
from lxml.html import tostring

from pipeline import numbers
from pipeline.errors import BuildError
from pipeline.notebooks import FIGURE, FOLDER, labs, read_lab

ARTICLE = re.compile(r"(<article [^>]*>)(.*?)(</article>)", re.DOTALL)
WRAPPER = re.compile(
    r'<div class="jupyter-wrapper">.*</div>(?= <!-- jupyter-wrapper -->)', re.DOTALL
)
MARKUP = re.compile(r"(<(?:pre|code)\b.*?</(?:pre|code)>|<[^>]+>)", re.DOTALL)
DISPLAY = re.compile(r"<p>\s*\$\$(.*?)\$\$\s*</p>", re.DOTALL)
INLINE = re.compile(r"\$([^$]+)\$")
FOREIGN = re.compile(r"<(script|style|link|iframe|img|object)\b", re.IGNORECASE)
SOLUTION = re.compile(
    r'<div class="answer">((?:<div class="arithmatex">.*?</div>|.)*?)</div>\s*', re.DOTALL
)
LEFT = re.compile(
    r"<style|jp-\w+|jupyter-wrapper|[\"'](?:https?:)?//[^\"']*(?:mathjax|mermaid)", re.I
)
INDEX = re.compile(r"\{.*\}", re.DOTALL)


def finish_labs(site, folder, snippets):
    """Mend the page of every lab below ``site``; return how many. Raises BuildError.

    A page that another generator made without mkdocs-jupyter has no cells that ran; it is left.
    """
    site, done = Path(site), 0
    for source in labs(folder):
        path = site / FOLDER / f"{source.stem}.html"
        text = path.read_text(encoding="utf-8")
        if not (wrapper := WRAPPER.search(text)):
            continue
        lab = _Lab(source, snippets, site)
        article = lab.article(lxml.html.fragment_fromstring(wrapper[0]))
        text = ARTICLE.sub(lambda found, new=article: f"{found[1]}\n{new}\n{found[3]}", text)
        if left := LEFT.search(text):
            raise BuildError(f"{path}: {left[0]} is left of mkdocs-jupyter; drop it in {__file__}")
        path.write_text(text, encoding="utf-8")
        _index(site, f"{FOLDER}/{path.name}", article, source)
        lab.check_numbers()
        done += 1
    return done


class _Lab:
    """A lab while its page is made: its source, and what its cells have printed and drawn."""

    def __init__(self, source, snippets, site):
        self.source, self.site = source, site
        _, cells = read_lab(source, snippets)
        self.code = [cell for cell in cells if cell.kind == "code"]
        words = "\n".join(cell.text for cell in cells if cell.kind == "markdown")
        self.figures = {figure["id"]: figure for figure in FIGURE.finditer(words)}
        self.printed, self.drawn, self.solution = [], [], ""

    def article(self, wrapper):
        """Return the HTML of the article, made of the cells in the element ``wrapper``."""
        parts, waiting, count = [], [], 0
        elements = wrapper.xpath(".//div[starts-with(@id, 'cell-id=')]")
        shown = sum(not element.find_class("jp-RenderedMarkdown") for element in elements)
        if shown != len(self.code):
            raise BuildError(f"{self.source}: {shown} of {len(self.code)} cells are on the page")
        for element in elements:
            words = element.find_class("jp-RenderedMarkdown")
            if words:
                parts.append(self._words(_inside(words[0]), waiting))
                continue
            self._refuse_undescribed(waiting, count)
            cell = self.code[count]
            count += 1
            printed = "".join(self._output(child, cell, waiting) for child in _outputs(element))
            parts.append(self._fold(cell, _block(cell, element) + _shown(printed)))
            self.printed.append(printed)
        self._refuse_undescribed(waiting, count)
        if self.solution:
            raise BuildError(
                f"{self.source}: an answer in words stands below the last cell; move it above the "
                "cell that holds # your answer"
            )
        return "\n".join(parts)

    def _refuse_undescribed(self, waiting, count):
        if waiting:
            raise BuildError(
                f"{self.source}:{self.code[count - 1].line}: cell {count} draws a figure that "
                "nothing describes; show it below as <figure markdown id=…> with alt text"
            )

    def _output(self, child, cell, waiting):
        """Return what was printed; keep a figure until the text below describes it."""
        kind = child.get("data-mime-type", "")
        image = child.find(".//img")
        if kind == "image/svg+xml" and image is not None:
            waiting.append(base64.b64decode(image.get("src").partition(",")[2]))
            return ""
        if kind == "text/plain" and "executeResult" not in child.get("class"):
            return child.find("pre").text_content()
        what = "warns" if kind.endswith("stderr") else f"shows {kind or 'a bitmap'}"
        raise BuildError(
            f"{self.source}:{cell.line}: this cell {what}; a lab prints its outputs and draws in "
            f"SVG: {' '.join(child.text_content().split())[:100]}"
        )

    def _words(self, text, waiting):
        """Return the HTML of a Markdown cell as the site writes it."""
        text = re.sub(
            r'<a class="anchor-link" href="([^"]*)">[^<]*</a>',
            r'<a class="headerlink" href="\1" title="Link to this section">#</a>',
            text,
        )
        text = re.sub(r'(<a href="(?![\w+]+:)[^"#]*)\.md(?=["#])', r"\1.html", text)
        text = re.sub(r'<a (?=href="[^"]*\.ipynb")', '<a class="md-button" download ', text)
        if foreign := FOREIGN.search(text):
            raise BuildError(f"{self.source}: <{foreign[1]}> in the text; write it as Markdown")
        text = DISPLAY.sub(r'<div class="arithmatex">\\[\1\\]</div>', text)
        pieces = MARKUP.split(text)
        pieces[::2] = [INLINE.sub(_formula, piece) for piece in pieces[::2]]
        if left := [piece for piece in pieces[::2] if "$" in piece]:
            raise BuildError(f"{self.source}: a $ without its partner: {left[0].strip()[:60]}")
        text = "".join(pieces)
        self.solution += "".join(words.strip() for words in SOLUTION.findall(text))
        return re.sub(
            r'<figure id="([\w-]+)">',
            lambda found: self._figure(found, waiting),
            SOLUTION.sub("", text),
        )

    def _fold(self, cell, block):
        """Return an answer folded, its words first, so that it does not meet the reader early."""
        if "# your answer" not in cell.text:
            if self.solution:
                raise BuildError(
                    f"{self.source}:{cell.line}: an answer in words stands above this cell, which "
                    "asks nothing; move the words, or end the line of the answer in # your answer"
                )
            return block
        summary = "<summary>An answer, and what its check says</summary>"
        words, self.solution = self.solution, ""
        return f'<details class="question">{summary}{words}{block}</details>'

    def _figure(self, found, waiting):
        figure = self.figures[found[1]]
        if not waiting:
            raise BuildError(f"{self.source}: no cell above draws {found[1]}; draw it or remove it")
        drawing = waiting.pop(0)
        self.drawn.append(drawing.decode())
        path = self.source.parent / figure["src"]  # as seen from the page
        target = self.site / FOLDER / os.path.relpath(path, self.source.parent)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(drawing)
        alt = html.escape(figure["alt"])
        return f'{found[0]}<img alt="{alt}" src="{figure["src"]}">'

    def check_numbers(self):
        """Refuse a number in a sentence or a remark that no cell has printed, drawn or used."""
        known = set()
        for cell in self.code:
            known.update(numbers.literals(cell.text))
        for text in [*self.printed, *(t for d in self.drawn for t in numbers.figure_texts(d))]:
            known.update(numbers.values(text))
        sentences = [
            *numbers.sentences(self.source),
            *(
                (self.source, cell.line, text)
                for cell in self.code
                for _, text in numbers.remarks(cell.text)
            ),
        ]
        numbers.refuse(numbers.unfounded(sentences, known))


def _inside(element):
    """Return the HTML inside an element."""
    children = "".join(tostring(child, encoding="unicode") for child in element)
    return html.escape(element.text or "", quote=False) + children


def _outputs(element):
    return element.xpath(".//div[contains(@class, 'jp-OutputArea-output')]")


def _block(cell, element):
    """Return the code of a cell as a block of the site, with a name and a copy button."""
    code = _inside(element.find_class("highlight-ipynb")[0].find("pre"))
    name = f'id="{cell.id}" ' if cell.id else ""
    return f'<div {name}class="language-python highlight"><pre><code>{code}</code></pre></div>'


def _shown(printed):
    """Return what a cell printed, however many pieces it came in, as a block of the site."""
    if not printed:
        return ""
    return (
        '<div class="language-text highlight no-copy lab-output">'
        '<span class="filename">Output</span>'
        f"<pre><code>{html.escape(printed, quote=False)}</code></pre></div>"
    )


def _formula(found):
    return f'<span class="arithmatex">\\({found[1]}\\)</span>'


def _index(site, page, article, source):
    """Replace what the search knows of a page by its words; its code stands on other pages."""
    entries = []
    for element in lxml.html.fragments_fromstring(article):
        if "highlight" in element.get("class", "") or element.tag == "details":
            continue
        for link in element.find_class("headerlink"):
            link.drop_tree()
        words = " ".join(element.text_content().split())
        if re.fullmatch("h[1-6]", element.tag):
            location = page if element.tag == "h1" else f"{page}#{element.get('id')}"
            entries.append({"location": location, "title": html.escape(words), "text": ""})
        elif words and not entries:
            raise BuildError(f"{source}: begin the lab with its title; above it stands: {words}")
        elif words:
            entries[-1]["text"] += f"<p>{html.escape(words, quote=False)}</p> "
    for file in sorted((Path(site) / "search").glob("search_index.js*")):
        text = file.read_text(encoding="utf-8")
        index = json.loads(INDEX.search(text)[0])
        old = [e for e in index["docs"] if e["location"].partition("#")[0] == page]
        if not old:
            raise BuildError(f"{source}: the search has no entry for the lab; let it be searched")
        place = index["docs"].index(old[0])
        index["docs"] = [e for e in index["docs"] if e not in old]
        index["docs"][place:place] = entries
        new = json.dumps(index, separators=(",", ":"))
        file.write_text(INDEX.sub(lambda _, new=new: new, text), encoding="utf-8")
