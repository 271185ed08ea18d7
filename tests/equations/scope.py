"""What holds at each place of a page: declarations, definitions and the draws made from them."""

import re
from copy import copy

import torch

from .compute.definitions import Definition, closure
from .compute.world import World
from .declarations import DeclarationError, Declarations
from .latex.statements import read, read_lone
from .trouble import Refusal

DRAWS = 3
DRAWS_FOR_ORDER = 24
WIDTHS = (1, 0.5, 2)
ORDER = ("<", ">", r"\leq", r"\geq", r"\neq", r"\in", r"\iff", r"\Rightarrow")
CLAIMING = ("=", r"\approx", r"\leftarrow", r"\in")


class Scope:
    """The declarations and definitions in force between two sections of a page."""

    def __init__(self, declarations):
        self.declarations = declarations
        self.definitions = {}
        self.drawn = {}

    def inner(self, changes):
        """The scope of a section, with what its front matter changes."""
        scope = Scope(self.declarations.changed(changes))
        renewed = redeclared(changes)
        scope.definitions = {
            name: copy(definition)
            for name, definition in self.definitions.items()
            if name not in renewed
        }
        return scope

    def worlds(self, sizes=None, first=0, draws=DRAWS):
        """Some draws at each tuple of sizes, as worlds; sizes given override the declared."""
        key = (tuple(sorted((sizes or {}).items())), first, draws)
        if key not in self.drawn:
            self.drawn[key] = [
                self.world(declared, sizes or {}, (first, number, place), WIDTHS[number % 3])
                for place, declared in enumerate(self.declarations.size_tuples)
                for number in range(draws)
            ]
        return self.drawn[key]

    def world(self, declared, sizes, seed, width):
        """One draw at the declared sizes, some of them overridden."""
        chosen = distinct({**declared, **sizes}, sizes)
        return World(self.declarations, self.definitions, chosen, seed, width=width)

    def example(self, name):
        """The world of an example: the values that the front matter gives, sizes to fit."""
        if name not in self.declarations.examples:
            raise Refusal(f"there is no example {name} in the front matter")
        sizes = dict(self.declarations.size_tuples[0])
        values = {}
        for written, given in self.declarations.examples[name].items():
            if written in sizes:
                sizes[written] = given
                continue
            symbol = self.declarations.symbols.get(self.declarations.name(written))
            if symbol is None:
                raise Refusal(f"the example {name} gives {written}, which is not declared")
            tensor = torch.tensor(given, dtype=torch.float64)
            if symbol.row:
                tensor = tensor.reshape(1, -1)
            if tensor.dim() != len(symbol.axes):
                raise Refusal(f"the example {name} gives {written} another number of axes")
            sizes.update(
                {axis: length for axis, length in zip(symbol.axes, tensor.shape) if axis != "1"}
            )
            values[symbol.name] = tensor
        world = World(self.declarations, self.definitions, sizes, (0, 0, name))
        return world.holding(values)


def distinct(sizes, fixed):
    """The sizes, with those that are not fixed moved away from one another."""
    result = dict(fixed)
    for letter, size in sizes.items():
        if letter not in result:
            while size in result.values():
                size += 1
            result[letter] = size
    return result


class Reading:
    """A formula with its scope and either its statements or the trouble in reading them.

    It knows the earlier statements of its scope, whether it claims anything, and whether it
    may choose numbers, such as `N = 4`, which formulas in a line do.
    """

    def __init__(self, formula, scope):
        self.formula = formula
        self.scope = scope
        self.statements = []
        self.earlier = []
        self.trouble = None
        self.claims = formula.display
        self.chooses = "setting" in formula.directives or not formula.display
        if "unchecked" in formula.directives:
            return
        reader = read if formula.display else read_lone
        try:
            self.statements = reader(formula.tex, scope.declarations)
        except Refusal as refusal:
            self.trouble = refusal
        except RecursionError:
            self.trouble = Refusal("this formula is nested too deeply")
        self.claims = formula.display or any(
            relation in CLAIMING
            for statement in self.statements
            for relation in statement.relations
        )
        self.settle_derivatives()

    def worlds(self):
        """The draws that decide the formula; an inequality, which chance can fulfil, has more."""
        relations = {relation for statement in self.statements for relation in statement.relations}
        sizes = fixed_sizes(self.formula.directives.get("with", ""), self.scope)
        draws = DRAWS_FOR_ORDER if relations & set(ORDER) else DRAWS
        return self.scope.worlds(sizes, draws=draws)

    def settle_derivatives(self):
        """Note on each derivative whether the page says that it is total or direct."""
        for meaning in ("total", "direct"):
            if meaning in self.formula.directives:
                for statement in self.statements:
                    for node in statement.walk():
                        if node.kind == "derivative":
                            node.words = (meaning,)


def definition_of(statement, declarations):
    """The definition that a statement could be, as a Definition; None if it cannot be one."""
    if not statement.relations or statement.relations[0] != "=" or statement.condition is not None:
        return None
    left = statement.sides[0]
    if left.kind not in ("symbol", "element") or left.words[0] not in declarations.definitions:
        return None
    name, *subscripts = left.words
    if len(set(subscripts)) < len(subscripts):
        return None
    if any(index not in declarations.indices for index in subscripts):
        return None
    return Definition(name, str(declarations.definitions[name]), subscripts, statement.sides[1])


def readings(page):
    """Every formula of a page, read in its scope; DeclarationError for a bad front matter."""
    base = Declarations(page.front_matter)
    sections = page.front_matter.get("sections") or {}
    passed = {name for formula in page.formulas for name in formula.sections}
    missing = [name for name in sections if name not in passed]
    if missing:
        raise DeclarationError(f"no heading of this page has the id {missing[0]!r}")
    scopes = {(): Scope(base)}
    found = []
    for formula in page.formulas:
        names = tuple(name for name in formula.sections if name in sections)
        for end in range(1, len(names) + 1):
            if names[:end] not in scopes:
                scopes[names[:end]] = scopes[names[: end - 1]].inner(sections[names[end - 1]])
        reading = Reading(formula, scopes[names])
        if not set(formula.directives) - {"total", "direct"}:
            for statement in reading.statements:
                definition = definition_of(statement, reading.scope.declarations)
                if definition and definition.name not in reading.scope.definitions:
                    reading.scope.definitions[definition.name] = definition
        reading.earlier = [
            statement
            for other in found
            if other.scope is reading.scope
            for statement in other.statements
        ]
        found.append(reading)
    complete(list(scopes.values()))
    return found


def redeclared(changes):
    """The names that a section declares anew."""
    names = set()
    for key in ("symbols", "definitions"):
        for written in changes.get(key) or {}:
            names.update(Declarations.name(part) for part in str(written).split(","))
    return names


def complete(scopes):
    """Give each scope the definitions that stand further down the page, or their anchors."""
    for place, scope in enumerate(scopes):
        for name, anchor in scope.declarations.definitions.items():
            if name in scope.definitions:
                continue
            if anchor != "free":
                scope.definitions[name] = Definition(name, str(anchor))
                continue
            for later in scopes[place + 1 :]:
                if name in later.definitions:
                    scope.definitions[name] = copy(later.definitions[name])
                    break
        refine(scope)


def refine(scope):
    """Compute a symbol by its anchor where its equation skips a definition the anchor names."""
    declared = scope.declarations
    for name, definition in scope.definitions.items():
        named = definition.anchored(declared) & set(scope.definitions)
        if definition.by_node and not definition.anchor.startswith("grad("):
            definition.by_node = named <= closure(name, scope.definitions, declared)


def fixed_sizes(written, scope):
    """The sizes of a directive such as `with D = 2`; {} if there is none."""
    found = {}
    for part in filter(None, written.split(",")):
        match = re.fullmatch(r"\s*(\w+)\s*=\s*(\d+)\s*", part)
        if match is None or match[1] not in scope.declarations.sizes:
            raise Refusal("write sizes as 'with: D = 2'", 0)
        found[match[1]] = int(match[2])
    return found
