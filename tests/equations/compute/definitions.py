"""How the symbols of a page rest on one another."""

import ast

from ..names import in_python


class Definition:
    """How a symbol is computed: by a node with the subscripts of its left side, or by an anchor.

    The node counts where there is one, unless the anchor names a definition on which the node
    does not rest: `f: torch.sigmoid(z)` lets a page that writes `f = \\sigma(Xw + b)` speak of z.
    """

    def __init__(self, name, anchor, subscripts=(), node=None):
        self.name = name
        self.anchor = anchor
        self.subscripts = tuple(subscripts)
        self.node = node
        self.by_node = node is not None

    def uses(self, declarations):
        """The names of the symbols that the value rests on."""
        return mentioned(self.node, declarations) if self.by_node else self.anchored(declarations)

    def anchored(self, declarations):
        """The names of the symbols that stand in the anchor."""
        if self.anchor == "free":
            return set()
        readable = {in_python(name): name for name in declarations.symbols}
        names = {part.id for part in ast.walk(ast.parse(self.anchor)) if isinstance(part, ast.Name)}
        return {readable[name] for name in names if name in readable}


def closure(name, definitions, declarations):
    """Every symbol that the definition of name rests on, directly or not."""
    found, waiting = set(), [name]
    while waiting:
        definition = definitions.get(waiting.pop())
        if definition is not None:
            fresh = definition.uses(declarations) - found
            found |= fresh
            waiting += fresh
    return found


def mentioned(node, declarations):
    """The names of the symbols in an expression, with those that a call like L(w) stands for."""
    found = set()
    for part in node.walk():
        if part.kind in ("symbol", "element", "at"):
            found.add(part.words[0])
        if part.kind == "at":
            found.update(declarations.calls[part.words[0]])
    return found
