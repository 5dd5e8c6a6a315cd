"""What lies in the room of conduct in the populated zone: both seats, a report of the zone's clerk that was registered, a letter, a question."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from financing.access import SYSTEM, Actor, Role
from financing.conduct import cases, checks, reports
from financing.conduct.checks import Answer
from financing.conduct.model import ConductCase, ConductLetter, HandlerPost, PayoutCheck
from financing.conduct.reports import Handed, Told
from financing.conduct.rules import ConductState, Cost, Practice, Seat, SeatState, Word
from financing.money import Fen
from financing.offers.drawdown_model import Drawdown
from financing.offers.model import Offer
from financing.sealing import Ring
from tests.makers import NOW, TODAY, a_user, at, writing

#: What no page, paper, list, log or notice may ever say to anybody but the two: in each place where something is written a word of its own.
MARKER = "绝密举报内容"
FILE_NAME, FILE_BYTES = "绝密凭证名称", "绝密凭证字节"
ADDED, PRESSED, HANDLING, ANSWERED = "绝密补充说明", "绝密为难经过", "绝密核查记录", "绝密询问回答"
KEPT, HAPPENED_ON = Fen(9_182_736_45), date(2025, 2, 27)


def conduct_room(zone: Any) -> dict[tuple[str, str], int]:
    """The leader and a second leader sit on the seats; the officer is the firm's own and sees nothing."""
    zone.database.ring = Ring(zone.uploads.parent / "sealing.key")
    with writing(zone.database) as session:
        second = a_user(session, Role.LEADER)
        for seat, user in ((Seat.LEADING, zone.users[Role.LEADER]), (Seat.SECOND, second)):
            session.add(_post(seat, user, SeatState.ADOPTED))
        waiting = _post(Seat.SECOND, second, SeatState.PROPOSED)
        session.add(waiting)
    with at(zone.database, SYSTEM, NOW - timedelta(days=9)) as desk:
        told = Told(zone.bank.id, Practice.BUNDLED, MARKER, HAPPENED_ON, KEPT, named=True)
        files = (Handed(f"{FILE_NAME}.pdf", f"%PDF-1.7 {FILE_BYTES}".encode()),)
        clerk = zone.users[Role.CLERK].actor
        zone.code = reports.report(desk, clerk, told, once="populated", uploads=zone.uploads, files=files)
    with at(zone.database, SYSTEM) as desk:
        (key,) = reports.pending(desk)
        reports.register(desk, key)
    made = _letters(zone, key) | {("seat", "ours"): waiting.id, ("telling", "ours"): key}
    _written(zone, clerk, made)
    return made


def _written(zone: Any, clerk: Actor, made: dict[tuple[str, str], int]) -> None:
    """What whoever reported adds, what a handler notes, and what another firm answers after its pay-out."""
    with at(zone.database, SYSTEM) as desk:
        own = reports.one_of(desk, clerk, made["telling", "ours"])
        for word, text in ((Word.MORE, ADDED), (Word.RETALIATION, PRESSED)):
            reports.add(desk, own, word, text, once=word.value)
    with at(zone.database, zone.users[Role.LEADER].actor) as desk:
        cases.write(desk, cases.held(desk, made["conduct", "ours"]), Word.HANDLING, HANDLING, by=desk.actor.id)
    with writing(zone.database) as session:
        stranger = a_user(session, Role.CLERK, firm_id=zone.stranger.id).actor
    with at(zone.database, stranger) as desk:
        said = Answer(yes=True, costs=(Cost.INSURANCE,), amount=KEPT, on=HAPPENED_ON, text=ANSWERED)
        checks.answer(desk, desk.get(PayoutCheck, made["payout_check", "others"]), said)


def _post(seat: Seat, user: Any, state: SeatState) -> HandlerPost:
    decided = {"decided_at": NOW, "decided_by": 2, "decider": "乙"} if state is SeatState.ADOPTED else {}
    return HandlerPost(
        seat=seat,
        user_id=user.id,
        name=user.name,
        since=TODAY,
        proposed_at=NOW,
        proposed_by=1,
        proposer="甲",
        state=state,
        **decided,
    )


def _letters(zone: Any, key: int) -> dict[tuple[str, str], int]:
    with writing(zone.database) as session:
        case = session.query(ConductCase).filter_by(report_id=key).one()
        case.state = ConductState.ASKED
        made: dict[tuple[str, str], int] = {("conduct", "ours"): case.id}
        for whose, bank in (("ours", zone.bank), ("others", zone.rival)):
            letter = ConductLetter(
                case_id=case.id,
                bank_id=bank.id,
                number=case.number,
                practice=case.practice,
                asks="请说明",
                sent_on=TODAY,
                sent_by=1,
                due_on=TODAY,
            )
            session.add(letter)
            made["conduct_letter", whose] = letter.id
        for whose, offer in zip(("ours", "others"), _two_offers(session, zone), strict=True):
            facts = {name: getattr(offer, name) for name in ("need_id", "firm_id", "bank_id")}
            paid = Drawdown(
                offer_id=offer.id, number=9, paid_on=TODAY, amount=Fen(1), before=Fen(0), offered=offer.amount, rate=offer.rate,
                offered_rate=offer.rate, added="", worse=False, by=1, at=NOW, **facts,
            )  # fmt: skip
            session.add(paid)
            session.flush()
            check = PayoutCheck(
                drawdown_id=paid.id, firm_id=offer.firm_id if whose == "ours" else zone.stranger.id, bank_id=offer.bank_id, amount=Fen(1),
                paid_on=TODAY, asked_on=TODAY,
            )  # fmt: skip
            session.add(check)
            made["payout_check", whose] = check.id
        return made


def _two_offers(session: Any, zone: Any) -> list[Offer]:
    """Two pay-outs are asked about, of whatever offer: only whose question it is matters here."""
    offer = session.get_one(Offer, zone.things["offer", "ours"])
    return [offer, session.query(Offer).filter(Offer.id != offer.id).first()]
