"""Give every figure on a built page its width and height, so that nothing moves when it arrives.

What stands below the first heading of a section waits until the reader comes near; a figure above
it is fetched at once.
"""

import re
from pathlib import Path

from pipeline.errors import BuildError

IMAGE = re.compile(r'<img (?P<attributes>[^>]*src="(?P<src>[^"]*figures/[^"]+\.svg)"[^>]*?) ?/?>')
PIXELS_PER_POINT = 4 / 3


def size_images(site):
    """Write the size of each figure into its <img>, in pixels; raise BuildError if it has none."""
    for page in sorted(Path(site).rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        beginning = text.find("<h2")
        sized = IMAGE.sub(
            lambda image, page=page, beginning=beginning: _sized(image, page, beginning), text
        )
        if sized != text:
            page.write_text(sized, encoding="utf-8")


def _sized(image, page, beginning):
    figure = page.parent / image["src"]
    if not figure.is_file():
        raise BuildError(f"{page}: {image['src']} is missing; draw it with savefig")
    svg = figure.read_text(encoding="utf-8")
    sides = {
        side: re.search(rf'<svg[^>]*?\s{side}="([\d.]+)pt"', svg) for side in ("width", "height")
    }
    if not all(sides.values()):
        raise BuildError(f"{page}: {image['src']} has no size in points; draw it with savefig")
    pixels = (
        f'{side}="{round(float(size[1]) * PIXELS_PER_POINT)}"' for side, size in sides.items()
    )
    waits = ' loading="lazy"' if -1 < beginning < image.start() else ""
    return f"<img {image['attributes']} {' '.join(pixels)}{waits}>"
