"""Passkeys (通行密钥, WebAuthn level 3): a key pair that the person's device keeps; the site asks, the device signs, the site verifies.

The question is random, kept with the session, and answered once. No attestation is asked for: which make a device is says nothing here.
The package that reads the answers is loaded when the first one comes: most requests never need it.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import select

from financing.acts import Act
from financing.desk import Desk
from financing.people import alerts, factors, sessions
from financing.people.model import LoginSession, Passkey, User
from financing.sign_refusals import PasskeyRefused

RANDOM = 32  # bytes


@dataclass(frozen=True, slots=True)
class Place:
    """What a passkey is bound to: the site's host name and origin, and the zone's name as the device shows it."""

    origin: str
    name: str

    @property
    def host(self) -> str:
        return urlsplit(self.origin).hostname or ""

    @property
    def possible(self) -> bool:
        """Passkeys are bound to names: a site that is reached by a bare address has none."""
        try:
            ip_address(self.host)
        except ValueError:
            return True
        return False


def question_to_add(desk: Desk, user: User, token: str, place: Place) -> str:
    """What the browser is asked to make, as JSON; devices that have one of ours already are left out."""
    from webauthn import generate_registration_options, options_to_json

    return options_to_json(
        generate_registration_options(
            rp_id=place.host, rp_name=place.name, user_id=str(user.id).encode(), user_name=user.login,
            user_display_name=user.name, challenge=_challenge(desk, token), exclude_credentials=_known(desk, user),
        )
    )  # fmt: skip


def question_to_prove(desk: Desk, user: User, token: str, place: Place) -> str:
    """What the browser is asked to sign, as JSON, by one of the person's own passkeys."""
    from webauthn import generate_authentication_options, options_to_json

    challenge, known = _challenge(desk, token), _known(desk, user)
    return options_to_json(
        generate_authentication_options(rp_id=place.host, challenge=challenge, allow_credentials=known)
    )


def add(desk: Desk, user: User, token: str, place: Place, name: str, said: str) -> factors.Set:
    """Take in the passkey that the browser has made; PasskeyRefused."""
    from webauthn import verify_registration_response

    session = sessions.at_hand(desk, token)
    asked: dict[str, Any] = {"expected_rp_id": place.host, "expected_origin": place.origin}
    try:
        made = verify_registration_response(credential=said, expected_challenge=_asked(session), **asked)
    except Exception:  # noqa: BLE001  whatever a stranger's bytes bring about is a no
        raise PasskeyRefused(field="signed") from None
    credential = _text(made.credential_id)
    if desk.session.scalar(select(Passkey.id).where(Passkey.credential == credential)) is not None:
        raise PasskeyRefused(field="signed")
    desk.add(
        Passkey(user_id=user.id, name=name, credential=credential, public_key=made.credential_public_key,
                uses=made.sign_count, made_at=desk.now)
    )  # fmt: skip
    desk.note(Act.ADD_PASSKEY, user)
    alerts.changed(desk, user, Act.ADD_PASSKEY)
    return factors.changed(desk, user, token)


def fits(desk: Desk, user: User, token: str, place: Place, said: str) -> bool:
    """Whether one of the person's passkeys has signed the question of this session; an authenticator's counter never goes back."""
    from webauthn import verify_authentication_response

    session = sessions.at_hand(desk, token)
    passkey = desk.session.scalar(
        select(Passkey).where(Passkey.user_id == user.id, Passkey.credential == _named(said)).with_for_update()
    )
    if passkey is None:
        return False
    try:
        proof = verify_authentication_response(
            credential=said, expected_challenge=_asked(session), expected_rp_id=place.host, expected_origin=place.origin,
            credential_public_key=passkey.public_key, credential_current_sign_count=passkey.uses,
        )  # fmt: skip
    except Exception:  # noqa: BLE001  as above
        return False
    passkey.uses, passkey.used_at, session.challenge = proof.new_sign_count, desk.now, None
    return True


def _challenge(desk: Desk, token: str) -> bytes:
    """A new question of this session; the one before is no longer answered."""
    challenge = secrets.token_bytes(RANDOM)
    sessions.at_hand(desk, token).challenge = challenge.hex()
    return challenge


def _asked(session: LoginSession) -> bytes:
    if not session.challenge:
        raise ValueError("nothing was asked")
    return bytes.fromhex(session.challenge)


def _known(desk: Desk, user: User) -> list[Any]:
    from webauthn import base64url_to_bytes
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor

    own = desk.session.scalars(select(Passkey.credential).where(Passkey.user_id == user.id))
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(one)) for one in own]


def _named(said: str) -> str:
    """The credential that an answer names; nothing where it is no answer."""
    try:
        told = json.loads(said)
    except (ValueError, RecursionError):
        return ""
    return str(told.get("id", "")) if isinstance(told, dict) else ""


def _text(credential: bytes) -> str:
    from webauthn.helpers import bytes_to_base64url

    return str(bytes_to_base64url(credential))
