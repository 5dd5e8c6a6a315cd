"""Signatures: SM2 by `sm2_check`, Ed25519 (RFC 8032, section 5.1.7) checked by the library where it is there and else with the standard library alone.

Points of the curve −x² + y² = 1 + d·x²·y² are (X, Y, Z, T) with x = X/Z, y = Y/Z, x·y = T/Z. It takes public values alone: it need not hide its time.
"""

from __future__ import annotations

import hashlib

from financing.sm2_check import sm2_signed

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:  # a stranger's machine
    BY = "Python"
else:
    BY = "cryptography"

P = 2**255 - 19
#: How many points the base point makes.
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
#: A square root of −1.
HALF_TURN = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]
ZERO: Point = (0, 1, 1, 0)


def signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether this signature of 64 bytes over the message was made with the key behind this public key: 32 bytes, or 64 for SM2."""
    if len(public) == 64:
        return sm2_signed(public, message, signature)
    if BY == "Python":
        return signed_plainly(public, message, signature)
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def signed_plainly(public: bytes, message: bytes, signature: bytes) -> bool:
    """The same by hand."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, half, s = _point(public), _point(signature[:32]), int.from_bytes(signature[32:], "little")
    if key is None or half is None or s >= ORDER:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    return _equal(_times(s, BASE), _sum(half, _times(k, key)))


def _point(data: bytes) -> Point | None:
    """The point of 32 bytes: y, and in the last bit the sign of x; None where no point has them."""
    y = int.from_bytes(data, "little")
    odd, y = y >> 255, y & (1 << 255) - 1
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * HALF_TURN % P
    if (x * x - square) % P or (x == 0 and odd):
        return None
    x = P - x if x & 1 != odd else x
    return x, y, 1, x * y % P


def _sum(one: Point, other: Point) -> Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * D * one[3] * other[3] % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(count: int, point: Point) -> Point:
    total = ZERO
    while count:
        if count & 1:
            total = _sum(total, point)
        point, count = _sum(point, point), count >> 1
    return total


def _equal(one: Point, other: Point) -> bool:
    return not ((one[0] * other[2] - other[0] * one[2]) % P or (one[1] * other[2] - other[1] * one[2]) % P)


def _base() -> Point:
    """The point all keys are multiples of: y = 4/5, x even."""
    found = _point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
    assert found is not None  # noqa: S101  a constant of the standard
    return found


BASE = _base()
