"""Related parties (关联方): entering and ending relations, keeping groups and their limits, what binds a firm to the guarantor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import or_, select

from financing import parameters
from financing.access import require
from financing.acts import Act
from financing.case_refusals import NoDuty, NoGuarantor, RelationKnown, ToItself
from financing.desk import Desk
from financing.guarantees import documents, interests, limits
from financing.guarantees.documents import Filed
from financing.guarantees.model import GuaranteeCase
from financing.journal import Private
from financing.money import Rate
from financing.parties import groups
from financing.parties.groups import GUARANTOR, Link, Party
from financing.parties.identity import line
from financing.parties.model import Firm, Guarantor, Relation
from financing.parties.rules import RelationKind, RelationSource
from financing.refusals import Incomplete, OutOfRange


def enter(
    desk: Desk, firm: Firm | None, *, kind: RelationKind, name: str, mark: str = "", share: Rate | None = None, since: date,
    source: RelationSource,
) -> Relation:  # fmt: skip
    """Enter a relation of a firm, or of the guarantor where `firm` is None (登记关联关系); groups and limits follow at once.

    `mark` is the credit code of a company, or what tells persons of one name apart; a code of a firm of the zone binds to
    that firm. NotText, Incomplete or OutOfRange for a share, ToItself, RelationKnown, NoGuarantor.
    """
    require(desk.actor, Act.ADD_RELATION, firm)
    name, mark = line(name, "party"), line(mark, "mark", 40).upper() if mark.strip() else ""
    _shares(kind, share)
    if since > desk.today:
        raise OutOfRange(field="since", least=date(1949, 10, 1), most=desk.today)
    guarantor = desk.find(Guarantor)
    if guarantor is None and firm is None:
        raise NoGuarantor
    other = desk.find(Firm, Firm.code == mark) if mark else None
    if firm is not None and other is not None and other.id == firm.id:
        raise ToItself
    if guarantor is not None:
        limits.hold(desk, guarantor)
    interests.hold(desk)
    relation = Relation(
        firm_id=firm.id if firm else None, kind=kind, other_id=other.id if other else None, name=other.name if other else name,
        mark=mark, share=share if kind is RelationKind.SHAREHOLDER else None, since=since, source=source, entered_at=desk.now,
        entered_by=desk.actor.id,
    )  # fmt: skip
    return _entered(desk, relation)


def _entered(desk: Desk, relation: Relation) -> Relation:
    """Put a relation on record once, and bring the groups up to it."""
    if any(_same(relation, one) for one in in_force(desk)):
        raise RelationKnown
    desk.add(relation)
    desk.session.flush()
    who = Private(f"{relation.name} {relation.mark}")
    facts = {"kind": relation.kind, "other": relation.other_id, "share": relation.share, "source": relation.source}
    desk.note(Act.ADD_RELATION, relation, name=who, **facts)
    regroup(desk)
    return relation


def end(desk: Desk, relation: Relation) -> None:
    """A relation holds no more (终止关联关系): it stays on record, groups and limits follow at once."""
    guarantor = desk.find(Guarantor)
    if guarantor is not None:
        limits.hold(desk, guarantor)
    desk.note(Act.END_RELATION, relation, kind=relation.kind)
    if relation.until is None:
        relation.until, relation.ended_by = desk.today, desk.actor.id
        desk.session.flush()
        regroup(desk)


def regroup(desk: Desk) -> None:
    """Bring every firm's group to what the relations in force say; what a firm takes up goes along (limits.regroup)."""
    found = groups.groups(links(desk), least_share(desk))
    touched = select(Firm).where(or_(Firm.group_id.is_not(None), Firm.id.in_(found))).order_by(Firm.id)
    for firm in desk.session.scalars(touched.execution_options(populate_existing=True)).all():
        if firm.group_id != found.get(firm.id):
            limits.regroup(desk, firm, found.get(firm.id))


def links(desk: Desk) -> list[Link]:
    """Every relation in force as the pure rules take it."""
    return linked(desk, in_force(desk))


def linked(desk: Desk, rows: Sequence[Relation]) -> list[Link]:
    """Relations as the pure rules take them.

    A credit code means the firm of the zone that has it by now, the guarantor's own name means the guarantor.
    """
    name = desk.session.scalar(select(Guarantor.name))
    marks = {row.mark for row in rows if row.mark and row.other_id is None}
    found = desk.session.execute(select(Firm.code, Firm.id).where(Firm.code.in_(marks)))
    codes = {row.code: row.id for row in found}

    def other(row: Relation) -> Party:
        return GUARANTOR if row.name == name else row.other_id or codes.get(row.mark) or (row.name, row.mark)

    return [Link(row.firm_id or GUARANTOR, other(row), row.kind, row.share) for row in rows]


def in_force(desk: Desk) -> Sequence[Relation]:
    return desk.session.scalars(select(Relation).where(Relation.until.is_(None)).order_by(Relation.id)).all()


def least_share(desk: Desk) -> Rate:
    """From which share on a shareholder makes related parties."""
    return Rate(parameters.figure("related_share_ppm", desk.today).value)


def controls_guarantor(desk: Desk, firm: Firm) -> bool:
    control = Rate(parameters.figure("control_share_ppm", desk.today).value)
    return groups.controls_guarantor(links(desk), firm.id, control)


def related_to_guarantor(desk: Desk, firm: Firm) -> bool:
    return groups.related_to_guarantor(links(desk), firm.id, least_share(desk))


def owe_report(desk: Desk, case: GuaranteeCase) -> None:
    """A case in favour of a related party of the guarantor: its report to the regulator falls due, and officers are told."""
    if not related_to_guarantor(desk, desk.session.get_one(Firm, case.firm_id)):
        return
    days = parameters.figure("related_report_days", desk.today).value
    case.report_by = desk.today + timedelta(days=days)
    told = {"to": {"role": "officer"}, "code": Act.REPORT_CASE.value, "subject": case.id, "number": case.number}
    desk.later("notice", f"{Act.REPORT_CASE}:{case.id}", **told)


def report(desk: Desk, case: GuaranteeCase, filed: Filed) -> None:
    """The related guarantee has been reported to the regulator, with the proof (报告监管); NoDuty when none is owed."""
    require(desk.actor, Act.REPORT_CASE, case)
    if case.report_by is None or case.reported_on is not None:
        raise NoDuty
    document = documents.add(desk, filed, subject_id=case.id, firm_id=case.firm_id)
    case.reported_on = desk.today
    desk.note(Act.REPORT_CASE, case, document=document.id, due=case.report_by)


def _shares(kind: RelationKind, share: Rate | None) -> None:
    if kind is not RelationKind.SHAREHOLDER:
        return
    if share is None:
        raise Incomplete(papers=("holding",))
    if not Rate(0) < share <= Rate.percent(100):
        raise OutOfRange(field="holding", least=Rate(1), most=Rate.percent(100))


def _same(one: Relation, other: Relation) -> bool:
    def key(row: Relation) -> tuple[object, ...]:
        return row.firm_id, row.kind, row.other_id or (row.name, row.mark)

    return key(one) == key(other)
