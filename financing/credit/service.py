"""Scoring a need: facts from what is on file, the card in force, a sheet that never changes."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from financing.acts import Act
from financing.case_refusals import NoFacts
from financing.credit import books, flags, register
from financing.credit.model import Assessment
from financing.credit.rules import CardName
from financing.desk import Desk
from financing.money import Fen
from financing.needs import service as needs
from financing.needs.model import Need
from financing.papers import service as papers
from financing.papers.rules import PaperKind
from financing.parties.model import Firm
from financing.parties.stated import Known, stated
from scoring.changes import Case
from scoring.facts import FACTS, Source
from scoring.sheet import Origin, Sheet, sheet


def facts(desk: Desk, firm: Firm) -> dict[str, Known]:
    """Everything known of a firm by the name of the fact; what is computed outranks what anybody wrote down."""
    years, frame = books.statements(desk, firm), books.invoice_frame(desk, firm)
    computed = books.from_invoices(frame, books.covered_until(desk, firm)) | books.from_statements(years)
    known = stated(firm) | computed | books.gap(frame, years)
    known["years_in_business"] = Known(books.full_years(firm.founded_on, desk.today), Source.REGISTRY, desk.today)
    return known


def assess(desk: Desk, need: Need) -> Assessment:
    """Score a need (评分) by the card in force on the day it was handed in; a later score is a new row.

    With statements on file the full card counts, else that of invoices; NoFacts when there is neither.
    """
    firm = desk.get(Firm, need.firm_id)
    known = facts(desk, firm)
    used = register.in_force(desk, _card(papers.kinds(desk, firm.id)), need.submitted_on or desk.today)
    found = sheet(used, _values(known), industry=firm.industry, dated=_origins(known), on=desk.today)
    desk.take(
        Act.ASSESS_NEED,
        need,
        card=found.card,
        since=found.since,
        digest=found.digest,
        total=found.total,
        grade=found.grade,
    )
    assessment = desk.add(
        Assessment(
            need_id=need.id, firm_id=need.firm_id, card=found.card, since=found.since, digest=found.digest,
            facts={name: fact.as_json() for name, fact in sorted(known.items())}, sheet=found.as_json(), total=found.total,
            grade=found.grade, ceiling=Fen(found.ceiling_fen), qualified=found.qualified, insufficient=found.insufficient,
            vetoed=found.vetoed, assessed_at=desk.now, assessed_by=desk.actor.id,
        )
    )  # fmt: skip
    desk.session.flush()
    needs.scored(desk, need)
    flags.note(desk, need, known)
    return assessment


def recompute(desk: Desk, assessment: Assessment) -> Sheet:
    """The sheet again from the stored facts under the very card it was made with (I-15); equal to the stored one, always."""
    version = register.by_digest(desk, assessment.card, assessment.digest)
    stored, known = Sheet.from_json(assessment.sheet), recalled(assessment)
    if stored.on is None:  # made before ages and trades were looked at
        return sheet(version, _values(known))
    return sheet(version, _values(known), industry=stored.industry, dated=_origins(known), on=stored.on)


def case_of(desk: Desk, assessment: Assessment) -> Case:
    """What stood on file when the score was made, for advice on how to do better."""
    known, stored = recalled(assessment), Sheet.from_json(assessment.sheet)
    rules = register.by_digest(desk, assessment.card, assessment.digest)
    return Case(rules, _values(known), stored.industry or None, _origins(known), stored.on)


def recalled(assessment: Assessment) -> dict[str, Known]:
    """The facts as they were when the score was made."""
    return {name: Known.from_json(FACTS[name], plain) for name, plain in assessment.facts.items()}


def _card(on_file: Collection[PaperKind]) -> CardName:
    """Which card fits what the firm has handed in."""
    if PaperKind.STATEMENTS in on_file:
        return CardName.CREDIT
    if PaperKind.INVOICES in on_file:
        return CardName.INVOICES
    raise NoFacts


def _values(known: Mapping[str, Known]) -> dict[str, object]:
    return {name: fact.value for name, fact in known.items()}


def _origins(known: Mapping[str, Known]) -> dict[str, Origin]:
    return {name: (fact.source, fact.as_of) for name, fact in known.items()}
