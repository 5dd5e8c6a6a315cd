"""What messages of a robot are signed with (加签密钥): sealed, so that a copy of the database speaks for nobody (C-46)."""

from __future__ import annotations

from financing.conduct_refusals import SealBroken
from financing.desk import Desk
from financing.notices.model import NoticeAddress
from financing.sealing import ring

PLACE, BLOCK = "notice_address.sealed", 128


def seal(desk: Desk, address: NoticeAddress, secret: str) -> None:
    """Keep the secret of an address; nothing where its robot asks for none."""
    address.sealed = ring(desk.session).write(PLACE, address.id, {"secret": secret}, BLOCK) if secret else None
    address.secret = ""


def secret_of(desk: Desk, address: NoticeAddress) -> str | None:
    """What to sign with; empty where nothing is asked for, None where the cell was changed. KeysAway stops the messages until the keys are back."""
    if address.sealed is None:
        return address.secret
    try:
        return str(ring(desk.session).read(PLACE, address.id, address.sealed)["secret"])
    except SealBroken:
        return None


def seal_clear(desk: Desk) -> int:
    """Secrets from before they were sealed; how many there were."""
    found = desk.all(NoticeAddress, NoticeAddress.secret != "")
    for address in found:
        seal(desk, address, address.secret)
    return len(found)
