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
# What words keep free: above and below, and where the drawing begins.
MARGIN, RIGHT = 30, 750
# Neurons of each layer in the drawing; a chapter that is not named gets the last.
LAYERS = {"One neuron": (2, 1), "A hidden layer": (2, 3, 1), "": (2, 3, 1)}
COLOURS = 48


def card_of(page):
    """Return the file of a page's card, in the site."""
    return f"{FOLDER}/{page.name.replace('/', '-')}.png"


def draw_card(site_name, chapter, title, sentence):
    """Return a card as the bytes of a PNG, the same on every run."""
    from matplotlib import style
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.text import Text
    from PIL import Image

    with style.context(["default", {"text.parse_math": False}]):
        fig = Figure(figsize=(WIDTH / 100, HEIGHT / 100), dpi=100, facecolor=PAPER)
        ax = fig.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(0, HEIGHT))
        ax.axis("off")
        lines = textwrap.wrap(title, 20, break_long_words=False)
        below = textwrap.wrap(sentence, 42)
        top = (HEIGHT + 85 + 63 * len(lines) + 39 * len(below)) / 2
        place = f"{site_name}  ·  {chapter}" if chapter else ""
        ax.text(70, top, place, color=FORWARD, fontsize=21, va="top")
        head = dict(color=INK, fontweight="bold", linespacing=1.15, va="top")
        ax.text(70, top - 55, "\n".join(lines), fontsize=38, **head)
        rest = dict(color=QUIET, fontsize=20, linespacing=1.4, va="top")
        ax.text(70, top - 85 - 63 * len(lines), "\n".join(below), **rest)
        _draw_network(ax, LAYERS.get(chapter, LAYERS[""]))
        canvas = FigureCanvasAgg(fig)
        canvas.draw()
        for text in filter(Text.get_text, ax.texts):
            box = text.get_window_extent()
            if box.x1 > RIGHT or not MARGIN < box.y0 < box.y1 < HEIGHT - MARGIN:
                raise BuildError(f"{text.get_text()!r} does not fit its card; say it shorter")
    drawn = Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba())
    few = drawn.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    packed = io.BytesIO()
    few.save(packed, "PNG", optimize=True)
    return packed.getvalue()


def _draw_network(ax, layers):
    """Draw a network: blue arrows forward, an orange one back."""
    from matplotlib.patches import Circle

    left, right, middle, radius = 800, 1090, 355, 30
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
        try:
            card = draw_card(name, page.chapter, title, sentence)
        except BuildError as error:
            raise BuildError(f"{page.source(docs, labs)}:1: {error}") from None
        (Path(site) / card_of(page)).write_bytes(card)
    return len(pages)
