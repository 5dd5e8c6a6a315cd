"""What a file of duty done (尽职免责材料) holds: which acts tell what was known and checked, and rows as plain values. No database here."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from financing.acts import Act
from financing.journal_check import canonical
from financing.money import Fen, Rate
from financing.papers.rules import WORKBOOK
from financing.roles import Role

A = Act


class Holder(StrEnum):
    """Whose file it is: each holds its own side alone."""

    GUARANTOR = "guarantor"
    BANK = "bank"


class Piece(StrEnum):
    """One thing in a file."""

    NEED = "need"
    ASSESSMENT = "assessment"
    FLAGS = "flags"
    SURVEY = "survey"
    CASE = "case"
    SECURITIES = "securities"
    RESOLUTION = "resolution"
    CONDITIONS = "conditions"
    LETTER = "letter"
    PAPER = "paper"
    CONSENTS = "consents"
    VIEWINGS = "viewings"
    DOSSIER = "dossier"
    ITEMS = "items"
    RELEASES = "releases"
    OFFER = "offer"
    JOURNAL = "journal"
    CHECKER = "checker"


#: Acts that show data to somebody: they count up to the decision, what was read later was not known then.
LOOKS = frozenset({A.OPEN_PAPER, A.OPEN_DOCUMENT, A.OPEN_DOSSIER, A.PRINT_DOSSIER, A.OPEN_ITEM})
#: What the guarantor's people did about a case; who voted how is said by the resolution and by nothing else.
OF_GUARANTOR = LOOKS | {
    A.TYPE_NEED, A.ACCEPT_NEED, A.RETURN_NEED, A.ASSESS_NEED, A.LOOK_AT_FLAG, A.RECORD_SURVEY, A.REVIEW_SURVEY, A.OPEN_CASE, A.ASK_SECURITY,
    A.FORGO_SECURITY, A.WAIVE_SECURITY, A.GIVE_SECURITY, A.REGISTER_SECURITY, A.TABLE_CASE, A.JUMP_CASE, A.DEFER_CASE, A.DECLARE_TIE,
    A.DERIVE_TIE, A.IMPOSE_TIE, A.CLOSE_ROUND, A.SEAL_CASE, A.APPROVE_CASE, A.CONDITION_CASE, A.REJECT_CASE, A.DELEGATE_CASE,
    A.DECIDE_SMALL, A.REFER_CASE, A.CALL_IN, A.CONFIRM_SMALL, A.SHOW_PROOF, A.ACCEPT_PROOF, A.TURN_DOWN_PROOF, A.WRITE_LETTER,
    A.PREPARE_LETTER, A.ISSUE_LETTER,
}  # fmt: skip
#: What a bank's people did about a need.
OF_BANK = LOOKS | {
    A.ASK_CONSENT, A.CLAIM_NEED, A.ASK_ITEM, A.DROP_ITEM, A.ASK_RELEASE, A.RELEASE_OFFER, A.RETURN_RELEASE, A.REVIEW_CONTEST,
    A.MAKE_OFFER, A.DECLINE_NEED,
}  # fmt: skip
ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg", WORKBOOK: "xlsx"}


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the journal in short: when who did what, and to what kind of thing; `later` than the decision."""

    seq: int
    at: datetime
    act: Act
    role: Role
    name: str
    of: str
    later: bool


def belongs(body: dict[str, Any], holder: Holder, bank_id: int | None, decided: datetime) -> bool:
    """Whether a line is of this holder's own people (or the platform for the guarantor) and tells what they knew or did."""
    act, looked_late = Act(body["act"]), datetime.fromisoformat(body["at"]) > decided
    if body["decision"] != "allow" or (act in LOOKS and looked_late):
        return False
    if holder is Holder.BANK:
        return act in OF_BANK and bank_id is not None and body["of_bank"] == bank_id
    return act in OF_GUARANTOR and body["of_bank"] is None and body["of_firm"] is None


def plain(value: object) -> Any:
    """A stored value as JSON: money as {"fen": n}, rates as {"ppm": n}, moments and days as ISO text."""
    match value:
        case Fen():
            return {"fen": value.fen}
        case Rate():
            return {"ppm": value.ppm}
        case StrEnum():
            return value.value
        case datetime() | date():
            return value.isoformat()
        case dict():
            return {str(key): plain(inner) for key, inner in value.items()}
        case list() | tuple():
            return [plain(inner) for inner in value]
    return value


def row(thing: Any, leave_out: Collection[str] = ()) -> dict[str, Any]:
    """One stored row by the names of its columns."""
    names = (column.key for column in thing.__table__.columns)
    return {name: plain(getattr(thing, name)) for name in names if name not in {"version", *leave_out}}


def written(content: Any) -> bytes:
    """The bytes of one piece: canonical JSON, so that the same rows are the same bytes."""
    return canonical(content)


def ending(media: str) -> str:
    return ENDINGS.get(media, "bin")
