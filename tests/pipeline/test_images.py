"""Every figure on a built page has its size, so that nothing moves when it arrives."""

import pytest
from planted import refusal, write

from pipeline.images import size_images

SVG = '<?xml version="1.0"?>\n<svg xmlns:x="y" width="460.8pt" height="259.2pt" viewBox="0 0 9 9">'


def sized(folder, html, svg=SVG, page="chapter/page.html"):
    write(folder, "figures/chapter/a.svg", svg)
    path = write(folder, page, html)
    size_images(folder)
    return path.read_text()


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            '<p><img alt="A curve" src="../figures/chapter/a.svg" /></p>',
            '<p><img alt="A curve" src="../figures/chapter/a.svg" width="614" height="346"></p>',
        ),
        (
            '<h2>A</h2><img src="../figures/chapter/a.svg" alt="A curve">',
            '<h2>A</h2><img src="../figures/chapter/a.svg" alt="A curve" '
            'width="614" height="346" loading="lazy">',
        ),
    ],
)
def test_size_in_points_becomes_pixels(tmp_path, html, expected):
    assert sized(tmp_path, html) == expected


def test_other_images_are_left_alone(tmp_path):
    html = '<img src="../assets/mark.svg" alt=""><img src="data:image/png;base64,xx">'
    assert sized(tmp_path, html) == html


def test_figure_without_a_size_is_named(tmp_path):
    html = '<img src="../figures/chapter/a.svg" alt="A curve">'
    assert refusal(sized, tmp_path, html, "<svg viewBox='0 0 9 9'>") == (
        f"{tmp_path}/chapter/page.html: ../figures/chapter/a.svg has no size in points; "
        "draw it with savefig"
    )


def test_figure_that_is_not_there_is_named(tmp_path):
    html = '<img src="../figures/chapter/b.svg" alt="A curve">'
    assert refusal(sized, tmp_path, html) == (
        f"{tmp_path}/chapter/page.html: ../figures/chapter/b.svg is missing; draw it with savefig"
    )
