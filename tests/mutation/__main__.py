"""Mutate every snippet and say what nothing noticed: ``python -m mutation [FILE …]``."""

import sys
import time

from .judge import ROOT, Judge
from .mutate import mutants
from .survivors import LIST, compare, explained


def snippets():
    """The snippets of NumPy alone, relative to their folder; PyTorch's layers are not ours."""
    for path in sorted((ROOT / "snippets").rglob("*.py")):
        if "import torch" not in path.read_text(encoding="utf-8"):
            yield path.relative_to(ROOT / "snippets").as_posix()


def main(files):
    """Judge every mutant of the files; return the number of problems."""
    total, alive, begun = 0, [], time.perf_counter()
    for file in files:
        started, judge = time.perf_counter(), Judge(file)
        found = mutants(judge.source, file)
        complaints = judge.complaints([mutant.source for mutant in found])
        living = [mutant for mutant, said in zip(found, complaints) if said is None]
        total += len(found)
        alive += living
        took = time.perf_counter() - started
        print(f"  {file}: {len(found)} mutants, {len(living)} survive, {took:.0f} s", flush=True)
    unexplained, stale = compare(alive, explained(), files)
    for mutant in unexplained:
        print(f"nothing notices {mutant}")
    for key in stale:
        print(f"{LIST.name}: no such survivor, remove it: {' | '.join(key)}")
    print(
        f"{total} mutants: {total - len(alive)} killed, "
        f"{len(alive) - len(unexplained)} survivors explained, "
        f"{len(unexplained)} survivors unexplained, {time.perf_counter() - begun:.0f} s"
    )
    return len(unexplained) + len(stale)


if __name__ == "__main__":
    chosen = sys.argv[1:]
    every = list(snippets())
    if unknown := set(chosen) - set(every):
        sys.exit(f"no snippet of NumPy alone: {', '.join(sorted(unknown))}")
    sys.exit(1 if main(chosen or every) else 0)
