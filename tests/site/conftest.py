"""The built site, served to a real browser."""

from functools import wraps
from pathlib import Path

import pytest
from playwright.sync_api import Page

from pipeline.links import pages
from tests.site import browser as browsers
from tests.site import built

MISSING = "site/ is missing: run nox -s docs"


def pytest_addoption(parser):
    parser.addoption("--site", default=browsers.ROOT / "site", help="folder of the built site")


def folder(config):
    return Path(config.getoption("site", browsers.ROOT / "site")).resolve()


def pytest_generate_tests(metafunc):
    """One test a page; without a site, one test that says so."""
    if "address" in metafunc.fixturenames:
        metafunc.parametrize("address", pages(folder(metafunc.config)) or ["index.html"])


@pytest.fixture(scope="session")
def site(request):
    """Folder of the built site."""
    path = folder(request.config)
    if not (path / "index.html").is_file():
        pytest.fail(MISSING, pytrace=False)
    return path


@pytest.fixture(scope="session", autouse=True)
def whole_pages():
    """Open each page as for a reader who has begun to scroll, who gets all of it on a phone too.

    See ``pipeline/render.js``, and ``test_by_parts.py`` for who waits.
    """
    goto = Page.goto

    @wraps(goto)
    def open_whole(page, url, **options):
        response = goto(page, url, **options)
        page.evaluate("dispatchEvent(new Event('scroll'))")
        return response

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Page, "goto", open_whole)
        yield


@pytest.fixture(scope="session")
def server(site):
    """Address of the served site, with its final slash."""
    with built.served(site) as address:
        yield address
