"""SM2 signatures (GB/T 32918.2-2016, curve of GB/T 32918.5-2017), checked with the standard library alone.

Points of y² = x³ − 3x + b are (X, Y, Z) with x = X/Z², y = Y/Z³; Z = 0 is the point at infinity. A public key is x ‖ y, a signature r ‖ s,
32 bytes each, big end first. It takes public values alone: it need not hide its time.
"""

from __future__ import annotations

import hashlib

SM2_P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
SM2_B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
SM2_ORDER = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
SM2_X = 0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7
SM2_Y = 0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0
SM2_BASE = (SM2_X, SM2_Y, 1)
#: The identity that signs where nobody agreed on another (GB/T 35276-2017, 10).
SM2_WHO = b"1234567812345678"
Jacobian = tuple[int, int, int]


def sm2_signed(public: bytes, message: bytes, signature: bytes, who: bytes = SM2_WHO) -> bool:
    """Whether this signature of 64 bytes over the message was made with the key behind this public key of 64."""
    if len(public) != 64 or len(signature) != 64:
        return False
    key = (int.from_bytes(public[:32]), int.from_bytes(public[32:]), 1)
    r, s = int.from_bytes(signature[:32]), int.from_bytes(signature[32:])
    t = (r + s) % SM2_ORDER
    if not _sm2_on_curve(key) or not 0 < r < SM2_ORDER or not 0 < s < SM2_ORDER or not t:
        return False
    found = sm2_sum(sm2_times(s, SM2_BASE), sm2_times(t, key))
    return bool(found[2]) and (sm2_digest(public, message, who) + sm2_flat(found)[0]) % SM2_ORDER == r


def sm2_digest(public: bytes, message: bytes, who: bytes = SM2_WHO) -> int:
    """e: the digest of the message behind that of who signs, with which curve and key."""
    curve = b"".join(one.to_bytes(32) for one in (SM2_P - 3, SM2_B, SM2_X, SM2_Y))
    signer = hashlib.new("sm3", (8 * len(who)).to_bytes(2) + who + curve + public).digest()
    return int.from_bytes(hashlib.new("sm3", signer + message).digest())


def sm2_flat(point: Jacobian) -> tuple[int, int]:
    """The plain coordinates x and y."""
    back = pow(point[2], -1, SM2_P)
    return point[0] * back**2 % SM2_P, point[1] * back**3 % SM2_P


def sm2_times(count: int, point: Jacobian) -> Jacobian:
    total: Jacobian = (1, 1, 0)
    for at in range(count.bit_length() - 1, -1, -1):
        total = _sm2_twice(total)
        if count >> at & 1:
            total = sm2_sum(total, point)
    return total


def sm2_sum(one: Jacobian, other: Jacobian) -> Jacobian:
    if not one[2] or not other[2]:
        return other if not one[2] else one
    z1, z2 = one[2] * one[2], other[2] * other[2]
    u1, u2 = one[0] * z2 % SM2_P, other[0] * z1 % SM2_P
    s1, s2 = one[1] * z2 * other[2] % SM2_P, other[1] * z1 * one[2] % SM2_P
    if u1 == u2:
        return _sm2_twice(one) if s1 == s2 else (1, 1, 0)
    h, r = u2 - u1, s2 - s1
    square = h * h % SM2_P
    cube, v = square * h % SM2_P, square * u1 % SM2_P
    x = (r * r - cube - 2 * v) % SM2_P
    return x, (r * (v - x) - s1 * cube) % SM2_P, h * one[2] * other[2] % SM2_P


def _sm2_twice(point: Jacobian) -> Jacobian:
    x, y, z = point
    square, zz = y * y % SM2_P, z * z % SM2_P
    s, m = 4 * x * square % SM2_P, 3 * (x - zz) * (x + zz) % SM2_P
    new = (m * m - 2 * s) % SM2_P
    return new, (m * (s - new) - 8 * square * square) % SM2_P, 2 * y * z % SM2_P


def _sm2_on_curve(point: Jacobian) -> bool:
    x, y, _ = point
    return x < SM2_P and y < SM2_P and (y * y - x * x * x + 3 * x - SM2_B) % SM2_P == 0
