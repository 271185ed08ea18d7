"""The search answers what a learner types: the right page is among its first three results."""

import tomllib
from pathlib import Path

import pytest

from pipeline.links import pages

QUESTIONS = Path(__file__).with_name("questions.toml")
FIRST = 3
RESULT = ".md-search-result__item"
WAITING = "result-of-the-question-before"


def questions():
    """Each question with the pages that answer it."""
    table = tomllib.loads(QUESTIONS.read_text(encoding="utf-8"))
    return {question: answers for group in table.values() for question, answers in group.items()}


@pytest.fixture(scope="module")
def page(browser, server):
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto(server + "index.html")
        page.locator("input.md-search__input").click()
        ask(page, "warm up")
        yield page


def ask(page, question):
    """Type the question into the search; return the pages of the results, best first."""
    page.locator(".md-search-result__list").evaluate(
        "(list, name) => list.innerHTML = `<li class=${name}>`", WAITING
    )
    page.locator("input.md-search__input").fill(question)
    page.keyboard.press("End")
    page.locator(f".{WAITING}").wait_for(state="detached")
    return page.locator(f"{RESULT} > a:first-child").evaluate_all(
        "(links) => links.map((link) => new URL(link.href).pathname.slice(1))"
    )


def missed(found, answers):
    """Say what was found, if no page that answers is among the first results."""
    return None if set(found[:FIRST]) & set(answers) else found[:FIRST]


@pytest.mark.parametrize("question", questions())
def test_question_finds_its_page(question, page):
    assert not missed(ask(page, question), questions()[question])


def test_every_answer_is_a_page(site):
    answers = {answer for pages_of_one in questions().values() for answer in pages_of_one}
    assert not answers - set(pages(site))


def test_page_that_comes_fourth_is_missed():
    assert missed(["a", "b", "c", "right"], ["right"]) == ["a", "b", "c"]
    assert missed(["a", "b", "right"], ["right", "other"]) is None


def test_nonsense_finds_nothing(page):
    assert ask(page, "qwrtz") == []
