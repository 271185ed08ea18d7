r"""The grammar of expressions: sums of products of factors.

A hand-written recursive descent: each method reads one level and returns a node. Where a
textbook's notation has two readings, the method refuses and says how to write either.
"""

from .symbols import SymbolReader

NAMED = {
    r"\exp": "exp",
    r"\log": "log",
    r"\tanh": "tanh",
    r"\sin": "sin",
    r"\cos": "cos",
}
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
MATRICES = ("matrix", "pmatrix", "bmatrix")


class ExpressionReader(SymbolReader):
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
        while self.sees(r"\odot", r"\oslash"):
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
        while self.sees(r"\cdot", r"\times", "/"):
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
            if self.peek().kind == "number" and self.tokens[self.place - 1].kind == "number":
                self.refuse(r"two numbers side by side: write \cdot between them")
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
        return self.sees(
            *NAMED,
            *r"( [ { \frac \sqrt \sum \prod \max \min \operatorname \mathbb \nabla".split(),
            *r"\underbrace \boxed \lim".split(),
        )

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
            if token.text == r"\mathbf" and self.peek(2).text == "1":
                return self.ones(start)
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
        """The upper end of a sum: a size or a number."""
        token = self.take()
        if token.kind not in ("letter", "number"):
            self.refuse("a sum ends at a size, such as N", token)
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
        while not self.take("}"):
            name += self.take().text
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
        if bracket:
            complete = bool(found) and self.take(")") is not None
        else:
            complete = len(found) > 1
        if complete and self.sees("}"):
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
