"""Derivatives by automatic differentiation, total or direct."""

import torch

from ..trouble import Refusal, ShapeTrouble
from .definitions import mentioned
from .subscripts import positions
from .values import Value, described, picked, union

TOLERANCE = 1e-9


def opened(world, name):
    """The world with a symbol cut off from its definition, and the tensor that now leads it."""
    tensor = world.tensor(name)
    tracked = tensor.requires_grad
    tensor = tensor.clone() if tracked else tensor.detach().clone().requires_grad_()
    inner = world.holding({name: tensor})
    inner.depth = world.depth + 1
    return inner, tensor


def jacobian(output, leaf, keep):
    """Every entry of output by every entry of leaf, of shape (*output.shape, *leaf.shape)."""
    if not output.requires_grad:
        return torch.zeros((*output.shape, *leaf.shape), dtype=torch.float64)
    entries = output.reshape(-1)
    rows = [
        torch.autograd.grad(
            entry,
            leaf,
            retain_graph=True,
            create_graph=keep,
            allow_unused=True,
            materialize_grads=True,
        )[0]
        for entry in entries
    ]
    return torch.stack(rows).reshape((*output.shape, *leaf.shape))


def gradient(world, of, by):
    """The total derivative of one symbol, a number, by another, as a tensor of its shape."""
    with torch.enable_grad():
        inner, leaf = opened(world, by)
        return jacobian(inner.tensor(of), leaf, world.depth > 0)


def acts(node, world):
    """The names of the symbols on which a numerator rests directly."""
    while node.kind == "bracket":
        node = node.parts[0]
    if node.kind in ("symbol", "element"):
        definition = world.definitions.get(node.words[0])
        return set() if definition is None else definition.uses(world.declarations)
    return mentioned(node, world.declarations)


def two_paths(node, name, world):
    """Whether a numerator rests on name directly and also through another symbol."""
    names = acts(node, world)
    return name in names and any(name in world.uses(other) for other in names - {name})


def direct_world(world, name, leaf, keep):
    """The world in which only name varies: what rests on it is held where it was."""
    held = {
        other: world.tensor(other).detach()
        for other in world.definitions
        if other not in keep and other != name and name in world.uses(other)
    }
    inner = world.holding({**held, name: leaf})
    inner.depth = world.depth + 1
    return inner


def derivative(node, world):
    """The value of a derivative node: numerator by a symbol or by one of its elements."""
    key = str(node)
    if key in world.memo:
        return world.memo[key]
    above, below = node.parts
    name = below.words[0]
    with torch.enable_grad():
        inner, leaf = opened(world, name)
        value = inner.evaluate(above)
        total = jacobian(value.tensor, leaf, world.depth > 0)
        result = total
        if two_paths(above, name, world):
            result = settled(node, world, total)
    if world.depth == 0:
        result = result.detach()
    found = laid_out(node, value, result, world)
    world.memo[key] = found
    return found


def settled(node, world, total):
    """The total or the direct derivative, as the page says; Refusal if it must and does not."""
    above, below = node.parts
    name = below.words[0]
    keep = {above.words[0]} if above.kind in ("symbol", "element") else set()
    _, leaf = opened(world, name)
    value = direct_world(world, name, leaf, keep).evaluate(above)
    direct = jacobian(value.tensor, leaf, world.depth > 0)
    meant = node.words[0] if node.words else world.declarations.derivatives
    if meant == "direct":
        return direct
    if meant is None and not torch.allclose(direct, total, rtol=TOLERANCE, atol=TOLERANCE):
        raise Refusal(
            f"this derivative by {name} is ambiguous: {name} acts directly and through another "
            "symbol; write <!-- equation: total --> or <!-- equation: direct --> above",
            node.start,
        )
    return total


def laid_out(node, value, tensor, world):
    """The Jacobian as a value: free indices of both lines, and the matrix shape of one."""
    below = node.parts[1]
    shape = tuple(world.tensor(below.words[0]).shape)
    if below.kind == "symbol":
        if value.shape and shape:
            raise ShapeTrouble(
                f"the derivative of {described(value.shape)} by {described(shape)} "
                "needs indices above and below",
                node.start,
            )
        return Value(tensor, value.indices, value.shape or shape)
    if value.shape:
        tensor = tensor.movedim(
            tuple(range(len(value.indices), len(value.indices) + len(value.shape))),
            tuple(range(-len(value.shape), 0)),
        )
    subscripts = positions(below, world)
    indices = union(value, Value(None, [s for s in subscripts if isinstance(s, str)]))
    ranges = {index: world.length(index) for index in indices}
    every = [*value.indices, *subscripts]
    return Value(picked(tensor, every, ranges, indices), indices, value.shape)


RULES = {"derivative": derivative}
