"""What people see of matching: the ways to the banks, who has read what, the bank's inbox, the officer's list."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import and_, func

from financing.access import FIRM, Role
from financing.acts import Act
from financing.cursor import after, cursor
from financing.desk import BEIJING, Desk
from financing.listed import Listed, listed
from financing.matching.model import Consent, ConsentRequest, Dossier, Match, Viewing
from financing.matching.rules import Consented, MatchState, Part, Reason, open_to_bank
from financing.matching.shown import last_day
from financing.money import Fen, Rate
from financing.needs.model import Need
from financing.needs.rules import NeedState, Purpose
from financing.parties import names
from financing.parties.model import Bank, Product
from scoring.dated import series

MATCHING = (NeedState.APPROVED, NeedState.CONDITIONAL, NeedState.LISTED, NeedState.OFFERED, NeedState.SETTLED)


@dataclass(frozen=True, slots=True)
class ConsentView:
    """One bank's present leave to read."""

    number: str
    scope: tuple[Part, ...]
    given: datetime
    until: datetime
    last_day: date


@dataclass(frozen=True, slots=True)
class Way:
    """One need's way to one bank."""

    id: int
    need_id: int
    bank: str
    product: str
    rate: Rate  # LPR of today and the product's spread
    months: tuple[int, int]
    fit: int
    reasons: tuple[Reason, ...]
    state: MatchState
    proposed_on: date
    sent_on: date | None
    due_on: date | None
    left: int | None
    whole: int | None
    consent: ConsentView | None
    acts: tuple[Act, ...]
    asked: ConsentRequest | None  # the bank's asking, with its officer and why


@dataclass(frozen=True, slots=True)
class Seen:
    """One reading of the firm's dossier (谁看过我)."""

    bank: str
    person: str
    role: Role
    printed: bool
    copy: int | None
    at: datetime
    number: str
    consent: str
    purpose: Consented | None  # of the consent read under, and until when it held or holds; None for the zone's own
    until: date | None


@dataclass(frozen=True, slots=True)
class Received:
    """One dossier in a bank's inbox."""

    id: int
    dossier_id: int
    number: str
    firm: str
    purpose: Purpose
    amount: Fen
    months: int
    grade: str
    fit: int
    state: MatchState
    sent_on: date
    due_on: date
    left: int
    whole: int


@dataclass(frozen=True, slots=True)
class Matching:
    """One need among those on their way to banks, with how many banks stand where."""

    id: int
    number: str
    firm: str
    amount: Fen
    months: int
    state: NeedState
    counts: dict[MatchState, int] = field(default_factory=dict)

    def reached(self, *states: MatchState) -> int:
        return sum(self.counts.get(state, 0) for state in states)


def ways(desk: Desk, *needs: int) -> list[Way]:
    """Every proposed bank of these needs, the best fit first."""
    m, p = Match, Product
    query = desk.select(m).add_columns(Bank.name, p.name, p.spread, p.shortest, p.longest)
    rows = desk.session.execute(
        query.join(Bank, Bank.id == m.bank_id)
        .join(p, p.id == m.product_id)
        .where(m.need_id.in_(needs))
        .order_by(m.fit.desc(), Bank.name)
    )
    asked = {row.match_id: row for row in desk.all(ConsentRequest, ConsentRequest.need_id.in_(needs))}
    consents, lpr = _consents(desk, needs), series("lpr").on(desk.today)["one_year"]
    return [
        _way(
            desk,
            match,
            bank,
            product,
            Rate(lpr + spread.ppm),
            (shortest, longest),
            consents.get((match.need_id, match.bank_id)),
            asked.get(match.id),
        )
        for match, bank, product, spread, shortest, longest in rows
    ]


def _way(
    desk: Desk,
    match: Match,
    bank: str,
    product: str,
    rate: Rate,
    months: tuple[int, int],
    consent: ConsentView | None,
    asked: ConsentRequest | None,
) -> Way:
    return Way(
        id=match.id,
        need_id=match.need_id,
        bank=bank,
        product=product,
        rate=rate,
        months=months,
        fit=match.fit,
        reasons=tuple(Reason(code) for code in match.reasons),
        state=match.state,
        proposed_on=match.proposed_on,
        sent_on=match.sent_on,
        due_on=match.due_on,
        left=desk.calendar.left(desk.today, match.due_on) if match.due_on else None,
        whole=desk.calendar.left(match.sent_on, match.due_on) if match.due_on and match.sent_on else None,
        consent=consent,
        acts=_acts(desk, match, consent),
        asked=asked,
    )


def _acts(desk: Desk, match: Match, consent: ConsentView | None) -> tuple[Act, ...]:
    """Grant or withdraw, as the consent stands; a renewal only while the bank is still in play."""
    wanted = Act.WITHDRAW_CONSENT if consent else Act.GRANT_CONSENT
    return (wanted,) if wanted in desk.acts(match) else ()


def _consents(desk: Desk, needs: tuple[int, ...]) -> dict[tuple[int, int], ConsentView]:
    """The effective consents by need and bank."""
    open_now = (Consent.withdrawn_at.is_(None), Consent.valid_from <= desk.now, Consent.valid_until > desk.now)
    found = desk.all(Consent, Consent.need_id.in_(needs), *open_now)
    return {(consent.need_id, consent.bank_id): consent_view(consent) for consent in found}


def consent_view(consent: Consent) -> ConsentView:
    scope = tuple(part for part in Part if open_to_bank(consent.scope, part))
    until = consent.valid_until
    return ConsentView(consent.number, scope, consent.valid_from, until, last_day(until, BEIJING))


def ledger(desk: Desk, need_id: int | None = None, *, limit: int = 100) -> list[Seen]:
    """Who has read the dossier, the latest first; the firm's own people are not listed."""
    v = Viewing
    query = desk.select(v).add_columns(Bank.name, Dossier.number, Consent).join(Dossier, Dossier.id == v.dossier_id)
    query = query.outerjoin(Bank, Bank.id == v.bank_id).outerjoin(Consent, Consent.id == v.consent_id)
    if need_id is not None:
        query = query.where(Dossier.need_id == need_id)
    rows = desk.session.execute(query.where(v.role.not_in(FIRM)).order_by(v.at.desc(), v.id).limit(limit))
    return [
        Seen(bank or "", seen.user_name, seen.role, seen.printed, seen.copy_number, seen.at, number, *_leave(consent))
        for seen, bank, number, consent in rows
    ]


def _leave(consent: Consent | None) -> tuple[str, Consented | None, date | None]:
    """Number, purpose and last day of the consent a reading rested on; one taken back ended that day."""
    if consent is None:
        return "", None, None
    ended = min(consent.valid_until, consent.withdrawn_at or consent.valid_until)
    return consent.number, consent.purpose, last_day(ended, BEIJING)


def inbox(desk: Desk, states: tuple[MatchState, ...], *, page: int = 1, size: int = 20) -> Listed[Received]:
    """A page of the dossiers that this bank may read now, those to answer soonest first."""
    query = _received(desk).where(Match.state.in_(states)).order_by(Match.due_on, Match.fit.desc(), Match.id)
    return listed(desk, query, page, partial(_line, desk), size)


def received_after(desk: Desk, place: str, most: int) -> tuple[list[Received], str | None]:
    """The dossiers behind a place, in the order in which they were sent, and the place of the last one while there are more."""
    query = after(_received(desk), Match.sent_on, Match.id, place)
    rows = [_line(desk, *row) for row in desk.session.execute(query.limit(most + 1))]
    last = rows[most - 1] if len(rows) > most else None
    return rows[:most], cursor(last.sent_on, last.id) if last else None


def received(desk: Desk, match_id: int) -> Received | None:
    """One of them."""
    row = desk.session.execute(_received(desk).where(Match.id == match_id)).one_or_none()
    return _line(desk, *row) if row else None


def _received(desk: Desk) -> Any:
    """Match, dossier and the scope of the consent under which both are seen."""
    effective = and_(
        Consent.need_id == Match.need_id,
        Consent.bank_id == Match.bank_id,
        Consent.withdrawn_at.is_(None),
        Consent.valid_from <= desk.now,
        Consent.valid_until > desk.now,
    )
    m, d = Match, Dossier
    columns = (
        m.id,
        m.fit,
        m.state,
        m.sent_on,
        m.due_on,
        d.id,
        d.number,
        d.firm_name,
        d.purpose,
        d.amount,
        d.months,
        d.grade,
    )
    query = desk.select(m, *columns, Consent.scope)
    return query.join(d, d.need_id == m.need_id).join(Consent, effective)


def _line(
    desk: Desk, key: int, fit: int, state: MatchState, sent: date | None, due: date | None, dossier: int, number: str,
    firm: str, purpose: Purpose, amount: Fen, months: int, grade: str, scope: list[str],
) -> Received:  # fmt: skip
    """One line as it was frozen; the grade only under a consent that covers it."""
    sent, due = sent or desk.today, due or desk.today
    return Received(
        id=key, dossier_id=dossier, number=number, firm=firm, purpose=purpose, amount=amount, months=months,
        grade=grade if open_to_bank(scope, Part.SCORE) else "", fit=fit, state=state, sent_on=sent, due_on=due,
        left=desk.calendar.left(desk.today, due), whole=desk.calendar.left(sent, due),
    )  # fmt: skip


def needs(desk: Desk, states: tuple[NeedState, ...], *, page: int = 1, size: int = 20) -> Listed[Matching]:
    """A page of needs that look for a bank, the oldest first, with where their banks stand."""
    n = Need
    query = desk.select(n, n.id, n.number, names.of_firm(n.firm_id), n.amount, n.months, n.state)
    wanted = query.where(n.state.in_(states)).order_by(n.submitted_on, n.number)
    found = listed(desk, wanted, page, Matching, size)
    counts = _counts(desk, [row.id for row in found.rows])
    return replace(found, rows=tuple(replace(row, counts=counts.get(row.id, {})) for row in found.rows))


def _counts(desk: Desk, keys: list[int]) -> dict[int, dict[MatchState, int]]:
    query = desk.select(Match).with_only_columns(Match.need_id, Match.state, func.count())
    counts: dict[int, dict[MatchState, int]] = {}
    for key, state, count in desk.session.execute(
        query.where(Match.need_id.in_(keys)).group_by(Match.need_id, Match.state)
    ):
        counts.setdefault(key, {})[state] = count
    return counts
