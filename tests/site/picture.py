"""The picture of the site that the README shows: a page in light beside another in the dark.

python -m tests.site.picture [FILE] draws it from the built site; the file is committed.
"""

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.site.browser import ROOT, chromium
from tests.site.built import served

PICTURE = ROOT / ".github" / "readme.webp"
WIDTH, HEIGHT, GAP, SCALE = 600, 700, 16, 2
LIMIT = 150 * 1024
# Page, what stands at the top of the picture, scheme, and the presses that come first.
HALVES = (
    ("hidden-layer/derivation.html", "#the-error-signal-of-the-output-layer", "light", ()),
    ("hidden-layer/step-the-network.html", ".widget", "dark", ("forward", "backward")),
)


def half(browser, server, page, top, scheme, presses):
    """One half of the picture, as an image."""
    size = {"width": WIDTH, "height": HEIGHT}
    with browser.new_context(
        viewport=size, color_scheme=scheme, device_scale_factor=SCALE, reduced_motion="reduce"
    ) as context:
        tab = context.new_page()
        tab.goto(f"{server}{page}", wait_until="networkidle")
        for press in presses:
            tab.locator(f"[data-press={press}]").click()
        tab.mouse.move(0, 0)
        tab.add_style_tag(content=".md-top { display: none }")
        tab.locator(top).first.evaluate(
            "e => scrollTo({ top: scrollY + e.getBoundingClientRect().top - 64 })"
        )
        tab.wait_for_timeout(500)
        return Image.open(io.BytesIO(tab.screenshot())).convert("RGB")


def draw(site):
    """The whole picture, as the bytes of a WebP file no larger than the limit."""
    with served(site) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium())
        halves = [half(browser, server, *view) for view in HALVES]
    width = sum(image.width for image in halves) + GAP * SCALE
    whole = Image.new("RGBA", (width, halves[0].height), (0, 0, 0, 0))
    whole.paste(halves[0], (0, 0))
    whole.paste(halves[1], (width - halves[1].width, 0))
    for quality in range(90, 30, -5):
        packed = io.BytesIO()
        whole.save(packed, "WEBP", quality=quality, method=6)
        if packed.tell() <= LIMIT:
            return packed.getvalue()
    sys.exit(f"the picture has more than {LIMIT // 1024} KiB at any quality; show less in it")


if __name__ == "__main__":
    if not (ROOT / "site" / "index.html").is_file():
        sys.exit("site/ is missing: run nox -s docs")
    target = Path(sys.argv[1]) if sys.argv[1:] else PICTURE
    target.write_bytes(draw(ROOT / "site"))
    print(f"{target}: {target.stat().st_size / 1024:.0f} KiB; look at it, then commit it")
