"""The three ways in which an equation can fail."""


class Trouble(Exception):
    """A finding about an equation, at an offset into its source."""

    kind = "trouble"

    def __init__(self, message, offset=None):
        super().__init__(message)
        self.message = message
        self.offset = offset


class Refusal(Trouble):
    """The reader does not know what is written, or what is written has two meanings."""

    kind = "refusal"


class ShapeTrouble(Trouble):
    """Shapes, layers or index ranges do not fit."""

    kind = "shape"


class Falsehood(Trouble):
    """Both sides can be computed, and the claim does not hold."""

    kind = "value"
