"""What firms claim: once, within the window, for what is theirs; paid by two people after the publicity; ledger and claims tie."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from financing.access import Actor, Role
from financing.case_refusals import SamePerson
from financing.money import Fen
from financing.parties.model import Firm
from financing.policies import claims, facts, ledger, service, views
from financing.policies.claim_model import PolicyClaim, PolicyLine
from financing.policies.model import PolicyClause
from financing.policies.rules import Benefit, ClaimState, Entry, Route
from financing.policy_refusals import (
    AboveApplied,
    AboveEntitled,
    BudgetSpent,
    ClaimedAlready,
    ClaimedElsewhere,
    DoubleSubsidy,
    LoanOwed,
    NotAppliedYet,
    NotEntitled,
    PublicityRuns,
    WindowClosed,
)
from financing.refusals import NotAFact, NotAllowed, NotFound, WrongState
from tests.financing.policies.conftest import OFFICER, SECOND, Zone, put_in_force, written
from tests.makers import NOW, TODAY, a_firm, at, writing

INTEREST = {"rule": "interest", "ppm": 15_000, "months": 24}


def applied(zone: Zone, fen: int = 8_000_000, *, clause: int | None = None, **more: str) -> int:
    with at(zone.database, zone.signatory) as desk:
        firm = desk.get(Firm, zone.firm_id)
        made = claims.apply(desk, desk.get(PolicyClause, clause or zone.clause_id), firm, Fen(fen), **more)
        return made.id


def stated(zone: Zone, **values: object) -> None:
    with at(zone.database, zone.signatory) as desk:
        facts.state(desk, desk.get(Firm, zone.firm_id), values)


def test_the_whole_road_to_the_money(zone: Zone) -> None:
    stated(zone, rd_expense=Fen.wan(80))
    key = applied(zone)  # 80万 × 10% = 8万
    with at(zone.database, OFFICER) as desk:
        claim = desk.get(PolicyClaim, key)
        assert (claim.number, claim.entitled, claim.due_on) == (
            "BT2026-0001",
            Fen.wan(8),
            desk.calendar.after(TODAY, 60).day,
        )
        with pytest.raises(AboveApplied):
            claims.review(desk, claim, Fen.wan(9))
        claims.review(desk, claim, Fen.wan(6))
        claims.publicise(desk, claim)
        assert claim.public_until == date(2026, 11, 30)  # five working days after Monday the 23rd
        with pytest.raises(PublicityRuns):
            claims.ask_payment(desk, claim, "付2026-118")
    after = NOW + timedelta(days=8)
    with at(zone.database, OFFICER, after) as desk:
        claims.ask_payment(desk, desk.get(PolicyClaim, key), "付2026-118")
    with at(zone.database, OFFICER, after) as desk, pytest.raises(SamePerson):
        claims.pay(desk, desk.get(PolicyClaim, key))
    with at(zone.database, SECOND, after) as desk:
        claims.return_payment(desk, desk.get(PolicyClaim, key), "凭证号不对")
    with at(zone.database, OFFICER, after) as desk:
        claims.ask_payment(desk, desk.get(PolicyClaim, key), "付2026-119")
    with at(zone.database, SECOND, after) as desk:
        claims.pay(desk, desk.get(PolicyClaim, key))
    with at(zone.database, OFFICER, after) as desk:
        lines = {line.entry: (line.amount, line.confirmed_by) for line in desk.all(PolicyLine)}
        assert lines == {
            Entry.APPLIED: (Fen.wan(8), None), Entry.GRANTED: (Fen.wan(6), None), Entry.PAID: (Fen.wan(6), SECOND.id)
        }  # fmt: skip
        assert ledger.differences(desk) == []
        [(_, _, sums)] = views.book(desk)
        assert (sums.entitled, sums.applied, sums.granted, sums.paid, sums.gap) == (
            Fen.wan(8), Fen.wan(8), Fen.wan(6), Fen.wan(6), Fen.wan(2)
        )  # fmt: skip
        [line] = views.firms(desk, desk.get(PolicyClause, zone.clause_id))
        assert (line.firm_id, line.sure, line.sums) == (zone.firm_id, True, sums)


def test_who_is_not_entitled_is_told_which_condition(zone: Zone) -> None:
    with writing(zone.database) as session:
        large = a_firm(session, size="large").id
    with at(zone.database, Actor(4, Role.SIGNATORY, firm_id=large)) as desk, pytest.raises(NotEntitled) as caught:
        claims.apply(desk, desk.get(PolicyClause, zone.clause_id), desk.get(Firm, large), Fen(100))
    assert caught.value.facts["unmet"].fact == "size"


def test_no_more_than_the_clause_comes_to_and_within_the_window(zone: Zone) -> None:
    stated(zone, rd_expense=Fen.wan(80))
    with pytest.raises(AboveEntitled) as caught:
        applied(zone, 8_000_001)
    assert caught.value.facts["most"] == Fen.wan(8)
    with at(zone.database, zone.signatory, NOW + timedelta(days=28)) as desk, pytest.raises(WindowClosed):
        claims.apply(desk, desk.get(PolicyClause, zone.clause_id), desk.get(Firm, zone.firm_id), Fen(100))
    with at(zone.database, zone.signatory, NOW + timedelta(days=90)) as desk, pytest.raises(NotFound):
        claims.apply(desk, desk.get(PolicyClause, zone.clause_id), desk.get(Firm, zone.firm_id), Fen(100))


def test_a_firm_applies_for_itself_alone(zone: Zone) -> None:
    with writing(zone.database) as session:
        other = a_firm(session).id
    stranger = Actor(33, Role.SIGNATORY, firm_id=other)
    with at(zone.database, stranger) as desk, pytest.raises((NotAllowed, NotFound)):
        claims.apply(desk, desk.get(PolicyClause, zone.clause_id), desk.get(Firm, zone.firm_id), Fen(100))
    key = applied(zone, 100)
    with at(zone.database, stranger) as desk, pytest.raises(NotFound):
        desk.get(PolicyClaim, key)


def test_once_a_year_and_again_after_it_was_taken_back(zone: Zone) -> None:
    key = applied(zone, 100)
    with pytest.raises(ClaimedAlready):
        applied(zone, 100)
    with at(zone.database, zone.signatory) as desk:
        claims.withdraw(desk, desk.get(PolicyClaim, key))
    again = applied(zone, 100)
    with at(zone.database, OFFICER) as desk:
        assert desk.get(PolicyClaim, again).number == "BT2026-0002"
        assert ledger.together(ledger.sums(desk, PolicyLine.clause_id)).applied == Fen(100)
        with pytest.raises(WrongState):
            claims.review(desk, desk.get(PolicyClaim, key), Fen(1))


def two_of_a_group(zone: Zone, *, per_loan: bool) -> tuple[int, int]:
    shared = {"exclusive": "中央财政贷款贴息", "per_loan": per_loan, "amount": INTEREST, "conditions": []}
    _, [one] = put_in_force(zone.database, written(title="贴息甲", **shared))
    _, [two] = put_in_force(zone.database, written(title="贴息乙", **shared))
    return one, two


def test_one_central_subsidy_for_each_loan(zone: Zone) -> None:
    one, two = two_of_a_group(zone, per_loan=True)
    with pytest.raises(LoanOwed):
        applied(zone, 100, clause=one)
    first = applied(zone, 100, clause=one, contract="hn-2026-88")
    with pytest.raises(DoubleSubsidy) as caught:
        applied(zone, 100, clause=two, contract="HN-2026-88")
    assert (caught.value.facts["number"], caught.value.facts["title"]) == ("BT2026-0001", "贴息甲")
    applied(zone, 100, clause=two, contract="HN-2026-89")  # another loan
    with at(zone.database, zone.signatory) as desk:
        claims.withdraw(desk, desk.get(PolicyClaim, first))
    applied(zone, 100, clause=two, contract="HN-2026-88")


def test_the_database_itself_refuses_a_second_one_of_a_group(zone: Zone) -> None:
    one, two = two_of_a_group(zone, per_loan=False)
    applied(zone, 100, clause=one)
    with at(zone.database, OFFICER) as desk:
        row = desk.find(PolicyClaim, PolicyClaim.clause_id == one)
        assert row is not None
        same = {
            c.key: getattr(row, c.key)
            for c in PolicyClaim.__table__.columns
            if c.key not in {"id", "version", "number"}
        }
        desk.add(PolicyClaim(**same | {"number": "BT2026-9999", "clause_id": two}))
        with pytest.raises(DBAPIError):
            desk.session.flush()
        desk.session.rollback()


def test_of_a_group_only_the_largest_counts_in_the_total(zone: Zone) -> None:
    two_of_a_group(zone, per_loan=True)
    stated(zone, loan_principal=Fen.wan(100), loan_months=12, rd_expense=Fen.wan(80))
    with at(zone.database, zone.signatory, write=False) as desk:
        found = views.mine(desk, desk.get(Firm, zone.firm_id))
    assert [line.found.amount for line in found.lines] == [8_000_000, 1_500_000, 1_500_000]
    assert (found.sure, found.likely) == (Fen(9_500_000), Fen(0))


def test_a_budget_is_never_passed(zone: Zone) -> None:
    _, [clause] = put_in_force(zone.database, written(budget=Fen.wan(5), conditions=[]))
    key = applied(zone, 8_000_000, clause=clause)
    with at(zone.database, OFFICER) as desk:
        claim = desk.get(PolicyClaim, key)
        with pytest.raises(BudgetSpent) as caught:
            claims.review(desk, claim, Fen.wan(6))
        assert caught.value.facts["left"] == Fen.wan(5)
        claims.review(desk, claim, Fen.wan(5))
        assert desk.get(PolicyClause, clause).granted == Fen.wan(5)
    with pytest.raises(DBAPIError), writing(zone.database) as session:
        session.execute(text("UPDATE policy_clause SET granted = granted + 1 WHERE budget IS NOT NULL"))
    with at(zone.database, OFFICER) as desk:
        claims.refuse(desk, desk.get(PolicyClaim, key), "异议成立")
        assert desk.get(PolicyClause, clause).granted == Fen(0)
        assert ledger.together(ledger.sums(desk, PolicyLine.clause_id)) == ledger.Sums(Fen(0))


def test_what_comes_without_asking(zone: Zone) -> None:
    _, [clause] = put_in_force(zone.database, written(route=Route.AUTOMATIC))
    with at(zone.database, OFFICER) as desk:
        firm, of_asking = desk.get(Firm, zone.firm_id), desk.get(PolicyClause, zone.clause_id)
        with pytest.raises(NotEntitled):
            claims.notify(desk, of_asking, firm)
        with pytest.raises(NotEntitled):  # the R&D expense is not known
            claims.notify(desk, desk.get(PolicyClause, clause), firm)
    stated(zone, rd_expense=Fen.wan(30))
    with at(zone.database, OFFICER) as desk:
        claim = claims.notify(desk, desk.get(PolicyClause, clause), desk.get(Firm, zone.firm_id))
        assert (claim.state, claim.applied) == (ClaimState.NOTIFIED, Fen.wan(3))
        claims.review(desk, claim, Fen.wan(3))
        assert ledger.differences(desk) == []


def test_nothing_is_reviewed_that_nobody_applied_for(zone: Zone) -> None:
    key = applied(zone, 100)
    with writing(zone.database) as session:
        session.execute(text("UPDATE policy_claim SET state = 'notified'"))
    with at(zone.database, OFFICER) as desk, pytest.raises(NotAppliedYet):
        claims.review(desk, desk.get(PolicyClaim, key), Fen(100))


def test_tax_reliefs_are_had_with_the_tax_return(zone: Zone) -> None:
    _, [clause] = put_in_force(zone.database, written(benefit=Benefit.TAX))
    with pytest.raises(ClaimedElsewhere):
        applied(zone, 100, clause=clause)


def test_a_firm_states_what_only_it_can_know(zone: Zone) -> None:
    stated(zone, rd_expense=Fen.wan(30), high_tech=True)
    stated(zone, high_tech=None)
    with at(zone.database, zone.signatory) as desk:
        firm = desk.get(Firm, zone.firm_id)
        known = facts.known(desk, firm)
        assert known["rd_expense"] == 30_000_000
        assert "high_tech" not in known
        for wrong in ({"tax_paid": 1}, {"high_tech": 3}, {"loan_months": -1}):
            with pytest.raises(NotAFact):
                facts.state(desk, firm, wrong)


@pytest.mark.parametrize("change", [
    "UPDATE policy_line SET amount = 1",
    "DELETE FROM policy_line",
    "DELETE FROM policy_claim",
    "UPDATE policy_claim SET firm_id = firm_id + 1",
    "UPDATE policy_claim SET granted = 1 WHERE granted IS NOT NULL",
    "UPDATE policy_claim SET state = 'paid'",
    "UPDATE policy_claim SET confirmed_by = 7, asked_by = 7",
])  # fmt: skip
def test_the_database_keeps_the_ledger(zone: Zone, change: str) -> None:
    key = applied(zone, 8_000_000)
    with at(zone.database, OFFICER) as desk:
        claims.review(desk, desk.get(PolicyClaim, key), Fen.wan(6))
    with pytest.raises(DBAPIError), writing(zone.database) as session:
        session.execute(text(change))


def test_columns_and_one_firm_stand_on_the_same_facts(zone: Zone) -> None:
    """Also for a firm of which little is known, and for one that states what its registration says otherwise."""
    stated(zone, rd_expense=Fen.wan(80), layoff_rate=2.5, high_tech=False)
    with writing(zone.database) as session:
        a_firm(session, size="undetermined", revenue=None, employees=None, assets=None)
        told = {"debt_ratio": {"value": "41.5"}, "employees": {"value": 77}, "unheard_of": {"value": 1}}
        a_firm(session, employees=12, stated=told)
    with at(zone.database, OFFICER, write=False) as desk:
        wanted = (
            "industry",
            "size",
            "employees",
            "revenue",
            "assets",
            "rd_expense",
            "layoff_rate",
            "high_tech",
            "debt_ratio",
        )
        frame = facts.frame(desk, wanted)
        found = {row.pop("firm"): row for row in frame.iter_rows(named=True)}
        for firm in desk.all(Firm):
            known = facts.known(desk, firm)
            plain = {
                name: float(known[name]) if isinstance(known.get(name), Decimal) else known.get(name) for name in wanted
            }
            assert found[firm.id] == plain
        assert sorted(row["employees"] or 0 for row in found.values())[:2] == [0, 77]


def test_a_policy_written_anew_keeps_old_claims(zone: Zone) -> None:
    key = applied(zone, 100)
    with at(zone.database, OFFICER) as desk:
        service.repeal(desk, desk.get(PolicyClaim, key) and desk.get(service.Policy, zone.policy_id), "新办法")
        claims.review(desk, desk.get(PolicyClaim, key), Fen(100))
