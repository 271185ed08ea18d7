"""One draw: a number for each symbol of the page, and definitions that autograd can follow."""

import torch

from ..trouble import Refusal, ShapeTrouble, Trouble
from . import arithmetic, constructs, derivative, functions
from .anchors import anchored, result
from .definitions import closure
from .draws import drawn, generator
from .values import Value, described

RULES = {**arithmetic.RULES, **constructs.RULES, **derivative.RULES, **functions.RULES}


class World:
    """Values of all symbols at one draw; some may be held fixed, as if they were leaves.

    The width scales the leaves that can be any number.
    """

    def __init__(self, declarations, definitions, sizes, seed, fixed=None, parent=None, width=1):
        self.declarations = declarations
        self.definitions = definitions
        self.sizes = sizes
        self.seed = seed
        self.fixed = fixed or {}
        self.parent = parent
        self.width = width
        self.known = {}
        self.memo = {}
        self.active = set()
        self.cache = {} if parent is None else parent.cache
        self.reached = {} if parent is None else parent.reached
        self.depth = 0 if parent is None else parent.depth

    def evaluate(self, node):
        """The value of a node; ShapeTrouble or Refusal where it has none."""
        return RULES[node.kind](node, self)

    def holding(self, fixed):
        """The same draw with some symbols held at other tensors, and what depends on them."""
        return World(self.declarations, self.definitions, self.sizes, self.seed, fixed, self)

    def uses(self, name):
        """Every symbol that the definition of name rests on, directly or not."""
        key = ("uses", name)
        if key not in self.cache:
            self.cache[key] = closure(name, self.definitions, self.declarations)
        return self.cache[key]

    def tensor(self, name):
        """The tensor of a declared symbol, in its declared shape."""
        if name in self.fixed:
            return self.fixed[name]
        if name in self.known:
            return self.known[name]
        if self.parent is not None and not self.uses(name) & set(self.fixed):
            return self.parent.tensor(name)
        if name in self.active:
            raise Refusal(f"{name} is defined by itself")
        self.active.add(name)
        try:
            definition = self.definitions.get(name)
            self.known[name] = self.leaf(name) if definition is None else self.defined(definition)
        finally:
            self.active.discard(name)
        return self.known[name]

    def leaf(self, name):
        """A fresh tensor from the domain of a symbol that nothing defines."""
        if name in self.declarations.definitions:
            raise Refusal(
                f"{name} is declared as a definition, but no equation defines it "
                "and it has no anchor to take its value from"
            )
        symbol = self.declarations.symbols[name]
        tensor = drawn(symbol.domain, symbol.shape(self.sizes), generator(self.seed, name))
        return tensor * self.width if symbol.domain == "real" else tensor

    def defined(self, definition):
        """The tensor that a definition gives, in the declared shape."""
        try:
            if definition.by_node:
                return self.placed(self.evaluate(definition.node), definition)
            return anchored(definition.name, definition.anchor, self)
        except Trouble as trouble:
            raise Refusal(f"{definition.name} cannot be computed: {trouble.message}") from trouble

    def placed(self, value, definition):
        """The tensor of a value whose free indices are the subscripts of a left side."""
        symbol = self.declarations.symbols[definition.name]
        shape = symbol.shape(self.sizes)
        offset = definition.node.start
        loose = [index for index in value.indices if index not in definition.subscripts]
        if loose:
            raise ShapeTrouble(f"index {loose[0]} stands only on the right", offset)
        if not definition.subscripts:
            if value.shape != shape:
                raise ShapeTrouble(
                    f"{definition.name} is declared as {described(shape)}, "
                    f"but the right side is {described(value.shape)}",
                    offset,
                )
            return value.tensor
        if value.shape:
            raise ShapeTrouble(
                f"an element is a number, but the right side is {described(value.shape)}", offset
            )
        lengths = [self.length(index) for index in definition.subscripts]
        tensor = value.aligned(definition.subscripts, 0).expand(lengths)
        return tensor.reshape(shape)

    def length(self, index):
        """How far an index runs."""
        return self.sizes[self.declarations.indices[index]]

    def function(self, name):
        """The function that stands for a declared function, from tensors to tensors."""
        how = self.declarations.functions[name]
        if not str(how).startswith("smooth"):
            return result(how, self)
        a, b, c = drawn("positive", (3,), generator(self.seed, name, "smooth"))
        return lambda z: torch.sin(a * z + b) + c * z * z / 4 + 2

    def value(self, name):
        """A symbol as a value with a matrix shape and no free index."""
        tensor = self.tensor(name)
        return Value(tensor, (), tensor.shape)
