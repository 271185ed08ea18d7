"""The mutants of a snippet: one operator, sign, transpose, axis or index of its source changed."""

import ast
from copy import deepcopy
from typing import NamedTuple

OPERATORS = {
    **{ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult},
    **{ast.MatMult: ast.Mult, ast.Pow: ast.Mult, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult},
    **{ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd},
}
COMPARISONS = {
    **{ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Lt: ast.LtE, ast.LtE: ast.Lt},
    **{ast.Eq: ast.NotEq, ast.NotEq: ast.Eq},
}
REDUCTIONS = {"sum": "mean", "mean": "sum", "max": "min", "min": "max"}
REDUCTIONS |= {"argmax": "argmin", "argmin": "argmax"}
ORDERED = ast.Sub | ast.MatMult


class Mutant(NamedTuple):
    """One changed snippet: where it comes from, the line and the change as text, its source."""

    file: str
    number: int
    line: str
    change: str
    source: str

    @property
    def key(self):
        """What the list of survivors knows a mutant by; it outlives changes elsewhere."""
        return self.file, self.line, self.change

    def __str__(self):
        return f"{self.file}:{self.number}: {self.line}\n    {self.change}"


def mutants(source, file):
    """Every mutant of a source, in the order of its lines."""
    lines = source.split("\n")
    found = []
    for function in functions(ast.parse(source)):
        for node in inside(function):
            for other in alternatives(node):
                before, after = ast.unparse(node), ast.unparse(other)
                if before != after:
                    line = lines[node.lineno - 1].split("  # ")[0].strip()
                    found.append(
                        Mutant(
                            *(file, node.lineno, line, f"{before} → {after}"),
                            exchanged(lines, node, after),
                        )
                    )
    return sorted(dict.fromkeys(found), key=lambda mutant: mutant.number)


def functions(tree):
    """The functions of a module that compute: neither those that draw nor those of PyTorch."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
            arguments = {argument.arg for argument in node.args.args}
            draws = node.name.startswith("draw") or "ax" in arguments or "plt" in names
            if not draws and "torch" not in names:
                yield node
        elif isinstance(node, ast.ClassDef):
            yield from functions(node)


def inside(function):
    """The nodes of a function, but for those in f-strings, whose places Python 3.11 misstates."""
    waiting = [*function.body, *function.args.defaults]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, ast.JoinedStr):
            yield node
            waiting += ast.iter_child_nodes(node)


def alternatives(node):
    """What a node could have been, had its author slipped."""
    match node:
        case ast.BinOp():
            yield changed(node, op=OPERATORS[type(node.op)]())
            if isinstance(node.op, ORDERED):
                yield changed(node, left=node.right, right=node.left)
            for side in ("left", "right"):
                operand = getattr(node, side)
                if is_number(operand):
                    yield changed(node, **{side: ast.Constant(operand.value + 1)})
        case ast.UnaryOp(op=ast.USub()):
            yield node.operand
        case ast.Attribute(attr="T" | "mT"):
            yield node.value
        case ast.Call():
            yield from of_call(node)
        case ast.Subscript():
            yield from of_index(node)
        case ast.AugAssign():
            yield changed(node, op=OPERATORS[type(node.op)]())
            yield ast.Assign([node.target], node.value, lineno=node.lineno)
        case ast.Compare(ops=[op]) if type(op) in COMPARISONS:
            yield changed(node, ops=[COMPARISONS[type(op)]()])


def of_call(node):
    """The same call along other axes, without keepdims, or with another reduction."""
    for place, keyword in enumerate(node.keywords):
        value, others = keyword.value, []
        if keyword.arg == "axis" and is_number(value):
            others = [1 - value.value]
        elif keyword.arg == "axis" and isinstance(value, ast.Tuple):
            others = axes(ast.literal_eval(value))
        elif keyword.arg == "keepdims" and isinstance(value, ast.Constant):
            others = [not value.value]
        for other in others:
            call = deepcopy(node)
            call.keywords[place].value = ast.parse(repr(other), mode="eval").body
            yield call
    if isinstance(node.func, ast.Attribute) and node.func.attr in REDUCTIONS:
        yield changed(node, func=changed(node.func, attr=REDUCTIONS[node.func.attr]))


def axes(several):
    """What a tuple of axes could have been: its neighbours, or one axis less."""
    fewer = [several[:place] + several[place + 1 :] for place in range(len(several))]
    return [tuple(axis - 1 for axis in several), *fewer]


def of_index(node):
    """The same array at a neighbouring index, or with its new axis elsewhere."""
    parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    for place, part in enumerate(parts):
        for field in ("lower", "upper", "step") if isinstance(part, ast.Slice) else (None,):
            number = getattr(part, field) if field else part
            if not is_number(number):
                continue
            other = ast.Constant({0: 1, 1: 0}.get(number.value, number.value - 1))
            index = deepcopy(node)
            target = index.slice.elts if isinstance(node.slice, ast.Tuple) else [index.slice]
            if field:
                setattr(target[place], field, other)
            elif isinstance(node.slice, ast.Tuple):
                target[place] = other
            else:
                index.slice = other
            yield index
    if any(isinstance(part, ast.Constant) and part.value is None for part in parts):
        yield changed(node, slice=ast.Tuple(parts[::-1], ast.Load()))


def is_number(node):
    """Whether a node is a plain number."""
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)


def changed(node, **fields):
    """A copy of a node with some fields exchanged."""
    copied = deepcopy(node)
    for name, value in fields.items():
        setattr(copied, name, value)
    return copied


def exchanged(lines, node, text):
    """The source with a node's text exchanged, comments and the number of lines kept."""
    first, last = node.lineno - 1, node.end_lineno - 1
    head = lines[first].encode()[: node.col_offset].decode()
    tail = lines[last].encode()[node.end_col_offset :].decode()
    if isinstance(node, ast.expr):
        text = f"({text}{chr(10) * (last - first)})"
    return "\n".join([*lines[:first], head + text + tail, *lines[last + 1 :]])
