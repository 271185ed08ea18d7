"""What an equation means: trees of nodes that remember their place in the source."""


class Node:
    """One operation: its kind, its words (names, numbers) and its parts (nodes).

    Printed as an S-expression, such as `(product (element x n d) (element w d))`.
    """

    __slots__ = ("end", "kind", "parts", "start", "words", "written")

    def __init__(self, kind, words=(), parts=(), start=0, end=0):
        self.kind = kind
        self.words = tuple(words)
        self.parts = tuple(parts)
        self.start = start
        self.end = end
        self.written = None

    def __str__(self):
        if self.written is None:
            inside = [self.kind, *map(str, self.words), *map(str, self.parts)]
            self.written = "(" + " ".join(inside) + ")"
        return self.written

    def walk(self):
        """The node and every node below it, outermost first."""
        yield self
        for part in self.parts:
            yield from part.walk()


class Statement:
    """A chain `a = b = c`: its sides (nodes), the relations between them, and its span.

    A condition, where there is one, says when the chain is claimed.
    """

    def __init__(self, sides, relations, start, end):
        self.sides = sides
        self.relations = relations
        self.start = start
        self.end = end
        self.condition = None

    def __str__(self):
        pieces = [str(self.sides[0])]
        for relation, side in zip(self.relations, self.sides[1:]):
            pieces += [relation, str(side)]
        if self.condition is not None:
            pieces += ["if", str(self.condition)]
        return " ".join(pieces)

    def walk(self):
        """Every node of every side."""
        for side in self.sides:
            yield from side.walk()
        if self.condition is not None:
            yield from self.condition.walk()
