"""Systems of linear inequalities: assumed, contradictory, and what follows from them."""

import torch

from .compute.anchors import result
from .compute.definitions import mentioned
from .trouble import Falsehood, Refusal

STRICT = {"<": True, ">": True, r"\leq": False, r"\geq": False}


class Inequality:
    """`sum of factor × unknown + constant > 0`, or ≥ 0 where it is not strict."""

    def __init__(self, factors, constant, strict):
        self.factors = factors
        self.constant = constant
        self.strict = strict

    def negated(self):
        """What holds where this inequality does not."""
        return Inequality([-f for f in self.factors], -self.constant, not self.strict)

    def scaled(self):
        """The numbers of this inequality, divided by the largest, to compare two of them."""
        numbers = [*self.factors, self.constant]
        largest = max(map(abs, numbers)) or 1
        return [round(number / largest, 9) for number in numbers], self.strict


def is_inequality(statement, scope):
    """Whether a statement joins leaves by < and > alone, so that hypotheses decide it."""
    names = set().union(*(mentioned(side, scope.declarations) for side in statement.sides))
    return (
        bool(statement.relations)
        and all(relation in STRICT for relation in statement.relations)
        and bool(names)
        and not names & set(scope.declarations.definitions)
    )


def inequalities(statement, world):
    """A statement such as `w_1 + b > 0` as inequalities in the entries of its leaves."""
    found = []
    for relation, left, right in zip(statement.relations, *pairs(statement.sides)):
        if relation in ("<", r"\leq"):
            left, right = right, left
        found.append(linear(left, right, STRICT[relation], world))
    return found


def pairs(sides):
    """The left and the right sides of the relations of a chain."""
    return sides[:-1], sides[1:]


def linear(left, right, strict, world):
    """The difference of two sides as an inequality in the leaves; Refusal unless it is linear."""

    def gap(inner):
        value = inner.evaluate(left).tensor - inner.evaluate(right).tensor
        if value.dim():
            raise Refusal("a hypothesis is between numbers", left.start)
        return value

    return linear_form(gap, unknowns(world.declarations), world, strict, left.start)


def unknowns(declarations):
    """The leaves that hypotheses are about, in order."""
    return sorted(name for name in declarations.symbols if name not in declarations.definitions)


def linear_form(gap, names, world, strict, offset):
    """The function gap as an inequality `… > 0` in the entries of the leaves called names."""
    zero = {name: torch.zeros_like(world.tensor(name)).requires_grad_() for name in names}
    rows = []
    for scale in (0.0, 1.0):
        leaves = {
            name: (tensor.detach() + scale * world.tensor(name)).requires_grad_()
            for name, tensor in zero.items()
        }
        value = gap(world.holding(leaves))
        if not value.requires_grad:
            raise Refusal("a hypothesis needs an unknown", offset)
        slopes = torch.autograd.grad(
            value, list(leaves.values()), allow_unused=True, materialize_grads=True
        )
        rows.append(([float(x) for slope in slopes for x in slope.reshape(-1)], value.item()))
    if any(abs(a - b) > 1e-12 for a, b in zip(rows[0][0], rows[1][0])):
        raise Refusal("a hypothesis must be linear in its unknowns", offset)
    return Inequality(rows[0][0], rows[0][1], strict)


def possible(system):
    """Whether a system of inequalities has a solution, by Fourier and Motzkin's elimination."""
    system = list(system)
    for unknown in range(len(system[0].factors) if system else 0):
        lower = [row for row in system if row.factors[unknown] > 1e-12]
        upper = [row for row in system if row.factors[unknown] < -1e-12]
        system = [row for row in system if abs(row.factors[unknown]) <= 1e-12]
        for low in lower:
            for high in upper:
                a, b = -high.factors[unknown], low.factors[unknown]
                factors = [a * x + b * y for x, y in zip(low.factors, high.factors)]
                constant = a * low.constant + b * high.constant
                system.append(Inequality(factors, constant, low.strict or high.strict))
    return all(
        row.constant > 1e-12 or (not row.strict and row.constant >= -1e-12) for row in system
    )


def demands(scope):
    """The system that the front matter asks for, one inequality a row, and a world for it."""
    declarations = scope.declarations
    settings = dict(declarations.hypotheses)
    if not {"of", "positive"} < set(settings):
        raise Refusal("hypotheses need 'of', 'positive' and data in the front matter")
    of, positive = settings.pop("of"), settings.pop("positive")
    data, sizes = {}, {}
    for written, given in settings.items():
        symbol = declarations.symbols[declarations.name(written)]
        data[symbol.name] = torch.tensor(given, dtype=torch.float64)
        sizes.update(zip(symbol.axes, data[symbol.name].shape))
    world = scope.worlds(sizes)[0]
    found = []
    for row, above in enumerate(positive):

        def gap(inner, row=row, sign=1 if above else -1):
            return sign * result(of, inner.holding(data)).reshape(-1)[row]

        found.append(linear_form(gap, unknowns(declarations), world, True, 0))
    return found, world


def stated(system, statements, world):
    """How many of the demands the statements assume; they come in the order of the rows."""
    count = 0
    for statement in statements:
        for claim in inequalities(statement, world):
            if count < len(system) and claim.scaled() == system[count].scaled():
                count += 1
    return count


def decide_inequality(statement, scope, earlier):
    """The kind and mark of an inequality: the next demand, or what follows from earlier ones.

    In a proof by contradiction, what follows does so from the demands before the one that
    contradicts them.
    """
    system, world = demands(scope)
    before = [other for other in earlier if is_inequality(other, scope)]
    count = stated(system, before, world)
    if stated(system, [*before, statement], world) > count:
        together = f"{'some' if possible(system) else 'no'} numbers fulfil all {len(system)}"
        return "hypothesis", f"assumed; what row {count + 1} of the data asks for, and {together}"
    while not possible(system[:count]):
        count -= 1
    for claim in inequalities(statement, world):
        if possible([*system[:count], claim.negated()]):
            raise Falsehood("this does not follow from the assumptions above it", statement.start)
    return "consequence", "follows from the assumptions above it"


def missing_demand(readings):
    """The last inequality of a scope that leaves out a demand, and the demand; None if none."""
    last = readings[-1]
    system, world = demands(last.scope)
    before = [
        statement
        for reading in readings
        for statement in reading.statements
        if is_inequality(statement, last.scope)
    ]
    count = stated(system, before, world)
    if count == len(system):
        return None
    return Falsehood(f"what row {count + 1} of the data asks for is not among the assumptions", 0)
