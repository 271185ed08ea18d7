"""Check the equations of Markdown pages, print their symbols, or plant mistakes in them."""

import argparse
import json
import sys
from pathlib import Path

from .mutate import mutate
from .page import Page
from .report import report
from .table import symbol_table


def main(arguments=None):
    """Run one of the commands; the exit status is 1 where something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m equations", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    checking = commands.add_parser("check", help="decide every equation of some pages")
    checking.add_argument("paths", nargs="+", help="folders or Markdown files")
    checking.add_argument("--report", type=Path, help="write the verdicts to this JSON file")
    symbols = commands.add_parser("symbols", help="print a page's table of symbols")
    symbols.add_argument("page", type=Path)
    mutating = commands.add_parser("mutate", help="plant mistakes; each must be found")
    mutating.add_argument("paths", nargs="+", help="folders or Markdown files")
    mutating.add_argument("--sample", type=int, help="only so many mistakes")
    mutating.add_argument("--seed", type=int, default=0, help="which sample")
    mutating.add_argument("--list", action="store_true", help="list the equivalent mutants")
    chosen = parser.parse_args(arguments)
    if chosen.command == "symbols":
        print(symbol_table(Page.load(chosen.page)))
        return 0
    if chosen.command == "mutate":
        return mutate(chosen.paths, chosen.sample, chosen.seed, chosen.list)
    result, findings = report(chosen.paths)
    if chosen.report:
        chosen.report.parent.mkdir(parents=True, exist_ok=True)
        chosen.report.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")
    print(*findings, sep="\n", end="\n" if findings else "")
    totals = result["totals"]
    print(
        f"{totals['displays']} display equations, {totals['unchecked']} not machine-checked, "
        f"{totals['inline claims']} claims in lines, {totals['failures']} failures"
    )
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
