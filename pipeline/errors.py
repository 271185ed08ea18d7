"""The one exception that every step of the build raises."""


class BuildError(Exception):
    """Something shown is not true or cannot be made; the message names file and line."""
