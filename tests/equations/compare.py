"""Comparing the two sides of a relation at one draw."""

import torch

from .compute.constructs import COMPARE
from .compute.values import described, union
from .trouble import Falsehood, Refusal, ShapeTrouble

TOLERANCE = 1e-9
ROUNDING = 1e-12


def laid_side_by_side(left, right, offset):
    """Two values as tensors of one shape, with the free indices that lead it."""
    loose = [index for index in right.indices if index not in left.indices]
    if loose:
        raise ShapeTrouble(f"index {loose[0]} stands only on the right", offset)
    if left.shape != right.shape:
        hint = ""
        if left.shape == right.shape[::-1] or {*left.shape} == {1, *right.shape}:
            hint = ": one is the transpose of the other"
        raise ShapeTrouble(
            f"left is {described(left.shape)}, right is {described(right.shape)}{hint}", offset
        )
    indices = union(left, right)
    rank = len(left.shape)
    a, b = torch.broadcast_tensors(left.aligned(indices, rank), right.aligned(indices, rank))
    return a, b, indices


def spot(place, indices, shape):
    """Where an entry stands, in words: `n=1, d=2` or `row 1, column 2`."""
    names = [f"{index}={int(at) + 1}" for index, at in zip(indices, place)]
    rest = [int(at) + 1 for at in place[len(indices) :]]
    if len(shape) == 1:
        names.append(f"entry {rest[0]}")
    elif shape:
        names.append(f"row {rest[0]}, column {rest[1]}")
    return ", ".join(names)


def shown(number):
    """A number in six digits, with a true minus sign."""
    return f"{float(number):.6g}".replace("-", "−")


def equal(left, right, offset, tolerance=TOLERANCE, names=("left", "right")):
    """Falsehood, with the worst entry, unless both sides agree to the tolerance."""
    a, b, indices = laid_side_by_side(left, right, offset)
    if not (torch.isfinite(a).all() and torch.isfinite(b).all()):
        side = "right" if torch.isfinite(a).all() else "left"
        raise Falsehood(f"the {side} side is not a finite number at some draw", offset)
    gap = (a - b).abs()
    if not gap.numel():
        return
    scale = max(float(a.abs().max()), float(b.abs().max()))
    if gap.max() <= tolerance * scale + ROUNDING:
        return
    place = torch.unravel_index(gap.argmax(), gap.shape) if gap.dim() else ()
    where = spot(place, indices, left.shape)
    raise Falsehood(
        f"false{' at ' + where if where else ''}: "
        f"{names[0]} {shown(a[tuple(place)])}, {names[1]} {shown(b[tuple(place)])}",
        offset,
    )


def digits(node):
    """Half a unit in the last place of a number as it is written; None for other expressions."""
    if node.kind == "number":
        decimals = node.words[0].partition(".")[2]
        return 0.5 * 10.0 ** -len(decimals)
    if node.kind in ("negative", "bracket"):
        return digits(node.parts[0])
    if node.kind in ("dot", "times"):
        number, power = node.parts
        if power.kind == "power" and power.parts[0].words == ("10",):
            sign, exponent = 1, power.parts[1]
            if exponent.kind == "negative":
                sign, exponent = -1, exponent.parts[0]
            half = digits(number)
            return None if half is None else half * 10.0 ** (sign * int(exponent.words[0]))
    if node.kind in ("vector", "matrix"):
        halves = [digits(part) for part in node.parts]
        return None if None in halves else max(halves)
    return None


def rounded(left, right, nodes, offset):
    """Falsehood unless one side is the other, rounded to the digits that are written."""
    half = digits(nodes[1])
    if half is None:
        half = digits(nodes[0])
    if half is None:
        raise Refusal(
            r"\approx needs a number with its digits on one side, or a symbol declared small",
            offset,
        )
    a, b, indices = laid_side_by_side(left, right, offset)
    gap = (a - b).abs()
    if bool((gap <= half * (1 + 1e-9)).all()):
        return
    place = torch.unravel_index(gap.argmax(), gap.shape) if gap.dim() else ()
    where = spot(place, indices, left.shape)
    raise Falsehood(
        f"false{' at ' + where if where else ''}: left {shown(a[tuple(place)])}, "
        f"right {shown(b[tuple(place)])}; they differ by more than half of the last digit",
        offset,
    )


def ordered(sign, left, right, offset):
    """Falsehood unless the comparison holds at every entry."""
    indices = union(left, right)
    rank = max(len(left.shape), len(right.shape))
    if left.shape and right.shape and left.shape != right.shape:
        raise ShapeTrouble(
            f"left is {described(left.shape)}, right is {described(right.shape)}", offset
        )
    a, b = torch.broadcast_tensors(left.aligned(indices, rank), right.aligned(indices, rank))
    held = COMPARE[sign](a, b)
    if held.all():
        return
    place = tuple((~held).nonzero()[0])
    where = spot(place, indices, left.shape or right.shape)
    raise Falsehood(
        f"false{' at ' + where if where else ''}: left {shown(a[place])}, right {shown(b[place])}",
        offset,
    )
