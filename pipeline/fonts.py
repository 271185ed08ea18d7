"""Fonts cut down to the glyphs in use."""

import functools
import io
import logging

from fontTools import subset
from fontTools.ttLib import TTFont

logging.getLogger("fontTools.subset").setLevel(logging.ERROR)


@functools.lru_cache(maxsize=256)
def cut(path, code_points):
    """The font file at `path` with only `code_points` (a frozenset), as WOFF2 bytes.

    Raises KeyError with the characters that the font lacks.
    """
    font = TTFont(path, recalcTimestamp=False)
    missing = code_points - font.getBestCmap().keys()
    if missing:
        raise KeyError("".join(map(chr, sorted(missing))))
    options = subset.Options(layout_features=[], name_IDs=[], hinting=False, desubroutinize=True)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=code_points)
    subsetter.subset(font)
    font.flavor = "woff2"
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()
