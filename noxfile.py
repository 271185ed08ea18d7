# /// script
# dependencies = ["nox"]
# ///
"""Build, check and measure the site; ``nox -l`` lists the sessions."""

import os

import nox

nox.needs_version = ">=2025.2.9"
nox.options.default_venv_backend = "virtualenv"  # its pip finds a local CPU build of torch
nox.options.reuse_existing_virtualenvs = True
nox.options.sessions = ["docs"]

PROJECT = nox.project.load_toml("pyproject.toml")
# The weekly run names another file here, to try the oldest and the newest versions.
CONSTRAINTS = os.environ.get("CONSTRAINTS", "constraints.txt")


def prepare(session, *groups):
    """Install the dependency groups and, where pages are built, the pinned npm packages."""
    session.install("-c", CONSTRAINTS, *nox.project.dependency_groups(PROJECT, *groups))
    session.env["OMP_NUM_THREADS"] = "1"
    session.env["PYTHONPATH"] = os.pathsep.join([".", "tests"])


def build(session):
    """Make the site from the installed packages."""
    session.run("npm", "install", "--no-audit", "--no-fund", "--loglevel=error", silent=True)
    session.run("python", "-m", "pipeline.build")


@nox.session
def docs(session):
    """Run the snippets, draw the figures and build the site into site/."""
    prepare(session, "site")
    build(session)


@nox.session
def tests(session):
    """Build the site, then run the tests; arguments go to pytest."""
    prepare(session, "tests")
    build(session)
    session.run("pytest", *session.posargs)


@nox.session
def serve(session):
    """Preview the site with live reload and typeset equations on http://127.0.0.1:8000/."""
    prepare(session, "site")
    session.run("python", "-m", "pipeline.serve", *session.posargs)


@nox.session
def outputs(session):
    """Write what the snippets print into them, after a deliberate change; review the diff."""
    prepare(session, "snippets")
    session.run("python", "-m", "pipeline.outputs", "--rewrite")
    session.run("git", "diff", "--stat", "snippets", external=True)


@nox.session
def lint(session):
    """Check the style of the code; ``-- --fix`` mends what can be mended."""
    prepare(session, "lint")
    session.run("ruff", "check", ".", *session.posargs)
    session.run("ruff", "format", ".", *([] if "--fix" in session.posargs else ["--check"]))


@nox.session
def gpu(session):
    """Measure on this machine's GPU and write the result file."""
    prepare(session, "snippets")
    session.run("python", "-m", "pipeline.measure", "gpu")


@nox.session
def bench(session):
    """Measure the ladder from plain Python to PyTorch and write the result file."""
    prepare(session, "snippets")
    session.run("python", "-m", "pipeline.measure", "cpu")
