"""Run every example of every snippet, compare what it prints, and keep the figures it draws.

Kept as well is a JSON file that an example writes: the data with which a page hands its widget what
the snippet computed. It lies among the figures.

``python -m pipeline.outputs`` verifies; with ``--rewrite`` it writes what was printed into the
snippets, so that a deliberate change is reviewed as a diff.
"""

import ast
import concurrent.futures
import contextlib
import doctest
import io
import multiprocessing
import os
import shutil
import sys
import tempfile
import time
import traceback
import types
import warnings
from pathlib import Path
from unittest import mock

from pipeline import shapes
from pipeline.errors import BuildError

STYLE = Path(__file__).with_name("figures.mplstyle")
DRAWN, DATA = ".svg", ".json"


# What a reader who runs the program would see on the screen, and the page does not show.
WARNINGS = (FutureWarning, RuntimeWarning, SyntaxWarning, UserWarning)


class _Verify(doctest.DocTestRunner):
    """Stop at the first example that raises or prints something else than is written."""

    def __init__(self, path):
        super().__init__(verbose=False, optionflags=doctest.DONT_ACCEPT_TRUE_FOR_1)
        self.path = path

    def run(self, test, **options):
        self.offset = test.lineno
        return super().run(test, out=lambda text: None, **options)

    def _line(self, example):
        return self.offset + example.lineno + 1

    def report_start(self, out, test, example):
        def refuse(value):
            if value is not None:
                raise BuildError(
                    f"{self.path}:{self._line(example)}: only a prompt shows the value of this "
                    f"line; print it\n{_quoted('runs', example.shown)}"
                )

        sys.displayhook = refuse

    def report_failure(self, out, test, example, got):
        raise BuildError(
            f"{self.path}:{self._line(example)}: the output is not the one written here\n"
            f"{_quoted('runs', example.shown)}{_quoted('written', example.want)}"
            f"{_quoted('printed', got)}"
            "  If the change is meant, run nox -s outputs and review the diff."
        )

    def report_unexpected_exception(self, out, test, example, exc_info):
        if isinstance(exc_info[1], BuildError):
            raise exc_info[1]
        raise BuildError(
            f"{self.path}:{self._line(example)}: the example raises {_named(exc_info[1])}\n"
            f"{_quoted('runs', example.shown)}  Mend the snippet; nothing on a page may raise."
        ) from exc_info[1]


class _Rewrite(_Verify):
    """Collect, for each example, what it printed."""

    def __init__(self, path):
        super().__init__(path)
        self.changes = []

    def report_failure(self, out, test, example, got):
        first = self._line(example) - 1 + example.shown.count("\n")
        lines = [line if line.strip() else "<BLANKLINE>" for line in got.split("\n")[:-1]]
        self.changes.append((first, example.want.count("\n"), example.indent, lines))

    def write(self):
        lines = self.path.read_text(encoding="utf-8").split("\n")
        for first, count, indent, printed in sorted(self.changes, reverse=True):
            lines[first : first + count] = [" " * indent + line for line in printed]
        if self.changes:
            self.path.write_text("\n".join(lines), encoding="utf-8")
        return len(self.changes)


def _quoted(title, text):
    lines = text.rstrip("\n").split("\n")
    return "".join(f"  {title if i == 0 else '':8}| {line}\n" for i, line in enumerate(lines))


def _named(error):
    """Return kind and message of an exception, without the place that Python adds to some."""
    return f"{type(error).__name__}: {error.msg if isinstance(error, SyntaxError) else error}"


@contextlib.contextmanager
def _same_anywhere():
    """Hide accelerators and today's date, so that outputs and figures are the same anywhere."""
    import torch

    environment = {"CUDA_VISIBLE_DEVICES": "", "SOURCE_DATE_EPOCH": "0"}
    with (
        mock.patch.dict(os.environ, environment),
        mock.patch.object(torch.backends.mps, "is_available", lambda: False),
    ):
        yield


def run_snippet(path, figures, rewrite=False):
    """Run the examples of one module and move the figures and data it writes into ``figures``.

    Returns the number of outputs verified (or rewritten) and the names of these files.
    Raises BuildError at the first output, exception or stated shape that is not true.
    """
    import matplotlib.pyplot as plt

    path = Path(path)
    source = path.read_text(encoding="utf-8")
    checks = shapes.ShapeChecks(path)
    module = types.ModuleType(path.stem)
    module.__file__ = str(path.absolute())
    module.__dict__.update(checks.names())
    runner = _Rewrite(path.absolute()) if rewrite else _Verify(path)
    drawn = []
    with (
        tempfile.TemporaryDirectory() as folder,
        contextlib.chdir(folder),
        _same_anywhere(),
        _shown_warnings(),
    ):
        plt.style.use(["default", STYLE])
        _execute(source, module, path, checks)
        tests = _examples(source, module, path, checks)
        for test in tests:
            module.__dict__[shapes.SIZES].clear()
            runner.run(test, clear_globs=False)
        plt.close("all")
        for figure in sorted(Path(folder).iterdir()):
            if figure.suffix in (DRAWN, DATA):
                keep(figure, figures / figure.name)
                drawn.append(figure.name)
    for line, what in checks.never_executed():
        raise BuildError(f"{path}:{line}: no example {what}; add one")
    if rewrite:
        return runner.write(), drawn
    return sum(bool(example.want) for test in tests for example in test.examples), drawn


@contextlib.contextmanager
def _shown_warnings():
    """Raise what Python would print as a warning."""
    with warnings.catch_warnings():
        for kind in WARNINGS:
            warnings.simplefilter("error", kind)
        yield


def _execute(source, module, path, checks):
    """Run the module itself, which may define, but neither raise nor print."""
    try:
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            exec(compile(checks.instrument(source), module.__file__, "exec"), module.__dict__)
    except BuildError:
        raise
    except (Exception, SystemExit) as error:
        line = _last_line(error, module.__file__)
        raise BuildError(
            f"{path}:{line}: the module raises {_named(error)}\n"
            "  Mend the snippet; nothing on a page may raise."
        ) from error
    if printed.getvalue():
        raise BuildError(
            f"{path}:1: the module prints outside of its examples; print in an example\n"
            f"{_quoted('printed', printed.getvalue())}"
        )


def _examples(source, module, path, checks):
    """Return the doctests of the module in the order of its lines, shape comments asserted."""
    try:
        tests = doctest.DocTestFinder().find(module, path.stem, globs=module.__dict__)
    except ValueError as error:
        lines = source.split("\n")
        bad = [n for n, line in enumerate(lines, 1) if line.strip() and repr(line) in str(error)]
        raise BuildError(f"{path}:{bad[0] if bad else 1}: {error}; mend this example") from error
    tests = sorted((test for test in tests if test.examples), key=lambda test: test.lineno)
    if not tests:
        raise BuildError(f"{path}:1: no example runs this snippet; add one to its docstring")
    for test in tests:
        test.globs = module.__dict__  # as in the pasted program, functions see what examples set
        for example in test.examples:
            line = test.lineno + example.lineno + 1
            example.shown = example.source
            if example.options or example.exc_msg:
                what = "the option" if example.options else "the expected exception"
                raise BuildError(
                    f"{path}:{line}: {what} keeps this output from being compared; remove it\n"
                    f"{_quoted('runs', example.shown)}"
                )
            if "#" in example.source:
                with contextlib.suppress(SyntaxError):  # raises again when the example runs
                    tree = checks.instrument(example.source, line)
                    example.source = "; ".join(ast.unparse(part) for part in tree.body) + "\n"
    return tests


def _last_line(error, file):
    """Return the last line of ``file`` that the error passed through or complains of."""
    if isinstance(error, SyntaxError):
        return error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    return [frame.lineno for frame in frames if frame.filename == file][-1]


def keep(figure, target):
    """Copy ``figure`` unless ``target`` has the same bytes: a watched folder stays quiet."""
    if not target.exists() or target.read_bytes() != figure.read_bytes():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(figure, target)


@contextlib.contextmanager
def _processes(count):
    """Give a ``map`` that spreads ``count`` snippets over the cores, or runs a few of them here.

    A process takes as long to import PyTorch as it takes to run several snippets.
    """
    workers = min(os.cpu_count(), count // 4)
    if workers < 2:
        yield map
        return
    spawn = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(workers, spawn) as pool:
        try:
            yield pool.map
        finally:
            pool.shutdown(cancel_futures=True)


def _timed(path, figures, rewrite):
    """Return what ``run_snippet`` does, and the seconds that it took."""
    begun = time.perf_counter()
    return *run_snippet(path, figures, rewrite), time.perf_counter() - begun


def run_all(snippets, figures, rewrite=False):
    """Run every module below ``snippets``; return the totals of outputs and figures."""
    outputs, owners = 0, {}
    paths = sorted(Path(snippets).rglob("*.py"))
    chapters = [path.parent.relative_to(snippets) for path in paths]
    folders = [Path(figures).absolute() / chapter for chapter in chapters]
    with _processes(len(paths)) as run:
        results = run(_timed, paths, folders, [rewrite] * len(paths))
        for path, chapter, (count, drawn, seconds) in zip(paths, chapters, results, strict=True):
            outputs += count
            for name in drawn:
                if (chapter / name) in owners:
                    raise BuildError(
                        f"{path}:1: {name} is drawn by {owners[chapter / name]} as well; rename one"
                    )
                owners[chapter / name] = path
            verb = "rewritten" if rewrite else "verified"
            print(
                f"  {path}: {count} outputs {verb}, {_pictures(drawn)} figures, {seconds:.1f} s",
                flush=True,
            )
    for stale in set(Path(figures).rglob("*.*")) - {Path(figures) / name for name in owners}:
        stale.unlink()
    return outputs, _pictures(owners)


def _pictures(names):
    return sum(Path(name).suffix == DRAWN for name in names)


if __name__ == "__main__":
    try:
        run_all("snippets", "docs/figures", rewrite="--rewrite" in sys.argv[1:])
    except BuildError as error:
        sys.exit(f"error: {error}")
