"""The firm, its papers and the need as they stand when a dossier is frozen, each fact with where it comes from."""

from __future__ import annotations

from financing.desk import BEIJING, Desk
from financing.matching.fitting import PASSAGE, SAID, SENTENCE, fitted, within
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
from financing.parties import model as parties
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
NOT_STATED = Absent(why="企业没有填报。", english="Not stated by the firm.")


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
    """What the firm is; confirmed by an officer against the licence, or its own word."""
    on = known.registered_at.astimezone(BEIJING).date()
    seen = Source.DOCUMENT if known.state is FirmState.CONFIRMED else Source.DECLARED
    trade = _trade(known.industry)
    return Firm(
        name=Fact(value=fitted(known.name), source=seen, on=on),
        uscc=Fact(value=known.code, source=seen, on=on),
        industry=Fact(value=fitted(f"{known.industry} {trade}"), source=seen, on=on),
        size=Fact(value=SizeClass(known.size), source=Source.DECLARED, on=on),
        founded=Fact(value=known.founded_on, source=seen, on=on),
        capital=capital or NOT_STATED,
        employees=NOT_STATED if known.employees is None else Fact(value=known.employees, source=Source.DECLARED, on=on),
        address=Fact(value=fitted(known.address, SENTENCE), source=Source.DECLARED, on=on),
        park=Fact(value=fitted(known.park), source=Source.DECLARED, on=on),
        representative=Fact(value=fitted(known.representative), source=seen, on=on),
        business=Fact(value=fitted(trade, PASSAGE), source=Source.DECLARED, on=on),
        licences=(),
        debts=NO_DEBTS,
    )


def filed(desk: Desk, firm_id: int) -> tuple[Paper, ...]:
    """The papers on file, the newest first, each with the digest of its bytes."""
    rows = desk.all(papers.Paper, papers.Paper.firm_id == firm_id, by=papers.Paper.added_at.desc())
    listed = (
        Paper(name=fitted(row.name), on=row.added_at.astimezone(BEIJING).date(), digest=row.sha256) for row in rows
    )
    return within(Snapshot, "papers", listed)


def _trade(code: str) -> str:
    try:
        return industry(code).name
    except UnknownIndustry:
        return "—"
