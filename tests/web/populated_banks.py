"""What lies at the banks of the populated zone: matches, dossiers, offers, letters, a session with its talks."""

from __future__ import annotations

from datetime import datetime, timedelta

from financing.access import SYSTEM
from financing.commitments.model import Outcome
from financing.commitments.rules import Stage
from financing.contests.model import Contest
from financing.contests.rules import Contested
from financing.desk import Desk
from financing.forums import inviting
from financing.forums import service as forums
from financing.forums.day_model import Guest, Intent
from financing.forums.day_rules import Said
from financing.forums.model import ForumSession, Talk
from financing.guarantees import limits
from financing.guarantees.documents import Document
from financing.guarantees.model import GuaranteeCase, Resolution
from financing.letters.model import EntryProposal, Guarantee
from financing.letters.paper_model import IssuedPaper
from financing.letters.rules import EntryKind, GuaranteeType, LetterKind
from financing.matching import round as rounds
from financing.matching import service as matching
from financing.matching.model import Match
from financing.matching.rules import Assigning, Part
from financing.money import Fen, Rate
from financing.needs.model import Need
from financing.offers import asks, opening
from financing.offers import service as offers
from financing.offers.ask_rules import Item
from financing.offers.costs import Terms
from financing.offers.model import Offer
from financing.offers.release_model import ReleaseRequest
from financing.offers.reversal_model import Reversal
from financing.parties.model import Bank
from financing.parties.rules import Support
from scoring.repayment import Repayment
from tests.financing.matching.stage import ZONE
from tests.makers import NOW, TODAY, writing
from tests.web.populated_committee import AtCommittee
from tests.web.populated_people import LONG_AGO

TERMS = Terms(Fen.wan(100), 12, Rate.percent("3.6"), Repayment.INTEREST_ONLY, Rate(0))
#: What an issued letter says, in short.
SAID = {
    "title": "担保函", "guarantor": "示范融资担保有限公司", "day": "2026-11-23", "before": ["致：甲行"],
    "rows": [["担保金额", "100,000.00 元"]], "after": ["一、保证方式：连带责任保证。"],
}  # fmt: skip


class AtBanks(AtCommittee):
    """Matches and what became of them."""

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
