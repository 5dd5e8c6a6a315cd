"""What people see of guarantees: the list, one with its ledger and papers, and what a letter waits for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from financing.acts import Act
from financing.desk import Desk
from financing.guarantees import agreement_views
from financing.guarantees.agreement_views import Split
from financing.guarantees.documents import Document
from financing.guarantees.model import GuaranteeCase
from financing.letters import papers
from financing.letters.checks import checks, licence_scan
from financing.letters.model import EntryProposal, Guarantee, GuaranteeEntry
from financing.letters.paper_model import IssuedPaper
from financing.letters.rules import ACTIVE, Check, GuaranteeState, ProposalState, missed
from financing.listed import Listed, listed
from financing.money import Fen
from financing.needs.model import Need
from financing.offers.model import Offer
from financing.offers.rules import OfferState
from financing.parties import names
from financing.parties.model import Bank, Firm, Guarantor
from financing.parties.rules import Support

#: Offers that wait for a letter, on one page: with more, the next appears when one is done.
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Row:
    id: int
    number: str
    firm: str
    bank: str
    form: Support
    amount: Fen
    balance: Fen
    matures: date
    state: GuaranteeState


@dataclass(frozen=True, slots=True)
class Ready:
    """An offer that was chosen and has no letter yet."""

    offer: int
    need: str
    firm: str
    bank: str
    amount: Fen
    months: int


@dataclass(frozen=True, slots=True)
class Shown:
    """One guarantee: names, ledger, what waits, papers, what is asked before its issue, and what one may do."""

    guarantee: Guarantee
    firm: str
    bank: str
    guarantor: str
    need: str
    case: int | None
    entries: tuple[tuple[GuaranteeEntry, Document | None], ...]
    proposals: tuple[EntryProposal, ...]
    papers: tuple[IssuedPaper, ...]
    checks: tuple[Check, ...]
    split: Split | None  # of a loss of the whole amount; the firm bears none and is not shown it
    acts: tuple[Act, ...]
    deciding: tuple[Act, ...]

    @property
    def waiting(self) -> EntryProposal | None:
        return next((one for one in self.proposals if one.state is ProposalState.PROPOSED), None)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a letter for one offer would rest on, before anybody prepares it."""

    offer: Offer
    case: GuaranteeCase
    firm: str
    bank: str
    need: str
    checks: tuple[Check, ...]
    scan: bool  # the licence is on file

    @property
    def missed(self) -> int:
        return len(missed(self.checks))


def guarantees(desk: Desk, only: GuaranteeState | None = None, page: int = 1) -> Listed[Row]:
    """One page of guarantees in sight, the newest first."""
    named = (names.of_firm(Guarantee.firm_id), names.of_bank(Guarantee.bank_id))
    own = (Guarantee.id, Guarantee.number, *named, Guarantee.form, Guarantee.amount, Guarantee.balance)
    query = desk.select(Guarantee, *own, Guarantee.matures, Guarantee.state)
    if only is not None:
        query = query.where(Guarantee.state == only)
    return listed(desk, query.order_by(Guarantee.prepared_at.desc(), Guarantee.number.desc()), page, Row)


def ready(desk: Desk) -> list[Ready]:
    """Offers chosen by their firms that wait for a letter, the oldest first, for whoever prepares letters."""
    named = (names.of_firm(Offer.firm_id), names.of_bank(Offer.bank_id))
    query = desk.select(Offer, Offer.id, Need.number, *named, Offer.amount, Offer.months)
    query = (
        query.join(Need, Need.id == Offer.need_id)
        .where(Offer.state == OfferState.ACCEPTED, ~Offer.lettered)
        .order_by(Offer.made_at, Offer.id)
    )
    return [Ready(*row) for row in desk.session.execute(query.limit(SHOWN))]


def draft(desk: Desk, offer: Offer) -> Draft:
    """Every ground for a letter over the whole of an offer, as of today."""
    case = desk.find(GuaranteeCase, GuaranteeCase.need_id == offer.need_id)
    assert case is not None  # noqa: S101  no offer without a case
    firm, bank = _names(desk, offer.firm_id, offer.bank_id)
    signer = desk.session.get_one(Guarantor, case.guarantor_id)
    need = desk.session.get_one(Need, offer.need_id).number
    found = checks(desk, case, offer, offer.amount)
    return Draft(offer, case, firm, bank, need, found, licence_scan(desk, signer) is not None)


def shown(desk: Desk, guarantee: Guarantee) -> Shown:
    """One guarantee as the person at the desk may see it; grounds only while it waits to be issued."""
    firm, bank = _names(desk, guarantee.firm_id, guarantee.bank_id)
    of = GuaranteeEntry.guarantee_id == guarantee.id
    rows = desk.all(GuaranteeEntry, of, by=GuaranteeEntry.at)
    waits = desk.all(EntryProposal, EntryProposal.guarantee_id == guarantee.id, by=EntryProposal.proposed_at.desc())
    case = desk.find(GuaranteeCase, GuaranteeCase.id == guarantee.case_id)
    open_one = next((one for one in waits if one.state is ProposalState.PROPOSED), None)
    return Shown(
        guarantee, firm, bank, desk.session.get_one(Guarantor, guarantee.guarantor_id).name,
        desk.session.get_one(Need, guarantee.need_id).number, case.id if case else None,
        tuple((row, desk.find(Document, Document.id == row.document_id)) for row in rows), tuple(waits),
        tuple(papers.about(desk, guarantee.id)), _grounds(desk, guarantee), _split(desk, guarantee), desk.acts(guarantee),
        desk.acts(open_one) if open_one else (),
    )  # fmt: skip


def _split(desk: Desk, guarantee: Guarantee) -> Split | None:
    """Who would bear a loss, for those between whom it is shared, while the guarantee binds."""
    binds = guarantee.state in ACTIVE and guarantee.form is not Support.RECOMMENDATION
    if desk.actor.firm_id is not None or not binds:
        return None
    case = desk.session.get_one(GuaranteeCase, guarantee.case_id)
    return agreement_views.loss(desk, case, guarantee.bank_id, guarantee.amount)


def _grounds(desk: Desk, guarantee: Guarantee) -> tuple[Check, ...]:
    if guarantee.state is not GuaranteeState.PREPARED:
        return ()
    case, offer = (
        desk.session.get_one(GuaranteeCase, guarantee.case_id),
        desk.session.get_one(Offer, guarantee.offer_id),
    )
    return checks(desk, case, offer, guarantee.amount)


def _names(desk: Desk, firm_id: int, bank_id: int) -> tuple[str, str]:
    return desk.session.get_one(Firm, firm_id).name, desk.session.get_one(Bank, bank_id).name
