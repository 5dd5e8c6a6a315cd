"""One door to every cipher (密码算法), in two suites: what a zone seals, hashes, marks and signs with; chosen by YUANRONG_CIPHERS.

`international`: SHA-256 (FIPS 180-4), AES-256-GCM (NIST SP 800-38D), HMAC-SHA-256 (RFC 2104), Ed25519 (RFC 8032).
`national`: SM3 (GB/T 32905-2016), SM4-GCM (GB/T 32907-2016, RFC 8998), HMAC-SM3, SM2 with the default identity (GB/T 32918-2016).
Whatever is kept says which it was made with, so a zone that changes the setting still reads all it has.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from financing.journal_check import hashed
from financing.sm2_check import SM2_BASE, SM2_ORDER, sm2_digest, sm2_flat, sm2_times

TAG = 16


class Hashing(Protocol):
    """A digest in the making."""

    def update(self, data: bytes, /) -> None: ...

    def hexdigest(self) -> str: ...


class Aead(Protocol):
    """A cipher that also proves what it sealed; `decrypt` raises InvalidTag."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None, /) -> bytes: ...

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None, /) -> bytes: ...


class Sm4Gcm:
    """SM4 in the mode of SP 800-38D, the tag behind the text, like AESGCM of the library."""

    def __init__(self, key: bytes) -> None:
        self.cipher = algorithms.SM4(key)

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None, /) -> bytes:
        sealing = Cipher(self.cipher, modes.GCM(nonce)).encryptor()
        sealing.authenticate_additional_data(associated_data or b"")
        return sealing.update(data) + sealing.finalize() + sealing.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None, /) -> bytes:
        if len(data) < TAG:
            raise InvalidTag
        opening = Cipher(self.cipher, modes.GCM(nonce, data[-TAG:])).decryptor()
        opening.authenticate_additional_data(associated_data or b"")
        return opening.update(data[:-TAG]) + opening.finalize()


class Signing(Protocol):
    """A private key: its own bytes, the public ones, and a signature of 64 bytes."""

    @property
    def private(self) -> bytes: ...

    @property
    def public(self) -> bytes: ...

    def sign(self, message: bytes) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Ed25519:
    private: bytes

    @property
    def public(self) -> bytes:
        return self._key.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message)

    @property
    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.private)


@dataclass(frozen=True, slots=True)
class Sm2:
    private: bytes

    @property
    def public(self) -> bytes:
        x, y = sm2_flat(sm2_times(_blind(int.from_bytes(self.private)), SM2_BASE))
        return x.to_bytes(32) + y.to_bytes(32)

    def sign(self, message: bytes) -> bytes:
        """A random number goes into each signature; what this tells of its time is blinded by multiples of the order."""
        e = sm2_digest(self.public, message)
        while True:
            found = sm2_with(int.from_bytes(self.private), e, secrets.randbelow(SM2_ORDER - 1) + 1)
            if found is not None:
                return found


def sm2_with(private: int, e: int, k: int) -> bytes | None:
    """The signature for one random number (GB/T 32918.2, 6.1); None where the standard asks for another one."""
    r = (e + sm2_flat(sm2_times(_blind(k), SM2_BASE))[0]) % SM2_ORDER
    s = pow(1 + private, -1, SM2_ORDER) * (k - r * private) % SM2_ORDER
    return r.to_bytes(32) + s.to_bytes(32) if r and s and r + k != SM2_ORDER else None


def _blind(count: int) -> int:
    return count + (secrets.randbits(63) | 1 << 63) * SM2_ORDER


def _new_sm2() -> bytes:
    return (secrets.randbelow(SM2_ORDER - 2) + 1).to_bytes(32)


@dataclass(frozen=True, slots=True)
class Suite:
    """What belongs together. `mark` is the first byte of every sealed cell, `lock` what a backup's head adds to its kind."""

    name: str
    digest: str
    signature: str
    mark: bytes
    lock: int
    size: int  # of a key that seals, in bytes
    aead: Callable[[bytes], Aead]
    signing: Callable[[bytes], Signing]
    new_private: Callable[[], bytes]
    library: Callable[[], hashes.HashAlgorithm]

    @property
    def algorithm(self) -> str:
        """How a checkpoint names what it was signed and hashed with."""
        return f"{self.signature}-{self.digest}"

    def hash(self, data: bytes) -> bytes:
        return hashed(self.digest, data)

    def hashing(self) -> Hashing:
        """A digest that is fed bit by bit."""
        return hashlib.new(self.digest)

    def mac(self, key: bytes, data: bytes) -> bytes:
        return hmac.new(key, data, self.digest).digest()

    def derived(self, key: bytes, salt: bytes, purpose: bytes) -> bytes:
        """A key of this suite's size out of another (HKDF, RFC 5869)."""
        return HKDF(algorithm=self.library(), length=self.size, salt=salt, info=purpose).derive(key)


INTERNATIONAL = Suite(
    "international",
    "sha256",
    "ed25519",
    b"\xa1",
    0,
    32,
    AESGCM,
    Ed25519,
    lambda: secrets.token_bytes(32),
    hashes.SHA256,
)
NATIONAL = Suite("national", "sm3", "sm2", b"\xa2", 16, 16, Sm4Gcm, Sm2, _new_sm2, hashes.SM3)
SUITES = {suite.name: suite for suite in (INTERNATIONAL, NATIONAL)}
BY_MARK = {suite.mark: suite for suite in SUITES.values()}
BY_DIGEST = {suite.digest: suite for suite in SUITES.values()}


def lacking(suite: Suite) -> tuple[str, ...]:
    """What this installation's Python and OpenSSL do not offer of a suite; empty when all of it works."""
    missing = [] if suite.digest in hashlib.algorithms_available else [suite.digest.upper()]
    try:
        suite.aead(bytes(suite.size)).encrypt(bytes(12), b"", b"")
    except UnsupportedAlgorithm:
        missing.append("SM4-GCM" if suite is NATIONAL else "AES-256-GCM")
    return tuple(missing)
