"""Anchors: torch expressions in which the symbols of a page are tensors."""

import math

import torch
import torch.nn.functional

from ..names import in_python
from ..trouble import Refusal, ShapeTrouble
from .derivative import gradient


def result(text, world):
    """What a torch expression gives in a world; Refusal, with torch's words, if it fails."""
    try:
        return eval(text, {}, Namespace(world))
    except Refusal:
        raise
    except Exception as error:
        raise Refusal(f"the anchor {text} fails: {error}") from error


def anchored(name, anchor, world):
    """The tensor that an anchor gives for a symbol; ShapeTrouble unless it has its shape."""
    symbol = world.declarations.symbols[name]
    tensor = torch.as_tensor(result(anchor, world)).double()
    shape = symbol.shape(world.sizes)
    if tuple(tensor.shape) != (shape[1:] if symbol.row else shape):
        raise ShapeTrouble(
            f"the anchor {anchor} has the shape {tuple(tensor.shape)}, "
            f"but {name} is declared as {symbol.shape_text()}"
        )
    return tensor.reshape(shape)


class Namespace(dict):
    """What an anchor can name: torch, F, math, sizes, symbols, and grad(of, by)."""

    def __init__(self, world):
        super().__init__()
        self.world = world
        self.readable = {in_python(name): name for name in world.declarations.symbols}
        self.given = {}

    def __missing__(self, name):
        if name in self.readable:
            symbol = self.readable[name]
            tensor = self.world.tensor(symbol)
            if self.world.declarations.symbols[symbol].row:
                tensor = tensor.squeeze(0)
            self.given[id(tensor)] = (symbol, tensor)
            return tensor
        if name in self.world.sizes:
            return self.world.sizes[name]
        known = {
            "torch": torch,
            "F": torch.nn.functional,
            "math": math,
            "float": float,
            "grad": self.grad,
        }
        if name in known:
            return known[name]
        raise NameError(f"{name} is not a symbol of this page")

    def grad(self, of, by):
        """The derivative of a number by a symbol, from autograd; both by their bare names."""
        found = gradient(self.world, self.given[id(of)][0], self.given[id(by)][0])
        return found.reshape(by.shape)
