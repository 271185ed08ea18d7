"""Write the mathematics of a sentence as plain letters, for where nothing can be typeset."""

import re
from unicodedata import normalize

HAT = re.compile(r"\\hat\{(\w)\}")
GROUP = r"\{((?:[^{}]|\{[^{}]*\})*)\}"
FRACTION = re.compile(rf"\\frac{GROUP}{GROUP}")
MOVED = re.compile(rf"([_^])(?:{GROUP}|(.))")
SIGNS = {
    r"\partial ": "∂",
    r"\delta": "δ",
    r"\sigma": "σ",
    r"\eta": "η",
    r"\epsilon": "ε",
    r"\odot": "⊙",
    r"\top": "⊤",
}
LOW = str.maketrans("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
HIGH = str.maketrans("0123456789+-=()bhjknprstwxz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵇʰʲᵏⁿᵖʳˢᵗʷˣᶻ")


def letters(tex):
    """Return inline TeX as letters, in HTML where there is no small letter for what is raised."""
    tex = HAT.sub(lambda hat: normalize("NFC", f"{hat[1]}\N{COMBINING CIRCUMFLEX ACCENT}"), tex)
    for command, sign in SIGNS.items():
        tex = tex.replace(command, sign)
    tex = FRACTION.sub(lambda part: f"{_bracketed(part[1])}/{_bracketed(part[2])}", tex)
    tex = MOVED.sub(_moved, tex)
    return re.sub(r"\\[a-z]*(?=\{)|[\\{}]", "", tex).strip()


def _bracketed(part):
    return f"({part})" if re.search(r"[ |]", part) else part


def _moved(match):
    small = LOW if match[1] == "_" else HIGH
    inside = MOVED.sub(_moved, match[2] or match[3])
    if all(ord(letter) in small or letter in "⊤′" for letter in inside):
        return inside.translate(small)
    tag = "sub" if match[1] == "_" else "sup"
    return f"<{tag}>{inside}</{tag}>"
