"""What git knows of the pages: the commit they are built from, and when each changed last."""

import subprocess
from dataclasses import dataclass, field

# What a page is made of, and what decides its equations; anything else may change without changing
# a page.
MADE_OF = (
    *("docs", "labs", "snippets", "pipeline", "tests/equations", "mkdocs.yml"),
    *("constraints.txt", "package.json", "package-lock.json"),
)


@dataclass
class History:
    """The commit, the files ``changed`` since, and the day of the last change of each file."""

    commit: str = ""
    changed: set = field(default_factory=set)
    days: dict = field(default_factory=dict)
    unknown: str = ""

    def last_change(self, files):
        """Return the day, as 2026-11-21, of the last commit to touch one of the files.

        Nothing if that is not known, or if one of them is not committed as it is.
        """
        names = {file.as_posix() for file in files}
        if names & self.changed or not all(name in self.days for name in names):
            return ""
        return max(self.days[name] for name in names)

    def altered(self, files):
        """Whether one of the files is not what was committed."""
        return any(file.as_posix() in self.changed for file in files)


def git(*arguments):
    """Return what git answers in the working folder; nothing where it refuses."""
    done = subprocess.run(["git", *arguments], capture_output=True, text=True)
    return done.stdout if done.returncode == 0 else ""


def read():
    """Return the history of the working folder, ``unknown`` saying why a part is missing."""
    commit = git("rev-parse", "--short=10", "HEAD").strip()
    if not commit:
        return History(unknown="commit and last changes: this is no git checkout")
    status = git("status", "--porcelain", "-uall", "--no-renames", "--", *MADE_OF)
    history = History(commit, {line[3:] for line in status.splitlines()})
    if git("rev-parse", "--is-shallow-repository").strip() == "true":
        history.unknown = "last changes: this clone has no history (git fetch --unshallow)"
        return history
    day = ""
    for line in git("log", "--format=:%cs", "--name-only", "--no-renames").splitlines():
        if line.startswith(":"):
            day = line[1:]
        elif line:
            history.days[line] = max(day, history.days.get(line, ""))
    return history
