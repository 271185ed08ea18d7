"""Letters, with their accents, layers, labels and indices."""

from ..names import ACCENTS, capital, spelled
from .cursor import Cursor

GREEK = (
    r"\alpha \beta \gamma \delta \epsilon \zeta \eta \theta \vartheta \iota \kappa \lambda "
    r"\mu \nu \xi \pi \rho \sigma \tau \upsilon \phi \varphi \chi \psi \omega \ell "
    r"\Gamma \Delta \Theta \Lambda \Xi \Pi \Sigma \Upsilon \Phi \Psi \Omega"
)
LETTER_COMMANDS = set(GREEK.split())


class SymbolReader(Cursor):
    """Reads symbols and finds out what the page declares them to be."""

    def at_symbol(self):
        """Whether a letter comes next."""
        token = self.peek()
        if token.kind == "letter":
            return True
        if token.kind != "command" or self.at_ones():
            return False
        return token.text in LETTER_COMMANDS or token.text[1:] in ACCENTS

    def at_ones(self):
        r"""Whether \mathbf{1} comes next, which is no letter."""
        return self.sees(r"\mathbf") and self.peek(2).text == "1"

    def base(self):
        r"""A letter with its accent, as text: `x`, `\sigma`, `\hat{y}`."""
        token = self.take()
        if token.kind == "command" and token.text[1:] in ACCENTS:
            braces = self.take("{")
            under = self.take()
            if under.kind != "letter" and under.text not in LETTER_COMMANDS:
                self.refuse(f"{token.text} stands over one letter", under)
            if braces:
                self.need("}")
            if token.text == r"\mathrm" and under.text == "e":
                return r"\mathrm{e}"
            return f"{token.text}{{{under.text}}}"
        return token.text

    def layer(self):
        """The layer of a superscript like ^{(2)}, taken; None, with nothing taken, if none."""
        braces = 1 if self.sees("{", ahead=1) else 0
        if not (self.sees("^") and self.sees("(", ahead=1 + braces)):
            return None
        inner = self.peek(2 + braces)
        closed = self.sees(")", ahead=3 + braces)
        if not closed or not (inner.kind == "number" or inner.text in ("l", "L", r"\ell")):
            return None
        after = 4 + braces
        if braces and self.sees("}", ahead=after):
            self.place += after + 1
        elif braces and self.sees(r"\top", ahead=after) and self.sees("}", ahead=after + 1):
            self.place += after
            self.pending_top = True
        elif not braces:
            self.place += after
        else:
            return None
        return inner.text

    def subscripts(self):
        """What stands below a letter, as a list of texts such as ["n", "d"] or ["1"]."""
        self.need("_")
        found = []
        if not self.take("{"):
            token = self.take()
            if token.kind == "number" and len(token.text) > 1:
                self.refuse("put the subscript in braces", token)
            if token.kind not in ("letter", "number", "words"):
                self.refuse("put the subscript in braces", token)
            return [token.text.strip()]
        while not self.take("}"):
            token = self.take()
            if token.kind in ("letter", "number", "words"):
                text = token.text.strip()
                while self.take("'"):
                    text += "'"
                found.append(text)
            elif token.text != ",":
                self.refuse("a subscript holds indices and numbers only", token)
        if not found:
            self.refuse("this subscript is empty")
        return found

    def symbol(self):
        """A node for a letter with what hangs on it, powers and transposes left aside."""
        start = self.peek().start
        token = self.peek()
        base = self.base()
        below, layer = None, None
        self.pending_top = False
        while True:
            if self.sees("_") and below is None:
                below = self.subscripts()
            elif layer is None and self.sees("^") and (found := self.layer()) is not None:
                layer = found
                if self.pending_top:
                    break
            else:
                break
        if below is None:
            return self.plain(spelled(base, layer), token, start)
        labelled = spelled(base, layer, "".join(below))
        if labelled in self.declarations.symbols or labelled in self.declarations.functions:
            return self.plain(labelled, token, start)
        return self.element(base, layer, below, token, start)

    def plain(self, name, token, start):
        """A symbol, function, size or index without indices of its own."""
        declared = self.declarations
        if name in declared.functions:
            return self.node("function", [name], [], start)
        if name in declared.symbols:
            return self.node("symbol", [name], [], start)
        if name in declared.sizes:
            return self.node("size", [name], [], start)
        if name in declared.indices:
            return self.node("index", [name], [], start)
        if name in ("e", r"\mathrm{e}"):
            return self.node("euler", [], [], start)
        if name == r"\pi":
            return self.node("pi", [], [], start)
        return self.refuse(f"{name} is not declared in the front matter", token)

    def element(self, base, layer, below, token, start):
        """An entry of a declared symbol: `x_{nd}` of `X`; Refusal if there is none."""
        symbols = self.declarations.symbols
        names = list(dict.fromkeys([spelled(base, layer), spelled(capital(base), layer)]))
        known = [name for name in names if name in symbols]
        for name in known:
            axes = symbols[name].long_axes
            if len(axes) == 2 and len(below) == 1 and len(below[0]) == 2 and below[0].isdigit():
                below = list(below[0])
            if len(axes) == len(below):
                for index in below:
                    self.known_index(index, token)
                return self.node("element", [name, *below], [], start)
        if base == r"\delta" and len(below) == 2:
            self.refuse(
                rf"\delta_{{{''.join(below)}}} is not declared; for the Kronecker symbol "
                rf"write \mathbb{{1}}[{below[0]} = {below[1]}]",
                token,
            )
        if not known:
            return self.refuse(f"{' or '.join(names)} is not declared in the front matter", token)
        shape = symbols[known[0]].shape_text().strip("$")
        return self.refuse(
            f"{known[0]} is declared as {shape}, but has "
            f"{'one index' if len(below) == 1 else f'{len(below)} indices'}: {', '.join(below)}",
            token,
        )

    def known_index(self, index, token):
        """Refuse an index that is neither declared, nor a number, nor a size."""
        declared = self.declarations
        if not (index.isdigit() or index in declared.indices or index in declared.sizes):
            self.refuse(f"index {index} is not declared in the front matter", token)
