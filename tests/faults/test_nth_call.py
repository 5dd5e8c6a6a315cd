"""G-17: the n-th call of the database fails, for n = 1, 2, 3 … until the flow completes: nothing is half done, a sentence says so, and the same again works.

On each change three flows are walked, in a campaign (`YUANRONG_ROUNDS`) the main ones of every room.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from financing.refusals import StoreAway
from financing.wording import sentence
from tests.faults.yard import Press, Yard, yard_of

#: One act after the other along the road of a case and after it, and in the rooms beside it.
FLOWS = (
    "need.submit", "case.vote", "offer.accept", "people.open", "firm.edit", "need.draft", "need.assess", "match.propose", "consent.grant",
    "consent.withdraw", "case.call_in", "case.recuse", "interest.declare", "terms.adopt", "entry.confirm", "reversal.confirm", "loans.state",
    "loan.rate", "repayment.take_back", "compensation.grant", "recovery.record", "bridge.confirm_move", "reserves.confirm", "policy.review",
    "return.confirm", "setting.adopt", "card.adopt", "import.resume", "event.sign_up", "request.raise", "conduct.find_breach", "statistics.issue",
    "inspection.approve", "bulletin.publish", "agreement.adopt", "notices.set",
)  # fmt: skip
WALKED = FLOWS if "YUANRONG_ROUNDS" in os.environ else FLOWS[:3]
MOST = 400  # calls of one flow


@dataclass
class Saboteur:
    """Counts the calls to the database, and lets one of them fail as a broken disk would."""

    at: int = 0
    calls: int = 0

    def counts(self, *_: Any) -> None:
        self.calls += 1
        if self.calls == self.at:
            raise sqlite3.OperationalError("disk I/O error")

    def commits(self, connection: Any) -> None:
        """The commit is a call like the others."""
        try:
            self.counts()
        except sqlite3.OperationalError as error:
            raise OperationalError("COMMIT", None, error) from error

    def breaks(self, at: int) -> None:
        self.at, self.calls = at, 0


@contextmanager
def sabotaged(yard: Yard) -> Iterator[Saboteur]:
    found, engines = Saboteur(), {yard.database.writer, yard.database.reader}
    kinds = (("do_execute", found.counts), ("do_executemany", found.counts), ("commit", found.commits))
    for engine in engines:
        for kind, listener in kinds:
            event.listen(engine, kind, listener)
    yield found
    for engine in engines:
        for kind, listener in kinds:
            event.remove(engine, kind, listener)


@pytest.fixture(scope="module")
def yard(filled, tmp_path_factory):
    with yard_of(filled, tmp_path_factory.mktemp("nth")) as found:
        yield found


@pytest.mark.parametrize("route", WALKED)
def test_G17_whichever_call_of_the_database_fails_nothing_is_half_done_and_the_same_again_works(yard, route):
    yard.restore()
    with sabotaged(yard) as saboteur:
        walked = walk(yard, saboteur, [press for press in yard.presses() if press.route == route])
    print(route, walked)  # noqa: T201  shown with -rP: how many calls were broken
    assert walked > 5


def walk(yard: Yard, saboteur: Saboteur, doors: list[Press]) -> int:
    """How many calls of one flow were made to fail."""
    press = next(press for press in doors if goes_through(yard, saboteur, press))
    saboteur.breaks(0)
    assert yard.sends(press).status_code == 303
    whole = yard.counts()
    for at in range(1, MOST):
        yard.restore()
        before = yard.dump()
        saboteur.breaks(at)
        answer = yard.sends(press)
        if saboteur.calls < at:
            return at - 1
        after = yard.dump()
        if (
            answer.status_code == 303
        ):  # what failed was no part of the act, which is wholly done; or it leads to the door
            assert yard.counts() == whole or answer.headers["location"].startswith("/sign-in?done="), (str(press), at)
            continue
        assert answer.status_code == 503 or 400 <= answer.status_code < 500, (str(press), at, answer.status_code)
        assert sentence(StoreAway()) in answer.text, (str(press), at, answer.text[-9_000:])
        assert {name for name in before if before[name] != after[name]} == set(), (str(press), at)
        saboteur.breaks(0)
        assert yard.sends(press).status_code == 303, (str(press), at)
        assert yard.counts() == whole, (str(press), at)
    raise AssertionError(f"{press}: more than {MOST} calls")


def goes_through(yard: Yard, saboteur: Saboteur, press: Press) -> bool:
    saboteur.breaks(0)
    answer = yard.sends(press)
    yard.restore()
    return answer.status_code == 303 and not answer.headers["location"].startswith("/sign-in")
