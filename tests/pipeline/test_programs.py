"""The download of a page is what its copy buttons give."""

import zipfile

import pytest
from planted import write

from pipeline import programs

SNIPPET = '''
    """Examples.

    >>> # --8<-- [start:use]
    >>> for n in (1, 2):
    ...     print(double(n))
    2
    4
    >>> # --8<-- [end:use]
    """


    # --8<-- [start:double]
    def double(n):
        return 2 * n
        # --8<-- [end:double]
    '''
PAGE = """
    # A page

    ``` { .python .no-program #again }
    --8<-- "chapter/stem.py:double"
    ```

    ``` { .python #double }
    --8<-- "chapter/stem.py:double"
    ```

    ??? question "Use it"

        ``` { .pycon #use }
        --8<-- "chapter/stem.py:use"
        ```

    ``` bash
    python stem.py
    ```
    """


@pytest.fixture
def project(tmp_path):
    write(tmp_path, "snippets/chapter/stem.py", SNIPPET)
    write(tmp_path, "docs/chapter/stem.md", PAGE)
    write(tmp_path, "docs/words.md", "# Words only\n")
    write(tmp_path, "site/labs/lab.ipynb", "{}\n")
    return tmp_path


def test_program_is_the_code_of_the_page_without_prompts_and_outputs(project):
    text = programs.program(project / "docs/chapter/stem.md", project / "snippets")
    assert text == "def double(n):\n    return 2 * n\n\nfor n in (1, 2):\n    print(double(n))\n"


def test_page_without_code_has_no_program(project):
    found = programs.programs(project / "docs", project / "snippets")
    assert list(found) == ["chapter/stem.py"]


def test_archive_holds_programs_notebooks_and_a_note(project, monkeypatch):
    monkeypatch.chdir(project)
    write(project, "mkdocs.yml", "site_name: Planted\nnav: [words.md]\n")
    programs.write_programs(project / "docs", project / "snippets", project / "site")
    with zipfile.ZipFile(project / "site/downloads/all-programs.zip") as packed:
        assert packed.namelist() == [
            "backprop-by-hand/README.txt",
            "backprop-by-hand/chapter/stem.py",
            "backprop-by-hand/labs/lab.ipynb",
        ]
        note = packed.read("backprop-by-hand/README.txt").decode()
    assert note.startswith("The programs and notebooks of Planted.\n")


def test_table_links_page_and_program_in_reading_order(project, monkeypatch):
    monkeypatch.chdir(project)
    write(project, "docs/a.md", PAGE)
    write(
        project,
        "mkdocs.yml",
        """
        site_name: x
        nav: [{One: [{Stem: chapter/stem.md}, {Words: words.md}]}, {A: a.md}]
        """,
    )
    programs.write_table(project / "docs", project / "snippets", project / "fragments")
    table = (project / "fragments/downloads.md").read_text(encoding="utf-8")
    assert table.splitlines()[2:] == [
        '| [One: Stem](../chapter/stem.md) | <a href="../downloads/chapter/stem.py">chapter/stem.py'
        "</a> | 5 |",
        '| [A](../a.md) | <a href="../downloads/a.py">a.py</a> | 5 |',
    ]
