# /// script
# dependencies = ["nox"]
# ///
"""Build, check and measure the site; ``nox -l`` lists the sessions."""

import os

import nox

nox.needs_version = ">=2025.2.9"
nox.options.default_venv_backend = "virtualenv"  # its pip finds a local CPU build of torch
nox.options.reuse_venv = "yes"
nox.options.sessions = ["docs"]

PROJECT = nox.project.load_toml("pyproject.toml")
# The weekly run names another file here, to try the oldest and the newest versions.
CONSTRAINTS = os.environ.get("CONSTRAINTS", "constraints.txt")
# A worker for each core, with a browser of its own; more were no faster.
WORKERS = ["--numprocesses=logical", "--dist=loadfile", "--no-loadscope-reorder"]


def prepare(session, group):
    """Install a dependency group of pyproject.toml and, where pages are built, the npm packages."""
    session.install("-c", CONSTRAINTS, *nox.project.dependency_groups(PROJECT, group))
    session.env.update({"OMP_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join([".", "tests"])})
    if group not in ("snippets", "lint"):
        extras = [] if group == "audit" else ["--omit=dev"]  # Lighthouse is there
        options = ["--prefer-offline", "--no-audit", "--no-fund", *extras]
        session.run("npm", "install", *options, silent=True)


@nox.session
def docs(session):
    """Run the snippets, draw the figures and build the site into site/."""
    prepare(session, "site")
    session.run("python", "-m", "pipeline.build")


@nox.session
def tests(session):
    """Build the site, then test it and everything behind it; arguments go to pytest."""
    prepare(session, "tests")
    session.run("python", "-m", "pipeline.build", "--unless-built")
    session.run("pytest", *WORKERS, *session.posargs)


@nox.session
def lint(session):
    """Check the style of the code; ``-- --fix`` mends what can be mended."""
    prepare(session, "lint")
    session.run("ruff", "check", *session.posargs)
    session.run("ruff", "format", *([] if "--fix" in session.posargs else ["--diff"]))


# Sessions that run one module: name, dependency group, module and its arguments, what it does.
for name, group, command, purpose in (
    ("serve", "site", "pipeline.serve", "Preview with live reload on http://127.0.0.1:8000/."),
    ("outputs", "site", "pipeline.outputs --rewrite", "Write what snippets print into them."),
    ("bench", "snippets", "pipeline.measure cpu", "Measure plain Python, NumPy and PyTorch."),
    ("gpu", "snippets", "pipeline.measure gpu", "Measure on this machine's GPU."),
    ("picture", "tests", "tests.site.picture", "Draw the picture of the site for the README."),
    ("audit", "audit", "audit", "Rate every built page with Lighthouse, as a phone sees it."),
    ("generators", "generators", "pipeline.generators", "Build with ProperDocs and Zensical."),
    ("mutants", "tests", "mutation", "Plant mistakes in the snippets; tests must notice each."),
    (
        "equations",
        "site",
        "equations mutate docs tests/equations/pages",
        "Plant mistakes in every equation; each must be found.",
    ),
):

    def run_module(session, group=group, command=command):
        """Install what the module needs and run it."""
        prepare(session, group)
        session.run("python", "-m", *command.split(), *session.posargs)

    run_module.__doc__ = purpose
    nox.session(run_module, name=name)
