"""What people see of risk-sharing agreements: all of them, which are in force, and one with the split of a loss drawn out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from financing import parameters
from financing.acts import Act
from financing.desk import Desk
from financing.guarantees import agreements, documents, sharing
from financing.guarantees.agreement_model import SharingAgreement
from financing.guarantees.change_rules import ChangeState
from financing.guarantees.documents import Document
from financing.guarantees.model import GuaranteeCase
from financing.guarantees.sharing import Party
from financing.listed import Listed, listed
from financing.money import Fen, Rate
from financing.parameters import Figure
from financing.parties import service as parties
from financing.parties.model import Bank

#: The loss that every agreement is shown with; an odd fen shows where it goes.
EXAMPLE = Fen(100_000_001)


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One agreement in the list; `rules` says whether losses are shared by it today."""

    agreement: SharingAgreement
    bank: str
    rules: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One party's share, its part of the example, and where its piece begins in the drawing (ppm)."""

    party: Party
    name: str  # empty: as the party is called
    share: Rate
    part: Fen
    start: int


@dataclass(frozen=True, slots=True)
class AgreementView:
    """One agreement; `least` is the figure for the bank's share, `low` whether the bank bears less."""

    agreement: SharingAgreement
    bank: str
    parts: tuple[Part, ...]
    example: Fen
    rules: bool
    least: Figure
    papers: tuple[Document, ...]
    acts: tuple[Act, ...]
    may_open: bool

    @property
    def low(self) -> bool:
        return self.agreement.bank_share.ppm < self.least.value


@dataclass(frozen=True, slots=True)
class Split:
    """Who would bear which part of one loss; `number` names the agreement it follows, empty where there is none."""

    number: str
    agreement_id: int | None
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Agreements:
    history: Listed[AgreementRow]
    may_propose: bool


def every(desk: Desk, page: int = 1) -> Agreements:
    """The agreements in sight, the newest first."""
    rows = desk.select(SharingAgreement).order_by(SharingAgreement.number.desc())
    return Agreements(
        listed(desk, rows, page, lambda one: AgreementRow(one, _bank(desk, one), _rules(desk, one))),
        desk.may(Act.PROPOSE_AGREEMENT, None),
    )


def one(desk: Desk, agreement: SharingAgreement) -> AgreementView:
    """One agreement with everything a decision on it rests on."""
    return AgreementView(
        agreement=agreement,
        bank=_bank(desk, agreement),
        parts=_parts(EXAMPLE, agreement.shares, _names(desk, agreement.bank_id, agreement.other_name)),
        example=EXAMPLE,
        rules=_rules(desk, agreement),
        least=parameters.figure("bank_share_min_ppm", desk.today),
        papers=tuple(documents.about(desk, agreement.id)),
        acts=desk.acts(agreement),
        may_open=desk.may(Act.OPEN_DOCUMENT, agreement),
    )


def loss(desk: Desk, case: GuaranteeCase, bank_id: int, amount: Fen) -> Split:
    """How the loss of this amount would be shared with this bank, by the agreement in force today and the cover of the case."""
    ruling = agreements.in_force(desk, bank_id, desk.today)
    shares = agreements.shares(desk, case, bank_id)
    names = _names(desk, bank_id, ruling.other_name if ruling else "")
    number, key = (ruling.number, ruling.id) if ruling else ("", None)
    return Split(number, key, _parts(amount, shares, names))


def _parts(amount: Fen, shares: Mapping[Party, Rate], names: Mapping[Party, str]) -> tuple[Part, ...]:
    start, found, parts = 0, [], sharing.split(amount, shares)
    for party, share in shares.items():
        found.append(Part(party, names.get(party, ""), share, parts[party], start))
        start += share.ppm
    return tuple(found)


def _names(desk: Desk, bank_id: int | None, other: str) -> dict[Party, str]:
    guarantor = parties.the_guarantor(desk)
    bank = desk.get(Bank, bank_id).name if bank_id is not None else ""
    return {Party.GUARANTOR: guarantor.name if guarantor else "", Party.BANK: bank, Party.OTHER: other}


def _rules(desk: Desk, agreement: SharingAgreement) -> bool:
    """Whether it is the one that rules its bank's losses today."""
    if agreement.state is not ChangeState.ADOPTED:
        return False
    ruling = agreements.in_force(desk, agreement.bank_id, desk.today)
    return ruling is not None and ruling.id == agreement.id


def _bank(desk: Desk, agreement: SharingAgreement) -> str:
    return desk.get(Bank, agreement.bank_id).name if agreement.bank_id is not None else ""
