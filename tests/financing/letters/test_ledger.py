"""I-02, I-03: a guarantee's balance is the sum of its entries, and what lives is what the limits hold, after every step."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import case, select

from financing.db import fen_sum
from financing.guarantees import ledger
from financing.guarantees.model import Limit
from financing.guarantees.rules import Scope
from financing.letter_refusals import LetterOpen, NotIssuable, TooMuch
from financing.letters.model import Guarantee, GuaranteeEntry
from financing.letters.rules import EntryKind
from financing.money import Fen
from financing.refusals import OutOfRange, WrongState
from tests.financing.letters.conftest import chosen
from tests.makers import writing

K = EntryKind
#: What a plain model in whole fen does with a balance and a sum paid.
PLAIN = {K.REPAID: (-1, 0), K.COMPENSATED: (-1, 1), K.RECOVERED: (0, -1), K.LOST: (0, -1)}
parts = st.integers(1, 130)


class Ledger(RuleBasedStateMachine):
    """Letters of three firms, one after the other, and all that may happen to them, beside two plain numbers each."""

    def __init__(self, database) -> None:
        super().__init__()
        self.database = database
        self.desks = [chosen(database) for _ in range(3)]
        self.letters: dict[int, Guarantee] = {}
        self.plain: dict[int, list[int]] = {}

    @rule(which=st.integers(0, 2), part=st.integers(1, 100))
    def issue(self, which, part) -> None:
        desk = self.desks[which]
        amount = Fen(desk.offer.amount.fen * part // 100)
        try:
            made = desk.issued(amount)
        except LetterOpen:
            assert which in self.letters
        except NotIssuable:
            assert which in self.plain  # its reservation has been used up by the letter before
        else:
            self.letters[which], self.plain[which] = made, [amount.fen, 0]

    @precondition(lambda self: self.letters)
    @rule(which=st.integers(0, 2), kind=st.sampled_from(sorted(PLAIN)), part=parts)
    def book(self, which, kind, part) -> None:
        if which not in self.letters:
            return
        balance, paid = self.plain[which]
        most = {K.REPAID: balance, K.COMPENSATED: (balance * 8 + 5) // 10}.get(kind, paid)
        amount = max(1, most * part // 100)
        desk, letter = self.desks[which], self.letters[which]
        try:
            desk.repays(letter, Fen(amount)) if kind is K.REPAID else desk.books(letter, kind, Fen(amount))
        except TooMuch:
            assert amount > most
        except (WrongState, OutOfRange):
            assert kind in {K.RECOVERED, K.LOST} and not paid  # nothing was ever paid
        else:
            assert amount <= most
            one, other = PLAIN[kind]
            self.plain[which] = [balance + one * amount, paid + other * amount]

    @precondition(lambda self: self.letters)
    @rule(which=st.integers(0, 2))
    def release(self, which) -> None:
        if which in self.letters:
            self.desks[which].releases(self.letters.pop(which))
            self.plain[which][0] = 0

    @invariant()
    def balances_are_the_sums_of_entries_and_what_the_limits_hold(self) -> None:
        with writing(self.database) as session:
            assert ledger.differences(session) == {}
            sums = dict(session.execute(_sums()).all())
            found = {one.id: one for one in session.scalars(select(Guarantee))}
            used = {
                limit.owner_id: limit.used for limit in session.scalars(select(Limit).where(Limit.scope == Scope.FIRM))
            }
        assert {key: one.balance for key, one in found.items()} == {key: sums[key] for key in found}
        assert sum(one.balance.fen for one in found.values()) == sum(fen.fen for fen in used.values())
        for which, (balance, paid) in self.plain.items():
            mine = [one for one in found.values() if one.firm_id == self.desks[which].case.firm_id]
            assert sum(one.balance.fen for one in mine) == balance == used[self.desks[which].case.firm_id].fen
            assert sum(one.unrecovered.fen for one in mine) == paid


def _sums():
    falls = GuaranteeEntry.kind.in_([K.REPAID, K.RELEASED, K.COMPENSATED])
    signed = case((GuaranteeEntry.kind == K.ISSUED, GuaranteeEntry.amount), (falls, -GuaranteeEntry.amount), else_=0)
    return select(GuaranteeEntry.guarantee_id, fen_sum(signed)).group_by(GuaranteeEntry.guarantee_id)


def test_I02_I03_live_balances_are_the_entries_and_the_limits_after_every_step(database):
    run = settings(settings(), max_examples=min(settings().max_examples, 6), stateful_step_count=20)
    run_state_machine_as_test(lambda: Ledger(database), settings=run)
