"""Constructions of LaTeX: fractions, derivatives, sums, cases, matrices and their like."""

from .symbols import SymbolReader

OPERATORS = {
    "sign": "sign",
    "sgn": "sign",
    "relu": "relu",
    "ReLU": "relu",
    "softmax": "softmax",
    "diag": "diag",
    "tanh": "tanh",
}
COMPARISONS = ("=", "<", ">", r"\leq", r"\geq", r"\neq")


class NotationReader(SymbolReader):
    """Reads each construction from its command on; start is where the command stands."""

    def fraction(self, start):
        """A quotient, or a derivative where both lines start with ∂ or d."""
        self.need(r"\frac")
        if self.at_derivative():
            return self.derivative(start)
        above = self.outside_bars(self.fraction_part)
        below = self.outside_bars(self.fraction_part)
        return self.node("divide", [], [above, below], start)

    def fraction_part(self):
        r"""The numerator or denominator: an expression in braces, or one sign as in \frac12."""
        if self.sees("{"):
            return self.group(self.expression)
        self.split_digit()
        return self.single()

    def at_derivative(self):
        """Whether both lines of the fraction that follows start with the same ∂ or d."""
        if not self.sees("{"):
            return False
        depth, ahead = 0, 0
        while True:
            token = self.peek(ahead)
            if token.kind == "end of equation":
                return False
            depth += (token.text == "{") - (token.text == "}")
            ahead += 1
            if depth == 0:
                break
        if not self.sees("{", ahead=ahead):
            return False
        for sign in (r"\partial", "d"):
            if self.sees(sign, ahead=1) and self.sees(sign, ahead=ahead + 1):
                return sign == r"\partial" or not self.sees("}", ahead=ahead + 2)
        return False

    def derivative(self, start):
        r"""\frac{\partial L}{\partial w}, or \frac{\partial}{\partial w} before its operand."""
        self.need("{")
        self.need(r"\partial", "d")
        if self.sees("^"):
            self.refuse("second derivatives cannot be read: name the first and derive it again")
        above = None if self.sees("}") else self.derived()
        self.need("}")
        self.need("{")
        self.need(r"\partial", "d")
        token = self.peek()
        below = self.factor()
        if below.kind not in ("symbol", "element"):
            self.refuse("a derivative is by a symbol or by one of its elements", token)
        if not self.sees("}"):
            self.refuse("a derivative is by one symbol")
        self.need("}")
        if above is None:
            above = self.factor()
            if self.starts_factor():
                self.refuse("how far does the derivative reach? put its operand in brackets")
        if above.kind == "function":
            above = self.node("call", above.words, [below], start)
        return self.node("derivative", [], [above, below], start)

    def derived(self):
        """The numerator of a derivative: one factor, or a function without its argument."""
        if self.at_symbol():
            place = self.place
            found = self.symbol()
            if found.kind == "function" and self.sees("}"):
                return found
            self.place = place
        found = self.factor()
        if not self.sees("}"):
            self.refuse("put what is derived in brackets")
        return found

    def nabla(self, start):
        r"""\nabla_w L, the derivative of L by w."""
        self.need(r"\nabla")
        self.need("_")
        below = self.group(self.symbol)
        above = self.factor()
        return self.node("derivative", [], [above, below], start)

    def root(self, start):
        """A square root."""
        self.need(r"\sqrt")
        if self.sees("["):
            self.refuse("only the square root can be read: write a power for others")
        if not self.sees("{"):
            self.refuse("put the radicand in braces")
        return self.node(
            "call", ["sqrt"], [self.outside_bars(lambda: self.group(self.expression))], start
        )

    def summed(self, start):
        r"""\sum or \prod; it reaches to the next + or −."""
        kind = "sum" if self.take().text == r"\sum" else "prod"
        if not self.sees("_"):
            self.refuse("say below what the sum runs over")
        indices, condition = self.below()
        upper = "-"
        if self.take("^"):
            upper = self.group(self.bound)
        if len(indices) > 1 and upper != "-":
            self.refuse("a sum over two indices takes its bounds from the front matter")
        parts = [self.term()]
        if condition is not None:
            parts.append(condition)
        found = self.node(kind, [indices[-1], upper], parts, start)
        for index in reversed(indices[:-1]):
            found = self.node(kind, [index, "-"], [found], start)
        return found

    def bound(self):
        """A size or a number, as text."""
        token = self.take()
        if token.kind != "number" and token.text not in self.declarations.sizes:
            self.refuse("expected a size such as N", token)
        return token.text

    def below(self):
        r"""Indices below \sum, and a condition on them: `n`, `n=1`, `n, k`, `j \neq k`."""
        self.need("_")
        if not self.sees("{"):
            return [self.index_name()], None
        self.need("{")
        place = self.place
        indices = [self.index_name()]
        condition = None
        if self.take("="):
            token = self.take()
            if token.text != "1":
                self.refuse("a sum starts at 1", token)
        elif self.sees(r"\neq", "<", ">", r"\leq", r"\geq"):
            self.place = place
            condition = self.condition()
        else:
            while not self.sees("}"):
                self.take(",")
                indices.append(self.index_name())
        self.need("}")
        return indices, condition

    def index_name(self):
        """A declared index."""
        token = self.take()
        name = token.text
        while self.take("'"):
            name += "'"
        if name not in self.declarations.indices:
            self.refuse(f"index {name} is not declared in the front matter", token)
        return name

    def extreme(self, start):
        r"""\max or \min: of two arguments, or over an index."""
        kind = self.take().text[1:]
        if self.sees("_"):
            indices, condition = self.below()
            if condition is not None or len(indices) > 1:
                self.refuse(f"{kind} runs over one index")
            return self.node(kind, indices, [self.factor()], start)
        arguments = self.arguments()
        if len(arguments) != 2:
            self.refuse(f"{kind} takes two arguments, or an index below it")
        return self.node("call", [kind], arguments, start)

    def operator(self, start):
        r"""\operatorname{sign} and its like."""
        self.need(r"\operatorname")
        self.need("{")
        name = ""
        while self.peek().kind == "letter":
            name += self.take().text
        self.need("}")
        if name not in OPERATORS:
            self.refuse(f"unknown function {name}; known: {', '.join(OPERATORS)}")
        return self.hung(self.named(OPERATORS[name], start), start)

    def blackboard(self, start):
        r"""\mathbb{1}[condition], 1 where it holds and 0 elsewhere."""
        if not (self.sees("{", ahead=1) and self.peek(2).text == "1"):
            self.refuse()
        self.place += 3
        self.need("}")
        return self.indicator(start)

    def indicator(self, start):
        """The condition of an indicator, in brackets or as a subscript."""
        if self.take("_"):
            self.need("{")
            closing = "}"
        else:
            closing = {"[": "]", "(": ")", r"\{": r"\}"}[self.need("[", "(", r"\{").text]
        condition = self.outside_bars(self.condition)
        self.need(closing)
        return self.node("indicator", [], [condition], start)

    def ones(self, start):
        r"""\mathbf{1}_N, a column of ones, or an indicator."""
        self.place += 3
        self.need("}")
        if self.sees("["):
            return self.indicator(start)
        if not self.sees("_"):
            self.refuse(r"say how many ones: \mathbf{1}_N")
        token = self.peek()
        below = self.subscripts()
        if len(below) != 1 or below[0] not in self.declarations.sizes:
            self.refuse(r"say how many ones: \mathbf{1}_N", token)
        return self.node("ones", below, [], start)

    def condition(self):
        """A comparison, or two in a chain."""
        start = self.peek().start
        sides, signs = [self.expression()], []
        while self.sees(*COMPARISONS):
            signs.append(self.take().text)
            sides.append(self.expression())
        if not signs:
            self.refuse("expected a comparison")
        return self.node("compare", signs, sides, start)

    def cases(self, start):
        r"""\begin{cases} value & condition \\ … \end{cases}."""
        self.take()
        parts, words = [], []
        while self.peek().kind != "end":
            parts.append(self.outside_bars(self.expression))
            self.take(",")
            self.take("&")
            while self.take(r"\quad", ","):
                pass
            said = self.words()
            if said.startswith(("otherwise", "else")):
                words.append("otherwise")
            else:
                if said.rstrip(":") not in ("", "if", "for", "when", "where"):
                    self.refuse(rf"write \text{{if }} before a condition, not {said!r}")
                words.append("if")
                parts.append(self.outside_bars(self.condition))
            while self.take(",", ".") or self.peek().kind == "newline":
                if self.peek().kind == "newline":
                    self.take()
        self.closing("cases")
        return self.node("cases", words, parts, start)

    def words(self):
        r"""The words of a \text{…}, taken, or an empty string."""
        said = ""
        while self.peek().kind == "words":
            said += self.take().text
        return said.strip()

    def closing(self, name):
        r"""Take \end{name}."""
        token = self.take()
        if token.kind != "end" or token.text != name:
            self.refuse(rf"expected \end{{{name}}}", token)

    def matrix(self, start):
        """A matrix written out, entry by entry."""
        name = self.take().text
        rows = [[]]
        while self.peek().kind != "end":
            rows[-1].append(self.outside_bars(self.expression))
            if self.peek().kind == "newline":
                self.take()
                if self.peek().kind != "end":
                    rows.append([])
            elif not self.take("&") and self.peek().kind != "end":
                self.refuse(r"expected & or \\")
        self.closing(name)
        if len({len(row) for row in rows}) != 1:
            self.refuse("the rows of this matrix differ in length", self.token_at(start))
        entries = [entry for row in rows for entry in row]
        return self.node("matrix", [len(rows), len(rows[0])], entries, start)

    def underbrace(self, start):
        """An expression with a shape, a name or words below it."""
        self.need(r"\underbrace")
        self.need("{")
        inside = self.outside_bars(self.expression)
        self.need("}")
        self.need("_")
        self.need("{")
        if self.peek().kind == "words":
            self.words()
            self.need("}")
            return self.node("bracket", [], [inside], start)
        sizes = self.dimensions()
        if sizes:
            self.need("}")
            return self.node("shaped", sizes, [inside], start)
        label = self.expression()
        self.need("}")
        return self.node("labelled", [], [inside, label], start)

    def dimensions(self):
        r"""A shape such as `N \times D` or `(N, D)`, as a list of texts; [] if none comes next."""
        place = self.place
        bracket = self.take("(")
        found = []
        while self.peek().kind == "number" or self.peek().text in self.declarations.sizes:
            found.append(self.take().text)
            if not self.take(r"\times", ","):
                break
        closed = self.take(")") is not None if bracket else len(found) > 1
        if found and closed and self.sees("}"):
            return found
        self.place = place
        return []

    def boxed(self, start):
        """A boxed expression."""
        self.need(r"\boxed")
        self.need("{")
        inside = self.outside_bars(self.expression)
        self.need("}")
        return inside

    def limit(self, start):
        r"""\lim_{h \to 0} of a term."""
        self.need(r"\lim")
        self.need("_")
        self.need("{")
        token = self.peek()
        by = self.symbol()
        if by.kind != "symbol" or not self.take(r"\to") or self.take().text != "0":
            self.refuse(r"write a limit as \lim_{h \to 0}", token)
        self.need("}")
        return self.node("limit", by.words, [self.term()], start)

    def norm(self, start):
        r"""The Euclidean norm of a vector or matrix."""
        self.need(r"\Vert")
        kept, self.inside_norm = self.inside_norm, True
        inside = self.expression()
        self.inside_norm = kept
        self.need(r"\Vert")
        if self.sees("_") and self.subscripts() != ["2"]:
            self.refuse("only the Euclidean norm can be read")
        return self.node("norm", [], [inside], start)
