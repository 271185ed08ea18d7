"""What the front matter of a page says about its symbols."""

import re

from .names import canonical

DOMAINS = {
    "real": "any number",
    "positive": "above 0",
    "nonzero": "any number but 0",
    "unit": "between 0 and 1",
    "small": "close to 0",
    "binary": "0 or 1",
    "sign": "-1 or 1",
    "one-hot": "rows with a single 1",
    "probabilities": "rows above 0 that add up to 1",
}
SYMBOL = re.compile(
    r"(?P<row>row\s+)?\((?P<axes>[^)]*)\)\s*(?:(?P<domain>[\w-]+)\s*;)?\s*(?P<meaning>.*)", re.S
)
KEYS = (
    *("sizes", "indices", "symbols", "definitions", "functions", "calls", "derivatives"),
    *("prime", "update", "examples", "hypotheses", "condition", "sections"),
)


class DeclarationError(Exception):
    """The front matter contradicts itself or says something unknown."""


class Symbol:
    """A declared symbol: its axes (size letters or 1), its domain and its meaning.

    A row of H numbers has the axes ("1", "H"); anchors see it as a tensor of shape (H,).
    """

    def __init__(self, name, written):
        match = SYMBOL.fullmatch(str(written).strip())
        if match is None:
            raise DeclarationError(
                f"symbol {name}: write its shape, its domain and its meaning, "
                f"such as '(N, D) real; inputs', not {written!r}"
            )
        self.name = name
        self.axes = tuple(axis.strip() for axis in match["axes"].split(",") if axis.strip())
        self.row = bool(match["row"])
        if self.row:
            if len(self.axes) != 1:
                raise DeclarationError(f"symbol {name}: a row has one axis, such as 'row (H)'")
            self.axes = ("1", *self.axes)
        if len(self.axes) > 2:
            raise DeclarationError(f"symbol {name}: at most two axes can be read")
        self.domain = match["domain"] or "real"
        if self.domain not in DOMAINS:
            raise DeclarationError(
                f"symbol {name}: unknown domain {self.domain!r}; known: {', '.join(DOMAINS)}"
            )
        self.meaning = " ".join(match["meaning"].split())

    @property
    def long_axes(self):
        """The axes that an index can run over: all but those of length 1."""
        return [axis for axis in self.axes if axis != "1"]

    def shape(self, sizes):
        """The shape as a tuple of numbers, for a dictionary of sizes."""
        return tuple(1 if axis == "1" else sizes[axis] for axis in self.axes)

    def shape_text(self):
        """The shape as the reader sees it, in the manner of NumPy: `(N, D)`, `(H,)`."""
        axes = self.axes[1:] if self.row else self.axes
        if not axes:
            return "one number"
        return f"$({', '.join(axes)}{',' if len(axes) == 1 else ''})$"


class Declarations:
    """The symbols in force at one place of a page."""

    def __init__(self, front_matter):
        self.source = front_matter
        unknown = sorted(set(front_matter) - set(KEYS))
        if unknown:
            raise DeclarationError(f"unknown key {unknown[0]!r}; known: {', '.join(KEYS)}")
        self.size_tuples = self.read_sizes(front_matter.get("sizes") or {})
        self.sizes = list(self.size_tuples[0])
        self.indices = dict(front_matter.get("indices") or {})
        self.symbols = {}
        for written, text in (front_matter.get("symbols") or {}).items():
            for part in str(written).split(","):
                name = self.name(part)
                self.symbols[name] = Symbol(name, text)
        self.definitions = {
            name: anchor
            for name, anchor in self.by_name(front_matter, "definitions").items()
            if anchor != "leaf"
        }
        self.functions = {r"\sigma": "torch.sigmoid", **self.by_name(front_matter, "functions")}
        self.calls = {
            name: [self.name(part) for part in ([wanted] if isinstance(wanted, str) else wanted)]
            for name, wanted in self.by_name(front_matter, "calls").items()
        }
        self.examples = front_matter.get("examples") or {}
        self.hypotheses = front_matter.get("hypotheses") or {}
        self.condition = front_matter.get("condition")
        self.derivatives = front_matter.get("derivatives")
        self.prime = front_matter.get("prime")
        update = {"loss": "L", "rate": r"\eta", **(front_matter.get("update") or {})}
        self.loss, self.rate = self.name(update["loss"]), self.name(update["rate"])
        self.test()

    @staticmethod
    def name(written):
        """The canonical spelling; DeclarationError for what is not a symbol."""
        try:
            return canonical(written)
        except ValueError as error:
            raise DeclarationError(str(error)) from None

    def by_name(self, front_matter, key):
        """The mapping under key, with canonical names."""
        return {self.name(name): value for name, value in (front_matter.get(key) or {}).items()}

    @staticmethod
    def read_sizes(sizes):
        """The size tuples as dictionaries: {N: [5, 7], D: [3, 2]} gives {N: 5, D: 3} first."""
        if not sizes:
            return [{}, {}]
        columns = {name: value for name, value in sizes.items() if isinstance(value, list)}
        counts = {len(value) for value in columns.values()}
        if len(columns) != len(sizes) or len(counts) != 1 or min(counts) < 2:
            raise DeclarationError("sizes: give each letter a list of two or more sizes")
        tuples = [dict(zip(sizes, column)) for column in zip(*sizes.values())]
        for chosen in tuples:
            if len(set(chosen.values())) < len(chosen) or min(chosen.values()) < 2:
                raise DeclarationError(f"sizes {chosen}: all must differ and be 2 or more")
        return tuples

    def test(self):
        """Refuse names that are used and not declared."""
        for index, size in self.indices.items():
            if size not in self.sizes:
                raise DeclarationError(f"index {index} runs over {size}, which has no sizes")
        for symbol in self.symbols.values():
            for axis in symbol.long_axes:
                if axis not in self.sizes:
                    raise DeclarationError(f"symbol {symbol.name}: {axis} has no sizes")
        for name in [*self.definitions, *self.calls]:
            if name not in self.symbols:
                raise DeclarationError(f"{name} is defined, but its shape is not declared")
        if self.derivatives not in (None, "total", "direct"):
            raise DeclarationError("derivatives: write total or direct")

    def changed(self, section):
        """These declarations with those of a section laid over them."""
        merged = {key: value for key, value in self.source.items() if key != "sections"}
        for key, value in section.items():
            if isinstance(value, dict):
                merged[key] = {**(merged.get(key) or {}), **value}
            else:
                merged[key] = value
        return Declarations(merged)
