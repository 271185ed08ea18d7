"""A Chromium for the tests: the one installed, else the one that npm's package ships."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
NAMES = ["chromium", "chromium-browser", "google-chrome"]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
UNPACK = """
import chromium from "@sparticuz/chromium";
await chromium.executablePath();
"""
# The package ships libraries (NSS, Expat) for one cloud platform only, which it knows by this.
PLATFORM = {"AWS_EXECUTION_ENV": "AWS_Lambda_nodejs22.x"}
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{folder}/fonts</dir>
  <cachedir>{folder}/fonts-cache</cachedir>
</fontconfig>
"""


class NoBrowser(Exception):
    """No Chromium is installed and none can be unpacked."""


def find_node():
    """The path of Node.js, that of this environment first; None if there is none."""
    return shutil.which("node", path=Path(sys.executable).parent) or shutil.which("node")


def unpack(package, folder):
    """Fill folder with the browser, libraries and fonts that the npm package ships."""
    node = find_node()
    if node is None or not package.is_dir():
        raise NoBrowser(
            "no browser: install Chromium (or name one in the variable CHROMIUM), "
            f"or run npm ci, which brings {package.relative_to(ROOT)}"
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent) as scratch:
        fresh = Path(scratch) / "fresh"
        fresh.mkdir()
        unpacked = subprocess.run(
            [node, "--input-type=module", "--eval", UNPACK],
            cwd=ROOT,
            env={**os.environ, **PLATFORM, "TMPDIR": str(fresh)},
            capture_output=True,
            text=True,
        )
        if unpacked.returncode:
            raise NoBrowser(f"the browser of {package} cannot be unpacked:\n{unpacked.stderr}")
        (fresh / "fonts.conf").write_text(FONTS.format(folder=folder))
        fresh.rename(folder)


def chromium(package=ROOT / "node_modules" / "@sparticuz" / "chromium"):
    """Launch options for Playwright: the executable, and what it needs around it."""
    installed = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if installed:
        return {"executable_path": installed, "args": ARGUMENTS}
    try:
        version = json.loads((package / "package.json").read_text())["version"]
    except FileNotFoundError:
        version = ""
    folder = ROOT / "node_modules" / ".cache" / f"chromium-{version}"
    if not folder.is_dir():
        unpack(package, folder)
    environment = {
        **os.environ,
        "LD_LIBRARY_PATH": str(folder / "al2023" / "lib"),
        "FONTCONFIG_FILE": str(folder / "fonts.conf"),
    }
    return {"executable_path": folder / "chromium", "args": ARGUMENTS, "env": environment}
