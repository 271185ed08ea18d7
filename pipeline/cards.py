"""Draw the card of each page: the picture that stands for it where somebody shares its address."""

import io
import textwrap
from itertools import pairwise
from pathlib import Path

from pipeline import navigation
from pipeline.errors import BuildError

FOLDER = "assets/cards"
WIDTH, HEIGHT = 1200, 630
PAPER, INK, QUIET = "#0f4c5c", "#ffffff", "#b9d3da"
FORWARD, BACKWARD = "#8ed0f7", "#f2a65a"
# What words keep free: below, and where the drawing begins.
MARGIN, RIGHT = 30, 750
# Neurons of each layer in the drawing; a chapter that is not named gets the last.
LAYERS = {"One neuron": (2, 1), "A hidden layer": (2, 3, 1), "": (2, 3, 1)}
COLOURS = 48


def card_of(page):
    """Return the file of a page's card, in the site."""
    return f"{FOLDER}/{page.name.replace('/', '-')}.png"


def draw_card(site_name, chapter, title, sentence):
    """Return a card as the bytes of a PNG, the same on every run."""
    import matplotlib
    from matplotlib.figure import Figure
    from PIL import Image

    with matplotlib.rc_context({"font.family": "DejaVu Sans", "text.parse_math": False}):
        fig = Figure(figsize=(WIDTH / 100, HEIGHT / 100), dpi=100, facecolor=PAPER)
        ax = fig.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(0, HEIGHT))
        ax.axis("off")
        top = f"{site_name}  ·  {chapter}" if chapter else site_name
        ax.text(70, HEIGHT - 130, top, color=FORWARD, fontsize=21, va="center")
        lines = textwrap.wrap(title, 20, break_long_words=False)
        head = dict(color=INK, fontweight="bold", linespacing=1.15, va="top")
        ax.text(70, HEIGHT - 185, "\n".join(lines), fontsize=38, **head)
        below = HEIGHT - 185 - 63 * len(lines) - 26
        sentence = "\n".join(textwrap.wrap(sentence, 42))
        ax.text(70, below, sentence, color=QUIET, fontsize=20, linespacing=1.4, va="top")
        _draw_network(ax, LAYERS.get(chapter, LAYERS[""]))
        drawn = io.BytesIO()
        fig.savefig(drawn, format="png", facecolor=PAPER, metadata={"Software": None})
        for text in ax.texts:
            box = text.get_window_extent()
            if text.get_text() and (box.x1 > RIGHT or box.y0 < MARGIN):
                raise BuildError(f"{text.get_text()!r} does not fit its card; say it shorter")
    few = Image.open(drawn).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    packed = io.BytesIO()
    few.save(packed, "PNG", optimize=True)
    return packed.getvalue()


def _draw_network(ax, layers):
    """Draw a network: blue arrows forward, an orange one back."""
    from matplotlib.patches import Circle

    left, right, middle, radius = 800, 1090, 345, 30
    places = [
        [
            (left + (right - left) * at / (len(layers) - 1), middle + 105 * (i - (size - 1) / 2))
            for i in range(size)
        ]
        for at, size in enumerate(layers)
    ]
    for before, after in pairwise(places):
        for start in before:
            for end in after:
                ax.annotate("", end, start, arrowprops=_arrow(FORWARD, radius + 5))
    for x, y in (place for layer in places for place in layer):
        ax.add_patch(Circle((x, y), radius, fill=False, ec=INK, lw=4))
    bow = _arrow(BACKWARD, 0) | {"lw": 5, "connectionstyle": "arc3,rad=-0.28"}
    ax.annotate("", (left, middle - 165), (right, middle - 165), arrowprops=bow)


def _arrow(colour, gap):
    points = gap * 72 / 100
    style = "-|>,head_width=0.4,head_length=0.7"
    return dict(arrowstyle=style, color=colour, lw=3, shrinkA=points, shrinkB=points)


def draw_cards(site, docs, labs):
    """Draw the card of every page of the navigation below ``site``; return how many."""
    name, _, pages = navigation.read()
    folder = Path(site) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for page in pages:
        title, sentence = navigation.described(page.source(docs, labs))
        about = "How a neural network learns" if page.name == "index" else title
        try:
            card = draw_card(name, page.chapter, about, sentence)
        except BuildError as error:
            raise BuildError(f"{page.source(docs, labs)}:1: {error}") from None
        (Path(site) / card_of(page)).write_bytes(card)
    return len(pages)
