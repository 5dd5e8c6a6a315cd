"""I-02, I-03: whatever happens in whatever order, every limit is the sum of its movements, within its cap, as a plain model says."""

from __future__ import annotations

from collections import defaultdict
from types import SimpleNamespace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from financing.access import SYSTEM
from financing.case_refusals import LimitReached
from financing.db import new_id
from financing.guarantees import ledger, limits
from financing.guarantees.model import Limit, LimitTerm
from financing.guarantees.rules import Scope
from financing.money import Fen
from financing.parties.model import Firm
from financing.parties.rules import Support
from tests.makers import a_firm, a_guarantor, at, writing

NET_ASSETS = 5_000 * 1_000_000  # fen: one firm may have 500万元, a group 750万元
BOUND = 500 * 1_000_000
firms, amounts, whiches = st.integers(0, 3), st.integers(1, 260 * 1_000_000), st.integers(0, 30)


def three_quarters(fen: int) -> int:
    return (3 * fen + 2) // 4  # half up, as bills are rounded


class Facility(RuleBasedStateMachine):
    """Decisions, letters, releases and discovered ties among four firms of one guarantor."""

    def __init__(self, database) -> None:
        super().__init__()
        self.database = database
        with writing(database) as session:
            self.guarantor = a_guarantor(session, net_assets=Fen(NET_ASSETS)).id
            self.firms = [a_firm(session, size="small" if n % 2 else "medium").id for n in range(4)]
            self.bank = new_id()
            session.add(LimitTerm(scope=Scope.BANK, owner_id=self.bank, cap=Fen(10**12), basis="会议纪要"))
            session.merge(LimitTerm(id=1, scope=Scope.SECTOR, owner_id=33, cap=Fen(10**14), basis="会议纪要"))
        self.groups: dict[int, int | None] = dict.fromkeys(range(4))
        self.cases: list[dict] = []

    def held(self, *, firm=None, group=None, pot=None) -> int:
        """What the plain model says of some cases, unweighed."""
        return sum(
            sum(case[p] for p in ((pot and (pot,)) or ("reserved", "used")))
            for case in self.cases
            if firm in {None, case["firm"]} and (group is None or self.groups[case["firm"]] == group)
        )

    def weighed(self, firm: int, amount: int = 0) -> int:
        total = self.held(firm=firm) + amount
        return three_quarters(total) if firm % 2 and total <= BOUND else total

    def case(self, which):
        return self.cases[which % len(self.cases)] if self.cases else None

    @rule(firm=firms, amount=amounts)
    def decide(self, firm, amount) -> None:
        thing = SimpleNamespace(
            id=new_id(), guarantor_id=self.guarantor, firm_id=self.firms[firm], line=Fen(amount), support=Support.LETTER
        )
        group = self.groups[firm]
        room = self.held(firm=firm) + amount <= NET_ASSETS // 10 and (
            group is None or self.held(group=group) + amount <= NET_ASSETS * 15 // 100
        )
        try:
            with at(self.database, SYSTEM) as desk:
                limits.reserve(desk, thing)
        except LimitReached:
            assert not room
        else:
            assert room
            self.cases.append({"thing": thing, "firm": firm, "reserved": amount, "used": 0})

    @rule(which=whiches, part=st.integers(1, 100))
    def issue(self, which, part) -> None:
        case = self.case(which)
        if case and case["reserved"]:
            amount = max(1, case["reserved"] * part // 100)
            with at(self.database, SYSTEM) as desk:
                limits.use(desk, case["thing"], Fen(amount), self.bank)
            case["reserved"], case["used"] = 0, amount

    @rule(which=whiches)
    def end(self, which) -> None:
        case = self.case(which)
        if case:
            with at(self.database, SYSTEM) as desk:
                limits.release(desk, case["thing"])
            case["reserved"] = case["used"] = 0

    @rule(firm=firms, group=st.sampled_from([None, 1, 2]))
    def discover(self, firm, group) -> None:
        with at(self.database, SYSTEM) as desk:
            owner = None if group is None else self.guarantor + group
            limits.regroup(desk, desk.session.get_one(Firm, self.firms[firm]), owner)
        self.groups[firm] = group

    @invariant()
    def counters_are_what_the_model_says_and_the_ledger_differs_by_nothing(self) -> None:
        with writing(self.database) as session:
            assert ledger.differences(session) == {}
            found = {
                (limit.scope, limit.owner_id): limit.used.fen + limit.reserved.fen
                for limit in session.scalars(select(Limit))
            }
        expected = defaultdict(int, found | {(Scope.FACILITY, self.guarantor): sum(map(self.weighed, range(4)))})
        for firm, key in enumerate(self.firms):
            expected[Scope.FIRM, key] = self.held(firm=firm)
        for group in (1, 2):
            expected[Scope.GROUP, self.guarantor + group] = self.held(group=group)
        expected[Scope.BANK, self.bank] = self.held(pot="used")
        assert {key: fen for key, fen in found.items() if fen} == {key: fen for key, fen in expected.items() if fen}


def test_I02_the_ledger_and_a_plain_model_agree_after_every_step(database):
    run = settings(settings(), max_examples=min(settings().max_examples, 15), stateful_step_count=30)
    run_state_machine_as_test(lambda: Facility(database), settings=run)
