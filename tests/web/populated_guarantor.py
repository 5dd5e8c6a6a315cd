"""What the guarantor of the populated zone keeps: terms, agreements, things pledged."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from financing.guarantees import changes, documents, related
from financing.guarantees.agreement_model import SharingAgreement
from financing.guarantees.agreements import adopt, propose
from financing.guarantees.change_rules import DocumentKind
from financing.guarantees.documents import Filed
from financing.guarantees.model import GuaranteeCase
from financing.guarantees.rules import Scope
from financing.guarantees.security_model import CounterGuarantee
from financing.guarantees.security_rules import SecurityKind
from financing.money import Fen, Rate
from financing.papers import store
from financing.parties.model import Firm
from financing.parties.rules import RelationKind, RelationSource
from tests.makers import NOW, TODAY, writing
from tests.web.populated_banks import AtBanks

#: 4-2-2-2, for a year.
AGREED = {
    **{f"{party}_share": Rate.percent(share) for party, share in
       {"guarantor": 40, "bank": 20, "reguarantor": 20, "fund": 20, "treasury": 0, "other": 0}.items()},
    "other_name": "", "valid_from": TODAY, "valid_until": TODAY + timedelta(days=365), "trigger_days": 60, "grace_days": 30,
    "deposit": Rate(0), "single_cap": Fen.wan(500), "stop_rate": Rate.percent(5), "business": "小微企业贷款担保",
}  # fmt: skip


class AtGuarantor(AtBanks):
    """Terms and agreements."""

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

    @contextmanager
    def _filed(self, content: bytes) -> Iterator[Filed]:
        with store.keeping(self.uploads, content) as kept:
            yield Filed(
                DocumentKind.CORPORATE_RESOLUTION, "决议.pdf", "application/pdf", kept.size, kept.sha256, kept.stored
            )
