"""Small sources with a planted fault, and what the build says to them."""

from textwrap import dedent

import pytest

from pipeline.errors import BuildError


def write(folder, name, text):
    """Write the text, without its common indent, into a file of the folder; return its path."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dedent(text).removeprefix("\n"), encoding="utf-8")
    return path


def refusal(function, *arguments, **options):
    """What the function says when it refuses its arguments."""
    with pytest.raises(BuildError) as refused:
        function(*arguments, **options)
    return str(refused.value)
