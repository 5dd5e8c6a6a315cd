"""A zone in which something of everything exists, for asking every page about it.

Told from the side of one firm (甲), one bank (甲行), one committee member and one chair: `ours` is theirs, `others` belongs to
strangers, `tied` is what the member and the chair have stepped aside from.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from financing.access import SYSTEM, Actor, Role
from financing.clocks.model import Clock, Extension
from financing.clocks.rules import Step
from financing.commitments.model import Outcome
from financing.commitments.rules import Stage
from financing.contests.model import Contest
from financing.contests.rules import Contested
from financing.credit import adoption, flags
from financing.credit.model import CardVersion
from financing.dated import service as dated
from financing.dated.rules import Certainty
from financing.db import Database
from financing.desk import Desk
from financing.figures import statistics
from financing.figures.spans import Span
from financing.forums import inviting
from financing.forums import service as forums
from financing.forums.day_model import Guest, Intent
from financing.forums.day_rules import Said
from financing.forums.model import ForumSession, Talk
from financing.guarantees import changes, delegated, documents, limits, meetings, related, ties
from financing.guarantees import rounds as votes
from financing.guarantees import service as guarantees
from financing.guarantees.agreement_model import SharingAgreement
from financing.guarantees.agreements import adopt, propose
from financing.guarantees.change_rules import DocumentKind
from financing.guarantees.committee_model import Expert, InterestDeclaration
from financing.guarantees.delegation_model import Delegation
from financing.guarantees.documents import Document, Filed
from financing.guarantees.model import Condition, GuaranteeCase, Meeting, Resolution
from financing.guarantees.rules import Scope, Vote
from financing.guarantees.security_model import CounterGuarantee
from financing.guarantees.security_rules import SecurityKind
from financing.imports.model import Import
from financing.imports.rules import ImportKind, ImportState
from financing.letters.model import EntryProposal, Guarantee
from financing.letters.paper_model import IssuedPaper
from financing.letters.rules import EntryKind, GuaranteeType, LetterKind
from financing.matching import round as rounds
from financing.matching import service as matching
from financing.matching.model import Match
from financing.matching.rules import Assigning, Part
from financing.money import Fen, Rate
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.notices import addresses
from financing.notices.model import Parcel
from financing.notices.rules import Fate, Medium
from financing.offers import asks, opening
from financing.offers import service as offers
from financing.offers.ask_rules import Item
from financing.offers.costs import Terms
from financing.offers.model import Offer
from financing.offers.release_model import ReleaseRequest
from financing.offers.reversal_model import Reversal
from financing.papers import store
from financing.papers.rules import PaperKind
from financing.parties.model import Bank, Firm
from financing.parties.rules import RelationKind, RelationSource, Support
from financing.people.key_model import ApiKey
from financing.people.passwords import hashed
from financing.register import service as register
from scoring.card import card
from scoring.repayment import Repayment
from scoring.sheet import sheet
from tests.financing.credit.drafts import CREDIT, a_document
from tests.financing.matching.stage import FACTS, ZONE, some_books
from tests.makers import (
    NOW,
    TODAY,
    a_bank,
    a_behalf,
    a_firm,
    a_flag,
    a_guarantor,
    a_need,
    a_paper,
    a_product,
    a_survey,
    a_user,
    an_assessment,
    at,
    writing,
)
from tests.web.populated_office import office_day
from web.stage.road import CLEAR

PASSWORD = "correct horse battery staple"
ABSENT = 4503599627370497
#: Consents given so long ago, for one day, are over today; the two Mondays before today are plain working days.
LONG_AGO = NOW - timedelta(days=14)
SOON = TODAY + timedelta(days=7)
TERMS = Terms(Fen.wan(100), 12, Rate.percent("3.6"), Repayment.INTEREST_ONLY, Rate(0))

#: 4-2-2-2, for a year.
AGREED = {
    **{f"{party}_share": Rate.percent(share) for party, share in
       {"guarantor": 40, "bank": 20, "reguarantor": 20, "fund": 20, "treasury": 0, "other": 0}.items()},
    "other_name": "", "valid_from": TODAY, "valid_until": TODAY + timedelta(days=365), "trigger_days": 60, "grace_days": 30,
    "deposit": Rate(0), "single_cap": Fen.wan(500), "stop_rate": Rate.percent(5), "business": "小微企业贷款担保",
}  # fmt: skip

#: What an issued letter says, in short.
SAID = {
    "title": "担保函", "guarantor": "示范融资担保有限公司", "day": "2026-11-23", "before": ["致：甲行"],
    "rows": [["担保金额", "100,000.00 元"]], "after": ["一、保证方式：连带责任保证。"],
}  # fmt: skip
#: A paper as it stands after its statements were read.
READ = '{"notices": [], "read": {"standard": "small", "unit": "yuan", "columns": [], "tried": []}}'


def an_import(bank: int | None) -> Import:
    """Products that wait for their yes, of a bank or of the zone; there is nothing in them."""
    return Import(
        kind=ImportKind.PRODUCTS, name="产品.xlsx", size=1, sha256="0" * 64, stored="0" * 64, bank_id=bank, made_at=NOW, made_by=1,
        made_by_name="王", state=ImportState.WAITING,
    )  # fmt: skip


class Populated:
    """The zone; `thing(kind, whose)` is what names something in its address."""

    def __init__(self, database: Database, uploads: Path) -> None:
        self.database, self.uploads, self.hash = database, uploads, hashed(PASSWORD)
        self.things: dict[tuple[str, str], object] = {
            ("file", "ours"): "theme.css", ("template", "ours"): "invoices", ("step", "ours"): "submitted", ("listkind", "ours"): "applied", ("importkind", "ours"): "products",
            ("guide", "ours"): "officer",
            ("firmgroup", "ours"): "firm", ("needgroup", "ours"): "money", ("questions", "ours"): "need",
        }  # fmt: skip
        self._people()
        self._cards()
        self._meetings()
        self._early()
        self._at_committee()
        self._at_banks()
        self._round()
        self._session()
        self._terms()
        self._agreements()
        self._securities()
        self._letter("ours", self.bank)
        self._letter("others", self.rival)
        self._return()
        self._keys()
        self._settings()
        self._statistics()
        self._clocks()
        self.things |= office_day(self)
        self._typed()

    def thing(self, kind: str, whose: str) -> object:
        return ABSENT if whose == "absent" else self.things[kind, whose]

    @contextmanager
    def at(self, actor: Actor, now: datetime = NOW) -> Iterator[Desk]:
        with at(self.database, actor, now) as desk:
            yield desk

    # --- who is there ----------------------------------------------------------------------------------------------
    def _people(self) -> None:
        with writing(self.database) as session:
            self.guarantor = a_guarantor(session)
            self.bank, self.rival = a_bank(session), a_bank(session)
            self.shelves = [a_product(session, bank).id for bank in (self.bank, self.rival)]
            self.firm, self.stranger, self.third = (a_firm(session) for _ in range(3))
            for firm in (self.firm, self.stranger, self.third):
                some_books(session, firm)
            ours = {
                Role.CLERK: "firm_id",
                Role.SIGNATORY: "firm_id",
                Role.BANKER: "bank_id",
                Role.BANK_ADMIN: "bank_id",
            }
            owner = {"firm_id": self.firm.id, "bank_id": self.bank.id}
            self.users = {
                role: a_user(
                    session, role, login=role.value, password_hash=self.hash,
                    **({ours[role]: owner[ours[role]]} if role in ours else {}),
                )
                for role in Role if role not in {Role.VISITOR, Role.SYSTEM}
            }  # fmt: skip
            self.other_chair = a_user(session, Role.CHAIR).actor
            self.more = [a_user(session, Role.MEMBER).actor for _ in range(3)]
            self.signatories = {
                self.firm.id: self.users[Role.SIGNATORY].actor,
                **{f.id: a_user(session, Role.SIGNATORY, firm_id=f.id).actor for f in (self.stranger, self.third)},
            }
            self.bankers = {
                self.bank.id: self.users[Role.BANKER].actor,
                self.rival.id: a_user(session, Role.BANKER, bank_id=self.rival.id).actor,
            }
            for whose, member in (("ours", self.users[Role.MEMBER].id), ("others", self.more[0].id)):
                own = select(InterestDeclaration.id).where(InterestDeclaration.user_id == member)
                self.things["declaration", whose] = session.scalars(own).one()
            outsider = a_user(session, Role.MEMBER)
            expert = Expert(user_id=outsider.id, field="铜加工", employer="示范大学", entered_at=NOW, entered_by=1)
            session.add(expert)
            session.flush()
            self.things["expert", "ours"] = expert.id
        self.officer = self.users[Role.OFFICER].actor
        self.committee = [self.users[Role.CHAIR].actor, self.users[Role.MEMBER].actor, *self.more]
        firms = {"ours": self.firm, "others": self.stranger, "tied": self.third}
        self.things |= {("firm", whose): firm.id for whose, firm in firms.items()}
        with writing(self.database) as session:
            for whose, bank in (("ours", self.bank.id), ("others", None)):
                session.add(brought := an_import(bank))
                self.things["import", whose] = brought.id
        self.things |= {("bank", "ours"): self.bank.id, ("bank", "others"): self.rival.id}
        self.things |= {("product", "ours"): self.shelves[0], ("product", "others"): self.shelves[1]}
        self.things |= {
            ("bankperson", whose): self.bankers[bank.id].id
            for whose, bank in (("ours", self.bank), ("others", self.rival))
        }
        self.things["user", "ours"] = self.other_chair.id
        for whose, firm in firms.items():
            self.things["paper", whose] = self._paper(firm)
            self.things["held", whose] = self._paper(firm, PaperKind.ARTICLES)

    def _typed(self) -> None:
        """A need that the officer typed from a signed form, of our firm and of another."""
        for whose, firm in (("ours", self.firm), ("others", self.stranger)):
            with writing(self.database) as session:
                need = a_need(session, firm, state=NeedState.SUBMITTED, submitted_on=TODAY)
                self.things["behalf", whose] = a_behalf(session, need, a_paper(session, firm)).id

    def _paper(self, firm: Firm, kind: PaperKind = PaperKind.INVOICES) -> int:
        """A paper with its bytes."""
        with store.keeping(self.uploads, f"{firm.name}{kind}".encode()) as kept, writing(self.database) as session:
            facts = {"sha256": kept.sha256, "stored": kept.stored, "size": kept.size, "name": "章程.pdf"}
            return a_paper(session, firm, kind=kind, media="application/pdf", finding=READ, **facts).id

    def _meetings(self) -> None:
        """One meeting with our member and our chair, one with neither."""
        others = [self.other_chair, *self.more]
        for whose, seated in (("ours", self.committee), ("others", others)):
            with self.at(self.officer, LONG_AGO) as desk:
                self.things["meeting", whose] = meetings.call_meeting(
                    desk, day=TODAY, place="三楼会议室", members=[member.id for member in seated]
                ).id

    def _cards(self) -> None:
        """One scorecard at each step: drafted, proposed by the officer, adopted, asked back by a chair."""
        self.things["card", "ours"] = card("credit", TODAY).digest
        for number, step in enumerate(("draft", "proposed", "adopted", "recalled"), 1):
            since = TODAY + timedelta(days=number)
            with self.at(self.officer, LONG_AGO) as desk:
                version = adoption.draft(desk, CREDIT, a_document(since), "draft.toml")
                self.things[step, "ours"] = version.id
                if step != "draft":
                    adoption.propose(desk, version)
            if step in {"adopted", "recalled"}:
                with self.at(self.more[0], LONG_AGO) as desk:
                    adoption.adopt(desk, desk.get(CardVersion, version.id), in_favour=3, opposed=0, abstained=0)
            if step == "recalled":
                with self.at(self.other_chair, LONG_AGO) as desk:
                    adoption.recall(desk, desk.get(CardVersion, version.id), "指标有误")

    def _statistics(self) -> None:
        """Last month's, as the daily run makes it."""
        about = statistics.subject(Span.MONTH, TODAY.replace(day=1) - timedelta(days=1))
        with self.at(SYSTEM) as desk:
            statistics.make(desk, about)
            self.things["statistic", "ours"] = desk.all(IssuedPaper, IssuedPaper.subject_id == about)[0].id

    def _settings(self) -> None:
        """A figure that another administrator proposed, and a message of ours that was given up."""
        with writing(self.database) as session:
            other = a_user(session, Role.ADMIN).actor
        with self.at(other) as desk:
            self.things["figure", "ours"] = "deferral_days"
            self.things["figureproposal", "ours"] = dated.propose(
                desk, "bank_answer_days", value=9, since=TODAY + timedelta(days=3), why="试行", source="园区办公会纪要",
                confidence=Certainty.OWN,
            ).id  # fmt: skip
        with self.at(self.users[Role.ADMIN].actor) as desk:
            address = addresses.add(desk, Medium.EMAIL, "admin@example.com")
            self.things["address", "ours"] = address.id
        with self.at(SYSTEM) as desk:
            (parcel,) = desk.all(Parcel)
            parcel.fate, self.things["parcel", "ours"] = Fate.DEAD, parcel.id

    # --- how far needs have come -----------------------------------------------------------------------------------
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

    def _keys(self) -> None:
        """A key of each bank that waits for its officer."""
        with writing(self.database) as session:
            for whose, bank in (("ours", self.bank), ("others", self.rival)):
                key = ApiKey(
                    bank_id=bank.id, user_id=self.bankers[bank.id].id, name="信贷系统", scopes=["read"],
                    until=NOW + timedelta(days=90), given_at=NOW, given_by=1,
                )  # fmt: skip
                session.add(key)
                session.flush()
                self.things["apikey", whose] = key.id

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

    # --- at the banks ----------------------------------------------------------------------------------------------
    def _at_banks(self) -> None:
        """Ours at both banks, the stranger's at the rival alone; one consent taken back, one over, one never given."""
        both, rival = (self.bank, self.rival), (self.rival,)
        self._send("ours", both, NOW, days=60)
        self._send("others", rival, NOW, days=60)
        self._send("expired", both[:1], LONG_AGO, days=1)
        self._send("withdrawn", both[:1], NOW, days=60)
        self._propose(self.approved["proposed"], NOW)
        with self.at(self.signatories[self.firm.id]) as desk:
            matching.withdraw(desk, self._match(desk, "withdrawn", self.bank))
        self._contests()
        for whose, bank in (("ours", self.bank), ("others", self.rival)):
            with self.at(self.bankers[bank.id]) as desk:
                self.things["item", whose] = asks.ask(desk, self._match(desk, whose, bank), Item.FLOW).id
        for whose, bank in (("ours", self.bank), ("rival", self.rival), ("others", self.rival)):
            self._offer(whose, bank)
        with self.at(SYSTEM) as desk:
            assert sorted(opening.open_all(desk, need) for need in opening.due(desk)) == [1, 2]  # ids are random
        for whose in ("ours", "others", "withdrawn", "expired", "proposed"):
            with self.at(self.officer) as desk:
                bank = self.rival if whose == "others" else self.bank
                self.things["match", whose] = self._match(desk, whose, bank).id
                self.things["approved", whose] = self.approved[whose]
        with self.at(self.officer) as desk:
            self.things["match", "rival"] = self._match(desk, "ours", self.rival).id
        with writing(self.database) as session:
            for whose in ("ours", "rival"):
                match = session.get_one(Match, self.things["match", whose])
                session.add(
                    ReleaseRequest(
                        match_id=match.id, need_id=match.need_id, bank_id=match.bank_id, amount=Fen.wan(90), own_most=Fen.wan(50),
                        asked_at=NOW, asked_by=1, asked_by_name="李经理",
                    )
                )  # fmt: skip

    def _contests(self) -> None:
        """A second look asked for at each bank: of its own decline, which the tables of matches do not need."""
        with writing(self.database) as session:
            for whose, bank in (("ours", self.bank), ("others", self.rival)):
                need = session.get_one(Need, self.approved[whose])
                asked = Contest(
                    kind=Contested.DECLINE, subject_id=bank.id, need_id=need.id, firm_id=need.firm_id, bank_id=bank.id, rests_on="own",
                    why="额度已恢复", deciders=[1], decided_on=TODAY, made_at=NOW, made_by=1, due_on=TODAY + timedelta(days=7),
                )  # fmt: skip
                session.add(asked)
                self.things["contest", whose] = asked.id

    def _propose(self, need: int, now: datetime) -> None:
        with self.at(self.officer, now) as desk:
            matching.propose(desk, desk.get(Need, need))

    def _send(self, whose: str, banks: tuple[Bank, ...], now: datetime, *, days: int) -> None:
        """Proposed, consented to these banks and sent at once."""
        need = self.approved[whose]
        self._propose(need, now)
        with self.at(self.officer, now) as desk:
            firm = desk.get(Need, need).firm_id
        for bank in banks:
            with self.at(self.signatories[firm], now) as desk:
                matching.grant(desk, self._match(desk, whose, bank), scope=set(Part), days=days, zone=ZONE.name)
        with self.at(self.officer, now) as desk:
            self.things["dossier", whose] = matching.send(desk, desk.get(Need, need), zone=ZONE).id

    def _match(self, desk: Desk, whose: str, bank: Bank) -> Match:
        return desk.all(Match, Match.need_id == self.approved[whose], Match.bank_id == bank.id)[0]

    def _letter(self, whose: str, bank: Bank) -> None:
        """A letter in force, its paper, and a payment that waits for a second person."""
        with self.at(self.officer) as desk:
            case = desk.session.query(GuaranteeCase).filter_by(need_id=self.approved[whose]).one()
            limits.reserve(desk, case)
            limits.use(desk, case, Fen.wan(10), bank.id)
        with writing(self.database) as session:
            need = session.get_one(Need, self.approved[whose])
            case = session.query(GuaranteeCase).filter_by(need_id=need.id).one()
            sealed = session.query(Resolution).filter_by(case_id=case.id).one()
            paper = session.query(Document).first()
            own = {"case_id": case.id, "firm_id": need.firm_id, "bank_id": bank.id}
            made = Guarantee(
                number=f"BH2026-9{len(self.things):03d}", need_id=need.id, offer_id=self.things["offer", whose],
                guarantor_id=case.guarantor_id, resolution_id=sealed.id, form=Support.LETTER, type=GuaranteeType.JOINT, share=case.share,
                fee=case.fee, starts=TODAY, matures=TODAY + timedelta(days=365), until=TODAY + timedelta(days=545),
                prepared_at=NOW, prepared_by=1, preparer="周经办", issued_on=TODAY, issued_by=2, issuer="吴主任", state="in_force",
                **dict.fromkeys(("amount", "offered", "line", "asked", "balance"), Fen.wan(10)), **own,
            )  # fmt: skip
            session.add(made)
            session.get_one(Offer, made.offer_id).lettered = True
            session.flush()
            waits = EntryProposal(
                guarantee_id=made.id, kind=EntryKind.COMPENSATED, on=TODAY, amount=Fen.wan(1), document_id=paper.id,
                reason="银行来函", proposed_at=NOW, proposed_by=1, proposer="周经办", **own,
            )  # fmt: skip
            issued = IssuedPaper(
                number=made.number, kind=LetterKind.LETTER, subject_id=made.id, record=SAID, digest="0" * 64,
                code=f"{whose.upper()}-AAAA-BBBB", issued_at=NOW, issued_by=2, issuer="吴主任", **own,
            )  # fmt: skip
            session.add_all([waits, issued])
            session.flush()
        self.things |= {("guarantee", whose): made.id, ("entry", whose): waits.id, ("issued", whose): issued.id}

    def _offer(self, whose: str, bank: Bank) -> None:
        need = "ours" if whose == "rival" else whose
        with self.at(self.bankers[bank.id]) as desk:
            match = self._match(desk, need, bank)
            made = offers.offer(desk, match, TERMS, offers.Promise(TODAY + timedelta(days=30), conditions="受托支付"))
            desk.session.flush()
            self.things["offer", whose] = made.id

    def _round(self) -> None:
        """The one need that is on its way to nobody, assigned and proposed."""
        with self.at(self.officer) as desk:
            asked = rounds.Asked(each=1, limits={})
            seen = rounds.compare(desk, asked).digest
            chosen = rounds.choose(desk, asked, Assigning.STABLE, why="双方首选", seen=seen)
            self.things["round", "ours"] = chosen.id

    def _session(self) -> None:
        with self.at(self.officer) as desk:
            self.things["session", "ours"] = forums.plan(
                desk, title="第一期银企对接会", day=TODAY + timedelta(days=7), place="会展中心", starts="09:00", rounds=6,
                minutes=20, banks=[self.bank.id, self.rival.id],
            ).id  # fmt: skip
            forums.plan(desk, title="别家的对接会", day=TODAY + timedelta(days=9), place="会展中心", starts="09:00", rounds=6,
                        minutes=20, banks=[self.rival.id])  # fmt: skip
            for session in desk.all(ForumSession, ForumSession.title == "别家的对接会"):
                self.things["session", "others"] = session.id
        self._talks()

    def _talks(self) -> None:
        """Ours at our bank's table and the stranger's at the rival's, each with an intent; everybody there is invited."""
        with writing(self.database) as session:
            held = self.things["session", "ours"]
            for whose in ("ours", "others"):
                match = session.get_one(Match, self.things["match", whose])
                own = {
                    "bank_id": match.bank_id,
                    "firm_id": match.firm_id,
                    "match_id": match.id,
                    "session_id": held,
                    "round": 1,
                }
                talk = Talk(**own)
                intent = Intent(
                    need_id=match.need_id, said=Said.INTENDS, amount=Fen.wan(10), at=NOW, by=1, by_name="李敏", **own
                )
                session.add_all([talk, intent])
                session.flush()
                self.things |= {("talk", whose): talk.id, ("intent", whose): intent.id}
        self._reports()
        with self.at(self.officer) as desk:
            inviting.invite(desk, desk.get(ForumSession, self.things["session", "ours"]))
        with self.at(self.officer) as desk:
            parties = {"ours": self.firm, "others": self.stranger, "bank": self.bank, "rival": self.rival}
            for guest in desk.all(Guest):
                (whose,) = [name for name, one in parties.items() if one.id in {guest.firm_id, guest.bank_id}]
                self.things["guest", whose] = guest.id

    def _reports(self) -> None:
        """A report on each intent; of the stranger's it was asked to take it back."""
        with writing(self.database) as session:
            for whose in ("ours", "others"):
                intent = session.get_one(Intent, self.things["intent", whose])
                own = {"firm_id": intent.firm_id, "bank_id": intent.bank_id}
                report = Outcome(
                    intent_id=intent.id,
                    stage=Stage.PENDING,
                    on=TODAY,
                    amount=None,
                    said="审批中",
                    reported_at=NOW,
                    reported_by=1,
                    reporter="李敏",
                    **own,
                )
                session.add(report)
                session.flush()
                self.things["report", whose] = report.id
            back = Reversal(
                drawdown_id=None, outcome_id=report.id, why="填错了企业", asked_at=NOW, asked_by=1, asker="李敏", **own
            )
            session.add(back)
            session.flush()
            self.things["reversal", "others"] = back.id

    # --- the guarantor -----------------------------------------------------------------------------------------------
    def _terms(self) -> None:
        """A proposal that waits for the chair, with its document, and documents about the firms."""
        with self._filed(b"%PDF-1.7 resolution") as filed, self.at(self.officer) as desk:
            change = changes.propose_limit(
                desk, Scope.BANK, self.bank.id, Fen.wan(900), reason="集中度过高", filed=[filed]
            )
            self.things |= {("change", "ours"): change.id, ("document", "ours"): change.document_id}
            held = {
                "kind": RelationKind.CONTROLLER,
                "name": "王强",
                "mark": "1",
                "since": TODAY,
                "source": RelationSource.REGISTRY,
            }
            self.things["relation", "ours"] = related.enter(desk, desk.get(Firm, self.firm.id), **held).id
        for whose, firm in (("others", self.stranger), ("tied", self.third)):
            with self._filed(whose.encode()) as filed, self.at(self.officer) as desk:
                self.things["document", whose] = documents.add(desk, filed, subject_id=firm.id, firm_id=firm.id).id

    def _agreements(self) -> None:
        """One in force with each bank, and one that waits for the chair."""
        for thing, whose, bank in (
            ("agreement", "ours", self.bank.id), ("agreement", "others", self.rival.id), ("proposal", "ours", None)
        ):  # fmt: skip
            with self._filed(f"{thing}{whose}".encode()) as filed, self.at(self.officer) as desk:
                paper = replace(filed, kind=DocumentKind.AGREEMENT)
                made = propose(desk, AGREED, bank_id=bank, reason="年度合作", filed=[paper])
                self.things[thing, whose] = made.id
            if thing == "agreement":
                with self.at(self.other_chair) as desk:
                    adopt(desk, desk.get(SharingAgreement, made.id))

    def _securities(self) -> None:
        """One thing asked of each firm, as it stood before the cases went to the committee."""
        for whose in ("ours", "others", "tied"):
            with writing(self.database) as session:
                case = session.get_one(GuaranteeCase, self.things["case", whose])
                session.add(
                    one := CounterGuarantee(
                        case_id=case.id, need_id=case.need_id, firm_id=case.firm_id, number=1, kind=SecurityKind.EQUITY,
                        about="张明持有的股权", value=Fen.wan(20), asked_at=NOW, asked_by=self.officer.id, asker="经办",
                    )
                )  # fmt: skip
                session.flush()
                self.things["security", whose] = one.id

    def _return(self) -> None:
        """Figures of a month that another officer typed."""
        with writing(self.database) as session:
            other = a_user(session, Role.OFFICER).actor
        with self.at(other) as desk:
            said = register.type_figures(desk, date(2026, 10, 31), {"total_assets": 1}, nothing_outside=True)
            self.things["figures", "ours"] = said.id

    @contextmanager
    def _filed(self, content: bytes) -> Iterator[Filed]:
        with store.keeping(self.uploads, content) as kept:
            yield Filed(
                DocumentKind.CORPORATE_RESOLUTION, "决议.pdf", "application/pdf", kept.size, kept.sha256, kept.stored
            )
