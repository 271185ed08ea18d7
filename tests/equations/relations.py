"""The relations of a statement at one draw: equality, order, membership, updates."""

import torch

from .compare import equal, laid_side_by_side, ordered, rounded
from .compute.constructs import COMPARE
from .compute.definitions import mentioned
from .compute.derivative import gradient
from .compute.values import Value
from .trouble import Falsehood, Refusal, ShapeTrouble

# An approximation in a small symbol leaves out less than its smallest term, and ever less of it.
NUDGES, SLACK = (1e-2, 1e-3), 20
CONNECTIVES = (r"\iff", r"\Rightarrow")


def holds(statement, world, definition=None, tolerance=None):
    """Trouble unless every relation of a chain holds in a world."""
    offset = statement.start
    first = statement.sides[0]
    mask = None
    if statement.condition is not None:
        mask = world.evaluate(statement.condition)
    if first.kind == "index" and statement.sides[1].kind in ("range", "set"):
        return runs(first, statement, world)
    if definition is not None:
        world.placed(world.evaluate(definition.node), definition)
    left = world.evaluate(first)
    labelled(first, world)
    base = before = (first, left)
    for relation, node in zip(statement.relations, statement.sides[1:]):
        if relation == r"\in":
            lies(left, node, world, offset)
            continue
        labelled(node, world)
        value = world.evaluate(node)
        if definition is not None and node is definition.node:
            before = (node, value)
            continue
        if mask is not None:
            reached = masked(relation, left, value, mask, offset)
            world.reached[str(statement.condition)] = reached
        elif relation == "=":
            equal(base[1], value, offset, **({"tolerance": tolerance} if tolerance else {}))
        elif relation == r"\approx":
            approximate(before, (node, value), world, offset)
        elif relation in COMPARE:
            ordered(relation, before[1], value, offset)
        else:
            raise Refusal(f"{relation} cannot stand in this chain", offset)
        before = (node, value)
        base = base if relation == "=" else before
    return None


def labelled(node, world):
    """Compare what stands in an underbrace with the name below it."""
    for part in node.walk():
        if part.kind == "labelled":
            inside, label = (world.evaluate(piece) for piece in part.parts)
            equal(inside, label, part.start)


def masked(relation, left, right, mask, offset):
    """Compare two sides only where the condition holds; whether it holds anywhere."""
    if relation not in COMPARE:
        raise Refusal(f"{relation} cannot have a condition", offset)
    if left.shape or right.shape or mask.shape:
        raise ShapeTrouble("an equation with a condition is between numbers: use indices", offset)
    both = laid_side_by_side(left, right, offset)
    held = mask.aligned(both[2], 0) if set(mask.indices) <= set(both[2]) else None
    if held is None:
        raise ShapeTrouble("the condition has an index that the equation lacks", offset)
    held = held.expand(both[0].shape) > 0
    a, b = Value(both[0][held], ["_"]), Value(both[1][held], ["_"])
    if relation == "=":
        equal(a, b, offset)
    else:
        ordered(relation, a, b, offset)
    return bool(held.any())


def approximate(left, right, world, offset):
    """Compare to the digits shown, or, with a small symbol, by how fast the gap closes."""
    names = set().union(*(mentioned(node, world.declarations) for node, _ in (left, right)))
    symbols = world.declarations.symbols
    small = sorted(name for name in names if symbols[name].domain == "small")
    if not small:
        rounded(left[1], right[1], (left[0], right[0]), offset)
        return
    (name,) = small
    terms = right[0].parts if right[0].kind == "add" else (right[0],)
    for step in NUDGES:
        inner = world.holding({name: torch.full_like(world.tensor(name), step)})
        a, b, _ = laid_side_by_side(inner.evaluate(left[0]), inner.evaluate(right[0]), offset)
        least = min(float(inner.evaluate(term).tensor.abs().max()) for term in terms)
        if float((a - b).abs().max()) > SLACK * step * least:
            raise Falsehood(
                f"the two sides do not approach each other as {name} shrinks: at {name} = {step} "
                f"they differ by more than {SLACK * step:g} of the smallest term on the right",
                offset,
            )


def lies(value, node, world, offset):
    """Trouble unless a value lies in a set, or has the shape of a space."""
    if node.kind == "reals":
        wanted = tuple(int(world.sizes.get(word, word)) for word in node.words)
        if wanted != value.shape:
            written = " × ".join(node.words) or "one number"
            raise ShapeTrouble(
                f"the shape is {'×'.join(map(str, value.shape)) or 'that of a number'}, "
                f"not {written}",
                offset,
            )
        return
    if node.kind == "interval":
        low, high = (world.evaluate(part) for part in node.parts)
        opening, closing = node.words[0]
        ordered("<" if opening == "(" else r"\leq", low, value, offset)
        ordered("<" if closing == ")" else r"\leq", value, high, offset)
        return
    members = [world.evaluate(part).tensor for part in node.parts]
    inside = sum((value.tensor == member) for member in members) > 0
    if not inside.all():
        raise Falsehood("a draw lies outside of this set", offset)


def runs(index, statement, world):
    r"""Trouble unless `n = 1, \dots, N` is the declared range of an index."""
    first, last = (world.evaluate(part) for part in statement.sides[1].parts[:2])
    declared = world.length(index.words[0])
    if float(first.tensor) != 1 or float(last.tensor) != declared:
        raise ShapeTrouble(
            f"index {index.words[0]} is declared to run from 1 to "
            f"{world.declarations.indices[index.words[0]]} ({declared})",
            statement.start,
        )


def updates(statement, world):
    r"""Falsehood unless the right side of \leftarrow is one step of gradient descent."""
    left, right = statement.sides
    if left.kind not in ("symbol", "element"):
        raise Refusal("an update changes a symbol", left.start)
    declared = world.declarations
    for name in (declared.loss, declared.rate):
        if name not in declared.symbols:
            raise Refusal(f"an update needs the symbol {name}, or 'update' in the front matter")
    name = left.words[0]
    parameter = torch.nn.Parameter(world.tensor(name).detach().clone())
    parameter.grad = gradient(world, declared.loss, name).reshape(parameter.shape)
    torch.optim.SGD([parameter], lr=float(world.tensor(declared.rate))).step()
    stepped = world.holding({name: parameter.detach()})
    equal(stepped.evaluate(left), world.evaluate(right), statement.start)


def implied(statement, worlds):
    r"""Falsehood unless \iff and \Rightarrow hold at every draw, reached at least once."""
    pieces, sides, relations = [], [statement.sides[0]], []
    for relation, side in zip(statement.relations, statement.sides[1:]):
        if relation in CONNECTIVES:
            pieces.append((sides, relations, relation))
            sides, relations = [side], []
        else:
            sides.append(side)
            relations.append(relation)
    pieces.append((sides, relations, None))
    reached = False
    for world in worlds:
        truths = [truth(sides, relations, world) for sides, relations, _ in pieces]
        for (_, _, connective), before, after in zip(pieces, truths, truths[1:]):
            before, after, _ = laid_side_by_side(before, after, statement.start)
            reached = reached or bool(before.any())
            wrong = before & ~after if connective == r"\Rightarrow" else before ^ after
            if wrong.any():
                raise Falsehood(
                    "one side holds at a draw where the other does not", statement.start
                )
    if not reached:
        raise Refusal("no draw fulfils this premise; mark it with 'condition'", statement.start)


def truth(sides, relations, world):
    """Where a chain of comparisons holds, as a value of booleans."""
    result = None
    values = [world.evaluate(side) for side in sides]
    if not relations:
        raise Refusal("expected a comparison", sides[0].start)
    for relation, left, right in zip(relations, values, values[1:]):
        if relation not in COMPARE or left.shape or right.shape:
            raise Refusal("an implication joins comparisons of numbers", sides[0].start)
        a, b, indices = laid_side_by_side(left, right, sides[0].start)
        held = Value(COMPARE[relation](a, b), indices)
        if result is not None:
            a, b, indices = laid_side_by_side(result, held, sides[0].start)
            held = Value(a & b, indices)
        result = held
    return result
