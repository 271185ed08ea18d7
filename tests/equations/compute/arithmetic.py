"""Rules for numbers, symbols and what joins them."""

import math

import torch

from ..trouble import Refusal, ShapeTrouble
from .subscripts import chosen, position, positions
from .values import (
    Value,
    by_element,
    described,
    dot_product,
    matrix_product,
    number,
    transposed,
)


def written_number(node, world):
    """A number as it is written."""
    return number(node.words[0])


def euler(node, world):
    """Euler's number."""
    return number(math.e)


def pi(node, world):
    """The number pi."""
    return number(math.pi)


def size(node, world):
    """A size, such as N, as a number."""
    return number(world.sizes[node.words[0]])


def misplaced_index(node, world):
    """Refusal: an index is a number only in conditions such as `j = k`."""
    raise Refusal(f"{node.words[0]} is an index, not a number", node.start)


def symbol(node, world):
    """A declared symbol in its declared shape."""
    return world.value(node.words[0])


def element(node, world):
    """An entry of a symbol for every value of its indices."""
    return chosen(world.tensor(node.words[0]), positions(node, world), (), world)


def entry(node, world):
    """An entry of a bracket, such as `(AB)_{nh}`; ShapeTrouble unless it has as many axes."""
    value = world.evaluate(node.parts[0])
    if len(value.shape) != len(node.words):
        raise ShapeTrouble(
            f"{described(value.shape)} does not take the "
            f"{'index' if len(node.words) == 1 else 'indices'} {', '.join(node.words)}",
            node.start,
        )
    below = [
        position(index, axis, value.shape, "the bracket", world, node.start)
        for axis, index in enumerate(node.words)
    ]
    return chosen(value.tensor, below, value.indices, world)


def bracket(node, world):
    """What stands in a bracket."""
    return world.evaluate(node.parts[0])


def negative(node, world):
    """The opposite of a value."""
    value = world.evaluate(node.parts[0])
    return Value(-value.tensor, value.indices, value.shape)


def add(node, world):
    """A sum of terms, entry by entry."""
    total = world.evaluate(node.parts[0])
    for part in node.parts[1:]:
        total = by_element(torch.add, total, world.evaluate(part), "add", part.start)
    return total


def product(node, world):
    """Factors side by side: a matrix product, from left to right."""
    result = world.evaluate(node.parts[0])
    for part in node.parts[1:]:
        result = matrix_product(result, world.evaluate(part), part.start)
    return result


def dot(node, world):
    """Two factors joined by \\cdot."""
    left, right = (world.evaluate(part) for part in node.parts)
    return dot_product(left, right, node.parts[1].start)


def times(node, world):
    """Two numbers joined by \\times."""
    left, right = (world.evaluate(part) for part in node.parts)
    if left.shape or right.shape:
        raise ShapeTrouble(r"\times joins numbers only", node.parts[1].start)
    return by_element(torch.mul, left, right, "multiply", node.parts[1].start)


def hadamard(node, world):
    """The product by element of two columns, rows or matrices."""
    left, right = (world.evaluate(part) for part in node.parts)
    for value, part in zip((left, right), node.parts):
        if not value.shape:
            raise ShapeTrouble(r"\odot joins columns, rows or matrices, not numbers", part.start)
    return by_element(torch.mul, left, right, "multiply by element", node.parts[1].start)


def divide(node, world):
    """A quotient, entry by entry."""
    left, right = (world.evaluate(part) for part in node.parts)
    return by_element(torch.div, left, right, "divide", node.start)


def power(node, world):
    """A power of a number; of anything else only with the base e."""
    base, exponent = (world.evaluate(part) for part in node.parts)
    if node.parts[0].kind == "euler":
        return Value(torch.exp(exponent.tensor), exponent.indices, exponent.shape)
    if exponent.shape:
        raise ShapeTrouble("an exponent is a number", node.parts[1].start)
    if base.shape:
        raise ShapeTrouble(
            f"a power of {described(base.shape)} has two readings: write A \\odot A, or indices",
            node.start,
        )
    return by_element(torch.pow, base, exponent, "raise", node.start)


def transpose(node, world):
    """Rows for columns."""
    return transposed(world.evaluate(node.parts[0]), node.start)


def ones(node, world):
    """A column of ones."""
    length = world.sizes[node.words[0]]
    return Value(torch.ones(length, dtype=torch.float64), (), (length,))


def norm(node, world):
    """The Euclidean norm of a column, row or matrix."""
    value = world.evaluate(node.parts[0])
    axes = tuple(range(-len(value.shape), 0))
    if not axes:
        raise ShapeTrouble("the norm of a number is written |x|", node.start)
    return Value(value.tensor.square().sum(axes).sqrt(), value.indices)


RULES = {
    "number": written_number,
    "euler": euler,
    "pi": pi,
    "size": size,
    "index": misplaced_index,
    "symbol": symbol,
    "element": element,
    "entry": entry,
    "bracket": bracket,
    "negative": negative,
    "add": add,
    "product": product,
    "dot": dot,
    "times": times,
    "hadamard": hadamard,
    "divide": divide,
    "power": power,
    "transpose": transpose,
    "ones": ones,
    "norm": norm,
}
