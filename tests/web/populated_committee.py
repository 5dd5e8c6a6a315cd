"""Cases before the committee of the populated zone: on the agenda, sealed, decided by two."""

from __future__ import annotations

from datetime import timedelta

from financing.access import Actor, Role
from financing.clocks.model import Clock, Extension
from financing.clocks.rules import Step
from financing.credit import flags
from financing.guarantees import delegated, meetings, ties
from financing.guarantees import rounds as votes
from financing.guarantees import service as guarantees
from financing.guarantees.delegation_model import Delegation
from financing.guarantees.model import Condition, GuaranteeCase, Meeting, Resolution
from financing.guarantees.rules import Vote
from financing.money import Fen
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.parties.model import Firm
from scoring.card import card
from scoring.sheet import sheet
from tests.financing.matching.stage import FACTS
from tests.makers import NOW, TODAY, a_firm, a_flag, a_need, a_survey, a_user, an_assessment, writing
from tests.web.populated_people import LONG_AGO, People
from web.stage.road import CLEAR

SOON = TODAY + timedelta(days=7)


class AtCommittee(People):
    """How far needs have come."""

    def _meetings(self) -> None:
        """One meeting with our member and our chair, one with neither."""
        others = [self.other_chair, *self.more]
        for whose, seated in (("ours", self.committee), ("others", others)):
            with self.at(self.officer, LONG_AGO) as desk:
                self.things["meeting", whose] = meetings.call_meeting(
                    desk, day=TODAY, place="三楼会议室", members=[member.id for member in seated]
                ).id

    def _early(self) -> None:
        """A draft nobody but the firm knows of."""
        with writing(self.database) as session:
            self.things["need", "draft"] = a_need(session, self.firm).id

    def _at_committee(self) -> None:
        """Cases before both meetings, on the agenda and sealed; those of the third firm are tied."""
        firms = {"ours": self.firm, "others": self.stranger, "tied": self.third}
        waiting = {whose: self._case(firm, whose) for whose, firm in firms.items()}
        decided = {whose: self._case(firm, whose) for whose, firm in firms.items()}
        extra = [self._case(self.firm, "ours") for _ in range(4)]
        for whose, chair in (("ours", self.committee[0]), ("others", self.other_chair)):
            with self.at(chair, LONG_AGO) as desk:
                meetings.open_meeting(desk, desk.get(Meeting, self.things["meeting", whose]), "另行安排")
        for case in (waiting["tied"], decided["tied"]):
            self._step_aside(case)
        for case in (*decided.values(), *extra):
            self._decide(case)
        for whose, case in waiting.items():
            self._know("case", whose, case)
        for whose, case in decided.items():
            self._condition(whose, case)
            with self.at(self.officer, LONG_AGO) as desk:
                found = desk.all(Resolution, Resolution.case_id == case)[0]
                self.things["resolution", whose] = found.id
        self._by_two()
        self.approved = {whose: self._need_of(decided[whose]) for whose in ("ours", "others")} | {
            whose: self._need_of(case)
            for whose, case in zip(("proposed", "withdrawn", "expired", "round"), extra, strict=True)
        }

    def _by_two(self) -> None:
        """A small case that two officers have decided today and that any member may still call in."""
        with writing(self.database) as session:
            first, second = a_user(session, Role.OFFICER).actor, a_user(session, Role.OFFICER).actor
            need = a_need(session, a_firm(session), state=NeedState.SCORED, submitted_on=TODAY, amount=Fen.wan(20))
            an_assessment(session, need)
            a_survey(session, need)
        with self.at(self.officer) as desk:
            case = guarantees.open_case(desk, desk.get(Need, need.id), opinion="建议同意").id
        with self.at(first) as desk:
            one = delegated.propose(desk, desk.get(GuaranteeCase, case), "额度小，建议同意").id
        with self.at(second) as desk:
            delegated.decide(desk, desk.get(Delegation, one), "同意")
        self.things["delegation", "ours"] = one

    def _case(self, firm: Firm, whose: str) -> int:
        with writing(self.database) as session:
            need = a_need(session, firm, state=NeedState.SCORED, submitted_on=TODAY, officer_id=self.officer.id)
            a_flag(session, need)
            an_assessment(session, need, sheet=sheet(card("credit", TODAY), CLEAR | FACTS).as_json())
            a_survey(session, need)
        with self.at(self.officer, LONG_AGO) as desk:
            case = guarantees.open_case(desk, desk.get(Need, need.id), opinion="建议同意")
            desk.session.flush()
            meeting = self.things["meeting", "others" if whose == "others" else "ours"]
            guarantees.table(desk, case, desk.get(Meeting, meeting))
            return case.id

    def _step_aside(self, case: int) -> None:
        for role in (Role.CHAIR, Role.MEMBER):
            with self.at(self.users[role].actor, LONG_AGO) as desk:
                ties.declare(desk, desk.get(GuaranteeCase, case), "近亲属在该企业任职")

    def _decide(self, case: int) -> None:
        """Everybody who may vote is in favour; the first who sits seals."""
        seated = self._voters(case)
        for member in seated:
            with self.at(member, LONG_AGO) as desk:
                guarantees.cast(desk, desk.get(GuaranteeCase, case), Vote.FOR, "同意")
        with self.at(seated[0], LONG_AGO) as desk:
            votes.jump(desk, desk.get(GuaranteeCase, case), "其他项目待补材料")
            guarantees.seal(desk, desk.get(GuaranteeCase, case))

    def _voters(self, case: int) -> list[Actor]:
        """Those who can still find the case, the chair first."""
        everybody = [self.committee[0], self.other_chair, *self.committee[1:]]
        seen = []
        for member in everybody:
            with self.at(member, LONG_AGO) as desk:
                if desk.find(GuaranteeCase, GuaranteeCase.id == case):
                    seen.append(member)
        return seen

    def _need_of(self, case: int) -> int:
        with self.at(self.officer) as desk:
            return desk.get(GuaranteeCase, case).need_id

    def _condition(self, whose: str, case: int) -> None:
        """Something that the decision still asks."""
        with writing(self.database) as session:
            found = session.get_one(GuaranteeCase, case)
            owed = Condition(
                case_id=case, need_id=found.need_id, firm_id=found.firm_id, number=1, says="补充股东会决议"
            )
            session.add(owed)
            session.flush()
            self.things["condition", whose] = owed.id

    def _know(self, kind: str, whose: str, case: int) -> None:
        with self.at(self.officer) as desk:
            found = desk.get(GuaranteeCase, case)
            (flag,) = flags.of(desk, found.need_id)
            self.things["flag", whose] = flag.id
            self.things |= {
                (kind, whose): case,
                ("need", whose): found.need_id,
                ("score", whose): found.assessment_id,
                ("survey", whose): found.survey_id,
            }

    def _clocks(self) -> None:
        """An extension that waits for a second officer, and a paper promised, for a need of each firm."""
        with writing(self.database) as session:
            for whose, firm in (("ours", self.firm), ("others", self.stranger)):
                owner = {"need_id": self.things["need", whose], "firm_id": firm.id}
                clock = Clock(**owner, step=Step.DEFERRAL, started_on=TODAY, days=5, due_on=SOON, provisional=False)
                session.add(clock)
                session.flush()
                asked = Extension(
                    **owner,
                    clock_id=clock.id,
                    days=2,
                    why="核实订单",
                    proposed_by=1,
                    proposer="王经办",
                    proposed_at=NOW,
                )
                session.add(asked)
                session.flush()
                self.things["extension", whose] = asked.id
