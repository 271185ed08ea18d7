"""Rules for functions: those that are known, and those that a page declares."""

import torch

from ..trouble import Refusal, ShapeTrouble
from .values import Value, by_element

BY_ELEMENT = {
    "exp": torch.exp,
    "log": torch.log,
    "tanh": torch.tanh,
    "sin": torch.sin,
    "cos": torch.cos,
    "sqrt": torch.sqrt,
    "abs": torch.abs,
    "sign": torch.sign,
    "relu": torch.relu,
}


def called(node, world):
    """A function, by element but for softmax and diag."""
    name = node.words[0]
    arguments = [world.evaluate(part) for part in node.parts]
    if name in ("max", "min"):
        operation = torch.maximum if name == "max" else torch.minimum
        return by_element(operation, *arguments, f"take the {name} of", node.start)
    if len(arguments) != 1:
        raise Refusal(f"{name} takes one argument", node.start)
    value = arguments[0]
    if name == "diag":
        if len(value.shape) != 1:
            raise ShapeTrouble("diag takes a column", node.start)
        return Value(torch.diag_embed(value.tensor), value.indices, value.shape * 2)
    if name == "softmax":
        if not value.shape:
            raise ShapeTrouble("softmax takes a column, a row or the rows of a matrix", node.start)
        return Value(torch.softmax(value.tensor, -1), value.indices, value.shape)
    plain = name.rstrip("'")
    function = BY_ELEMENT.get(plain) or world.function(plain)
    for _ in range(len(name) - len(plain)):
        function = derived(function)
    return Value(function(value.tensor), value.indices, value.shape)


def derived(function):
    """The derivative of a function that works by element, from autograd."""

    def slope(tensor):
        with torch.enable_grad():
            tracked = tensor.requires_grad
            inside = tensor if tracked else tensor.detach().requires_grad_()
            result = function(inside)
            (found,) = torch.autograd.grad(result.sum(), inside, create_graph=True)
        return found if tracked else found.detach()

    return slope


RULES = {"call": called}
