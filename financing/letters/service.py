"""What people do with letters (担保函): one prepares, another issues on the day's own checks; a draft may be dropped (I-20)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from financing import parameters
from financing.access import require
from financing.acts import Act
from financing.credit.rules import months_after
from financing.desk import Desk
from financing.guarantees import delegated, documents, limits
from financing.guarantees.change_rules import DocumentKind
from financing.guarantees.documents import Filed
from financing.guarantees.model import GuaranteeCase
from financing.guarantees.rules import exposure
from financing.letter_refusals import LetterOpen, NotIssuable
from financing.letters import entries, papers
from financing.letters.checks import checks, resolution
from financing.letters.model import Guarantee
from financing.letters.rules import ACTIVE, EntryKind, GuaranteeType, missed
from financing.money import Fen
from financing.needs.model import Need
from financing.numbers import Series, take_number
from financing.offers.model import Offer
from financing.parties.rules import Support
from financing.refusals import OutOfRange


@dataclass(frozen=True, slots=True)
class Wording:
    """What the preparer decides of a letter: the amount, the first day of the loan, and how the guarantor is bound."""

    amount: Fen
    starts: date
    type: GuaranteeType | None


def prepare(desk: Desk, offer: Offer, wording: Wording, filed: Sequence[Filed] = ()) -> Guarantee:
    """Prepare the letter for an offer the firm has chosen (拟函); whoever issues it checks everything again.

    LetterOpen while the need has one, NotIssuable naming every ground that is missed, OutOfRange for the first day.
    """
    case = desk.session.query(GuaranteeCase).filter_by(need_id=offer.need_id).one()
    require(desk.actor, Act.PREPARE_LETTER, case)
    if standing := desk.find(Guarantee, Guarantee.need_id == offer.need_id, Guarantee.state.in_(ACTIVE)):
        raise LetterOpen(number=standing.number)
    _file(desk, case, filed)
    _require_issuable(desk, case, offer, wording.amount)
    sealed = resolution(desk, case)
    assert sealed is not None  # noqa: S101  one of the grounds
    if not desk.today <= wording.starts <= (sealed.until or desk.today):
        raise OutOfRange(field="loan_starts", least=desk.today, most=sealed.until)
    matures = months_after(wording.starts, offer.months)
    letter = case.support is Support.LETTER
    months = parameters.figure("guarantee_period_months", desk.today).value if letter else 0
    made = desk.add(
        Guarantee(
            number=take_number(desk.session, Series.GUARANTEE, desk.today.year), case_id=case.id, need_id=case.need_id,
            firm_id=case.firm_id, bank_id=offer.bank_id, offer_id=offer.id, guarantor_id=case.guarantor_id,
            resolution_id=sealed.id, form=case.support, type=(wording.type or GuaranteeType.JOINT) if letter else None,
            amount=wording.amount, offered=offer.amount, line=case.line, asked=desk.session.get_one(Need, case.need_id).amount,
            share=case.share, fee=case.fee, starts=wording.starts, matures=matures, until=months_after(matures, months),
            prepared_at=desk.now, prepared_by=desk.actor.id, preparer=desk.actor.name, chair_aside=case.chair_aside,
        )
    )  # fmt: skip
    offer.lettered = True
    desk.session.flush()
    desk.note(Act.PREPARE_LETTER, made, number=made.number, amount=made.amount, form=made.form, offer=offer.id)
    told = {"to": {"role": "chair"}, "code": Act.PREPARE_LETTER.value, "subject": made.id, "number": made.number}
    desk.later("notice", f"{Act.PREPARE_LETTER}:{made.id}", **told)
    return made


def issue(desk: Desk, guarantee: Guarantee) -> None:
    """Issue what another person has prepared (签发): every ground is checked as of now, and the limits take it up.

    NotAllowed to whoever prepared it, NotFinal, NotIssuable, ConditionsOwed, LimitReached.
    """
    entries.hold(desk, guarantee)
    require(desk.actor, Act.ISSUE_LETTER, guarantee)
    case = desk.session.get_one(GuaranteeCase, guarantee.case_id)
    offer = desk.session.get_one(Offer, guarantee.offer_id)
    guarantee.flow.after(guarantee.state, Act.ISSUE_LETTER)
    delegated.require_final(desk, case)
    _require_issuable(desk, case, offer, guarantee.amount)
    bound = exposure(guarantee.amount, guarantee.form)
    if bound:
        limits.use(desk, case, bound, guarantee.bank_id)
    guarantee.issued_on, guarantee.issued_by, guarantee.issuer = desk.today, desk.actor.id, desk.actor.name
    desk.take(Act.ISSUE_LETTER, guarantee, number=guarantee.number, amount=guarantee.amount, form=guarantee.form)
    entries.write(desk, guarantee, EntryKind.ISSUED, desk.today, bound)
    papers.of_guarantee(desk, guarantee)
    entries.tell(desk, guarantee, Act.ISSUE_LETTER)


def drop(desk: Desk, guarantee: Guarantee) -> None:
    """The draft is not wanted any more (作废草稿); it stays on record under its number."""
    entries.hold(desk, guarantee)
    desk.take(Act.DROP_LETTER, guarantee, number=guarantee.number)
    desk.session.get_one(Offer, guarantee.offer_id).lettered = False


def _file(desk: Desk, case: GuaranteeCase, filed: Sequence[Filed]) -> None:
    """Papers of the guarantor handed in with the draft: its licence is about itself, its own resolution about the case."""
    for one in filed:
        if one.kind is DocumentKind.LICENCE:
            documents.add(desk, one, subject_id=case.guarantor_id)
        else:
            documents.add(desk, one, subject_id=case.id, firm_id=case.firm_id)
    desk.session.flush()


def _require_issuable(desk: Desk, case: GuaranteeCase, offer: Offer, amount: Fen) -> None:
    delegated.require_final(desk, case)
    if grounds := missed(checks(desk, case, offer, amount)):
        raise NotIssuable(grounds=grounds)
