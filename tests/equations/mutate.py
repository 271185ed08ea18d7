"""The mutation run: plant mistakes in equations that hold, and see that each is found."""

import random
from collections import Counter
from itertools import zip_longest

from .check import check, decide
from .claims import defined_here
from .compare import equal
from .compute.values import Value
from .mutants import mutants
from .page import Page
from .report import pages
from .scope import Reading, fixed_sizes, readings
from .trouble import Trouble

OUTCOMES = ("value", "shape", "refusal", "equivalent", "survivor")
ELSEWHERE = 100
SAME = "the same values at fresh draws and sizes"
LOOSE = {
    "inequality": "another inequality that holds as well",
    "membership": "another set that holds all values as well",
    "consequence": "another inequality that follows as well",
    "number": "still true to the digits shown",
    "approximation": "a weaker approximation that holds as well",
}


class Outcome:
    """What became of one mutant: killed by value, shape or refusal; equivalent; or survivor."""

    def __init__(self, reading, mutant, result, reason):
        self.reading = reading
        self.mutant = mutant
        self.result = result
        self.reason = reason

    def __str__(self):
        formula = self.reading.formula
        tex = " ".join(self.mutant.tex.split())
        return (
            f"{formula.page.path}:{formula.line}: {self.result}: {self.mutant.way}: {tex}"
            f" ({self.reason})"
        )


def judged(reading, mutant):
    """The outcome of one mutant of an equation that holds."""
    formula = reading.formula.within(mutant.tex)
    changed = Reading(formula, reading.scope)
    changed.earlier = reading.earlier
    verdict = decide(changed, explain=False)
    if verdict.trouble is not None and not only_names(reading):
        return Outcome(reading, mutant, verdict.trouble.kind, verdict.trouble.message)
    reasons = {
        reason(reading, old, new, kind)
        for old, new, kind in zip_longest(reading.statements, changed.statements, verdict.kinds)
        if str(old) != str(new)
    }
    if None not in reasons and LOOSE["consequence"] not in reasons:
        return Outcome(reading, mutant, "equivalent", " and ".join(sorted(reasons or {SAME})))
    return judged_on_page(reading, mutant, reasons)


def only_names(reading):
    """Whether an equation defines a symbol without an anchor, so that alone it is never false."""
    definitions = [defined_here(statement, reading.scope) for statement in reading.statements]
    return any(definition and definition.anchor == "free" for definition in definitions)


def reason(reading, old, new, kind):
    """Why a changed statement is as true as the one before; None if there is no reason."""
    if old is None or new is None:
        return None
    if same_values(reading, old, new):
        return SAME
    if kind == "example" and r"\approx" in new.relations:
        kind = "number"
    return LOOSE.get(kind)


def judged_on_page(reading, mutant, reasons):
    """The outcome of a mutant that holds by itself, such as a name for another quantity."""
    formula = reading.formula
    page = formula.page
    text = page.text[: formula.start] + mutant.tex + page.text[formula.start + len(formula.tex) :]
    for verdict in check(Page(page.path, text)):
        if verdict.trouble is not None:
            return Outcome(reading, mutant, verdict.trouble.kind, verdict.message)
    if None not in reasons:
        return Outcome(reading, mutant, "equivalent", " and ".join(sorted(reasons)))
    return Outcome(reading, mutant, "survivor", "every equation of the page still holds")


def same_values(reading, old, new):
    """Whether two statements have the same sides, by value, at draws that the check never saw."""
    if old.relations != new.relations or any(node.kind == "range" for node in old.walk()):
        return False
    directives = reading.formula.directives
    sizes = fixed_sizes(directives.get("with", ""), reading.scope)
    if not sizes:
        declared = reading.scope.declarations.size_tuples[0]
        sizes = {letter: size + 4 for letter, size in declared.items()}
    try:
        for world in reading.scope.worlds(sizes, ELSEWHERE):
            for left, right in zip(old.sides, new.sides):
                if str(left) != str(right):
                    a, b = world.evaluate(left), world.evaluate(right)
                    b = renamed(b, a, world)
                    equal(a, b, 0)
                    equal(b, a, 0)
    except (Trouble, KeyError):
        return False
    return True


def renamed(value, like, world):
    """A value with the free index that another lacks called as in that other."""
    own = [index for index in value.indices if index not in like.indices]
    wanted = [index for index in like.indices if index not in value.indices]
    if len(own) != 1 or len(wanted) != 1 or world.length(own[0]) != world.length(wanted[0]):
        return value
    return Value(
        value.tensor,
        [wanted[0] if index == own[0] else index for index in value.indices],
        value.shape,
    )


def outcomes(paths, sample=None, seed=0):
    """The outcomes of all mutants of the equations below some paths, or of a sample of them."""
    planted = []
    for file, _ in pages(paths):
        for reading in readings(Page.load(file)):
            if not reading.claims or set(reading.formula.directives) & {"unchecked", "false"}:
                continue
            verdict = decide(reading)
            if verdict.trouble is None and verdict.kind != "setting":
                planted += [(reading, mutant) for mutant in mutants(reading)]
    if sample is not None and sample < len(planted):
        planted = random.Random(seed).sample(planted, sample)
    return [judged(reading, mutant) for reading, mutant in planted]


def mutate(paths, sample=None, seed=0, list_equivalent=False):
    """Print what became of every mutant; 1 if one survived without a reason, else 0."""
    found = outcomes(paths, sample, seed)
    by_way = {}
    for outcome in found:
        by_way.setdefault(outcome.mutant.way, Counter())[outcome.result] += 1
    print(f"{'way':30}", *(f"{name:>10}" for name in OUTCOMES))
    for way, counts in sorted(by_way.items()):
        print(f"{way:30}", *(f"{counts[name]:10}" for name in OUTCOMES))
    total = Counter(outcome.result for outcome in found)
    print(f"{'all ' + str(len(found)):30}", *(f"{total[name]:10}" for name in OUTCOMES))
    reasons = Counter(o.reason for o in found if o.result == "equivalent")
    for reason, count in reasons.most_common():
        print(f"{count} equivalent: {reason}")
    for outcome in found:
        if outcome.result == "survivor" or (list_equivalent and outcome.result == "equivalent"):
            print(outcome)
    return 1 if total["survivor"] else 0
