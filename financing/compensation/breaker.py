"""How much was paid for each bank's loans (单家银行代偿率, F50), and what follows.

Near the line it is told, at the line small cases go to the committee, beyond the agreed one no new letter goes to the bank until
two people lift that with a reason. The rate is compensation paid over guarantees ended in the same months. Earlier rooms ask here through their lists of questions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from financing import desk as desks
from financing import parameters
from financing.access import SYSTEM, require
from financing.acts import Act
from financing.case_refusals import SamePerson
from financing.compensation.rules import Level, Lines, StopState, level, rate
from financing.compensation.stop_model import BankStop
from financing.credit.rules import months_after
from financing.db import fen_sum
from financing.desk import BEIJING, Desk
from financing.guarantees import agreements, delegated
from financing.guarantees.agreement_model import SharingAgreement
from financing.guarantees.model import GuaranteeCase, Resolution
from financing.journal import Entry, Private
from financing.letters import checks
from financing.letters.model import Guarantee, GuaranteeEntry
from financing.letters.rules import ENDS, Check, EntryKind, Ground, ended
from financing.matching.model import Match
from financing.money import Fen, Rate
from financing.offers.model import Offer
from financing.parties.identity import passage
from financing.parties.model import Bank


@dataclass(frozen=True, slots=True)
class Standing:
    """One bank on a day: what was paid and what ended since `since`, the rate, the lines, and where it stands."""

    bank_id: int
    since: date
    compensated: Fen
    ended: Fen
    rate: Rate | None
    lines: Lines
    level: Level
    agreement: SharingAgreement | None
    stop: BankStop | None  # while it stands

    @property
    def source(self) -> str:
        return self.agreement.number if self.agreement and self.agreement.stop_rate.ppm else ""


def of(desk: Desk, bank_id: int) -> Standing:
    """How one bank stands today, counted without the reader's sights: a rule holds whoever looks."""
    since = months_after(desk.today, -parameters.figure("breaker_months", desk.today).value)
    e = GuaranteeEntry
    sums = dict(
        desk.session.execute(
            select(e.kind, fen_sum(e.amount)).where(e.bank_id == bank_id, e.on > since, e.kind.in_(ENDS)).group_by(e.kind)
        ).all()
    )  # fmt: skip
    paid, over = sums.get(EntryKind.COMPENSATED, Fen(0)), ended(sums)
    agreement = agreements.in_force(desk, bank_id, desk.today)
    found, bars = rate(paid, over), lines(desk.today, agreement)
    stop = desk.session.scalar(select(BankStop).where(BankStop.bank_id == bank_id, BankStop.state != StopState.LIFTED))
    stands = level(found, over, bars)
    if stop is not None:
        stands = Level.STOPPED
    elif stands is Level.STOPPED and not _anew(desk, bank_id):
        stands = Level.COMMITTEE  # lifted with a reason: nothing small until the rate falls
    return Standing(bank_id, since, paid, over, found, bars, stands, agreement, stop)


def lines(on: date, agreement: SharingAgreement | None) -> Lines:
    """The lines of a day: the agreed rate stops new letters; without one the figure does. The others never lie above it."""
    figures = {
        key: parameters.figure(f"breaker_{key}", on).value
        for key in ("near_ppm", "committee_ppm", "stop_ppm", "least_fen")
    }
    agreed = agreement.stop_rate.ppm if agreement else 0
    stop = agreed or figures["stop_ppm"]
    committee = min(figures["committee_ppm"], stop)
    return Lines(
        Rate(committee * figures["near_ppm"] // 1_000_000), Rate(committee), Rate(stop), Fen(figures["least_fen"])
    )  # fmt: skip


def banks(desk: Desk) -> list[int]:
    """Banks towards which anything was ever paid."""
    paid = select(GuaranteeEntry.bank_id).where(GuaranteeEntry.kind == EntryKind.COMPENSATED).distinct()
    return sorted(desk.session.scalars(paid))


def waiting(desk: Desk) -> list[int]:
    """Banks that have come near a line or passed one of which nobody was told, for the daily run."""
    every = [of(desk, key) for key in banks(desk)]
    return [found.bank_id for found in every if _stops(desk, found) or _warns(desk, found)]


def look_at(desk: Desk, bank_id: int) -> int:
    """Stop a bank beyond the last line; the daily run tells, once a month, of one that is near a line or past it. 1 when anything was new."""
    desk.session.flush()
    found = of(desk, bank_id)
    if _stops(desk, found):
        _stop(desk, found)
    elif desk.actor.role is SYSTEM.role and _warns(desk, found):
        _warn(desk, found)
    else:
        return 0
    return 1


def follow(desk: Desk) -> None:
    """A payment moves its bank's rate in the same transaction."""
    for line in tuple(desk.lines):
        if line.act is Act.COMPENSATE and line.kind == Guarantee.__name__ and line.bank_id is not None:
            look_at(desk, line.bank_id)


def ask_lift(desk: Desk, stop: BankStop, why: str) -> None:
    """Ask for new letters to the bank again (申请恢复), with the reason; another person decides."""
    desk.session.refresh(stop, with_for_update=True)
    why = passage(why, "why")
    desk.take(Act.ASK_LIFT, stop, why=Private(why))
    stop.why, stop.proposed_by, stop.proposer, stop.proposed_at = why, desk.actor.id, desk.actor.name, desk.now
    _tell(desk, Act.ASK_LIFT, stop.bank_id, f"{stop.id}:{desk.now.isoformat()}", {"role": "chair"}, stop.id)


def lift(desk: Desk, stop: BankStop) -> None:
    """New letters go to the bank again (恢复新业务); the next payment beyond the line stops it anew. SamePerson."""
    _second(desk, stop, Act.LIFT_STOP)
    stop.decided_by, stop.decider, stop.decided_at = desk.actor.id, desk.actor.name, desk.now
    desk.take(Act.LIFT_STOP, stop)
    both: tuple[Mapping[str, object], ...] = ({"bank": stop.bank_id}, {"role": "officer"})
    for to in both:
        _tell(desk, Act.LIFT_STOP, stop.bank_id, f"{stop.id}", to, stop.id)


def keep(desk: Desk, stop: BankStop, answer: str) -> None:
    """It stays stopped (维持暂停), with the reason; it may be asked again."""
    _second(desk, stop, Act.KEEP_STOP)
    answer = passage(answer, "reason")
    desk.take(Act.KEEP_STOP, stop, reason=Private(answer))
    to = {"user": stop.proposed_by}
    stop.answer, stop.why, stop.proposed_by, stop.proposer, stop.proposed_at = answer, "", None, "", None
    _tell(desk, Act.KEEP_STOP, stop.bank_id, f"{stop.id}:{desk.now.isoformat()}", to, stop.id)


def _second(desk: Desk, stop: BankStop, act: Act) -> None:
    desk.session.refresh(stop, with_for_update=True)
    stop.flow.after(stop.state, act)
    if desk.actor.id == stop.proposed_by:
        raise SamePerson
    require(desk.actor, act, stop)


def _stop(desk: Desk, found: Standing) -> None:
    assert found.rate is not None  # noqa: S101  beyond a line there is one
    stop = desk.add(
        BankStop(
            bank_id=found.bank_id, rate=found.rate, line=found.lines.stop, compensated=found.compensated, ended=found.ended,
            since=desk.today, at=desk.now,
        )
    )  # fmt: skip
    desk.session.flush()
    desk.note(
        Act.STOP_BANK, stop, rate=found.rate, line=found.lines.stop, compensated=found.compensated, ended=found.ended
    )
    every: list[Mapping[str, object]] = [{"role": role} for role in ("officer", "chair", "leader")]
    for to in ({"bank": found.bank_id}, *every):
        _tell(desk, Act.STOP_BANK, found.bank_id, f"{stop.id}", to, stop.id)


def _anew(desk: Desk, bank_id: int) -> bool:
    """Something was paid since a stop was last lifted: what was lifted with a reason does not come back by itself."""
    lifted = desk.session.scalar(
        select(func.max(BankStop.decided_at)).where(BankStop.bank_id == bank_id, BankStop.state == StopState.LIFTED)
    )
    paid = select(GuaranteeEntry.id).where(
        GuaranteeEntry.bank_id == bank_id, GuaranteeEntry.kind == EntryKind.COMPENSATED
    )
    return lifted is None or desk.session.scalar(paid.where(GuaranteeEntry.at > lifted).limit(1)) is not None


def _stops(desk: Desk, found: Standing) -> bool:
    """Whether it is beyond the last line, nothing stops it yet, and something was paid since that was lifted."""
    beyond = level(found.rate, found.ended, found.lines) is Level.STOPPED
    return beyond and found.stop is None and _anew(desk, found.bank_id)


def _warns(desk: Desk, found: Standing) -> bool:
    """Whether it is near a line or past one, and no line of this month's journal says so: what was sent is not kept for a month."""
    first = datetime(desk.today.year, desk.today.month, 1, tzinfo=BEIJING)
    said = select(Entry.body).where(Entry.act == Act.WARN_BANK, Entry.subject_id == found.bank_id, Entry.at >= first)
    told = {body["facts"]["level"] for body in desk.session.scalars(said)}
    return found.level in (Level.NEAR, Level.COMMITTEE) and found.level.value not in told


def _warn(desk: Desk, found: Standing) -> None:
    bank = desk.session.get_one(Bank, found.bank_id)
    desk.note(Act.WARN_BANK, bank, level=found.level, rate=found.rate, compensated=found.compensated, ended=found.ended)
    every: list[Mapping[str, object]] = [{"role": role} for role in ("officer", "chair")]
    for to in (*every, {"bank": found.bank_id}):
        _tell(desk, Act.WARN_BANK, found.bank_id, f"{found.level}:{desk.today:%Y-%m}", to, found.bank_id)


def _tell(desk: Desk, act: Act, bank_id: int, which: str, to: Mapping[str, object], subject: int) -> None:
    key = "-".join(f"{name}={value}" for name, value in to.items())
    desk.later(
        "notice",
        f"{act.value}:{bank_id}:{key}:{which}",
        to=to,
        code=act.value,
        subject=subject,
        number=f"{desk.today:%Y-%m}",
    )


def _letter(desk: Desk, case: GuaranteeCase, offer: Offer) -> Iterator[Check]:
    """On the day of a letter: none to a bank that is stopped, and beyond the line none that two officers decided."""
    found = of(desk, offer.bank_id)
    if found.level not in (Level.COMMITTEE, Level.STOPPED):
        return
    by_two = desk.session.scalar(
        select(Resolution.id).where(Resolution.case_id == case.id, Resolution.meeting_id.is_(None)).limit(1)
    )
    bar = found.lines.stop if found.level is Level.STOPPED else found.lines.committee
    passed = found.level is Level.COMMITTEE and by_two is None
    source = found.source or parameters.figure("breaker_stop_ppm", desk.today).source
    yield Check(Ground.BREAKER, passed, _percent(found.stop.rate if found.stop else found.rate), _percent(bar), source)


def _not_small(desk: Desk, case: GuaranteeCase) -> bool:
    """A case whose bank is known and beyond the line is the committee's."""
    known = desk.session.scalars(select(Match.bank_id).where(Match.need_id == case.need_id).distinct())
    return any(of(desk, bank_id).level in (Level.COMMITTEE, Level.STOPPED) for bank_id in known)


def _percent(found: Rate | None) -> str:
    return f"{(found.ppm if found else 0) / 10_000:g} %"


checks.ASKED.append(_letter)
delegated.COMMITTEES.append(_not_small)
desks.CONSEQUENCES.append(follow)
