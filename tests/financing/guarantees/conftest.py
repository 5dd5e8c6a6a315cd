"""A committee of five with a case on its agenda, on a database whose walls stand."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from financing.access import Role
from financing.db import Database
from financing.guarantees import deferrals, meetings, rounds, service, ties
from financing.guarantees.model import Ballot, GuaranteeCase, Meeting
from financing.guarantees.rules import Round, Vote
from financing.needs.model import Need
from financing.parties.model import Guarantor
from financing.people.model import User
from tests.makers import TODAY, a_firm, a_guarantor, a_scored_need, a_user, at, writing

#: Eight rounds in which two acts begin at once on each change; a campaign repeats them (YUANRONG_ROUNDS=200: a thousand).
WORLDS = range(max(1, int(os.environ.get("YUANRONG_ROUNDS", "0")) * 5 // 8))


@pytest.fixture(params=WORLDS)
def again(request):
    """Named by tests of acts at once: they are run anew, in a database of its own, as often as a campaign asks."""
    return request.param


@dataclass
class Committee:
    """The people of one zone, and what they have done so far."""

    database: Database
    officer: User
    chair: User
    members: list[User]
    guarantor: Guarantor

    @property
    def everybody(self):
        return [self.chair, *self.members]

    def ids(self):
        return [user.id for user in self.everybody]

    def need(self, **facts) -> Need:
        with writing(self.database) as session:
            return a_scored_need(session, a_firm(session), **facts)

    def case(self, need: Need | None = None) -> GuaranteeCase:
        need = need or self.need()
        with at(self.database, self.officer.actor) as desk:
            return service.open_case(desk, desk.get(Need, need.id), opinion="建议同意")

    def meeting(self, *cases: GuaranteeCase, begun: bool = True) -> Meeting:
        with at(self.database, self.officer.actor) as desk:
            meeting = meetings.call_meeting(desk, day=TODAY, place="三楼会议室", members=self.ids())
            for case in cases:
                service.table(desk, desk.get(GuaranteeCase, case.id), meeting)
        if begun:
            with at(self.database, self.chair.actor) as desk:
                meetings.open_meeting(desk, desk.get(Meeting, meeting.id), "另行安排")
        return meeting

    def votes(self, case: GuaranteeCase, user: User, vote: Vote = Vote.FOR, opinion: str = "同意"):
        with at(self.database, user.actor) as desk:
            service.cast(desk, desk.get(GuaranteeCase, case.id), vote, opinion)

    def steps_aside(self, case: GuaranteeCase, user: User, reason: str = "亲属任职"):
        with at(self.database, user.actor) as desk:
            ties.declare(desk, desk.get(GuaranteeCase, case.id), reason)

    def defers(self, case: GuaranteeCase, user: User | None = None, until: date = TODAY + timedelta(days=14)):
        with at(self.database, (user or self.chair).actor) as desk:
            deferrals.defer(desk, desk.get(GuaranteeCase, case.id), reason="到会人数不足", until=until)

    def jumps(self, case: GuaranteeCase, user: User | None = None, reason: str = "合同明日到期"):
        with at(self.database, (user or self.chair).actor) as desk:
            rounds.jump(desk, desk.get(GuaranteeCase, case.id), reason)

    def discusses(self, case: GuaranteeCase, user: User | None = None):
        """The first round ends with those who have voted, and whoever has no final vote says the same again."""
        here = self.get(GuaranteeCase, case.id)
        first = self.ballots(here, Round.FIRST)
        if here.round is Round.FIRST and first:
            with at(self.database, (user or self.chair).actor) as desk:
                rounds.close_first(desk, desk.get(GuaranteeCase, case.id), list(first))
        said = self.ballots(here, Round.FINAL)
        for member in self.everybody:
            if member.id in first.keys() - said.keys():
                self.votes(case, member, first[member.id].vote, first[member.id].opinion)

    def ballots(self, case: GuaranteeCase, which: Round) -> dict[int, Ballot]:
        """The ballots of the present sitting that count, by account."""
        meeting = self.get(GuaranteeCase, case.id).meeting_id
        with writing(self.database) as session:
            here = (Ballot.case_id == case.id, Ballot.meeting_id == meeting)
            found = session.scalars(select(Ballot).where(*here, Ballot.round == which, Ballot.void.is_(False))).all()
        return {ballot.user_id: ballot for ballot in found}

    def seals(self, case: GuaranteeCase, user: User | None = None):
        """Both rounds and the seal."""
        self.discusses(case, user)
        with at(self.database, (user or self.chair).actor) as desk:
            return service.seal(desk, desk.get(GuaranteeCase, case.id))

    def get(self, kind, key):
        with writing(self.database) as session:
            return session.get_one(kind, key)


@pytest.fixture
def zone(database) -> Committee:
    with writing(database) as session:
        officer, chair = a_user(session, Role.OFFICER), a_user(session, Role.CHAIR)
        members = [a_user(session, Role.MEMBER) for _ in range(4)]
        return Committee(database, officer, chair, members, a_guarantor(session))
