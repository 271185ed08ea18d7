"""Deciding the equations of a page."""

from .claims import settle
from .declarations import DeclarationError
from .explain import ratio
from .hypotheses import missing_demand
from .page import Page, PageError
from .scope import readings
from .table import disagreements
from .trouble import Falsehood, Refusal, ShapeTrouble, Trouble


class Verdict:
    """What became of one formula: the kind of each statement, a mark for all, or its trouble."""

    def __init__(self, formula, findings=(), trouble=None):
        self.formula = formula
        self.kinds = [kind for kind, _ in findings]
        self.kind = self.kinds[0] if findings else trouble.kind
        self.mark = "; ".join(dict.fromkeys(mark for _, mark in findings))
        self.trouble = trouble

    @property
    def message(self):
        """The finding as `path:line: message`; a refusal also names its column."""
        line, column = self.formula.place(self.trouble.offset)
        where = f"column {column}: " if isinstance(self.trouble, Refusal) else ""
        return f"{self.formula.page.path}:{line}: {where}{self.trouble.message}"


def check(page):
    """A verdict for every display, and for every formula in a line, of a page, in order."""
    found = readings(page)
    verdicts = [decide(reading) for reading in found]
    for scope in {reading.scope for reading in found if reading.scope.declarations.hypotheses}:
        places = [place for place, reading in enumerate(found) if reading.scope is scope]
        displays = [place for place in places if found[place].formula.display]
        trouble = missing_demand([found[place] for place in displays]) if displays else None
        if trouble is not None:
            verdicts[displays[-1]] = Verdict(found[displays[-1]].formula, trouble=trouble)
    return verdicts


def check_file(path):
    """The verdicts on a file and its findings as lines of text."""
    try:
        page = Page.load(path)
        verdicts = check(page)
    except PageError as error:
        return [], [f"{path}:{error.line}: {error.message}"]
    except DeclarationError as error:
        return [], [f"{path}:1: front matter, equations: {error}"]
    findings = [verdict.message for verdict in verdicts if verdict.trouble is not None]
    return verdicts, findings + disagreements(page)


def decide(reading, explain=True):
    """The verdict on one formula; with explain, a falsehood is looked at more closely."""
    formula = reading.formula
    directives = formula.directives
    if "unchecked" in directives:
        return Verdict(formula, [("unchecked", f"not machine-checked: {directives['unchecked']}")])
    trouble, findings = reading.trouble, []
    if trouble is None:
        try:
            findings = decided(reading)
        except Trouble as error:
            trouble = error
            if explain and isinstance(error, Falsehood):
                trouble.message += ratio(reading, error)
    if "false" in directives:
        return decide_false(formula, trouble)
    if trouble is not None:
        return Verdict(formula, trouble=trouble)
    return Verdict(formula, findings)


def decide_false(formula, trouble):
    """The verdict on an equation shown because it is false: it must be false by its values."""
    reason = formula.directives["false"]
    if isinstance(trouble, Falsehood | ShapeTrouble):
        return Verdict(formula, [("false on purpose", f"false on purpose: {reason}")])
    if trouble is None:
        trouble = Falsehood("this equation is marked as false, but it holds", 0)
    return Verdict(formula, trouble=trouble)


def decided(reading):
    """The kind and mark of each statement of a formula; Trouble if one does not hold."""
    formula, scope = reading.formula, reading.scope
    directives = formula.directives
    if not reading.claims:
        return [("formula", "read; it claims nothing")]
    name = directives.get("example")
    worlds = reading.worlds() if name is None else [scope.example(name)]
    return [settle(statement, reading, worlds) for statement in reading.statements]
