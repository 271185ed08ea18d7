"""The browser that all tests of a session share."""

import pytest
from playwright.sync_api import sync_playwright

from tests.site.browser import NoBrowser, chromium


@pytest.fixture(scope="session")
def browser():
    """A Chromium for all tests of the session."""
    try:
        options = chromium()
    except NoBrowser as error:
        pytest.fail(str(error), pytrace=False)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(**options)
        yield running
        running.close()
