"""A shape that a snippet states, in a comment or a docstring, is that of the value."""

import pytest
from planted import refusal, write

from pipeline import outputs

SOURCE = '''
    """Multiply.

    >>> X, w = np.ones((5, 3)), np.ones(3)
    >>> z = multiply(X, w)  # (N,)
    """

    import numpy as np


    def multiply(X, w):
        """Products of the rows of X (N, D) with w (D,), as (N,)."""
        z = X @ w  # (N,)
        return z
'''


def plant(folder, old, new):
    assert old in SOURCE
    return write(folder, "snippet.py", SOURCE.replace(old, new))


def run(path):
    return outputs.run_snippet(path, path.parent / "figures")


def refused(path):
    return refusal(run, path)


def test_true_shapes_pass(tmp_path):
    assert run(write(tmp_path, "snippet.py", SOURCE)) == (0, [])


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "z = X @ w  # (N,)",
            "z = X @ w  # (D,)",
            "12: stated is the shape (D,) with D = 3, the value has (5,); correct one of them",
        ),
        (
            "z = X @ w  # (N,)",
            "z = X @ w  # (N, 1)",
            "12: stated is the shape (N, 1) with N = 5, the value has (5,); correct one of them",
        ),
        (
            "z = X @ w  # (N,)",
            "z = X @ w  # (4,)",
            "12: stated is the shape (4,), the value has (5,); correct one of them",
        ),
        (
            "z = X @ w  # (N,)",
            "b = 1.0  # (N,)\n        z = X @ w",
            "12: stated is the shape (N,) with N = 5, the value has (); correct one of them",
        ),
        (
            "multiply(X, w)  # (N,)",
            "multiply(X, w)  # (N, D)",
            "4: stated is the shape (N, D), the value has (5,); correct one of them",
        ),
        (
            "X, w = np.ones((5, 3)), np.ones(3)",
            "X, w = np.ones((5, 3)), np.ones((3, 1))",
            "11: stated is the shape (D,) with D = 3, the value has (3, 1); correct one of them",
        ),
        (
            "as (N,).",
            "as (D,).",
            "11: stated is the shape (D,) with D = 3, the value has (5,); correct one of them",
        ),
        (
            "return z",
            "return z[:2]  # (N,)",
            "11: stated is the shape (N,) with N = 5, the value has (2,); correct one of them",
        ),
        (
            "X (N, D) with",
            "X (N, N) with",
            "11: N would be 5 and 3 in the shape (5, 3); use two letters",
        ),
    ],
)
def test_wrong_shape_is_named(tmp_path, old, new, message):
    path = plant(tmp_path, old, new)
    assert refused(path) == f"{path}:{message}"


def test_shape_of_a_return_is_checked(tmp_path):
    path = plant(tmp_path, "return z", "return z * 2  # (D,)")
    assert refused(path).startswith(f"{path}:13: stated is the shape (D,) with D = 3")


def test_letter_may_stand_for_another_size_in_the_next_call(tmp_path):
    path = plant(tmp_path, '(N,)\n    """', '(N,)\n    >>> two = multiply(X[:2], w)\n    """')
    assert run(path) == (0, [])


@pytest.mark.parametrize("dead", ["if False:\n            z = 2 * z  # (N,)\n        return z"])
def test_shape_that_no_example_reaches_is_refused(tmp_path, dead):
    path = plant(tmp_path, "return z", dead)
    assert refused(path) == f"{path}:14: no example executes this shape comment; add one"


@pytest.mark.parametrize(
    "misplaced",
    [
        "for row in X:  # (D,)\n            pass",
        "z = np.add(  # (N,)\n            z, z\n        )",
        "print(z, end='')  # (N,)",
        "if True:  # (N,)\n            pass",
    ],
)
def test_shape_in_a_place_where_it_says_nothing_is_refused(tmp_path, misplaced):
    path = plant(tmp_path, "return z", f"{misplaced}\n        return z")
    assert refused(path) == (
        f"{path}:13: a shape comment belongs behind the last line of an assignment or of a return; "
        "move it there"
    )


@pytest.mark.parametrize(
    "comment", ["# (N, D) of X", "# (N; D)", "# (N, D", "# z: (N, D)", "# one a row, so (N,)"]
)
def test_shape_that_cannot_be_read_is_refused(tmp_path, comment):
    before = "" if comment == "# (N, D) of X" else "z = 2 * z  "
    path = plant(tmp_path, "return z", f"{before}{comment}\n        return z")
    assert refused(path) == (
        f"{path}:13: {comment!r} looks like a shape; "
        "write it as # (N, D) behind the line whose value has that shape"
    )


def test_other_brackets_in_comments_are_left_alone(tmp_path):
    path = plant(
        tmp_path, "return z", "z = 2 * z  # twice (see Figure 2), at (0, 1)\n        return z"
    )
    assert run(path) == (0, [])


def test_false_shape_is_not_hidden_by_the_snippet(tmp_path):
    path = plant(
        tmp_path,
        "z = multiply(X, w)  # (N,)",
        "try:\n    ...     multiply(X, w[:, None])\n    ... except ValueError:\n    ...     pass",
    )
    assert refused(path).startswith(f"{path}:14: stated is the shape (D,) with D = 3")
