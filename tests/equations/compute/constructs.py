"""Rules for sums, cases, limits and other constructions."""

from itertools import pairwise

import torch

from ..trouble import Refusal, ShapeTrouble
from .values import Value, by_element, described, number, union

COMPARE = {
    "=": torch.eq,
    "<": torch.lt,
    ">": torch.gt,
    r"\leq": torch.le,
    r"\geq": torch.ge,
    r"\neq": torch.ne,
}


def summed(node, world):
    """A sum or product over an index; ShapeTrouble where its end is not the declared one."""
    index, upper = node.words
    world_range = world.declarations.indices[index]
    if upper not in ("-", world_range):
        length = world.sizes.get(upper, upper)
        if str(length) != str(world.length(index)):
            raise ShapeTrouble(
                f"index {index} is declared to run to {world_range}, but the sum ends at {upper}",
                node.start,
            )
    value = world.evaluate(node.parts[0])
    if len(node.parts) > 1:
        mask = world.evaluate(node.parts[1])
        value = by_element(torch.mul, value, mask, "multiply", node.start)
    if index not in value.indices:
        raise ShapeTrouble(f"nothing in this sum depends on {index}", node.start)
    left = tuple(name for name in value.indices if name != index)
    axis = value.indices.index(index)
    if node.kind == "prod":
        return Value(value.tensor.prod(axis), left, value.shape)
    return Value(value.tensor.sum(axis), left, value.shape)


def extreme(node, world):
    """The largest or smallest entry along an index."""
    (index,) = node.words
    value = world.evaluate(node.parts[0])
    if index not in value.indices:
        raise ShapeTrouble(f"nothing here depends on {index}", node.start)
    left = tuple(name for name in value.indices if name != index)
    reduce = torch.amax if node.kind == "max" else torch.amin
    return Value(reduce(value.tensor, value.indices.index(index)), left, value.shape)


def counted(node, world):
    """An index as a number that runs from 1."""
    (name,) = node.words
    return Value(torch.arange(1, world.length(name) + 1, dtype=torch.float64), [name])


def compare(node, world):
    """1 where a comparison holds and 0 elsewhere."""
    values = [
        counted(part, world) if part.kind == "index" else world.evaluate(part)
        for part in node.parts
    ]
    result = None
    for sign, left, right in zip(node.words, values, values[1:]):
        held = by_element(COMPARE[sign], left, right, "compare", node.start)
        held = Value(held.tensor.double(), held.indices, held.shape)
        result = held if result is None else by_element(torch.mul, result, held, "join", node.start)
    return result


def indicator(node, world):
    """The indicator of a condition."""
    return world.evaluate(node.parts[0])


def cases(node, world):
    """The case that holds at each entry; ShapeTrouble unless exactly one does."""
    conditions, values = [], []
    parts = list(node.parts)
    for word in node.words:
        values.append(world.evaluate(parts.pop(0)))
        if word == "if":
            conditions.append(world.evaluate(parts.pop(0)))
        else:
            rest = number(1)
            for met in conditions:
                rest = by_element(torch.sub, rest, met, "join", node.start)
            conditions.append(rest)
    indices = union(*conditions, *values)
    rank = max(len(value.shape) for value in (*conditions, *values))
    met = torch.stack(torch.broadcast_tensors(*(c.aligned(indices, rank) for c in conditions)))
    reached = world.reached.setdefault(str(node), [False] * len(conditions))
    for case in range(len(conditions)):
        reached[case] = reached[case] or bool((met[case] > 0).any())
    count = met.sum(0)
    if (count > 1).any():
        raise ShapeTrouble("two cases hold at once", node.start)
    if (count < 1).any():
        raise ShapeTrouble("a draw falls into none of the cases", node.start)
    result = number(0)
    for condition, value in zip(conditions, values):
        chosen_value = by_element(torch.mul, condition, value, "choose", node.start)
        result = by_element(torch.add, result, chosen_value, "join", node.start)
    return result


def vector(node, world):
    """A column written out."""
    return written_out(node, world, (len(node.parts),))


def matrix(node, world):
    """A matrix written out."""
    rows, columns = node.words
    return written_out(node, world, (rows,) if columns == 1 else (rows, columns))


def shaped(node, world):
    """A value whose shape stands below it; ShapeTrouble for another shape."""
    value = world.evaluate(node.parts[0])
    wanted = tuple(int(world.sizes.get(word, word)) for word in node.words)
    if value.shape != wanted:
        raise ShapeTrouble(
            f"this is {described(value.shape)}, but {' × '.join(node.words)} stands below it",
            node.start,
        )
    return value


def labelled(node, world):
    """A value with a name below it."""
    return world.evaluate(node.parts[0])


def at(node, world):
    """A symbol recomputed with other values for its arguments, such as `L(w + h)`."""
    name = node.words[0]
    wanted = world.declarations.calls[name]
    if len(wanted) != len(node.parts):
        raise Refusal(f"{name} takes {len(wanted)} arguments", node.start)
    held = {}
    for symbol, part in zip(wanted, node.parts):
        value = world.evaluate(part)
        shape = tuple(world.tensor(symbol).shape)
        if value.indices or value.shape != shape:
            raise ShapeTrouble(
                f"{name} takes {described(shape)} for {symbol}, not {described(value.shape)}",
                part.start,
            )
        held[symbol] = value.tensor
    return world.holding(held).value(name)


def limit(node, world):
    """Neville's extrapolation to 0 from ten steps, each half as long as the one before."""
    name = node.words[0]
    steps = [0.1 * 2.0**-k for k in range(10)]
    column = []
    for step in steps:
        inner = world.holding({name: torch.tensor(step, dtype=torch.float64)})
        column.append(inner.evaluate(node.parts[0]))
    tensors = [value.tensor for value in column]
    for order in range(1, len(steps)):
        tensors = [
            finer + (finer - coarser) / (2.0**order - 1) for coarser, finer in pairwise(tensors)
        ]
    return Value(tensors[-1], column[0].indices, column[0].shape)


def bare_function(node, world):
    """Refusal: a function without its argument."""
    name = node.words[0]
    raise Refusal(f"{name} is a function: write {name}(…)", node.start)


def misplaced_range(node, world):
    """Refusal: a range in the wrong place."""
    raise Refusal(r"a range stands behind an index and =: n = 1, \dots, N", node.start)


def written_out(node, world, shape):
    """A column or matrix whose entries stand on the page."""
    entries = [world.evaluate(part) for part in node.parts]
    for entry, part in zip(entries, node.parts):
        if entry.shape:
            raise ShapeTrouble("an entry is a number", part.start)
    indices = union(*entries)
    tensors = torch.broadcast_tensors(*(entry.aligned(indices, 0) for entry in entries))
    stacked = torch.stack(tensors, -1)
    return Value(stacked.reshape((*stacked.shape[:-1], *shape)), indices, shape)


RULES = {
    "sum": summed,
    "max": extreme,
    "compare": compare,
    "indicator": indicator,
    "cases": cases,
    "vector": vector,
    "matrix": matrix,
    "shaped": shaped,
    "labelled": labelled,
    "at": at,
    "limit": limit,
    "function": bare_function,
    "range": misplaced_range,
    "prod": summed,
    "min": extreme,
}
