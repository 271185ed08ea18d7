"""A closer look at a falsehood: by which factor the sides differ."""

from .compare import equal, laid_side_by_side
from .scope import fixed_sizes
from .trouble import Falsehood, Trouble


def ratio(reading, error):
    """What the two sides have to do with each other, if the same holds at all draws."""
    directives = reading.formula.directives
    if set(directives) & {"example", "hypotheses", "from", "condition"}:
        return ""
    for statement in reading.statements:
        if statement.start != error.offset or set(statement.relations) != {"="}:
            continue
        found = set()
        for world in reading.scope.worlds(fixed_sizes(directives.get("with", ""), reading.scope)):
            left = world.evaluate(statement.sides[0])
            for side in statement.sides[1:]:
                try:
                    right = world.evaluate(side)
                    equal(left, right, 0)
                except Falsehood:
                    found.add(factor(left, right, world))
                except Trouble:
                    return ""
        if len(found) == 1 and None not in found:
            return f" (left = {found.pop()} × right in all draws)"
    return ""


def factor(left, right, world):
    """The constant by which left exceeds right, in words; None if there is none."""
    a, b, _ = laid_side_by_side(left, right, 0)
    if not b.numel() or not (b.abs() > 0).all():
        return None
    quotients = (a / b).reshape(-1)
    value = float(quotients[0])
    if float((quotients - value).abs().max()) > 1e-9 * abs(value):
        return None
    for letter, size in world.sizes.items():
        for name, number_ in ((letter, size), (f"1/{letter}", 1 / size), (f"−{letter}", -size)):
            if abs(value - number_) < 1e-9:
                return name
    return f"{value:.6g}".replace("-", "−")
