"""Two builds of one commit give the same bytes, wherever they are made."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.site.browser import ROOT

PRODUCTS = (".nox", ".venv", "node_modules", "build", "site", "__pycache__")
BUILD = """
import sys
from pathlib import Path
from pipeline.build import build
build(Path(sys.argv[1]))
"""


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_second_build_has_the_same_bytes(site, tmp_path):
    copy, again = tmp_path / "copy", tmp_path / "site"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*PRODUCTS))
    (copy / "node_modules").symlink_to(ROOT / "node_modules")
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    subprocess.run([sys.executable, "-c", BUILD, again], cwd=copy, env=environment, check=True)
    first, second = files(Path(site)), files(again)
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []
