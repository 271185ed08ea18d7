"""Systems of linear inequalities: assumed, contradictory, and what follows from them."""

from itertools import combinations

import torch

from .anchors import result
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


def inequalities(statements, scope, sizes):
    """Statements such as `w_1 + b > 0` as inequalities in the entries of their leaves."""
    found = []
    for statement in statements:
        if len(statement.sides) != 2 or statement.relations[0] not in STRICT:
            raise Refusal("a hypothesis is one inequality", statement.start)
        relation = statement.relations[0]
        left, right = statement.sides
        if relation in ("<", r"\leq"):
            left, right = right, left
        found.append(linear(left, right, STRICT[relation], scope, sizes))
    return found


def linear(left, right, strict, scope, sizes):
    """left − right as an inequality in the leaves; Refusal unless it is linear in them."""
    world = scope.worlds(sizes)[0]

    def gap(inner):
        value = inner.evaluate(left).tensor - inner.evaluate(right).tensor
        if value.dim():
            raise Refusal("a hypothesis is between numbers", left.start)
        return value

    return linear_form(gap, unknowns(scope), world, strict, left.start)


def unknowns(scope):
    """The leaves that hypotheses are about, in order."""
    return sorted(
        name for name in scope.declarations.symbols if name not in scope.declarations.definitions
    )


def linear_form(gap, names, world, strict, offset):
    """gap as an inequality `… > 0` in the entries of the leaves called names."""
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


def declared(name, scope):
    """The system that the front matter describes, and the sizes of its data."""
    settings = scope.declarations.hypotheses.get(name)
    if settings is None or not {"of", "positive"} <= set(settings):
        raise Refusal(f"hypotheses {name} need 'of', 'positive' and data in the front matter", 0)
    data, sizes = {}, {}
    for written, given in settings.items():
        if written in ("of", "positive"):
            continue
        symbol = scope.declarations.symbols[scope.declarations.name(written)]
        data[symbol.name] = torch.tensor(given, dtype=torch.float64)
        sizes.update(zip(symbol.axes, data[symbol.name].shape))
    world = scope.worlds(sizes)[0]
    names = [leaf for leaf in unknowns(scope) if leaf not in data]
    found = []
    for row, positive in enumerate(settings["positive"]):
        sign = 1 if positive else -1

        def gap(inner, row=row, sign=sign):
            return sign * result(settings["of"], inner.holding(data)).reshape(-1)[row]

        found.append(linear_form(gap, names, world, True, 0))
        spread(found[-1], names, scope, world)
    return found, sizes


def spread(inequality, names, scope, world):
    """Put zeros in for the leaves that the data fixes, so that all systems have equal columns."""
    waiting = list(inequality.factors)
    factors = []
    for name in unknowns(scope):
        count = world.tensor(name).numel()
        factors += [waiting.pop(0) for _ in range(count)] if name in names else [0.0] * count
    inequality.factors = factors


def contradiction(statements, name, scope):
    """The kind and mark of hypotheses that are the declared ones and contradict each other."""
    wanted, sizes = declared(name, scope)
    given = inequalities(statements, scope, sizes)
    for place, (row, expected) in enumerate(zip(given, wanted)):
        if row.scaled() != expected.scaled():
            raise Falsehood(
                f"hypothesis {place + 1} is not what row {place + 1} of the data asks for",
                statements[place].start,
            )
    if len(given) != len(wanted):
        raise Falsehood(f"{len(wanted)} hypotheses are declared, {len(given)} are written", 0)
    if possible(given):
        raise Falsehood("these hypotheses do not contradict each other", 0)
    return (
        "hypotheses",
        "assumed; they are what the data asks for, and no numbers fulfil all of them",
    )


def follows(statements, name, scope):
    """The kind and mark of inequalities that follow from hypotheses that can hold together."""
    system, sizes = declared(name, scope)
    for statement, claim in zip(statements, inequalities(statements, scope, sizes)):
        if not any(
            possible(chosen) and not possible([*chosen, claim.negated()])
            for count in range(1, len(system) + 1)
            for chosen in combinations(system, count)
        ):
            raise Falsehood("this does not follow from the hypotheses", statement.start)
    return "consequence", "follows from hypotheses above that can hold together"
