"""Rate every built page, or those named, with Lighthouse: ``python -m audit [PAGE …]``.

Each page is rated three times, as on a phone with a slow network; the medians go into
build/audit.md and build/audit.json. Ends with 1 if a page is not as good as it can be.
"""

import json
import os
import subprocess
import sys
from urllib.parse import urlsplit

from pipeline.links import pages
from tests.site.browser import ROOT, NoBrowser

from .lighthouse import CannotAudit, rate
from .report import faults, row, table
from .server import served

SITE, OUT, RUNS = ROOT / "site", ROOT / "build", 3


def chosen(site, names):
    """Return the pages to rate; raise CannotAudit for a name that is no page of the site."""
    every = [*pages(site), "404.html"]
    if unknown := [name for name in names if name not in every]:
        there = "\n  ".join(every)
        raise CannotAudit(f"no page {', '.join(unknown)}; the pages are\n  {there}")
    return [name for name in every if name in names] if names else every


def audit(site, names):
    """Rate the pages, saying of each when it is done; return their rows."""
    # The error page names its files from the host's root on, as the site was built.
    folder = urlsplit(os.environ.get("SITE_URL", "")).path.strip("/")
    rows = []
    with served(site, folder) as address:
        reports = rate([address + name for name in names], RUNS)
        for name in names:
            rows.append(row(name, [next(reports) for _ in range(RUNS)]))
            print(f"{name}: {' '.join(map(str, rows[-1].scores))}", flush=True)
    return rows


def main(names):
    """Build the site if there is none, rate its pages, print and keep the table."""
    try:
        if not (SITE / "index.html").is_file():
            subprocess.run([sys.executable, "-m", "pipeline.build"], cwd=ROOT, check=True)
        rows = audit(SITE, chosen(SITE, names))
    except subprocess.CalledProcessError:
        return "error: the site cannot be built; what is wrong stands above"
    except (CannotAudit, NoBrowser) as error:
        return f"error: {error}"
    OUT.mkdir(exist_ok=True)
    wrong = faults(rows)
    text = f"{table(rows)}\n" + (f"\n{wrong}\n" if wrong else "")
    (OUT / "audit.md").write_text(text, encoding="utf-8")
    (OUT / "audit.json").write_text(json.dumps([each._asdict() for each in rows], indent=1) + "\n")
    print(f"\n{text}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
