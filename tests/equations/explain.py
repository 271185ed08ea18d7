"""A closer look at a falsehood: by which factor the sides differ."""

from .claims import defined_here, with_anchor
from .compare import equal, laid_side_by_side
from .trouble import Falsehood, Trouble


def ratio(reading, error):
    """What the two sides have to do with each other, if the same holds at all draws."""
    directives = reading.formula.directives
    if "example" in directives:
        return ""
    worlds = reading.worlds()
    for statement in reading.statements:
        if statement.start != error.offset or set(statement.relations) != {"="}:
            continue
        definition = defined_here(statement, reading.scope)
        try:
            if "anchor" in error.message:
                pairs = [[(*with_anchor(definition, world), world)] for world in worlds]
                names = "the definition", "its anchor"
            else:
                pairs = [unequal(statement, world) for world in worlds]
                names = "left", "right"
            found = {factor(*pair) for several in pairs for pair in several}
        except Trouble:
            return ""
        if len(found) == 1 and None not in found:
            return f" ({names[0]} = {found.pop()} × {names[1]} in all draws)"
    return ""


def unequal(statement, world):
    """The pairs of a chain that differ: the first side, another side, and the world."""
    left = world.evaluate(statement.sides[0])
    found = []
    for side in statement.sides[1:]:
        right = world.evaluate(side)
        try:
            equal(left, right, 0)
        except Falsehood:
            found.append((left, right, world))
    return found


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
        named = ((letter, size), (f"1/{letter}", 1 / size), (f"−{letter}", -size))
        for name, number in named:
            if abs(value - number) < 1e-9:
                return name
    return f"{value:.6g}".replace("-", "−")
