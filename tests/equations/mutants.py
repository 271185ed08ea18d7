"""Ways of getting an equation wrong, as edits of its LaTeX."""

import re

from .latex.lexer import tokens

FUNCTIONS = {
    r"\log": r"\exp",
    r"\exp": r"\log",
    r"\tanh": r"\sin",
    r"\max": r"\min",
    r"\min": r"\max",
}
RELATIONS = {"<": ">", ">": "<", r"\leq": r"\geq", r"\geq": r"\leq"}


class Mutant:
    """A wrong version of an equation: the way it is wrong, and its LaTeX."""

    def __init__(self, way, tex):
        self.way = way
        self.tex = tex


def mutants(reading):
    """All mutants of an equation, without repetition."""
    seen = {reading.formula.tex}
    for way, tex in edits(reading):
        if tex not in seen:
            seen.add(tex)
            yield Mutant(way, tex)


def edits(reading):
    """The way and the LaTeX of every edit."""
    tex, declarations = reading.formula.tex, reading.scope.declarations

    def put(start, end, text):
        return tex[:start] + text + tex[end:]

    yield from token_edits(tex, tokens(tex), put)
    for statement in reading.statements:
        for node in statement.walk():
            way = NODE_EDITS.get(node.kind)
            if way is not None:
                yield from way(node, tex, put, declarations)


def token_edits(tex, read, put):
    """Signs, transposes, primes, products by element, numbers, functions and relations."""
    for place, token in enumerate(read):
        text, start, end = token.text, token.start, token.end
        if token.kind == "mark" and text in "+-":
            yield "flip a sign", put(start, end, "-" if text == "+" else "+")
        elif text == r"\top":
            before, after = read[place - 1], read[place + 1]
            if before.text == "^":
                start = before.start
            elif before.text == "{" and read[place - 2].text == "^" and after.text == "}":
                start, end = read[place - 2].start, after.end
            yield "drop a transpose", put(start, end, " ")
        elif text == "'":
            yield "drop a prime", put(start, end, "")
        elif text == r"\odot":
            yield "product for ⊙", put(start, end, " ")
        elif token.kind == "number":
            yield from ((w, put(start, end, t)) for w, t in number_edits(text))
        elif token.kind == "command" and text in FUNCTIONS:
            yield "another function", put(start, end, FUNCTIONS[text] + " ")
        elif token.kind in ("mark", "command") and text in RELATIONS:
            yield "turn a relation", put(start, end, RELATIONS[text] + " ")


def number_edits(text):
    """A number changed in its last digit, or a factor 2 lost."""
    if "." in text:
        last = str((int(text[-1]) + 1) % 10)
        yield "change a number", text[:-1] + last
    else:
        yield "change a number", str(int(text) + 1)
        if text == "2":
            yield "lose a factor", "1"


def add_edits(node, tex, put, declarations):
    """Drop each term of a sum."""
    for before, part in zip(node.parts, node.parts[1:]):
        yield "drop a term", put(before.end, part.end, "")
    first, second = node.parts[:2]
    yield "drop a term", put(first.start, second.start, "")


def product_edits(node, tex, put, declarations):
    """Drop each factor; write ⊙ for a product."""
    for place, part in enumerate(node.parts):
        yield "lose a factor", put(part.start, part.end, "")
        if place:
            yield "⊙ for a product", put(node.parts[place - 1].end, part.start, r" \odot ")


def pair_edits(node, tex, put, declarations):
    r"""Drop each side of \cdot, \times or \odot."""
    left, right = node.parts
    yield "lose a factor", put(left.start, right.start, "")
    yield "lose a factor", put(left.end, right.end, "")


def divide_edits(node, tex, put, declarations):
    """Turn a fraction, lose it, or lose its denominator."""
    above, below = node.parts
    a, b = tex[above.start : above.end], tex[below.start : below.end]
    yield (
        "turn a fraction",
        tex[: above.start] + b + tex[above.end : below.start] + a + tex[below.end :],
    )
    if tex.startswith((r"\frac{", r"\tfrac{", r"\dfrac{"), node.start):
        lost = "lose 1/N" if above.words == ("1",) and below.kind == "size" else "lose a factor"
        yield lost, put(node.start, node.end, "{" + a + "}")


def power_edits(node, tex, put, declarations):
    """Lose a power."""
    yield "lose a power", put(node.parts[0].end, node.end, "")


def sum_edits(node, tex, put, declarations):
    """Lose a sum, run it over another index, end it elsewhere."""
    index, upper = node.words
    head = tex[node.start : node.parts[0].start]
    yield "lose a sum", put(node.start, node.parts[0].start, "")
    for other in declarations.indices:
        if other != index:
            changed = re.sub(rf"_(\{{?\s*){re.escape(index)}(?![a-zA-Z'])", rf"_\g<1>{other}", head)
            yield "change a sum's range", put(node.start, node.parts[0].start, changed)
    if upper != "-":
        for other in declarations.sizes:
            if other != upper:
                changed = re.sub(rf"\^(\{{?\s*){upper}", rf"^\g<1>{other}", head)
                yield "change a sum's range", put(node.start, node.parts[0].start, changed)


def element_edits(node, tex, put, declarations):
    """Swap two indices, or write another one."""
    own = tex[node.start : node.end]
    match = re.search(r"_(?:\{([^{}]*)\}|(\w))", own)
    if match is None:
        return
    inside = match[1] if match[1] is not None else match[2]
    pieces = re.findall(r"[a-zA-Z]'*|\d", inside)

    def rewritten(changed):
        return put(
            node.start,
            node.end,
            own[: match.start()] + "_{" + " ".join(changed) + "}" + own[match.end() :],
        )

    if len(pieces) == 2 and pieces[0] != pieces[1]:
        yield "swap indices", rewritten(pieces[::-1])
    for place, piece in enumerate(pieces):
        for other in declarations.indices:
            if other != piece and piece in declarations.indices:
                yield "another index", rewritten([*pieces[:place], other, *pieces[place + 1 :]])
    yield from letter_edits(node, own, put, declarations, "another symbol")


def symbol_edits(node, tex, put, declarations):
    """Write another symbol, or another layer of the same."""
    yield from letter_edits(node, tex[node.start : node.end], put, declarations, "another symbol")


def letter_edits(node, own, put, declarations, way):
    """The symbol of a node exchanged for others of the same shape."""
    symbols = declarations.symbols
    name = node.words[0]
    bare = re.sub(r"_\{?[^{}]*\}?$", "", own) if node.kind == "element" else own
    for other, symbol in symbols.items():
        if other == name or symbol.axes != symbols[name].axes:
            if not same_letter(other, name) or other == name:
                continue
            yield "another layer", put(node.start, node.start + len(bare), lettered(other, bare))
            continue
        if same_letter(other, name):
            yield "another layer", put(node.start, node.start + len(bare), lettered(other, bare))
        elif symbol.domain != "small":
            yield way, put(node.start, node.start + len(bare), lettered(other, bare))


def same_letter(name, other):
    """Whether two names differ in their layer alone."""
    return re.sub(r"\^\{\(\w+\)\}", "", name) == re.sub(r"\^\{\(\w+\)\}", "", other)


def lettered(name, bare):
    """A name for a place where the source says bare; small where bare is small."""
    head = re.match(r"\\?[a-zA-Z]+(?:\{\\?[a-zA-Z]+\})?", name)[0]
    if bare[:1].islower() and len(head) == 1:
        name = head.lower() + name[len(head) :]
    return name + " "


def derivative_edits(node, tex, put, declarations):
    """Exchange what is derived and by what."""
    above, below = node.parts
    if not node.start < above.start < below.start < node.end:
        return
    a, b = tex[above.start : above.end], tex[below.start : below.end]
    yield (
        "swap a derivative's symbols",
        tex[: above.start] + b + tex[above.end : below.start] + a + tex[below.end :],
    )


def compare_edits(node, tex, put, declarations):
    """Turn a Kronecker condition round."""
    left, right = node.parts[:2]
    if node.words[0] == "=":
        yield "turn a condition", put(left.end, right.start, r" \neq ")


def cases_edits(node, tex, put, declarations):
    """Exchange the values of the first two cases."""
    values, parts = [], list(node.parts)
    for word in node.words:
        values.append(parts.pop(0))
        if word == "if":
            parts.pop(0)
    first, second = values[:2]
    a, b = tex[first.start : first.end], tex[second.start : second.end]
    yield (
        "swap cases",
        tex[: first.start] + b + tex[first.end : second.start] + a + tex[second.end :],
    )


def reals_edits(node, tex, put, declarations):
    """Turn a shape round."""
    if len(node.words) == 2:
        own = tex[node.start : node.end]
        turned = re.sub(r"\{\s*(\w+)\s*\\times\s*(\w+)\s*\}", r"{\2 \\times \1}", own)
        yield "turn a shape", put(node.start, node.end, turned)


def shaped_edits(node, tex, put, declarations):
    """Turn the shape below a brace round."""
    own = tex[node.parts[0].end : node.end]
    turned = re.sub(r"(\w+)(\s*(?:\\times|,)\s*)(\w+)", r"\3\2\1", own)
    yield "turn a shape", put(node.parts[0].end, node.end, turned)


NODE_EDITS = {
    "add": add_edits,
    "product": product_edits,
    "dot": pair_edits,
    "times": pair_edits,
    "hadamard": pair_edits,
    "divide": divide_edits,
    "power": power_edits,
    "sum": sum_edits,
    "prod": sum_edits,
    "element": element_edits,
    "symbol": symbol_edits,
    "derivative": derivative_edits,
    "compare": compare_edits,
    "cases": cases_edits,
    "reals": reals_edits,
    "shaped": shaped_edits,
}
