"""Who is behind the firm, and what two officers found there (股权与尽调), as a dossier shows it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from financing.desk import Desk
from financing.diligence import service as diligence
from financing.diligence.affordability import MILLION, Affordability
from financing.diligence.model import Survey
from financing.diligence.rules import Result, every_check
from financing.guarantees.model import GuaranteeCase
from financing.matching.fitting import SENTENCE, SHORT, fitted, within
from financing.matching.snapshot import Absent, Checked, Owner, Related, Snapshot, Source, Stress, Visit
from financing.needs.model import Need
from financing.parties.model import Relation
from financing.parties.rules import RelationKind, RelationSource

NOT_VISITED = Absent(
    why="没有两位经办都签署的尽职调查。", english="There is no due diligence that two officers have signed."
)
SOURCES = {
    RelationSource.REGISTRY: Source.REGISTRY,
    RelationSource.DECLARED: Source.DECLARED,
    RelationSource.AUDIT: Source.DOCUMENT,
    RelationSource.ON_SITE: Source.SITE,
}
TIES = {
    RelationKind.CONTROLLER: "实际控制人",
    RelationKind.OFFICER: "董事、监事或高级管理人员",
    RelationKind.FAMILY: "实际控制人近亲属",
    RelationKind.GUARANTOR: "为企业债务担保",
}
ORDER = tuple(TIES)
#: The cases of strain a dossier has room for, by their keys, as things stand first.
STRAINS = ("as_is", "sales_20", "rate_100", "late_30", "all")
LONGEST = 10**9  # a cover that is larger says nothing more


def relations(desk: Desk, firm_id: int) -> tuple[tuple[Owner, ...], tuple[Related, ...]]:
    """Shareholders, the largest first, and the other ties in force today; a controller who holds no share stands among the latter."""
    known = [row for row in desk.all(Relation, Relation.firm_id == firm_id, by=Relation.id)
             if row.since <= desk.today and (row.until is None or desk.today < row.until)]  # fmt: skip
    controls = {row.name for row in known if row.kind is RelationKind.CONTROLLER}
    holders = sorted((row for row in known if row.share), key=lambda row: (-_ppm(row), row.name))
    held = {row.name for row in holders}
    ties = (row for row in known if row.kind in TIES and not (row.kind is RelationKind.CONTROLLER and row.name in held))
    others = sorted(ties, key=lambda row: (ORDER.index(row.kind), row.name))
    owners = (Owner(name=fitted(row.name), share=_ppm(row), controller=row.name in controls, source=SOURCES[row.source], on=row.since)
              for row in holders)  # fmt: skip
    return within(Snapshot, "owners", owners), within(Snapshot, "related", map(_related, others))


def _ppm(row: Relation) -> int:
    return row.share.ppm if row.share else 0


def _related(row: Relation) -> Related:
    """A relative who is not party to anything is told by the family name alone."""
    name = f"{row.name[:1]}某" if row.kind is RelationKind.FAMILY and row.other_id is None else row.name
    return Related(name=fitted(name), relation=TIES[row.kind], source=SOURCES[row.source], on=row.since)


def visit(desk: Desk, need: Need, case: GuaranteeCase | None) -> Visit | Absent:
    """The survey the case was opened on, or the newest complete one, and what it found."""
    survey = desk.find(Survey, Survey.id == case.survey_id) if case else None
    survey = survey or diligence.complete(desk, need.id)
    if survey is None or survey.second_advice is None:
        return NOT_VISITED
    found = afforded(case)
    return Visit(
        on=survey.visited_on,
        advice=(survey.advice, survey.second_advice),
        checks=within(Visit, "checks", _checked(survey)),
        basis=found.cash.basis if found else None,
        basis_on=found.cash.as_of if found else None,
        least=_times(found.least_ppm) if found else None,
        others_known=found is not None and found.other is not None,
    )


def _checked(survey: Survey) -> Iterable[Checked]:
    """Every check in its order; what was seen is told where it gave cause for doubt."""
    words = {check.key: check for check in every_check()}
    for row in survey.found:
        check, result = words[row["key"]], Result(row["result"])
        seen = fitted(row["value"], SHORT) if result is Result.DOUBTFUL else None
        yield Checked(
            says=fitted(check.says, SHORT), english=fitted(check.english, SENTENCE), result=result, seen=seen, on=date.fromisoformat(row["on"]),
        )  # fmt: skip


def afforded(case: GuaranteeCase | None) -> Affordability | None:
    """What the loan asks of the firm, as it was sealed with the case."""
    return Affordability.from_json(case.affordability) if case and case.affordability else None


def strains(found: Affordability) -> tuple[Stress, ...]:
    """How often cash covers what falls due in the worst year of the loan, in each case there is room for."""
    cases = {outcome.case.key: outcome for outcome in found.outcomes}
    chosen = [cases[key] for key in STRAINS if key in cases] or list(found.outcomes[: len(STRAINS)])
    return tuple(
        Stress(says=fitted(one.case.says), english=fitted(one.case.english, SENTENCE), cover=_times(one.dscr))
        for one in chosen
        if one.dscr is not None
    )


def _times(ppm: int) -> str:
    return f"{min(LONGEST, max(-LONGEST, Decimal(ppm) / MILLION)):.2f}"
