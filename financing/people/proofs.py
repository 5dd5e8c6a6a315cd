"""Proving who it is (验证身份): after the password at sign-in, and again before acts that weigh more (C-17).

A try is counted by itself before it is looked at, as a password's is, so that guessing comes to nothing; what is right gives the session
a new name.
"""

from __future__ import annotations

from enum import StrEnum

from financing.acts import Act
from financing.desk import Desk
from financing.people import factors, passkeys, passwords, sessions, tries
from financing.people.model import User
from financing.people.passkeys import Place
from financing.people.rules import Waits
from financing.people.service import Desks, me
from financing.sign_refusals import WrongProof


class Proof(StrEnum):
    """What somebody proved themselves with."""

    CODE = "code"
    RECOVERY = "recovery"
    PASSKEY = "passkey"
    PASSWORD = "password"  # noqa: S105  the kind of proof, for who has no other


def prove(desks: Desks, token: str, said: str, address: str, place: Place) -> str:
    """The session's new token for the right proof. Errors: TooManyTries, WrongProof, NotSignedIn, KeysAway.

    Two transactions with the slow comparison between them, as at sign-in: the try counts even when the answer is no.
    """
    with desks() as desk:
        user = me(desk)
        kind = _kind(desk, user, said)
        counter = tries.count(desk, f"proof\n{user.id}", address, known=False)
    known = kind is Proof.PASSWORD and passwords.fits(user.password_hash, said)
    with desks() as desk:
        user = me(desk, lock=True)
        if not (known or _fits(desk, user, token, kind, said, place)):
            raise WrongProof(field="proving")
        tries.forgive(desk, counter)
        desk.note(Act.PROVE, user, by=kind)
        waits = sessions.at_hand(desk, token).waits
        return sessions.renew(desk, token, factors.overdue(desk, user) if waits is Waits.CODE else waits)


def _kind(desk: Desk, user: User, said: str) -> Proof:
    """What is said looks like: a password only where there is no second factor."""
    if not factors.has_one(desk, user):
        return Proof.PASSWORD
    if said.startswith("{"):
        return Proof.PASSKEY
    return Proof.RECOVERY if factors.looks_like_recovery(said) else Proof.CODE


def _fits(desk: Desk, user: User, token: str, kind: Proof, said: str, place: Place) -> bool:
    match kind:
        case Proof.PASSKEY:
            return passkeys.fits(desk, user, token, place, said)
        case Proof.RECOVERY:
            return factors.recovery_fits(user, said)
        case Proof.CODE:
            return factors.code_fits(desk, user, said)
    return False
