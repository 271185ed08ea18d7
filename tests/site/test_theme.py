"""What is mended in the theme stands on every page; a theme that has changed is noticed."""

import pytest

from pipeline.theme import MENDS

SKIPS, DRAWER = 'class="md-skip"', 'id="__drawer"'


def faults(html):
    """The mends that a page lacks, each as it should read."""
    found = [right for flaw, right in MENDS if flaw in html or right not in html]
    first = -1 < html.find(SKIPS) < html.find(DRAWER)
    return found if first else [*found, f"{SKIPS} before {DRAWER}"]


def test_every_mend_stands_on_the_page(site, address):
    assert faults((site / address).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(("flaw", "right"), MENDS)
def test_a_missing_mend_is_found(flaw, right):
    html = f"<a {SKIPS}><input {DRAWER}>" + "".join(right for _, right in MENDS)
    assert faults(html) == []
    assert right in faults(html.replace(right, flaw))
    if right != ">":
        assert faults(html.replace(right, "another theme")) == [right]


def test_a_drawer_before_the_link_that_skips_is_found():
    html = f"<input {DRAWER}><a {SKIPS}>" + "".join(right for _, right in MENDS)
    assert faults(html) == [f"{SKIPS} before {DRAWER}"]
