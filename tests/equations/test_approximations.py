r"""An expansion in a small symbol is held to its smallest term."""

import pytest

from .check import check_file

PAGE = r"""---
equations:
  symbols:
    x: () place
    h: () small; nudge
  functions:
    f: smooth
---

$$ {equation} $$
"""
RIGHT = (
    r"f(x + h) \approx f(x) + h f'(x) + \frac{h^2}{2} f''(x)",
    r"\frac{f(x + h) - f(x - h)}{2 h} - f'(x) \approx \frac{h^2}{6} f'''(x)",
)
WRONG = (
    r"f(x + h) \approx f(x) + h f'(x) - \frac{h^2}{2} f''(x)",
    r"f(x + h) \approx f(x) + h f'(x) + \frac{h^2}{3} f''(x)",
    r"\frac{f(x + h) - f(x - h)}{2 h} - f'(x) \approx \frac{h^2}{7} f'''(x)",
)


def findings(folder, equation):
    file = folder / "page.md"
    file.write_text(PAGE.replace("{equation}", equation), encoding="utf-8")
    return check_file(file)[1]


@pytest.mark.parametrize("equation", RIGHT)
def test_right_expansion_holds(tmp_path, equation):
    assert findings(tmp_path, equation) == []


@pytest.mark.parametrize("equation", WRONG)
def test_wrong_coefficient_is_found(tmp_path, equation):
    (finding,) = findings(tmp_path, equation)
    assert "page.md:10: the two sides do not approach each other as h shrinks" in finding
