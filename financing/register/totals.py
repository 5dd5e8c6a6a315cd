"""What stands above the rows of the register on a day, worked out of the whole book; and one page of its rows, out of the book of their firms alone.

The totals can be kept as plain values (`plain`, `read`) under a `question` that names how the ledger stands: a kept answer is never
shown beside rows that have moved on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from financing.desk import Desk
from financing.listed import SIZE, Listed, given
from financing.money import Fen, Rate
from financing.register import policy
from financing.register.ledger import Proof, book, course, moved, proof, standing
from financing.register.policy import Alarm, Ratio, Watched
from financing.register.rules import Row
from financing.register.views import bars, net_assets

#: Parts of the totals that are money, and those of the proof, as they are kept.
SUMS = ("amount", "balance", "weighted", "own", "overdue")
PROOF = ("balance", "weighted", "reserved")


@dataclass(frozen=True, slots=True)
class Totals:
    """Everything in force on a day in sums, the policy ratios, the balance on some days, and the proof (today only)."""

    count: int
    customers: int
    amount: Fen
    balance: Fen
    weighted: Fen
    own: Fen
    overdue: Fen
    mean_fee: Rate | None
    ratios: tuple[Watched, ...]
    course: tuple[tuple[date, Fen], ...]
    proof: Proof | None


def question(desk: Desk, day: date) -> str:
    """The name under which the totals of a day are kept: it changes with every line of the ledger and with the net assets."""
    assets = net_assets(desk, day)
    return f"register|{day}|{desk.today}|{moved(desk)}|{assets.fen if assets else ''}"


def totals(desk: Desk, day: date, days: Sequence[date] = ()) -> Totals:
    """The totals of a day out of the whole book; `days` are those of the course."""
    found = book(desk)
    register = found.on(day)
    sums = {key: getattr(register, key) for key in SUMS}
    return Totals(
        count=len(register.rows), customers=register.customers, mean_fee=register.mean_fee, **sums,
        ratios=policy.watched(found, day, net_assets(desk, day), bars(register)), course=course(desk, days),
        proof=proof(desk, register) if day == desk.today else None,
    )  # fmt: skip


def rows(desk: Desk, day: date, page: int, total: int) -> Listed[Row]:
    """One page of what is in force on a day, in the order of the numbers; for a file all of it."""
    if desk.whole:
        every = book(desk).on(day).rows
        given(len(every))
        return Listed(every, 1, 1, len(every))
    of = max(1, -(-total // SIZE))
    page = min(max(1, page), of)
    shown = standing(desk, day, (page - 1) * SIZE, SIZE)
    register = book(desk, set(shown.values())).on(day)
    return Listed(tuple(row for row in register.rows if row.letter.id in shown), page, of, total)


def plain(found: Totals) -> dict[str, Any]:
    """The totals as JSON holds them: money in fen, rates in millionths, days as text."""
    return {
        **{key: getattr(found, key).fen for key in SUMS}, "count": found.count, "customers": found.customers,
        "mean_fee": found.mean_fee.ppm if found.mean_fee else None, "ratios": [_ratio(one) for one in found.ratios],
        "course": [[on.isoformat(), balance.fen] for on, balance in found.course],
        "proof": [getattr(found.proof, key).fen for key in PROOF] if found.proof else None,
    }  # fmt: skip


def read(body: dict[str, Any]) -> Totals:
    """The same back."""
    return Totals(
        **{key: Fen(body[key]) for key in SUMS}, count=body["count"], customers=body["customers"],
        mean_fee=None if body["mean_fee"] is None else Rate(body["mean_fee"]),
        ratios=tuple(_watched(*one) for one in body["ratios"]),
        course=tuple((date.fromisoformat(on), Fen(balance)) for on, balance in body["course"]),
        proof=Proof(*map(Fen, body["proof"])) if body["proof"] else None,
    )  # fmt: skip


def _ratio(one: Watched) -> list[Any]:
    return [one.ratio.value, one.value, one.bar, one.source, one.alarm.value, [side.fen for side in one.sides or ()]]


def _watched(ratio: str, value: int | None, bar: int | None, source: str, alarm: str, sides: list[int]) -> Watched:
    both = (Fen(sides[0]), Fen(sides[1])) if sides else None
    return Watched(Ratio(ratio), value, bar, source, Alarm(alarm), both)
