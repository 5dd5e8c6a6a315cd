"""Does a paper in somebody's hand equal the record (核验)? The answer reveals nothing that the paper does not say itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from financing.desk import Desk
from financing.matching.model import Dossier, Viewing

CODE = re.compile(r"(DA\d{4}-\d{4,})-(\d{2,6})-([0-9A-F]{6})")
DIGEST_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Genuine:
    """A copy that went out: the dossier's number, which copy it was, and when."""

    number: str
    copy: int
    at: datetime


def code(number: str, copy: int, digest: str) -> str:
    """What is printed on a copy: the dossier, the copy, and the beginning of the digest of what it shows."""
    return f"{number}-{copy:02d}-{digest[:DIGEST_SHOWN].upper()}"


def genuine(desk: Desk, given: str) -> Genuine | None:
    """The copy of this code, or None: one answer for codes that are wrong, unknown or badly typed."""
    read = CODE.fullmatch(given.strip().upper())
    dossier = desk.find(Dossier, Dossier.number == read[1]) if read else None
    if read is None or dossier is None:
        return None
    copies = desk.all(Viewing, Viewing.dossier_id == dossier.id, Viewing.copy_number == int(read[2]))
    for row in copies:
        if code(dossier.number, int(read[2]), row.digest).endswith(read[3]):
            return Genuine(dossier.number, int(read[2]), row.at)
    return None
