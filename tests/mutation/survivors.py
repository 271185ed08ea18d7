"""The mutants that nothing can notice, each with its reason, in survivors.toml."""

import tomllib
from pathlib import Path

LIST = Path(__file__).with_name("survivors.toml")


def explained():
    """Reasons by file, line and change."""
    entries = tomllib.loads(LIST.read_text(encoding="utf-8")).get("survivor", [])
    reasons = {}
    for entry in entries:
        for change in entry["changes"]:
            reasons[entry["file"], entry["line"], change] = entry["reason"]
    return reasons
