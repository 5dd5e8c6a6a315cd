"""Freeze a dossier (封存档案): what is known on the day it first goes out, whole, with one digest, never changed again."""

from __future__ import annotations

from datetime import date

from financing.credit import register
from financing.credit.books import statements
from financing.desk import BEIJING, Desk
from financing.matching import freeze_books, freeze_firm, freeze_score, freeze_terms, freeze_visit, shelf
from financing.matching.model import Consent, Dossier
from financing.matching.shown import last_day, said
from financing.matching.snapshot import Asked, Snapshot, Zone
from financing.matching.snapshot import Consent as Shown
from financing.needs.model import Need
from financing.numbers import Series, take_number
from financing.parties.model import Firm


def frozen(desk: Desk, need: Need, consent: Consent, due: date, zone: Zone) -> Dossier:
    """The dossier of a need as it stands now."""
    firm, number = desk.get(Firm, need.firm_id), take_number(desk.session, Series.DOSSIER, desk.today.year)
    content = snapshot(desk, need, consent, due, number=number, zone=zone)
    return desk.add(
        Dossier(
            number=number,
            need_id=need.id,
            firm_id=need.firm_id,
            snapshot=content.canonical().decode(),
            digest=content.digest(),
            frozen_at=desk.now,
            firm_name=firm.name,
            amount=need.amount,
            line=shelf.guaranteed_line(shelf.case(desk, need), need),
            months=need.months,
            purpose=need.purpose,
            grade=shelf.latest(desk, need).grade,
            contact=firm.contact,
            phone=firm.phone,
        )
    )


def snapshot(desk: Desk, need: Need, consent: Consent, due: date, *, number: str, zone: Zone) -> Snapshot:
    """Everything a bank could be shown, gathered from firm, papers, score and resolution."""
    firm, assessment = desk.get(Firm, need.firm_id), shelf.latest(desk, need)
    sheet, years = freeze_score.sheet(assessment), statements(desk, firm)
    business = freeze_books.business(desk, firm.id, assessment)
    rules = register.by_digest(desk, assessment.card, assessment.digest)
    case, (owners, related) = shelf.case(desk, need), freeze_visit.relations(desk, firm.id)
    return Snapshot(
        number=number,
        frozen=desk.now,
        zone=zone,
        need=freeze_firm.need(need),
        firm=freeze_firm.firm(firm, freeze_books.capital(desk, firm.id, years)),
        owners=owners,
        related=related,
        business=business,
        statements=freeze_books.stated(desk, firm.id, years),
        score=freeze_score.score(assessment, rules, assessment.assessed_at.astimezone(BEIJING).date()),
        strengths=freeze_score.strengths(sheet),
        risks=freeze_score.risks(sheet),
        guarantee=freeze_terms.guarantee(desk, need),
        visit=freeze_visit.visit(desk, need, case),
        plan=freeze_terms.plan(need, business, years, desk.today, freeze_visit.afforded(case)),
        open_items=freeze_score.open_items(sheet),
        papers=freeze_firm.filed(desk, firm.id),
        consent=_first(consent),
        asked=Asked(by=due, working_days=desk.calendar.left(desk.today, due)),
    )


def _first(consent: Consent) -> Shown:
    """The consent under which the dossier first went out; every bank's copy carries its own."""
    given, until = consent.valid_from.astimezone(BEIJING).date(), last_day(consent.valid_until, BEIJING)
    return Shown(number=consent.number, scope=said(consent.scope), given=given, until=until)
