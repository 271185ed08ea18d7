"""False equations stop the build, and the page on checks shows a real objection."""

import pytest
from planted import refusal, write

from pipeline import equations
from pipeline.errors import BuildError

PAGE = """---
equations:
  sizes: {N: [5, 4], D: [3, 2]}
  symbols:
    X: (N, D) inputs
    w: (D) weights
    z: (N) pre-activations
  definitions:
    z: X @ w
---

$$
z = X w
$$
"""


def test_true_page_is_reported_with_a_mark(tmp_path):
    write(tmp_path, "docs/page.md", PAGE)
    report = equations.check_equations(tmp_path / "docs")
    assert equations.marks(report) == {"page.md": ["definition, equal to X @ w"]}


def test_false_equation_is_named_with_its_line(tmp_path):
    page = write(tmp_path, "docs/page.md", PAGE.replace("z = X w", "z = -X w"))
    message = refusal(equations.check_equations, tmp_path / "docs")
    assert message.startswith(f"{page}:13: false")


def test_changed_page_is_decided_again(tmp_path):
    write(tmp_path, "docs/page.md", PAGE)
    equations.check_equations(tmp_path / "docs")
    write(tmp_path, "docs/page.md", PAGE.replace("z = X w", "z = X w + w"))
    with pytest.raises(BuildError, match=r"page\.md:13"):
        equations.check_equations(tmp_path / "docs")


def test_table_of_symbols_is_made_from_the_front_matter(tmp_path):
    write(tmp_path, "docs/page.md", PAGE)
    equations.write_symbols(tmp_path / "docs", tmp_path / "fragments")
    table = (tmp_path / "fragments/symbols/page.md").read_text(encoding="utf-8")
    assert "| $X$ | inputs | $(N, D)$ |" in table


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("equations:", "title: A: b\nequations:", "page.md:2: the front matter is not YAML: map"),
        ("X: (N, D) inputs", "X: inputs", "page.md:1: front matter, equations: symbol X: write"),
        ("$$\nz", "<!-- equation: flase: why -->\n$$\nz", "page.md:12: unknown directive; known:"),
    ],
)
def test_page_that_cannot_be_read_is_named(tmp_path, old, new, words):
    assert old in PAGE
    write(tmp_path, "docs/page.md", PAGE.replace(old, new, 1))
    assert words in refusal(equations.write_symbols, tmp_path / "docs", tmp_path / "fragments")


def test_broken_copy_must_be_objected_to(tmp_path, monkeypatch):
    monkeypatch.setattr(equations, "WRONG", equations.RIGHT)
    message = refusal(equations.write_broken, "docs", tmp_path)
    assert message.endswith("a wrong sign was planted and nothing objected")


def test_equation_to_be_broken_must_be_there(tmp_path):
    write(tmp_path, f"docs/{equations.BROKEN}", PAGE)
    assert "has changed" in refusal(equations.write_broken, tmp_path / "docs", tmp_path)


def test_what_the_check_answers_fits_the_width_of_a_page(tmp_path):
    equations.write_broken("docs", tmp_path)
    for name in ("line", "message"):
        text = (tmp_path / f"checks/broken-{name}.txt").read_text(encoding="utf-8")
        assert len(text.splitlines()) > 1
        assert max(map(len, text.splitlines())) <= equations.WIDTH
