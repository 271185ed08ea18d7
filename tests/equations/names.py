r"""One spelling for each symbol: `W^{(2)}` is `W2` in Python, `\hat{y}` is `y_hat`."""

import re

NAME = re.compile(
    r"(?:\\(?P<accent>[a-zA-Z]+)\{(?P<under>\\?[a-zA-Z]+)\}|(?P<base>\\[a-zA-Z]+|[a-zA-Z]))"
    r"(?:\^\{?\((?P<layer>\w+)\)\}?)?"
    r"(?:_(?:\\text)?\{*(?:\\text)?\{*(?P<label>\w+)\}*)?"
)
UPPER_GREEK = {
    r"\gamma": r"\Gamma",
    r"\delta": r"\Delta",
    r"\theta": r"\Theta",
    r"\lambda": r"\Lambda",
    r"\xi": r"\Xi",
    r"\pi": r"\Pi",
    r"\phi": r"\Phi",
    r"\psi": r"\Psi",
    r"\omega": r"\Omega",
}
ACCENTS = ("hat", "bar", "tilde", "vec", "dot", "mathbf", "boldsymbol", "mathrm", "mathcal")


def spelled(base, layer=None, label=None):
    r"""The canonical spelling of a symbol, such as `\hat{y}^{(2)}_{new}`."""
    name = base
    if layer is not None:
        name += f"^{{({layer})}}"
    if label is not None:
        name += f"_{{{label}}}"
    return name


def canonical(written):
    r"""The canonical spelling of a name as an author writes it; ValueError for anything else."""
    match = NAME.fullmatch(str(written).replace(" ", ""))
    if match is None or (match["accent"] and match["accent"] not in ACCENTS):
        raise ValueError(f"{written!r} is not a symbol: write one letter, such as W^{{(2)}}")
    base = match["base"] or f"\\{match['accent']}{{{match['under']}}}"
    return spelled(base, match["layer"], match["label"])


def in_python(name):
    r"""The identifier that stands for a symbol in anchors: `\delta^{(2)}` is `delta2`."""
    match = NAME.fullmatch(name)
    if match["accent"]:
        plain = match["under"].lstrip("\\")
        if match["accent"] in ("hat", "bar", "tilde"):
            plain += "_" + match["accent"]
    else:
        plain = match["base"].lstrip("\\")
    plain += match["layer"] or ""
    if match["label"]:
        plain += "_" + match["label"]
    return plain if plain != "lambda" else "lambda_"


def capital(base):
    r"""The capital of a letter, also below an accent: `\hat{y}` gives `\hat{Y}`."""
    match = re.fullmatch(r"(\\[a-zA-Z]+\{)([a-z])(\})", base)
    if match:
        return match[1] + match[2].upper() + match[3]
    return UPPER_GREEK.get(base, base.upper() if len(base) == 1 else base)
