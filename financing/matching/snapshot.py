"""The frozen content of a dossier (融资档案): all a bank is shown, as plain values that never change once taken.

Money is whole fen, shares and rates whole parts per million, ratios decimal text; there is no float anywhere, so
the canonical JSON of a snapshot, and with it the digest printed on every page, is the same on every machine.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, Field, StringConstraints, model_validator

from financing.matching.snapshot_firm import (
    Business,
    Debt,
    Figure,
    Firm,
    Licence,
    Month,
    Owner,
    Partner,
    RatioLine,
    Related,
    StatementLine,
    Statements,
)
from financing.matching.snapshot_terms import (
    Absent,
    Amount,
    Count,
    Digest,
    Fact,
    Fen,
    Frozen,
    Gap,
    Line,
    Origin,
    Passage,
    Ppm,
    Ratio,
    Said,
    Sentence,
    Short,
    SizeClass,
    Source,
)
from financing.matching.snapshot_visit import Checked, Visit
from financing.parties.rules import Support

__all__ = [
    "Absent",
    "Asked",
    "Block",
    "Business",
    "Checked",
    "Consent",
    "Debt",
    "Fact",
    "Figure",
    "Firm",
    "Gap",
    "Guarantee",
    "Instalment",
    "Licence",
    "Month",
    "Need",
    "OpenItem",
    "Origin",
    "Owner",
    "Paper",
    "Partner",
    "Plan",
    "RatioLine",
    "Related",
    "RiskShare",
    "Said",
    "ScoreLine",
    "ScoreSheet",
    "SizeClass",
    "Snapshot",
    "Source",
    "StatementLine",
    "Statements",
    "Stress",
    "UseLine",
    "Veto",
    "Visit",
    "Zone",
]


#: What the first edition did not have: its dossiers keep their very bytes.
LATER = {"visit"}


class Zone(Frozen):
    name: Line
    english: Sentence
    office: Line
    phone: Line


class Need(Frozen):
    """The financing need (融资需求)."""

    number: Line
    amount: Amount
    months: Annotated[int, Field(ge=1, le=360)]
    purpose: Said
    use: Passage
    latest: date
    rate_wish: Ppm | None
    first_loan: bool | None


class Block(Frozen):
    key: Line
    says: Line
    english: Sentence


class ScoreLine(Frozen):
    """One rule of the card: the value used, where it comes from, points won of points possible."""

    block: Line
    says: Short
    english: Sentence
    value: Short | None
    english_value: Short | None = None
    unit: Annotated[str, StringConstraints(max_length=10)] = ""
    english_unit: Annotated[str, StringConstraints(max_length=20)] = ""
    origin: Origin | None
    points: Count
    most: Count


class Veto(Frozen):
    """A hard gate (红线): hit, clear, or not checked (None)."""

    says: Line
    english: Sentence
    hit: bool | None
    origin: Origin | None


class ScoreSheet(Frozen):
    """The score (评分表) as it was on the day of freezing, every line of it."""

    card: Line
    basis: Line
    since: date
    digest: Digest
    total: Count
    full: Count
    admission: Count
    grade: Line
    ceiling: Fen | None
    qualified: bool
    blocks: tuple[Block, ...] = Field(max_length=6)
    lines: tuple[ScoreLine, ...] = Field(max_length=26)
    vetoes: tuple[Veto, ...] = Field(max_length=24)
    missing: tuple[Said, ...] = Field(max_length=6)

    @model_validator(mode="after")
    def adds_up(self) -> Self:
        """Refuse a sheet whose lines do not add up to its total or belong to no block."""
        if sum(line.points for line in self.lines) != self.total:
            raise ValueError("total")
        if {line.block for line in self.lines} - {block.key for block in self.blocks}:
            raise ValueError("block")
        return self


class RiskShare(Frozen):
    """Who bears which part of a loss (风险分担)."""

    who: Line
    share: Ppm


class Guarantee(Frozen):
    """What the committee granted (增信安排) and on which terms."""

    form: Support
    guarantor: Line
    licence: Licence | None
    amount: Amount
    shares: tuple[RiskShare, ...] = Field(max_length=6)
    fee: Ppm
    conditions: tuple[Said, ...] = Field(max_length=5)
    counter: tuple[Line, ...] = Field(max_length=4)
    resolution: Line
    decided: date
    until: date

    @model_validator(mode="after")
    def shares_make_a_whole(self) -> Self:
        """Refuse risk shares that do not add up to 100 %."""
        if self.shares and sum(share.share for share in self.shares) != 10**6:
            raise ValueError("shares")
        return self


class UseLine(Frozen):
    what: Short
    payee: Line
    amount: Amount


class Instalment(Frozen):
    on: date
    principal: Fen
    interest: Fen


class Stress(Frozen):
    """How often the yearly cash flow covers the yearly burden in one case, e.g. sales down by a fifth."""

    says: Line
    english: Sentence
    cover: Ratio


class Plan(Frozen):
    """Use of the money and how it comes back (用款与还款安排), at the rate assumed."""

    uses: tuple[UseLine, ...] = Field(max_length=6)
    source: Passage
    rate_assumed: Ppm
    instalments: tuple[Instalment, ...] = Field(max_length=36)
    stress: tuple[Stress, ...] = Field(max_length=5)


class OpenItem(Frozen):
    gap: Gap
    what: Short
    note: Line
    due: date | None


class Paper(Frozen):
    """A document in the vault (资料库) with the digest that proves it unchanged."""

    name: Short
    on: date
    digest: Digest


class Consent(Frozen):
    """The firm's permission to show this dossier (授权)."""

    number: Line
    scope: Passage
    given: date
    until: date


class Asked(Frozen):
    """What the bank is asked to do, by when."""

    by: date
    working_days: Count


class Snapshot(Frozen):
    """One dossier, frozen: what the firm consented to, what the score and the committee said, what is still open."""

    edition: Literal[1, 2] = 2
    number: Line
    frozen: AwareDatetime
    rehearsal: bool = False
    zone: Zone
    need: Need
    firm: Firm
    owners: tuple[Owner, ...] = Field(max_length=8)
    related: tuple[Related, ...] = Field(max_length=4)
    business: Business | Absent
    statements: Statements | Absent
    score: ScoreSheet | Absent
    strengths: tuple[Said, ...] = Field(max_length=3)
    risks: tuple[Said, ...] = Field(max_length=3)
    guarantee: Guarantee | Absent
    visit: Visit | Absent | None = None
    plan: Plan
    open_items: tuple[OpenItem, ...] = Field(max_length=8)
    papers: tuple[Paper, ...] = Field(max_length=24)
    consent: Consent
    asked: Asked

    def canonical(self) -> bytes:
        """JSON with sorted keys and no spaces; reading it back and writing it again gives the same bytes."""
        values = self.model_dump(mode="json", exclude=LATER if self.edition == 1 else None)
        return json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()

    def digest(self) -> str:
        """The SHA-256 of the canonical form, in hexadecimal: the identity of this dossier."""
        return hashlib.sha256(self.canonical()).hexdigest()
