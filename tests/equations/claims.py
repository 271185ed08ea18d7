"""What a statement claims, and whether that holds at every draw."""

from .compare import digits, equal
from .compute.anchors import anchored
from .compute.definitions import mentioned
from .compute.values import Value
from .hypotheses import decide_inequality, is_inequality
from .relations import CONNECTIVES, holds, implied, updates
from .solve import describes, forced_world
from .trouble import Refusal, ShapeTrouble

LETTERS = ("symbol", "element", "size", "index")
WRITTEN = ("number", "negative", "vector", "matrix", "dot", "times", "power", "divide")


def settle(statement, reading, worlds):
    """The kind and the mark of one statement; Trouble if it does not hold in all worlds."""
    scope = reading.scope
    draws = f"{len(worlds)} draws"
    example = "example" in reading.formula.directives
    if not statement.relations:
        raise Refusal("there is no relation here, such as =", statement.start)
    if reading.chooses and not example and is_setting(statement, scope):
        return "setting", "a chosen value; nothing is claimed"
    if scope.declarations.condition and is_choice(statement, scope):
        return describes(statement, scope)
    if scope.declarations.hypotheses and is_inequality(statement, scope):
        earlier = reading.earlier + reading.statements[: reading.statements.index(statement)]
        return decide_inequality(statement, scope, earlier)
    if statement.relations == [r"\leftarrow"]:
        for world in worlds:
            updates(statement, world)
        return "update", f"compared with one step of torch.optim.SGD at {draws}"
    if any(relation in CONNECTIVES for relation in statement.relations):
        implied(statement, worlds)
        return "implication", f"both sides computed at {draws}"
    definition = defined_here(statement, scope)
    for world in worlds:
        holds(statement, world, definition)
    reach_condition(statement, worlds, definition)
    reach_cases(statement, worlds, definition)
    if definition is not None:
        return settle_definition(statement, definition, scope, worlds)
    if example:
        return "example", "computed from the numbers of the example"
    return kind_of(statement, scope, draws)


def kind_of(statement, scope, draws):
    """The kind and the mark of a chain that is no definition and holds."""
    kinds = {node.kind for node in statement.walk()}
    if r"\in" in statement.relations:
        if kinds & {"reals"}:
            return "shape", "compared with the declared shape"
        return "membership", f"true at {draws}"
    if set(statement.relations) & {"<", ">", r"\leq", r"\geq", r"\neq"}:
        return "inequality", f"true at {draws}"
    if "derivative" in kinds or any(is_slope(node) for node in statement.walk()):
        return "derivative", f"compared with automatic differentiation at {draws}"
    if r"\approx" in statement.relations:
        if any(digits(side) is not None for side in statement.sides):
            return "number", "computed and compared to the digits shown"
        return "approximation", "the difference shrinks with the step"
    if not any(mentioned(side, scope.declarations) for side in statement.sides):
        return "number", "computed"
    return "identity", f"both sides computed and compared at {draws}"


def is_slope(node):
    r"""Whether a node is a call such as \sigma'(z)."""
    return node.kind == "call" and node.words[0].endswith("'")


def is_setting(statement, scope):
    """Whether a statement only chooses a number: `N = 4`, or `x_1 + x_2 = 0.1` for leaves x."""
    if len(statement.sides) != 2 or statement.relations[0] not in ("=", r"\approx"):
        return False
    left, right = statement.sides
    numbers = all(node.kind in WRITTEN for node in right.walk())
    return numbers and (left.kind in LETTERS or is_choice(statement, scope))


def is_choice(statement, scope):
    """Whether a statement sets an expression of leaves equal to a number, for some draws only."""
    left, right = statement.sides[0], statement.sides[-1]
    names = mentioned(left, scope.declarations)
    return (
        statement.relations == ["="]
        and all(node.kind in WRITTEN for node in right.walk())
        and bool(names)
        and not names & set(scope.definitions)
    )


def defined_here(statement, scope):
    """The definition that stands in this very statement, or None."""
    if len(statement.sides) < 2:
        return None
    for definition in scope.definitions.values():
        if definition.node is statement.sides[1]:
            return definition
    return None


def settle_definition(statement, definition, scope, worlds):
    """The kind and mark of a definition, compared with its anchor."""
    anchor = str(scope.declarations.definitions[definition.name])
    if anchor == "free":
        kind, mark = "name", "names a quantity; there is nothing to compare it with"
    else:
        for world in worlds:
            own, given = with_anchor(definition, world)
            names = ("the definition", f"its anchor {anchor}")
            equal(own, given, statement.start, names=names)
        kind, mark = "definition", f"definition, equal to {anchor}"
        if anchor.startswith("grad("):
            draws = f"{len(worlds)} draws"
            kind, mark = "derivative", f"compared with automatic differentiation at {draws}"
    if len(statement.sides) > 2:
        rest = kind_of(statement, scope, f"{len(worlds)} draws")[1]
        mark = mark if rest == mark else f"{mark}; {rest}"
    return kind, mark


def with_anchor(definition, world):
    """The values of a definition's right side and of its anchor, along its subscripts."""
    tensors = (
        world.placed(world.evaluate(definition.node), definition),
        anchored(definition.name, definition.anchor, world),
    )
    if not definition.subscripts:
        return [Value(tensor, (), tensor.shape) for tensor in tensors]
    lengths = [world.length(index) for index in definition.subscripts]
    return [Value(tensor.reshape(lengths), definition.subscripts) for tensor in tensors]


def reach_condition(statement, worlds, definition):
    """Refusal unless a draw fulfils the condition of a statement; one like `e = 0` is forced."""
    condition = statement.condition
    if condition is None or any(world.reached.get(str(condition)) for world in worlds):
        return
    forced = forced_world(condition, worlds[0])
    if forced:
        forced.reached = {}
        holds(statement, forced, definition)
    if not (forced and forced.reached.get(str(condition))):
        raise Refusal("no draw fulfils this condition", condition.start)


def reach_cases(statement, worlds, definition):
    """Trouble unless every case of a statement was reached; a case like `e = 0` is forced."""
    for node in statement.walk():
        if node.kind != "cases":
            continue
        parts = list(node.parts)
        for place, word in enumerate(node.words):
            parts.pop(0)
            condition = parts.pop(0) if word == "if" else None
            if any(world.reached.get(str(node), [False] * 9)[place] for world in worlds):
                continue
            forced = condition and forced_world(condition, worlds[0])
            if forced:
                forced.reached = {}
                holds(statement, forced, definition)
            if not (forced and forced.reached.get(str(node), [False] * 9)[place]):
                raise ShapeTrouble(f"no draw reaches case {place + 1}", node.start)
