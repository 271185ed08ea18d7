"""Numbers with strict shapes: tensors that know their free indices and their matrix shape.

A value's tensor has one axis for each free index, in the order of `indices`, and then the
axes of its matrix shape: () a number, (n,) a column, (1, n) a row, (n, m) a matrix.
"""

import torch

from ..trouble import ShapeTrouble


class Value:
    """A tensor of shape (one axis an index…, *shape)."""

    __slots__ = ("indices", "shape", "tensor")

    def __init__(self, tensor, indices=(), shape=()):
        self.tensor = tensor
        self.indices = tuple(indices)
        self.shape = tuple(shape)

    def aligned(self, indices, rank):
        """The tensor with an axis for each of the indices and `rank` axes behind them."""
        own = [index for index in indices if index in self.indices]
        order = [self.indices.index(index) for index in own]
        order += range(len(self.indices), self.tensor.dim())
        tensor = self.tensor if order == sorted(order) else self.tensor.permute(order)
        lengths = dict(zip(own, tensor.shape))
        wanted = [lengths.get(index, 1) for index in indices]
        wanted += [1] * (rank - len(self.shape))
        wanted += self.shape
        return tensor.reshape(wanted)


def number(text):
    """A number as a value without indices or shape."""
    return Value(torch.tensor(float(text), dtype=torch.float64))


def described(shape):
    """A shape in words: `a number`, `a column (3)`, `a row (1×3)`, `a matrix (5×3)`."""
    if not shape:
        return "a number"
    if len(shape) == 1:
        return f"a column ({shape[0]})"
    size = "×".join(map(str, shape))
    return f"a row ({size})" if shape[0] == 1 else f"a matrix ({size})"


def union(*values):
    """The free indices of several values, in alphabetical order."""
    return tuple(sorted({index for value in values for index in value.indices}))


def joint_shape(left, right, doing, offset):
    """The shape of an operation by element; ShapeTrouble unless one operand already has it."""
    if left == right or not right:
        return left
    if not left:
        return right
    for small, large in ((left, right), (right, left)):
        if len(small) == len(large) == 2 and all(a in (1, b) for a, b in zip(small, large)):
            return large
    hint = ""
    for small, large in ((left, right), (right, left)):
        if len(small) == 1 and len(large) == 2 and small[0] == large[1]:
            hint = "; a vector added to every row is declared as 'row (…)'"
        if len(small) == 1 and len(large) == 2 and small[0] == large[0]:
            hint = "; a vector for every column is declared as '(…, 1)'"
    raise ShapeTrouble(f"cannot {doing} {described(left)} and {described(right)}{hint}", offset)


def by_element(operation, left, right, doing, offset):
    """An operation on two values, entry by entry."""
    shape = joint_shape(left.shape, right.shape, doing, offset)
    indices = union(left, right)
    rank = len(shape)
    result = operation(left.aligned(indices, rank), right.aligned(indices, rank))
    return Value(result, indices, shape)


def matrix_product(left, right, offset):
    """The product of two values side by side; a column has no second axis to sum over."""
    if not left.shape or not right.shape:
        return by_element(torch.mul, left, right, "multiply", offset)
    first = (*left.shape, 1) if len(left.shape) == 1 else left.shape
    second = (*right.shape, 1) if len(right.shape) == 1 else right.shape
    if first[1] != second[0]:
        hint = rf"{first[1]} across meet {second[0]} down"
        if left.shape == right.shape:
            hint = r"write \odot for the product by element, or transpose one of them"
        raise ShapeTrouble(
            f"cannot multiply {described(left.shape)} by {described(right.shape)}: {hint}", offset
        )
    indices = union(left, right)
    a, b = left.aligned(indices, len(left.shape)), right.aligned(indices, len(right.shape))
    a = a.unsqueeze(-1) if len(left.shape) == 1 else a
    b = b.unsqueeze(-1) if len(right.shape) == 1 else b
    result = a @ b
    shape = (first[0], second[1])
    if len(right.shape) == 1:
        shape = shape[:1] if first[0] != 1 else ()
        result = result.reshape((*result.shape[:-2], *shape))
    return Value(result, indices, shape)


def dot_product(left, right, offset):
    r"""The product written with \cdot: of numbers, with a number, or of two columns."""
    if not left.shape or not right.shape:
        return by_element(torch.mul, left, right, "multiply", offset)
    if len(left.shape) == 1 and left.shape == right.shape:
        product = by_element(torch.mul, left, right, "multiply", offset)
        return Value(product.tensor.sum(-1), product.indices)
    raise ShapeTrouble(
        rf"\cdot cannot join {described(left.shape)} and {described(right.shape)}: "
        r"write nothing for a matrix product, \odot for one by element",
        offset,
    )


def transposed(value, offset):
    """Rows for columns; ShapeTrouble for a number."""
    if not value.shape:
        raise ShapeTrouble("a number has no transpose", offset)
    if len(value.shape) == 1:
        return Value(value.tensor.unsqueeze(-2), value.indices, (1, *value.shape))
    if value.shape[0] == 1:
        return Value(value.tensor.squeeze(-2), value.indices, value.shape[1:])
    return Value(value.tensor.transpose(-1, -2), value.indices, value.shape[::-1])


def picked(tensor, subscripts, ranges, indices):
    """Entries of tensor, one subscript an axis, laid out along the free indices given.

    A subscript is an index name, whose positions are ranges[name], or a position from 0.
    """
    where = []
    for subscript in subscripts:
        if isinstance(subscript, int):
            where.append(torch.tensor(subscript))
            continue
        view = [1] * len(indices)
        view[indices.index(subscript)] = ranges[subscript]
        where.append(torch.arange(ranges[subscript]).reshape(view))
    return tensor[tuple(where)]
