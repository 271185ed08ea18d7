"""The mutants that nothing can notice, each with its reason, in survivors.toml."""

import tomllib
from collections import Counter
from pathlib import Path

LIST = Path(__file__).with_name("survivors.toml")


def explained():
    """How many mutants there is a reason for, by file, line and change."""
    entries = tomllib.loads(LIST.read_text(encoding="utf-8")).get("survivor", [])
    return Counter(
        (entry["file"], entry["line"], change)
        for entry in entries
        if entry["reason"]
        for change in entry["changes"]
    )


def compare(alive, expected, files):
    """The mutants beyond those expected to live, and the keys of those in files that do not."""
    left = expected.copy()
    unexplained = []
    for mutant in alive:
        if left[mutant.key]:
            left[mutant.key] -= 1
        else:
            unexplained.append(mutant)
    return unexplained, [key for key in left.elements() if key[0] in files]
