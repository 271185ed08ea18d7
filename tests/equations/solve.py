"""Making a condition hold, to see what follows."""

from .compute.definitions import mentioned
from .compute.derivative import jacobian
from .latex.statements import read
from .relations import holds
from .trouble import Refusal, ShapeTrouble


def describes(statement, scope):
    """The kind and mark of a condition: where it holds, what the front matter says holds."""
    written = scope.declarations.condition
    claims = read(written, scope.declarations)
    left, right = statement.sides
    leaf = min(mentioned(left, scope.declarations))

    def gap(inner):
        value = inner.evaluate(left).tensor - inner.evaluate(right).tensor
        if value.dim():
            raise ShapeTrouble("a condition is between numbers", left.start)
        return value

    worlds = scope.worlds()
    for world in worlds:
        solved = world.holding({leaf: root(gap, leaf, world)})
        for claim in claims:
            holds(claim, solved, tolerance=1e-7)
    return "condition", f"solved at {len(worlds)} draws; what is said of its solutions holds there"


def forced_world(condition, world):
    """A world in which `symbol = number` holds for the first entry; None if there is none."""
    left, right = condition.parts[:2]
    if condition.words != ("=",) or left.kind not in ("symbol", "element"):
        return None
    name = left.words[0]
    axes = world.declarations.symbols[name].axes
    wanted = world.evaluate(right).tensor
    leaves = [name] if name not in world.definitions else sorted(world.uses(name))
    leaves.sort(key=lambda leaf: world.declarations.symbols[leaf].axes != axes)
    for leaf in leaves:
        if leaf not in world.definitions:
            return world.holding(
                {leaf: root(lambda inner: inner.tensor(name).reshape(-1)[0] - wanted, leaf, world)}
            )
    return None


def root(gap, name, world):
    """A tensor for one symbol at which gap is 0, by Newton's method on its first entry."""
    tensor = world.tensor(name).detach().clone()
    for _ in range(50):
        leaf = tensor.clone().requires_grad_()
        value = gap(world.holding({name: leaf}))
        if abs(value.item()) < 1e-15:
            break
        slope = jacobian(value, leaf, False).reshape(-1)[0].item()
        if slope == 0:
            raise Refusal(f"no {name} fulfils this condition at a draw", 0)
        tensor.reshape(-1)[0] -= value.item() / slope
    return tensor
