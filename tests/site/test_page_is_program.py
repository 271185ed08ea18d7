"""A page is a program: what its copy buttons yield, in page order, prints what the page shows.

The program: the code blocks of the languages ``python`` and ``pycon``, those of folded solutions
and of tabs included; shell commands and plain text are no part of it, and neither is a block of
class ``no-program``. Its output: the output lines of the ``pycon`` blocks, and the ``text`` blocks
titled *Output*, in page order; ``<BLANKLINE>`` stands for an empty line, as in a doctest.
"""

import difflib
import os
import re
import subprocess
import sys
from collections import namedtuple
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from pipeline.links import pages, parse

SECONDS = 120
PROGRAM = ":is(.language-python, .language-pycon):not(.no-program)"
OUTPUT = ".language-text"
BLOCKS = f".md-content :is({PROGRAM}, {OUTPUT}).highlight"
NOTHING = "its button has copied nothing"
# Press the copy button of each block, as the reader does: unfold the details and choose the tabs
# that hide it, from the outside in.
READ = """async blocks => {
  const reveal = block => {
    const around = [];
    for (let e = block.parentElement; e; e = e.parentElement) around.unshift(e);
    for (const e of around) {
      if (e.matches("details:not([open])")) e.querySelector("summary").click();
      if (!e.matches(".tabbed-block")) continue;
      const labels = e.closest(".tabbed-set").querySelectorAll(":scope > .tabbed-labels > label");
      labels[[...e.parentNode.children].indexOf(e)].click();
    }
  };
  const copied = async block => {
    const button = block.querySelector("[data-md-type=copy]");
    reveal(block);
    await navigator.clipboard.writeText(`NOTHING`);
    if (button?.checkVisibility({ visibilityProperty: true })) button.click();
    return navigator.clipboard.readText();
  };
  const read = [];
  for (const block of blocks) {
    const program = block.matches(`PROGRAM`);
    read.push({
      program,
      title: block.querySelector(".filename")?.textContent ?? "",
      code: block.querySelector("code").textContent,
      copied: program ? await copied(block) : "",
      output: [...block.querySelectorAll(".go")].map(line => line.textContent).join("\\n"),
    });
  }
  return read;
}""".replace("PROGRAM", PROGRAM).replace("NOTHING", NOTHING)

Block = namedtuple("Block", "number name code output")
Result = namedtuple("Result", "status stdout stderr")


def read_program(browser, url, html=None):
    """The blocks of a page: the code that its buttons copy, and the output that it shows.

    With html, the browser sees this in the place of what stands at the address.
    """
    blocks = []
    with browser.new_context(permissions=["clipboard-read", "clipboard-write"]) as context:
        page = context.new_page()
        if html:
            page.route(url, lambda route: route.fulfill(body=html, content_type="text/html"))
        page.goto(url)
        for number, found in enumerate(page.locator(BLOCKS).evaluate_all(READ), start=1):
            first_line = found["code"].strip().split("\n")[0]
            name = f"{found['title']}: {first_line}" if found["title"] else first_line
            if found["program"]:
                blocks.append(Block(number, name, found["copied"], found["output"]))
            elif found["title"] == "Output":
                blocks.append(Block(number, name, "", found["code"].rstrip("\n")))
    return blocks


def run(program, seconds=SECONDS):
    """Run a program as a reader would: one file in an empty folder, none of ours in reach."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment.update(MPLBACKEND="Agg", PYTHONIOENCODING="utf-8")
    with TemporaryDirectory() as folder:
        (Path(folder) / "program.py").write_text(program, encoding="utf-8")
        try:
            done = subprocess.run(
                [sys.executable, "program.py"],
                cwd=folder,
                env=environment,
                capture_output=True,
                encoding="utf-8",
                timeout=seconds,
            )
        except subprocess.TimeoutExpired as error:
            printed = (error.stdout or b"").decode()
            return Result("time", printed, f"still running after {seconds} s")
    return Result(done.returncode, done.stdout, done.stderr)


def program_of(blocks):
    """The file that the reader has after pasting one block below the other."""
    return "".join(block.code + "\n" for block in blocks)


def block_at(blocks, line):
    """The block that holds a line of the program, counted from 1."""
    for block in blocks:
        line -= block.code.count("\n") + 1
        if line <= 0:
            return block
    return blocks[-1]


def output_lines(blocks):
    """Each line of output that the page shows, after the block that shows it."""
    return [
        (block, "" if line == "<BLANKLINE>" else line)
        for block in blocks
        if block.output
        for line in block.output.split("\n")
    ]


def fault(address, blocks, result):
    """What differs between a page and its program, naming page and block, or None."""
    shown = output_lines(blocks)
    printed = result.stdout.splitlines()
    if silent := [block for block in blocks if block.code == NOTHING]:
        block, what, detail = silent[0], NOTHING, ""
    elif result.status != 0:
        lines = re.findall(r'File ".*program\.py", line (\d+)', result.stderr)
        block = block_at(blocks, int(lines[0]) if lines else 1)
        what, detail = "the copied program stops", result.stderr.strip()
        if result.status == "time":
            return f"{address}: the copied program is {detail}"
    elif printed != [line for _, line in shown]:
        matching = 0
        while matching < min(len(printed), len(shown)) and printed[matching] == shown[matching][1]:
            matching += 1
        block = shown[min(matching, len(shown) - 1)][0] if shown else blocks[-1]
        what = "the page does not show what its program prints"
        detail = "\n".join(
            difflib.unified_diff(
                [line for _, line in shown], printed, "shown", "printed", n=2, lineterm=""
            )
        )
    else:
        return None
    return f"{address}, code block {block.number} ({block.name}): {what}\n{detail}"


@pytest.fixture(scope="module")
def programs(browser, server, site):
    """The blocks of each page with a program, and the result of running it, still to come."""
    selector = "//*[contains(@class, 'language-py')]"
    with_code = [page for page in pages(site) if parse(site / page).xpath(selector)]
    assert with_code, "no page has a python or pycon block: is pygments_lang_class on?"
    read = {page: read_program(browser, server + page) for page in with_code}
    pool = ThreadPoolExecutor(os.cpu_count())
    runs = {p: (blocks, pool.submit(run, program_of(blocks))) for p, blocks in read.items()}
    yield runs
    pool.shutdown(cancel_futures=True)


def test_page_prints_what_it_shows(address, programs):
    if address in programs:
        blocks, result = programs[address]
        if found := fault(address, blocks, result.result()):
            pytest.fail(found, pytrace=False)


def test_altered_digit_is_named(programs, browser, server, site):
    output = re.compile(r'(<span class="go">[^<]*?)(\d)')
    sources = {page: (site / page).read_text(encoding="utf-8") for page in programs}
    address = next(page for page, html in sources.items() if output.search(html))
    blocks, _ = programs[address]
    right = Result(0, "\n".join(line for _, line in output_lines(blocks)), "")
    assert fault(address, blocks, right) is None
    altered = output.sub(lambda m: m[1] + str(9 - int(m[2])), sources[address], count=1)
    found = fault(address, read_program(browser, server + address, altered), right)
    assert found.startswith(f"{address}, code block ")
    assert "the page does not show what its program prints" in found
    assert "+++ printed" in found


def test_faults_of_programs_are_named():
    blocks = [Block(1, "a.py", "a = 1\n\nprint(a)", "1"), Block(4, "b.py", "print(a + b)", "2")]
    stopped = fault("x.html", blocks, run(program_of(blocks)))
    assert stopped.startswith("x.html, code block 4 (b.py): the copied program stops")
    assert "NameError" in stopped
    silent = fault("x.html", blocks, Result(0, "1\n", ""))
    assert silent.startswith("x.html, code block 4 (b.py)") and "\n-2" in silent
    chatty = fault("x.html", blocks, Result(0, "1\n2\n3\n", ""))
    assert "\n+3" in chatty
    assert fault("x.html", blocks, Result(0, "1\n2\n", "")) is None
    mute = [Block(2, "c.py", NOTHING, "")]
    assert NOTHING in fault("x.html", mute, Result(0, "", ""))
    endless = run("while True: pass", seconds=0.5)
    assert fault("x.html", blocks, endless) == (
        "x.html: the copied program is still running after 0.5 s"
    )
