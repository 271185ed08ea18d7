"""The steps of the build stop with one message, and yield the same bytes for the same sources."""

import zipfile
from pathlib import Path

import pytest
from planted import refusal, write

from pipeline import build
from pipeline.errors import BuildError

CONFIGURATION = """
    site_name: Planted
    use_directory_urls: false
    validation: { links: { not_found: warn }, nav: { omitted_files: warn } }
    markdown_extensions:
      - pymdownx.snippets: { base_path: [snippets], check_paths: true }
    nav: [index.md]
"""


@pytest.fixture
def project(tmp_path, monkeypatch):
    """An empty folder with a site of one page, as the working folder."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "mkdocs.yml", CONFIGURATION)
    write(tmp_path, "docs/index.md", "# Home\n")
    return tmp_path


def bytes_below(folder):
    return {
        path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_same_pages_give_the_same_site(project):
    build.generate(project / "a")
    build.generate(project / "b")
    assert bytes_below(project / "a") == bytes_below(project / "b")
    assert (project / "a/index.html").is_file()


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("# Home\n\n[gone](gone.md)\n", "contains a link 'gone.md'"),
        ('# Home\n\n--8<-- "gone.py"\n', "gone.py"),
    ],
)
def test_what_the_generator_refuses_is_said_in_its_words(project, page, words):
    write(project, "docs/index.md", page)
    first, *rest = refusal(build.generate, project / "site").split("\n")
    assert first == "mkdocs build --strict refuses the pages"
    assert words in "\n".join(rest)


def test_page_that_the_navigation_omits_is_named(project):
    write(project, "docs/lost.md", "# Lost\n")
    assert "- lost.md" in refusal(build.generate, project / "site")


def test_time_of_the_commit_is_0_outside_git(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert build.commit_time() == "0"


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("https://x.org/y", "https://x.org/y/"),
        ("https://x.org/y/", "https://x.org/y/"),
        ("https://x.org//", "https://x.org/"),
        ("", ""),
    ],
)
def test_address_ends_in_a_slash(said, address):
    assert build.published_at({"SITE_URL": said}) == address
    assert build.published_at({}) == ""


@pytest.mark.parametrize(
    ("text", "places"), [('"SITE_URL"', ["build.py"]), ("history.read()", ["build.py", "serve.py"])]
)
def test_what_holds_for_every_page_is_read_once(text, places):
    modules = sorted(Path(build.__file__).parent.glob("*.py"))
    texts = [(path.name, path.read_text(encoding="utf-8")) for path in modules]
    assert [name for name, code in texts for _ in range(code.count(text))] == places


def test_zip_is_the_same_for_the_same_files(tmp_path):
    for folder in ("a", "b"):
        write(tmp_path, f"{folder}/chapter/page.html", "<p>")
        write(tmp_path, f"{folder}/index.html", "<p>")
        build.pack(tmp_path / folder, tmp_path / f"{folder}.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        assert packed.namelist() == [
            "backprop-by-hand/chapter/page.html",
            "backprop-by-hand/index.html",
        ]


def test_step_says_what_is_made_and_how_long_it_took(capsys):
    with build.step("making"):
        pass
    title, time = capsys.readouterr().out.splitlines()
    assert title == "making …"
    assert time == "  0.0 s"


def fail():
    raise BuildError("page.md:3: wrong")


def test_build_that_fails_exits_with_its_message(monkeypatch):
    monkeypatch.setattr(build, "build", fail)
    with pytest.raises(SystemExit) as left:
        build.main()
    assert left.value.code == "\nerror: page.md:3: wrong"


def test_fault_in_a_lab_is_named_where_somebody_wrote_it(project, monkeypatch):
    def refuse():
        raise BuildError("docs/labs/x.md:5: wrong")

    write(project, "labs/x.md", "---\ntitle: X\n---\nWords.\n")
    write(project, "docs/labs/x.md", "---\ntitle: X\njupyter: x\n---\nWords.\n")
    monkeypatch.setattr(build, "build", refuse)
    with pytest.raises(SystemExit) as left:
        build.main()
    assert left.value.code == "\nerror: labs/x.md:4: wrong"


def test_build_that_succeeds_says_what_it_made_and_left_open(monkeypatch, capsys):
    monkeypatch.setattr(build, "build", lambda: ({"pages": 8, "figures": 12}, ["GPU times: none"]))
    build.main()
    assert capsys.readouterr().out.splitlines()[1:3] == [
        "8 pages, 12 figures",
        "skipped: GPU times: none",
    ]
