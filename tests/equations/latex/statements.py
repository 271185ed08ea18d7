r"""The grammar of a whole equation: chains of relations, in one line or aligned."""

from .expressions import ExpressionReader
from .tree import Node, Statement

RELATIONS = (
    *("=", r"\approx", "<", ">", r"\leq", r"\geq", r"\neq", r"\in", r"\leftarrow"),
    *(r"\iff", r"\Rightarrow"),
)
ALIGNMENTS = ("align", "align*", "aligned", "gather", "gather*", "gathered", "split", "equation")
CONDITIONAL = ("if", "when", "where")


class StatementReader(ExpressionReader):
    """Reads the statements of a display or of a formula within a line."""

    def statements(self):
        """Every statement, in order; Refusal for what cannot be read."""
        found = []
        while True:
            fresh_row = self.skip_between(not found)
            if self.peek().kind == "end of equation":
                break
            if found and fresh_row and self.sees(*RELATIONS):
                self.continue_chain(found[-1])
            elif found and fresh_row and self.sees("+", "-") and not self.row_relates():
                self.continue_sum(found[-1])
            else:
                found.append(self.statement())
        if not found:
            self.refuse("there is no formula here")
        return found

    def skip_between(self, first):
        """Pass over what stands between statements; whether a new row began."""
        words, apart, fresh_row = None, first, False
        while True:
            token = self.peek()
            if token.kind == "newline":
                fresh_row = True
            elif token.kind in ("begin", "end") and token.text in ALIGNMENTS:
                fresh_row = fresh_row or token.kind == "begin"
            elif token.kind == "words":
                if token.text.strip().rstrip(":") in CONDITIONAL and not self.ends_after_words():
                    return fresh_row
                words = token
            elif not self.sees(",", ";", ".", ":", "&", r"\quad"):
                if words and not (apart or fresh_row or token.kind == "end of equation"):
                    self.refuse("words stand in the middle", words)
                return fresh_row
            apart = apart or self.sees(",", ";", "&", r"\quad")
            self.take()

    def ends_after_words(self):
        """Whether nothing but the end of the row follows the words that come next."""
        return self.peek(1).kind in ("newline", "end", "end of equation")

    def row_relates(self):
        """Whether a relation stands in the row that comes next."""
        ahead = 0
        while self.peek(ahead).kind not in ("newline", "end", "end of equation"):
            if self.sees(*RELATIONS, ahead=ahead):
                return True
            ahead += 1
        return False

    def continue_sum(self, statement):
        """Add the terms of a row that starts with a sign to the row above it."""
        last = statement.sides[-1]
        terms = list(last.parts) if last.kind == "add" else [last]
        while self.sees("+", "-"):
            terms.append(self.signed())
        statement.sides[-1] = self.node("add", [], terms, last.start)
        self.finish(statement)

    def continue_chain(self, statement):
        """Read the relations of a row that goes on from the row above it."""
        while self.sees(*RELATIONS) or (self.sees("&") and self.sees(*RELATIONS, ahead=1)):
            self.take("&")
            relation = self.take().text
            self.take("&")
            statement.relations.append(relation)
            statement.sides.append(self.side(relation))
        self.finish(statement)

    def statement(self):
        """One chain of sides."""
        start = self.peek().start
        if self.peek().kind == "words":
            self.refuse("a condition stands behind its equation")
        statement = Statement([self.side(None)], [], start, start)
        self.take("&")
        self.continue_chain(statement)
        return statement

    def finish(self, statement):
        """Note where a statement ends, with the condition that may follow it."""
        statement.end = self.tokens[self.place - 1].end
        place = self.place
        while self.take(r"\quad", ","):
            pass
        if self.words().rstrip(":") in CONDITIONAL and self.peek().kind != "end of equation":
            statement.condition = self.condition()
            statement.end = self.tokens[self.place - 1].end
        else:
            self.place = place
        self.test_end(statement)

    def test_end(self, statement):
        """Refuse signs that no statement can be followed by."""
        token = self.peek()
        if token.kind in ("words", "newline", "end of equation"):
            return
        if token.kind in ("begin", "end") and token.text in ALIGNMENTS:
            return
        if self.sees(",", ";", r"\quad", "&") or (self.sees(".") and self.peek(1).kind != "number"):
            return
        self.refuse()

    def side(self, relation):
        r"""One side of a relation; after \in a set, after = also a range `1, \dots, N`."""
        if relation == r"\in":
            return self.set()
        start = self.peek().start
        self.take("&")
        found = self.expression()
        if self.sees(",") and self.sees(r"\dots", ahead=1):
            return self.range(found, start)
        if self.sees(",") and self.peek(1).kind == "number" and self.sees(",", ahead=2):
            return self.range(found, start)
        return found

    def range(self, first, start):
        r"""The range 1, \dots, N, behind its first number."""
        while self.take(","):
            if self.take(r"\dots"):
                self.need(",")
                last = self.expression()
                return self.node("range", [], [first, last], start)
            self.expression()
        return self.refuse(r"write a range as 1, \dots, N")

    def set(self):
        r"""A set: \mathbb{R}^{N \times D}, \{0, 1\}, (0, 1), [0, 1]."""
        start = self.peek().start
        if self.take(r"\mathbb"):
            self.need("{")
            self.need("R")
            self.need("}")
            sizes = []
            if self.take("^"):
                sizes = self.group(self.sizes)
            return self.node("reals", sizes, [], start)
        if self.take(r"\{"):
            first = self.expression()
            if self.sees(",") and self.sees(r"\dots", ahead=1):
                found = self.range(first, start)
            else:
                parts = [first]
                while self.take(","):
                    parts.append(self.expression())
                found = self.node("set", [], parts, start)
            self.need(r"\}")
            return found
        opening = self.need("(", "[")
        low = self.expression()
        self.need(",")
        high = self.expression()
        closing = self.need(")", "]")
        return self.node("interval", [opening.text + closing.text], [low, high], start)

    def at_shape(self):
        """Whether the whole formula is a shape such as `(N, D)`, `(N,)` or `N \\times D`."""
        known = (*self.declarations.sizes, "(", ")", ",", r"\times")
        read = self.tokens[:-1]
        sizes = [token for token in read if token.text.isdigit() or token.text in known[:-4]]
        others = [token.text for token in read if token not in sizes]
        shape = all(text in known for text in others)
        return shape and len(sizes) > 0 and ("," in others or r"\times" in others)

    def sizes(self):
        r"""Sizes joined by \times, as texts."""
        found = [self.bound()]
        while self.take(r"\times"):
            found.append(self.bound())
        return found


def read(source, declarations):
    """The statements of a formula; Refusal, with its offset, for what cannot be read."""
    return StatementReader(source, declarations).statements()


def read_lone(source, declarations):
    """The statements of a formula that claims nothing; also a shape, a function or a sign."""
    reader = StatementReader(source, declarations)
    if len(reader.tokens) == 2 and reader.peek().kind in ("command", "mark"):
        token = reader.take()
        return [Statement([Node("sign", [token.text], [], token.start, token.end)], [], 0, 0)]
    if reader.at_shape():
        return [Statement([Node("sign", [source], [], 0, len(source))], [], 0, 0)]
    if reader.at_symbol():
        found = reader.symbol()
        while reader.take("'"):
            pass
        if found.kind == "function" and reader.peek().kind == "end of equation":
            return [Statement([found], [], 0, 0)]
    return read(source, declarations)
