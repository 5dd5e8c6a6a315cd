"""The year as it is on record against the year as it must have been: every line that was asked for, and no other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from financing.access import SYSTEM
from financing.acts import Act
from financing.bridge import ledger as pools
from financing.bridge.model import BridgePool, BridgeUse
from financing.bridge.promise_model import BankBan, BridgeAlert, PromiseBreach
from financing.compensation.model import CompensationClaim, CompensationPart
from financing.compensation.recovery_model import RecoveryCase, RecoveryShare
from financing.compensation.stop_model import BankStop
from financing.conduct.model import PayoutCheck
from financing.desk import BEIJING
from financing.guarantees import ledger as limits
from financing.guarantees.model import Limit
from financing.guarantees.rules import Scope
from financing.journal import Entry, exported
from financing.journal_check import check
from financing.letters.model import Guarantee, GuaranteeEntry
from financing.loans.change_model import RenewalCall
from financing.loans.model import Loan, LoanPlan
from financing.notices.model import Notice
from financing.outbox import Outgoing
from financing.register import totals
from financing.reserves import yearly
from financing.watch.model import Check, EarlyWarning, WatchEscalation
from tests.financing.year.expected import Expected
from tests.financing.year.owed import BEARS, fetched, half_up, parted
from tests.financing.year.walk import moment
from tests.makers import at

if TYPE_CHECKING:
    from tests.financing.year.walk import Walk

#: The acts by which somebody is told of what is late; of each telling there is one line in the journal.
LATE = (Act.ESCALATE_CHECK, Act.ESCALATE_WARNING, Act.REMIND_COMPENSATION, Act.REMIND_RECOVERY)


class Year:
    """Everything on record, read once."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        with at(walk.database, SYSTEM, moment(walk.today, 5), write=False) as desk:
            self.rows: dict[type, list[Any]] = {
                kind: desk.all(kind)
                for kind in (
                    Check, EarlyWarning, WatchEscalation, RenewalCall, PayoutCheck, CompensationClaim, CompensationPart, RecoveryCase,
                    RecoveryShare, BankStop, Guarantee, GuaranteeEntry, BridgeAlert, PromiseBreach, BridgeUse, BridgePool, BankBan,
                    Limit, LoanPlan,
                )
            }  # fmt: skip
            self.lines = list(desk.session.scalars(select(Entry).where(Entry.act.in_((*LATE, Act.WARN_BANK)))))
            self.notices = list(desk.session.execute(select(Notice.act, Notice.once)))
            self.outbox = list(desk.session.execute(select(Outgoing.done_at, Outgoing.failed)))
            self.limits, self.pools = limits.differences(desk.session), pools.differences(desk.session)
            self.register = totals.totals(desk, walk.today)
            self.year = yearly.year(desk, date(walk.today.year, walk.today.month, 1) - date.resolution)
            self.journal = check(exported(desk.session))

    def of(self, kind: type, name: str = "guarantee_id") -> dict[int, list[Any]]:
        found: dict[int, list[Any]] = defaultdict(list)
        for row in self.rows[kind]:
            found[getattr(row, name)].append(row)
        return found


def compare(walk: Walk) -> None:
    """Every line once, every sum to the fen."""
    year = Year(walk)
    watched(year)
    called(year)
    claimed(year)
    recovered(year)
    booked(year)
    shared(year)
    bridged(year)
    stopped(year)
    whole(year)


def watched(year: Year) -> None:
    """Checks, warnings, and who was told of those that were late."""
    checks, warned, told = year.of(Check), year.of(EarlyWarning), year.of(WatchEscalation, "matter_id")
    for key, x in year.walk.expected.items():
        mine = sorted(checks[key], key=lambda one: one.number)
        assert [(one.since, one.due_on, one.ended_on) for one in mine] == [(c.since, c.due, c.ended) for c in x.checks]
        raised = sorted(warned[key], key=lambda one: (one.found_on, one.rule))
        assert [(w.rule, w.found_on, w.due_on, w.closed_on) for w in raised] == [
            (w.rule, w.found, w.due, w.closed) for w in x.warnings
        ]
        matters = [("check", mine), ("warning", raised)]
        found = [
            (kind, n, row.due_on, row.rung.value, row.told_on)
            for kind, some in matters for n, one in enumerate(some) for row in told[one.id]
        ]  # fmt: skip
        assert sorted(found) == sorted(x.told)


def called(year: Year) -> None:
    """Maturities told, and the one question after each pay-out."""
    calls, asked = year.of(RenewalCall, "loan_id"), year.of(PayoutCheck, "firm_id")
    for key, x in year.walk.expected.items():
        assert sorted((one.days, one.on) for one in calls[year.walk.keys[key][Loan]]) == sorted(x.calls.items())
        said = [(one.asked_on, one.answered_on, one.seen_on) for one in asked[x.firm]]
        assert said == ([(x.asked, x.answered, x.seen)] if x.asked else [])


def claimed(year: Year) -> None:
    """Each claim with its sums and its clock."""
    rows = {one.id: one for one in year.rows[CompensationClaim]}
    assert rows.keys() == year.walk.claims.keys()
    for key, claim in year.walk.claims.items():
        row = rows[key]
        assert (row.state.value, row.due_on, row.over_on) == (claim.state, claim.due, claim.over)
        assert (row.claimed.fen, row.approved.fen, row.cut.fen, row.repaid.fen) == (
            claim.claimed, claim.approved, claim.cut, claim.repaid
        )  # fmt: skip
        asked = {(due.isoformat(), rung, on) for due, rung, on in claim.told}
        assert _told(year, Act.REMIND_COMPENSATION, key) == Counter(asked)


def recovered(year: Year) -> None:
    """Each case with its next step."""
    rows = {one.id: one for one in year.rows[RecoveryCase]}
    assert rows.keys() == year.walk.recoveries.keys()
    for key, case in year.walk.recoveries.items():
        assert (rows[key].opened_on, rows[key].closed_on) == (case.opened, case.closed)
        assert rows[key].next_on == (None if case.closed else case.due)
        asked = Counter((due.isoformat(), rung, on) for _steps, due, rung, on in case.told)
        assert _told(year, Act.REMIND_RECOVERY, key) == asked


def _told(year: Year, act: Act, key: int) -> Counter[tuple[str, str, date]]:
    lines = [one for one in year.lines if one.act is act and one.subject_id == key]
    facts = [(one.body["facts"], one.at.astimezone(BEIJING).date()) for one in lines]
    return Counter((said["due"], said["rung"], on) for said, on in facts)


def booked(year: Year) -> None:
    """The ledger of each guarantee, the register, the counters of the limits, the proofs of the reserves."""
    entries, rows, every = year.of(GuaranteeEntry), {one.id: one for one in year.rows[Guarantee]}, year.walk.expected
    plans = {one.loan_id: one.rows for one in sorted(year.rows[LoanPlan], key=lambda one: one.number)}
    assert rows.keys() == every.keys()
    for key, x in every.items():
        assert sorted((one.kind.value, one.on, one.amount.fen) for one in entries[key]) == sorted(x.ledger)
        assert (rows[key].balance.fen, rows[key].unrecovered.fen) == (x.balance, x.unrecovered)
        dues = [[day.isoformat(), principal, interest] for day, principal, interest in x.owed.rows]
        assert plans[year.walk.keys[key][Loan]] == dues
    _counted(year, list(every.values()))
    register = year.register
    assert register.balance.fen == sum(x.balance for x in every.values())
    assert register.weighted.fen == sum(half_up(Fraction(3, 4) * x.balance) for x in every.values())
    assert register.proof is not None
    assert not register.proof.balance
    assert not register.proof.weighted
    assert not [one for one in year.year.held if one.gap]
    lost = [amount for x in every.values() for kind, on, amount in x.ledger if kind == "lost" and _this_year(year, on)]
    assert year.year.basis.losses.fen == sum(
        lost
    )  # no sharing was sealed with the decision: the guarantor and the bank alone


def _this_year(year: Year, on: date) -> bool:
    return date(year.year.until.year, 1, 1) <= on <= year.year.until


def _counted(year: Year, every: list[Expected]) -> None:
    assert year.limits == {}
    used: dict[tuple[Scope, int], int] = {(one.scope, one.owner_id): one.used.fen for one in year.rows[Limit]}
    assert not [one for one in year.rows[Limit] if one.reserved]
    whole = sum(x.balance for x in every)
    for x in every:
        assert used[Scope.FIRM, x.firm] == x.balance
        assert used[Scope.BANK, x.bank] == sum(other.balance for other in every if other.bank == x.bank)
    assert [amount for (scope, _), amount in used.items() if scope is Scope.SECTOR] == [whole]
    weighed = sum(half_up(Fraction(3, 4) * x.balance) for x in every)
    assert [amount for (scope, _), amount in used.items() if scope is Scope.FACILITY] == [weighed]


def shared(year: Year) -> None:
    """Every payment parted by largest remainder; every recovery, costs first, so that no part strays a fen from its exact share."""
    parts, shares, entries = (
        year.of(CompensationPart, "entry_id"),
        year.of(RecoveryShare, "entry_id"),
        year.of(GuaranteeEntry),
    )
    kept = {case.x.key: iter(case.kept) for case in year.walk.recoveries.values()}
    for key in year.walk.expected:
        came, had = 0, Counter[str]()
        for one in sorted(entries[key], key=lambda row: row.at):
            if one.kind.value == "compensated":
                assert {part.party.value: part.amount.fen for part in parts[one.id]} == parted(one.amount.fen)
            if one.kind.value == "recovered":
                costs = sum(share.amount.fen for share in shares[one.id] if share.for_costs)
                assert costs == next(kept[key])
                came += one.amount.fen - costs
                had.update({share.party.value: share.amount.fen for share in shares[one.id] if not share.for_costs})
                assert {party: had[party] for party in BEARS} == fetched(came)
                assert all(abs(had[party] - came * share) < 1 for party, share in BEARS.items())


def bridged(year: Year) -> None:
    """The pots of the fund, each alert once, each promise broken on record and its bank suspended."""
    (pool,), walk = year.rows[BridgePool], year.walk
    assert year.pools == {}
    assert {name: getattr(pool, name).fen for name in walk.fund.pots()} == walk.fund.pots()
    alerts, breaches = year.of(BridgeAlert, "use_id"), year.of(PromiseBreach, "use_id")
    for use in walk.fund.uses:
        assert sorted((one.level, one.at.astimezone(BEIJING).date()) for one in alerts[use.key]) == sorted(
            use.told.items()
        )
        assert sorted(one.breach.value for one in breaches[use.key]) == sorted(use.breaches)
    assert sorted(one.bank_id for one in year.rows[BankBan]) == sorted(
        use.x.bank for use in walk.fund.uses if use.breaches
    )


def stopped(year: Year) -> None:
    """Banks beyond the agreed rate get no new letters; those near a line are told of once a month."""
    rows = {one.bank_id: (one.since, one.compensated.fen, one.ended.fen) for one in year.rows[BankStop]}
    assert rows == year.walk.banks.stops
    said = [
        (one.subject_id, one.body["facts"]["level"], f"{one.at.astimezone(BEIJING):%Y-%m}")
        for one in year.lines
        if one.act is Act.WARN_BANK
    ]
    assert sorted(said) == sorted(year.walk.banks.warned)


def whole(year: Year) -> None:
    """Nothing failed, everybody who had to be told was, once, and the journal is one chain."""
    assert not [one for one in year.outbox if one.failed]
    told = Counter(one.act for one in year.lines)
    heard = _heard(year.notices)
    for act in LATE:
        assert len(heard[act]) == told[act]
    seq, link = year.journal
    assert seq > len(year.walk.expected)
    assert len(link) == 64


def _heard(notices: Iterable[Any]) -> dict[Act, set[str]]:
    found: dict[Act, set[str]] = defaultdict(set)
    for act, once in notices:
        found[act].add(once)
    return found
