"""What a firm gave in return goes with the guarantee it was given for, and stays while a payment is owed (F40)."""

from __future__ import annotations

import pytest

from financing.access import Role
from financing.guarantees import securities, security_views
from financing.guarantees.agreement_model import SharingAgreement
from financing.guarantees.change_rules import ChangeState, DocumentKind
from financing.guarantees.documents import Document
from financing.guarantees.model import GuaranteeCase
from financing.guarantees.security_model import CounterGuarantee
from financing.guarantees.security_rules import SecurityKind, SecurityState
from financing.guarantees.sharing import Party
from financing.letters import views
from financing.letters.model import Guarantee
from financing.letters.rules import EntryKind
from financing.money import Fen, Rate
from financing.price_refusals import GuaranteeStands
from tests.makers import NOW, TODAY, a_bank, a_user, writing


def asked(ready) -> int:
    """A pledge the firm has signed; asked for while its case was still in review."""
    case = ready.case
    with writing(ready.database) as session:
        one = CounterGuarantee(
            case_id=case.id, need_id=case.need_id, firm_id=case.firm_id, number=1, kind=SecurityKind.EQUITY, about="张明持有的股权",
            value=Fen.wan(20), asked_at=NOW, asked_by=ready.stage.officer.id, asker="经办",
        )  # fmt: skip
        one.state = SecurityState.GIVEN
        session.add(one)
        session.flush()
        return one.id


def standing(ready, key) -> SecurityState:
    return ready.get(CounterGuarantee, key).state


def lets_go(ready) -> None:
    with ready.stage.at(ready.stage.officer) as desk:
        securities.release(desk, desk.get(GuaranteeCase, ready.case.id))


def button(ready) -> bool:
    with ready.stage.at(ready.stage.officer) as desk:
        return security_views.of_case(desk, desk.get(GuaranteeCase, ready.case.id)).may_release


def test_a_guarantee_that_is_released_lets_go_of_what_the_firm_gave(ready):
    one, made = asked(ready), ready.issued()
    with pytest.raises(GuaranteeStands):
        lets_go(ready)
    assert standing(ready, one) is SecurityState.GIVEN and not button(ready)
    ready.releases(made)
    assert standing(ready, one) is SecurityState.RELEASED
    assert ready.get(CounterGuarantee, one).ended_by == ready.stage.officer.id


def test_what_the_firm_gave_stays_until_what_was_paid_for_it_is_recovered(ready):
    one, made = asked(ready), ready.issued()
    ready.books(made, EntryKind.COMPENSATED, Fen.wan(10))
    ready.releases(made)
    with pytest.raises(GuaranteeStands):
        lets_go(ready)
    assert standing(ready, one) is SecurityState.GIVEN and not button(ready)
    ready.books(made, EntryKind.RECOVERED, Fen.wan(10))
    assert button(ready)
    lets_go(ready)
    assert standing(ready, one) is SecurityState.RELEASED


def agreement(ready, bank_id, **shares) -> str:
    """One in force with a bank; the paper it rests on is not what is tried here."""
    parts = {f"{party.value}_share": Rate.percent(shares.get(party.value, 0)) for party in Party}
    with writing(ready.database) as session:
        other = a_user(session, Role.CHAIR)
        made = SharingAgreement(
            **parts, number=f"XY2026-{bank_id % 10_000:04}", bank_id=bank_id, other_name="", valid_from=TODAY, valid_until=TODAY,
            trigger_days=60, grace_days=30, deposit=Rate(0), single_cap=Fen.wan(500), stop_rate=Rate.percent(5), business="贷款担保",
            reason="年度合作", document_id=_paper(ready, session), proposed_at=NOW, proposed_by=ready.stage.officer.id, proposer="经办",
        )  # fmt: skip
        made.state, made.decided_at, made.decided_by = ChangeState.ADOPTED, NOW, other.id
        session.add(made)
        return made.number


def _paper(ready, session) -> int:
    session.add(
        paper := Document(
            kind=DocumentKind.AGREEMENT, name="协议.pdf", media="application/pdf", size=1, sha256="a" * 64, stored="b" * 64, added_at=NOW,
            added_by=1, subject_id=1,
        )
    )  # fmt: skip
    session.flush()
    return paper.id


def split(ready, made, actor):
    with ready.stage.at(actor) as desk:
        return views.shown(desk, desk.get(Guarantee, made.id)).split


def test_a_letter_shows_who_bears_a_loss_and_the_firm_is_not_asked_to_read_it(ready):
    made = ready.issued()
    bare = split(ready, made, ready.stage.officer)
    assert (bare.number, [(one.party, one.share) for one in bare.parts]) == (
        "",
        [(Party.GUARANTOR, made.share), (Party.BANK, Rate(1_000_000 - made.share.ppm))],
    )
    number = agreement(ready, made.bank_id, guarantor=40, bank=20, reguarantor=20, fund=20)
    found = split(ready, made, ready.stage.officer)
    assert found.number == number and sum(one.part.fen for one in found.parts) == made.amount.fen
    assert {one.party: one.share for one in found.parts}[Party.BANK] == Rate(1_000_000 - made.share.ppm)
    with writing(ready.database) as session:
        firm, banker = (
            a_user(session, Role.SIGNATORY, firm_id=made.firm_id).actor,
            a_user(session, Role.BANKER, bank_id=made.bank_id).actor,
        )
    assert split(ready, made, firm) is None
    assert split(ready, made, banker) == found


def test_the_shares_of_a_letter_follow_its_own_banks_agreement_alone(ready):
    made = ready.issued()
    with writing(ready.database) as session:
        other = a_bank(session)
    agreement(ready, other.id, guarantor=40, bank=20, reguarantor=20, fund=20)
    assert split(ready, made, ready.stage.officer).number == ""
