"""The audit's table from canned reports, its server, and what it says when it cannot run."""

import gzip
import urllib.error
import urllib.request

import pytest

from tests.audit import __main__ as command
from tests.audit import lighthouse
from tests.audit.report import CATEGORIES, faults, row, table
from tests.audit.server import served

ADDRESS = "http://127.0.0.1:1/"


def report(score=1, sizes=(50_000, 20_000), shift=0, tasks=(), audits=None):
    """What Lighthouse says, as far as the audit reads it; each category has one audit."""
    requests = [{"url": ADDRESS + str(size), "transferSize": size} for size in sizes]
    requests.append({"url": "data:font/woff2;base64,AA", "transferSize": 999_999})
    return {
        "categories": {
            name: {"score": score, "auditRefs": [{"id": f"a-{name}", "weight": 1}]}
            for name in CATEGORIES
        },
        "audits": {
            "network-requests": {"details": {"items": requests}},
            "cumulative-layout-shift": {"numericValue": shift},
            "total-blocking-time": {"numericValue": 7},
            "long-tasks": {"details": {"items": [{"duration": task} for task in tasks]}},
            **{f"a-{name}": {"title": f"About {name}", "score": score} for name in CATEGORIES},
            **(audits or {}),
        },
    }


def test_medians_stand_in_the_table():
    reports = [report(score, tasks=(task,)) for score, task in ((1, 40), (0.9, 400), (1, 20))]
    assert table([row("a.html", reports)]).splitlines()[-1] == (
        "| a.html | 100 | 100 | 100 | 100 | 68 | 2 | 0 | 7 | 40 |"
    )
    assert faults([row("a.html", reports)]) == ""


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        ({"sizes": (123_000,)}, "120 KiB"),
        ({"shift": 0.01}, "the page moves while it loads: layout shift 0.01"),
        ({"tasks": (51,)}, "a task of 51 ms, longer than 50"),
        ({"score": 0.99}, "seo: 99, not 100"),
        ({"score": 0.99}, "accessibility: About accessibility"),
    ],
)
def test_each_fault_is_named_below_its_page(planted, said):
    rows = [row("good.html", [report()] * 3), row("bad.html", [report(**planted)] * 3)]
    lines = faults(rows).splitlines()
    assert lines[0] == "bad.html"
    assert any(said in line for line in lines[1:])


def test_failed_audit_is_told_in_lighthouse_s_words():
    node = {"node": {"snippet": '<div role="dialog">'}}
    audit = {
        "title": "No name",
        "score": 0,
        "displayValue": "5 found",
        "details": {"items": [node] * 5},
    }
    bad = report(audits={"a-seo": audit})
    bad["categories"]["seo"]["score"] = 0.5
    assert (
        '  - seo: No name: 5 found; <div role="dialog">; <div role="dialog">; <div role="dialog">; '
        "and 2 more" in faults([row("a.html", [bad] * 3)]).splitlines()
    )


def test_page_that_cannot_be_rated_is_named():
    broken = {"runtimeError": {"message": "no page"}}
    assert faults([row("a.html", [report(), broken])]) == "a.html\n  - cannot be rated: no page"


@pytest.fixture
def site(tmp_path):
    for name in ("index.html", "404.html", "a/b.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"<p>{name * 100}</p>")
    (tmp_path / "card.png").write_bytes(b"png")
    return tmp_path


def test_pages_are_chosen_by_name(site):
    assert command.chosen(site, []) == ["a/b.html", "index.html", "404.html"]
    assert command.chosen(site, ["index.html"]) == ["index.html"]
    with pytest.raises(lighthouse.CannotAudit) as refused:
        command.chosen(site, ["index.html", "b.html"])
    assert str(refused.value) == (
        "no page b.html; the pages are\n  a/b.html\n  index.html\n  404.html"
    )


def test_wrong_name_and_missing_lighthouse_are_said_in_words(site, tmp_path, monkeypatch):
    monkeypatch.setattr(command, "SITE", site)
    assert command.main(["b.html"]).startswith("error: no page b.html")
    with pytest.raises(lighthouse.CannotAudit, match="Lighthouse is missing: run nox -s audit"):
        next(lighthouse.rate([ADDRESS], 1, modules=tmp_path))


@pytest.mark.parametrize(("score", "status"), [(1, 0), (0.9, 1)])
def test_table_is_kept_and_the_status_says_whether_all_is_well(
    site, tmp_path, monkeypatch, score, status
):
    monkeypatch.setattr(command, "SITE", site)
    monkeypatch.setattr(command, "OUT", tmp_path / "build")
    monkeypatch.setattr(command, "rate", lambda addresses, runs: iter([report(score)] * 9))
    assert command.main(["index.html"]) == status
    kept = (tmp_path / "build/audit.md").read_text()
    assert "| index.html |" in kept
    assert ("seo: 90" in kept) == bool(status)
    assert (tmp_path / "build/audit.json").is_file()


def fetch(address):
    """Status, header fields and body of an answer."""
    try:
        with urllib.request.urlopen(address) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()


@pytest.mark.parametrize("folder", ["", "project"])
def test_server_is_like_a_static_host(site, folder):
    with served(site, folder) as address:
        status, fields, body = fetch(f"{address}a/b.html")
        assert (status, fields["Content-Encoding"]) == (200, "gzip")
        assert fields["Content-Type"] == "text/html; charset=utf-8"
        assert gzip.decompress(body) == (site / "a/b.html").read_bytes()
        assert fetch(address)[2] == gzip.compress((site / "index.html").read_bytes(), mtime=0)
        _, fields, body = fetch(f"{address}card.png")
        assert (fields["Content-Type"], body) == ("image/png", b"png")
        assert "Content-Encoding" not in fields
        status, _, body = fetch(f"{address}none.html")
        assert (status, gzip.decompress(body)) == (404, (site / "404.html").read_bytes())
