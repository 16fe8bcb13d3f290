"""JSON as a verifier must read it, and its one spelling (RFC 8785)."""

import json
import re

from faults import Fault, must

MAX_DEPTH = 64


def parse(text):
    """JSON as ECMAScript reads it: every number is a double, so 1.0 is 1 and -0 is not 0."""
    return json.loads(text, parse_int=_integer, parse_constant=_refuse)


def _integer(digits):
    value = float(digits)
    return int(value) if abs(value) <= 2**53 and digits != "-0" else value


def _refuse(name):
    raise ValueError(f"{name} is not JSON")


def units(text):
    """UTF-16 units of a text: by them texts compare and their lengths are counted."""
    return text.encode("utf-16-be", "surrogatepass")


def is_well_formed(text):
    return not any(0xD800 <= ord(sign) <= 0xDFFF for sign in text)


_SHORT = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _quoted(text):
    must(is_well_formed(text), "text with half a surrogate pair has no canonical form")
    return '"' + re.sub(r'["\\\x00-\x1f]', lambda sign: _SHORT.get(sign[0]) or f"\\u{ord(sign[0]):04x}", text) + '"'


def _number(value):
    """ECMAScript's Number::toString: the shortest digits that give the double back."""
    if isinstance(value, int):
        return str(value)
    must(value == value and abs(value) != float("inf"), "not a finite number")
    if value == 0:
        return "0"
    mantissa, _, exponent = f"{abs(value)!r}".partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + ("" if fraction == "0" else fraction)).lstrip("0")
    # The value is 0.digits times ten to the power of `point`.
    point = len(whole) + int(exponent or 0)
    if whole == "0":
        point = int(exponent or 0) - (len(fraction) - len(fraction.lstrip("0")))
    digits = digits.rstrip("0")
    sign = "-" if value < 0 else ""
    if len(digits) <= point <= 21:
        return sign + digits + "0" * (point - len(digits))
    if 0 < point <= 21:
        return sign + digits[:point] + "." + digits[point:]
    if -6 < point <= 0:
        return sign + "0." + "0" * -point + digits
    power = point - 1
    shown = digits[0] + ("." + digits[1:] if len(digits) > 1 else "")
    return f"{sign}{shown}e{'+' if power > 0 else '-'}{abs(power)}"


def jcs(value, depth=0):
    """The RFC 8785 text of a JSON value."""
    if depth > MAX_DEPTH:
        raise Fault("more than 64 levels")
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, (int, float)):
        return _number(value)
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, list):
        return "[" + ",".join(jcs(entry, depth + 1) for entry in value) + "]"
    members = sorted(value.items(), key=lambda member: units(member[0]))
    return "{" + ",".join(f"{_quoted(key)}:{jcs(entry, depth + 1)}" for key, entry in members) + "}"


def fields(value, path=""):
    """The scalars and the empty arrays and objects of a value, each with its JSON Pointer."""
    if not isinstance(value, (dict, list)) or not value:
        return [(path, value)]
    entries = value.items() if isinstance(value, dict) else ((str(at), entry) for at, entry in enumerate(value))
    return [
        field
        for key, entry in entries
        for field in fields(entry, f"{path}/{key.replace('~', '~0').replace('/', '~1')}")
    ]
