"""Computed recusal (推定回避, F12): ties follow from declarations and relations, whoever changed them and on whatever page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import or_, select

from financing import desk as desks
from financing.access import SYSTEM
from financing.acts import Act
from financing.case_refusals import Tied
from financing.desk import Desk
from financing.diligence.model import Survey
from financing.guarantees import interests, rounds, tally, ties
from financing.guarantees.interest_rules import Evidence, Ground, Party, Stand, derive, namesakes
from financing.guarantees.model import GuaranteeCase, Meeting, Seat, Tie
from financing.guarantees.rules import CaseState
from financing.guarantees.sessions import hold
from financing.needs.model import Need
from financing.parties.model import Firm, Guarantor, Relation
from financing.parties.rules import RelationKind

#: Acts after which a tie may stand that did not stand before.
CAUSES = frozenset(
    {Act.TABLE_CASE, Act.DECLARE_INTERESTS, Act.ADD_RELATION, Act.EDIT_FIRM, Act.DRAW_EXPERTS, Act.OPEN_MEETING}
)


def recuse(desk: Desk) -> None:
    """Derive the ties of every case on an agenda once something has changed that they follow from."""
    if not any(line.act in CAUSES for line in desk.lines):
        return
    desk.session.flush()
    query = select(GuaranteeCase).where(GuaranteeCase.state == CaseState.ON_AGENDA).order_by(GuaranteeCase.id)
    for case in desk.session.scalars(query).all():
        _recuse(desk, case)


def _recuse(desk: Desk, case: GuaranteeCase) -> None:
    found = [(seat, evidence) for seat in _untied(desk, case) if (evidence := evidence_of(desk, case, seat.user_id))]
    if not found:
        return
    hold(desk, case)
    platform = Desk(desk.session, SYSTEM, desk.now, desk.clue, desk.lines)  # nobody's own act: facts say so
    for seat, evidence in found:
        if case.state is CaseState.ON_AGENDA and seat.user_id in {one.user_id for one in _untied(desk, case)}:
            _bind(platform, case, seat, evidence)


def _bind(platform: Desk, case: GuaranteeCase, seat: Seat, evidence: Sequence[Evidence]) -> None:
    grounds = sorted({one.ground.value for one in evidence})
    platform.take(Act.DERIVE_TIE, case, member=seat.user_id, grounds=grounds)
    kept = [one.as_json() for one in evidence]
    ties.bind(platform, case, Tie(case_id=case.id, user_id=seat.user_id, reason="", at=platform.now, evidence=kept))
    number = platform.session.get_one(Meeting, seat.meeting_id).number
    told = {"to": {"user": seat.user_id}, "code": Act.DERIVE_TIE.value, "subject": seat.meeting_id, "number": number}
    platform.later("notice", f"tied:{case.id}:{seat.user_id}", **told)
    rounds.close_when_all_have_voted(platform, case, Act.DERIVE_TIE)


def _untied(desk: Desk, case: GuaranteeCase) -> list[Seat]:
    sat = tally.sitting(desk, case)
    tied = {tie.user_id for tie in sat.ties}
    return [seat for seat in sat.seats if seat.user_id not in tied]


def need_untied(desk: Desk, case: GuaranteeCase) -> None:
    """Tied when facts say so at this very moment, even before anybody has written it down."""
    if evidence_of(desk, case, desk.actor.id):
        raise Tied


def need_impartial(desk: Desk, case: GuaranteeCase) -> None:
    """Whoever decides outside a sitting has declared for the year and has no tie; having prepared the case is no tie here.

    NotDeclared, Tied.
    """
    interests.need_declared(desk)
    person, declared = interests.standing(desk, desk.actor.id)
    if derive(person, declared, parties(desk, case), interests.employed_since(desk)):
        raise Tied


def evidence_of(desk: Desk, case: GuaranteeCase, user: int) -> tuple[Evidence, ...]:
    """Why a member is tied to a case as things stand; nothing when they are not."""
    member, declared = interests.standing(desk, user)
    found = derive(member, declared, parties(desk, case), interests.employed_since(desk))
    prepared = Evidence(Ground.PREPARER, Stand.CASE, member.name, case.number)
    return (*found, prepared) if user in preparers(desk, case) else found


def preparers(desk: Desk, case: GuaranteeCase) -> frozenset[int]:
    """Who brought the case or gave an opinion on it: they never vote on it (I-07)."""
    survey = desk.session.get(Survey, case.survey_id) if case.survey_id else None
    both = (survey.officer_id, survey.second_id) if survey else ()
    return frozenset(one for one in (case.officer_id, *both) if one is not None)


def hints(desk: Desk, case: GuaranteeCase) -> tuple[tuple[str, Party], ...]:
    """Members of the sitting who have a namesake on the side of the case: the chair looks, and may set them aside."""
    around = parties(desk, case)
    people = ((seat.name, interests.standing(desk, seat.user_id)[0]) for seat in _untied(desk, case))
    return tuple((name, party) for name, person in people for party in namesakes(person, around))


def parties(desk: Desk, case: GuaranteeCase | Need) -> tuple[Party, ...]:
    """The firm of a case or a need, the firms of its group, and everybody who stands in a relation to one of them in force."""
    firm = desk.session.get_one(Firm, case.firm_id)
    same = Firm.group_id == firm.group_id if firm.group_id is not None else Firm.id == firm.id
    firms = {one.id: one for one in desk.session.scalars(select(Firm).where(same).order_by(Firm.id))}
    return (*_firms(firm, firms), *_related(desk, firms))


def _firms(firm: Firm, firms: dict[int, Firm]) -> Iterator[Party]:
    for one in firms.values():
        yield Party(one.name, one.code, Stand.FIRM if one.id == firm.id else Stand.GROUP, firm.name)
        yield Party(one.representative, "", Stand.OFFICER, one.name)


def _related(desk: Desk, firms: dict[int, Firm]) -> Iterator[Party]:
    about = or_(Relation.firm_id.in_(firms), Relation.other_id.in_(firms), Relation.mark.in_(_codes(firms)))
    ours = desk.session.scalar(select(Guarantor.name))
    codes = {one.code: one for one in firms.values()}
    for row in desk.session.scalars(select(Relation).where(Relation.until.is_(None), about).order_by(Relation.id)):
        if row.firm_id in firms and row.name != ours:
            other = desk.session.get(Firm, row.other_id) if row.other_id else None
            yield Party(row.name, other.code if other else row.mark, stands(row.kind), firms[row.firm_id].name, row.id)
        subject = desk.session.get(Firm, row.firm_id) if row.firm_id else None
        held = firms.get(row.other_id or 0) or codes.get(row.mark)
        if subject is not None and held is not None:
            yield Party(subject.name, subject.code, Stand.HELD, held.name, row.id)


def _codes(firms: dict[int, Firm]) -> list[str]:
    return [one.code for one in firms.values()]


def stands(kind: RelationKind) -> Stand:
    return Stand(kind.value)


desks.CONSEQUENCES.append(recuse)
