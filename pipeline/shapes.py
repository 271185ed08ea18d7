"""Turn the shape comments of a snippet, such as ``# (N, D)``, into assertions.

A comment that opens with a bracket states the shape of what its line assigns or returns.
A letter stands for one size throughout a call of the function it stands in.
"""

import ast
import io
import re
import tokenize

from pipeline.errors import BuildError

SHAPE = re.compile(r"#\s*\((?P<sizes>\s*|\w+\s*,\s*|\w+(\s*,\s*\w+)+)\)(\s|$|:|,)")
CHECK, SIZES, RESULT = "_check_shape", "_sizes", "_result"


class ShapeChecks:
    """The shape comments of one file: where they stand and which of them were executed."""

    def __init__(self, path):
        self.path = path
        self.waiting = set()
        self.done = set()

    def instrument(self, source, first_line=1):
        """Return the syntax tree of ``source`` with an assertion after each commented line."""
        tree = ast.parse(source)
        comments = self._comments(source, first_line)
        if not comments:
            return tree
        instrument = _Instrument(comments)
        tree = ast.fix_missing_locations(instrument.visit(tree))
        for line in set(comments) - instrument.used:
            raise BuildError(
                f"{self.path}:{first_line + line - 1}: a shape comment belongs behind the last line "
                "of an assignment or of a return"
            )
        self.waiting.update(line for _, line in comments.values())
        return tree

    def check(self, value, names, line, sizes):
        """Compare the shape of ``value`` with the comment on ``line``; raise BuildError if it differs."""
        self.done.add(line)
        shape = tuple(getattr(value, "shape", ()))
        wanted = tuple(int(n) if n.isdigit() else sizes.get(n, n) for n in names)
        fits = len(wanted) == len(shape) and all(
            isinstance(w, str) or w == s for w, s in zip(wanted, shape)
        )
        if not fits:
            known = ", ".join(f"{n} = {sizes[n]}" for n in dict.fromkeys(names) if n in sizes)
            raise BuildError(
                f"{self.path}:{line}: the comment says ({', '.join(names)})"
                f"{' with ' + known if known else ''}, the value has the shape {shape}"
            )
        for name, size in zip(names, shape):
            sizes.setdefault(name, size)

    def never_executed(self):
        """Return the lines whose shape comment no example reached."""
        return sorted(self.waiting - self.done)

    def _comments(self, source, first_line):
        found = {}
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type != tokenize.COMMENT or not re.match(r"#\s*\(", token.string):
                continue
            line = token.start[0]
            match = SHAPE.match(token.string)
            if not match or not token.line[: token.start[1]].strip():
                raise BuildError(
                    f"{self.path}:{first_line + line - 1}: {token.string!r} opens like a shape; "
                    "write it as # (N, D) behind the line whose value has that shape"
                )
            sizes = [s.strip() for s in match["sizes"].split(",") if s.strip()]
            found[line] = (sizes, first_line + line - 1)
        return found


class _Instrument(ast.NodeTransformer):
    """Adds a check behind each statement whose last line has a comment."""

    def __init__(self, comments):
        self.comments = comments
        self.used = set()

    def visit_FunctionDef(self, node):
        self.generic_visit(node)
        at = 1 if ast.get_docstring(node) is not None else 0
        node.body.insert(at, ast.parse(f"{SIZES} = {{}}").body[0])
        return node

    def visit_Return(self, node):
        if node.end_lineno not in self.comments:
            return node
        keep = ast.Assign([ast.Name(RESULT, ast.Store())], node.value)
        give = ast.Return(ast.Name(RESULT, ast.Load()))
        return [keep, self._check(RESULT, node), give]

    def visit_Assign(self, node):
        return self._checked(node, node.targets[-1])

    def visit_AugAssign(self, node):
        return self._checked(node, node.target)

    def _checked(self, node, target):
        if node.end_lineno not in self.comments:
            return node
        return [node, self._check(ast.unparse(target), node)]

    def _check(self, value, node):
        self.used.add(node.end_lineno)
        sizes, line = self.comments[node.end_lineno]
        call = ast.parse(f"{CHECK}({value}, {sizes!r}, {line}, {SIZES})").body[0]
        return ast.copy_location(call, node)
