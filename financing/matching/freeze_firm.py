"""The firm, its papers and the need as they stand when a dossier is frozen, each fact with where it comes from."""

from __future__ import annotations

from datetime import date

from financing.desk import BEIJING, Desk
from financing.matching.fitting import LINE, PASSAGE, SAID, SENTENCE, SHORT, fitted, within
from financing.matching.snapshot import (
    Absent,
    Fact,
    Firm,
    Need,
    Paper,
    Said,
    SizeClass,
    Snapshot,
    Source,
)
from financing.needs import model as needs
from financing.needs.rules import Purpose
from financing.papers import model as papers
from financing.papers.rules import shown
from financing.parties import model as parties
from financing.parties import permits
from financing.parties.rules import FirmState
from scoring.industries import UnknownIndustry, industry

PURPOSES = {
    Purpose.WORKING_CAPITAL: ("补充流动资金", "Working capital"),
    Purpose.EQUIPMENT: ("购置设备", "Equipment"),
    Purpose.UPGRADE: ("技术改造", "Technical upgrade"),
}
NO_DEBTS = Absent(
    why="企业没有填报现有借款，请以征信报告为准。",
    english="The firm stated no present loans; the credit report decides.",
)
NOT_STATED = Absent(why="未提供", english="Not provided")


def need(asked: needs.Need) -> Need:
    says, english = PURPOSES[asked.purpose]
    return Need(
        number=asked.number,
        amount=asked.amount.fen,
        months=asked.months,
        purpose=Said(says=fitted(says, SAID), english=english),
        use=fitted(asked.use, PASSAGE),
        latest=asked.latest,
        rate_wish=asked.wish.ppm if asked.wish else None,
        first_loan=None,
    )


def firm(known: parties.Firm, capital: Fact[int] | None) -> Firm:
    """What the firm is; confirmed by an officer against the licence, or its own word; what nobody filled in stays open."""
    on = known.registered_at.astimezone(BEIJING).date()
    seen = Source.DOCUMENT if known.state is FirmState.CONFIRMED else Source.DECLARED
    trade = _trade(known.industry)
    return Firm(
        name=Fact(value=fitted(known.name), source=seen, on=on),
        uscc=Fact(value=known.code, source=seen, on=on),
        industry=_filled(f"{known.industry} {trade}", seen, on),
        size=Fact(value=SizeClass(known.size), source=Source.DECLARED, on=on),
        founded=Fact(value=known.founded_on, source=seen, on=on),
        capital=capital or NOT_STATED,
        employees=NOT_STATED if known.employees is None else Fact(value=known.employees, source=Source.DECLARED, on=on),
        address=_filled(known.address, Source.DECLARED, on, SENTENCE),
        park=_filled(known.park, Source.DECLARED, on),
        representative=_filled(known.representative, seen, on),
        business=_filled(trade, Source.DECLARED, on, PASSAGE),
        licences=(),
        debts=NO_DEBTS,
    )


def _filled(text: str, source: Source, on: date, most: int = LINE) -> Fact[str] | Absent:
    """A text with its origin; a blank or a dash is no fact."""
    value = fitted(text, most)
    return NOT_STATED if value == "—" else Fact(value=value, source=source, on=on)


def filed(desk: Desk, firm_id: int) -> tuple[Paper, ...]:
    """The papers on file that banks may be shown, the newest first, each with the digest of its bytes."""
    given = permits.items(desk, firm_id)
    found = desk.all(papers.Paper, papers.Paper.firm_id == firm_id, by=papers.Paper.added_at.desc())
    rows = [row for row in found if shown(row.kind, given)]
    listed = (
        Paper(name=fitted(row.name, SHORT), on=row.added_at.astimezone(BEIJING).date(), digest=row.sha256)
        for row in rows
    )
    return within(Snapshot, "papers", listed)


def _trade(code: str) -> str:
    try:
        return industry(code).name
    except UnknownIndustry:
        return ""
