"""A place in a list of tokens."""

from ..trouble import Refusal
from .lexer import Token, tokens
from .tree import Node

HINTS = {
    "*": r"write \cdot, or nothing, for a product",
    r"\ast": r"write \odot for the product by element",
    r"\circ": r"write \odot for the product by element",
    r"\partial": r"write a derivative as \frac{\partial L}{\partial w}",
    r"\equiv": "write =",
    r"\sim": r"write \approx for a rounded number",
    r"\simeq": r"write \approx for a rounded number",
    r"\propto": r"write the factor out and use =",
    r"\to": r"write \leftarrow for an update",
    r"\mapsto": "write the function with its argument on the left of =",
    r"\int": "integrals cannot be read",
    r"\mathbb": r"only \mathbb{1}[…] and, after \in, \mathbb{R} can be read",
    r"\dots": "write the sum with \\sum",
    r"\newcommand": "macros cannot be read: write the symbols themselves",
    r"\def": "macros cannot be read: write the symbols themselves",
    ".": "a point ends an equation; for a product write \\cdot",
    "-": "put a term with a sign in brackets",
    "!": "factorials cannot be read",
    "words": r"put them at the end, or set them off with \quad",
    "&": "the sign & belongs before the relation, once a line",
    "end of equation": "something is missing at the end",
}


class Cursor:
    """Reads tokens one after another and refuses with the place and a hint."""

    def __init__(self, source, declarations):
        self.source = source
        self.declarations = declarations
        self.tokens = tokens(source)
        self.place = 0

    def peek(self, ahead=0):
        """The token that comes next, or the one that many places after it."""
        return self.tokens[min(self.place + ahead, len(self.tokens) - 1)]

    def sees(self, *texts, ahead=0):
        """Whether the next token is one of these signs or commands."""
        token = self.peek(ahead)
        return token.kind in ("mark", "command", "letter", "newline") and token.text in texts

    def goes_on(self, *texts):
        """Whether one of these comes next, or begins the next row, which is then entered."""
        ahead = 0
        if self.peek().kind == "newline":
            ahead = 1
            while self.sees("&", r"\quad", ahead=ahead):
                ahead += 1
        found = self.sees(*texts, ahead=ahead)
        self.place += ahead * found
        return found

    def take(self, *texts):
        """The next token if it is one of these (or any, without arguments); else None."""
        if texts and not self.sees(*texts):
            return None
        token = self.peek()
        self.place = min(self.place + 1, len(self.tokens) - 1)
        return token

    def need(self, *texts):
        """The next token, which must be one of these; Refusal for another."""
        token = self.take(*texts)
        if token is None:
            self.refuse(f"expected {' or '.join(texts)}")
        return token

    def refuse(self, message=None, token=None):
        """Raise a Refusal at a token, the next one by default."""
        token = token or self.peek()
        shown = token.text if token.kind != "words" else f"\\text{{{token.text}}}"
        found = shown or token.kind
        if message is None:
            message = f"cannot read {found} here"
        elif message.startswith("expected"):
            message += f", found {found}"
        hint = HINTS.get(token.text) or HINTS.get(token.kind)
        raise Refusal(f"{message}: {hint}" if hint else message, token.start)

    def node(self, kind, words, parts, start):
        """A node from the offset start to the end of the last token taken."""
        return Node(kind, words, parts, start, self.tokens[self.place - 1].end)

    def split_digit(self):
        """Make a token of the first digit that comes next, as LaTeX reads it without braces."""
        token = self.peek()
        if token.kind == "number" and token.text.isdigit() and len(token.text) > 1:
            middle = token.start + 1
            self.tokens[self.place : self.place + 1] = [
                Token("number", token.text[:1], token.start, middle),
                Token("number", token.text[1:], middle, token.end),
            ]

    def group(self, reader):
        """What reader reads inside braces, or of the single token that stands for them."""
        if self.take("{"):
            inside = reader()
            self.need("}")
            return inside
        return reader()
