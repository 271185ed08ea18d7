"""The preview survives a fault and says what it is."""

import threading
import time

from pipeline import build, serve
from pipeline.errors import BuildError


def test_fault_is_printed_and_the_preview_goes_on(tmp_path, monkeypatch, capsys):
    def refuse(*_):
        raise BuildError("docs/page.md:3: a fault")

    monkeypatch.setattr(build, "check", refuse)
    serve.Preview(tmp_path, (0, 0)).refresh()
    assert "error: docs/page.md:3: a fault" in capsys.readouterr().out


def test_whole_build_that_was_refused_is_done_again(tmp_path, monkeypatch, capsys):
    preview, seen = serve.Preview(tmp_path, (0, 0)), []

    def show(whole):
        seen.append(whole)
        if len(seen) < 3:
            raise BuildError("docs/page.md:3: a fault")

    monkeypatch.setattr(preview, "show", show)
    monkeypatch.setattr(preview, "check", lambda: None)
    for _ in range(4):
        preview.refresh()
    assert seen == [True, True, True, False]
    assert capsys.readouterr().out.count("a fault") == 2


def test_symbols_are_written_before_their_page_is_made(tmp_path, monkeypatch):
    preview, made = serve.Preview(tmp_path / "site", (0, 0)), []

    def note(name):
        return lambda *_, **__: made.append(name)

    monkeypatch.setattr(serve.equations, "write_symbols", note("symbols"))
    monkeypatch.setattr(serve.equations, "check_equations", lambda docs: {"pages": {}})
    monkeypatch.setattr(preview, "_generate", note("pages"))
    monkeypatch.setattr(serve.shutil, "copytree", note("copies"))
    monkeypatch.setattr(build, "complete", note("rest"))
    preview.show(whole=False)
    assert made == ["symbols", "pages", "copies", "rest"]


def test_builds_and_checks_take_turns(tmp_path, monkeypatch):
    preview, working, together = serve.Preview(tmp_path, (0, 0)), [], []

    def work(*_):
        working.append("one")
        together.append(len(working))
        time.sleep(0.1)
        working.pop()

    monkeypatch.setattr(preview, "show", work)
    monkeypatch.setattr(build, "check", work)
    before = set(threading.enumerate())
    for _ in range(3):
        preview.refresh()
    for thread in set(threading.enumerate()) - before:
        thread.join()
    assert together == [1] * 5


def test_only_a_changed_snippet_runs_again(tmp_path, monkeypatch):
    ran = []
    monkeypatch.setattr(serve.outputs, "run_snippet", lambda path, figures: ran.append(path))
    monkeypatch.setattr(build, "SNIPPETS", tmp_path)
    snippet = tmp_path / "chapter/stem.py"
    snippet.parent.mkdir()
    snippet.write_text("1\n", encoding="utf-8")
    preview = serve.Preview(tmp_path, (0, 0))
    preview.run_changed_snippets()
    assert ran == []
    preview.ran[snippet] = 0
    preview.run_changed_snippets()
    assert ran == [snippet]
