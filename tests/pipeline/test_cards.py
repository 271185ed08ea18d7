"""A card has the size that others ask for, few bytes, always the same, and its words on it."""

import io

import pytest
from matplotlib import style
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image
from planted import refusal, write

from pipeline import cards
from pipeline.navigation import Page
from pipeline.outputs import STYLE

LONGEST = "A network of one input, one hidden neuron and one output, in NumPy and PyTorch " * 2


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("chapter", ["", "One neuron", "Trust"])
def test_card_has_its_size_and_few_bytes(chapter):
    card = cards.draw_card("Backprop by Hand", chapter, "The smallest hidden layer", LONGEST)
    assert Image.open(io.BytesIO(card)).size == (1200, 630)
    assert len(card) < 60 * 1024
    with style.context(STYLE):  # the figures' own, which the build has in use
        again = cards.draw_card("Backprop by Hand", chapter, "The smallest hidden layer", LONGEST)
    assert card == again


def test_card_shows_every_word(monkeypatch):
    drawn = []
    draw = FigureCanvasAgg.draw

    def look(canvas):
        draw(canvas)
        drawn.extend(text.get_text() for text in canvas.figure.axes[0].texts)

    monkeypatch.setattr(FigureCanvasAgg, "draw", look)
    title = "Checking the gradient of a network with $5 or more layers"
    cards.draw_card("Backprop by Hand", "A hidden layer", title, LONGEST[:160])
    said = " ".join(" ".join(drawn).split())
    assert title in said and " ".join(LONGEST[:160].split()) in said


@pytest.mark.parametrize(
    ("title", "sentence"), [("Supercalifragilisticexpialidocious", ""), ("T", LONGEST * 3)]
)
def test_card_that_is_too_small_is_refused(title, sentence):
    assert "does not fit its card; say it shorter" in refusal(
        cards.draw_card, "Backprop by Hand", "", title, sentence
    )


def test_every_page_gets_its_card(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "mkdocs.yml", "site_name: Planted\nnav: [index.md, {A: [{B: a/b.md}]}]\n")
    for name in ("index", "a/b"):
        write(tmp_path, f"docs/{name}.md", "---\ntitle: T\ndescription: Words.\n---\n")
    assert cards.draw_cards("site", "docs", "labs") == 2
    assert (tmp_path / "site" / cards.card_of(Page("a/b", "B"))).read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "site/assets/cards/index.png").is_file()
