"""Keccak-256 as Ethereum uses it: rate 136 bytes, padding 0x01, unlike SHA3-256."""

from functools import lru_cache

_MASK = (1 << 64) - 1
_RATE = 136


def _round_constants():
    """The bits of an 8-bit LFSR, as the Keccak reference gives them."""
    state, constants = 1, []
    for _ in range(24):
        constant = 0
        for power in range(7):
            if state & 1:
                constant |= 1 << ((1 << power) - 1)
            state = (state << 1) ^ (0x171 if state & 0x80 else 0)
        constants.append(constant)
    return constants


def _rotations():
    offsets, x, y = [0] * 25, 1, 0
    for step in range(24):
        offsets[x + 5 * y] = (step + 1) * (step + 2) // 2 % 64
        x, y = y, (2 * x + 3 * y) % 5
    return offsets


_CONSTANTS = _round_constants()
# Where each lane goes in the step pi, and how far it turns in the step rho before.
_MOVES = [(at, at // 5 + 5 * ((2 * (at % 5) + 3 * (at // 5)) % 5), turn) for at, turn in enumerate(_rotations())]


def _permute(a):
    for constant in _CONSTANTS:
        c = [a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20] for x in range(5)]
        d = [c[x - 1] ^ ((c[(x + 1) % 5] << 1 | c[(x + 1) % 5] >> 63) & _MASK) for x in range(5)]
        b = [0] * 25
        for source, target, turn in _MOVES:
            lane = a[source] ^ d[source % 5]
            b[target] = (lane << turn | lane >> (64 - turn)) & _MASK
        for y in range(0, 25, 5):
            v, w, x, y1, z = b[y : y + 5]
            a[y] = v ^ (~w & x)
            a[y + 1] = w ^ (~x & y1)
            a[y + 2] = x ^ (~y1 & z)
            a[y + 3] = y1 ^ (~z & v)
            a[y + 4] = z ^ (~v & w)
        a[0] ^= constant
    return a


@lru_cache(maxsize=8192)
def keccak(message):
    """The 32 bytes of Keccak-256; kept, since bundles of one block have their nodes in common."""
    padded = bytearray(message)
    padded += b"\x00" * (_RATE - len(padded) % _RATE)
    padded[len(message)] ^= 0x01
    padded[-1] ^= 0x80
    lanes = [0] * 25
    for start in range(0, len(padded), _RATE):
        for at in range(_RATE // 8):
            lanes[at] ^= int.from_bytes(padded[start + 8 * at : start + 8 * at + 8], "little")
        _permute(lanes)
    return b"".join(lane.to_bytes(8, "little") for lane in lanes[:4])
