"""Papers of a sitting: minutes and resolutions, and who of the committee reads them (F15, I-06)."""

from __future__ import annotations

import pytest

from financing.access import SYSTEM, Role
from financing.guarantees import meetings
from financing.guarantees.model import Meeting, Resolution
from financing.letters import checking, papers
from financing.letters.paper_model import IssuedPaper
from financing.letters.rules import LetterKind
from financing.refusals import NotAllowed, NotFound
from tests.financing.guarantees.conftest import zone
from tests.makers import a_user, at, writing

__all__ = ["zone"]


def standing(database, *given):
    with at(database, SYSTEM, write=False) as desk:
        return checking.standing(desk, *given)


def closed_sitting(zone, *cases):
    meeting = zone.meeting(*cases)
    for case in cases:
        for user in zone.everybody:
            zone.votes(case, user)
        zone.seals(case)
    with at(zone.database, zone.chair.actor) as desk:
        meetings.close_meeting(desk, desk.get(Meeting, meeting.id))
    return meeting


def writes_minutes(zone, meeting):
    with at(zone.database, zone.officer.actor) as desk:
        return papers.minutes(desk, desk.get(Meeting, meeting.id))


def reads(zone, actor):
    with at(zone.database, actor, write=False) as desk:
        return [one.id for one in desk.all(IssuedPaper)]


def test_minutes_hold_every_resolution_of_the_sitting(zone):
    case = zone.case()
    meeting = closed_sitting(zone, case)
    with pytest.raises(NotAllowed), at(zone.database, zone.chair.actor) as desk:
        papers.minutes(desk, desk.get(Meeting, meeting.id))
    paper = writes_minutes(zone, meeting)
    (sealed,) = resolutions(zone, case)
    assert [one["digest"] for one in paper.record["resolutions"]] == [sealed.digest]
    assert paper.record["resolutions"][0]["ballots"] == sealed.record["ballots"]
    assert len(paper.record["seats"]) == 5


def resolutions(zone, case):
    with writing(zone.database) as session:
        return list(session.query(Resolution).filter_by(case_id=case.id))


def test_I06_minutes_are_read_by_who_sat_and_is_tied_to_nothing_they_tell_of(zone):
    plain, own = zone.case(), zone.case()
    meeting = zone.meeting(plain, own)
    tied, free = zone.members[0], zone.members[1]
    zone.steps_aside(own, tied)
    for case in (plain, own):
        for user in zone.everybody:
            if (case, user) != (own, tied):
                zone.votes(case, user)
        zone.seals(case)
    with at(zone.database, zone.chair.actor) as desk:
        meetings.close_meeting(desk, desk.get(Meeting, meeting.id))
    paper = writes_minutes(zone, meeting)
    with writing(zone.database) as session:
        absent, other_chair = a_user(session, Role.MEMBER), a_user(session, Role.CHAIR)
    assert [reads(zone, user.actor) for user in (free, zone.chair)] == [[paper.id]] * 2
    assert [reads(zone, user.actor) for user in (tied, absent, other_chair)] == [[]] * 3


def test_I06_minutes_that_tell_of_a_case_put_off_stay_closed_to_who_is_tied_to_it(zone):
    case = zone.case()
    meeting = zone.meeting(case)
    zone.steps_aside(case, zone.members[0])
    zone.defers(case)
    with at(zone.database, zone.chair.actor) as desk:
        meetings.close_meeting(desk, desk.get(Meeting, meeting.id))
    paper = writes_minutes(zone, meeting)
    assert reads(zone, zone.members[0].actor) == []
    assert reads(zone, zone.members[1].actor) == [paper.id]


def prints(zone, sealed, actor):
    with at(zone.database, actor) as desk:
        return papers.of_resolution(desk, desk.get(Resolution, sealed.id))


def test_a_resolution_is_an_issued_paper_with_the_digest_of_its_seal_and_one_code_for_ever(zone):
    case = zone.case()
    closed_sitting(zone, case)
    (sealed,) = resolutions(zone, case)
    first, again = prints(zone, sealed, zone.officer.actor), prints(zone, sealed, zone.members[0].actor)
    assert (first.id, first.code) == (again.id, again.code)
    assert (first.issued_at, first.code) == (sealed.sealed_at, again.code)
    assert (first.number, first.kind, first.digest) == (sealed.number, LetterKind.RESOLUTION, sealed.digest)
    found = standing(zone.database, first.code, sealed.digest[:12])
    assert (found.kind, found.number, found.superseded_at, found.same) == (
        LetterKind.RESOLUTION,
        sealed.number,
        None,
        True,
    )


def test_a_resolution_on_paper_is_seen_by_nobody_who_does_not_see_the_resolution(zone):
    case = zone.case()
    meeting = zone.meeting(case)
    zone.steps_aside(case, zone.members[0])
    for user in (zone.chair, *zone.members[1:]):
        zone.votes(case, user)
    sealed = zone.seals(case)
    with pytest.raises(NotFound):
        prints(zone, sealed, zone.members[0].actor)
    paper = prints(zone, sealed, zone.officer.actor)
    with writing(zone.database) as session:
        firm = a_user(session, Role.SIGNATORY, firm_id=case.firm_id)
        banker, other_chair = a_user(session, Role.BANKER), a_user(session, Role.CHAIR)
    assert [reads(zone, u.actor) for u in (firm, banker, other_chair, zone.members[0])] == [[]] * 4
    assert reads(zone, zone.members[1].actor) == [paper.id]
    assert meeting.id
