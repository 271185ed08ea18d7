"""Whether anything notices a mutant: the snippet's own examples, then the tests of its stem."""

import os
import select
import signal
import sys
import tempfile
import time
import types
from collections import Counter
from pathlib import Path

import matplotlib.figure
import pytest
import torch  # noqa: F401 - once here, and not in the process of every mutant

from pipeline import outputs, shapes

ROOT = Path(__file__).resolve().parents[2]
NOTHING = "nothing notices"

OFTEN = 20


def at_first(check):
    """The assertion of a shape, left out where its line has been asserted often: it is slow."""
    count = Counter()

    def checked(self, value, names, line, sizes):
        count[line] += 1
        if count[line] <= OFTEN:
            check(self, value, names, line, sizes)

    return checked


class Judge:
    """The checks of one snippet; each mutant is tried in a fork of this process."""

    def __init__(self, file, snippets=ROOT / "snippets", tests=ROOT / "tests", checks=None):
        self.file = Path(file)
        self.source = (snippets / file).read_text(encoding="utf-8")
        self.test = tests / self.file.with_name(f"test_{self.file.name}")
        self.checks = checks or (self.examples, self.tests)
        self.limit = 60
        begun = time.perf_counter()
        (complaint,) = self.complaints([self.source])
        if complaint:
            raise AssertionError(f"{file}: refused without any mutation: {complaint}")
        # A mutant may loop for ever: it is given five times what the original took.
        self.limit = 2 + 5 * (time.perf_counter() - begun)

    def complaints(self, sources, at_once=None):
        """The first complaint about each source; None where nothing notices."""
        found = [None] * len(sources)
        waiting = list(enumerate(sources))[::-1]
        running = {}
        while waiting or running:
            while waiting and len(running) < (at_once or os.cpu_count()):
                place, source = waiting.pop()
                child, reading = self.start(source)
                running[reading] = place, child, time.monotonic() + self.limit
            patience = min(deadline for _, _, deadline in running.values()) - time.monotonic()
            ready, _, _ = select.select(list(running), [], [], max(patience, 0))
            for reading, (place, child, deadline) in list(running.items()):
                if reading in ready:
                    said = os.read(reading, 1000).decode(errors="replace")
                elif time.monotonic() > deadline:
                    said = f"no end within {self.limit:.0f} s"
                    os.kill(child, signal.SIGKILL)
                else:
                    continue
                del running[reading]
                os.close(reading)
                os.waitpid(child, 0)
                if not said:
                    raise AssertionError(f"{self.file}: a mutant's process died without a word")
                found[place] = None if said == NOTHING else said
        return found

    def start(self, source):
        """Try a source out in a new process; return its number and what it will write to."""
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            os.close(reading)
            os._exit(self.try_out(source, writing))
        os.close(writing)
        return child, reading

    def try_out(self, source, writing):
        """In the child: run the checks, write the first complaint, return an exit status."""
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        said = NOTHING
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / self.file.name
            path.write_text(source, encoding="utf-8")
            try:
                for check in self.checks:
                    if complaint := check(path):
                        said = complaint
                        break
            except BaseException as error:
                said = f"{type(error).__name__}: {error}"
        os.write(writing, said.encode()[:1000])
        return 0

    @staticmethod
    def examples(path):
        """Run the examples as the build does; figures are not written, shapes asserted at first."""
        matplotlib.figure.Figure.savefig = lambda *arguments, **options: None
        shapes.ShapeChecks.check = at_first(shapes.ShapeChecks.check)
        outputs.run_snippet(path, path.parent / "figures")

    def tests(self, path):
        """Run the tests of the same stem with the mutant in the place of the module."""
        if not self.test.exists():
            return None
        name = ".".join(self.file.with_suffix("").parts)
        module = types.ModuleType(name)
        module.__file__ = str(path)
        sys.modules[name] = module
        exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), module.__dict__)
        package, _, stem = name.rpartition(".")
        if package:
            sys.path.insert(0, str(ROOT / "snippets"))
            __import__(package)
            setattr(sys.modules[package], stem, module)
        options = ["-x", "-q", "-p", "no:cacheprovider", "--no-header", "--no-summary"]
        options += [f"--rootdir={ROOT}", f"-c{ROOT}/pyproject.toml"]
        status = pytest.main([str(self.test), *options])
        return None if status == pytest.ExitCode.OK else f"{self.test.name} fails"
