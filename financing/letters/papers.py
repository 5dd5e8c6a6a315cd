"""Issued papers (函件): written from sealed records, numbered, with a code to check them by; replaced, never changed."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from financing.access import require
from financing.acts import Act
from financing.checkpoints import code_now
from financing.db import new_id
from financing.desk import Desk
from financing.guarantees import service
from financing.guarantees.agenda_model import Deferral, Jump
from financing.guarantees.experts import draws
from financing.guarantees.model import GuaranteeCase, Meeting, Resolution, Seat
from financing.guarantees.record import digest, lots
from financing.guarantees.rules import IN_FAVOUR, CaseState, MeetingState
from financing.guarantees.sessions import hold
from financing.letter_refusals import NothingToWrite
from financing.letters import blanks
from financing.letters.checks import resolution
from financing.letters.model import Guarantee
from financing.letters.paper_model import IssuedPaper, PrintedCopy
from financing.letters.rules import LetterKind
from financing.letters.texts import written
from financing.needs.model import Need
from financing.numbers import Series, take_number

#: Without the signs that are taken for one another; twelve of them cannot be guessed.
SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
SERIES = {
    LetterKind.INTENT: Series.INTENT,
    LetterKind.REFUSAL: Series.REFUSAL,
    LetterKind.MINUTES: Series.MINUTES,
    LetterKind.COMPENSATION: Series.COMPENSATION_DECISION,
}


def of_guarantee(desk: Desk, guarantee: Guarantee) -> IssuedPaper:
    """The letter itself, as its guarantee is issued: in the words of its form, under the guarantee's own number."""
    kind = LetterKind(guarantee.form.value)
    record = written(kind, blanks.of_guarantee(desk, guarantee), {guarantee.type.value} if guarantee.type else set())
    owner = {name: getattr(guarantee, name) for name in ("case_id", "firm_id", "bank_id")}
    return put(desk, kind, guarantee.id, _signed(desk, record, guarantee), number=guarantee.number, **owner)


def write(desk: Desk, case: GuaranteeCase, office: str) -> IssuedPaper:
    """A letter to the firm from the sealed decision (意向函、告知函): of intent in favour, with the reasons against.

    `office` is whom a refused firm may turn to. NothingToWrite before the seal.
    """
    require(desk.actor, Act.WRITE_LETTER, case)
    sealed = resolution(desk, case)
    if sealed is None or case.state not in {*IN_FAVOUR, CaseState.REJECTED}:
        raise NothingToWrite
    kind = LetterKind.INTENT if case.state in IN_FAVOUR else LetterKind.REFUSAL
    said = _intent(desk, case, sealed) if case.state in IN_FAVOUR else _rejected(desk, case, sealed, office)
    paper = put(desk, kind, case.id, _signed(desk, said, case), case_id=case.id, firm_id=case.firm_id)
    desk.note(Act.WRITE_LETTER, paper, number=paper.number, digest=paper.digest)
    told = {"to": {"firm": case.firm_id}, "code": Act.WRITE_LETTER.value, "subject": paper.id, "number": paper.number}
    desk.later("notice", f"{Act.WRITE_LETTER}:{paper.id}", **told)
    return paper


def refuse(desk: Desk, need: Need, office: str) -> IssuedPaper:
    """End a need at the gates with its letter in the same act (不予立项): nobody is turned away without coded reasons in writing."""
    missed = service.refuse(desk, need)
    score, by, _ = service.examine(desk, need)
    said = written(LetterKind.REFUSAL, blanks.of_stopped(desk, need, score, missed, office), {"gates"})
    record = {**said, "guarantor": by.name, "day": desk.today.isoformat()}
    return put(desk, LetterKind.REFUSAL, need.id, record, firm_id=need.firm_id)


def minutes(desk: Desk, meeting: Meeting) -> IssuedPaper:
    """The minutes of a sitting that is over (评审纪要), from its sealed resolutions; NothingToWrite before."""
    require(desk.actor, Act.WRITE_MINUTES, meeting)
    if meeting.state is not MeetingState.CLOSED:
        raise NothingToWrite
    sealed = desk.all(Resolution, Resolution.meeting_id == meeting.id, by=Resolution.number)
    put_off = desk.all(Deferral, Deferral.meeting_id == meeting.id, by=Deferral.at)
    jumps = desk.all(Jump, Jump.meeting_id == meeting.id, by=Jump.at)
    seats = desk.all(Seat, Seat.meeting_id == meeting.id, by=Seat.chair.desc())
    record: dict[str, Any] = {
        "meeting": {"number": meeting.number, "day": meeting.day.isoformat(), "place": meeting.place},
        "seats": [{"name": seat.name, "chair": seat.chair} for seat in seats],
        "resolutions": [{**one.record, "digest": one.digest} for one in sealed],
        "deferrals": [{**_case(desk, one.case_id), "reason": one.reason, "until": one.until.isoformat()} for one in put_off],
        "lots": [lots(draw) for draw in draws(desk, meeting)],
        "jumps": [{**_case(desk, one.case_id), "over": one.over, "reason": one.reason, "by": one.by_name} for one in jumps],
    }  # fmt: skip
    paper = put(desk, LetterKind.MINUTES, meeting.id, record)
    desk.note(Act.WRITE_MINUTES, meeting, number=paper.number, digest=paper.digest)
    return paper


def of_resolution(desk: Desk, sealed: Resolution) -> IssuedPaper:
    """The decision itself (决议) under its own number: the record as sealed, so the digest is that of the seal; its code is drawn once.

    It is of the case alone: votes and names are neither the firm's nor a bank's.
    """
    require(desk.actor, Act.PRINT_RESOLUTION, sealed)
    hold(desk, desk.session.get_one(GuaranteeCase, sealed.case_id))  # two who print it first at once get one code
    return put(
        desk,
        LetterKind.RESOLUTION,
        sealed.id,
        sealed.record,
        number=sealed.number,
        at=sealed.sealed_at,
        case_id=sealed.case_id,
    )


def put(
    desk: Desk,
    kind: LetterKind,
    subject_id: int,
    record: dict[str, Any],
    *,
    number: str = "",
    at: datetime | None = None,
    **owner: int,
) -> IssuedPaper:
    """Issue a paper, or find the one that says the same; a paper that says something else replaces its predecessor."""
    standing = standing_for(desk, kind, subject_id)
    said = digest(record)
    if standing is not None and standing.digest == said:
        return standing
    key = new_id()
    if standing is not None:
        end(desk, standing)
        desk.session.flush()
    made = desk.add(
        IssuedPaper(
            id=key, number=number or take_number(desk.session, SERIES[kind], desk.today.year), kind=kind, subject_id=subject_id,
            case_id=owner.get("case_id"), firm_id=owner.get("firm_id"), bank_id=owner.get("bank_id"), record=record, digest=said,
            code=_code(), checkpoint=code_now(desk.session), issued_at=at or desk.now, issued_by=desk.actor.id, issuer=desk.actor.name,
        )
    )  # fmt: skip
    desk.session.flush()
    return made


def standing_for(desk: Desk, kind: LetterKind, subject_id: int) -> IssuedPaper | None:
    """The paper of a kind about something that holds now, for whoever may replace it."""
    about = (IssuedPaper.kind == kind, IssuedPaper.subject_id == subject_id, IssuedPaper.superseded_at.is_(None))
    return desk.find(IssuedPaper, *about)


def about(desk: Desk, *subjects: int) -> list[IssuedPaper]:
    """Every paper about some things that the person at the desk may see, the newest first."""
    return desk.all(IssuedPaper, IssuedPaper.subject_id.in_(subjects), by=IssuedPaper.issued_at.desc())


def of_need(desk: Desk, need: Need) -> list[IssuedPaper]:
    """Letters to the firm about one need: from the gates or from its case."""
    case = desk.find(GuaranteeCase, GuaranteeCase.need_id == need.id)
    return about(desk, need.id, case.id) if case else about(desk, need.id)


def end(desk: Desk, paper: IssuedPaper) -> None:
    """The paper holds no more from now on."""
    paper.superseded_at = desk.now


def printed(desk: Desk, paper: IssuedPaper, sha256: str) -> None:
    """Somebody takes the paper away: the journal knows who, and the file can be recognised later."""
    desk.note(Act.PRINT_LETTER, paper, number=paper.number, digest=paper.digest, sha256=sha256)
    known = desk.session.query(PrintedCopy).filter_by(sha256=sha256).first()
    if known is None:
        desk.add(PrintedCopy(paper_id=paper.id, sha256=sha256, at=desk.now))


def _intent(desk: Desk, case: GuaranteeCase, sealed: Resolution) -> dict[str, Any]:
    owed = "conditions" if sealed.record.get("conditions") else "free"
    words = {sealed.outcome.value, case.support.value, owed}
    return written(LetterKind.INTENT, blanks.of_decision(desk, case, sealed), words)


def _rejected(desk: Desk, case: GuaranteeCase, sealed: Resolution, office: str) -> dict[str, Any]:
    return written(LetterKind.REFUSAL, blanks.of_rejection(desk, case, sealed, office), {"committee"})


def _case(desk: Desk, key: int | None) -> dict[str, str]:
    return {"case": desk.get(GuaranteeCase, key).number if key else ""}


def _signed(desk: Desk, record: dict[str, Any], of: GuaranteeCase | Guarantee) -> dict[str, Any]:
    """With who signs and the day: a paper of another day is another paper."""
    return {**record, "guarantor": blanks.guarantor(desk, of.guarantor_id).name, "day": desk.today.isoformat()}


def _code() -> str:
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(4)) for _ in range(3))
