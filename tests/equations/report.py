"""The result of a run as data, for whoever marks the equations on the site."""

from collections import Counter
from pathlib import Path

from .check import check_file

CAP = 0.05


def pages(paths):
    """The Markdown files below some folders, each with its path relative to its folder."""
    found = []
    for path in map(Path, paths):
        files = sorted(path.rglob("*.md")) if path.is_dir() else [path]
        root = path if path.is_dir() else root_of(path)
        found += [(file, file.relative_to(root).as_posix()) for file in files]
    return found


def root_of(file):
    """The folder `docs` above a file, or the folder of the file."""
    above = [parent for parent in file.parents if parent.name == "docs"]
    return above[-1] if above else file.parent


def report(paths, check=check_file):
    """All verdicts as a dictionary for JSON, and the findings as lines of text.

    A preview passes a `check` that remembers the verdicts on files that have not changed.
    """
    findings, result = [], {"pages": {}, "totals": {}}
    kinds, inline = Counter(), 0
    for file, name in pages(paths):
        verdicts, found = check(file)
        findings += found
        displays = [verdict for verdict in verdicts if verdict.formula.display]
        inline += sum(
            verdict.kind != "formula" for verdict in verdicts if not verdict.formula.display
        )
        kinds.update(verdict.kind for verdict in displays)
        if displays:
            result["pages"][name] = [entry(verdict) for verdict in displays]
    total = sum(kinds.values())
    if kinds["unchecked"] > CAP * total:
        findings.append(
            f"{kinds['unchecked']} of {total} display equations are not machine-checked: "
            f"at most {CAP:.0%} may be"
        )
    result["totals"] = {
        "displays": total,
        "checked": total - kinds["unchecked"],
        "unchecked": kinds["unchecked"],
        "inline claims": inline,
        "failures": len(findings),
        "kinds": dict(sorted(kinds.items())),
    }
    return result, findings


def entry(verdict):
    """One display equation as a dictionary."""
    return {
        "line": verdict.formula.line,
        "tex": verdict.formula.tex,
        "kind": verdict.kind,
        "mark": verdict.message if verdict.trouble else verdict.mark,
    }
