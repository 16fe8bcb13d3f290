"""RLP (section "RLP") and tries of a block (section "Tries of a block") of docs/verification.md."""

from faults import Fault, must
from keccak import keccak

MAX_DEPTH = 16


def encode(item):
    """RLP of bytes or of a list of items."""
    if isinstance(item, bytes):
        return item if len(item) == 1 and item[0] < 0x80 else _prefix(len(item), 0x80) + item
    content = b"".join(encode(entry) for entry in item)
    return _prefix(len(content), 0xC0) + content


def _prefix(length, offset):
    if length <= 55:
        return bytes([offset + length])
    size = number_bytes(length)
    return bytes([offset + 55 + len(size)]) + size


def number_bytes(value):
    """Big-endian without leading zeros; zero is no bytes."""
    return value.to_bytes((value.bit_length() + 7) // 8, "big")


def number(item):
    """The number that such bytes are."""
    must(isinstance(item, bytes) and len(item) <= 32, "RLP: no number")
    must(item[:1] != b"\x00", "RLP: a number with a leading zero")
    return int.from_bytes(item, "big")


def decode(data):
    """The one item that the bytes are, in its only spelling."""
    item, end = _item(data, 0, len(data), 0)
    must(end == len(data), "RLP: bytes after the item")
    return item


def _item(data, start, limit, depth):
    must(depth <= MAX_DEPTH and start < limit, "RLP: ends in the middle, or too deep")
    first = data[start]
    if first < 0x80:
        return data[start : start + 1], start + 1
    offset = 0x80 if first < 0xC0 else 0xC0
    begin, end = _content(data, start, limit, first - offset)
    if offset == 0x80:
        must(not (end - begin == 1 and data[begin] < 0x80), "RLP: one small byte with a length before it")
        return data[begin:end], end
    entries, at = [], begin
    while at < end:
        entry, at = _item(data, at, end, depth + 1)
        entries.append(entry)
    return entries, end


def _content(data, start, limit, kind):
    if kind <= 55:
        begin, length = start + 1, kind
    else:
        begin = start + 1 + kind - 55
        must(begin <= limit, "RLP: a length that cannot be")
        size = data[start + 1 : begin]
        length = int.from_bytes(size, "big")
        must(size[0] != 0 and length > 55, "RLP: a length in a longer spelling")
    must(begin + length <= limit, "RLP: a length beyond the end")
    return begin, begin + length


def proven(root, key, nodes):
    """The value that the trie with this root holds under the key; every node is used, in order."""
    rest = list(nodes)
    item = _next(rest, root)
    path = _half_bytes(key)
    while True:
        target, path, is_value = _follow(item, path)
        if is_value:
            must(isinstance(target, bytes) and target, "trie: no value at the end of the way")
            must(not rest, "trie: more nodes than the way needs")
            return target
        item = target if isinstance(target, list) else _next(rest, target)


def _next(rest, expected):
    must(len(expected) == 32, "trie: the way ends before the value")
    must(rest, "trie: a node is missing")
    node = rest.pop(0)
    must(keccak(node) == expected, "trie: a node is not the one that its parent names")
    return decode(node)


def _half_bytes(data):
    return [half for byte in data for half in (byte >> 4, byte & 15)]


def _follow(node, path):
    must(isinstance(node, list), "trie: a node that is no list")
    if len(node) == 17:
        return (node[path[0]], path[1:], False) if path else (node[16], path, True)
    must(len(node) == 2 and isinstance(node[0], bytes) and node[0], "trie: a node of neither 2 nor 17 items")
    halves = _half_bytes(node[0])
    flag = halves[0]
    must(flag <= 3 and (flag % 2 == 1 or halves[1] == 0), "trie: a path that cannot be")
    own = halves[1:] if flag % 2 == 1 else halves[2:]
    if path[: len(own)] != own or (flag >= 2 and len(own) != len(path)):
        raise Fault("trie: the way leads to another key")
    must(flag >= 2 or own, "trie: a node that leads nowhere")
    return node[1], path[len(own) :], flag >= 2
