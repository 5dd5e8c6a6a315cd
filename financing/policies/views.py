"""What people see of policies: a firm what it is entitled to, the office its ledger and each clause, everybody what is in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl
from sqlalchemy import or_

from financing.acts import Act
from financing.desk import Desk
from financing.money import Fen
from financing.needs.model import Need
from financing.parties.model import Firm
from financing.policies import alerts, facts, ledger, rules
from financing.policies.claim_model import PolicyClaim, PolicyLine
from financing.policies.claims import ELSEWHERE
from financing.policies.ledger import Sums
from financing.policies.model import Policy, PolicyClause, PolicyQuestion
from financing.policies.rules import OVER, ClauseState, PolicyState, QuestionState, Worth
from scoring.policy import Clause
from scoring.policy_columns import UNKNOWN_AMOUNT, Found, columns
from scoring.policy_match import Match, Result, match


@dataclass(frozen=True, slots=True)
class Line:
    """One clause as it stands for one firm; `left` calendar days to its deadline."""

    policy: Policy
    clause: PolicyClause
    found: Match
    claim: PolicyClaim | None
    closes: date | None
    left: int | None
    here: bool  # applied for on the platform, and the window is open

    @property
    def worth(self) -> Worth:
        return Worth(self.found.amount, self.clause.exclusive, self.closes, self.found.result is Result.ELIGIBLE)


@dataclass(frozen=True, slots=True)
class Mine:
    """A firm's own page: what it is entitled to, by money and deadline; what of it is sure, and what may be; its claims."""

    lines: list[Line]
    sure: Fen
    likely: Fen
    sums: Sums
    claims: Sequence[PolicyClaim]
    missing: tuple[str, ...]  # facts that would settle something, the most wanted first


@dataclass(frozen=True, slots=True)
class FirmLine:
    """One firm under one clause, as the office sees it."""

    firm_id: int
    name: str
    sure: bool
    entitled: Fen | None
    sums: Sums


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a clause reaches before anybody applies: firms for sure, firms that may be, and what it would come to in fen."""

    sure: int
    likely: int
    amount: Fen | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A policy with its clauses that count or are written, and what may be done."""

    policy: Policy
    clauses: Sequence[PolicyClause]
    questions: Sequence[PolicyQuestion]
    acts: tuple[Act, ...]


def mine(desk: Desk, firm: Firm, more: Mapping[str, object] | None = None) -> Mine:
    """Everything a firm is, or may be, entitled to today; `more`: what a need adds to what is known of the firm."""
    known = facts.known(desk, firm) | dict(more or {})
    own = desk.all(PolicyClaim, PolicyClaim.firm_id == firm.id, by=PolicyClaim.opened_at.desc())
    live = {claim.clause_id: claim for claim in reversed(own) if claim.state not in OVER}
    policies = {one.id: one for one in desk.all(Policy, Policy.state == PolicyState.IN_FORCE)}
    lines = [
        _line(desk, policies[c.policy_id], c, match(c.clause, known, desk.today), live) for c in alerts.in_force(desk)
    ]
    lines = sorted(
        (line for line in lines if line.found.result is not Result.NOT), key=lambda x: rules.by_money_and_day(x.worth)
    )
    sums = ledger.sums(desk, PolicyLine.firm_id, PolicyLine.firm_id == firm.id).get(firm.id, Sums())
    sure = [line.worth for line in lines if line.worth.sure]
    likely = [line.worth for line in lines if not line.worth.sure]
    total = rules.total(sure)
    both = rules.total([*sure, *likely])
    return Mine(lines, total, both - total, sums.beside(total), own, _wanted(lines))


def _line(desk: Desk, policy: Policy, clause: PolicyClause, found: Match, live: Mapping[int, PolicyClaim]) -> Line:
    closes = found.deadline or clause.until
    counted = clause.clause
    money = clause.benefit not in ELSEWHERE and counted.amount.rule != "service"
    here = money and counted.open_on(desk.today)
    return Line(
        policy, clause, found, live.get(clause.id), closes, (closes - desk.today).days if closes else None, here
    )


def _wanted(lines: Sequence[Line]) -> tuple[str, ...]:
    wanted: dict[str, int] = {}
    for line in lines:
        for name in line.found.missing:
            wanted[name] = wanted.get(name, 0) + 1
    return tuple(sorted(wanted, key=lambda name: (-wanted[name], name)))


def of_need(desk: Desk, need: Need, amount: Fen | None = None, months: int | None = None) -> Mine:
    """What the firm of a need may have, with what the need says of the loan, or an offer of it."""
    loan = {"loan_principal": amount.fen if amount else None, "loan_months": months}
    told = facts.of_need(need) | {name: value for name, value in loan.items() if value is not None}
    return mine(desk, desk.get(Firm, need.firm_id), told)


def reach(desk: Desk, clause: Clause) -> Reach:
    """How many firms a clause would match today, in force or not: the days of the clause are left aside (预览)."""
    counted = clause.model_copy(update={"since": desk.today, "until": None})
    [found] = columns([counted], facts.frame(desk, clause.reads), desk.today)
    told = found.fen[found.fen != UNKNOWN_AMOUNT]
    sure = int(found.eligible.sum())
    amount = None if clause.amount.rule == "service" else Fen(min(int(told.sum()), 10**15))
    return Reach(sure, len(found.rows) - sure, amount)


def book(desk: Desk) -> list[tuple[Policy, PolicyClause, Sums]]:
    """Every clause that counts today with its four sums; those of firms that may be entitled are not counted as entitled."""
    clauses = alerts.in_force(desk)
    policies = {one.id: one for one in desk.all(Policy)}
    counted = [one.clause for one in clauses]
    frame = facts.frame(desk, {name for clause in counted for name in clause.reads})
    entitled = [_sure(found) for found in columns(counted, frame, desk.today)]
    sums = ledger.sums(desk, PolicyLine.clause_id)
    return [
        (policies[one.policy_id], one, sums.get(one.id, Sums()).beside(None if rule.amount.rule == "service" else fen))
        for one, rule, fen in zip(clauses, counted, entitled, strict=True)
    ]


def _sure(found: Found) -> Fen:
    counted = found.fen[found.eligible & (found.fen != UNKNOWN_AMOUNT)]
    return Fen(min(int(counted.sum()), 10**15))


def firms(desk: Desk, clause: PolicyClause) -> list[FirmLine]:
    """The firms that a clause is for, or may be for, sure ones first, then by money; what became of each."""
    frame = facts.frame(desk, clause.clause.reads)
    [found] = columns([clause.clause], frame, desk.today)
    keys: list[int] = frame["firm"].gather(pl.Series(found.rows)).to_list()
    sums = ledger.sums(desk, PolicyLine.firm_id, PolicyLine.clause_id == clause.id)
    names = {
        row.id: row.name for row in desk.session.execute(desk.select(Firm, Firm.id, Firm.name).where(Firm.id.in_(keys)))
    }
    lines = [
        FirmLine(key, names[key], bool(sure), told, sums.get(key, Sums()).beside(told))
        for key, sure, fen in zip(keys, found.eligible.tolist(), found.fen.tolist(), strict=True)
        for told in (None if fen == UNKNOWN_AMOUNT else Fen(fen),)
    ]
    return sorted(lines, key=lambda one: (not one.sure, -(one.entitled.fen if one.entitled else 0), one.name))


def shown(desk: Desk, policy: Policy) -> Shown:
    """A policy as whoever asks may see it; of editions that gave way only those still counting."""
    counts = or_(PolicyClause.state != ClauseState.REPLACED, PolicyClause.until >= desk.today)
    clauses = desk.all(PolicyClause, PolicyClause.policy_id == policy.id, counts, by=PolicyClause.place)
    questions = desk.all(PolicyQuestion, PolicyQuestion.policy_id == policy.id, by=PolicyQuestion.asked_at.desc())
    return Shown(policy, clauses, questions, desk.acts(policy))


def in_force(desk: Desk, words: str = "") -> list[tuple[Policy, list[PolicyClause]]]:
    """Policies in force with their clauses, those whose words hold every one of `words`."""
    by_policy: dict[int, list[PolicyClause]] = {}
    for clause in alerts.in_force(desk):
        by_policy.setdefault(clause.policy_id, []).append(clause)
    policies = desk.all(Policy, Policy.id.in_(by_policy), by=Policy.number)
    found = [(policy, by_policy[policy.id]) for policy in policies]
    return [one for one in found if _says(one, words.split())]


def _says(found: tuple[Policy, list[PolicyClause]], words: Sequence[str]) -> bool:
    policy, clauses = found
    text = "".join(
        [policy.title, policy.doc_no, policy.issuer, policy.summary, *(c.title + c.says for c in clauses)]
    ).casefold()
    return all(word.casefold() in text for word in words)


def waiting(desk: Desk) -> list[PolicyQuestion]:
    """Questions that nobody has answered yet."""
    return desk.all(PolicyQuestion, PolicyQuestion.state == QuestionState.ASKED, by=PolicyQuestion.asked_at)
