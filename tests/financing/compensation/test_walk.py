"""Long walks of everybody around one guarantee, beside a plain model of its sums, on both databases (F47, F48).

The model keeps four whole numbers and knows nothing of the product: what is left of the loan, what was paid, what is settled, and
the claim in hand. After every step the product must say the same: claimed = paid + reduced + repaid meanwhile, parts that add up.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import pytest
from sqlalchemy import select

from financing.claim_refusals import ClaimOpen, ClaimTooMuch, NothingClaimable, WorseThanBefore
from financing.compensation.model import CompensationClaim, CompensationPart
from financing.compensation.rules import ClaimState, Outcome, Reason
from financing.letters.model import GuaranteeEntry
from financing.letters.rules import EntryKind
from financing.money import Fen
from financing.refusals import WrongState
from tests.financing.compensation.conftest import BANKS, cut
from tests.makers import writing

S = ClaimState
NO = (ClaimOpen, ClaimTooMuch, NothingClaimable, WorseThanBefore, WrongState)


@dataclass
class Model:
    """Whole fen; share in ppm."""

    left: int
    share: int
    paid: int = 0
    settled: int = 0

    @property
    def most(self) -> int:
        whole, part = self.left + self.paid, self.share
        ours = (2 * whole * part + 1_000_000) // 2_000_000 - self.paid - self.settled
        return max(0, min(ours, (2 * self.left * part + 1_000_000) // 2_000_000))


class Walk:
    """One claim after the other, and repayments of the firm in between."""

    def __init__(self, claims, seed: int) -> None:
        self.claims, self.random, self.claim = claims, Random(seed), None
        g = claims.guarantee
        self.model, self.first = Model(g.amount.fen, g.share.ppm), None
        claims.puts(*BANKS)

    def step(self) -> None:
        state = None if self.claim is None else self.claims.now(self.claim).state
        choices = {
            None: [self.lodge, self.repay], S.EXAMINING: [self.examine, self.repay, self.halt, self.withdraw], S.WAITING: [self.go_on],
            S.PROPOSED: [self.decide], S.REDUCED: [self.accept, self.object], S.DENIED: [self.accept, self.object],
            S.OBJECTED: [self.examine, self.repay], S.FINAL: [self.decide], S.PAYABLE: [self.pay, self.repay], S.PAYING: [self.book],
        }  # fmt: skip
        self.random.choice(choices[state])()
        self.holds()

    def lodge(self) -> None:
        most = self.model.most
        asked = self.random.choice([most, max(1, most // 3), most + 1])
        if 0 < asked <= most:
            self.claim = self.claims.lodges(Fen(asked))
        else:
            with pytest.raises(NO):
                self.claims.lodges(Fen(asked))

    def repay(self) -> None:
        amount = min(self.model.left, self.random.randint(1, 20_000_001))
        if amount:
            self.claims.room.repays(self.claims.guarantee, Fen(amount))
            self.model.left -= amount

    def examine(self) -> None:
        here = self.claims.now(self.claim)
        whole, before = here.claimed.fen, here.approved.fen if here.state is S.OBJECTED else 0
        how = self.random.choice(list(Outcome))
        less = self.random.randint(1, whole)
        cuts = (cut(Fen(less)),) if how is Outcome.REDUCE else ()
        reason = self.random.choice([Reason.FRAUD, Reason.PAPERS]) if how is Outcome.REFUSE else None
        amount = {Outcome.GRANT: whole, Outcome.REDUCE: whole - less, Outcome.REFUSE: 0}[how]
        if amount < before or (how is Outcome.REDUCE and not amount):
            return
        self.decision = self.claims.examines(self.claim, how, *cuts, reason=reason)

    def decide(self) -> None:
        if self.random.random() < 0.2:
            self.claims.sends_back(self.decision)
        else:
            self.claims.confirms(self.decision)
            self.close()

    def accept(self) -> None:
        self.claims.accepts(self.claim)
        self.close()

    def object(self) -> None:
        self.claims.objects(self.claim)

    def halt(self) -> None:
        self.claims.halts(self.claim)

    def go_on(self) -> None:
        self.claims.resumes(self.claim)

    def withdraw(self) -> None:
        self.claims.withdraws(self.claim)
        self.claim = None

    def pay(self) -> None:
        try:
            self.claims.pays(self.claim)
        except NothingClaimable:
            assert self.model.most == 0
            self.withdraw()

    def book(self) -> None:
        down = self.random.random() < 0.3
        self.claims.books(self.claim, down=down)
        if not down:
            here = self.claims.now(self.claim)
            self.model.left -= here.approved.fen
            self.model.paid += here.approved.fen
            self.model.settled += here.cut.fen
            self.claim = None

    def close(self) -> None:
        """A refusal that stands settles the sum, unless what it was for can be mended."""
        here = self.claims.now(self.claim)
        if here.state is S.REFUSED:
            self.model.settled += 0 if here.again else here.cut.fen
            self.claim = None

    def holds(self) -> None:
        """The product's own sums after each step."""
        guarantee = self.claims.room.now(self.claims.guarantee)
        assert (guarantee.balance.fen, guarantee.unrecovered.fen) == (self.model.left, self.model.paid)
        with writing(self.claims.database) as session:
            for one in session.scalars(select(CompensationClaim)):
                sums = one.approved.fen + one.cut.fen + one.repaid.fen
                assert sums == one.claimed.fen or (
                    sums == 0 or one.state in (S.WITHDRAWN, S.PAYABLE, S.OBJECTED, S.FINAL)
                )
            parts = sum(one.amount.fen for one in session.scalars(select(CompensationPart)))
            paid = session.scalars(select(GuaranteeEntry).where(GuaranteeEntry.kind == EntryKind.COMPENSATED))
            assert parts == sum(one.amount.fen for one in paid) == self.model.paid
        assert self.model.paid <= (2 * self.claims.guarantee.amount.fen * self.model.share + 1_000_000) // 2_000_000


@pytest.mark.parametrize("seed", range(4))
def test_a_walk_of_everybody_ends_where_the_plain_sums_say(claims, seed):
    walk = Walk(claims, seed)
    for _ in range(25):
        walk.step()
