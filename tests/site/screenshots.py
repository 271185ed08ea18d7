"""Pictures of the built pages to look at.

python -m tests.site.screenshots FOLDER [PAGE …] draws each page, or those named, at 1280 and
360 px, light and dark, and as printed on A4, cut into pieces that can be read on a screen.
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from pipeline.links import pages
from tests.site.browser import ROOT, chromium
from tests.site.built import served

PIECE = 1600
# A picture of the whole page shows what no window has come near, too.
WHOLE = "* { content-visibility: visible !important }"
VIEWS = {
    f"{width}-{scheme}": ({"width": width, "height": 900}, scheme, "screen")
    for width in (1280, 360)
    for scheme in ("light", "dark")
}
VIEWS["print"] = ({"width": 794, "height": 1123}, "light", "print")


def draw(browser, server, folder, addresses):
    """Draw every page in every view."""
    for view, (size, scheme, medium) in VIEWS.items():
        with browser.new_context(viewport=size, color_scheme=scheme) as context:
            page = context.new_page()
            page.emulate_media(media=medium, color_scheme=scheme)
            for address in addresses:
                page.goto(server + address, wait_until="networkidle")
                page.add_style_tag(content=WHOLE)
                page.eval_on_selector_all("img", "all => all.forEach(i => i.loading = 'eager')")
                page.wait_for_load_state("networkidle")
                name = address.removesuffix(".html").replace("/", "-")
                height = page.evaluate("document.documentElement.scrollHeight")
                for number, top in enumerate(range(0, height, PIECE), start=1):
                    page.screenshot(
                        path=folder / f"{name}-{view}-{number}.png",
                        full_page=True,
                        clip={
                            "x": 0,
                            "y": top,
                            "width": size["width"],
                            "height": min(PIECE, height - top),
                        },
                    )


if __name__ == "__main__":
    site = ROOT / "site"
    if len(sys.argv) < 2 or sys.argv[1].startswith("-") or not site.is_dir():
        sys.exit(__doc__ if site.is_dir() else "site/ is missing: run nox -s docs")
    out = Path(sys.argv[1])
    with served(site) as address, sync_playwright() as playwright:
        draw(playwright.chromium.launch(**chromium()), address, out, sys.argv[2:] or pages(site))
    print(f"{len(list(out.glob('*.png')))} pictures in {out}")
