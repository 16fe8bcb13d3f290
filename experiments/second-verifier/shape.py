"""Forms and bounds of the members of a bundle (sections "Notation" and "The file" of docs/verification.md)."""

import re

from canonical import is_well_formed, units
from faults import must

MAX_SAFE = 2**53 - 1
UINT32 = 2**32 - 1
MAX_VALUES = 1_000_000
MAX_LEVELS = 64


def members(value, at, keys):
    """An object with these keys and no others."""
    must(isinstance(value, dict), f"{at}: expected an object")
    must(set(value) == set(keys), f"{at}: expected the members {', '.join(keys)}")
    return value


def hexadecimal(value, at, length=None, most=65_536):
    """The bytes behind 0x and lower-case digits."""
    form = isinstance(value, str) and re.fullmatch(r"0x(?:[0-9a-f]{2})*", value, re.ASCII)
    must(form and len(value) <= 2 + 2 * most, f"{at}: expected 0x and lower-case digits")
    must(length is None or len(value) == 2 + 2 * length, f"{at}: expected {length} bytes")
    return bytes.fromhex(value[2:])


def list_of(value, at, most, read):
    must(isinstance(value, list) and len(value) <= most, f"{at}: expected a list of at most {most}")
    return [read(entry, f"{at}/{index}") for index, entry in enumerate(value)]


def whole(value, at, most=MAX_SAFE):
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    must(is_number and value == value and value not in (float("inf"), float("-inf")), f"{at}: expected a number")
    must(value == int(value) and 0 <= value <= most, f"{at}: expected a whole number from 0 to {most}")
    must(not (value == 0 and str(value).startswith("-")), f"{at}: minus zero")
    return int(value)


def text(value, at, most):
    must(isinstance(value, str) and len(units(value)) <= 2 * most, f"{at}: expected text of at most {most} signs")
    return value


def well_formed(value, at, most):
    must(is_well_formed(text(value, at, most)), f"{at}: half a surrogate pair")
    return value


def sequence_number(value, at):
    """A uint64 in decimal digits."""
    must(isinstance(value, str) and re.fullmatch(r"0|[1-9][0-9]{0,19}", value, re.ASCII), f"{at}: expected digits")
    must(int(value) < 2**64, f"{at}: expected a uint64")
    return int(value)


def json_object(value, at):
    """A JSON object of at most 1,000,000 values in 64 levels."""
    must(isinstance(value, dict), f"{at}: expected an object")
    count, waiting = 0, [(value, 0)]
    while waiting:
        part, depth = waiting.pop()
        count += 1
        must(count <= MAX_VALUES and depth <= MAX_LEVELS, f"{at}: too many values or levels")
        if isinstance(part, (dict, list)):
            waiting += [(entry, depth + 1) for entry in (part.values() if isinstance(part, dict) else part)]
    return value


def ascending(entries, at, key_of):
    keys = [units(key_of(entry)) for entry in entries]
    must(all(a < b for a, b in zip(keys, keys[1:])), f"{at}: expected ascending order without repetition")
