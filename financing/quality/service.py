"""Data quality every night (数据质量核对, F82): each firm and open need held against the registry, results kept by subject."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from financing.acts import Act
from financing.desk import BEIJING, Desk
from financing.journal import Private
from financing.needs.model import Need
from financing.needs.rules import OPEN, NeedState
from financing.office_refusals import NoFindings
from financing.parties.identity import passage
from financing.parties.model import Firm
from financing.quality import rules
from financing.quality.model import Finding
from financing.quality.rules import FirmFacts, Found, NeedFacts

BATCH = 500
#: What the rules look at; a zone's firms are read whole every night, and none is changed.
OF_FIRM = (
    Firm.id, Firm.code, Firm.name, Firm.likeness, Firm.industry, Firm.founded_on, Firm.registered_at, Firm.phone, Firm.representative,
    Firm.size, Firm.employees, Firm.revenue, Firm.assets,
)  # fmt: skip
LOOKING = tuple(OPEN - {NeedState.DRAFT})


def batches(desk: Desk) -> list[int]:
    """Where each batch of firms begins, in the order of their ids."""
    return list(desk.session.scalars(desk.select(Firm, Firm.id).order_by(Firm.id)))[::BATCH]


def look_over(desk: Desk, first: int) -> int:
    """Hold one batch of firms and their open needs against every rule; how many findings are new."""
    firms = desk.session.execute(
        desk.select(Firm, *OF_FIRM).where(Firm.id >= first).order_by(Firm.id).limit(BATCH)
    ).all()
    needs = _open_needs(desk, [firm.id for firm in firms])
    named, at_phone = twins(desk, {firm.likeness for firm in firms}), sharing(desk, {firm.phone for firm in firms})
    new = 0
    kept = _kept(desk, [firm.id for firm in firms])
    for firm in firms:
        namesakes = {name for key, name in named[firm.likeness] if key != firm.id}
        others = {name for key, name in at_phone[firm.phone, firm.representative] if key != firm.id}
        facts = firm_facts(firm, namesakes, others, looking=bool(needs[firm.id]))
        new += _settle(desk, firm.id, None, firm.id, rules.of_firm(facts, desk.today), kept)
        for need in needs[firm.id]:
            found = rules.of_need(need_facts(need, firm), desk.today)
            new += _settle(desk, firm.id, need.id, need.id, found, kept)
    _gone(desk, kept, {firm.id for firm in firms} | {need.id for some in needs.values() for need in some})
    return new


def firm_facts(firm: Any, twins: Iterable[str] = (), near: Iterable[str] = (), *, looking: bool = False) -> FirmFacts:
    """A firm, or a row of its OF_FIRM, as the rules see it; the import calls the same rules with what a row says."""
    return FirmFacts(
        firm.code, firm.name, firm.industry, firm.founded_on, firm.registered_at.astimezone(BEIJING).date(), firm.phone,
        firm.size, firm.employees, firm.revenue, firm.assets, rules.named(twins),
        rules.named(near), looking,
    )  # fmt: skip


def need_facts(need: Need, firm: Any) -> NeedFacts:
    return NeedFacts(need.amount, need.latest, need.submitted_on or need.drafted_on, firm.founded_on, firm.revenue)


def accept(desk: Desk, finding: Finding, reason: str) -> None:
    """Say that it is right as it is, and why; until its figures change it is not told again. NoFindings when it is over."""
    if finding.gone_at or finding.accepted_at:
        raise NoFindings
    reason = passage(reason, "accept_reason", 300)
    desk.note(Act.ACCEPT_FINDING, finding, fault=finding.fault, reason=Private(reason))
    finding.accepted_at, finding.accepted_by, finding.accepter = desk.now, desk.actor.id, desk.actor.name
    finding.reason = reason


def _settle(
    desk: Desk, firm: int, need: int | None, subject: int, found: Iterable[Found], kept: dict[tuple[int, Any], Finding]
) -> int:
    """Write what is new or other than before; what stands as it was is taken from `kept` and not written again."""
    new = 0
    for one in found:
        row = kept.pop((subject, one.fault), None)
        figures = dict(one.figures)
        if row is None:
            desk.add(Finding(subject_id=subject, need_id=need, firm_id=firm, fault=one.fault, severity=one.severity,
                             figures=figures, found_at=desk.now))  # fmt: skip
            new += 1
        elif row.gone_at is not None or row.figures != figures:
            new += _again(desk, row, figures)
    return new


def _again(desk: Desk, row: Finding, figures: dict[str, str]) -> int:
    """Found anew, or with other figures: what was accepted then was something else."""
    row.figures, row.found_at, row.gone_at = figures, desk.now, None
    row.accepted_at, row.accepted_by, row.accepter, row.reason = None, None, "", ""
    return 1


def _gone(desk: Desk, kept: dict[tuple[int, Any], Finding], looked_at: set[int]) -> None:
    """What was found before and is not any more, also of needs that have ended."""
    for row in kept.values():
        if row.gone_at is None and (row.subject_id in looked_at or row.need_id is not None):
            row.gone_at = desk.now


def _kept(desk: Desk, firms: list[int]) -> dict[tuple[int, Any], Finding]:
    return {(row.subject_id, row.fault): row for row in desk.all(Finding, Finding.firm_id.in_(firms))}


def _open_needs(desk: Desk, firms: list[int]) -> dict[int, list[Need]]:
    needs: dict[int, list[Need]] = defaultdict(list)
    for need in desk.all(Need, Need.firm_id.in_(firms), Need.state.in_(LOOKING)):
        needs[need.firm_id].append(need)
    return needs


def looking(desk: Desk, firms: Collection[int]) -> set[int]:
    """Which of these firms have a need on the way."""
    return set(
        desk.session.scalars(desk.select(Need, Need.firm_id).where(Need.firm_id.in_(firms), Need.state.in_(LOOKING)))
    )


def twins(desk: Desk, likenesses: set[str]) -> dict[str, set[tuple[int, str]]]:
    """The firms that share one of these likenesses, each with its name, by likeness; none is like nothing."""
    found: dict[str, set[tuple[int, str]]] = defaultdict(set)
    firms = desk.select(Firm, Firm.id, Firm.name, Firm.likeness).where(Firm.likeness.in_(likenesses - {""}))
    for key, name, likeness in desk.session.execute(firms):
        found[likeness].add((key, name))
    return found


def sharing(desk: Desk, phones: set[str]) -> dict[tuple[str, str], set[tuple[int, str]]]:
    """The firms at one of these phones, each with its name, by phone and representative."""
    found: dict[tuple[str, str], set[tuple[int, str]]] = defaultdict(set)
    firms = desk.select(Firm, Firm.id, Firm.name, Firm.phone, Firm.representative).where(Firm.phone.in_(phones - {""}))
    for key, name, phone, person in desk.session.execute(firms):
        found[phone, person].add((key, name))
    return found
