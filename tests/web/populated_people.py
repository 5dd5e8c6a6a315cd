"""Who is there in the populated zone, and what they keep: papers, scorecards, keys, settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from sqlalchemy import select

from financing.access import SYSTEM, Actor, Role
from financing.credit import adoption
from financing.credit.model import CardVersion
from financing.dated import service as dated
from financing.dated.rules import Certainty
from financing.desk import Desk
from financing.figures import statistics
from financing.figures.spans import Span
from financing.guarantees.committee_model import Expert, InterestDeclaration
from financing.imports.model import Import
from financing.imports.rules import ImportKind, ImportState
from financing.letters.paper_model import IssuedPaper
from financing.needs.rules import NeedState
from financing.notices import addresses
from financing.notices.model import Parcel
from financing.notices.rules import Fate, Medium
from financing.papers import store
from financing.papers.rules import PaperKind
from financing.parties.model import Firm
from financing.people.key_model import ApiKey
from financing.people.model import Invitation, Passkey
from financing.register import service as register
from financing.reserves import service as reserves
from scoring.card import card
from tests.financing.credit.drafts import CREDIT, a_document
from tests.financing.matching.stage import some_books
from tests.makers import (
    NOW,
    TODAY,
    a_bank,
    a_behalf,
    a_firm,
    a_guarantor,
    a_need,
    a_paper,
    a_product,
    a_user,
    at,
    writing,
)

PASSWORD = "correct horse battery staple"
#: Consents given so long ago, for one day, are over today; the two Mondays before today are plain working days.
LONG_AGO = NOW - timedelta(days=14)
#: A paper as it stands after its statements were read.
READ = '{"notices": [], "read": {"standard": "small", "unit": "yuan", "columns": [], "tried": []}}'


def an_import(bank: int | None) -> Import:
    """Products that wait for their yes, of a bank or of the zone; there is nothing in them."""
    return Import(
        kind=ImportKind.PRODUCTS, name="产品.xlsx", size=1, sha256="0" * 64, stored="0" * 64, bank_id=bank, made_at=NOW, made_by=1,
        made_by_name="王", state=ImportState.WAITING,
    )  # fmt: skip


class People:
    """Everybody and their own."""

    @contextmanager
    def at(self, actor: Actor, now: datetime = NOW) -> Iterator[Desk]:
        with at(self.database, actor, now) as desk:
            yield desk

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
            passkey = Passkey(
                user_id=outsider.id, name="办公室电脑", credential="theirs", public_key=b"", uses=0, made_at=NOW
            )
            session.add(passkey)
            session.flush()
            self.things["passkey", "others"] = passkey.id
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

    def _paper(self, firm: Firm, kind: PaperKind = PaperKind.INVOICES) -> int:
        """A paper with its bytes."""
        with store.keeping(self.uploads, f"{firm.name}{kind}".encode()) as kept, writing(self.database) as session:
            facts = {"sha256": kept.sha256, "stored": kept.stored, "size": kept.size, "name": "章程.pdf"}
            return a_paper(session, firm, kind=kind, media="application/pdf", finding=READ, **facts).id

    def _typed(self) -> None:
        """A need that the officer typed from a signed form, of our firm and of another."""
        for whose, firm in (("ours", self.firm), ("others", self.stranger)):
            with writing(self.database) as session:
                need = a_need(session, firm, state=NeedState.SUBMITTED, submitted_on=TODAY)
                self.things["behalf", whose] = a_behalf(session, need, a_paper(session, firm)).id

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
            invited = Invitation(code_hash="theirs", role=Role.LEADER, name="新领导", firm_id=None, bank_id=None, invited_by=1,
                                 until=NOW + timedelta(days=7), by_two=True)  # fmt: skip
            self.things["invitation", "ours"] = desk.add(invited).id
            self.things["address", "ours"] = address.id
        with self.at(SYSTEM) as desk:
            (parcel,) = desk.all(Parcel)
            parcel.fate, self.things["parcel", "ours"] = Fate.DEAD, parcel.id

    def _statistics(self) -> None:
        """Last month's, as the daily run makes it."""
        about = statistics.subject(Span.MONTH, TODAY.replace(day=1) - timedelta(days=1))
        with self.at(SYSTEM) as desk:
            statistics.make(desk, about)
            self.things["statistic", "ours"] = desk.all(IssuedPaper, IssuedPaper.subject_id == about)[0].id

    def _return(self) -> None:
        """Figures of a month that another officer typed."""
        with writing(self.database) as session:
            other = a_user(session, Role.OFFICER).actor
        with self.at(other) as desk:
            said = register.type_figures(desk, date(2026, 10, 31), {"total_assets": 1}, nothing_outside=True)
            self.things["figures", "ours"] = said.id
            self.things["posting", "ours"] = reserves.propose(desk, date(2026, 10, 31)).id
