r"""The grammar of expressions: sums of products of factors.

A hand-written recursive descent: each method reads one level and returns a node. Where a
textbook's notation has two readings, the method refuses and says how to write either.
"""

from .notation import NotationReader

NAMED = {
    r"\exp": "exp",
    r"\log": "log",
    r"\tanh": "tanh",
    r"\sin": "sin",
    r"\cos": "cos",
}
MATRICES = ("matrix", "pmatrix", "bmatrix")


CONSTRUCTIONS = (
    *(r"\frac", r"\sqrt", r"\sum", r"\prod", r"\max", r"\min", r"\operatorname"),
    *(r"\mathbb", r"\mathbf"),
    *(r"\nabla", r"\underbrace", r"\boxed", r"\lim"),
)


class ExpressionReader(NotationReader):
    """Reads expressions; positions in the source stay with every node."""

    def expression(self):
        """Terms joined by + and −."""
        start = self.peek().start
        terms = [self.signed()]
        while self.sees("+", "-"):
            terms.append(self.signed())
        return terms[0] if len(terms) == 1 else self.node("add", [], terms, start)

    def signed(self):
        """A term with its sign."""
        start = self.peek().start
        if self.take("-"):
            return self.node("negative", [], [self.term()], start)
        self.take("+")
        return self.term()

    def term(self):
        r"""Products, joined by \odot; what stands right of \odot is one factor."""
        start = self.peek().start
        found = self.dots()
        while self.goes_on(r"\odot", r"\oslash"):
            sign = self.take()
            right_start = self.peek().start
            right = self.dots()
            if right.kind in ("product", "dot", "sum"):
                self.refuse(
                    f"{sign.text} and a product side by side have two readings: "
                    "put the right one in brackets",
                    self.token_at(right_start),
                )
            kind = "hadamard" if sign.text == r"\odot" else "divide"
            found = self.node(kind, [], [found, right], start)
        return found

    def token_at(self, offset):
        """The token that starts at an offset."""
        return next(token for token in self.tokens if token.start >= offset)

    def dots(self):
        r"""Products without a sign, joined by \cdot, \times or one slash."""
        start = self.peek().start
        found = self.product()
        while self.goes_on(r"\cdot", r"\times", "/"):
            sign = self.take().text
            if sign == "/":
                right = self.factor()
                found = self.node("divide", [], [found, right], start)
                if self.starts_factor() or self.sees("/"):
                    self.refuse(r"a/b c has two readings: write \frac{a}{b} c, or brackets")
            else:
                right = self.product()
                found = self.node("dot" if sign == r"\cdot" else "times", [], [found, right], start)
        return found

    def product(self):
        """Factors side by side."""
        start = self.peek().start
        factors = [self.factor()]
        while self.starts_factor():
            if self.peek().kind == "number":
                self.refuse(r"a number stands in front of a product, or behind \cdot")
            factors.append(self.factor())
        return factors[0] if len(factors) == 1 else self.node("product", [], factors, start)

    def starts_factor(self):
        """Whether a factor comes next."""
        token = self.peek()
        if token.kind == "number" or self.at_symbol():
            return True
        if token.kind == "begin":
            return token.text in (*MATRICES, "cases")
        if self.sees("|"):
            return not self.inside_bars
        if self.sees(r"\Vert"):
            return not self.inside_norm
        return self.sees("(", "[", "{", *NAMED, *CONSTRUCTIONS)

    inside_bars = False
    inside_norm = False

    def factor(self):
        """One factor, with its powers, transposes and primes."""
        start = self.peek().start
        self.pending_top = False
        found = self.primary()
        if found.kind == "function":
            return self.call(found, start)
        if self.pending_top:
            self.pending_top = False
            self.need(r"\top")
            self.need("}")
            found = self.node("transpose", [], [found], start)
        return self.hung(found, start)

    def hung(self, found, start):
        """What hangs on a factor: `^2`, `^\\top`, `'`, and indices on a bracket."""
        while True:
            if self.sees("^"):
                found = self.raised(found, start)
            elif self.take("'"):
                if not self.declarations.prime:
                    self.refuse(
                        "a prime needs a function with its argument, such as \\sigma'(z), "
                        "or 'prime: z' in the front matter",
                        self.tokens[self.place - 1],
                    )
                by = self.plain(self.declarations.prime, self.peek(), start)
                found = self.node("derivative", ["total"], [found, by], start)
            elif self.sees("_") and found.kind not in ("symbol", "element", "number"):
                token = self.peek()
                below = self.subscripts()
                for index in below:
                    self.known_index(index, token)
                found = self.node("entry", below, [found], start)
            elif self.sees("_"):
                self.refuse("the indices stand in the wrong place: write x_{nd}^2, X^\\top")
            else:
                return found

    def raised(self, found, start):
        """A transpose or a power."""
        caret = self.need("^")
        if self.sees(r"\top") or (self.sees("{") and self.sees(r"\top", ahead=1)):
            self.group(lambda: self.need(r"\top"))
            return self.node("transpose", [], [found], start)
        letter = self.peek(1) if self.sees("{") else self.peek()
        if letter.text == "T" and not self.sees("T", ahead=2) and "T" not in self.symbols_known():
            self.refuse(r"write the transpose as ^\top", letter)
        if self.sees("*", r"\ast", r"\prime"):
            self.refuse(f"cannot read the superscript {self.peek().text}")
        exponent = self.group(self.expression) if self.sees("{") else self.single()
        if self.sees("^"):
            self.refuse("two superscripts: put the first one in brackets", caret)
        own = found.kind == "symbol" and found.words == ("e",)
        if own and any(node.kind in ("symbol", "element") for node in exponent.walk()):
            self.refuse(r"e is declared as a symbol: write \exp(…) for the exponential", caret)
        return self.node("power", [], [found, exponent], start)

    def single(self):
        """What stands without braces: one digit or one letter, as LaTeX reads it."""
        token = self.peek()
        if token.kind == "number":
            if len(token.text) > 1:
                self.refuse("put this in braces")
            self.take()
            return self.node("number", [token.text], [], token.start)
        if not self.at_symbol():
            self.refuse("put this in braces")
        return self.plain(self.base(), token, token.start)

    def symbols_known(self):
        """Every letter that the page declares."""
        declared = self.declarations
        return {*declared.symbols, *declared.sizes, *declared.indices}

    def call(self, function, start):
        r"""A function with its primes and its argument: \sigma'(z)."""
        primes = 0
        while self.take("'"):
            primes += 1
        if self.sees("^"):
            self.refuse(r"a power on a function has two readings: write (\log x)^2")
        if not self.sees("(", "["):
            name = function.words[0]
            self.refuse(f"{name} is a function: write {name}(…) with brackets")
        arguments = self.arguments()
        found = self.node("call", [function.words[0] + "'" * primes], arguments, start)
        return self.hung(found, start)

    def arguments(self):
        """The arguments in brackets, as a list of nodes."""
        closing = ")" if self.need("(", "[").text == "(" else "]"
        found = [self.outside_bars(self.expression)]
        while self.take(","):
            found.append(self.outside_bars(self.expression))
        self.need(closing)
        return found

    def outside_bars(self, reader):
        """What reader reads, where a bar opens an absolute value again."""
        kept = self.inside_bars, self.inside_norm
        self.inside_bars = self.inside_norm = False
        found = reader()
        self.inside_bars, self.inside_norm = kept
        return found

    def named(self, name, start):
        r"""A function such as \log with a bracket or one factor behind it."""
        if self.sees("^"):
            self.refuse(r"a power on a function has two readings: write (\log x)^2")
        if self.sees("(", "["):
            return self.node("call", [name], self.arguments(), start)
        argument = self.factor()
        if self.starts_factor() or self.sees("/", r"\cdot", r"\times"):
            self.refuse(f"how far does {name} reach? put its argument in brackets")
        return self.node("call", [name], [argument], start)

    def primary(self):
        """A number, a symbol, a bracket or a construction."""
        token = self.peek()
        start = token.start
        if token.kind == "number":
            self.take()
            if self.sees(".") and self.peek(1).kind == "number":
                self.refuse("write decimals with one point")
            return self.node("number", [token.text], [], start)
        if self.at_symbol():
            found = self.symbol()
            if found.kind == "symbol" and self.sees("(") and self.is_called(found):
                return self.node("at", found.words, self.arguments(), start)
            return found
        if token.text in NAMED and token.kind == "command":
            self.take()
            return self.named(NAMED[token.text], start)
        if token.kind == "begin" and token.text == "cases":
            return self.cases(start)
        if token.kind == "begin" and token.text in MATRICES:
            return self.matrix(start)
        reader = {
            "(": self.bracket,
            "[": self.bracket,
            "{": self.braces,
            "|": self.bars,
            r"\Vert": self.norm,
            r"\frac": self.fraction,
            r"\sqrt": self.root,
            r"\sum": self.summed,
            r"\prod": self.summed,
            r"\max": self.extreme,
            r"\min": self.extreme,
            r"\operatorname": self.operator,
            r"\mathbb": self.blackboard,
            r"\mathbf": self.ones,
            r"\nabla": self.nabla,
            r"\underbrace": self.underbrace,
            r"\boxed": self.boxed,
            r"\lim": self.limit,
        }.get(token.text if token.kind in ("mark", "command") else None)
        if reader is None:
            self.refuse()
        return reader(start)

    def is_called(self, symbol):
        """Whether the front matter says that the symbol takes arguments."""
        return symbol.words[0] in self.declarations.calls

    def bracket(self, start):
        """A bracketed expression, or a column of numbers `(a, b)`."""
        inside = self.arguments()
        if len(inside) > 1:
            return self.node("vector", [], inside, start)
        return self.node("bracket", [], inside, start)

    def braces(self, start):
        """An expression in braces, which LaTeX does not show."""
        self.need("{")
        inside = self.expression()
        self.need("}")
        return inside

    def bars(self, start):
        """An absolute value."""
        self.need("|")
        kept, self.inside_bars = self.inside_bars, True
        inside = self.expression()
        self.inside_bars = kept
        self.need("|")
        return self.node("call", ["abs"], [inside], start)
