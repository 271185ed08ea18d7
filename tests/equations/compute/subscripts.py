"""Subscripts: from names on the page to entries of tensors."""

from ..trouble import ShapeTrouble
from .values import Value, picked


def chosen(tensor, subscripts, free, world):
    """Entries of a tensor whose first axes are free indices already."""
    names = {*free, *(name for name in subscripts if isinstance(name, str))}
    indices = tuple(sorted(names))
    ranges = {index: world.length(index) for index in indices}
    return Value(picked(tensor, [*free, *subscripts], ranges, indices), indices)


def positions(element, world):
    """The subscripts of an element for every axis: index names, or positions from 0.

    An index that runs further than its axis, or a number beyond it, is a ShapeTrouble.
    """
    name, *written = element.words
    symbol = world.declarations.symbols[name]
    shape = symbol.shape(world.sizes)
    waiting = list(written)
    found = []
    for axis, letter in enumerate(symbol.axes):
        if letter == "1" and len(symbol.long_axes) == len(written):
            found.append(0)
            continue
        found.append(position(waiting.pop(0), axis, shape, name, world, element.start))
    return found


def position(subscript, axis, shape, name, world, offset):
    """One subscript, tested against its axis."""
    size = "×".join(map(str, shape))
    which = f"axis {axis + 1} of {name} ({size})"
    length = shape[axis]
    if subscript in world.declarations.indices:
        if world.length(subscript) != length:
            raise ShapeTrouble(
                f"index {subscript} runs to {world.length(subscript)}, but {which} has {length}",
                offset,
            )
        return subscript
    number = world.sizes[subscript] if subscript in world.sizes else int(subscript)
    if not 1 <= number <= length:
        raise ShapeTrouble(f"index {subscript} is {number}, but {which} has {length}", offset)
    return number - 1
