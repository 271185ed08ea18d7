"""Two builds of one commit give the same bytes."""

import os
import subprocess
import sys
from pathlib import Path

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
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    again = tmp_path / "site"
    subprocess.run([sys.executable, "-c", BUILD, again], env=environment, check=True)
    first, second = files(Path(site)), files(again)
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []
