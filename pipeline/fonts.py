"""The stylesheet of the equations, with MathJax's fonts in it, cut down to the glyphs in use."""

import base64
import functools
import io
import logging
import re
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from pipeline.errors import BuildError

MODULES = Path(__file__).resolve().parent.parent / "node_modules"
FONTS = MODULES / "@mathjax/mathjax-newcm-font/chtml/woff2"

FACE = re.compile(r"@font-face[^{]*\{[^}]*\}")
GLYPH = re.compile(r"^mjx-c\.[^{}]*\{\s*padding: \S+ \S+ ([\d.]+em) 0", re.MULTILINE)

logging.getLogger("fontTools.subset").setLevel(logging.ERROR)


def with_fonts(css, glyphs):
    """MathJax's stylesheet with its fonts inside, each cut to its code points in `glyphs`.

    Fonts that come later would leave the equations blank for a while, and preloaded ones are
    refused where a page is opened without a server. Raises BuildError if a font lacks a character.
    """
    # Every glyph is set with the metrics of a font that has but a space, without height.
    glyphs = {"NCM-ZERO": [32], **glyphs}
    faces = {}
    for face in FACE.findall(css):
        family = re.search(r"font-family: MJX-([\w-]+)", face)[1]
        if family in glyphs:
            file = re.search(r"[\w-]+\.woff2", face)[0]
            font = base64.b64encode(cut(FONTS / file, frozenset(glyphs[family]))).decode()
            url = f"data:font/woff2;base64,{font}"
            faces[family] = f"@font-face{{font-family:MJX-{family};src:url({url})}}"
    used = "|".join(faces)
    css = re.sub(
        rf"^\.(?!(?:{used}) )NCM-\S+ {{[^}}]*}}", "", FACE.sub("", css), flags=re.MULTILINE
    )
    # A glyph's box hangs by its depth, not by a font's baseline: no font moves anything.
    css = GLYPH.sub(r"\g<0>; vertical-align: -\1", css)
    css = re.sub(r"\s*([{},;>])\s*|(?<=:)\s+(?=[^{}]*\})", r"\1", css).replace(";}", "}")
    return css.strip() + "".join(faces.values()) + "\n"


@functools.lru_cache(maxsize=256)
def cut(path, code_points):
    """The font file at `path` with only `code_points` (a frozenset), as WOFF2 bytes.

    Raises BuildError if the font lacks one.
    """
    font = TTFont(path, recalcTimestamp=False)
    if missing := sorted(code_points - font.getBestCmap().keys()):
        signs = ", ".join(f"{chr(point)} (U+{point:04X})" for point in missing)
        raise BuildError(f"{path.name}: no glyph for {signs}; write the equations without")
    options = subset.Options(
        layout_features=[], name_IDs=[], hinting=False, desubroutinize=True, bidi_closure=False
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=code_points)
    subsetter.subset(font)
    font.flavor = "woff2"
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()
