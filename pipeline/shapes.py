"""Turn the shapes that a snippet states, such as ``# (N, D)``, into assertions.

A comment that opens with a bracket states the shape of what its line assigns or returns. A
docstring states those of the parameters that it names, ``the rows of X (N, D)``, and, where it
ends ``as (N,).``, that of the result. A letter stands for one size throughout a call.
"""

import ast
import io
import re
import tokenize

import numpy as np

from pipeline.errors import BuildError

TUPLE = r"\((?P<sizes>\s*|\w+\s*,\s*|\w+(?:\s*,\s*\w+)+)\)"
COMMENT = re.compile(rf"#\s*{TUPLE}(\s|$|:|,)")
INSIDE = re.compile(r"\((?=[^()]*[A-Z])\s*(?:[A-Z]|\d+)\s*,\s*(?:(?:[A-Z]|\d+)\s*,?\s*)*\)")
PARAMETER = re.compile(rf"\b(?P<name>\w+) {TUPLE}")
WHOLE_RESULT = re.compile(rf"(?<!, and) as {TUPLE}\.$")
CHECK, CALLED, SIZES, RESULT = "_check_shape", "_called", "_sizes", "_result"


def _sizes(match):
    return [size.strip() for size in match["sizes"].split(",") if size.strip()]


class ShapeChecks:
    """The shapes stated in one file, its functions, and which of them were executed."""

    def __init__(self, path):
        """Start with nothing executed of the file ``path``."""
        self.path = path
        self.waiting = {}
        self.done = set()

    def names(self):
        """Return what the instrumented code has to find among its globals."""
        return {CHECK: self.check, CALLED: self.done.add, SIZES: {}}

    def instrument(self, source, first_line=1):
        """Return the syntax tree of ``source`` with an assertion after each commented line."""
        tree = ast.parse(source)
        comments = self._comments(source, first_line)
        instrument = _Instrument(comments, first_line)
        tree = ast.fix_missing_locations(instrument.visit(tree))
        for line in sorted(set(comments) - instrument.used):
            raise BuildError(
                f"{self.path}:{first_line + line - 1}: a shape comment belongs behind the last "
                "line of an assignment or of a return; move it there"
            )
        self.waiting |= {line: "executes this shape comment" for _, line in comments.values()}
        self.waiting |= {line: f"calls {name}" for line, name in instrument.functions.items()}
        return tree

    def check(self, value, names, line, sizes):
        """Compare the shape of ``value`` with the one stated on ``line``; raise BuildError."""
        self.done.add(line)
        shape = tuple(value.shape) if hasattr(value, "shape") else np.shape(value)
        wanted = tuple(int(n) if n.isdigit() else sizes.get(n, n) for n in names)
        fits = len(wanted) == len(shape) and all(
            isinstance(w, str) or w == s for w, s in zip(wanted, shape)
        )
        if not fits:
            known = ", ".join(f"{n} = {sizes[n]}" for n in dict.fromkeys(names) if n in sizes)
            known = known and f" with {known}"
            stated = f"({', '.join(names)}{',' if len(names) == 1 else ''})"
            raise BuildError(
                f"{self.path}:{line}: stated is the shape {stated}{known}, "
                f"the value has {shape}; correct one of them"
            )
        for name, size in zip(names, shape):
            if sizes.setdefault(name, size) != size:
                raise BuildError(
                    f"{self.path}:{line}: {name} would be {sizes[name]} and {size} in the shape "
                    f"{shape}; use two letters"
                )

    def never_executed(self):
        """Return line and description of the functions and comments that no example reached."""
        return sorted(item for item in self.waiting.items() if item[0] not in self.done)

    def _comments(self, source, first_line):
        found = {}
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type != tokenize.COMMENT:
                continue
            opens = re.match(r"#\s*\(", token.string)
            if not opens and not INSIDE.search(token.string):
                continue
            line = token.start[0]
            match = COMMENT.match(token.string)
            if not match or not token.line[: token.start[1]].strip():
                raise BuildError(
                    f"{self.path}:{first_line + line - 1}: {token.string!r} looks like a shape; "
                    "write it as # (N, D) behind the line whose value has that shape"
                )
            found[line] = (_sizes(match), first_line + line - 1)
        return found


class _Instrument(ast.NodeTransformer):
    """Adds the checks behind statements with a comment and at the doors of functions."""

    def __init__(self, comments, first_line):
        self.comments = comments
        self.first_line = first_line
        self.used = set()
        self.functions = {}
        self.result = None

    def visit_FunctionDef(self, node):
        line = self.first_line + node.lineno - 1
        self.functions[line] = node.name
        docstring = ast.get_docstring(node) or ""
        summary = docstring.split("\n\n")[0]
        stated = self.first_line + node.body[0].lineno - 1
        result = WHOLE_RESULT.search(summary)
        outer, self.result = self.result, (_sizes(result), stated) if result else None
        self.generic_visit(node)
        self.result = outer
        parameters = {argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)}
        doors = [f"{CALLED}({line})", f"{SIZES} = {{}}"]
        doors += [
            f"{CHECK}({match['name']}, {_sizes(match)!r}, {stated}, {SIZES})"
            for match in PARAMETER.finditer(summary)
            if match["name"] in parameters
        ]
        at = 1 if docstring else 0
        node.body[at:at] = ast.parse("\n".join(doors)).body
        return node

    def visit_Return(self, node):
        stated = self.result, self._comment(node)
        if not any(stated) or node.value is None:
            return node
        keep = ast.Assign([ast.Name(RESULT, ast.Store())], node.value)
        give = ast.Return(ast.Name(RESULT, ast.Load()))
        checks = [self._check(RESULT, shape, node) for shape in stated if shape]
        return [ast.copy_location(keep, node), *checks, ast.copy_location(give, node)]

    def visit_Assign(self, node):
        return self._checked(node, node.targets[-1])

    def visit_AugAssign(self, node):
        return self._checked(node, node.target)

    def visit_AnnAssign(self, node):
        return self._checked(node, node.target)

    def _checked(self, node, target):
        stated = self._comment(node)
        return [node, self._check(ast.unparse(target), stated, node)] if stated else node

    def _comment(self, node):
        """Return sizes and line of the comment behind ``node``, if there is one."""
        if node.end_lineno in self.comments:
            self.used.add(node.end_lineno)
        return self.comments.get(node.end_lineno)

    def _check(self, value, stated, node):
        sizes, line = stated
        call = ast.parse(f"{CHECK}({value}, {sizes!r}, {line}, {SIZES})").body[0]
        return ast.copy_location(call, node)
