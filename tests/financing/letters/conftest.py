"""A firm whose offer is chosen and whose limits are reserved: all that a letter waits for, on a database whose walls stand."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from financing.access import Actor, Role
from financing.guarantees import limits
from financing.guarantees.change_rules import DocumentKind
from financing.guarantees.documents import Document, Filed
from financing.guarantees.model import GuaranteeCase
from financing.letters import entries, service
from financing.letters.model import EntryProposal, Guarantee, GuaranteeEntry
from financing.letters.rules import EntryKind
from financing.letters.service import Wording
from financing.money import Fen
from financing.offers.model import Offer
from tests.financing.matching.stage import Stage
from tests.financing.offers.test_service import accepted, declined, offered, opened, sent
from tests.makers import NOW, TODAY, a_user, writing


def filed(kind: DocumentKind = DocumentKind.PROOF, name: str = "凭证.pdf") -> Filed:
    return Filed(kind, name, "application/pdf", 1_000, "a" * 64, "b" * 64)


@dataclass
class Desk:
    """The people around one chosen offer, and what they do."""

    stage: Stage
    offer: Offer
    chair: Actor
    second: Actor
    case: GuaranteeCase
    made: list[int] = field(default_factory=list)

    @property
    def database(self):
        return self.stage.database

    def change(self, kind, key, /, **facts) -> None:
        with writing(self.database) as session:
            thing = session.get_one(kind, key)
            for name, value in facts.items():
                setattr(thing, name, value)

    def files(self, kind: DocumentKind, subject: int, firm: int | None = None) -> None:
        with writing(self.database) as session:
            session.add(
                Document(
                    kind=kind, name="扫描件.pdf", media="application/pdf", size=1, sha256="a" * 64, stored="b" * 64, added_at=NOW, added_by=1,
                    subject_id=subject, firm_id=firm,
                )
            )  # fmt: skip

    def prepares(self, amount: Fen | None = None, now=NOW, starts=None, files=(), actor=None) -> Guarantee:
        with self.stage.at(actor or self.stage.officer, now) as desk:
            said = Wording(amount or self.offer.amount, starts or desk.today, None)
            return service.prepare(desk, desk.get(Offer, self.offer.id), said, files)

    def issues(self, guarantee: Guarantee, now=NOW, actor=None) -> None:
        with self.stage.at(actor or self.chair, now) as desk:
            service.issue(desk, desk.get(Guarantee, guarantee.id))

    def issued(self, amount: Fen | None = None) -> Guarantee:
        made = self.prepares(amount)
        self.issues(made)
        return made

    def repays(self, guarantee, amount: Fen, on=TODAY, now=NOW) -> None:
        with self.stage.at(self.stage.officer, now) as desk:
            entries.repay(desk, desk.get(Guarantee, guarantee.id), on=on, amount=amount)

    def releases(self, guarantee, kind=DocumentKind.BANK_CONFIRMATION) -> None:
        with self.stage.at(self.stage.officer) as desk:
            entries.release(desk, desk.get(Guarantee, guarantee.id), filed(kind))

    def proposes(self, guarantee, kind: EntryKind, amount: Fen, on=TODAY, paper=None, actor=None) -> EntryProposal:
        with self.stage.at(actor or self.stage.officer) as desk:
            here = desk.get(Guarantee, guarantee.id)
            return entries.propose(
                desk, here, kind, on=on, amount=amount, reason="银行来函", filed=filed(paper or entries.RESTS_ON[kind])
            )

    def confirms(self, proposal, actor=None) -> None:
        with self.stage.at(actor or self.chair) as desk:
            entries.confirm(desk, desk.get(EntryProposal, proposal.id))

    def books(self, guarantee, kind: EntryKind, amount: Fen) -> None:
        self.confirms(self.proposes(guarantee, kind, amount))

    def get(self, kind, key):
        with writing(self.database) as session:
            return session.get_one(kind, key)

    def now(self, guarantee) -> Guarantee:
        return self.get(Guarantee, guarantee.id)

    def ledger(self, guarantee) -> list[tuple[EntryKind, int]]:
        with writing(self.database) as session:
            rows = session.query(GuaranteeEntry).filter_by(guarantee_id=guarantee.id)
            return sorted((row.kind, row.amount.fen) for row in rows)


def chosen(database, *, scan: bool = True, **asked) -> Desk:
    """One bank's offer over all that was asked for, chosen by the firm; the case reserved in the limits."""
    stage = sent(database, banks=2, **asked)
    offer = offered(stage, 0, **({"amount": asked["amount"]} if "amount" in asked else {}))
    declined(stage, 1)  # nobody is waited for: what was offered opens
    opened(stage)
    accepted(stage, offer)
    with writing(database) as session:
        chair, second = a_user(session, Role.CHAIR).actor, a_user(session, Role.OFFICER).actor
        case = session.query(GuaranteeCase).filter_by(need_id=stage.need.id).one()
    with stage.at(stage.officer) as desk:
        limits.reserve(desk, desk.get(GuaranteeCase, case.id))
    found = Desk(stage, offer, chair, second, case)
    found.offer = found.get(Offer, offer.id)
    if scan:
        found.files(DocumentKind.LICENCE, case.guarantor_id)
    return found


@pytest.fixture
def ready(database) -> Desk:
    return chosen(database)
