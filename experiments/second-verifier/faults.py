"""What a verifier answers instead of going on."""


class Fault(Exception):
    """A step that does not hold; the text says why."""


def must(condition, otherwise):
    """Ends the step unless the condition holds."""
    if not condition:
        raise Fault(otherwise)
